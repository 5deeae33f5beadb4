"""Hands answers to the faces: the terminal, files, and a comparison with an earlier run."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import typer

from claimwright.cli.check import Format
from claimwright.determine.explain import explain
from claimwright.determine.guide import Guide
from claimwright.determine.reasoning import reasoning
from claimwright.determine.run import Determined
from claimwright.lines.answers import LineAnswer, View
from claimwright.lines.problems import Problem
from claimwright.lines.summary import Summary
from claimwright.report import text, text_summary
from claimwright.report.as_json import RunIdentity, dumps
from claimwright.report.baseline import Changes, changes_object, compare, render_changes
from claimwright.report.earlier import read_earlier
from claimwright.report.reasoning_text import render_reasoning


def show(determined: Determined, summary: Summary, *, limit: int, written: list[Path]) -> None:
    """The summary and the lines to fix, on the terminal."""
    console = text.console_for(sys.stdout)
    rest = "Show more with --limit, or write them all with --out report.html."
    text.render_worklist(explain(determined, _with_findings(determined)), console, limit=limit, rest=rest)
    text_summary.render_summary(summary, console)
    for path in written:
        console.print(f"written: {path}")


def _with_findings(determined: Determined) -> list[int]:
    """Lines that may have something to fix; the others need no explanation on a terminal."""
    return [int(row) for row in np.unique(determined.findings["row"].to_numpy())]


def show_answer(answer: LineAnswer, *, as_json: bool) -> None:
    """One line's whole answer."""
    if as_json:
        from claimwright.report.as_json import line_record

        sys.stdout.buffer.write(line_record(answer))
        return
    text.render_line(answer, text.console_for(sys.stdout))


def show_reasoning(asked: Guide) -> None:
    """How an answer came about, in both views."""
    thoughts = {view: reasoning(asked.combination, asked.engine.combinations, view) for view in View}
    render_reasoning(thoughts, text.console_for(sys.stdout))


def write(kind: Format, path: Path | None, answers: Iterable[LineAnswer], summary: Summary, day: date) -> None:
    """Write all answers in one format, to a file or to standard output."""
    chunks = _chunks(kind, answers, summary, RunIdentity(version("claimwright"), day))
    if path is None:
        sys.stdout.buffer.writelines(chunks)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(chunks)


def _chunks(kind: Format, answers: Iterable[LineAnswer], summary: Summary, identity: RunIdentity) -> Iterable[bytes]:
    match kind:
        case Format.JSON:
            from claimwright.report.as_json import run_json

            return run_json(identity, summary, answers)
        case Format.NDJSON:
            from claimwright.report.as_json import ndjson

            return ndjson(identity, answers, summary)
        case Format.CSV:
            from claimwright.report.as_csv import csv_rows

            # Excel takes a file for UTF-8 only when it begins with a byte order mark
            return (row.encode() for row in csv_rows(answers, bom=True))
        case Format.HTML:
            from claimwright.report.html import page

            return (page(identity, summary, answers).encode(),)
        case Format.TEXT:
            return (_as_text(answers, summary).encode(),)


def _as_text(answers: Iterable[LineAnswer], summary: Summary) -> str:
    stream = io.StringIO()
    console = text.console_for(stream)
    text.render_worklist(answers, console)
    text_summary.render_summary(summary, console, problems=None)
    return stream.getvalue()


def since(baseline: Path, answers: Iterator[LineAnswer], summary: Summary) -> Changes:
    """What changed since an earlier run; a run that cannot be read ends the command with 2."""
    earlier = read_earlier(baseline)
    if isinstance(earlier, Problem):
        typer.echo(str(earlier), err=True)
        raise typer.Exit(2)
    return compare(earlier, answers, summary)


def show_changes(changes: Changes, *, as_json: bool, day: date) -> None:
    """What changed, on standard output."""
    if as_json:
        sys.stdout.buffer.write(dumps(changes_object(changes, RunIdentity(version("claimwright"), day))) + b"\n")
    else:
        render_changes(changes, text.console_for(sys.stdout))

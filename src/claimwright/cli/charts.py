"""Charts as files: which payers one shows, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from claimwright.cli.policy import no_such
from claimwright.lines.said_payer import payer_of

if TYPE_CHECKING:
    from claimwright.determine.engine import Engine
    from claimwright.determine.graph.claim import Branch
    from claimwright.determine.graph.model import Graph
    from claimwright.policies.model import Library


def write(engine: Engine, branches: Sequence[Branch], code: str, day: date, out: Path | None, *, full: bool) -> None:
    """Draw the graph of a code at these payers into a file, by its suffix, or as Mermaid on standard output.

    Says on standard error what was left out. A file that cannot be written ends the command with 2.
    """
    from claimwright.determine.graph.build import chart

    graph = chart(engine, branches, code, day, full=full)
    text = _drawn(graph, suffix_of(out))
    if out is None:
        typer.echo(text, nl=False)
    else:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(text, "utf-8")
        except OSError as error:
            typer.echo(f"{out}: {error.strerror}\n help: name a file that can be written", err=True)
            raise typer.Exit(2) from None
        typer.echo(f"written: {out}", err=True)
    if graph.left_out:
        message = f"{graph.left_out} boxes are left out\n help: without --all, or for one payer, the chart is smaller"
        typer.echo(message, err=True)


def suffix_of(out: Path | None, option: str = "--out") -> str:
    """`.svg` or `.mmd`, which is also what goes to standard output; another suffix is a mistake of whoever typed it."""
    if out is None:
        return ".mmd"
    suffix = out.suffix.lower()
    if suffix not in {".svg", ".mmd"}:
        raise typer.BadParameter(f"{out.name!r}: a chart is written as .svg or .mmd", param_hint=option)
    return suffix


def _drawn(graph: Graph, suffix: str) -> str:
    if suffix == ".svg":
        from claimwright.report.flowchart_svg import svg

        return svg(graph)
    from claimwright.report.mermaid import mermaid

    return mermaid(graph)


def branches_of(programs: list[str], payers: list[str], state: str | None, library: Library) -> list[Branch]:
    """One branch for each program and payer that is named, or for every program; an unknown one ends the command."""
    from dataclasses import replace

    from claimwright.determine.graph.build import programs_of
    from claimwright.determine.graph.claim import Branch

    known = {branch.payer["program"]: branch for branch in programs_of(library)}
    for name in programs:
        if name.lower() not in known:
            raise typer.BadParameter(no_such("program", name, list(known)), param_hint="PROGRAM")
    chosen = [known[name.lower()] for name in programs]
    for text in payers:
        told = payer_of(text)
        if told is None or not text.strip():
            raise typer.BadParameter("a payer has a name", param_hint="--payer")
        program = library.programs.get(told.get("program", ""))
        chosen.append(Branch(program.title if program else text.strip(), told))
    return [replace(branch, state=state.strip().upper() if state else None) for branch in chosen or known.values()]

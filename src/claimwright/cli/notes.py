"""Notes that somebody points to, one file or standard input at a time, whoever's they are."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import typer

from claimwright.determine import sides
from claimwright.determine.sides import Sides
from claimwright.formats import notes
from claimwright.lines.problems import Gravity, Problem

ASKED = "whoever is asked about"  # the member of a question, which names no patient
STDIN = Path("-")


def written(path: Path) -> tuple[str, str]:
    """What a note is called, and its text. One that cannot be read ends the command with 2."""
    if path == STDIN:
        text, problems = notes.text_of_bytes(sys.stdin.buffer.read(notes.LARGEST + 1), "standard input")
        name = "standard input"
    else:
        text, problems, name = notes.one_text(path)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if text is None:
        raise typer.Exit(2)
    return name, text


def beside(told: Iterable[tuple[str, str]], day: date) -> tuple[Sides, tuple[Problem, ...]]:
    """Notes as known beside the one visit of a question."""
    records = [{"member_id": ASKED, "service_from": str(day), "id": name, "text": text} for name, text in told]
    found, problems = sides.of_records({"notes": records})
    return found, tuple(one for one in problems if one.gravity is Gravity.ERROR)


def day_of(text: str) -> date | None:
    """The day that the first lines of a note give, if they give one."""
    return notes.day_of(text)

"""`claimwright ask --guide`: the questions one at a time, until nothing more would change the outcome."""

from __future__ import annotations

import sys

import typer

from claimwright.determine.guide import Guide
from claimwright.report import guide_text, text


def walk(guide: Guide) -> Guide:
    """Ask until the end, or until the asker stops. Reads answers from standard input, one a line."""
    console = text.console_for(sys.stdout)
    while guide.question is not None:
        guide_text.render_question(guide.question, len(guide.steps) + 1, console)
        said = _line()
        if said is None or said in {"q", "quit"}:
            break
        if said in {"b", "back"}:
            guide = guide.back()
            continue
        try:
            guide = guide.answered("" if said in {"?", "don't know", "i don't know"} else said)
        except ValueError as error:
            typer.echo(f"  {error}")
    guide_text.render_end(guide, console)
    return guide


def _line() -> str | None:
    """What was typed; None at the end of the input. An empty line is asked again."""
    while True:
        typer.echo("> ", nl=False)
        said = sys.stdin.readline()
        if not said:
            typer.echo()
            return None
        if said.strip():
            return said.strip().lower() if len(said.strip()) < 20 else said.strip()

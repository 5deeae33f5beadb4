"""`claimwright note`: one note, what it supports, what is missing, and a question for each gap."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli import today
from claimwright.cli.options import Data, NoStore, OwnPolicies, Site
from claimwright.lines.said_payer import payer_of

if TYPE_CHECKING:
    from claimwright.determine.engine import Engine
    from claimwright.lines.answers import LineAnswer

EXAMPLES = (
    "\b\nExamples:  claimwright note visit.txt\n"
    "           claimwright note visit.txt --procedure 97026 --payer medicare --date 2026-03-10\n"
    "           claimwright note - --format html < visit.txt > visit.html"
)


class NoteFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    HTML = "html"


def note(
    file: Annotated[Path, typer.Argument(help="A text file, HTML, FHIR or a table of one note; - is standard input.")],
    procedure: Annotated[
        list[str] | None, typer.Option("--procedure", help="A code billed for the visit; answers its line as well.")
    ] = None,
    payer: Annotated[
        str | None, typer.Option("--payer", "-p", help="medicare, medicaid, workers comp, hcsc, or a payer's name.")
    ] = None,
    program: Annotated[
        str | None, typer.Option("--program", help="The line of business: medicare-part-b, commercial, …")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Date of service. The note's, or today, by default."),
    ] = None,
    dx: Annotated[list[str] | None, typer.Option("--dx", "-d", help="A diagnosis the line points to.")] = None,
    site: Site = None,
    policies: OwnPolicies = None,
    data: Data = None,
    no_store: NoStore = False,
    format_: Annotated[NoteFormat, typer.Option("--format", "-f", help="How to show it.")] = NoteFormat.TEXT,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write here; .json and .html tell the format.")
    ] = None,
) -> None:
    """Show one note: its words coloured by what they support, what is missing, and a question for each gap.

    It asks for what was so and writes no sentence for the note. With --procedure the line is answered too, by the
    facts of the note. The text of the note goes nowhere but to where you send this output.

    Ends with 0, with 1 where the line has something to fix, and with 2 where the note could not be read.
    """
    from claimwright.chart.read import read
    from claimwright.cli.engine import shipped_engine
    from claimwright.cli.notes import day_of, written
    from claimwright.cli.tables import loaded
    from claimwright.report import note_faces, text
    from claimwright.report.as_json import RunIdentity
    from claimwright.report.note_view import view

    name, said = written(file)
    codes = [code.strip().upper() for code in procedure or []]
    engine = shipped_engine(site=site, policies=policies, tables=loaded(data, no_store=no_store))
    on = day.date() if day else day_of(said) or today()
    shown = view(name, read(said), engine.library, codes[0] if codes else "")
    answer = _answer(engine, (name, said), codes, _payer(payer, program), on, dx) if codes else None
    kind = NoteFormat(out.suffix[1:]) if out and out.suffix in {".json", ".html"} else format_
    if kind is NoteFormat.JSON:
        _write(out, note_faces.note_json(shown, answer))
    elif kind is NoteFormat.HTML:
        page = note_faces.note_page(shown, RunIdentity(version("claimwright"), today()), answer)
        _write(out, page.encode("utf-8", "replace"))
    elif out is not None:
        with out.open("w", encoding="utf-8") as stream:
            note_faces.render_note(shown, text.console_for(stream), answer)
    else:
        note_faces.render_note(shown, text.console_for(sys.stdout), answer)
    raise typer.Exit(1 if answer is not None and answer.to_fix else 0)


def _payer(payer: str | None, program: str | None) -> dict[str, str] | None:
    found = payer_of(payer)
    return found if program is None else {**(found or {}), "program": program}


def _answer(
    engine: Engine,
    told: tuple[str, str],
    codes: list[str],
    payer: dict[str, str] | None,
    on: date,
    dx: list[str] | None,
) -> LineAnswer:
    """The answer to the first line, the note beside it."""
    from pydantic import ValidationError

    from claimwright.cli.notes import ASKED, beside
    from claimwright.determine.guide import Guide
    from claimwright.lines.case import Case

    lines = [{"procedure": code, "service": str(on), "pointers": dx[:4] if dx else None} for code in codes]
    fields = {
        "form": "professional",
        "patient": {"member_id": ASKED},
        "provider": {"npi": "QUESTION"},
        "payer": payer,
        "diagnoses": dx,
        "lines": lines,
    }
    try:
        case: Case = Case.model_validate(fields)
    except ValidationError as error:
        for wrong in error.errors():
            typer.echo(f"{'.'.join(str(part) for part in wrong['loc'])}: {wrong['msg']}", err=True)
        raise typer.Exit(2) from None
    sides, _ = beside([told], on)
    return Guide(engine, case, sides=sides).answer


def _write(out: Path | None, content: bytes) -> None:
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)

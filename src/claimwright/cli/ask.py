"""`claimwright ask`: one line, one answer, and the next question; or with --guide all questions, one at a time."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimwright.cli import today
from claimwright.cli.options import Data, Fees, KnownOn, NoStore, OwnPolicies, Site
from claimwright.lines.said_payer import payer_of

if TYPE_CHECKING:
    from claimwright.lines.case import Case

_LINE = re.compile(r"^(?P<code>\w{5})(?P<modifiers>(?:-\w{2})*)(?:\s*x\s*(?P<units>\d+(?:\.\d+)?))?$", re.IGNORECASE)


EXAMPLES = (
    "\b\nExamples:  claimwright ask --line 97026 --dx E11.42 --payer medicare --on 2026-03-10\n"
    "           claimwright ask --line 97026 --guide\n"
    '           claimwright ask --line 97026-GP --payer medicare -F "intent=msk adjunct" --explain'
)


def ask(
    line: Annotated[
        list[str],
        typer.Option("--line", "-l", help="A code, its modifiers and units: '97026-GP x1'; 97026-NO has none."),
    ],
    dx: Annotated[list[str] | None, typer.Option("--dx", "-d", help="A diagnosis the lines point to.")] = None,
    payer: Annotated[
        str | None, typer.Option("--payer", "-p", help="medicare, medicaid, workers comp, hcsc, or a payer's name.")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Date of service. The note's, or today, by default."),
    ] = None,
    form: Annotated[str, typer.Option("--form", help="professional or institutional.")] = "professional",
    place: Annotated[str | None, typer.Option("--place", help="Place of service, 11 for an office.")] = None,
    state: Annotated[
        str | None, typer.Option("--state", help="Where it is furnished; tells Medicare's contractor.")
    ] = None,
    zip_: Annotated[
        str | None, typer.Option("--zip", help="The ZIP code of that place; tells Medicare's payment locality.")
    ] = None,
    bill: Annotated[
        str | None, typer.Option("--bill", help="The type of bill of an institutional claim, 131 for a hospital.")
    ] = None,
    born: Annotated[
        datetime | None, typer.Option("--born", formats=["%Y-%m-%d"], help="The patient's birth date.")
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option("--fact", "-F", help="What you know: 'treatment intent=neuropathy', 'supervision=yes'."),
    ] = None,
    note: Annotated[
        list[Path] | None,
        typer.Option("--note", "-n", help="The treatment note of the visit, or - for standard input."),
    ] = None,
    whole_day: Annotated[
        bool, typer.Option("--whole-day", help="These lines are all that was done for the patient that day.")
    ] = False,
    guide: Annotated[
        bool,
        typer.Option("--guide", "-g", help="Walk through the questions one at a time: a number, ?, b to go back, q."),
    ] = False,
    explain_: Annotated[
        bool, typer.Option("--explain", help="Print the whole reasoning too, as a tree: every clause and condition.")
    ] = False,
    received: Annotated[
        datetime | None,
        typer.Option("--received", formats=["%Y-%m-%d"], help="When the payer receives the claim, where it matters."),
    ] = None,
    site: Site = None,
    policies: OwnPolicies = None,
    data: Data = None,
    no_store: NoStore = False,
    as_known_on: KnownOn = None,
    fees: Fees = None,
    flowchart: Annotated[
        Path | None,
        typer.Option("--flowchart", help="Also draw what is asked about the code, into this file (.svg or .mmd)."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """Ask about one line before it is billed, or before the visit.

    The first --line is the one asked about; others were done for the same patient on the same day. What you do not say
    is unknown, never "no": the answer says which facts would settle it, and asks for the one that separates best.

    """
    from pydantic import ValidationError

    from claimwright.cli.charts import branches_of, suffix_of, write
    from claimwright.cli.engine import shipped_engine
    from claimwright.cli.notes import ASKED, beside, day_of, written
    from claimwright.cli.tables import loaded
    from claimwright.cli.writing import show_answer, show_reasoning
    from claimwright.determine.guide import Guide
    from claimwright.determine.sides import NO_SIDES
    from claimwright.lines.case import Case

    suffix_of(flowchart, "--flowchart")
    told_by = [written(path) for path in note or []]
    noted = next((day for _, text in told_by if (day := day_of(text))), None)
    day = on.date() if on else noted or today()
    sides, unread = beside(told_by, day) if told_by else (NO_SIDES, ())
    for problem in unread:
        typer.echo(str(problem), err=True)
    told = {
        "form": form,
        "patient": {
            **({"birth_date": str(born.date())} if born else {}),
            **({"member_id": ASKED} if told_by else {}),
        },
        "provider": {"npi": "QUESTION", **({"state": state} if state else {}), "zip": zip_},
        "bill_type": bill,
        "payer": payer_of(payer),
        "diagnoses": dx,
        "whole_day": whole_day,
        "received": str(received.date()) if received else None,
        "facts": dict(_fact(text) for text in fact or []),
        "lines": [_line(text, str(day), dx, place) for text in line],
    }
    try:
        case: Case = Case.model_validate(told)
    except ValidationError as error:
        for wrong in error.errors():
            where = ".".join(str(part) for part in wrong["loc"])
            typer.echo(f"{where}: {wrong['msg']}", err=True)
        raise typer.Exit(2) from None
    known_on = as_known_on.date() if as_known_on else None
    tables = loaded(data, no_store=no_store, known_on=known_on)
    engine = shipped_engine(site=site, policies=policies, tables=tables, known_on=known_on, fees=fees)
    asked = Guide(engine, case, sides=sides)
    for misread in (text for stated in asked.determined.stated for text in stated.misread):
        typer.echo(f"--fact {misread}\n help: claimwright explain facts lists what can be said", err=True)
    if guide:
        from claimwright.cli.guided import walk

        asked = walk(asked)
    else:
        show_answer(asked.answer, as_json=format_ == "json")
    if explain_:
        show_reasoning(asked)
    if flowchart:
        branches = branches_of([], [payer] if payer else [], state, engine.library)
        write(engine, branches, case.lines[0].procedure, day, flowchart, full=False)
    raise typer.Exit(1 if asked.answer.to_fix else 0)


def _line(text: str, day: str, dx: list[str] | None, place: str | None) -> dict[str, Any]:
    found = _LINE.match(text.strip())
    if not found:
        raise typer.BadParameter(f"{text!r}: write it like 97026, 97024-59 or '97026-GP x1'", param_hint="--line")
    modifiers = [part for part in found["modifiers"].split("-") if part]
    return {
        "procedure": found["code"],
        "service": day,
        "modifiers": None if not modifiers else [] if modifiers == ["NO"] else modifiers,
        "units": found["units"],
        "pointers": dx[:4] if dx else None,
        "place": place,
    }


def _fact(text: str) -> tuple[str, Any]:
    name, sign, value = (part.strip() for part in text.partition("="))
    if not sign:
        raise typer.BadParameter(f"{text!r}: write fact=value, like 'supervision=yes'", param_hint="--fact")
    if re.fullmatch(r"-?\d+(\.\d+)?", value):
        return name, float(value)
    return name, {"yes": True, "no": False}.get(value.lower(), value)

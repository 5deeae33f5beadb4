"""`claimwright policy flowchart`: the decision graph of a code, generated from the policies, as Mermaid or SVG."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from claimwright.cli import today
from claimwright.cli.charts import branches_of, suffix_of, write
from claimwright.cli.policy import Policies, readable

EXAMPLES = (
    "\b\nExamples:  claimwright policy flowchart --out 97026.svg\n"
    "           claimwright policy flowchart medicare-part-b --state OH\n"
    "           claimwright policy flowchart --payer medicare --payer hcsc --all --out 97026.mmd"
)
_CODE = re.compile(r"[0-9A-Z]{5}")
_STATE = re.compile(r"[A-Z]{2}")


def flowchart(
    programs: Annotated[
        list[str] | None, typer.Argument(metavar="PROGRAM", help="Ids of programs; all of them by default.")
    ] = None,
    code: Annotated[str, typer.Option("--code", "-c", help="The procedure code.")] = "97026",
    payer: Annotated[
        list[str] | None,
        typer.Option("--payer", "-p", help="medicare, hcsc, aetna, or a payer's name; may be repeated."),
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", help="Where it is furnished; tells Medicare's contractor.")
    ] = None,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Date of service. Today, by default.")
    ] = None,
    full: Annotated[bool, typer.Option("--all", help="Ask even what a program takes for granted.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A file, .svg or .mmd. Mermaid on standard output, by default.")
    ] = None,
    policies: Policies = None,
) -> None:
    """Draw what is asked about a code, in which order, and where every answer leads.

    The chart is generated from the policies in force on the day. Over several programs or payers it asks what was
    treated, then who pays, then what only that payer asks. Conditions of an outcome that covers stand in its box.
    Ends with 0, or with 2 when something named does not exist or the file is neither .svg nor .mmd.
    """
    from claimwright.determine.engine import Engine
    from claimwright.reference import releases

    suffix_of(out)
    library, _ = readable(policies)
    named = code.strip().upper()
    if not _CODE.fullmatch(named):
        raise typer.BadParameter(f"{code!r}: a code has five letters and digits, like 97026", param_hint="--code")
    where = state.strip().upper() if state else None
    if where is not None and not _STATE.fullmatch(where):
        raise typer.BadParameter(f"{state!r}: write two letters, like OH", param_hint="--state")
    branches = branches_of(programs or [], payer or [], where, library)
    write(Engine(library, releases.load()), branches, named, on.date() if on else today(), out, full=full)

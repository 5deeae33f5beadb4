"""`claimwright policy flowchart`: the decision graph of a code, generated from the policies, as Mermaid or SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli import today
from claimwright.cli.ask import payer_of
from claimwright.cli.policy import Policies, no_such, readable

if TYPE_CHECKING:
    from claimwright.determine.engine import Engine
    from claimwright.determine.graph.claim import Branch
    from claimwright.determine.graph.model import Graph
    from claimwright.policies.model import Library

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
        typer.echo(f"written: {out}")
    if graph.left_out:
        message = f"{graph.left_out} boxes are left out\n help: without --all, or for one payer, the chart is smaller"
        typer.echo(message, err=True)


def suffix_of(out: Path | None) -> str:
    """`.svg` or `.mmd`, which is also what goes to standard output; another suffix is a mistake of whoever typed it."""
    if out is None:
        return ".mmd"
    suffix = out.suffix.lower()
    if suffix not in {".svg", ".mmd"}:
        raise typer.BadParameter(f"{out.name!r}: a chart is written as .svg or .mmd", param_hint="--out")
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
    return [replace(branch, state=state) for branch in chosen or known.values()]

"""`claimwright cases`: worked cases run on the engine, expected and got side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli.options import Data, Fees, NoStore

if TYPE_CHECKING:
    from claimwright.determine.engine import Engine
    from claimwright.proving.case_files import WorkedCase

GOOD, BAD, UNREAD = 0, 1, 2

app = typer.Typer(
    name="cases",
    help="Worked cases: claims with what is known beyond them, and what must come out.",
    epilog=(
        "\b\nStart with:         claimwright cases run cases\n"
        "one case in full:   claimwright cases show T02 cases\n"
        "how to write one:   docs/cases.md, schemas/cases-1.json"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Policies = Annotated[
    Path | None,
    typer.Option(
        "--policies",
        help="A folder of policies to run on instead of the library that was shipped.",
        exists=True,
        file_okay=False,
    ),
]
Format = Annotated[str, typer.Option("--format", "-f", help="text or json.")]


@app.command(
    epilog="\b\nExamples:  claimwright cases run cases\n"
    "           claimwright cases run my-clinic.yaml --failed-only\n"
    "           claimwright cases run cases/units.yaml -k minutes --format json"
)
def run(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files of cases, or folders of them.")],
    only: Annotated[str, typer.Option("-k", help="Only cases whose id or sentence holds this text, in any case.")] = "",
    failed_only: Annotated[bool, typer.Option("--failed-only", help="Show only the cases that fail.")] = False,
    policies: Policies = None,
    data: Data = None,
    no_store: NoStore = False,
    fees: Fees = None,
    format_: Format = "text",
) -> None:
    """Run worked cases through the whole engine, and show what was expected beside what came out.

    A case that comes out as expected takes one line; one that does not shows every thing that differs.
    Ends with 0 when all cases come out, with 1 when one does not, and with 2 when a file cannot be read.
    """
    from claimwright.cli.case_pages import print_results, results_json
    from claimwright.cli.progress import counting
    from claimwright.proving import cases
    from claimwright.report.faces import faces

    chosen = _chosen(paths, only)
    bench = cases.Bench(_engine(policies, data, fees, no_store=no_store), faces)
    with counting("running cases", len(chosen)) as heard:
        results = cases.run(chosen, bench, progress=heard)
    if format_ == "json":
        typer.echo(results_json(results))
    else:
        print_results(results, failed_only=failed_only)
    raise typer.Exit(GOOD if all(result.ok for result in results) else BAD)


@app.command(epilog="Example:  claimwright cases show T02 cases")
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a case.")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files of cases, or folders of them.")],
    policies: Policies = None,
    data: Data = None,
    no_store: NoStore = False,
    fees: Fees = None,
) -> None:
    """Show one case in full: the claim with everything it takes over, what is expected, and the whole answer.

    Ends with 0 when the case comes out as expected, with 1 when it does not, and with 2 when there is no such case.
    """
    from claimwright.cli.case_pages import print_case
    from claimwright.documents.complaints import nearest
    from claimwright.proving import cases
    from claimwright.report.faces import faces

    read = _chosen(paths, "")
    found = [case for case in read if case.id.lower() == id_.lower()]
    if not found:
        ids = [case.id for case in read]
        raise typer.BadParameter(f"there is no case {id_!r}; {nearest(id_, ids, 'see what `cases run` lists')}")
    results = cases.run(found, cases.Bench(_engine(policies, data, fees, no_store=no_store), faces))
    for result in results:
        print_case(result)
    raise typer.Exit(GOOD if all(result.ok for result in results) else BAD)


def _chosen(paths: list[Path], only: str) -> tuple[WorkedCase, ...]:
    """The cases of some files; a file that cannot be read ends the command with 2."""
    from claimwright.proving import case_files

    read = case_files.read(paths)
    for complaint in read.complaints:
        typer.echo(str(complaint), err=True)
    if read.complaints:
        raise typer.Exit(UNREAD)
    chosen = tuple(case for case in read.cases if only.lower() in f"{case.id} {case.says}".lower())
    if not chosen:
        typer.echo("no case was found" + (f" that holds {only!r}" if only else ""), err=True)
        raise typer.Exit(UNREAD)
    return chosen


def _engine(policies: Path | None, data: Path | None, fees: list[Path] | None, *, no_store: bool) -> Engine:
    from claimwright.cli.engine import shipped_engine
    from claimwright.cli.tables import loaded

    tables = loaded(data, no_store=no_store)
    if policies is None:
        return shipped_engine(tables=tables, fees=fees)
    from claimwright.policies.reading import read_folder

    shelf = read_folder(policies.resolve())
    for complaint in shelf.complaints:
        typer.echo(str(complaint), err=True)
    if shelf.complaints:
        raise typer.Exit(UNREAD)
    return shipped_engine(library=shelf.library, tables=tables, fees=fees)

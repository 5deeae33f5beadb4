"""`claimwright correct`: an 837 and what is true of it in, the corrected 837 out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from claimwright.formats.x12.correcting import Plan
    from claimwright.lines.problems import Problem

DONE, NOT_POSSIBLE = 0, 2
EXAMPLES = (
    "\b\nA file of edits:  claim,line,field,was,now,why\n"
    "                  CW0309-001,1,modifiers,GP,GP;59,separate session at 2 pm\n"
    "                  CW0309-001,,prior_auth,none,PA1234,was left out\n"
    "Then:             claimwright correct week.837 --edits edits.csv --out corrected.837 --change-list changes.csv"
)


def correct(
    file: Annotated[Path, typer.Argument(help="The 837P or 837I to correct; `.gz` too. It is left as it is.")],
    edits: Annotated[
        Path,
        typer.Option("--edits", "-e", help="What is true: CSV, Parquet or JSON, a field a row."),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the corrected 837 here; gzipped if it ends in .gz.")
    ] = None,
    change_list: Annotated[
        list[Path] | None,
        typer.Option(
            "--change-list",
            help="Write the changes here: .csv, .json, or .html to print. May stand several times, and without --out.",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing where all is well.")] = False,
) -> None:
    """Write a corrected 837: exactly the edits you ask for, and every other byte as it was.

    An edit names a claim, a line (none for a field of the claim), a field, what the file says now (`was`) and what is
    true (`now`). All edits are made or none is: where one cannot be made exactly, nothing is written, and everything
    that stands in the way is told at once. Lists are written GP;59; `none` is a field that is not there.

    Fields: procedure, modifiers, units, charge, pointers, place, service_from, service_to, revenue, rendering_npi and
    prior_auth of a line; diagnoses, prior_auth, frequency, original_claim, note, place, rendering_npi and claim_charge
    of a claim. Nothing follows by itself, not even the charge of the claim (docs/correcting.md).

    No edit is ever proposed. You say what is true, and what the record supports.

    Without --out the change list alone is written, checked against the file all the same: for a system that makes
    its own claims, where somebody enters the changes.

    Ends with 0 when everything was written, and with 2 when it could not be.
    """
    from claimwright.formats.edit_files import read_edits
    from claimwright.formats.x12 import correcting

    outputs = [*([out] if out else []), *(change_list or [])]
    if not outputs:
        raise typer.BadParameter("nothing would be written; give --out, --change-list or both")
    _refuse(_clashes([file, edits], outputs))
    wanted, problems = read_edits(edits)
    _refuse([one for one in problems if one.gravity.value == "error"])
    plan = correcting.correct_file(file, wanted, out) if out else correcting.plan(file, wanted)
    _refuse([*plan.problems, *(plan.warnings if plan.problems else ())])
    for problem in (*problems, *plan.warnings):
        typer.echo(str(problem), err=True)
    unlisted = [problem for path in change_list or [] for problem in _listed(path, plan)]
    for problem in unlisted:
        typer.echo(str(problem), err=True)
    if unlisted or not quiet:
        _say(plan, outputs, {problem.file for problem in unlisted}, corrected=out is not None)
    raise typer.Exit(NOT_POSSIBLE if unlisted else DONE)


def _clashes(inputs: Sequence[Path], outputs: Sequence[Path]) -> list[Problem]:
    """Outputs that would take the place of an input or of one another."""
    from claimwright.formats.x12.correcting import same_file
    from claimwright.lines.problems import Problem

    return [
        Problem(
            "COR-OUT",
            "this output would take the place of an input or of another output",
            "give it a name of its own; what was sent is kept as it is",
            file=str(path),
        )
        for number, path in enumerate(outputs)
        if any(same_file(path, other) for other in (*inputs, *outputs[:number]))
    ]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        for problem in problems:
            typer.echo(str(problem), err=True)
        typer.echo("nothing was written", err=True)
        raise typer.Exit(NOT_POSSIBLE)


def _listed(path: Path, plan: Plan) -> list[Problem]:
    """Write a change list."""
    from claimwright.lines.problems import Problem

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_content(path.suffix.lower(), plan))
    except OSError as error:
        why = error.strerror or type(error).__name__
        return [Problem("COR-OUT", f"the change list cannot be written: {why}", "check the folder", file=str(path))]
    return []


def _content(suffix: str, plan: Plan) -> bytes:
    from claimwright.report import change_list

    if suffix == ".json":
        return change_list.change_list_json(plan.changes)
    if suffix in {".html", ".htm"}:
        return change_list.change_list_html(plan.changes, file=plan.file, warnings=plan.warnings).encode()
    # Excel takes a file for UTF-8 only when it begins with a byte order mark
    return change_list.change_list_csv(plan.changes, bom=True).encode()


def _say(plan: Plan, outputs: Sequence[Path], unwritten: Collection[str], *, corrected: bool) -> None:
    claims = len({edit.claim_index for edit in plan.changes})
    edits = len(plan.changes)
    tail = "nothing else changed" if corrected else "they can be made, and nothing else would change"
    typer.echo(f"{edits} edit{'s' * (edits != 1)} in {claims} claim{'s' * (claims != 1)}; {tail}")
    for path in outputs:
        if str(path) not in unwritten:
            typer.echo(f"written: {path}")

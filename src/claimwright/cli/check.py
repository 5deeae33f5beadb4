"""`claimwright check`: files of claims in, what to fix out."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli import today
from claimwright.cli.options import Data, Fees, KnownOn, NoStore, OwnPolicies, Site

if TYPE_CHECKING:
    from claimwright.determine.files import Checked
    from claimwright.lines.summary import Summary

CLEAN, TO_FIX, NOT_READ = 0, 1, 2


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    HTML = "html"


class FailOn(StrEnum):
    FINDINGS = "findings"
    UNKNOWN = "unknown"


_BY_SUFFIX = {
    ".json": Format.JSON,
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
    ".csv": Format.CSV,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".txt": Format.TEXT,
}


def check(
    files: Annotated[list[Path], typer.Argument(help="837P or 837I files, CSV, Parquet or JSON; `.gz` too.")],
    format_: Annotated[
        Format | None, typer.Option("--format", "-f", help="How to write the answer. The terminal gets text.")
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", "-o", help="Write here; the suffix tells the format. May stand several times."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day from which to look. Today, by default."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="An earlier JSON or NDJSON run: only what changed since.")
    ] = None,
    payers: Annotated[
        Path | None, typer.Option("--payers", help="Your own payers.csv, in place of the shipped one.")
    ] = None,
    site: Site = None,
    policies: OwnPolicies = None,
    data: Data = None,
    no_store: NoStore = False,
    as_known_on: KnownOn = None,
    history: Annotated[
        list[Path] | None, typer.Option("--history", help="Earlier visits and allowed amounts (CSV, Parquet, JSON).")
    ] = None,
    plans: Annotated[
        list[Path] | None, typer.Option("--plans", help="Members' plans: product, funding, state, contract, limits.")
    ] = None,
    authorizations: Annotated[
        list[Path] | None, typer.Option("--authorizations", help="Prior authorizations: codes, days, units, status.")
    ] = None,
    plans_of_care: Annotated[
        list[Path] | None, typer.Option("--plans-of-care", help="Plans of care: signatures, dates, goals, reports.")
    ] = None,
    fees: Fees = None,
    notes: Annotated[
        list[Path] | None,
        typer.Option("--notes", help="Treatment notes: a folder, text, CSV, Parquet, JSON, FHIR (docs/notes.md)."),
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", help="For CSV and Parquet: field=column. May stand several times.")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="`unknown` also ends with 1 when lines could not be checked.")
    ] = FailOn.FINDINGS,
    limit: Annotated[int, typer.Option("--limit", help="How many lines to fix the terminal shows.", min=0)] = 25,
    strict: Annotated[
        bool, typer.Option("--strict", help="Validate 837 files against the implementation guide too (needs [x12]).")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no text.")] = False,
) -> None:
    """Check claims before they are billed.

    Every line is seen twice: as coded, what the claim alone will meet; and as documented, what the record
    supports. Each line says what the payer is expected to allow for it, or why that is not known. Nothing leaves
    this machine. Words of notes stand only in the JSON and HTML you ask for.

    Ends with 0 when there is nothing to fix, 1 when there is, and 2 when part of the input could not be read.
    """
    from claimwright.cli.engine import shipped_engine
    from claimwright.cli.progress import reading_files
    from claimwright.cli.tables import loaded
    from claimwright.cli.writing import show, show_changes, since, write
    from claimwright.determine.explain import explain
    from claimwright.determine.summarise import summarise

    targets = [(path, format_ or _BY_SUFFIX.get(path.suffix.lower(), Format.JSON)) for path in out or []]
    day = as_of.date() if as_of else today()
    known_on = as_known_on.date() if as_known_on else None
    tables = loaded(data, no_store=no_store, known_on=known_on)
    given = {
        "history": history,
        "plans": plans,
        "authorizations": authorizations,
        "plans-of-care": plans_of_care,
        "fees": fees,
        "notes": notes,
    }
    checked = reading_files(
        files,
        shipped_engine(payers, site, policies=policies, tables=tables, known_on=known_on),
        day,
        _mapping(column or []),
        beside={kind: paths for kind, paths in given.items() if paths},
        strict=strict,
        quiet=quiet,
    )
    summary = summarise(checked.determined, checked.problems)
    changes = since(baseline, explain(checked.determined), summary) if baseline else None
    for path, kind in targets:
        write(kind, path, changes.answers if changes else explain(checked.determined), summary, day)
    to_screen = format_ in {None, Format.TEXT} or bool(targets)
    if changes is not None:
        show_changes(changes, as_json=not to_screen, day=day)
    elif not to_screen:
        write(format_ or Format.TEXT, None, explain(checked.determined), summary, day)
    elif not quiet:
        show(checked.determined, summary, limit=limit, written=[path for path, _ in targets])
    raise typer.Exit(exit_code(checked, summary, fail_on))


def exit_code(checked: Checked, summary: Summary, fail_on: FailOn) -> int:
    """Input not read whole beats something to fix."""
    if not checked.whole:
        return NOT_READ
    if summary.to_fix.lines or (fail_on is FailOn.UNKNOWN and summary.unchecked.lines):
        return TO_FIX
    return CLEAN


def _mapping(columns: list[str]) -> dict[str, str]:
    """`procedure=CPT Code` → {"CPT Code": "procedure"}, the file's column and the field it holds."""
    found = {}
    for text in columns:
        field, sign, name = text.partition("=")
        if not sign or not name:
            raise typer.BadParameter(f"{text!r}: write field=column, like procedure=CPT", param_hint="--column")
        found[name.strip()] = field.strip()
    return found

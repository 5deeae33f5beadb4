"""`claimwright policy near`: rows of codes.csv found through the mappings that were imported, and marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimwright.cli.options import Data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimwright.policies.model import CodeRow
    from claimwright.reference.releases import Releases

NOTHING_FOUND = 1


def near(
    codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="Diagnoses of one code set: 250.60 357.2.")],
    set_: Annotated[str, typer.Option("--set", help="The set that the rows are for.")],
    data: Data = None,
) -> None:
    """Write rows of codes.csv for the diagnoses that are near some of the other code set, each marked `gem`.

    The General Equivalence Mappings say what is near, never what an authority listed: a rule may warn by such a set,
    and do no more. They do not come with the package.
    Ends with 0; with 1 where a code has nothing near it; with 2 where no mappings were imported.
    """
    import csv
    import sys

    from claimwright.cli.tables import loaded
    from claimwright.policies.code_rows import COLUMNS, DERIVED
    from claimwright.policies.families import written
    from claimwright.reference import mappings

    known = loaded(data)
    if not mappings.loaded(known):
        typer.echo("no mappings are here", err=True)
        typer.echo(
            " help: download them from cms.gov, then: claimwright data import 2018_I9gem.txt 2018_I10gem.txt", err=True
        )
        raise typer.Exit(2)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*COLUMNS, DERIVED])
    lonely: list[str] = []
    seen: set[tuple[str, str]] = set()
    for code in codes:
        rows = list(_rows(code, set_, known))
        for row in rows:
            if (row.system, row.code) not in seen:
                seen.add((row.system, row.code))
                span = (row.span.first or "", row.span.last or "")
                out.writerow([row.set, row.system, written(row.code, row.system), *span, row.source, row.derived])
        if not rows:
            lonely.append(code)
    for code in lonely:
        typer.echo(f"nothing is near {code}; is it a code, and not a heading?", err=True)
    raise typer.Exit(NOTHING_FOUND if lonely else 0)


def _rows(code: str, set_: str, known: Releases) -> Iterator[CodeRow]:
    from claimwright.days import ONE_DAY, Span
    from claimwright.lines.code_set import CHANGE, ICD_9, ICD_10
    from claimwright.policies.code_rows import GEM
    from claimwright.policies.model import CodeRow
    from claimwright.reference.mappings import near as near_to

    before, dot, _ = code.upper().partition(".")
    # E888.1 and E88.81 differ by their dot alone
    system = {3: ICD_10, 4: ICD_9}.get(len(before), "") if dot and before.startswith("E") else ""
    for one in near_to(known, code.upper().replace(".", ""), system):
        span = Span(CHANGE, None) if one.system == ICD_10 else Span(None, CHANGE - ONE_DAY)
        notes = ["approximate"] if one.approximate else []
        notes += ["only together with others"] if one.in_part else []
        source = "; ".join([f"{one.release}: {'from' if one.forward else 'to'} {code}", *notes])
        yield CodeRow(set_, one.system, one.code, span, source, 0, GEM)

"""Which Medicare contractor decides a Medicare line, told from the state in which the service was furnished.

Contractors matter because local coverage is theirs. The table is dated, and says of each row how far it was verified.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from claimwright.days import Span, starts
from claimwright.lines.distinct import distinct
from claimwright.lines.problems import Problem
from claimwright.reference.walk import periods_of

COLUMNS = ("state", "contractor", "jurisdiction", "name", "from", "to", "verified", "source")
SHIPPED = Path(__file__).parent / "contractors.csv"

_SCHEMA = {
    "state": pl.String,
    "_contractor": pl.String,
    "_contractor_row": pl.UInt32,
    "_from": pl.Date,
    "_to": pl.Date,
}

# Reading: supplier claims for equipment and orthotics go to the DME contractor of the patient's home, which a line
# does not tell. HCPCS letters E, K and L, and the infrared accessory A4639.
_SUPPLIES = re.compile(r"[EKL][0-9]{4}|A4639")

# An Advantage plan follows the local determinations of the contractor for its area, see its program.
BOUND = frozenset({"medicare-part-b", "medicare-advantage"})
READ = ("program", "contractor", "facility_state", "billing_state", "procedure", "service_from")
_ALIKE = READ[:-1]


@dataclass(frozen=True, eq=False)
class Contractors:
    """The good rows of a contractor table and what was wrong with the others."""

    frame: pl.DataFrame
    problems: tuple[Problem, ...] = ()

    @cached_property
    def by_state(self) -> dict[str, list[tuple[Span, str, int]]]:
        found: dict[str, list[tuple[Span, str, int]]] = {}
        for state, contractor, number, first, last in self.frame.iter_rows():
            found.setdefault(state, []).append((Span(first, last), contractor, number))
        return found

    @cached_property
    def edges(self) -> list[date]:
        """The days on which what the table says may change, oldest first."""
        return starts(span for rows in self.by_state.values() for span, _, _ in rows)


def load(path: Path | str | None = None) -> Contractors:
    """Read a contractor table (None: the one that comes with the package). Raises OSError when there is none."""
    place = Path(path) if path is not None else SHIPPED
    rows: list[tuple[str, str, int, date | None, date | None]] = []
    problems: list[Problem] = []
    spans: dict[str, list[Span]] = {}
    with place.open(encoding="utf-8-sig", newline="") as lines:
        for number, cells in enumerate(csv.DictReader(lines), 1):
            read = _row({name: (cells.get(name) or "").strip() for name in COLUMNS})
            if isinstance(read, str):
                help_ = "a row has a state of two letters, a contractor key, and days like 2019-01-01"
                problems.append(Problem("REF-CONTRACTOR", read, help_, file=str(place), row=number))
                continue
            state, key, span = read
            if any(span.overlap(earlier) for earlier in spans.get(state, ())):
                message, help_ = (
                    f"{state} has another contractor on the same days",
                    "end the earlier row the day before",
                )
                problems.append(Problem("REF-CONTRACTOR", message, help_, file=str(place), row=number, field="from"))
                continue
            spans.setdefault(state, []).append(span)
            rows.append((state, key, number, span.first, span.last))
    return Contractors(pl.DataFrame(rows, schema=_SCHEMA, orient="row"), tuple(problems))


def assign(lines: pl.DataFrame, contractors: Contractors) -> pl.DataFrame:
    """Lines with `contractor` filled for Medicare, and `contractor_row`, the data row of the table that told.

    Needs program, contractor, facility_state, billing_state, service_from and procedure. A stated contractor stays.
    Null where the program is another or unknown, the state is missing or shared by two contractors (Virginia), or the
    line is a supply.
    """
    # Within a period no row of the table begins or ends, so that lines alike but for the day can be told together.
    periods = periods_of(lines["service_from"], contractors.edges)
    kinds = distinct(lines[list(_ALIKE)].hstack([periods]))
    told = pl.DataFrame(
        [_told(row, contractors) for row in lines[list(READ)][kinds.first].iter_rows(named=True)],
        schema={"contractor": pl.String, "contractor_row": pl.UInt32},
        orient="row",
    )
    return lines.with_columns(told[kinds.of].get_columns())


def _told(line: Mapping[str, Any], contractors: Contractors) -> tuple[str | None, int | None]:
    supply = _SUPPLIES.fullmatch(line["procedure"] or "")
    if line["contractor"] is not None or line["program"] not in BOUND or line["service_from"] is None or supply:
        return line["contractor"], None
    state = line["billing_state"] if line["facility_state"] is None else line["facility_state"]
    rows = contractors.by_state.get((state or "").strip().upper(), ())
    return next(((key, number) for span, key, number in rows if line["service_from"] in span), (None, None))


def _row(cells: dict[str, str]) -> tuple[str, str, Span] | str:
    state = cells["state"].upper()
    if len(state) != 2 or not state.isalpha():
        return f"{state or 'nothing'} is not a state"
    if not cells["contractor"]:
        return f"{state} has no contractor key"
    try:
        first, last = (date.fromisoformat(cells[end]) if cells[end] else None for end in ("from", "to"))
        return state, cells["contractor"], Span(first, last)
    except ValueError as error:
        return str(error)

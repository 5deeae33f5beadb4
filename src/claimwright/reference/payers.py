"""Which program and payer a claim goes to, told from what the claim says of its destination payer.

A claim that matches nothing has no program: unknown, never commercial by default. What a line states itself wins.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from claimwright.days import Span
from claimwright.lines.distinct import distinct
from claimwright.reference.payer_table import PROFESSIONAL, PROGRAMS, PayerRow, PayerTable, load, normalise
from claimwright.reference.walk import periods_of

__all__ = ["MATCHES", "READ", "PayerTable", "load", "match"]

READ = ("payer_id", "payer_name", "filing", "form", "bill_type", "service_from", "program", "payer", "product")

MEDICARE = "medicare"
INSTITUTIONAL = "institutional"
PART_B = "medicare-part-b"

# How the program was told, or the payer where no program was. `conflict`: two fields of the claim name two payers, or
# disagree on whether this is Medicare Part B, and no row with both fields settles it.
MATCHES = pl.Enum(["stated", "id and filing", "id", "name and filing", "name", "filing", "conflict"])

_STATED = ("program", "payer", "product")
_ASKED = ("payer_id", "payer_name", "filing", "form", "bill_type")
_OUT: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "program": pl.String,
    "payer": pl.String,
    "product": pl.String,
    "payer_row": pl.UInt32,
    "payer_match": MATCHES,
}


def match(lines: pl.DataFrame, table: PayerTable) -> pl.DataFrame:
    """Lines with `program`, `payer`, `product`, `payer_row` and `payer_match`, in the order they came.

    Needs the columns payer_id, payer_name, filing, form, bill_type and service_from of the schema of lines; others it
    uses where they are (program, payer, product). `payer_row` is the data row of the table that told the program, or
    the payer where none did. For each of program, payer and product the first row that says something is taken:
    id and filing, id, name and filing, name (exact before prefix, long before short), filing.
    """
    edges = table.edges()
    stated = [name for name in _STATED if name in lines.columns]
    asked = lines[[*_ASKED, *stated]].hstack([periods_of(lines["service_from"], edges)])
    kinds = distinct(asked)
    told = pl.DataFrame(
        [_told(row, table, edges) for row in asked[kinds.first].iter_rows(named=True)], schema=dict(_OUT), orient="row"
    )
    return lines.with_columns(told[kinds.of].get_columns())


_Answer = tuple[str | None, str | None, str | None, int | None, str | None]


def _told(asked: Mapping[str, Any], table: PayerTable, edges: list[date]) -> _Answer:
    """What a claim states itself, else what the table says."""
    # The table knows types of bill by their first two digits, and only on institutional claims.
    bill = asked["bill_type"][:2] if asked["form"] == INSTITUTIONAL and asked["bill_type"] else None
    stated = {name: asked[name] for name in _STATED if asked.get(name) is not None}
    # people write the name where the key belongs
    name = stated.get("payer") if not asked["payer_name"] and stated.get("payer") not in _index(table).keys else None
    claim = _Claim(
        asked["payer_id"], name or asked["payer_name"], asked["filing"], asked["form"], bill, asked["period"]
    )
    program, payer, product, row, how = _resolve(claim, table, edges)
    if name and payer:
        del stated["payer"]
    if "program" in stated:
        stated["program"] = _program(stated["program"])
    if "program" in stated:
        program, row, how = stated["program"], None, "stated"
    # Part B has one payer: a payer key told from elsewhere cannot stand beside a stated Part B.
    payer = stated.get("payer", MEDICARE if program == PART_B else payer)
    return program, payer, stated.get("product", product), row, how


def _program(written: str) -> str:
    """A line of business as the table calls it, `Medicare Part B` or `COMMERCIAL` too; else as it is written."""
    slug = "-".join(written.lower().replace("_", " ").replace("-", " ").split())
    return slug if slug in PROGRAMS else written


@dataclass(frozen=True)
class _Index:
    exact: Mapping[tuple[str, str, str], list[PayerRow]]  # id, name, filing → rows
    prefixes: tuple[str, ...]  # without the *, longest first
    keys: frozenset[str]  # of the payers


@functools.lru_cache(maxsize=8)
def _index(table: PayerTable) -> _Index:
    exact: dict[tuple[str, str, str], list[PayerRow]] = {}
    for row in table.rows:
        exact.setdefault(row.asks(), []).append(row)
    prefixes = {row.name[:-1] for row in table.rows if row.name.endswith("*")}
    keys = frozenset(row.payer for row in table.rows if row.payer)
    return _Index(exact, tuple(sorted(prefixes, key=len, reverse=True)), keys)


@dataclass(frozen=True)
class _Claim:
    """One combination of what claims say of their payer."""

    payer_id: str | None
    payer_name: str | None
    filing: str | None
    form: str | None
    bill: str | None  # first two digits
    period: int  # -1 without a day


def _resolve(claim: _Claim, table: PayerTable, edges: list[date]) -> _Answer:
    index = _index(table)
    day = None if claim.period < 0 else edges[claim.period - 1] if claim.period else date.min

    def find(id_: str, names: list[str], code: str) -> PayerRow | None:
        for name in names:
            for candidate in index.exact.get((id_, name, code), ()):
                if _applies(candidate, claim, day):
                    return candidate
        return None

    id_, code = (claim.payer_id or "").strip().upper(), (claim.filing or "").strip().upper()
    names = _names(claim.payer_name, index.prefixes)
    return _combine(
        [
            ("id and filing", find(id_, [""], code) if id_ and code else None),
            ("id", find(id_, [""], "") if id_ else None),
        ],
        [("name and filing", find("", names, code) if code else None), ("name", find("", names, ""))],
        [("filing", find("", [""], code) if code else None)],
    )


_Level = list[tuple[str, PayerRow | None]]


def _combine(*levels: _Level) -> _Answer:
    """What the rows found say together.

    Two payers leave the payer open; where one of them is Medicare, or two rows disagree on whether this is Part B, the
    program is open too. A row that asks for the filing code as well settles such a dispute.
    """
    found = [(how, row) for level in levels for how, row in level if row is not None]
    if not found:
        return None, None, None, None, None
    payers = [next((row.payer for _, row in level if row and row.payer), "") for level in levels]
    how, teller = next(((how, row) for how, row in found if row.program), found[0])
    program, payer = teller.program or None, next((key for key in payers if key), None)
    product = next((row.product for _, row in found if row.product), None)
    if not any(how.endswith("and filing") for how, _ in found):
        named = {key for key in payers if key}
        two_payers = len(named) > 1
        on_part_b = {row.program == PART_B for _, row in found if row.program}
        if len(on_part_b) > 1 or (two_payers and MEDICARE in named):
            return None, None if two_payers else payer, None, None, "conflict"
        if two_payers:
            return program, None, product, None, "conflict"
    return program, payer, product, teller.number, how


def _names(name: str | None, prefixes: tuple[str, ...]) -> list[str]:
    normalised = normalise(name or "")
    if not normalised:
        return []
    return [normalised, *(f"{prefix}*" for prefix in prefixes if normalised.startswith(prefix))]


def _applies(row: PayerRow, claim: _Claim, day: date | None) -> bool:
    if row.span != Span() and day not in row.span:  # a dated row needs a day
        return False
    if not row.bill:
        return True
    return claim.bill in row.bill if claim.form == INSTITUTIONAL else PROFESSIONAL in row.bill

"""Which program and payer a claim goes to, told from what the claim says of its destination payer.

A claim that matches nothing has no program: unknown, never commercial by default. What a line states itself wins.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from claimwright.days import Span
from claimwright.lines.distinct import distinct
from claimwright.reference.payer_table import PROFESSIONAL, PayerRow, PayerTable, load, normalise
from claimwright.reference.walk import periods_of

__all__ = ["MATCHES", "READ", "PayerTable", "load", "match"]

READ = ("payer_id", "payer_name", "filing", "form", "bill_type", "service_from", "program", "payer", "product")

MEDICARE = "medicare"
INSTITUTIONAL = "institutional"
PART_B = "medicare-part-b"

# How the program was told, or the payer where no program was. `conflict`: two fields of the claim name two payers, or
# disagree on whether this is Medicare Part B, and no row with both fields settles it.
MATCHES = pl.Enum(["stated", "id and filing", "id", "name and filing", "name", "filing", "conflict"])

_KEYS = ("payer_id", "payer_name", "filing", "form", "bill")
_OUT: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "_program": pl.String,
    "_payer": pl.String,
    "_product": pl.String,
    "_payer_row": pl.UInt32,
    "_payer_match": MATCHES,
}


def match(lines: pl.DataFrame, table: PayerTable) -> pl.DataFrame:
    """Lines with `program`, `payer`, `product`, `payer_row` and `payer_match`, in the order they came.

    Needs the columns payer_id, payer_name, filing, form, bill_type and service_from of the schema of lines; others it
    uses where they are (program, payer, product). `payer_row` is the data row of the table that told the program, or
    the payer where none did. For each of program, payer and product the first row that says something is taken:
    id and filing, id, name and filing, name (exact before prefix, long before short), filing.
    """
    edges = table.edges()
    stated = [name for name in ("program", "payer", "product") if name in lines.columns]
    keyed = lines.select(
        "payer_id",
        "payer_name",
        "filing",
        "form",
        "bill_type",
        periods_of(lines["service_from"], edges),
        *(pl.col(name).cast(pl.String).alias(f"_stated_{name}") for name in stated),
    )
    kinds = distinct(keyed)
    asked = keyed.gather(kinds.first).with_columns(
        # The table knows types of bill by their first two digits, and only on institutional claims.
        pl.when((pl.col("form") == INSTITUTIONAL).fill_null(value=False))
        .then(pl.col("bill_type").str.slice(0, 2))
        .alias("bill"),
        *(
            pl.lit(None, dtype=pl.String).alias(f"_stated_{name}")
            for name in ("program", "payer", "product")
            if name not in stated
        ),
    )
    claims = (_Claim(*row) for row in asked.select(*_KEYS, "period").iter_rows())
    answers = pl.DataFrame([_resolve(claim, table, edges) for claim in claims], schema=dict(_OUT), orient="row")
    program = pl.coalesce("_stated_program", "_program")
    # Part B has one payer: a payer key told from elsewhere cannot stand beside a stated Part B.
    payer = (
        pl.when((program == PART_B).fill_null(value=False) & pl.col("_stated_payer").is_null())
        .then(pl.lit(MEDICARE))
        .otherwise(pl.coalesce("_stated_payer", "_payer"))
    )
    by_claim = pl.col("_stated_program").is_not_null()
    told = asked.hstack(answers).select(
        program.alias("program"),
        payer.alias("payer"),
        pl.coalesce("_stated_product", "_product").alias("product"),
        pl.when(~by_claim).then("_payer_row").alias("payer_row"),
        pl.when(by_claim).then(pl.lit("stated", dtype=MATCHES)).otherwise("_payer_match").alias("payer_match"),
    )
    return lines.with_columns(told.gather(kinds.of).get_columns())


@dataclass(frozen=True)
class _Index:
    exact: Mapping[tuple[str, str, str], list[PayerRow]]  # id, name, filing → rows
    prefixes: tuple[str, ...]  # without the *, longest first


@functools.lru_cache(maxsize=8)
def _index(table: PayerTable) -> _Index:
    exact: dict[tuple[str, str, str], list[PayerRow]] = {}
    for row in table.rows:
        exact.setdefault(row.asks(), []).append(row)
    prefixes = {row.name[:-1] for row in table.rows if row.name.endswith("*")}
    return _Index(exact, tuple(sorted(prefixes, key=len, reverse=True)))


_Answer = tuple[str | None, str | None, str | None, int | None, str | None]


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

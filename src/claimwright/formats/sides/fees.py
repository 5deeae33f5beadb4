"""What payers pay by contract, as a table: not a side file, for no policy asks about it and no row is a patient's."""

from __future__ import annotations

from datetime import date

import polars as pl

from claimwright.formats.sides.columns import Column, Holds, Kind
from claimwright.lines.schema import modifier_columns

FEES = Kind(
    "fees",
    "Contract fee schedules: what payers allow for a unit of a code",
    "what a payer allows for one unit of a code, on some days",
    (
        Column(
            "payer", Holds.TEXT, "the payer, by id, name or key", ("payer_id", "payer_name", "insurance"), required=True
        ),
        Column("procedure", Holds.PROCEDURE, "the procedure code", required=True),
        Column("modifiers", Holds.MODIFIERS, "modifiers that a line needs for this amount; without any, every line"),
        Column(
            "from",
            Holds.DAY,
            "the first day of service for which it holds",
            ("valid_from", "effective", "effective_date", "start_date"),
            telling=True,
        ),
        Column(
            "to",
            Holds.DAY,
            "the last day of service for which it holds",
            ("valid_to", "through", "end_date"),
            telling=True,
        ),
        Column(
            "allowed",
            Holds.MONEY,
            "what the contract allows for one unit, the member's share included",
            ("allowed_amount", "fee", "rate", "amount"),
            required=True,
        ),
    ),
    key="allowed",
)


def contradicting(frame: pl.DataFrame) -> pl.Series:
    """Rows that have another amount than one about the same payer, code, modifiers and a day (Boolean, no nulls)."""
    keys = frame.select(pl.col("payer").str.strip_chars().str.to_uppercase(), "procedure", *modifier_columns)
    groups: dict[tuple[object, ...], list[tuple[int, date, date, object]]] = {}
    for place, (key, row) in enumerate(
        zip(keys.iter_rows(), frame.select("from", "to", "allowed").iter_rows(), strict=True)
    ):
        group = groups.setdefault((*key[:2], *sorted(code for code in key[2:] if code)), [])
        group.append((place, row[0] or date.min, row[1] or date.max, row[2]))
    wrong: set[int] = set()
    for rows in groups.values():
        rows.sort(key=lambda row: (row[1], row[2]))
        for number, (place, _, last, allowed) in enumerate(rows):
            for other, first, _, theirs in rows[number + 1 :]:
                if first > last:
                    break
                if theirs != allowed:
                    wrong |= {place, other}
    return pl.Series([place in wrong for place in range(frame.height)], dtype=pl.Boolean)

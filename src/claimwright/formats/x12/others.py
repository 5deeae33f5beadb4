"""What other payers did with a claim, as lists beside its lines."""

from __future__ import annotations

import polars as pl

from claimwright.formats.places import Places
from claimwright.formats.values import decimals
from claimwright.lines.problems import Problem
from claimwright.lines.schema import ADJUSTMENT, MONEY, OTHER_PAYER, UNITS


def other_payers(payers: pl.DataFrame, rows: pl.Series, places: Places, problems: list[Problem]) -> pl.Series:
    """For each line (its claim in `rows`) the other payers of its claim, in claim order; null when there are none."""
    payers = _amounts(payers, {"paid": MONEY}, places, problems)
    structs = payers.select("row", pl.struct(_fields(payers, OTHER_PAYER)).alias("other_payers"))
    return _gathered(structs, "row", rows, "other_payers")


def adjustments(frame: pl.DataFrame, rows: pl.Series, places: Places, problems: list[Problem]) -> pl.Series:
    """For each line the adjustments of its claim by other payers, then its own; the claim's stand before `at_line`."""
    frame = _amounts(frame, {"amount": MONEY, "quantity": UNITS}, places, problems)
    frame = frame.with_columns(pl.struct(_fields(frame, ADJUSTMENT)).alias("adjustments"))
    lines = pl.DataFrame({"row": rows}).with_row_index("line_row")
    of_claim = frame.filter(pl.col("line_row").is_null()).select("row", "adjustments").join(lines, on="row")
    of_line = frame.filter(pl.col("line_row").is_not_null()).select("row", "adjustments", "line_row")
    every = pl.concat([of_claim, of_line.select(of_claim.columns)])
    return _gathered(every.select("line_row", "adjustments"), "line_row", lines["line_row"], "adjustments")


def _fields(frame: pl.DataFrame, kind: pl.Struct) -> list[pl.Expr]:
    return [
        (pl.col(field.name) if field.name in frame.columns else pl.lit(None)).cast(field.dtype).alias(field.name)
        for field in kind.fields
    ]


def _amounts(
    frame: pl.DataFrame, kinds: dict[str, pl.Decimal], places: Places, problems: list[Problem]
) -> pl.DataFrame:
    for name, kind in kinds.items():
        if name not in frame.columns:
            continue
        column = decimals(frame[name], kind)
        wrong = column.is_null() & frame[name].is_not_null()
        if wrong.any():
            problems += places.problems(
                frame,
                wrong,
                name,
                "INP-AMOUNT",
                "an amount of another payer is no number; left open",
                help_="write dollars and cents, like 45.50",
            )
        frame = frame.with_columns(column)
    return frame


def _gathered(frame: pl.DataFrame, key: str, rows: pl.Series, name: str) -> pl.Series:
    lists = frame.group_by(key, maintain_order=True).agg(name)
    return (
        rows.cast(pl.UInt32)
        .to_frame(key)
        .join(lists.with_columns(pl.col(key).cast(pl.UInt32)), on=key, how="left", maintain_order="left")[name]
    )

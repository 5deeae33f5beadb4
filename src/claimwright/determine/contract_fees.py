"""What a contract allows for a line: the row of the fee files that fits its payer, code, modifiers and day."""

from __future__ import annotations

import polars as pl

from claimwright.determine.facts.people import SAME, payers_named
from claimwright.lines.schema import modifier_columns
from claimwright.reference.payer_table import PayerTable

FOUND = {"unit": pl.Int64, "fee_row": pl.UInt32}


def look_up(lines: pl.DataFrame, fees: pl.DataFrame | None, table: PayerTable) -> pl.DataFrame:
    """For each line the cents a unit (`unit`) and the row that says so (`fee_row`), or nulls; in the order of lines.

    Of several rows that fit, one that asks for more modifiers goes first; of these the later one by its first day.
    """
    if fees is None or not fees.height or not lines.height:
        return pl.DataFrame(
            {name: pl.repeat(None, lines.height, dtype=kind, eager=True) for name, kind in FOUND.items()}
        )
    named = payers_named(lines, fees, table)
    asked = lines.select("procedure", "service_from", line_modifiers=pl.concat_list(modifier_columns)).with_columns(
        payer_number=pl.Series(named.of_line), line=pl.int_range(pl.len())
    )
    offered = fees.select(
        "procedure",
        "from",
        "to",
        pl.concat_list(modifier_columns).list.drop_nulls().alias("wanted"),
        (pl.col("allowed") * 100).cast(pl.Int64).alias("unit"),
        pl.col("row").alias("fee_row"),
    ).with_columns(called=pl.Series(named.of_row))
    pairs = asked.join(offered, on="procedure", how="inner")
    same = named.verdict[pairs["payer_number"].to_numpy(), pairs["called"].to_numpy()] == SAME
    day = pl.col("service_from")
    fits = (
        pl.Series(same)
        & (pl.col("from").is_null() | (pl.col("from") <= day))
        & (pl.col("to").is_null() | (pl.col("to") >= day))
        & (pl.col("wanted").list.set_difference("line_modifiers").list.len() == 0)
    )
    best = (
        pairs.filter(fits.fill_null(value=False))
        .with_columns(asks=pl.col("wanted").list.len())
        .sort("line", "asks", "from", "fee_row", descending=[False, True, True, False], nulls_last=True)
        .unique("line", keep="first", maintain_order=True)
    )
    return asked.select("line").join(best, on="line", how="left", maintain_order="left").select(*FOUND)

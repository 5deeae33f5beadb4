"""What earlier payers decided, as a secondary claim carries it (837 loops 2320 and 2430)."""

from __future__ import annotations

import polars as pl

REASONS = 6  # reason codes kept for a line; a claim that carries more is open-ended
COLUMNS = ("earlier_decided", *(f"earlier_reason_{place}" for place in range(1, REASONS + 1)))


def decided(lines: pl.DataFrame) -> list[pl.Series]:
    """`earlier_decided` (Boolean): an adjustment or a paid amount of another payer stands on the claim.

    And the distinct reason codes (CARC) of the line's and its claim's adjustments, `earlier_reason_1` … in claim order.
    """
    adjustments, payers = lines["adjustments"], lines["other_payers"]
    if adjustments.null_count() == payers.null_count() == lines.height:
        nothing = pl.Series(COLUMNS[1], [None], dtype=pl.String).new_from_index(0, lines.height)
        no = pl.Series(COLUMNS[0], [False], dtype=pl.Boolean).new_from_index(0, lines.height)
        return [no, *(nothing.alias(name) for name in COLUMNS[1:])]
    reasons = pl.col("adjustments").list.eval(pl.element().struct.field("reason")).list.unique(maintain_order=True)
    paid = pl.col("other_payers").list.eval(pl.element().struct.field("paid").is_not_null()).list.any().fill_null(False)
    found = lines.select(
        (paid | (pl.col("adjustments").list.len() > 0).fill_null(False)).alias(COLUMNS[0]),
        *(reasons.list.get(place, null_on_oob=True).alias(name) for place, name in enumerate(COLUMNS[1:])),
    )
    return found.get_columns()

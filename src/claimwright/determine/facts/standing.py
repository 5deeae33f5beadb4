"""Which claims still stand: a replacement takes the place of the claim it replaces, a void takes it away.

Sourced: X12 837 CLM05-3 (claim frequency code): 7 replacement of prior claim, 8 void of prior claim.
"""

from __future__ import annotations

import polars as pl

REPLACEMENT, VOID = "7", "8"


def live(lines: pl.DataFrame) -> pl.Series:
    """For each line whether its claim stands (Boolean, never null).

    A void never stands. A claim of the same input that a later replacement or void names does not: by the patient
    control number (the submitter's own, which a replacement repeats), or by the control number in REF*F8.
    """
    frequency = lines["frequency"]
    if not frequency.is_in([REPLACEMENT, VOID]).any():
        return pl.repeat(True, lines.height, eager=True)
    claims = lines.select("file", "claim_index", "claim", "frequency", "original_claim", "provider").unique()
    later = claims.filter(pl.col("frequency").is_in([REPLACEMENT, VOID]).fill_null(False))
    originals = claims.filter(~pl.col("frequency").is_in([VOID]).fill_null(False))
    named = pl.concat(
        [
            later.select("file", "provider", pl.col("claim").alias("named"), pl.col("claim_index").alias("by")),
            later.select(
                "file", "provider", pl.col("original_claim").alias("named"), pl.col("claim_index").alias("by")
            ),
        ]
    ).drop_nulls("named")
    gone = (
        originals.join(named, left_on=["file", "provider", "claim"], right_on=["file", "provider", "named"])
        .filter(pl.col("claim_index") < pl.col("by"))
        .select("file", "claim_index")
        .unique()
        .with_columns(gone=pl.lit(True))
    )
    marked = lines.select("file", "claim_index").join(
        gone, on=["file", "claim_index"], how="left", maintain_order="left"
    )
    return ~(marked["gone"].fill_null(False) | (frequency == VOID).fill_null(False))

"""Which claims still stand: a replacement takes the place of the claim it replaces, a void takes it away.

Sourced: X12 837 CLM05-3 (claim frequency code): 7 replacement of prior claim, 8 void of prior claim.
"""

from __future__ import annotations

import polars as pl

REPLACEMENT, VOID = "7", "8"
_CLAIM = ("file", "provider", "claim", "claim_index")
READ = (*_CLAIM, "frequency", "original_claim")


def live(lines: pl.DataFrame) -> pl.Series:
    """For each line whether its claim stands (Boolean, never null).

    A void never stands. A claim of the same input that a later replacement or void names does not: by the patient
    control number (the submitter's own, which a replacement repeats), or by the control number in REF*F8.
    """
    frequency = lines["frequency"]
    corrects = frequency.is_in([REPLACEMENT, VOID])
    if not corrects.any():
        return pl.repeat(True, lines.height, eager=True)
    later = lines.select(*_CLAIM, "original_claim").gather(corrects.arg_true()).unique()
    named = pl.concat(
        [
            later.select("file", "provider", pl.col(number).alias("claim"), pl.col("claim_index").alias("by"))
            for number in ("claim", "original_claim")
        ]
    ).drop_nulls("claim")
    standing = (frequency != VOID).fill_null(True)
    # few claims are ever named by another, and only these are looked at one by one
    rows = (lines["claim"].is_in(named["claim"].implode()) & standing).arg_true()
    candidates = lines.select(_CLAIM).gather(rows).with_columns(row=rows)
    gone = candidates.join(named, on=["file", "provider", "claim"]).filter(
        (pl.col("claim_index") < pl.col("by")).fill_null(False)
    )
    taken = candidates.join(gone, on=["file", "claim_index"], how="semi")["row"]
    return standing.scatter(taken, False)

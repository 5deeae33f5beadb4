"""Patterns of one provider over all lines at hand: shares and counts that say nothing about a single line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.lines.distinct import distinct, distinct_rows
from claimwright.lines.schema import modifier_columns

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
DISTINCT = ("59", "XE", "XS", "XP", "XU")


def _providers(lines: pl.DataFrame) -> tuple[Rows, Flags]:
    """Each row's provider by number, and whether it is known."""
    known = lines["provider"].is_not_null().to_numpy()
    return distinct(lines.select(pl.col("provider").rank("dense").cast(pl.Int64))).of, known


def bypassed(lines: pl.DataFrame, edits: tuple[Rows, Rows], modality: Flags, least: Floats) -> pl.Series:
    """`share_of_pairs_bypassed`: of a provider's edits between modalities, how many in a hundred are bypassed.

    That is, carry a modifier for distinct services on the column 2 line. Null below `least` such edits.
    """
    row1, row2 = edits
    both = modality[row1] & modality[row2]
    marked = lines.select(
        pl.any_horizontal([pl.col(name).is_in(DISTINCT).fill_null(False) for name in modifier_columns])
    ).to_series()
    provider, known = _providers(lines)
    many = int(provider.max(initial=0)) + 1
    of = provider[row2[both]]
    pairs = np.bincount(of, minlength=many)[provider]
    carried = np.bincount(of[marked.to_numpy()[row2[both]]], minlength=many)[provider]
    share = np.where(known & (pairs >= least) & (pairs > 0), 100 * carried / np.maximum(pairs, 1), np.nan)
    return pl.Series("share_of_pairs_bypassed", share, nan_to_null=True)


def several_units(lines: pl.DataFrame, units_that_day: Floats, supervised: Flags) -> pl.Series:
    """`claims_with_several_units`: how many claims of the provider bill more than one unit of a supervised modality."""
    provider, known = _providers(lines)
    claims = distinct(lines.select("file", "claim_index"))
    marked = supervised & (units_that_day > 1)
    once = distinct_rows(int(marked.sum()), [claims.of[marked]]).first
    count = np.bincount(provider[marked][once], minlength=int(provider.max(initial=0)) + 1)[provider]
    return pl.Series("claims_with_several_units", np.where(known, count, np.nan), nan_to_null=True)


def that_month(lines: pl.DataFrame) -> pl.Series:
    """`lines_for_payer_that_month`: lines of the row's code that its provider bills its payer in its month."""
    month = pl.col("service_from").dt.truncate("1mo")
    payer = pl.coalesce("payer", "payer_name")
    count = lines.select(
        pl.when(pl.col("provider").is_not_null() & payer.is_not_null() & month.is_not_null())
        .then(pl.len().over("provider", payer, "procedure", month))
        .otherwise(None)
        .cast(pl.Float64)
    ).to_series()
    return count.alias("lines_for_payer_that_month")

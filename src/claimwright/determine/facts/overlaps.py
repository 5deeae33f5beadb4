"""Lines of one patient and provider that share a day and do not begin on one: a line over several days, and what
begins on a later day of it.

Lines that begin on one day are one visit (`visits`); this is what visits do not see.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.lines.arrays import floats, present

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Overlaps:
    """Pairs of rows, each once: `earlier` spans the first day of `later`, which is the first day they share."""

    earlier: Rows
    later: Rows


_NONE = Overlaps(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def overlaps(lines: pl.DataFrame, live: Flags) -> Overlaps:
    """Such pairs among the lines of claims that stand; few lines span days, and without any nothing is searched."""
    first, last = floats(lines["service_from"]), floats(lines["service_to"])
    known = present(lines["patient"]) & present(lines["provider"]) & live & ~np.isnan(first)
    spans = np.flatnonzero(known & (last > first))
    if not spans.size:
        return _NONE
    people = lines.select("patient", "provider", day=pl.Series(first), row=pl.int_range(pl.len()))
    of_spans = people[spans].with_columns(until=pl.Series(last[spans]))
    others = people.filter(pl.Series(known)).rename({"day": "begins", "row": "later"})
    met = of_spans.join(others, on=["patient", "provider"], how="inner", maintain_order="left_right").filter(
        (pl.col("begins") > pl.col("day")).fill_null(value=False)
        & (pl.col("begins") <= pl.col("until")).fill_null(value=False)
    )
    return Overlaps(met["row"].to_numpy().astype(np.int64), met["later"].to_numpy().astype(np.int64))

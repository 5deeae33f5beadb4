"""Findings as a table: which clause holds on which row, in which views, and by which row of which table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.plan import Ready
from claimwright.lines.answers import View

CODED, DOCUMENTED = 1, 2  # bits of `views`
BIT = {View.CODED: CODED, View.DOCUMENTED: DOCUMENTED}

FINDING_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,  # of the lines given to the engine
    "clause": pl.Int32,  # number in the plan
    "views": pl.UInt8,
    "missing": pl.String,  # the need that is not met, for a documentation finding
    "unknown": pl.Boolean,  # it exists only because a fact is unknown
    "partner": pl.Int64,  # row of the other line of a pair
    "aged": pl.Boolean,  # it stands on a table older than the day
    "age_days": pl.Int32,
    "release": pl.String,  # of the table it stands on
}
_BY_TABLE = ("partner", "aged", "age_days", "release")


class Findings:
    """Collects findings row set by row set, and hands them over as one frame."""

    def __init__(self) -> None:
        self._frames: list[pl.DataFrame] = []

    def add(
        self,
        rows: npt.NDArray[np.int64],
        ready: Ready,
        *,
        views: int = 0,
        missing: str | None = None,
        unknown: bool = False,
        by_table: pl.DataFrame | None = None,
    ) -> None:
        """The clause holds on these rows. `views` 0 means those it speaks in; `by_table` has a row for each row."""
        if not rows.size:
            return
        frame = pl.DataFrame({"row": rows}).with_columns(
            pl.lit(ready.number, dtype=pl.Int32).alias("clause"),
            pl.lit(views or sum(BIT[view] for view in ready.clause.views), dtype=pl.UInt8).alias("views"),
            pl.lit(missing, dtype=pl.String).alias("missing"),
            pl.lit(unknown).alias("unknown"),
        )
        for name in _BY_TABLE:
            kind = FINDING_SCHEMA[name]
            if by_table is not None and name in by_table.columns:
                column = by_table[name].cast(kind).alias(name)
            else:
                column = pl.repeat(False if name == "aged" else None, rows.size, dtype=kind, eager=True).alias(name)
            frame = frame.with_columns(column)
        self._frames.append(frame)

    def frame(self) -> pl.DataFrame:
        return pl.concat(self._frames) if self._frames else pl.DataFrame(schema=FINDING_SCHEMA)

"""Columns as NumPy arrays, with nulls told apart, by the shortest way there is.

Many a method of a Polars series plans and runs a query (50 to 100 µs); for one claim these would take most of the time.
Casts, `to_numpy` and indexing do not.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.lines.schema import Unstated

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def floats(column: pl.Series) -> Floats:
    """Numbers, dates (days since 1970) or truth values (1 and 0); nan where there is none."""
    plain = column.cast(pl.Int32) if column.dtype == pl.Date else column
    return plain.cast(pl.Float64).to_numpy()


def integers(column: pl.Series, otherwise: int) -> Ints:
    """Whole numbers below 2**53, or dates as days since 1970-01-01; `otherwise` where there is none."""
    if not column.null_count():
        plain = column.cast(pl.Int32) if column.dtype == pl.Date else column
        return plain.cast(pl.Int64).to_numpy()
    values = floats(column)
    return np.where(np.isnan(values), otherwise, values).astype(np.int64)


def present(column: pl.Series) -> Flags:
    """Where there is a value."""
    nulls = column.null_count()
    if nulls == 0:
        return np.ones(len(column), dtype=np.bool_)
    return np.zeros(len(column), dtype=np.bool_) if nulls == len(column) else column.is_not_null().to_numpy()


def left_open(unstated: pl.Series, group: Unstated) -> Flags:
    """Where the input left a group of claim fields open (the column `unstated`), so that a null there is unknown."""
    marks: Flags = (unstated.to_numpy() & int(group)) != 0
    return marks

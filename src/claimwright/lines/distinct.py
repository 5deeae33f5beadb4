"""The distinct rows of a few columns: what many lines share is worked out once, and handed back to each by number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.lines.arrays import integers

Numbers = npt.NDArray[np.int64]

_TEXTS = pl.Categorical(pl.Categories("claimwright.distinct"))
_FEW = 1000  # rows for which a query takes longer to plan than to run
_WIDEST = 1 << 22  # numbers are made dense by a table of this size at most, beyond it by sorting


@dataclass(frozen=True)
class Distinct:
    """`of` gives each row's number, from 0 without gaps; `first` the row on which each number first stands."""

    of: Numbers
    first: Numbers


def distinct(frame: pl.DataFrame) -> Distinct:
    """Number the rows of a frame of texts, categories, enumerations and integers; rows that are equal, nulls included,
    share a number.
    """
    if frame.height <= _FEW:
        few = (one.cast(_TEXTS).to_physical() if one.dtype == pl.String else one.to_physical() for one in frame)
        return distinct_rows(frame.height, (_numbers(one) for one in few if one.null_count() < frame.height))
    texts = pl.col(pl.String).cast(_TEXTS).to_physical().cast(pl.Int64).fill_null(-1)
    columns = frame.select(texts, pl.exclude(pl.String).to_physical())
    return distinct_rows(frame.height, (_numbers(column) for column in columns if column.null_count() < frame.height))


def distinct_rows(height: int, columns: Iterable[npt.NDArray[Any]]) -> Distinct:
    """Number the rows of some arrays of integers."""
    of, width = np.zeros(height, dtype=np.int64), 1
    for numbers in columns if height else ():
        low, high = int(numbers.min()), int(numbers.max())
        if low == high:
            continue
        if width * (high - low + 1) > _WIDEST:
            of, width = _dense(of, width)
        of = of * (high - low + 1) + (numbers.astype(np.int64, copy=False) - low)
        width *= high - low + 1
    of, many = _dense(of, width) if height else (of, 0)
    first = np.zeros(many, dtype=np.int64)
    first[of[::-1]] = np.arange(height - 1, -1, -1)  # of equal numbers the one written last, the first row, stays
    return Distinct(of, first)


def _numbers(column: pl.Series) -> Numbers:
    """The numbers of a column; null is the number before the smallest."""
    low = column.min() if column.null_count() else 0
    assert isinstance(low, int)
    return integers(column, low - 1)


def _dense(numbers: Numbers, width: int) -> tuple[Numbers, int]:
    """The same numbers without gaps, in their order, and how many there are. All lie in range(width)."""
    if width > _WIDEST:
        found, dense = np.unique(numbers, return_inverse=True)
        return dense.astype(np.int64), found.size
    met = np.zeros(width, dtype=np.bool_)
    met[numbers] = True
    places = np.cumsum(met, dtype=np.int64) - 1
    return places[numbers], int(places[-1]) + 1

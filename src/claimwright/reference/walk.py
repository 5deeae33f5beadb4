"""The order in which releases speak about a day: tables that have aged may accuse, never acquit.

A release covering the day is asked first, then older ones, the latest first; a release that begins after the day is
never asked. What a covering release knows is certain. An older one may still accuse, as of its own last day; its
silence says nothing about later days, so the answer there is `unknown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.days import Span
from claimwright.lines.arrays import integers, present
from claimwright.lines.schema import FORMS

STATUS = pl.Enum(["hit", "miss", "unknown"])
HIT, MISS, UNKNOWN = range(3)
SILENCES = pl.Enum(["key missing", "no release", "before first release", "code not held", "release aged"])
KEY_MISSING, NO_RELEASE, BEFORE_FIRST, NOT_HELD, AGED = range(5)

NONE = 255  # no silence, no indicator, no release, in arrays of bytes
EARLIEST, LATEST = -(2**17) + 1, 2**17 - 1  # days since 1970 that stand for open ends

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


def number(day: date | None, otherwise: int) -> int:
    """Days since 1970-01-01, the way Polars stores dates."""
    return otherwise if day is None else (day - date(1970, 1, 1)).days


def ends(span: Span) -> tuple[int, int]:
    """First and last day of a span as numbers, open ends included."""
    return number(span.first, EARLIEST), number(span.last, LATEST)


@dataclass
class Answers:
    """One answer per row asked, filled release by release."""

    status: Bytes
    silence: Bytes
    indicator: Bytes
    value: Ints  # of a code edit; unused for pairs
    release: Bytes  # place of the release in the list of ids, NONE when none spoke
    row: npt.NDArray[np.uint32]  # data row of the release, 0 when none
    age: Ints  # days the release is older than the day; 0 when it covers the day

    @classmethod
    def blank(cls, count: int) -> Answers:
        return cls(
            np.full(count, UNKNOWN, np.uint8),
            np.full(count, KEY_MISSING, np.uint8),
            np.full(count, NONE, np.uint8),
            np.zeros(count, np.int32),
            np.full(count, NONE, np.uint8),
            np.zeros(count, np.uint32),
            np.zeros(count, np.int32),
        )

    def hit(self, where: Places, release: int, age: Ints, row: Any, indicator: Any) -> None:
        self.status[where] = HIT
        self.silence[where] = NONE
        self.release[where] = release
        self.age[where] = age
        self.row[where] = row
        self.indicator[where] = indicator

    def silent(self, where: Places, release: int, age: Ints) -> None:
        """The release knows and lists nothing: a miss where it covers the day, unknown where it is older."""
        covering = age == 0
        self.status[where] = np.where(covering, MISS, UNKNOWN)
        self.silence[where] = np.where(covering, NONE, AGED)
        self.release[where] = release
        self.age[where] = age

    def columns(self, ids: pl.Series) -> list[pl.Series]:
        """status, indicator, aged, age_days, release, release_row and silence; `ids` are the release ids, then null."""
        unspoken = self.release == NONE
        return [
            _STATUSES[self.status].alias("status"),
            _nulled("indicator", self.indicator, self.indicator == NONE),
            pl.Series("aged", self.age > 0),
            _nulled("age_days", self.age, unspoken),
            ids[np.minimum(self.release, len(ids) - 1)].alias("release"),
            _nulled("release_row", self.row, self.row == 0),
            _SILENT[np.minimum(self.silence, len(_SILENT) - 1)].alias("silence"),
        ]


_STATUSES = pl.Series(STATUS.categories, dtype=STATUS)
_SILENT = pl.Series([*SILENCES.categories, None], dtype=SILENCES)


def _nulled(name: str, values: np.ndarray[Any, Any], where: Bools) -> pl.Series:
    series = pl.Series(name, values)
    return series.set(pl.Series(where), None) if where.any() else series


def periods_of(days: pl.Series, edges: Sequence[date]) -> pl.Series:
    """How many edges lie on or before each day, -1 without a day: between two edges a table says the same."""
    counted = np.searchsorted(np.array([number(edge, 0) for edge in edges], np.int64), integers(days, 0), side="right")
    return pl.Series("period", np.where(present(days), counted, -1))


def coded(series: pl.Series, universe: pl.Enum) -> Ints:
    """Place of each code in the universe; its length for codes outside and for null."""
    places = series.cast(universe, strict=False).to_physical().cast(pl.Int32)
    return filled(places, len(universe.categories))


def filled(series: pl.Series, value: int) -> Ints:
    """The integers of a series as an array, null replaced; on few rows a fifteenth of what `Series.fill_null` costs."""
    return (series.set(series.is_null(), value) if series.null_count() else series).to_numpy()


def keys(frame: pl.DataFrame, texts: tuple[str, ...]) -> tuple[Bytes, Ints, Bools]:
    """Form (0 professional, 1 institutional), day (days since 1970) and whether any key of the row is missing."""
    form = frame["form"] if frame.schema["form"] == FORMS else frame["form"].cast(FORMS, strict=False)
    day = frame["day"] if frame.schema["day"] == pl.Date else frame["day"].cast(pl.Date)
    missing: Bools = np.zeros(frame.height, np.bool_)
    for series in (form, day, *(frame[name] for name in texts)):
        if series.null_count():
            missing |= series.is_null().to_numpy()
    kind: Bytes = filled(form.to_physical(), 0).astype(np.uint8)
    return kind, filled(day.cast(pl.Int32), 0), missing

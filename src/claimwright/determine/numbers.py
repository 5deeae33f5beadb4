"""The dated numbers that policies name: which value stands on a day, and on which days one changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import numpy.typing as npt

from claimwright.days import ONE_DAY, starts
from claimwright.determine.membership import EPOCH_0
from claimwright.policies.model import NumberRow


class Numbers:
    """Rows of numbers.csv by name."""

    def __init__(self, rows: Iterable[NumberRow]) -> None:
        self._rows: dict[str, list[NumberRow]] = {}
        for row in rows:
            self._rows.setdefault(row.name, []).append(row)
        self.starts = starts([row.span for rows in self._rows.values() for row in rows])

    def row(self, name: str, day: date) -> NumberRow | None:
        """The row in force on a day, with its unit and source."""
        return next((row for row in self._rows.get(name, ()) if day in row.span), None)

    def at(self, name: str, day: date) -> float | None:
        """The value on a day; None where no row speaks for it."""
        row = self.row(name, day)
        return row.value if row else None

    def over(self, name: str, days: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
        """The values on many days (since 1970-01-01); nan where no row speaks for a day."""
        spans = starts([row.span for row in self._rows.get(name, ())])
        edges = np.array([(day - EPOCH_0).days for day in spans], dtype=np.int32)
        before = spans[0] - ONE_DAY if spans else EPOCH_0
        values = [value if (value := self.at(name, day)) is not None else np.nan for day in (before, *spans)]
        found: npt.NDArray[np.float64] = np.array(values)[np.searchsorted(edges, days, side="right")]
        return found

    def on(self, day: date | None) -> tuple[float | None, ...]:
        """The values of all numbers on a day, in a fixed order; nothing without a day."""
        return () if day is None else tuple(self.at(name, day) for name in self._rows)

"""Sums over what happened before a day, or since one: entries sorted once, and every sum a difference of two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_WIDTH = np.int64(1) << 33  # more than there are days


@dataclass(frozen=True)
class Ledger:
    """Entries of scopes (whole numbers from 0) by day, in order."""

    keys: Rows
    order: Rows

    def place(self, scope: Rows, day: Rows) -> Rows:
        """How many entries stand before the first one of a scope on or after a day."""
        return np.searchsorted(self.keys, _key(scope, day)).astype(np.int64)

    def between(self, values: Floats, scope: Rows, first: Rows, before: Rows) -> Floats:
        """The sum of `values` (one an entry as given, no nan) over the entries of a scope from a day to before one."""
        totals = np.concatenate([[0.0], np.cumsum(values[self.order])])
        end = self.place(scope, before)
        found: Floats = totals[end] - totals[np.minimum(self.place(scope, first), end)]
        return found

    def firsts(self) -> npt.NDArray[np.bool_]:
        """Which entries, as given, are the first of their scope and day."""
        found = np.ones(self.order.size, dtype=np.bool_)
        found[self.order[1:]] = self.keys[1:] != self.keys[:-1]
        return found


def ledger(scope: Rows, day: Rows) -> Ledger:
    """Sort entries by scope and day; entries of one day keep their order."""
    keys = _key(scope, day)
    order = np.argsort(keys, kind="stable")
    return Ledger(keys[order], order)


def _key(scope: Rows, day: Rows) -> Rows:
    return scope.astype(np.int64) * _WIDTH + (day.astype(np.int64) + (_WIDTH >> np.int64(1)))

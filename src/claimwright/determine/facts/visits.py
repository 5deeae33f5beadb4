"""Which lines belong to one patient, provider and day, and what can be said of such a visit as a whole.

Lines are ordered by visit once; after that neighbours are found by shifting, so that nothing is joined with itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.overlaps import Overlaps
from claimwright.lines.arrays import floats, left_open, present
from claimwright.lines.schema import Unstated

Rows = npt.NDArray[np.int64]
# units of a span of days are divided by its days
DIVIDED = "Medicare NCCI Policy Manual, chapter I (revision of 2026-01-01), page I-34"
_FEW = 10_000  # rows up to which NumPy sorts sooner than Polars begins


@dataclass(frozen=True)
class Visits:
    """`order` lists row numbers visit by visit, in input order within each; `first` is where each visit begins there.

    `of` gives each row's visit number. `open_ended` marks rows of a day on which more may have been billed than can be
    seen: the input says so, or the patient, provider or day is missing or a placeholder (then only the claim is seen).
    """

    order: Rows
    first: Rows
    of: Rows
    open_ended: npt.NDArray[np.bool_]

    @cached_property
    def mates(self) -> tuple[tuple[Rows, Rows], ...]:
        """Every pair of rows of one visit, once, the earlier row first; a row stands once on each side of a part."""
        found = []
        sizes = np.diff(np.append(self.first, self.order.size))
        left_in_visit = np.repeat(sizes, sizes) - (np.arange(self.order.size) - np.repeat(self.first, sizes))
        places = np.arange(self.order.size)
        for shift in range(1, int(sizes.max(initial=1))):
            places = places[left_in_visit[places] > shift]
            found.append((self.order[places], self.order[places + shift]))
        return tuple(found)

    def gather_bits(self, bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        """For each row: the bits of all rows of its visit."""
        if not bits.size:
            return bits
        return np.bitwise_or.reduceat(bits[self.order], self.first)[self.of]


def visits(lines: pl.DataFrame, live: npt.NDArray[np.bool_]) -> Visits:
    """Group lines by patient, provider and first day of service; those of claims that do not stand stay apart."""
    known = present(lines["patient"]) & present(lines["provider"]) & present(lines["service_from"]) & live
    key = lines.select(pl.struct("patient", "provider", "service_from").hash(seed=1)).to_series()
    alone = np.flatnonzero(~known)
    if alone.size:
        claims = lines[["file", "claim_index", "service_from"]][alone]
        key = key.scatter(alone, claims.select(pl.struct(pl.all()).hash(seed=2)).to_series())
    keys = key.to_numpy()
    # stable, so that input order holds within a visit
    order = key.arg_sort().to_numpy().astype(np.int64) if keys.size > _FEW else np.argsort(keys, kind="stable")
    ordered = keys[order]
    begins = np.ones(order.size, dtype=np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    first = np.flatnonzero(begins)
    of = np.empty(order.size, dtype=np.int64)
    of[order] = np.cumsum(begins) - 1
    return Visits(order, first, of, ~known | left_open(lines["unstated"], Unstated.SAME_DAY))


def units_a_day(lines: pl.DataFrame) -> npt.NDArray[np.float64]:
    """The units of each line for one of its days; nan where they are unknown. Sourced: `DIVIDED`."""
    days = floats(lines["service_to"]) - floats(lines["service_from"])
    divided: npt.NDArray[np.float64] = floats(lines["units"]) / (np.fmax(days, 0) + 1)
    return divided


@dataclass(frozen=True)
class CodeDays:
    """The units of one code and provider on one visit, on each of its rows, and whether a row is the last of them."""

    units: npt.NDArray[np.float64]  # nan where a line's units are unknown
    last: npt.NDArray[np.bool_]


def code_days(
    visits: Visits,
    codes: npt.NDArray[np.uint32],
    units: npt.NDArray[np.float64],
    apart: Callable[[Rows, Rows], npt.NDArray[np.bool_]] | None = None,
    overlaps: Overlaps | None = None,
) -> CodeDays:
    """Sum the units of equal codes of one visit, for each row over those that are not `apart` from it.

    With `overlaps` the units of lines that began earlier and go on count too, and a line over several days has those of
    its busiest day.
    """
    total, last = units.copy(), np.ones(units.size, dtype=np.bool_)
    for left, right in visits.mates:
        same = codes[left] == codes[right]
        earlier, later = left[same], right[same]
        if apart is not None and earlier.size:
            together = ~apart(earlier, later)
            earlier, later = earlier[together], later[together]
        total[earlier] += units[later]
        total[later] += units[earlier]
        last[earlier] = False
    if overlaps is not None and overlaps.later.size:
        earlier, later = overlaps.earlier, overlaps.later
        same = codes[earlier] == codes[later]
        if apart is not None:
            same &= ~apart(earlier, later)
        earlier, later = earlier[same], later[same]
        np.add.at(total, later, units[earlier])
        with np.errstate(invalid="ignore"):  # what is not known of one day is not known of the busiest
            np.maximum.at(total, earlier, total[later])
    return CodeDays(total, last)


def distinct_codes(visits: Visits, counted: npt.NDArray[np.bool_]) -> Rows:
    """For each row: how many rows of its visit are counted; with one counted row a code, how many different codes."""
    counts = np.bincount(visits.of[counted], minlength=visits.first.size)
    return counts[visits.of].astype(np.int64)

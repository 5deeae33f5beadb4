"""What the lists of codes say of a code on a day: valid, a heading, not listed, or nobody knows.

A list speaks for its own days and for no others. Unlike an edit, a code that stands in an aged list may have ended
since, and one that does not may be new, so an aged list neither accuses nor acquits.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.membership import ABSENT, CODES, Numbers
from claimwright.reference.release import Release
from claimwright.reference.releases import Releases
from claimwright.reference.tables import MODIFIERS
from claimwright.reference.vintages import entries
from claimwright.reference.walk import EARLIEST, ends, number

NOTHING, VALID, HEADING, NOT_LISTED, UNKNOWN = range(5)  # NOTHING: no code stands there

_OF_CPT = r"^([0-9].|P[1-6])$"  # two digits, category II (1P), and physical status

Days = npt.NDArray[np.int32]
Statuses = npt.NDArray[np.uint8]


class Lists:
    """The lists of one table that are loaded, asked in the order in which they speak about a day."""

    def __init__(self, releases: Releases, table: str) -> None:
        self.lists = tuple(_List(release) for release in releases.of(table))

    def of(self, numbers: Numbers, days: Days) -> Statuses:
        """The status of each code number on its day (days since 1970-01-01). One gather for each list that speaks."""
        found = np.where(numbers == ABSENT, np.uint8(NOTHING), np.uint8(UNKNOWN))
        for one in self.lists:
            left = np.flatnonzero((found == UNKNOWN) & (days >= one.first) & (days <= one.last))
            if left.size:
                found[left] = one.of(numbers[left], days[left])
        return found

    def which(self, numbers: Numbers, days: Days) -> list[str | None]:
        """The release that tells the status of each code on its day."""
        found: list[str | None] = [None] * numbers.size
        left = np.flatnonzero(numbers != ABSENT)
        for one in self.lists:
            here = left[(days[left] >= one.first) & (days[left] <= one.last)]
            if here.size:
                told = here[one.of(numbers[here], days[here]) != UNKNOWN]
                for place in told:
                    found[place] = one.release.id
                left = np.setdiff1d(left, told)
        return found


@functools.lru_cache(maxsize=32)
def lists(releases: Releases, table: str) -> Lists:
    """The lists of a table, learned once in a process."""
    return Lists(releases, table)


class _List:
    """One release: the status of every code the process has met, for each stretch of days in which it is the same."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.first, self.last = ends(release.covers)
        self._known = 0

    @functools.cached_property
    def _frame(self) -> pl.DataFrame:
        """`code`, `billable` (false for a heading, null where the list is not sure), `from` and `to`."""
        return entries(self.release)

    @functools.cached_property
    def _starts(self) -> npt.NDArray[np.int64]:
        """The days on which some code begins, or is over for the first time."""
        begins = self._frame["from"].drop_nulls().to_physical().to_numpy().astype(np.int64)
        over = self._frame["to"].drop_nulls().to_physical().to_numpy().astype(np.int64) + 1
        return np.unique(np.concatenate([begins, over]))

    @functools.cached_property
    def _table(self) -> Statuses:
        return np.zeros((self._starts.size + 1, 1), dtype=np.uint8)

    def of(self, numbers: Numbers, days: Days) -> Statuses:
        if int(numbers.max()) >= self._known:
            self._learn()
        if self._starts.size:
            found: Statuses = self._table[np.searchsorted(self._starts, days, side="right"), numbers]
        else:
            found = self._table[0][numbers]
        return found

    def _learn(self) -> None:
        """Give every code the process has met since the last call its column."""
        met = CODES.to_series()
        fresh = met.slice(self._known)
        table = self._table
        grown = np.empty((table.shape[0], len(met)), dtype=np.uint8)
        grown[:, : self._known] = table[:, : self._known]
        grown[:, self._known :] = self._unlisted(fresh.cast(pl.String))
        numbered = pl.DataFrame({"code": fresh.cast(pl.String), "place": np.arange(self._known, len(met))})
        rows = numbered.join(self._frame, on="code", how="inner", maintain_order="left")
        # a code listed without a status is one about which the list is not sure
        status = pl.col("billable").replace_strict(
            {True: VALID, False: HEADING}, default=UNKNOWN, return_dtype=pl.UInt8
        )
        said = rows.select("place", "from", "to", status)
        if not self._starts.size:
            grown[0, said["place"].to_numpy()] = said["billable"].to_numpy()
        else:
            self._paint(grown, said)
        self.__dict__["_table"] = grown
        self._known = len(met)

    def _unlisted(self, codes: pl.Series) -> Statuses:
        """What it means for each code that the list does not have it: nothing, where it does not list its kind."""
        whole = np.full(len(codes), NOT_LISTED if self.release.holds_all else UNKNOWN, dtype=np.uint8)
        if self.release.table == MODIFIERS and not self._frame["code"].str.contains(_OF_CPT).any():
            # the public list has the modifiers of HCPCS Level II alone
            whole[codes.str.contains(_OF_CPT).to_numpy()] = UNKNOWN
        return whole

    def _paint(self, grown: Statuses, said: pl.DataFrame) -> None:
        """Each row over the stretches of its days. Few codes of such a list are met, so they are gone through."""
        for place, begins, last, status in said.iter_rows():
            first = int(np.searchsorted(self._starts, number(begins, EARLIEST), side="right"))
            after = None if last is None else int(np.searchsorted(self._starts, number(last, 0), side="right")) + 1
            grown[first:after, place] = status

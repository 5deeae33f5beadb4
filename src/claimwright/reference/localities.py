"""Where a service is paid: its payment locality by ZIP code or state, and the geographic indices of that locality.

The ZIP code of the place tells it where a table of ZIP codes is loaded; else the state, where it is one locality. Of
several localities none is picked: that is the national amount, all indices 1, and why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from claimwright.reference.release import Release
from claimwright.reference.releases import Releases
from claimwright.reference.tables import INDICES, LOCALITIES

SCALE = 10_000  # indices have three decimals: whole numbers of 1/10,000, exactly
ONE = SCALE
NATIONAL = "national"
DIVIDED = "the ZIP code lies in several localities, and that of its first five digits is taken"
_ANY = "00000"
_ZIP = r"^([0-9]{5})(-?[0-9]{4})?$"


@dataclass(frozen=True)
class Locality:
    """Where a line is paid: its indices as whole numbers of 1/10,000, and how that was told.

    `release` has the indices, `by` tells the locality from the ZIP code; None where neither was needed.
    """

    name: str
    work: int = ONE
    pe: int = ONE
    mp: int = ONE
    release: str | None = None
    by: str | None = None
    why: str = ""  # why it is the national amount
    note: str = ""  # what about the locality is not certain


def localities(asked: pl.DataFrame, releases: Releases) -> tuple[tuple[Locality, ...], np.ndarray[Any, Any]]:
    """The distinct places of rows (state, zip, day), and each row's place among them.

    Shapes: `asked` has a row a line; the second is as long. A ZIP code is text as written, five digits or nine.
    """
    key = ("state", "zip", "day")
    read = asked.select("state", pl.col("zip").str.strip_chars().alias("written"), "day").with_columns(
        pl.col("written").str.extract(_ZIP).alias("zip")
    )
    # what is no ZIP code is told alike, whatever it is
    odd = pl.when((pl.col("written").is_not_null() & pl.col("zip").is_null()).fill_null(value=False)).then(pl.lit(""))
    # without a table of them all ZIP codes are told alike too, and there are as many places as states and days
    told = pl.col("zip") if releases.of(LOCALITIES) else pl.col("zip").str.slice(0, 0) + pl.lit(_ANY)
    keys = read.select("state", pl.coalesce(told, odd).alias("zip"), "day")
    kinds = keys.unique(maintain_order=True).with_row_index("kind")
    books = _Books(releases, kinds)
    found = tuple(books.place(state, zip_, day) for _, state, zip_, day in kinds.iter_rows())
    of = keys.join(kinds, on=key, how="left", nulls_equal=True, maintain_order="left")["kind"]
    return found, of.to_numpy().astype(np.int64)


def of_day(tables: tuple[Release, ...], day: date) -> tuple[Release, bool] | None:
    """The release that covers a day and true, else one of the same calendar year and false: the last before the day,
    then the first after it. One of another year is never taken.
    """
    covering = next((one for one in tables if day in one.covers), None)
    if covering is not None:
        return covering, True
    spans = [(one.covers.first, one.covers.last, one) for one in tables]
    near = [
        (first > day, abs((first - day).days), place, one)
        for place, (first, last, one) in enumerate(spans)
        if first is not None and last is not None and first.year == last.year == day.year
    ]
    return (min(near, key=lambda each: each[:3])[3], False) if near else None


class _Books:
    """The tables of places of one run, read once for the ZIP codes and states that are asked about."""

    def __init__(self, releases: Releases, kinds: pl.DataFrame) -> None:
        self._indices, self._places = releases.of(INDICES), releases.of(LOCALITIES)
        self._zips, self._states = kinds["zip"].drop_nulls().unique(), kinds["state"].drop_nulls().unique()
        self._read: dict[str, _Index | _Book] = {}

    def place(self, state: str | None, zip_: str | None, day: date | None) -> Locality:
        if day is None or not (state or zip_):
            return Locality(NATIONAL, why="the claim tells no state")
        index = of_day(self._indices, day)
        if index is None:
            return Locality(NATIONAL, why=f"no table of geographic indices is loaded for {day}")
        indices = self._index(index[0])
        book = of_day(self._places, day)
        found = None
        if book is not None:
            found = self._book(book[0]).place(indices, state, zip_, day)
            if found is not None and not book[1]:
                found = _noted(found, f"told by {book[0].id}, of another quarter of the year")
        if found is None:
            found = indices.of_state(state, _why_several(zip_, None if book is None else book[0]))
        if found.release and not index[1]:
            return _noted(found, f"indices by {index[0].id}, of another quarter of the year")
        return found

    def _index(self, release: Release) -> _Index:
        if release.id not in self._read:
            self._read[release.id] = _Index(release)
        return self._read[release.id]  # type: ignore[return-value]

    def _book(self, release: Release) -> _Book:
        if release.id not in self._read:
            frame = release.rows.frame
            here = pl.col("zip").is_in(self._zips.implode()) | pl.col("state").is_in(self._states.implode())
            self._read[release.id] = _Book(release.id, frame.filter(here.fill_null(value=False)))
        return self._read[release.id]  # type: ignore[return-value]


def _why_several(zip_: str | None, table: Release | None) -> str:
    if zip_ == "":
        return "its ZIP code has neither five nor nine digits"
    if zip_ is None:
        return "the claim tells no ZIP code"
    return "no table of ZIP codes is loaded" if table is None else f"{table.id} does not have its ZIP code"


def _noted(found: Locality, note: str) -> Locality:
    return replace(found, note=f"{found.note}; {note}" if found.note else note)


class _Book:
    """The rows of a table of ZIP codes that may be asked about."""

    def __init__(self, id_: str, frame: pl.DataFrame) -> None:
        self.id = id_
        self._of_zip: dict[str, list[Mapping[str, Any]]] = {}
        self._of_state: dict[str, list[Mapping[str, Any]]] = {}
        for row in frame.iter_rows(named=True):
            self._of_zip.setdefault(row["zip"], []).append(row)
            if row["state"]:
                self._of_state.setdefault(row["state"], []).append(row)

    def place(self, indices: _Index, state: str | None, zip_: str | None, day: date) -> Locality | None:
        """The locality of a ZIP code; where the claim tells none, that of all ZIP codes of the state."""
        rows = [row for row in self._of_zip.get(zip_ or "", ()) if _valid(row, day)]
        told = {(row["contractor"], row["locality"]) for row in rows}
        divided = any(row.get("divided") for row in rows)
        if not zip_ and state:
            told = {(row["contractor"], row["locality"]) for row in self._of_state.get(state, ()) if _valid(row, day)}
        if len(told) != 1:
            return None
        contractor, number = told.pop()
        found = indices.of_number(contractor, number)
        if found is None:
            return Locality(NATIONAL, why=f"{indices.id} does not have locality {contractor}-{number}")
        return replace(found, by=self.id, note=DIVIDED if divided else "")


def _valid(row: Mapping[str, Any], day: date) -> bool:
    first, last = row.get("from"), row.get("to")
    return (first is None or first <= day) and (last is None or day <= last)


class _Index:
    """The indices of one release, by the number of a locality and by state."""

    def __init__(self, release: Release) -> None:
        self.id = release.id
        self._rows = list(release.rows.frame.iter_rows(named=True))

    @cached_property
    def _by_number(self) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
        found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for row in self._rows:
            found.setdefault((row["contractor"], row["locality"]), []).append(row)
        return found

    def of_number(self, contractor: str, number: str) -> Locality | None:
        rows = self._by_number.get((contractor, number), [])
        return self._named(rows[0]) if len(rows) == 1 else None

    def of_state(self, state: str | None, why: str) -> Locality:
        """The one locality of a state; the national amount where there are several, and `why` none was told."""
        if not state:
            return Locality(NATIONAL, why=f"the claim tells no state, and {why}")
        rows = [row for row in self._rows if row["state"] == state]
        if not rows:
            return Locality(NATIONAL, why=f"{self.id} does not have the locality of {state}")
        if len(rows) > 1 or self._reached(state):
            return Locality(NATIONAL, why=f"{state} has several localities, and {why}")
        return self._named(rows[0])

    def _reached(self, state: str) -> bool:
        """Whether a locality of another state reaches into this one, as that of Washington, D.C. into Virginia."""
        return any(re.search(rf"\b{re.escape(state)}\b", row["name"]) for row in self._rows if row["state"] != state)

    def _named(self, row: Mapping[str, Any]) -> Locality:
        words = f"{row['contractor']}-{row['locality']} {row['name'].strip(' *').title()}"
        work, pe, mp = (int(row[name] * SCALE) for name in ("work", "pe", "mp"))
        return Locality(words, work, pe, mp, self.id)

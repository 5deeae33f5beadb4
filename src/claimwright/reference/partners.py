"""The pair edits of one code on a day, as a reader looks them up: both columns, by the release that speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from claimwright.reference.release import Release
from claimwright.reference.releases import Releases
from claimwright.reference.rows import PAIRS, TOMBSTONE


@dataclass(frozen=True)
class Edit:
    """One edit: the partner, and in which column it stands. Indicator 0: no modifier lifts it, 1: one may."""

    partner: str
    column: int  # of the partner
    indicator: int
    first: date | None
    last: date | None
    rationale: str


@dataclass(frozen=True)
class Edits:
    """What one release says of a code on a day. `aged`: it ended before the day, so that it may accuse, never acquit.

    `release` is None where none is loaded that began by the day.
    """

    setting: str
    release: Release | None
    aged: bool
    edits: tuple[Edit, ...]


def edits_of(releases: Releases, code: str, setting: str, day: date) -> Edits:
    """The edits in force on a day by the release that speaks first: one that covers it, else the last before it."""
    begun = [one for one in releases.of(PAIRS, setting) if one.covers.first is None or one.covers.first <= day]
    if not begun:
        return Edits(setting, None, False, ())
    release = begun[0]
    aged = day not in release.covers
    as_of = release.covers.last if aged and release.covers.last else day
    first, last = (pl.col(end) for end in ("from", "to"))
    stands = (first.is_null() | (first <= as_of)) & (last.is_null() | (last >= as_of))
    found = release.pairs_with(code).filter(
        stands.fill_null(value=False) & (pl.col("indicator") != TOMBSTONE).fill_null(value=False)
    )
    edits = [
        Edit(
            row["column2"] if row["column1"] == code else row["column1"],
            2 if row["column1"] == code else 1,
            row["indicator"],
            row["from"],
            row["to"],
            row["rationale"] or "",
        )
        for row in found.iter_rows(named=True)
    ]
    return Edits(setting, release, aged, tuple(sorted(edits, key=lambda one: (one.partner, one.column))))

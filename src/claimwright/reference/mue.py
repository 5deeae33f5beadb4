"""The most units of a code that a medically unlikely edit lets pass, and at what level it is applied.

MUE semantics, as CMS's NCCI policy manual for Medicare (chapter I, revision of 2026-01-01) has them: adjudication
indicator 1 is a line edit; 2 a day edit by policy, which nothing overrides; 3 a day edit by clinical benchmark, which
records may override. A value of 0 is a real value. Some values are not published, so a code without one is `unknown`,
also where an earlier table had one.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import polars as pl

from claimwright.reference.releases import SETTINGS, Release, Releases
from claimwright.reference.rows import MUE
from claimwright.reference.walk import (
    BEFORE_FIRST,
    NO_RELEASE,
    NONE,
    NOT_HELD,
    Answers,
    Bytes,
    Ints,
    coded,
    ends,
    keys,
)


@dataclass(frozen=True)
class _Values:
    """The rows of one release, dense: one place per code of the universe, the last for codes outside."""

    place: int
    first: int
    last: int
    whole: bool  # the table lists every code that has a published value
    value: Ints
    indicator: Bytes  # NONE where the release lists no value
    row: Ints


@dataclass(frozen=True)
class _Index:
    universe: pl.Enum
    ids: pl.Series  # of the releases, then null
    by_setting: tuple[tuple[_Values, ...], ...]


def look_up(frame: pl.DataFrame, releases: Releases, table: str = MUE, setting: str | None = None) -> pl.DataFrame:
    """Say of each row (procedure, form, day) how many units pass; the order of rows is kept.

    Adds `status` (hit: a value is known; unknown), `value` (Int32, units), `indicator` (MAI, UInt8), `aged`,
    `age_days`, `release`, `release_row` and `silence`, as `pairs.look_up` does. The table asked is the form's
    (professional: practitioner services; institutional: outpatient hospital) unless `setting` names one for all rows
    (`dme`: supplier claims). A value from an aged table is given with `aged` true: more units than it may be reported,
    fewer prove nothing.
    """
    index = _index(releases, table)
    form, day, missing = keys(frame, ("procedure",))
    if setting is not None:
        form = np.full(frame.height, SETTINGS.index(setting), np.uint8)
    code = coded(frame["procedure"], index.universe)
    answers = Answers.blank(frame.height)
    for kind, values in enumerate(index.by_setting):
        pending = np.flatnonzero((form == kind) & ~missing)
        if not pending.size:
            continue
        answers.silence[pending] = BEFORE_FIRST if values else NO_RELEASE
        for release in values:
            begun = day[pending] >= release.first
            answers.silence[pending[begun]] = NOT_HELD
            listed = begun & (release.indicator[code[pending]] != NONE)
            at = pending[listed]
            codes = code[at]
            age = day[at] - np.minimum(day[at], release.last)
            answers.hit(at, release.place, age, release.row[codes], release.indicator[codes])
            answers.value[at] = release.value[codes]
            # a whole table that does not list a code has no value for it, and an older one may not accuse in its place
            pending = pending[~begun] if release.whole else pending[~listed]
    value = pl.Series("value", answers.value)
    unknown = pl.Series(answers.indicator == NONE)
    return frame.hstack([*answers.columns(index.ids), value.set(unknown, None)])


@functools.lru_cache(maxsize=32)
def _index(releases: Releases, table: str) -> _Index:
    chosen = releases.of(table)
    universe = pl.Enum(sorted({code for release in chosen for code in release.rows.frame["code"]}))
    ids = [release.id for release in chosen]
    by_setting = tuple(
        tuple(_values(release, ids.index(release.id), universe) for release in releases.of(table, setting))
        for setting in SETTINGS
    )
    return _Index(universe, pl.Series([*ids, None], dtype=pl.String), by_setting)


def _values(release: Release, place: int, universe: pl.Enum) -> _Values:
    width = len(universe.categories) + 1
    frame = release.rows.frame
    at = coded(frame["code"], universe)
    value, indicator, row = np.zeros(width, np.int32), np.full(width, NONE, np.uint8), np.zeros(width, np.int32)
    value[at], indicator[at], row[at] = (
        frame["value"].to_numpy(),
        frame["indicator"].to_numpy(),
        frame["row"].to_numpy(),
    )
    first, last = ends(release.covers)
    return _Values(place, first, last, release.holds_all, value, indicator, row)

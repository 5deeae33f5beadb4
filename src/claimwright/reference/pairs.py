"""Whether a pair of codes is under a procedure-to-procedure edit on a day, and what the table can say about it at all.

NCCI semantics, as CMS's policy manual for Medicare (chapter I, revision of 2026-01-01) has them: an edit is in force
from its effective to its deletion day; indicator 0 lets no modifier lift it, 1 does, 9 marks an edit that never was.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import polars as pl

from claimwright.lines.arrays import present
from claimwright.lines.schema import FORMS
from claimwright.reference.releases import Release, Releases
from claimwright.reference.rows import CODE, PAIRS, TOMBSTONE
from claimwright.reference.walk import (
    BEFORE_FIRST,
    EARLIEST,
    HIT,
    LATEST,
    NO_RELEASE,
    NOT_HELD,
    UNKNOWN,
    Answers,
    Bools,
    Bytes,
    Ints,
    Longs,
    Places,
    coded,
    ends,
    filled,
    keys,
    number,
)

__all__ = ["HIT", "UNKNOWN", "between", "look_up", "possible_partners", "rows_of"]

_DAYS = 18  # bits for a day since 1970, shifted by 2**17 so that it is never negative
_SHIFT = 2**17
_SLOTS = 2**22  # of the filter that most pairs without an edit do not pass


@dataclass(frozen=True)
class _Edits:
    """The rows of one release as sorted arrays."""

    place: int  # in the list of ids
    first: int
    last: int
    listed: Bools  # per slot: whether a row about some pair of it exists at all
    begins: Longs  # sorted: pair of codes, then first day in force
    until: Ints
    indicator: Bytes
    row: Ints
    held_from: Ints  # per code; LATEST + 1 when not held
    held_to: Ints
    any_code: Bools  # per code
    holds_all: bool
    never_silent: bool
    doubtful: Longs  # pairs of codes about which a rejected row spoke


class _Index:
    """The releases of a table over some codes; the rows of each are read when it is first asked."""

    def __init__(self, releases: Releases, table: str, universe: pl.Enum) -> None:
        chosen = releases.of(table)
        self.universe = universe
        self.ids = pl.Series([*(release.id for release in chosen), None], dtype=pl.String)  # then null for none
        self.place = {release.id: place for place, release in enumerate(chosen)}
        self.by_form = tuple(releases.of(table, setting) for setting in FORMS.categories)  # as they speak
        self._read: dict[str, _Edits] = {}

    def edits(self, release: Release) -> _Edits:
        if release.id not in self._read:
            self._read[release.id] = _edits(release, self.place[release.id], self.universe)
        return self._read[release.id]


class _Known:
    """The index of a table over the codes met so far; it grows when a batch brings codes that no one asked about.

    A whole table has millions of rows, and a clinic bills some dozens of codes: only rows about those are looked up.
    Releases whose rows are at hand anyway bring all their codes at once, so that without whole tables nothing grows.
    """

    def __init__(self, releases: Releases, table: str) -> None:
        self.releases, self.table = releases, table
        self.searched = any(release.whole_table is not None for release in releases.of(table))
        codes: set[str] = set()
        for release in releases.of(table):
            codes.update(release.held["code"])
            if release.whole_table is None:
                codes.update(release.rows.doubtful["column1"], release.rows.doubtful["column2"])
                real = _real(release, release.rows.frame)
                codes.update(real["column1"], real["column2"])
        self.index = _Index(releases, table, pl.Enum(sorted(codes)))

    def over(self, *asked: pl.Series) -> _Index:
        """The index, grown by the codes asked that have the shape of one; no table lists another."""
        if not self.searched:
            return self.index
        met = pl.concat([series.unique() for series in asked]).drop_nulls()
        unknown = set(met.filter(met.str.contains(CODE).fill_null(value=False))).difference(
            self.index.universe.categories
        )
        if unknown:
            universe = pl.Enum(sorted(unknown.union(self.index.universe.categories)))
            self.index = _Index(self.releases, self.table, universe)
        return self.index


@dataclass(frozen=True)
class _Side:
    """One side of the pairs asked: the code of each as its place in the universe, and where its text stands."""

    places: Ints
    texts: pl.Series
    rows: Places | None  # of `texts`, for each pair asked; None: one after the other

    def text(self, asked: Places) -> pl.Series:
        return self.texts.gather(asked if self.rows is None else self.rows[asked])


@dataclass(frozen=True)
class _Question:
    """The pairs asked, as arrays."""

    one: _Side
    two: _Side
    form: Bytes
    day: Ints
    missing: Bools
    width: int  # places in the universe, the last for codes outside


def look_up(pairs: pl.DataFrame, releases: Releases, table: str = PAIRS) -> pl.DataFrame:
    """Say of each row (column1, column2, form, day) whether an edit is in force; the order of rows is kept.

    Adds `status` (hit, miss, unknown), `indicator` (UInt8, null unless hit), `aged` (the answer stands on a release
    that ended before the day), `age_days` (how long before, null when no release spoke), `release` (its id),
    `release_row` (data row of a hit) and `silence` (why the status is unknown, null otherwise). Both orders of a pair
    are the caller's to ask. Codes are compared as they are written: upper case, no spaces.
    """
    index = _known(releases, table).over(pairs["column1"], pairs["column2"])
    form, day, missing = keys(pairs, ("column1", "column2"))
    one, two = (_Side(coded(pairs[name], index.universe), pairs[name], None) for name in ("column1", "column2"))
    answers = _answer(_Question(one, two, form, day, missing, len(index.universe.categories) + 1), index)
    return pairs.hstack(answers.columns(index.ids))


def between(
    lines: pl.DataFrame, row1: Places, row2: Places, days: pl.Series, releases: Releases
) -> tuple[Answers, pl.Series]:
    """The same for pairs of rows of one frame (procedure, form) and the day of each pair, without a frame of pairs: the
    answers as arrays, and the ids of the releases they name. The form is that of the column 2 row.
    """
    index = _known(releases, PAIRS).over(lines["procedure"])
    form, day, missing = keys(pl.DataFrame({"form": lines["form"].gather(row2), "day": days}), ())
    lacking = ~(present(lines["procedure"]) & present(lines["form"]))
    codes, texts = coded(lines["procedure"], index.universe), lines["procedure"]
    question = _Question(
        _Side(codes[row1], texts, row1),
        _Side(codes[row2], texts, row2),
        form,
        day,
        missing | lacking[row1] | lacking[row2],
        len(index.universe.categories) + 1,
    )
    return _answer(question, index), index.ids


def _answer(question: _Question, index: _Index) -> Answers:
    answers = Answers.blank(question.day.size)
    for kind, speaking in enumerate(index.by_form):
        pending = np.flatnonzero((question.form == kind) & ~question.missing)
        if not pending.size:
            continue
        answers.silence[pending] = BEFORE_FIRST if speaking else NO_RELEASE
        for release in speaking:
            begun = question.day[pending] >= number(release.covers.first, EARLIEST)
            rest, asked = pending[~begun], pending[begun]
            if not asked.size:
                continue
            answers.silence[asked[answers.silence[asked] == BEFORE_FIRST]] = NOT_HELD
            asked = _ask(index.edits(release), asked, question, answers)
            pending = np.concatenate([rest, asked]) if rest.size else asked
            if not pending.size:
                break
    return answers


def _ask(release: _Edits, asked: Places, question: _Question, answers: Answers) -> Places:
    """Answer what this release can, and return the places it could not."""
    day = question.day[asked]
    as_of = np.minimum(day, release.last)
    age = day - as_of
    pair = question.one.places[asked].astype(np.int64) * question.width + question.two.places[asked]
    active = release.listed[_slots(pair, question.width)]
    listed = np.flatnonzero(active)
    if listed.size:
        # by the row's own days, also after the release ends: what it says was deleted by then accuses nobody
        sought = (pair[listed] << _DAYS) + (day[listed].astype(np.int64) + _SHIFT)
        found = np.searchsorted(release.begins, sought, side="right") - 1
        safe = np.maximum(found, 0)
        in_force = (found >= 0) & (release.begins[safe] >> _DAYS == pair[listed]) & (release.until[safe] >= day[listed])
        active[listed] = in_force
        at = found[in_force]
        answers.hit(asked[active], release.place, age[active], release.row[at], release.indicator[at])
    silent = _knows(release, asked, as_of, pair, question) & ~active
    answers.silent(asked[silent], release.place, age[silent])
    open_: Places = asked[~(active | silent)]
    return open_


def _knows(release: _Edits, asked: Places, as_of: Ints, pair: Longs, question: _Question) -> Bools:
    """Whether the release's silence about these pairs means that there is no edit."""
    if release.never_silent:
        return np.zeros(asked.size, np.bool_)
    if release.holds_all:
        knows = np.ones(asked.size, np.bool_)
    else:
        one, two = question.one.places[asked], question.two.places[asked]
        held_one = (release.held_from[one] <= as_of) & (as_of <= release.held_to[one])
        held_two = (release.held_from[two] <= as_of) & (as_of <= release.held_to[two])
        knows = held_one & held_two
        # A code whose every pair is listed speaks about any other code, provided that it is one and not a misprint.
        for wide, other, side in (
            (held_one & release.any_code[one] & ~knows, two, question.two),
            (held_two & release.any_code[two] & ~knows, one, question.one),
        ):
            places = np.flatnonzero(wide)
            if places.size:
                shaped = other[places] < question.width - 1
                unlisted = side.text(asked[places[~shaped]])
                shaped[~shaped] = unlisted.str.contains(CODE).to_numpy()
                knows[places[shaped]] = True
    if release.doubtful.size:
        knows &= ~np.isin(pair, release.doubtful)
    return knows


def possible_partners(releases: Releases, table: str = PAIRS) -> frozenset[str]:
    """Every code that stands in an edit of any release that is not a tombstone.

    A pair with a code outside can be no hit. It may still be unknown, so this prunes work, never answers.
    """
    partners: set[str] = set()
    for release in releases.of(table):
        if release.whole_table is not None:
            partners |= release.codes_in_pairs()
        else:
            real = _real(release, release.rows.frame)
            partners.update(real["column1"], real["column2"])
    return frozenset(partners)


def rows_of(releases: Releases, column1: str, column2: str, setting: str, table: str = PAIRS) -> pl.DataFrame:
    """What every release of the setting lists about one pair, deleted rows and tombstones too: `release`, `row`,
    `indicator`, `from`, `to`, `rationale`. For the reader who has read elsewhere that there is an edit.
    """
    found = [
        release.pairs_of(pl.Series([column1, column2]))
        .filter(((pl.col("column1") == column1) & (pl.col("column2") == column2)).fill_null(value=False))
        .select(pl.lit(release.id).alias("release"), "row", "indicator", "from", "to", "rationale")
        for release in releases.of(table, setting)
    ]
    schema = {
        "release": pl.String,
        "row": pl.UInt32,
        "indicator": pl.UInt8,
        "from": pl.Date,
        "to": pl.Date,
        "rationale": pl.String,
    }
    return pl.concat([pl.DataFrame(schema=schema), *found])


@functools.lru_cache(maxsize=32)
def _known(releases: Releases, table: str) -> _Known:
    return _Known(releases, table)


def _real(release: Release, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that are in force on some day of the release: no tombstones, and no history kept beside the edits."""
    frame = frame.filter((pl.col("indicator") != TOMBSTONE).fill_null(value=False))
    if release.covers.first is None:
        return frame
    return frame.filter((pl.col("to") >= release.covers.first).fill_null(value=True))


def _slots(pair: Longs, width: int) -> Longs:
    """Where pairs stand in the filter; past 2,048 codes two may share a slot, and the search tells them apart."""
    return pair if width * width <= _SLOTS else pair % _SLOTS


def _edits(release: Release, place: int, universe: pl.Enum) -> _Edits:
    width = len(universe.categories) + 1
    first, last = ends(release.covers)
    frame = _real(release, release.pairs_of(universe.categories))
    begins = filled(frame["from"].cast(pl.Int32), EARLIEST)
    until = filled(frame["to"].cast(pl.Int32), LATEST)
    pair = coded(frame["column1"], universe).astype(np.int64) * width + coded(frame["column2"], universe)
    begin = (pair << _DAYS) + (begins.astype(np.int64) + _SHIFT)
    order = np.argsort(begin, kind="stable")
    listed = np.zeros(min(width * width, _SLOTS), np.bool_)
    listed[_slots(pair, width)] = True
    held_from = np.full(width, LATEST + 1, np.int32)
    held_to = np.full(width, EARLIEST - 1, np.int32)
    any_code = np.zeros(width, np.bool_)
    for code, scope, since, to in zip(
        coded(release.held["code"], universe),
        release.held["scope"],
        release.held["from"],
        release.held["to"],
        strict=True,
    ):
        held_from[code] = number(since, EARLIEST)
        held_to[code] = number(to, LATEST)
        any_code[code] = scope == "any"
    checked = release.whole_table is not None  # no row of it was rejected: it would not have been imported
    doubtful = frame.clear() if checked else release.rows.doubtful
    return _Edits(
        place=place,
        first=first,
        last=last,
        listed=listed,
        begins=begin[order],
        until=until[order],
        indicator=frame["indicator"].to_numpy()[order],
        row=frame["row"].to_numpy()[order],
        held_from=held_from,
        held_to=held_to,
        any_code=any_code,
        holds_all=release.holds_all,
        never_silent=not checked and release.rows.unreadable,
        doubtful=coded(doubtful["column1"], universe).astype(np.int64) * width + coded(doubtful["column2"], universe),
    )

"""What the lists of the day say of the codes a claim carries: its diagnoses, modifiers and place of service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.code_status import HEADING, NOT_LISTED, UNKNOWN, Days, Lists
from claimwright.determine.membership import ABSENT, Numbers, all_code_numbers, code_numbers
from claimwright.lines.arrays import left_open
from claimwright.lines.code_set import CHANGE, ICD_9
from claimwright.lines.lookalikes import LOOKALIKE, meant
from claimwright.lines.schema import Unstated, dx_columns, modifier_columns
from claimwright.reference.walk import number

Flags = npt.NDArray[np.bool_]

SHOWN = 4  # how many of a claim's wrong codes are named
HEADINGS, UNLISTED, NO_MODIFIERS, PLACE = "dx_heading", "dx_unlisted", "modifier_unlisted", "place_listed"
LIST = "_list"  # after the stem: the release by which a code was found
LETTER, MEANT = "procedure_letter", "procedure_meant"


def columns_of(stem: str) -> tuple[str, ...]:
    """The columns of a list that is made here, after its stem: its places, the mark of rows where it may hold more, and
    the release by which the first code was found.
    """
    return (stem, *(f"{stem}_{place}" for place in range(1, SHOWN + 1)), f"{stem}_open", f"{stem}{LIST}")


def diagnoses(lines: pl.DataFrame, days: Days, lists: Lists, old: Lists) -> tuple[list[pl.Series], Flags]:
    """The diagnoses of the claim that are headings (`dx_heading_n`) and those that no list of the day has
    (`dx_unlisted_n`), in claim order; and the lines of which some diagnosis has no status.

    `lists` are those of ICD-10-CM, `old` those of ICD-9-CM, which are asked until 2015-09-30. A diagnosis in the code
    set of another day is not looked up: that finding is made already.
    """
    numbered = _numbered(lines, dx_columns)
    before = days < number(CHANGE, 0)
    nine = (lines["dx_system"] == ICD_9).fill_null(value=False).to_numpy()
    of_old, of_new = before & nine, ~(before | nine)
    headings, unlisted = {}, {}
    unknown = np.zeros(lines.height, dtype=np.bool_)
    for name, numbers in numbered.items():
        status = lists.of(np.where(of_new, numbers, ABSENT), days)
        if of_old.any():
            status = np.where(of_old, old.of(np.where(of_old, numbers, ABSENT), days), status)
        headings[name], unlisted[name] = status == HEADING, status == NOT_LISTED
        unknown |= status == UNKNOWN
    more = unknown | left_open(lines["unstated"], Unstated.DIAGNOSES)
    by = _By((lists, old), days, numbered, of_old)
    return [*_named(HEADINGS, lines, headings, more, by), *_named(UNLISTED, lines, unlisted, more, by)], unknown


def modifiers(lines: pl.DataFrame, days: Days, lists: Lists) -> tuple[list[pl.Series], Flags]:
    """The modifiers of the line that the list of the day does not have (`modifier_unlisted_n`), and the lines of which
    some modifier has no status.
    """
    numbered = _numbered(lines, modifier_columns)
    statuses = {name: lists.of(numbers, days) for name, numbers in numbered.items()}
    unknown = np.zeros(lines.height, dtype=np.bool_)
    for status in statuses.values():
        unknown |= status == UNKNOWN
    more = unknown | left_open(lines["unstated"], Unstated.MODIFIERS)
    unlisted = {name: one == NOT_LISTED for name, one in statuses.items()}
    return _named(NO_MODIFIERS, lines, unlisted, more, _By((lists,), days, numbered)), unknown


def place(lines: pl.DataFrame, days: Days, lists: Lists) -> tuple[list[pl.Series], Flags]:
    """`place_listed`: whether the place of service stands in the list of the day; null where there is no place, or no
    list; and the lines without a list.
    """
    numbers = code_numbers(lines["place"])
    status = lists.of(numbers, days)
    unknown = status == UNKNOWN
    listed = pl.Series(PLACE, status != NOT_LISTED).set(pl.Series(unknown | (numbers == ABSENT)), None)
    wrong = np.flatnonzero(status == NOT_LISTED)
    by = _By((lists,), days, {PLACE: numbers}).column(PLACE, wrong, [PLACE] * wrong.size)
    return [listed, by], unknown


def letters(procedures: pl.Series) -> list[pl.Series]:
    """`procedure_letter`: a letter like O stands where the code has a digit; and the code that was probably meant."""
    odd = (procedures.str.contains(LOOKALIKE) & (procedures.str.len_bytes() == 5)).fill_null(value=False)
    likely = pl.Series(MEANT, [None], dtype=pl.String).new_from_index(0, len(procedures))
    at = odd.arg_true()
    if len(at):
        likely = likely.scatter(at, pl.Series([meant(written) for written in procedures.gather(at)]))
    return [odd.alias(LETTER), likely]


def _numbered(lines: pl.DataFrame, names: list[str]) -> dict[str, Numbers]:
    """The code numbers of the columns in which anything stands."""
    filled = [name for name in names if name in lines.columns and lines[name].null_count() < lines.height]
    return all_code_numbers(lines.select(filled)) if filled else {}


@dataclass(frozen=True)
class _By:
    """By which release a code was found. `second` marks the lines on which the second of the lists are asked."""

    lists: tuple[Lists, ...]
    days: Days
    numbered: Mapping[str, Numbers]
    second: Flags | None = None

    def column(self, stem: str, rows: npt.NDArray[np.int64], names: Sequence[str]) -> pl.Series:
        """The release for some rows, each by its code in the column named; null on all others."""
        found = pl.Series(f"{stem}{LIST}", [None], dtype=pl.String).new_from_index(0, self.days.size)
        if not rows.size:
            return found
        codes = np.array([self.numbered[name][row] for row, name in zip(rows, names, strict=True)], dtype=np.uint32)
        asked = np.zeros(rows.size, dtype=np.bool_) if self.second is None else self.second[rows]
        for lists, at in zip(self.lists, (~asked, asked), strict=False):
            if at.any():
                which = lists.which(codes[at], self.days[rows[at]])
                found = found.scatter(rows[at], pl.Series(which, dtype=pl.String))
        return found


def _named(stem: str, lines: pl.DataFrame, marked: Mapping[str, Flags], more: Flags, by: _By) -> list[pl.Series]:
    """The marked codes of each row in its first columns; few rows have any."""
    names = columns_of(stem)[1 : SHOWN + 1]
    hit = np.flatnonzero(np.logical_or.reduce(list(marked.values()))) if marked else np.empty(0, dtype=np.int64)
    found = [pl.Series(name, [None], dtype=pl.String).new_from_index(0, lines.height) for name in names]
    if hit.size:
        rank = np.zeros(hit.size, dtype=np.int64)
        first = np.full(hit.size, "", dtype=object)
        for column, marks in marked.items():
            here = marks[hit]
            first[here & (rank == 0)] = column
            for slot in range(SHOWN):
                at = hit[here & (rank == slot)]
                if at.size:
                    found[slot] = found[slot].scatter(at, lines[column].gather(at))
            rank += here
        return [*found, pl.Series(f"{stem}_open", more), by.column(stem, hit, list(first))]
    return [*found, pl.Series(f"{stem}_open", more), by.column(stem, hit, ())]

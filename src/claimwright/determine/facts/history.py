"""What came before a visit: treatment days, reports, visits with modalities alone.

A count over visits is a lower bound where no history was given, or where some of it may be missing: then there may be
`more`. Days, not lines, are counted; a line of several days is counted on its first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.growing import Growing
from claimwright.determine.facts.ledger import Ledger, ledger
from claimwright.determine.facts.story import NO_DAY, Story
from claimwright.lines.distinct import distinct_rows

Rows = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def treatment_day(story: Story, therapy: Flags, episode: float) -> Growing:
    """`treatment_day`: which day of therapy in its episode a line's day is, from 1.

    `therapy` marks the events that are therapy (`story.codes`, `story.days`); rows without a code are taken for it. An
    episode ends after `episode` days without therapy. Days are those of one patient, provider and discipline; a service
    whose discipline is unknown counts in each. nan for lines that are no therapy.
    """
    course = _course(story, therapy, episode)
    return Growing(_on_its_day(course, course.number), _more(story))


def treatment_days_since_report(story: Story, therapy: Flags, episode: float, reports: tuple[Days, Flags]) -> Growing:
    """`treatment_days_since_report`: the treatment days since the last report or the episode's first, this included.

    `reports` has each line's last report on or before its day (NO_DAY where there was none), and whether the reports
    are known (`plans_of_care.last_report`). nan where they are not. 0 on the day of a report.
    """
    last, known = reports
    course = _course(story, therapy, episode)
    end = np.minimum(course.days.place(course.of_line, story.day.astype(np.int64) + 1), course.number.size)
    day_after = np.where(last == NO_DAY, np.int64(NO_DAY), last.astype(np.int64) + 1)
    begin = np.minimum(course.days.place(course.of_line, day_after), end)
    since = np.where(last >= story.day, 0.0, np.minimum(_on_its_day(course, course.number), end - begin))
    here = ~np.isnan(_on_its_day(course, course.number))
    return Growing(np.where(here & known, since, np.nan), _more(story))


def modality_only_visits(story: Story, modality: Flags) -> Growing:
    """`modality_only_visits`: how many visits of a patient with a provider in a row, this one included, billed nothing
    but modalities.

    `modality` marks the events that are (`story.codes`, `story.days`). Any other code that day ends the row: 0. A day
    of which not everything is seen may have ended it, so that what came before is not counted, and there may be more.
    """
    scopes = _scopes(story, by_discipline=False)
    joined = scopes.joined(story.events.with_columns(pl.Series("modality", modality)))
    coded = pl.col("procedure").is_not_null()
    days = (
        joined.group_by("scope", "day")
        .agg(
            (coded & ~pl.col("modality")).any().alias("other"),
            ((~coded).all() | pl.col("unsure").any()).alias("unsure"),
        )
        .sort("scope", "day")
    )
    other, unsure = days["other"].to_numpy(), days["unsure"].to_numpy()
    scope, place = days["scope"].to_numpy(), np.arange(days.height)
    begins = np.ones(days.height, dtype=np.bool_)
    begins[1:] = scope[1:] != scope[:-1]
    first = np.maximum.accumulate(np.where(begins, place, 0))
    ended = np.maximum.accumulate(np.where(other | unsure, place, -1))
    within = ended >= first
    count = place - np.where(within, ended, first - 1)
    open_ = np.where(within, ~other[np.maximum(ended, 0)], not story.whole)
    index = _Index(ledger(scope, days["day"].cast(pl.Int64).to_numpy()), scopes.of_line)
    found = index.of(story.day)
    here = found >= 0
    seen = np.where(here & ~story.doubtful & ~story.loose, _at(count.astype(np.float64), found), np.nan)
    return Growing(seen, np.where(here, _at(open_.astype(np.float64), found) > 0, False))


@dataclass(frozen=True)
class _Scopes:
    """Whose visits are counted together: `of_line` numbers each line's, -1 where it has none."""

    rows: pl.DataFrame
    of_line: Rows

    def joined(self, events: pl.DataFrame) -> pl.DataFrame:
        """Each event in every scope that it counts in, with `scope`."""
        same_provider = pl.col("provider").is_null() | (pl.col("provider") == pl.col("whose"))
        found = events.filter(pl.col("day").is_not_null() & (~pl.col("elsewhere")).fill_null(True)).join(
            self.rows, on="patient"
        )
        fits = same_provider.fill_null(True)
        if "wanted" in self.rows.columns:
            of_any = (pl.col("wanted") == 0) | (pl.col("discipline") == 0)
            fits = fits & (of_any | (pl.col("wanted") == pl.col("discipline"))).fill_null(True)
        return found.filter(fits.fill_null(False))


def _scopes(story: Story, *, by_discipline: bool) -> _Scopes:
    known = (story.patient >= 0) & story.provider.is_not_null().to_numpy() & (story.day != NO_DAY)
    numbers = story.provider.rank("dense").cast(pl.Int64).fill_null(-1).to_numpy()
    columns = [story.patient[known], numbers[known], *([story.discipline[known]] if by_discipline else [])]
    each = distinct_rows(int(known.sum()), columns)
    of_line = np.full(story.patient.size, -1, dtype=np.int64)
    of_line[known] = each.of
    place = np.flatnonzero(known)[each.first]
    rows = {
        "scope": np.arange(each.first.size),
        "patient": story.patient[place],
        "whose": story.provider.gather(place),
    }
    if by_discipline:
        rows["wanted"] = story.discipline[place]
    return _Scopes(pl.DataFrame(rows), of_line)


class _Index:
    """Where the day of a line stands among the days of its scope."""

    def __init__(self, days: Ledger, of_line: Rows) -> None:
        self.days, self.of_line = days, of_line

    def of(self, day: Days) -> Rows:
        """Each line's place, -1 where its day is not among them."""
        here = np.maximum(self.of_line, 0)
        place = self.days.place(here, day.astype(np.int64))
        found = (self.of_line >= 0) & (self.days.place(here, day.astype(np.int64) + 1) > place)
        return np.where(found, place, -1)


@dataclass(frozen=True)
class _Course:
    """The treatment days of each scope, in order, and which of its episode each one is."""

    days: Ledger
    number: Floats
    of_line: Rows
    place: Rows


def _course(story: Story, therapy: Flags, episode: float) -> _Course:
    scopes = _scopes(story, by_discipline=True)
    counted = story.events.filter(pl.Series(therapy) | pl.col("procedure").is_null())
    days = scopes.joined(counted).select("scope", "day").unique().sort("scope", "day")
    scope, day = days["scope"].to_numpy(), days["day"].cast(pl.Int64).to_numpy()
    begins = np.ones(days.height, dtype=np.bool_)
    begins[1:] = (scope[1:] != scope[:-1]) | (np.diff(day) > episode)
    place = np.arange(days.height)
    number = place - np.maximum.accumulate(np.where(begins, place, 0)) + 1
    kept = ledger(scope, day)
    return _Course(
        kept, number.astype(np.float64), np.maximum(scopes.of_line, 0), _Index(kept, scopes.of_line).of(story.day)
    )


def _on_its_day(course: _Course, values: Floats) -> Floats:
    return np.where(course.place >= 0, _at(values, course.place), np.nan)


def _at(values: Floats, place: Rows) -> Floats:
    """Values at places; whatever stands first where there is none."""
    if not values.size:
        return np.full(place.size, np.nan)
    found: Floats = values[np.maximum(place, 0)]
    return found


def _more(story: Story) -> Flags:
    return story.doubtful | story.loose | (not story.whole)

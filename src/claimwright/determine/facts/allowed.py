"""The allowed amounts of a calendar year: physical therapy with speech-language pathology, occupational therapy apart.

Sourced: 42 CFR 410.60(e), as read in a copy: the threshold above which claims need the KX modifier counts incurred
expenses of a calendar year, physical therapy and speech-language pathology together. Amounts are summed in cents.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.disciplines import OT, PT, SLP
from claimwright.determine.facts.growing import Growing
from claimwright.determine.facts.ledger import ledger
from claimwright.determine.facts.people import OTHER, SAME
from claimwright.determine.facts.story import NO_DAY, Story
from claimwright.lines.distinct import distinct_rows

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
PT_SLP, OT_ALONE = 1, 2  # the two sums; 0 where the discipline is unknown
_CENTS = 100


def bucket(discipline: Rows) -> Rows:
    """Which of the two sums a discipline counts in; 0 where it is unknown."""
    return np.select([np.isin(discipline, (PT, SLP)), discipline == OT], [PT_SLP, OT_ALONE], 0)


def for_visit(story: Story) -> pl.Series:
    """`allowed_for_visit`: what the history file says was allowed for a line's visit, in the line's sum of the two.

    In US dollars. Null unless the history holds every line of that sum on that day with its provider, and all of its
    rows that day have an amount and a discipline.
    """
    events = story.events.with_columns(_cents(), pl.Series("bucket", bucket(story.events["discipline"].to_numpy())))
    mine = _visits(story)
    keys = ["patient", "provider", "day", "bucket"]
    whole = events.filter(pl.col("line").is_not_null()).group_by(keys).agg(pl.col("told").all())
    rows = events.filter(pl.col("line").is_null() & (~pl.col("elsewhere")).fill_null(True))
    beside = (
        mine.select("visit", "payer", *keys)
        .unique()
        .join(
            rows.select("patient", "day", pl.col("provider").alias("by"), "payer", "bucket", "cents"),
            on=["patient", "day"],
            suffix="_row",
        )
    )
    verdict = story.payers.verdict[beside["payer"].to_numpy(), beside["payer_row"].to_numpy()]
    by = pl.col("by").is_null() | (pl.col("by") == pl.col("provider"))
    sums = (
        beside.with_columns(pl.Series("verdict", verdict))
        .filter(by.fill_null(False) & (pl.col("verdict") != OTHER).fill_null(True))
        .group_by("visit")
        .agg(
            pl.col("cents").filter((pl.col("bucket_row") == pl.col("bucket")).fill_null(False)).sum().alias("sum"),
            (pl.col("cents").is_null() | (pl.col("bucket_row") == 0) | (pl.col("verdict") != SAME)).any().alias("open"),
        )
    )
    told = mine.join(whole, on=keys, how="left", maintain_order="left").join(
        sums, on="visit", how="left", maintain_order="left"
    )
    sure = told["told"].fill_null(False) & ~told["open"].fill_null(True)
    found = (told["sum"].cast(pl.Float64) / _CENTS).set(~sure, None)
    return (
        pl.Series("allowed_for_visit", [None], dtype=pl.Float64)
        .new_from_index(0, story.patient.size)
        .scatter(told["line"].to_numpy(), found)
    )


def this_year(story: Story, of_visit: Floats) -> tuple[Growing, Growing]:
    """`allowed_this_year` and `allowed_with_visit`: before the day of a line in its calendar year, and with its visit.

    In US dollars, for the line's patient, payer and sum of the two, over all providers. `of_visit` is what is known of
    each line's own visit (`for_visit`, or stated), nan where nothing is; for earlier visits of the run it is what they
    count, unless the history holds them. There may be more where no history was given, where an amount, a discipline
    or a payer is not known. nan for lines whose patient or discipline is not known.
    """
    sums = bucket(story.discipline)
    asking = (story.patient >= 0) & (sums > 0) & (story.day != NO_DAY)
    payer = story.payers.of_line
    each = distinct_rows(int(asking.sum()), [story.patient[asking], payer[asking], sums[asking]])
    of_line = np.full(story.patient.size, -1, dtype=np.int64)
    of_line[asking] = each.of
    place = np.flatnonzero(asking)[each.first]
    scopes = pl.DataFrame(
        {
            "scope": np.arange(each.first.size),
            "patient": story.patient[place],
            "wanted": sums[place],
            "mine": payer[place],
        }
    )
    counted = _with_visits(story, of_visit).filter((~pl.col("told")).fill_null(True) & pl.col("day").is_not_null())
    joined = counted.join(scopes, on="patient").filter(
        ((pl.col("bucket") == 0) | (pl.col("bucket") == pl.col("wanted"))).fill_null(False)
    )
    verdict = story.verdicts(
        joined["mine"].to_numpy(), joined["payer"].to_numpy(), joined["line"].is_not_null().to_numpy()
    )
    kept = joined.with_columns(pl.Series("verdict", verdict)).filter((pl.col("verdict") != OTHER).fill_null(True))
    certain = ((kept["verdict"] == SAME) & (kept["bucket"] > 0) & kept["cents"].is_not_null()).to_numpy()
    cents = np.where(certain, kept["cents"].fill_null(0).to_numpy(), 0).astype(np.float64)
    book = ledger(kept["scope"].to_numpy(), kept["day"].cast(pl.Int64).to_numpy())
    scope, day = np.maximum(of_line, 0), story.day.astype(np.int64)
    begin = _first_of_year(story.day)
    before = book.between(cents, scope, begin, day)
    open_ = book.between((~certain).astype(np.float64), scope, begin, day) > 0
    seen = np.where(of_line >= 0, before, np.nan)
    more = open_ | story.doubtful | (not story.whole)
    own = np.round(_shared(story, of_visit) * _CENTS)
    return (
        Growing(seen / _CENTS, more),
        Growing((seen + np.nan_to_num(own)) / _CENTS, more | np.isnan(own)),
    )


def _visits(story: Story) -> pl.DataFrame:
    """The lines of known patients, providers and days, with the visit and sum each one belongs to (`visit`)."""
    sums = bucket(story.discipline)
    known = (story.patient >= 0) & story.provider.is_not_null().to_numpy() & (story.day != NO_DAY) & (sums > 0)
    provider = story.provider.rank("dense").cast(pl.Int64).fill_null(-1).to_numpy()
    columns = [story.patient[known], provider[known], story.day[known].astype(np.int64), sums[known]]
    each = distinct_rows(int(known.sum()), columns)
    place = np.flatnonzero(known)
    return pl.DataFrame(
        {
            "line": place,
            "visit": each.of,
            "patient": story.patient[place],
            "provider": story.provider.gather(place),
            "day": pl.Series(story.day[place], dtype=pl.Int32),
            "bucket": sums[place],
            "payer": story.payers.of_line[place],
        }
    )


def _shared(story: Story, of_visit: Floats) -> Floats:
    """What is known of a visit on one of its lines, on all of them."""
    shared = of_visit.copy()
    mine = _visits(story)
    line, visit = mine["line"].to_numpy(), mine["visit"].to_numpy()
    if line.size:
        most = np.full(int(visit.max()) + 1, -np.inf)
        np.maximum.at(most, visit, np.where(np.isnan(of_visit[line]), -np.inf, of_visit[line]))
        shared[line] = np.where(np.isinf(most[visit]), np.nan, most[visit])
    return shared


def _with_visits(story: Story, of_visit: Floats) -> pl.DataFrame:
    """The events with `bucket` and `cents`; what is known of a visit of the run stands on its first line.

    Where the history holds some of a visit's lines, what the others count is not known.
    """
    shared = _shared(story, of_visit)
    mine = _visits(story)
    line, visit = mine["line"].to_numpy(), mine["visit"].to_numpy()
    told = np.zeros(story.patient.size, dtype=np.bool_)
    told[story.events.filter(pl.col("line").is_not_null() & pl.col("told"))["line"].to_numpy()] = True
    partly = np.bincount(visit[told[line]], minlength=int(visit.max(initial=-1)) + 1) > 0
    of_lines = np.where(np.isnan(shared), np.nan, 0.0)
    firsts = line[mine["visit"].is_first_distinct().to_numpy()]
    of_lines[firsts] = shared[firsts]
    of_lines[line[partly[visit]]] = np.nan
    row = story.events["line"].fill_null(0).to_numpy()
    of_run = np.round(of_lines[row] * _CENTS) if row.size else np.empty(0)
    return story.events.with_columns(
        _cents(),
        pl.Series("bucket", bucket(story.events["discipline"].to_numpy())),
        pl.Series("of_run", of_run, nan_to_null=True).cast(pl.Int64),
    ).with_columns(pl.when(pl.col("line").is_null()).then(pl.col("cents")).otherwise(pl.col("of_run")).alias("cents"))


def _cents() -> pl.Expr:
    return (pl.col("allowed") * _CENTS).round().cast(pl.Int64).alias("cents")


def _first_of_year(day: npt.NDArray[np.int32]) -> Rows:
    """The first of January of each day's year, in days since 1970."""
    year = day.astype("datetime64[D]").astype("datetime64[Y]")
    found: Rows = year.astype("datetime64[D]").astype(np.int64)
    return found

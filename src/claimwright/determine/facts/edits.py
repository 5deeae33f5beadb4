"""What the edit tables say of a line: pairs of codes on one day, and the most units a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.furnishers import Furnishers
from claimwright.determine.facts.overlaps import Overlaps
from claimwright.determine.facts.visits import CodeDays, Rows, Visits
from claimwright.determine.membership import Numbers
from claimwright.lines.arrays import floats, present
from claimwright.lines.schema import modifier_columns
from claimwright.reference import mue, pairs
from claimwright.reference.releases import Releases

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Edits in force on the day between lines of one visit, a row each, and the lines about which a table was silent.

    `rows`: `row1`, `row2` (row numbers of the column 1 and column 2 lines), `pair_indicator`, `aged`, `age_days`,
    `release`, `form`, `unstated`, and the modifiers of both (`modifier_n` of column 2, `column1_modifier_n` of the
    column 1 code, over its lines of that day). `several`: whether such a code stands on more than one line.
    """

    rows: pl.DataFrame
    several: bool
    silent: Flags
    open: Flags  # lines that may form an edit with another of the day, in either column, that no table could speak to


def pair_edits(
    lines: pl.DataFrame,
    procedures: Numbers,
    visits: Visits,
    wanted: Flags,
    releases: Releases,
    *,
    of: Furnishers,
    overlaps: Overlaps,
) -> Pairs:
    """Ask the pair table, in both orders, about every two different codes of a visit, and of lines that share a later
    day; `wanted` marks column 2 lines.

    Lines that `of` tells apart are not held against each other; whether an edit joins them stays open.
    """
    ones: list[Rows] = []
    twos: list[Rows] = []
    beside = np.zeros(lines.height, dtype=np.bool_)
    for left, right in (*visits.mates, (overlaps.earlier, overlaps.later)):
        differ = procedures[left] != procedures[right]
        apart = differ & of.apart(left, right)
        beside[left[apart]] = beside[right[apart]] = True
        differ &= ~apart
        for one, two in ((left, right), (right, left)):
            asked = differ & wanted[two]
            ones.append(one[asked])
            twos.append(two[asked])
    silent = visits.open_ended & wanted
    empty = np.empty(0, dtype=np.int64)
    row1, row2 = (np.concatenate([empty, *parts]) for parts in (ones, twos))
    days = _shared(lines, row1, row2)
    answers, ids = pairs.between(lines.select("procedure", "form"), row1, row2, days, releases)
    unknown = answers.status == pairs.UNKNOWN
    silent[row2[unknown]] = True
    open_ = visits.open_ended | beside
    open_[row1[unknown]] = open_[row2[unknown]] = True
    hit = np.flatnonzero(answers.status == pairs.HIT)
    row1, row2 = row1[hit], row2[hit]
    rows = pl.DataFrame(
        {
            "row1": pl.Series(row1, dtype=pl.Int64),
            "row2": pl.Series(row2, dtype=pl.Int64),
            "pair_indicator": answers.indicator[hit],
            "aged": answers.age[hit] > 0,
            "age_days": answers.age[hit],
            "release": ids[answers.release[hit]],
            "form": lines["form"][row2],
            "unstated": lines["unstated"][row2] | lines["unstated"][row1],
            **{name: lines[name][row2] for name in modifier_columns},
            **{f"column1_{name}": lines[name][row1] for name in modifier_columns},
        }
    )
    rows, several = _over_the_day(rows, procedures[row1], days.gather(hit))
    return Pairs(rows, several, silent, open_)


def _shared(lines: pl.DataFrame, row1: Rows, row2: Rows) -> pl.Series:
    """The first day that each pair of rows shares: the one on which the later of them begins."""
    day = lines["service_from"]
    return pl.select(pl.max_horizontal(day.gather(row1).alias("one"), day.gather(row2).alias("two"))).to_series()


def _over_the_day(rows: pl.DataFrame, code1: Numbers, day: pl.Series) -> tuple[pl.DataFrame, bool]:
    """Rows whose column 1 modifiers are those of all lines of that code and day, and whether any had several lines."""
    key = ("row2", "code1", "day")
    numbered = rows.with_columns(pl.Series("code1", code1), day.alias("day"))
    shared = numbered.filter(pl.struct(key).is_duplicated())
    if shared.is_empty():
        return rows, False
    own = [f"column1_{name}" for name in modifier_columns]
    gathered = shared.group_by(key).agg(
        pl.concat_list(own)
        .list.explode(keep_nulls=False, empty_as_null=False)
        .drop_nulls()
        .unique(maintain_order=True)
        .alias("all"),
        pl.col("unstated").bitwise_or().alias("of_all"),
    )
    told = numbered.join(gathered, on=key, how="left", maintain_order="left")
    most = max(len(own), told.select(pl.col("all").list.len().max()).item() or 0)
    places = [
        pl.when(pl.col("all").is_null())
        .then(own[place] if place < len(own) else None)
        .otherwise(pl.col("all").list.get(place, null_on_oob=True))
        .alias(f"column1_modifier_{place + 1}")
        for place in range(most)
    ]
    unstated = pl.col("of_all").fill_null(pl.col("unstated")).alias("unstated")
    return told.with_columns(unstated, *places).drop("code1", "day", "all", "of_all"), True


def joined(found: Pairs, height: int) -> pl.Series:
    """`edit_that_day`: for each line whether a table joins it with another of the day, in either column; null where no
    table could speak. Lines that face no edits have none.
    """
    met = np.zeros(height, dtype=np.bool_)
    met[found.rows["row1"].to_numpy()] = met[found.rows["row2"].to_numpy()] = True
    return pl.Series("edit_that_day", met, dtype=pl.Boolean).set(pl.Series(found.open & ~met), None)


def unit_limits(
    lines: pl.DataFrame, units: Floats, days: CodeDays, visits: Visits, releases: Releases
) -> tuple[pl.DataFrame, Flags]:
    """Columns `mue_value`, `mue_indicator`, `line_units_over_mue`, `day_units_over_mue`, `mue_aged`, `mue_release`; and
    the lines about which the table was silent.

    An aged table may accuse, never acquit: more units than its value is told, fewer is unknown.
    """
    said = mue.look_up(
        lines.select("procedure", "form", pl.col("service_from").alias("day")),
        releases,
    )
    limited = present(said["value"])
    aged = said["aged"].to_numpy() | ~limited
    value = np.where(limited, floats(said["value"]), np.inf)
    line, line_known = _over(units, value, aged)
    day, day_known = _over(days.units, value, aged | visits.open_ended)
    table = pl.DataFrame(
        {
            "mue_value": said["value"],
            "mue_indicator": said["indicator"],
            "line_units_over_mue": line,
            "day_units_over_mue": day,
            "mue_aged": said["aged"],
            "mue_age_days": said["age_days"],
            "mue_release": said["release"],
        }
    )
    return table, ~(line_known & day_known)


def _over(units: Floats, value: Floats, doubtful: Flags) -> tuple[pl.Series, Flags]:
    """More units than the value (Boolean), and where that is known: null where the units are unknown, or within the
    value by a table that cannot acquit.
    """
    over = units > value
    known = ~np.isnan(units) & (over | ~doubtful)
    return pl.Series(over).set(pl.Series(~known), None), known

"""Lines that say the same twice on one day."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.visits import Visits
from claimwright.lines.arrays import left_open
from claimwright.lines.distinct import distinct
from claimwright.lines.schema import Unstated, modifier_columns

Numbers = npt.NDArray[np.uint32]


def same_line(lines: pl.DataFrame, procedures: Numbers, visits: Visits) -> pl.Series:
    """`same_line_that_day`: an earlier line of the visit has the same code and the same modifiers, in any order.

    Null where the modifiers are left open and an earlier line has the same code.
    """
    kinds = distinct(lines[modifier_columns])
    sets = (
        lines[modifier_columns]
        .gather(kinds.first)
        .select(
            pl.concat_list(modifier_columns).list.drop_nulls().list.unique().list.sort().list.join("+").rank("dense")
        )
    )
    alike = sets.to_series().to_numpy()[kinds.of]
    open_ = left_open(lines["unstated"], Unstated.MODIFIERS)
    repeated = np.zeros(lines.height, dtype=np.bool_)
    unsure = np.zeros(lines.height, dtype=np.bool_)
    for earlier, later in visits.mates:
        same_code = procedures[earlier] == procedures[later]
        doubtful = open_[earlier] | open_[later]
        repeated[later[same_code & ~doubtful & (alike[earlier] == alike[later])]] = True
        unsure[later[same_code & doubtful]] = True
    return pl.Series("same_line_that_day", repeated).set(pl.Series(unsure & ~repeated), None)

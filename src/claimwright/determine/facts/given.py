"""What sources state, laid into columns beside what side files and kernels fill: a column for each fact, null unknown.

Two that disagree leave the fact unknown, and the row is marked; never the last one wins.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.stated import Stated
from claimwright.policies.model import Fact

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "choice": pl.String,
    "yes/no": pl.Boolean,
    "number": pl.Float64,
    "date": pl.Date,
}


def laid(
    fact: Fact, column: pl.Series | None, stated: Sequence[Stated], stated_of: Numbers
) -> tuple[pl.Series | None, Flags | None]:
    """The column of a scalar fact with what sources state of it, and the rows on which sources disagree.

    `column` is what side files and kernels found, `stated_of` gives each row's place in `stated`. None for the column
    where nobody says anything, and for the rows where nobody disagrees.
    """
    values = [one.single(fact.name) for one in stated]
    marks: Flags = np.array([fact.name in one.conflicts for one in stated], dtype=np.bool_)[stated_of]
    if any(value is not None for value in values):
        said = pl.Series(fact.column, values, dtype=_TYPES[fact.type]).gather(stated_of)
        if column is None:
            column = said
        else:
            found = column.cast(said.dtype).alias(fact.column)
            # of a count of what was seen somebody may know more, but not less
            apart = found > said if fact.grows else found != said
            marks = marks | apart.fill_null(False).to_numpy()
            column = found.zip_with(said.is_null(), said) if fact.grows else found.zip_with(found.is_not_null(), said)
    if not marks.any():
        return column, None
    return (None if column is None else column.set(pl.Series(marks), None)), marks

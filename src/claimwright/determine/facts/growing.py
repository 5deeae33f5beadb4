"""Numbers that may be larger than what was seen: a count over visits of which some may not be known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl


class Growing(NamedTuple):
    """For each line what was counted (nan where even that is unknown), and whether there may be more."""

    seen: npt.NDArray[np.float64]
    more: npt.NDArray[np.bool_]

    def columns(self, name: str) -> tuple[pl.Series, pl.Series]:
        """The count, and `<name>_more` beside it, for a fact that `grows`."""
        return pl.Series(name, self.seen, nan_to_null=True), pl.Series(f"{name}_more", self.more)

    def exact(self, name: str) -> pl.Series:
        """The count where it is whole; null where there may be more."""
        return pl.Series(name, np.where(self.more, np.nan, self.seen), nan_to_null=True)

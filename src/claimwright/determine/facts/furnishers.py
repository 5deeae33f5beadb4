"""Which lines of a billing provider's day are of one provider: whom pair edits and counts of units hold together.

An edit joins what one provider did. Who that is among the practitioners of one billing provider is not verified: see
the number `disciplines told apart`, its source, and what a site may set.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts import disciplines
from claimwright.determine.facts.visits import Rows
from claimwright.lines.arrays import present

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
TOLD_APART = "disciplines told apart"  # the number that a site may set: 1 for yes, 0 for no


class Furnishers:
    """Who furnished each line, and in which discipline; asked of few lines, for most visits have one practitioner.

    The rendering practitioner and the discipline of professional lines count, on days on which a site tells disciplines
    apart (1). A hospital's lines are all the hospital's. `met` are the lines beside which another practitioner of
    another discipline was found: what is said of them stands on the number.
    """

    def __init__(self, lines: pl.DataFrame, told_apart: Floats) -> None:
        self._lines = lines
        self._told_apart = told_apart == 1
        self.met = np.zeros(lines.height, dtype=np.bool_)
        named = lines["rendering_npi"]
        self._person = None
        if named.null_count() < lines.height:
            professional = (lines["form"] == "professional").fill_null(value=False).to_numpy()
            counts = professional & present(named)
            self._person = np.where(counts, named.hash().to_numpy(), np.uint64(0))

    @cached_property
    def _discipline(self) -> npt.NDArray[np.int64]:
        return disciplines.told(self._lines)

    def apart(self, one: Rows, two: Rows) -> Flags:
        """Whether two lines are certainly of two practitioners and two disciplines, and are told apart for it."""
        found = np.zeros(one.size, dtype=np.bool_)
        if self._person is not None:
            first, second = self._person[one], self._person[two]
            differ = np.flatnonzero((first != second) & (first != 0) & (second != 0))
            if differ.size:
                left, right = self._discipline[one[differ]], self._discipline[two[differ]]
                found[differ] = (left != right) & (left > 0) & (right > 0)
                self.met[one[found]] = self.met[two[found]] = True
        told: Flags = found & self._told_apart[one]
        return told

"""What a reader hands over: some lines, what was wrong on the way, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from claimwright.lines.problems import Gravity, Problem


@dataclass(frozen=True)
class Batch:
    """Some whole claims of one input, in input order.

    `lines` has exactly the columns of `LINE_SCHEMA`. `bytes_read` counts from the start of the file, for progress.
    """

    lines: pl.DataFrame
    problems: tuple[Problem, ...]
    claims: int
    bytes_read: int

    @property
    def whole(self) -> bool:
        """True when nothing of this batch's input was lost."""
        return not any(problem.gravity is Gravity.ERROR for problem in self.problems)

"""The therapy discipline of a line, told from its modifiers, or else from the other lines of its visit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.visits import Visits
from claimwright.lines.schema import modifier_columns

Numbers = npt.NDArray[np.int64]

DISCIPLINES: Mapping[str, str] = {"GP": "PT", "GO": "OT", "GN": "SLP"}
PT, OT, SLP = 1, 2, 4  # 0 where it is not known
OF_NAME: Mapping[str, int] = {"PT": PT, "OT": OT, "SLP": SLP}


def told(frame: pl.DataFrame) -> Numbers:
    """The discipline that a row's one discipline modifier tells; 0 where there is none, or more than one."""
    bits = np.zeros(frame.height, dtype=np.int64)
    numbers = {modifier: OF_NAME[name] for modifier, name in DISCIPLINES.items()}
    for name in modifier_columns:
        if frame[name].null_count() < frame.height:
            found = frame[name].replace_strict(numbers, default=0, return_dtype=pl.Int64)
            bits |= found.fill_null(0).to_numpy()
    return np.where(np.isin(bits, (PT, OT, SLP)), bits, 0)


def of_visit(of_line: Numbers, visits: Visits) -> Numbers:
    """The same, filled from the visit where all its lines that tell a discipline tell one."""
    bits = visits.gather_bits(of_line.astype(np.uint64)).astype(np.int64)
    return np.where((of_line == 0) & np.isin(bits, (PT, OT, SLP)), bits, of_line)


def named(words: pl.Series) -> Numbers:
    """The discipline that a side file names (PT, OT, SLP); 0 where it names none."""
    return words.replace_strict(OF_NAME, default=0, return_dtype=pl.Int64).fill_null(0).to_numpy()

"""Every distinct note of a run, read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.chart.batch import read_all
from claimwright.chart.told import Told
from claimwright.formats.notes import NAME

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, repr=False)  # what notes say has no place in a message
class Notes:
    """`frame` has a row for each note (`formats.notes.NOTES_SCHEMA`), `told` what each distinct text tells, `of` the
    place in `told` of each row.
    """

    frame: pl.DataFrame
    told: tuple[Told, ...]
    of: Numbers

    @cached_property
    def names(self) -> list[str]:
        """What each note may be called in an answer."""
        return self.frame[NAME].to_list()


def of_frame(frame: pl.DataFrame, heard: Callable[[int, int], None] = lambda _, __: None) -> Notes:
    """Read the notes of a frame; `heard` is told how many distinct ones of how many are done."""
    distinct = frame.select("text").unique(maintain_order=True).with_row_index("number")
    of = frame.select("text").join(distinct, on="text", how="left", maintain_order="left")["number"]
    return Notes(frame, tuple(read_all(distinct["text"].to_list(), heard)), of.cast(pl.Int64).to_numpy())

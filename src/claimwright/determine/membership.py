"""Which code is in which set on which day: one gather from code to bits, whatever the size of the sets.

A set may hold families (`L97*`) and ranges (`M15-M19`). They need no expansion: each distinct code is looked up once
in a process, by itself and by its beginnings, and after that membership is an array access.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.days import ONE_DAY, starts
from claimwright.policies.families import bounds
from claimwright.policies.model import CodeRow

CODES = pl.Categories("claimwright.codes")
CODE_TYPE = pl.Categorical(CODES)
# Polars forgets the numbering of a category set when no column of it is alive; this one keeps it for the process.
_KEEPS_NUMBERING = pl.Series(["97026"], dtype=CODE_TYPE)
ABSENT = np.iinfo(np.uint32).max
EPOCH_0 = date(1970, 1, 1)

Numbers = npt.NDArray[np.uint32]
Bits = npt.NDArray[np.uint64]


def code_numbers(codes: pl.Series) -> Numbers:
    """The process-wide number of each code (UInt32); ABSENT where there is none."""
    return all_code_numbers(codes.to_frame("code"))["code"]


def all_code_numbers(codes: pl.DataFrame) -> dict[str, Numbers]:
    """The same for several columns at a time, which takes little more than one."""
    numbered = codes.select(pl.all().cast(CODE_TYPE).to_physical().fill_null(pl.lit(ABSENT, dtype=pl.UInt32)))
    return {column.name: column.to_numpy() for column in numbered}


class Membership:
    """Up to 64 operands, each a list of set names and literal codes, as bits of one number per code and day."""

    def __init__(self, rows: Iterable[CodeRow], operands: tuple[tuple[str, ...], ...]) -> None:
        if len(operands) > 64:
            raise ValueError("one policy may compare codes with at most 64 different lists of sets")
        self._operands = operands
        by_set: dict[str, list[CodeRow]] = {}
        for row in rows:
            by_set.setdefault(row.set, []).append(row)
        self._exact: dict[str, list[tuple[int, CodeRow]]] = {}
        self._family: dict[str, list[tuple[int, CodeRow]]] = {}
        self._ranges: list[tuple[str, str, int, CodeRow]] = []
        self._always: dict[str, int] = {}
        spans = []
        for bit, operand in enumerate(operands):
            for name in operand:
                if name not in by_set:
                    self._always[name] = self._always.get(name, 0) | 1 << bit
                for row in by_set.get(name, ()):
                    spans.append(row.span)
                    ends = bounds(row.code)
                    if ends is None:
                        self._exact.setdefault(row.code, []).append((bit, row))
                    elif ends[0] == ends[1]:
                        self._family.setdefault(ends[0], []).append((bit, row))
                    else:
                        self._ranges.append((*ends, bit, row))
        self.starts = starts(spans)
        self._starts_as_days = np.array([(day - EPOCH_0).days for day in self.starts], dtype=np.int32)
        self._days = [(self.starts[0] - ONE_DAY) if self.starts else EPOCH_0, *self.starts]
        self._table: Bits = np.zeros((len(self._days), 1), dtype=np.uint64)
        self._known = 0

    def bit(self, operand: tuple[str, ...]) -> int:
        return 1 << self._operands.index(operand)

    def bits(self, numbers: Numbers, days: npt.NDArray[np.int32]) -> Bits:
        """For each code number and day (days since 1970-01-01): the bits of the operands it is in; 0 for ABSENT."""
        present = numbers[numbers != ABSENT]
        if present.size and int(present.max()) >= self._known:
            self._learn()
        column = np.minimum(numbers, self._known)  # the last column stands for ABSENT and holds 0
        if len(self._days) == 1:
            found: Bits = self._table[0][column]
        else:
            found = self._table[np.searchsorted(self._starts_as_days, days, side="right"), column]
        return found

    def holds(self, code: str, day: date, operand: tuple[str, ...]) -> bool:
        """Whether one code is in one operand on one day; what explanations name as the witness."""
        numbers = code_numbers(pl.Series([code], dtype=pl.String))
        days = np.array([(day - EPOCH_0).days], dtype=np.int32)
        return bool(self.bits(numbers, days)[0] & np.uint64(self.bit(operand)))

    def _learn(self) -> None:
        """Give every code the process has met since the last call its column."""
        met = CODES.to_series()
        fresh = met.slice(self._known).to_list()
        grown = np.zeros((len(self._days), self._known + len(fresh) + 1), dtype=np.uint64)
        grown[:, : self._known] = self._table[:, : self._known]
        for place, code in enumerate(fresh, start=self._known):
            found = [*self._exact.get(code, ())]
            for length in range(1, len(code) + 1):
                found.extend(self._family.get(code[:length], ()))
            found.extend(
                (bit, row)
                for first, last, bit, row in self._ranges
                if len(code) >= len(first) and first <= code[: len(first)] <= last
            )
            always = self._always.get(code, 0)
            for era, day in enumerate(self._days):
                held = always
                for bit, row in found:
                    if day in row.span:
                        held |= 1 << bit
                if held:
                    grown[era, place] = held
        self._table = grown
        self._known += len(fresh)

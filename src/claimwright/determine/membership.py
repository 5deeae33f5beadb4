"""Which code is in which set on which day: one gather from code to bits, whatever the size of the sets.

A set may hold families (`L97*`) and ranges (`M15-M19`). They need no expansion: each distinct code that lines carry is
looked up once, by itself and by its beginnings, and after that membership is an array access. Codes that the process
only knows from lists (a whole year of ICD-10-CM) are not looked up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.days import ONE_DAY, starts
from claimwright.lines.arrays import integers
from claimwright.policies.families import bounds
from claimwright.policies.model import CodeRow

CODES = pl.Categories("claimwright.codes")
CODE_TYPE = pl.Categorical(CODES)
# Polars forgets the numbering of a category set when no column of it is alive; this one keeps it for the process.
_KEEPS_NUMBERING = pl.Series(["97026"], dtype=CODE_TYPE)
ABSENT = np.iinfo(np.uint32).max
_NOT_MET = ABSENT
_FEW = 1000  # rows for which a query takes longer to plan than to run
EPOCH_0 = date(1970, 1, 1)

Numbers = npt.NDArray[np.uint32]
Bits = npt.NDArray[np.uint64]


def code_numbers(codes: pl.Series) -> Numbers:
    """The process-wide number of each code (UInt32); ABSENT where there is none."""
    return all_code_numbers(codes.to_frame("code"))["code"]


def all_code_numbers(codes: pl.DataFrame) -> dict[str, Numbers]:
    """The same for several columns at a time, which takes little more than one."""
    if codes.height <= _FEW:
        few = ((column.name, integers(column.cast(CODE_TYPE).to_physical(), ABSENT)) for column in codes)
        return {name: numbers.astype(np.uint32) for name, numbers in few}
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
        self._table: Bits = np.zeros((len(self._days), 1), dtype=np.uint64)  # the first column holds 0, for ABSENT
        self._columns: Numbers = np.zeros(1, dtype=np.uint32)  # code number → its column; the last stands for ABSENT
        self._met: dict[str, tuple[int, ...]] = {}  # code → the bits it has in each era, as `_days` has them

    def bit(self, operand: tuple[str, ...]) -> int:
        return 1 << self._operands.index(operand)

    def bits(self, numbers: Numbers, days: npt.NDArray[np.int32]) -> Bits:
        """For each code number and day (days since 1970-01-01): the bits of the operands it is in; 0 for ABSENT."""
        column = self._columns_of(numbers)
        if len(self._days) == 1:
            found: Bits = self._table[0][column]
        else:
            found = self._table[np.searchsorted(self._starts_as_days, days, side="right"), column]
        return found

    def _columns_of(self, numbers: Numbers) -> Numbers:
        """The column of each code number; codes that were not met before get theirs."""
        present = numbers[numbers != ABSENT]
        needed = int(present.max()) + 2 if present.size else 0
        if needed > self._columns.size:
            grown = np.full(max(needed, 2 * self._columns.size), _NOT_MET, dtype=np.uint32)
            grown[: self._columns.size - 1] = self._columns[:-1]
            grown[-1] = 0
            self._columns = grown
        places = np.minimum(numbers, self._columns.size - 1)
        columns = self._columns[places]
        fresh = columns == _NOT_MET
        if fresh.any():
            self._learn(np.unique(places[fresh]))
            columns = self._columns[places]
        return columns

    def holds(self, code: str, day: date, operand: tuple[str, ...]) -> bool:
        """Whether one code is in one operand on one day; what explanations name as the witness."""
        return bool(self._bits_of(code)[bisect_right(self.starts, day)] & self.bit(operand))

    def _learn(self, numbers: Numbers) -> None:
        """Give some codes, by their numbers, a column each."""
        codes = [str(CODES[int(number)]) for number in numbers]
        before = self._table.shape[1]
        grown = np.zeros((len(self._days), before + len(codes)), dtype=np.uint64)
        grown[:, :before] = self._table
        for place, code in enumerate(codes, start=before):
            grown[:, place] = self._bits_of(code)
        self._table = grown
        self._columns[numbers] = np.arange(before, before + len(codes), dtype=np.uint32)

    def _bits_of(self, code: str) -> tuple[int, ...]:
        """For each era the bits of the operands that a code is in."""
        met = self._met.get(code)
        if met is None:
            found, always = self._rows_of(code), self._always.get(code, 0)
            met = tuple(
                always | reduce(or_, (1 << bit for bit, row in found if day in row.span), 0) for day in self._days
            )
            self._met[code] = met
        return met

    def _rows_of(self, code: str) -> list[tuple[int, CodeRow]]:
        """The rows a code is in, whatever the day: by itself, by a family, or by a range."""
        found = [*self._exact.get(code, ())]
        for length in range(1, len(code) + 1):
            found.extend(self._family.get(code[:length], ()))
        found.extend(
            (bit, row)
            for first, last, bit, row in self._ranges
            if len(code) >= len(first) and first <= code[: len(first)] <= last
        )
        return found

"""In which code set a claim writes its diagnoses, where it does not say so.

It is the set of the day, unless a code can only belong to the other one; claims that are late for the change are told.
Sourced: 45 CFR 162.1002, ICD-10-CM from 2015-10-01. A code that begins with a digit is ICD-9-CM; the letters V and E8
and E9 begin codes of both sets, every other letter those of ICD-10-CM alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import polars as pl

ICD_9, ICD_10 = "ICD-9-CM", "ICD-10-CM"
CHANGE = date(2015, 10, 1)
_ONLY = {ICD_9: "^[0-9]", ICD_10: "^([A-DF-UW-Z]|E[0-7])"}


def told_by(codes: Iterable[str], day: date | None) -> str:
    """The code set of one claim's diagnoses (upper case) for services on a day; without a day that of today.

    >>> told_by(["M1711"], date(2026, 3, 10)), told_by(["E1142"], date(2006, 10, 23)), told_by(["V5481"], None)
    ('ICD-10-CM', 'ICD-10-CM', 'ICD-10-CM')
    """
    expected, other = (ICD_9, ICD_10) if day and day < CHANGE else (ICD_10, ICD_9)
    return other if any(re.match(_ONLY[other], code) for code in codes) else expected


def told_in(columns: list[str], day: str) -> pl.Expr:
    """The same over a frame: the code set of the diagnoses in some columns, for services on a column's day."""
    old = (pl.col(day) < CHANGE).fill_null(value=False)
    foreign = {name: pl.any_horizontal([pl.col(c).str.contains(_ONLY[name]) for c in columns]) for name in _ONLY}
    is_foreign = {name: one.fill_null(value=False) for name, one in foreign.items()}
    ten = (old & is_foreign[ICD_10]) | (~old & ~is_foreign[ICD_9])
    return pl.when(ten).then(pl.lit(ICD_10)).otherwise(pl.lit(ICD_9))

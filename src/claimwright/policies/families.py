"""Codes written as families (`L97*`) and ranges (`M15-M19`), and what they stand for in the lists of their days.

A family is a range from its beginning to the same beginning. What a row stands for on a day are the codes of that day's
list which it holds; the engine asks each code of a claim by itself, so that a code which no list has is held too, and
accused beside the finding that it is no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claimwright.lines.code_set import ICD_9
from claimwright.policies.model import CodeRow
from claimwright.reference.vintages import Vintage

_RANGE = re.compile(r"([A-Z0-9.]+)-([A-Z0-9.]+)")


def bounds(code: str) -> tuple[str, str] | None:
    """The beginnings from which to which a family or a range holds codes, ends included; None for a single code.

    >>> bounds("L97*"), bounds("M15-M19"), bounds("E1142")
    (('L97', 'L97'), ('M15', 'M19'), None)
    """
    if code.endswith("*"):
        return code[:-1], code[:-1]
    found = _RANGE.fullmatch(code)
    return (found[1], found[2]) if found else None


def written(code: str, system: str) -> str:
    """A code, family or range as people write it, with its dot: E114* is E11.4*."""
    if not system.startswith("ICD"):
        return code
    return "-".join(_dotted(part, 4 if system == ICD_9 and part.startswith("E") else 3) for part in code.split("-"))


def _dotted(code: str, before: int) -> str:
    return f"{code[:before]}.{code[before:]}" if len(code.removesuffix("*")) > before else code


def held(row: CodeRow, vintage: Vintage) -> Iterator[str]:
    """The codes and headings of a list that a row holds, in order."""
    ends = bounds(row.code)
    if ends is not None:
        yield from vintage.between(*ends)
    elif row.code in vintage.status:
        yield row.code


@dataclass(frozen=True)
class Expanded:
    """What some rows stand for in one list: its codes, those of which the list is not sure, and what came and went.

    `came` and `went` compare with the last earlier list that was sure of the code.
    """

    vintage: Vintage
    codes: tuple[str, ...]
    unsure: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]


def expanded(rows: Iterable[CodeRow], vintages: Iterable[Vintage]) -> tuple[Expanded, ...]:
    """What rows of one code set stand for in each list, the earliest first. A row counts where their days meet."""
    rows = tuple(rows)
    found: list[Expanded] = []
    there: set[str] = set()
    for vintage in vintages:
        of_day = [row for row in rows if row.span.overlap(vintage.covers) is not None]
        status = {code: vintage.status[code] for row in of_day for code in held(row, vintage)}
        codes = {code for code, billable in status.items() if billable}
        unsure = {code for code, billable in status.items() if billable is None}
        came = codes - there if found else set()
        went = there - codes - unsure
        found.append(Expanded(vintage, *(tuple(sorted(one)) for one in (codes, unsure, came, went))))
        there = (there & unsure) | codes
    return tuple(found)

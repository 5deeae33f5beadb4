"""How the body regions of two services lie to each other: the same, neighbouring, or apart.

Sides are kept: the right knee is apart from the left, and a region without a side may be either. Which regions are
neighbours is data (a shared code set whose codes read `lumbar+sacroiliac`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

Rows = npt.NDArray[np.int64]
SAME, CONTIGUOUS, OTHER = "same", "contiguous", "other"
_ORDER = (SAME, CONTIGUOUS, OTHER)  # the nearest decides
_SIDES = {"r": "R", "right": "R", "rt": "R", "l": "L", "left": "L", "lt": "L"}


class Region(NamedTuple):
    name: str
    side: str  # R, L, or "" where none is said


def region_of(text: str) -> Region:
    """A region as people write it.

    >>> region_of("knee_R"), region_of("left lower leg"), region_of("Lumbar")
    (Region(name='knee', side='R'), Region(name='lower leg', side='L'), Region(name='lumbar', side=''))
    """
    words = [word for word in re.split(r"[\s_]+", text.strip().lower()) if word]
    side = next((_SIDES[word] for word in words if word in _SIDES), "")
    return Region(" ".join(word for word in words if word not in _SIDES), side)


def neighbours(codes: Iterable[str]) -> frozenset[frozenset[str]]:
    """The pairs of a set whose codes read `lumbar+sacroiliac`."""
    return frozenset(frozenset(region_of(part).name for part in code.split("+")) for code in codes)


def relation(ones: Sequence[str], others: Sequence[str], touching: frozenset[frozenset[str]]) -> str:
    """How the regions of one service lie to those of another: the nearest two decide. Symmetrical in its two lists."""
    found = (_between(region_of(one), region_of(other), touching) for one in ones for other in others)
    return min(found, key=_ORDER.index, default=OTHER)


def _between(one: Region, other: Region, touching: frozenset[frozenset[str]]) -> str:
    if one.side and other.side and one.side != other.side:
        return OTHER
    if one.name == other.name:
        return SAME
    return CONTIGUOUS if frozenset({one.name, other.name}) in touching else OTHER


def among(listed: Sequence[tuple[str, ...] | None], of: Rows, names: Iterable[str]) -> pl.Series:
    """`neuropathy_region_treated`: whether a region of each row is of these names; null where none is said."""
    wanted = {region_of(name).name for name in names}
    told = [any(region_of(one).name in wanted for one in regions) if regions else None for regions in listed]
    return pl.Series("neuropathy_region_treated", told, dtype=pl.Boolean).gather(of)


def apart(
    edits: tuple[Rows, Rows], listed: Sequence[tuple[str, ...] | None], of: Rows, touching: frozenset[frozenset[str]]
) -> pl.Series:
    """For each row how its regions lie to those of the rows it forms an edit with; null where unknown.

    `edits` has the two rows of each; `listed` the regions of each distinct statement, `of` each row's place in it. Over
    several partners the nearest decides; one that is unknown leaves it unknown, unless it is the same region already.
    """
    row1, row2 = edits
    found: dict[int, set[str | None]] = {}
    known = np.array([regions is not None for regions in listed], dtype=np.bool_)[of]
    if known.any():
        for one, two in zip(row1.tolist(), row2.tolist(), strict=True):
            ones, twos = listed[of[one]], listed[of[two]]
            said = relation(ones, twos, touching) if ones and twos else None
            found.setdefault(one, set()).add(said)
            found.setdefault(two, set()).add(said)
    values: list[str | None] = [None] * of.size
    for row, relations in found.items():
        if SAME in relations or None not in relations:
            values[row] = min((one for one in relations if one), key=_ORDER.index, default=None)
    return pl.Series("regions_apart", values, dtype=pl.String)

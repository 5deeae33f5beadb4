"""Which diagnoses are near a code of the other code set, by the General Equivalence Mappings that were imported.

Near is all they say: a code found so was listed by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from claimwright.lines.code_set import ICD_9, ICD_10
from claimwright.reference.release import Release
from claimwright.reference.releases import Releases
from claimwright.reference.tables import MAPPED_FROM_9, MAPPED_FROM_10

NO_CODE = "NODX"


@dataclass(frozen=True)
class Near:
    """A code near another, of the other code set, by a mapping that begins (`forward`) or ends at the one asked for."""

    code: str
    system: str
    release: str
    forward: bool
    approximate: bool
    in_part: bool  # only together with other codes


def loaded(releases: Releases) -> bool:
    """Whether any mapping was imported."""
    return bool(releases.of(MAPPED_FROM_9) or releases.of(MAPPED_FROM_10))


def near(releases: Releases, code: str, system: str = "") -> tuple[Near, ...]:
    """The codes that the latest mappings of each direction hold near a code (without its dot), each once.

    Without a code set, a code that both have (E8881) is looked up in both.
    """
    found: dict[tuple[str, str], Near] = {}
    for table, of, to in ((MAPPED_FROM_9, ICD_9, ICD_10), (MAPPED_FROM_10, ICD_10, ICD_9)):
        for release in releases.of(table)[:1]:
            forward = _rows(release, "source", "target", code, to) if system in {"", of} else ()
            backward = _rows(release, "target", "source", code, of) if system in {"", to} else ()
            for one in (*forward, *backward):
                found.setdefault((one.system, one.code), one)
    return tuple(sorted(found.values(), key=lambda one: (one.system, one.code)))


def _rows(release: Release, asked: str, told: str, code: str, system: str) -> Iterator[Near]:
    frame = release.rows.frame
    met = frame.filter(
        (pl.col(asked) == code).fill_null(value=False) & (pl.col(told) != NO_CODE).fill_null(value=False)
    )
    for other, flags in met.select(told, "flags").unique(maintain_order=True).iter_rows():
        yield Near(other, system, release.id, asked == "source", flags[0] == "1", flags[2] == "1")

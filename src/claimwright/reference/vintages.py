"""The lists of diagnosis codes by the days they speak for: which codes each has, and which are headings in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import polars as pl

from claimwright.days import Span
from claimwright.lines.code_set import ICD_9, ICD_10
from claimwright.reference.release import Release
from claimwright.reference.releases import Releases
from claimwright.reference.tables import DIAGNOSES, OLD_DIAGNOSES

TABLE_OF: Mapping[str, str] = {ICD_10: DIAGNOSES, ICD_9: OLD_DIAGNOSES}  # code set → the table of its lists

_CATEGORY = r"^(\d{3}|V\d{2}|E\d{3})"  # the shortest heading that ICD-9-CM has
_LONGEST = 5


def entries(release: Release) -> pl.DataFrame:
    """What a list of codes says: `code`, `billable` (false for a heading, null where it is not sure), `from`, `to`.

    Every code of a table without such a column is billable. The published lists of ICD-9-CM have no headings, so a
    category of it that begins codes of the list, and is none of them, is one.
    """
    frame = release.rows.frame
    billable = pl.col("billable") if "billable" in frame.columns else pl.lit(value=True).alias("billable")
    ends = [pl.col(end) if end in frame.columns else pl.lit(None, pl.Date).alias(end) for end in ("from", "to")]
    listed = frame.select("code", billable, *ends)
    if release.table != OLD_DIAGNOSES:
        return listed
    begun = pl.concat([frame.select(pl.col("code").str.slice(0, length)) for length in range(3, _LONGEST)]).unique()
    categories = begun.filter(pl.col("code").str.contains(_CATEGORY).fill_null(value=False))
    headings = categories.join(listed, on="code", how="anti").sort("code")
    return pl.concat([listed, headings.with_columns(billable=pl.lit(value=False))], how="diagonal")


@dataclass(frozen=True, eq=False)
class Vintage:
    """One list of diagnosis codes, and the days it speaks for."""

    release: Release

    @property
    def name(self) -> str:
        """The release's id, `icd-10-cm-2026-04`."""
        return self.release.id

    @property
    def covers(self) -> Span:
        return self.release.covers

    @cached_property
    def status(self) -> Mapping[str, bool | None]:
        """Code → whether a claim may carry it: false for a heading, None where the list is not sure."""
        return dict(entries(self.release).select("code", "billable").iter_rows())

    @cached_property
    def _ordered(self) -> list[str]:
        return sorted(self.status)

    def between(self, first: str, last: str) -> Iterator[str]:
        """Every code and heading from those that begin with `first` to those that begin with `last`, in order.

        Both have the same length; of a family they are the same.
        """
        for place in range(bisect_left(self._ordered, first), len(self._ordered)):
            code = self._ordered[place]
            if code[: len(last)] > last:
                return
            if len(code) >= len(first):
                yield code


@lru_cache(maxsize=16)
def vintages(releases: Releases, system: str) -> tuple[Vintage, ...]:
    """The whole lists of a code set (`ICD-10-CM`, `ICD-9-CM`) that are loaded, the earliest first."""
    whole = (release for release in releases.of(TABLE_OF[system]) if release.holds_all)
    return tuple(sorted((Vintage(one) for one in whole), key=lambda one: one.covers.first or date.min))

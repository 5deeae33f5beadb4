"""Which days a published file speaks for, told from its name; and the names of the files of a day.

Names as CMS gives them, seen in links and file lists from 2024 to 2026 (never fetched from here):
`medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0-f1.zip` · `ccioph-v323r0-f4.txt` ·
`medicare-ncci-2026-q3-practitioner-services-mue-table.zip` · `MCR_MUE_PractitionerServices_Eff_07-01-2026.csv` ·
`rvu26d.zip` · `PPRRVU2026_Oct_nonQPP.csv` · `PPRRVU25_JAN.csv` · `GPCI2026.csv` · `icd10cm_order_2026.txt` ·
`ICD-9-CM-v32-master-descriptions.zip` with `CMS32_DESC_LONG_DX.txt` · `cmsv31-master-descriptions.zip` ·
`v26_icd9.zip` · `2018_I9gem.txt` · `2018_I10gem.txt` ·
`ZIP5_APR2026.xlsx`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from claimwright.days import Span
from claimwright.reference.rows import MUE, PAIRS
from claimwright.reference.tables import DIAGNOSES, INDICES, MAPPED_FROM_9, MAPPED_FROM_10, OLD_DIAGNOSES

_QUARTER = re.compile(r"(20\d\d)[-_ ]?q([1-4])", re.IGNORECASE)
_VERSION = re.compile(r"-v(\d{2})([0-3])r(\d)", re.IGNORECASE)
_EFFECTIVE = re.compile(r"eff[_ -](\d{2})-(\d{2})-(20\d\d)", re.IGNORECASE)
_MONTH = re.compile(r"PPRRVU(?:20)?(\d\d)[_-]?(JAN|APR|JUL|OCT)", re.IGNORECASE)
_LETTER = re.compile(r"rvu(\d\d)([a-d])(?![a-z])", re.IGNORECASE)
_ZIP5 = re.compile(r"ZIP5[_-]?(JAN|APR|JUL|OCT)[a-z]*[_-]?(20\d\d)", re.IGNORECASE)
_GPCI = re.compile(r"GPCI[_-]?(20\d\d)", re.IGNORECASE)
_ORDER = re.compile(r"icd10cm[-_]order[-_](?:[a-z0-9]+[-_])*?(20\d\d)", re.IGNORECASE)
_OLD_VERSION = re.compile(r"(?<![a-z0-9])(?:cms|cmsv|v)([12]\d|3[0-2])(?=[_ -])", re.IGNORECASE)
_MAPPINGS = re.compile(r"(20\d\d)_I(?:9|10)gem", re.IGNORECASE)
_PART = re.compile(r"-v\d{3}r\d-f(\d)", re.IGNORECASE)
_MONTHS = {"jan": 1, "apr": 2, "jul": 3, "oct": 4}

_FIRST_VERSION = 1994  # version 32 is of 2026, version 30 of 2024
# Sourced: CMS's page of code titles, version 32 effective 2014-10-01, version 31 2013-10-01, and so on for those before
_FIRST_OLD_VERSION = 1982


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a calendar year, as the tables are published: in January, April, July and October."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def span(self) -> Span:
        last = self.number * 3
        return Span(date(self.year, last - 2, 1), date(self.year, last, monthrange(self.year, last)[1]))

    @property
    def version(self) -> str:
        """The version of the pair table, `v322r0` for the third quarter of 2026."""
        return f"v{self.year - _FIRST_VERSION}{self.number - 1}r0"

    def __str__(self) -> str:
        return f"{self.year}q{self.number}"


def covers_of(text: str) -> Span | None:
    """Days as a user writes them: `2026Q3`, `2026`, or `2026-07-01 .. 2026-09-30`; None where it is none of these."""
    told = text.strip()
    if found := re.fullmatch(r"(20\d\d)[- ]?[qQ]([1-4])", told):
        return Quarter(int(found[1]), int(found[2])).span
    if re.fullmatch(r"20\d\d", told):
        return year(int(told))
    try:
        return Span.parse(told)
    except ValueError:
        return None


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number, 12, 31))


def fiscal_year(number: int) -> Span:
    """A year of diagnosis codes: those of 2026 are valid from 2025-10-01."""
    return Span(date(number - 1, 10, 1), date(number, 9, 30))


def spans_in(names: Iterable[str], table: str) -> tuple[Span, ...]:
    """The days that names tell of a table of its kind, each once: none, one, or several that contradict each other.

    A year and a quarter of it are no contradiction: `GPCI2026.csv` in `rvu26c.zip` is of the quarter.
    """
    names = tuple(names)
    told = dict.fromkeys(span for name in names for span in _told(name, table))
    if table == DIAGNOSES and any(re.search(r"(?<![a-z])apr", name, re.IGNORECASE) for name in names):
        # codes that are added in April are valid from then on
        told = dict.fromkeys(Span(date(one.last.year, 4, 1), one.last) for one in told if one.last)
    return tuple(one for one in told if not any(other != one and one.overlap(other) == other for other in told))


def _told(name: str, table: str) -> Iterable[Span]:
    if table == DIAGNOSES:
        return [fiscal_year(int(one[1])) for one in _ORDER.finditer(name)]
    if table in {MAPPED_FROM_9, MAPPED_FROM_10}:
        return [fiscal_year(int(one[1])) for one in _MAPPINGS.finditer(name)]
    if table == OLD_DIAGNOSES:
        return [fiscal_year(int(one[1]) + _FIRST_OLD_VERSION + 1) for one in _OLD_VERSION.finditer(name)]
    years = [year(int(one[1])) for one in _GPCI.finditer(name)] if table == INDICES else []
    return [*years, *(quarter.span for quarter in _quarters(name, table))]


def _quarters(name: str, table: str) -> Iterable[Quarter]:
    for found in _QUARTER.finditer(name):
        yield Quarter(int(found[1]), int(found[2]))
    for found in _VERSION.finditer(name) if table == PAIRS else ():
        yield Quarter(int(found[1]) + _FIRST_VERSION, int(found[2]) + 1)
    for found in _EFFECTIVE.finditer(name) if table == MUE else ():
        month, day, number = (int(part) for part in found.groups())
        if day == 1 and month in {1, 4, 7, 10}:
            yield Quarter(number, (month + 2) // 3)
    for found in _MONTH.finditer(name):
        yield Quarter(2000 + int(found[1]), _MONTHS[found[2].lower()])
    for found in _ZIP5.finditer(name):
        yield Quarter(int(found[2]), _MONTHS[found[1].lower()])
    for found in _LETTER.finditer(name):
        yield Quarter(2000 + int(found[1]), "abcd".index(found[2].lower()) + 1)


def part_of(name: str) -> int | None:
    """Which of the parts of a pair table a file is, `…-f3.txt`; None where the name does not say."""
    found = _PART.search(name)
    return int(found[1]) if found else None


def label(covers: Span) -> str:
    """Days as they stand in the id of a release: `2026q3`, `2026`, `fy2026`, or the days themselves."""
    first, last = covers.first, covers.last
    if first is None or last is None:
        return f"{first or 'open'}-to-{last or 'open'}"
    if Quarter.of(first).span == covers:
        return str(Quarter.of(first))
    if year(first.year) == covers:
        return str(first.year)
    if covers == fiscal_year(last.year):
        return f"fy{last.year}"
    return f"{first}-to-{last}"


_FIRST_DIAGNOSES = Quarter(2015, 4)
_PAIR_FILES = {"professional": ("practitioner", "ccipra"), "institutional": ("hospital", "ccioph")}
_LIMIT_FILES = {
    "professional": "practitioner-services",
    "institutional": "facility-outpatient-hospital-services",
    "dme": "dme-supplier-services",
}


def files_of(table: str, setting: str, quarter: Quarter) -> str:
    """The published files of a table for a quarter, as a shell writes them; "" where no name is known."""
    if table == PAIRS and setting in _PAIR_FILES:
        words, code = _PAIR_FILES[setting]
        return f"medicare-ncci-{quarter}-{words}-ptp-edits-{code}-{quarter.version}-f*.zip"
    if table == DIAGNOSES and quarter >= _FIRST_DIAGNOSES:
        return f"icd10cm_order_{quarter.year + (quarter.number == 4)}.txt"  # named for its fiscal year
    if table == OLD_DIAGNOSES and quarter < _FIRST_DIAGNOSES:
        return _old_file(quarter.year + (quarter.number == 4) - _FIRST_OLD_VERSION - 1)
    if table == MUE and setting in _LIMIT_FILES:
        return f"medicare-ncci-{quarter.year}-q{quarter.number}-{_LIMIT_FILES[setting]}-mue-table.zip"
    return ""


def _old_file(version: int) -> str:
    """The zip of a version of ICD-9-CM; those before version 23 were not seen."""
    names = {32: "ICD-9-CM-v32-master-descriptions.zip", 31: "cmsv31-master-descriptions.zip"}
    older = f"cmsv{version}_master_descriptions.zip" if version >= 28 else f"v{version}_icd9.zip"
    return names.get(version, older if 23 <= version <= 32 else "")

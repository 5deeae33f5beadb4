"""P010: a code that its code set does not hold."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from claimwright.days import Span
from claimwright.documents.complaints import Complaint
from claimwright.policies.lints.page import Page
from claimwright.policies.model import CodeRow, Library
from claimwright.policies.shelf import CODES, Shelf

PAGE = Page(
    id="P010",
    name="invalid-code",
    checks=(
        "A code in codes.csv is formed like a code of its system, and is valid in the release of its code set, where "
        "one is loaded and the row's dates meet it. Loaded is the release of ICD-10-CM that the package "
        "simple-icd-10-cm carries; a family (`L97*`) is valid when some code begins so, and a heading that has codes "
        "below it is no code by itself. Releases of CPT, HCPCS and ICD-9-CM are not loaded, which a run says once."
    ),
    why=(
        "A code that cannot stand on a claim makes a set look complete that is not. Headings are the usual slip: E11 "
        "never matches, because every claim carries one of the codes below it."
    ),
    wrong="""
neuropathy,ICD-10-CM,E11,2015-10-01,,curated from the wording
wound,ICD-10-CM,S81.8O1A,2015-10-01,,curated from the wording
""",
    right="""
neuropathy,ICD-10-CM,E11.4*,2015-10-01,,curated from the wording
wound,ICD-10-CM,S81.801A,2015-10-01,,curated from the wording
""",
)
_FORMS = {
    "CPT": r"\d{4}[0-9AFTUM]",
    "HCPCS": r"[A-V]\d{4}",
    "ICD-10-CM": r"[A-Z]\d[0-9A-Z][0-9A-Z]{0,4}",
    "ICD-9-CM": r"\d{3}\d{0,2}|V\d{2}\d{0,2}|E\d{3}\d?",
    "modifier": r"[A-Z0-9]{2}",
    "place": r"\d{2}",
    "revenue": r"\d{4}",
    "taxonomy": r"[0-9A-Z]{9}X",
    "CARC": r"[A-Z]?\d{1,3}",
    "region": r"[a-z ]+(?:\+[a-z ]+)?",
}
_FAMILY = r"[A-Z0-9]+"
NOT_LOADED = ("CPT", "HCPCS", "ICD-9-CM")


@dataclass(frozen=True)
class Release:
    """One code set as of one release: all its codes, sorted, and which of them a claim may carry."""

    name: str
    span: Span
    entries: tuple[str, ...]
    codes: frozenset[str]

    def begins(self, stem: str) -> bool:
        """Whether some code begins so."""
        place = bisect_left(self.entries, stem)
        return place < len(self.entries) and self.entries[place].startswith(stem)


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    for path, row in _rows(shelf.library):
        wrong = _wrong(row)
        if wrong:
            yield Complaint(path, row.line, "P010", *wrong)


def not_checked(library: Library) -> tuple[str, ...]:
    """The systems whose codes were seen and held against no release."""
    seen = {row.system for _, row in _rows(library)}
    return tuple(system for system in NOT_LOADED if system in seen)


def _rows(library: Library) -> Iterator[tuple[str, CodeRow]]:
    yield from ((CODES, row) for row in library.shared_codes)
    for policy in library.policies:
        yield from ((f"{policy.path}/{CODES}", row) for row in policy.codes)


def _wrong(row: CodeRow) -> tuple[str, str] | None:
    family = row.code.endswith("*")
    written = _written(row)
    stem = row.code.removesuffix("*")
    if not re.fullmatch(_FAMILY if family else _FORMS[row.system], stem):
        return f"{written} is not formed like a code of {row.system}", "mend the code, or name its system"
    if row.system != "ICD-10-CM":
        return None
    release = _icd10cm()
    if row.span.overlap(release.span) is None:
        return None
    if family:
        return None if release.begins(stem) else (f"no code of {release.name} begins like {written}", "mend the family")
    if row.code in release.codes:
        return None
    if release.begins(stem):
        return f"{written} is a heading of {release.name}, not a code", f"write {written}* for all codes below it"
    return f"{written} is not in {release.name}", "mend the code, or end its row on the last day it was valid"


def _written(row: CodeRow) -> str:
    """A code with the dot it was written with; diagnoses are kept without."""
    dotted = row.system.startswith("ICD") and len(row.code.removesuffix("*")) > 3
    return f"{row.code[:3]}.{row.code[3:]}" if dotted else row.code


@cache
def _icd10cm() -> Release:
    """ICD-10-CM as simple-icd-10-cm carries it."""
    with warnings.catch_warnings():
        # the package reads its own data by a function that Python has deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        import simple_icd_10_cm as icd  # noqa: PLC0415  # takes two seconds, and only this lint needs it
    entries = tuple(
        sorted(entry for entry in icd.get_all_codes(with_dots=False) if re.match(r"[A-Z]\d[0-9A-Z]", entry))
    )
    codes = frozenset(entry for entry in entries if "-" not in entry and icd.is_leaf(entry))
    name, span = _release_of(file.name for file in files("simple_icd_10_cm.data").iterdir())
    return Release(name, span, entries, codes)


def _release_of(names: Iterable[str]) -> tuple[str, Span]:
    """Name and span of a release, by its file; ICD-10-CM is released for 1 October and amended on 1 April.

    >>> _release_of(["code-list-April-2026.txt"])[0]
    'ICD-10-CM of April 2026'
    """
    for name in names:
        found = re.fullmatch(r"code-list-(April|October)-(\d{4})\.txt", name)
        if found:
            half, year = found[1], int(found[2])
            span = (
                Span(date(year, 4, 1), date(year, 9, 30))
                if half == "April"
                else Span(date(year, 10, 1), date(year + 1, 3, 31))
            )
            return f"ICD-10-CM of {half} {year}", span
    return "ICD-10-CM", Span()

"""P010: a code that its code set does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from claimwright.documents.complaints import Complaint
from claimwright.policies.families import bounds, held, written
from claimwright.policies.lints.page import Page
from claimwright.policies.model import CodeRow, Library
from claimwright.policies.shelf import CODES, Shelf
from claimwright.reference import releases
from claimwright.reference.vintages import TABLE_OF, Vintage, vintages

PAGE = Page(
    id="P010",
    name="invalid-code",
    checks=(
        "A code in codes.csv is formed like a code of its system. A diagnosis is a code in every list that comes with "
        "the package and meets its row's days: it is there, and is no heading. A family (`L97*`) or range (`M15-M19`) "
        "holds a code of at least one of these lists. On days of which no list speaks only the form is looked at; "
        "lists of CPT and HCPCS do not come with the package, which a run says once. `claimwright policy codes L97*` "
        "shows what a family holds in each list."
    ),
    why=(
        "A code that cannot stand on a claim makes a set look complete that is not. Headings are the usual slip: E11 "
        "never matches, because every claim carries one of the codes below it. A family of which no list has a "
        "code is a slip, or begins where the codes had ended."
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
NOT_LOADED = ("CPT", "HCPCS")


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
    ends = bounds(row.code)
    name = written(row.code, row.system)
    form = _FAMILY if ends else _FORMS[row.system]
    if not all(re.fullmatch(form, part) for part in ends or (row.code,)):
        return f"{name} is not formed like a code of {row.system}", "mend the code, or name its system"
    if row.system not in TABLE_OF:
        return None
    of_days = [one for one in vintages(releases.load(), row.system) if row.span.overlap(one.covers) is not None]
    return _none_held(row, name, of_days) if ends else _no_code(row, name, of_days)


def _none_held(row: CodeRow, name: str, of_days: list[Vintage]) -> tuple[str, str] | None:
    """What is wrong with a family or range: that no list of its days has a code of it."""
    if not of_days or any(vintage.status[code] is not False for vintage in of_days for code in held(row, vintage)):
        return None
    lists = ", ".join(vintage.name for vintage in of_days)
    return f"no code of {lists} is one of {name}", "mend it, or end its row on the last day it had codes"


def _no_code(row: CodeRow, name: str, of_days: list[Vintage]) -> tuple[str, str] | None:
    """What is wrong with a single code: the lists of its days in which it is a heading, or is not there."""
    headings = [one.name for one in of_days if one.status.get(row.code, True) is False]
    absent = [one.name for one in of_days if row.code not in one.status]
    if headings and not absent:
        return f"{name} is a heading of {', '.join(headings)}, not a code", f"write {name}* for all codes below it"
    if absent and len(absent) < len(of_days):
        advice = "begin its row on the first day on which it is a code, and end it on the last"
        return f"{name} is not in {', '.join(absent)}", advice
    if absent:
        return f"{name} is not in {', '.join(absent)}", "mend the code, or end its row on the last day it was valid"
    return None

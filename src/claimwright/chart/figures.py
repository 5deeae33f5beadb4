"""What a note gives in figures beside minutes: units by code, the time of the visit, the codes treated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimwright.chart.analysed import Analysed
from claimwright.chart.told import Said, Span

_UNITS = re.compile(
    r"([gs\d]\d{4})(?<![\d.].{5})\b[^\n;,.\d]{0,28}?"
    r"(?:x ?([1-8])(?! ?(?:\d|min|rnin|'|sets?|reps?))\b|\b([1-8]) ?units?\b)"
)
_COUNTED = re.compile(r"([gs\d]\d{4})(?<![\d.].{5}) ?\(([1-8])\)")
_TOTAL = re.compile(
    r"total (?:tx |treatment |rx |visit |session |skilled |billable )?(?:time|min(?:ute)?s?)?"
    r"[^\n\d]{0,14}(\d{1,3})(?:\.0)? ?(?:min|'|$|[\n.;,|)])|(\d{1,3}) ?min(?:ute)?s? total"
)
_TIMED = re.compile(
    r"\btimed (?:tx |treatment |code )?(?:time|min(?:ute)?s?)?[^\n\d]{0,12}\d{1,3}"
    r"|\bdirect (?:time|minutes)[^\n\d]{0,8}\d{1,3}"
)
_DIAGNOSIS = re.compile(r"\b([a-tv-z]\d[\da-z](?:\.[\da-z]{1,4})?)\b")
_TREATED = ("dx treated", "treatment dx", "tx dx", "condition treated", "dx", "diagnosis", "diagnoses", "primary dx")
_LONGEST_VISIT = 240  # minutes


def figures(note: Analysed) -> Iterator[Said]:
    """The facts that a note gives in figures, each with its words."""
    yield from _units(note)
    low = note.plain.low
    totals = _TOTAL.finditer(low) if "total" in low else ()
    total = next((found for found in totals if _minutes(found) <= _LONGEST_VISIT), None)
    if total is not None:
        yield Said("total treatment minutes", _minutes(total), (_span(note, total),), (), "TOTAL.figure")
    timed = _TIMED.search(low) if "timed" in low or "direct" in low else None
    if timed is not None:
        yield Said("timed minutes documented", True, (_span(note, timed),), (), "TIMED.figure")
    codes = {found.group(1).upper(): _span(note, found) for found in _treated(note)}
    if codes:
        yield Said("diagnoses in the note", tuple(codes), tuple(codes.values()), (), "DIAGNOSES")


def _minutes(found: re.Match[str]) -> float:
    return float(found.group(1) or found.group(2))


def _span(note: Analysed, found: re.Match[str]) -> Span:
    return note.plain.span(found.start(), found.end())


def _units(note: Analysed) -> Iterator[Said]:
    """The units a note itself gives for a code, once a code: `97110 x2`, `97110 (2)`, `97026, 1 unit`."""
    seen: set[str] = set()
    for expression in (_UNITS, _COUNTED):
        for found in expression.finditer(note.plain.low):
            code, many = found.group(1).upper(), next(group for group in found.groups()[1:] if group)
            if code not in seen:
                seen.add(code)
                yield Said("units in the note", float(many), (_span(note, found),), (code,), "UNITS")


def _treated(note: Analysed) -> Iterator[re.Match[str]]:
    """The ICD-10-CM codes under a header that says what was treated."""
    for sentence in note.sentences:
        if sentence.header.startswith(_TREATED):
            yield from _DIAGNOSIS.finditer(note.plain.low, sentence.start, sentence.end)

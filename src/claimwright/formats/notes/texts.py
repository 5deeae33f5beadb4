"""A note that is a text file: whose it is and of which day, by its first lines and by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from claimwright.formats.headers import plain
from claimwright.formats.notes.names import told_by_name
from claimwright.lines.problems import Problem

_LINES = 25  # as far as a header reaches at most
_FIELDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("member_id", "member", "member_no", "subscriber_id", "insured_id", "mbi", "medicare_id", "insurance_id"),
        "member_id",
    ),
    **dict.fromkeys(("patient_id", "mrn", "medical_record_number", "chart_number", "patient_number"), "own_id"),
    **dict.fromkeys(("dob", "date_of_birth", "birth_date", "birthdate", "born"), "birth_date"),
    **dict.fromkeys(("patient", "patient_name", "name", "pt_name", "pt"), "patient"),
    **dict.fromkeys(("first_name", "patient_first"), "patient_first"),
    **dict.fromkeys(
        (
            *("date_of_service", "dos", "service_date", "date_of_visit", "visit_date", "treatment_date"),
            *("date_of_treatment", "date", "visit"),
        ),
        "service_from",
    ),
    **dict.fromkeys(
        ("provider_npi", "npi", "therapist_npi", "rendering_npi", "rendering_provider_npi", "billing_npi"),
        "provider_npi",
    ),
}
_PAIR = re.compile(r"^\W{0,3}(?P<key>[A-Za-z][A-Za-z .#/]{0,28}?)\s*(?:[:=]|#:?)\s*(?P<value>\S.*)$")
_APART = re.compile(r"\t|\s{2,}|\s*[|;]\s*|,\s*(?=(?:DOB|DOS|MRN|NPI|Member)\b)", re.IGNORECASE)
_SECTION = re.compile(r"^\W{0,3}(?:S|O|A|P|Subjective|Objective|Assessment|Plan|HPI|CC)\s*[:/-]", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?/\d\d?/\d{4}|(?:19|20)\d{6}")
_NPI = re.compile(r"\b\d{10}\b")
_CALLED = ("service_from", "member_id", "provider_npi")


def record(path: Path, text: str) -> tuple[dict[str, str], Problem | None]:
    """The fields of a row of notes for one text file; the header stays part of the text.

    What the name and the first lines both say has to agree, or the note is nobody's.
    """
    by_name, by_header = told_by_name(path), header(text)
    for column in _CALLED:
        one, other = by_name.get(column), by_header.get(column)
        if one and other and _alike(one) != _alike(other):
            named = column.replace("_", " ").replace("service from", "day of service")
            return {}, Problem(
                "INP-CONTRADICTION",
                f"the name of the file and the first lines of the note give another {named}; the note is left out",
                "correct the one that is wrong",
                field=column,
            )
    if "member_id" in by_name:
        by_header.pop("own_id", None)
    told = {**by_header, **by_name}
    own = told.pop("own_id", "")
    if own:
        told.setdefault("member_id", own)
    return {**told, "text": text}, None


def header(text: str) -> dict[str, str]:
    """What the first lines of a note say of the visit, column → value, the first of each; a section ends them."""
    found: dict[str, str] = {}
    for line in text[:8000].splitlines()[:_LINES]:
        if _SECTION.match(line):
            break
        for part in _APART.split(line.strip()):
            pair = _PAIR.match(part.strip())
            column = _FIELDS.get(plain(pair["key"])) if pair else None
            if pair and column and column not in found:
                value = _value(column, pair["value"].strip())
                if value:
                    found[column] = value
    name = found.pop("patient", "")
    if name and "patient_first" not in found and not any(sign.isdigit() for sign in name):
        last, comma, first = name.partition(",")
        words = (first if comma else last).split()
        if words:
            found["patient_first"] = words[0]
    return found


def _value(column: str, value: str) -> str:
    if column in {"birth_date", "service_from"}:
        day = _DAY.search(value)
        return day[0] if day else ""
    if column == "provider_npi":
        npi = _NPI.search(value)
        return npi[0] if npi else ""
    return value.split(maxsplit=1)[0].strip(",.") if column in {"member_id", "own_id"} else value


def _alike(value: str) -> str:
    """A day or an id without the way it is written."""
    if day := re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", value):
        month, of_month, year = day.groups()
        return f"{year}{int(month):02}{int(of_month):02}"
    if day := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", value):
        year, month, of_month = day.groups()
        return f"{year}{int(month):02}{int(of_month):02}"
    return value.upper()

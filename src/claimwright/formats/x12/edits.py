"""What may be corrected in an 837: the fields, and how their values are written by people and in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from claimwright.formats import places
from claimwright.formats.values import EARLIEST, LATEST
from claimwright.lines.schema import DIAGNOSES, MODIFIERS, POINTERS

PROFESSIONAL, INSTITUTIONAL = "professional", "institutional"
BOTH = (PROFESSIONAL, INSTITUTIONAL)
MOST_DIAGNOSES = {PROFESSIONAL: 12, INSTITUTIONAL: DIAGNOSES}

Value = tuple[str, ...]  # a field in the plain form; empty where nothing stands


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction that a person asks for: what one field says (`was`), and what is true (`now`).

    `claim` is CLM01, or `#7` for a claim without a number; `claim_index` its ordinal in the file, None where the id
    stands there once. `line` is LX01, None for a field of the claim. Lists are written `GP;59`; an empty text is a
    field that is not there. `row` and `source` tell where the edit was written.
    """

    claim: str
    field: str
    was: str
    now: str
    line: int | None = None
    claim_index: int | None = None
    why: str = ""
    finding: str = ""
    row: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: where it stands, what it may hold, and what it looks like there.

    `plain` gives what a person wrote, or what the file says, in the one form in which the two are compared. `pattern`
    is what each item must look like to be written.
    """

    name: str
    says: str
    plain: Callable[[str], Value]
    pattern: str
    help: str
    of_line: tuple[str, ...] = ()  # the forms in which a line has it
    of_claim: tuple[str, ...] = ()
    most: int = 1
    off_line: tuple[str, ...] = ()  # the forms in which it may be taken from a line
    off_claim: tuple[str, ...] = ()
    shown: bool = True  # whether a message may repeat it: codes and days, never text, amounts or identities


def _text(text: str) -> Value:
    text = text.strip()
    return (text,) if text else ()


def _code(text: str) -> Value:
    return _text(text.upper())


def _codes(text: str) -> Value:
    return tuple(code for code in re.split(r"[\s;,:|/]+", text.upper()) if code)


def _diagnoses(text: str) -> Value:
    return _codes(text.replace(".", ""))


def _number(text: str) -> Value:
    """A number without what does not change it; anything else as it is."""
    text = text.strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return _text(text)
    if not number.is_finite() or abs(number.adjusted()) > 20:
        return _text(text)
    return (format(number.normalize(), "f"),)


def day(text: str) -> date | None:
    """A day as X12, ISO or an American spreadsheet writes it."""
    for form, shape in (("%Y%m%d", r"\d{8}"), ("%Y-%m-%d", r"\d{4}-\d\d-\d\d"), ("%m/%d/%Y", r"\d\d?/\d\d?/\d{4}")):
        if re.fullmatch(shape, text, re.ASCII):
            try:
                found = datetime.strptime(text, form).date()  # noqa: DTZ007 # a day has no zone
            except ValueError:
                return None
            return found if EARLIEST <= found <= LATEST else None
    return None


def _day(text: str) -> Value:
    found = day(text.strip())
    return (found.strftime("%Y%m%d"),) if found else _text(text)


def _pointers(text: str) -> Value:
    """Numbers of diagnoses, from `1:2` or `A,B`."""
    numbers: list[str] = []
    for part in _codes(text):
        if re.fullmatch(r"[A-L]{1,4}", part):
            numbers += [str(ord(letter) - ord("A") + 1) for letter in part]
        else:
            numbers.append(str(int(part)) if re.fullmatch(r"[0-9]{1,2}", part) else part)
    return tuple(numbers)


_PLAIN_TEXT = r"[!-~]([ -~]{0,%d}[!-~])?"

FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field(
            "procedure",
            "the code of what was done (SV101-2, SV202-2)",
            _code,
            "[0-9A-Z]{5}",
            "write the five characters of a CPT or HCPCS code",
            off_line=(INSTITUTIONAL,),
            of_line=BOTH,
        ),
        Field(
            "modifiers",
            "all modifiers of the line in their order (SV101-3 to -6, SV202-3 to -6)",
            _codes,
            "[0-9A-Z]{2}",
            f"write at most {MODIFIERS} modifiers of two characters, GP;59",
            most=MODIFIERS,
            off_line=BOTH,
            of_line=BOTH,
        ),
        Field(
            "units",
            "how many (SV104, SV205)",
            _number,
            r"\d{1,8}(\.\d{1,3})?",
            "write a number above zero",
            shown=False,
            of_line=BOTH,
        ),
        Field(
            "charge",
            "the charge of the line (SV102, SV203); the claim's does not follow by itself",
            _number,
            r"\d{1,8}(\.\d{1,2})?",
            "write dollars and cents, like 45.50",
            shown=False,
            of_line=BOTH,
        ),
        Field(
            "pointers",
            "the diagnoses the line points to, by number or letter (SV107)",
            _pointers,
            "[1-9][0-9]?",
            f"write one to {POINTERS} numbers of the claim's diagnoses, 1;2",
            of_line=(PROFESSIONAL,),
            most=POINTERS,
        ),
        Field(
            "place",
            "the place of service of the line (SV105) or, without a line, of the claim (CLM05-1)",
            _code,
            "[0-9]{2}",
            "write the two digits of a place of service, like 11",
            of_line=(PROFESSIONAL,),
            of_claim=(PROFESSIONAL,),
            off_line=(PROFESSIONAL,),
        ),
        Field(
            "service_from",
            "the first day of service (DTP*472)",
            _day,
            "[0-9]{8}",
            "write an existing day, 2026-03-10",
            off_line=(INSTITUTIONAL,),
            of_line=BOTH,
        ),
        Field(
            "service_to",
            "the last day of service (DTP*472)",
            _day,
            "[0-9]{8}",
            "write an existing day, 2026-03-10",
            off_line=(INSTITUTIONAL,),
            of_line=BOTH,
        ),
        Field(
            "revenue",
            "the revenue code (SV201)",
            _code,
            "[0-9]{4}",
            "write the four digits of a revenue code, like 0420",
            of_line=(INSTITUTIONAL,),
        ),
        Field(
            "diagnoses",
            "all diagnoses of the claim in their order (HI)",
            _diagnoses,
            "[0-9A-Z]{3,7}",
            "write the codes in their order, M17.11;E11.42; a claim carries at most 12 (837P) or 25 (837I)",
            most=DIAGNOSES,
            of_claim=BOTH,
        ),
        Field(
            "prior_auth",
            "the number of the prior authorization, of the line or, without a line, of the claim (REF*G1)",
            _text,
            _PLAIN_TEXT % 48,
            "write the number as the payer gave it, at most 50 plain characters",
            of_line=(PROFESSIONAL,),
            of_claim=BOTH,
            off_line=(PROFESSIONAL,),
            off_claim=BOTH,
            shown=False,
        ),
        Field(
            "frequency",
            "whether the claim is the first, a replacement, a void (CLM05-3)",
            _code,
            "[0-9A-Z]",
            "write one character: 1 original, 7 replacement, 8 void",
            of_claim=BOTH,
        ),
        Field(
            "original_claim",
            "the payer's number of the claim replaced or voided (REF*F8)",
            _text,
            _PLAIN_TEXT % 48,
            "write the number as the remittance gave it, at most 50 plain characters",
            off_claim=BOTH,
            shown=False,
            of_claim=BOTH,
        ),
        Field(
            "note",
            "the note of the claim (NTE02)",
            _text,
            _PLAIN_TEXT % 78,
            "write at most 80 plain characters",
            off_claim=BOTH,
            shown=False,
            of_claim=BOTH,
        ),
        Field(
            "rendering_npi",
            "the NPI of who treated, of the line or, without a line, of the claim (NM109 of NM1*82)",
            _text,
            "[0-9]{10}",
            "write the ten digits of the NPI as the registry has them",
            of_line=BOTH,
            of_claim=BOTH,
            shown=False,
        ),
        Field(
            "claim_charge",
            "the charge of the whole claim (CLM02)",
            _number,
            r"\d{1,8}(\.\d{1,2})?",
            "write dollars and cents, like 45.50",
            shown=False,
            of_claim=BOTH,
        ),
    )
}
_CALLED = {
    "units": "number of units",
    "note": "claim note",
    "prior_auth": "prior authorization",
    "rendering_npi": "rendering provider",
    "claim_charge": "charge of the claim",
    "service_from": "first day of service",
    "service_to": "last day of service",
}
_AS_WRITTEN = ("units", "charge", "claim_charge")  # compared as numbers, written as they were given


def wanted(field: Field, edit: Edit, form: str) -> tuple[Value, str]:
    """What to write, and why it cannot be written; that is empty where it can."""
    value = _text(edit.now) if field.name in _AS_WRITTEN else field.plain(edit.now)
    if not value:
        may_go = form in (field.off_claim if edit.line is None else field.off_line)
        return value, "" if may_go else f"the {named(field)} cannot be taken out"
    most = MOST_DIAGNOSES[form] if field.name == "diagnoses" else field.most
    if len(value) > most:
        return value, f"{len(value)} {named(field)} are more than {most}"
    if not all(re.fullmatch(field.pattern, item, re.ASCII) for item in value):
        return value, f"the new {named(field)} cannot be written"
    if field.name.startswith("service_") and day(value[0]) is None:
        return value, f"the new {named(field)} is no day that could be meant"
    if field.name == "rendering_npi" and not _npi(value[0]):
        return value, "the check digit of the new NPI does not fit its other digits"
    if field.name == "units" and not Decimal(value[0]):
        return value, "the new units are zero"
    return value, ""


def _npi(digits: str) -> bool:
    """Whether the last digit is the check digit of the others: Luhn's, 45 CFR 162.406, over 80840 and the NPI."""
    doubled = (int(digit) * 2 if place % 2 else int(digit) for place, digit in enumerate(reversed("80840" + digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def named(field: Field) -> str:
    """A field as a message calls it."""
    return _CALLED.get(field.name, field.name.replace("_", " "))


def iso(text: str) -> str:
    """A day of a file as people write it; anything else by its shape."""
    found = day(text)
    return str(found) if found else places.code(text)

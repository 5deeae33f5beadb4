"""The fields of a claim that a person may say are otherwise: what each says, how it is written, what follows from it.

Nothing here proposes a value. Names and values are those of a corrected file: lists as `GP;59`, nothing as an empty
text. A change of a field of the claim is of all its lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

from claimwright.desk.frames import ROW
from claimwright.desk.people import RefusedError
from claimwright.lines.schema import (
    DIAGNOSES,
    MODIFIERS,
    POINTERS,
    Unstated,
    dx_columns,
    modifier_columns,
    pointed_columns,
)

Line = Mapping[str, Any]  # a row of LINE_SCHEMA
Values = dict[str, Any]
PROFESSIONAL = "professional"
_MOST_DIAGNOSES = {PROFESSIONAL: 12}  # an 837I carries DIAGNOSES


@dataclass(frozen=True)
class Field:
    """`read` gives what a line says, `put` the columns that a new value makes otherwise; it raises RefusedError."""

    name: str
    says: str
    help: str
    read: Callable[[Line], str]
    put: Callable[[Line, str], Values]
    of_claim: Callable[[Line], bool] = lambda _: False
    there: Callable[[Line], bool] = lambda _: True


@dataclass(frozen=True)
class Changed:
    """A field of the line at `row` that is otherwise than the file says."""

    row: int
    field: str
    now: str


def words(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[\s;,:|/]+", text.upper()) if part)


def _matching(parts: Iterable[str], pattern: str, help_: str) -> tuple[str, ...]:
    found = tuple(parts)
    if not all(re.fullmatch(pattern, part, re.ASCII) for part in found):
        raise RefusedError(help_)
    return found


def _one(text: str, pattern: str, help_: str) -> str:
    return _matching([text.strip().upper()], pattern, help_)[0]


def _listed(line: Line, columns: Iterable[str]) -> str:
    return ";".join(code for column in columns if (code := line[column]))


def _into(columns: list[str], codes: Iterable[str]) -> Values:
    given = list(codes)
    return {column: given[at] if at < len(given) else None for at, column in enumerate(columns)}


def _stated(line: Line, group: Unstated) -> Values:
    """What was left open is told now."""
    return {"unstated": int(line["unstated"] or 0) & ~int(group)}


def _procedure(line: Line, text: str) -> Values:
    if not text.strip() and line["form"] != PROFESSIONAL:
        return {"procedure": None}
    return {"procedure": _one(text, "[0-9A-Z]{5}", "write the five characters of a CPT or HCPCS code")}


def _modifiers(line: Line, text: str) -> Values:
    help_ = f"write at most {MODIFIERS} modifiers of two characters, GP;59"
    codes = _matching(words(text), "[0-9A-Z]{2}", help_)
    if len(codes) > MODIFIERS:
        raise RefusedError(help_)
    return {**_into(modifier_columns, codes), **_stated(line, Unstated.MODIFIERS)}


def _number(text: str, places: int, help_: str) -> Decimal:
    written = text.strip().replace("$", "").replace(",", "")
    try:
        number = Decimal(written)
    except InvalidOperation:
        raise RefusedError(help_) from None
    if not number.is_finite() or number < 0 or number >= 10**8 or number != round(number, places):
        raise RefusedError(help_)
    return round(number, places)


def _units(line: Line, text: str) -> Values:
    help_ = "write a number of units above zero"
    number = _number(text, 3, help_)
    if not number:
        raise RefusedError(help_)
    return {"units": number, **_stated(line, Unstated.UNITS)}


def _dollars(column: str) -> Callable[[Line, str], Values]:
    return lambda _, text: {column: _number(text, 2, "write dollars and cents, like 45.50")}


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    return format(value.normalize(), "f") if value == value.to_integral_value() else format(value, "f").rstrip("0")


def _pointers(line: Line, text: str) -> Values:
    help_ = f"write one to {POINTERS} numbers or letters of the claim’s diagnoses, 1;2"
    numbers: list[int] = []
    for part in words(text):
        numbers += [ord(letter) - ord("A") + 1 for letter in part] if part.isalpha() and part.isascii() else []
        numbers += [int(part)] if part.isascii() and part.isdigit() and len(part) < 3 else []
        if not (part.isascii() and part.isalnum()) or (not part.isalpha() and not part.isdigit()):
            raise RefusedError(help_)
    many = sum(1 for column in dx_columns if line[column])
    if not 1 <= len(numbers) <= POINTERS or not all(1 <= number <= many for number in numbers):
        raise RefusedError(f"{help_}; the claim has {many}")
    return {"pointers": ":".join(map(str, numbers)), **_pointed(line, numbers), **_stated(line, Unstated.POINTERS)}


def _pointed(line: Line, numbers: Iterable[int]) -> Values:
    return _into(pointed_columns, [line[f"dx_{number}"] for number in numbers])


def _diagnoses(line: Line, text: str) -> Values:
    most = _MOST_DIAGNOSES.get(str(line["form"]), DIAGNOSES)
    help_ = f"write the codes in their order, M17.11;E11.42; at most {most}"
    codes = _matching(words(text.replace(".", "")), "[0-9A-Z]{3,7}", help_)
    if not 1 <= len(codes) <= most:
        raise RefusedError(help_)
    listed = _into(dx_columns, codes)
    numbers = [int(part) for part in words(line["pointers"] or "") if part.isdigit() and 1 <= int(part) <= DIAGNOSES]
    if any(number > len(codes) for number in numbers):
        raise RefusedError(f"line {line['line']} points to diagnosis {max(numbers)}; change its pointers first")
    pointed = _pointed(listed, numbers) if line["pointers"] else {}
    return {**listed, **pointed, **_stated(line, Unstated.DIAGNOSES)}


def _place(line: Line, text: str) -> Values:
    place = _one(text, "[0-9]{2}", "write the two digits of a place of service, like 11")
    return {"place": place, **_stated(line, Unstated.PLACE)}


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise RefusedError("write an existing day, 2026-03-10") from None
    if not 1990 <= day.year <= 2100:
        raise RefusedError("write an existing day, 2026-03-10")
    return day


def _from(line: Line, text: str) -> Values:
    """The only day of a line moves as a whole; the first of several must not come after the last."""
    day = _day(text)
    if line["service_to"] in {None, line["service_from"]}:
        return {"service_from": day, "service_to": day}
    if line["service_to"] < day:
        raise RefusedError("the service would end before it begins; change its last day first")
    return {"service_from": day}


def _to(line: Line, text: str) -> Values:
    day = _day(text)
    if line["service_from"] is None or day < line["service_from"]:
        raise RefusedError("the service would end before it begins; change its first day first")
    return {"service_to": day}


def _npi(_: Line, text: str) -> Values:
    return {"rendering_npi": _one(text, "[0-9]{10}", "write the ten digits of the NPI")}


def _prior_auth(_: Line, text: str) -> Values:
    given = text.strip()
    if not given:
        return {"prior_auth": None}
    if not re.fullmatch(r"[!-~]([ -~]{0,48}[!-~])?", given, re.ASCII):
        raise RefusedError("write the number as the payer gave it, at most 50 plain characters")
    return {"prior_auth": given}


def _of_claim(place: str) -> Callable[[Line], bool]:
    """Whether a field that a line may have of its own is the claim's here: it stands before the line's service."""
    return lambda line: line["at_line"] is not None and (line[place] is None or line[place] < line["at_line"])


def _professional(line: Line) -> bool:
    return line["form"] is None or line["form"] == PROFESSIONAL


def _always(_: Line) -> bool:
    return True


FIELDS: Mapping[str, Field] = {
    one.name: one
    for one in (
        Field("procedure", "procedure code", "five characters", lambda line: line["procedure"] or "", _procedure),
        Field(
            "modifiers",
            "modifiers, all of them in their order",
            "GP;59; empty where there is none",
            lambda line: _listed(line, modifier_columns),
            _modifiers,
        ),
        Field("units", "units", "a number", lambda line: _plain(line["units"]), _units),
        Field("charge", "charge of the line", "45.50", lambda line: _cents(line["charge"]), _dollars("charge")),
        Field(
            "pointers",
            "diagnoses the line points to, by number",
            "1;2",
            lambda line: ";".join(words(line["pointers"] or "")),
            _pointers,
            there=_professional,
        ),
        Field(
            "diagnoses",
            "diagnoses of the claim, all of them in their order",
            "M17.11;E11.42",
            lambda line: _listed(line, dx_columns),
            _diagnoses,
            of_claim=_always,
        ),
        Field("place", "place of service", "two digits", lambda line: line["place"] or "", _place, there=_professional),
        Field(
            "service_from",
            "day of service, the first where there are several",
            "2026-03-10",
            lambda line: str(line["service_from"] or ""),
            _from,
        ),
        Field("service_to", "last day of service", "2026-03-10", lambda line: str(line["service_to"] or ""), _to),
        Field(
            "rendering_npi",
            "NPI of who treated",
            "ten digits",
            lambda line: line["rendering_npi"] or "",
            _npi,
            of_claim=_of_claim("at_rendering"),
        ),
        Field(
            "prior_auth",
            "number of the prior authorization",
            "as the payer gave it; empty where there is none",
            lambda line: line["prior_auth"] or "",
            _prior_auth,
            of_claim=_of_claim("at_prior_auth"),
        ),
        Field(
            "claim_charge",
            "charge of the whole claim",
            "135.00; it does not follow the lines by itself",
            lambda line: _cents(line["claim_charge"]),
            _dollars("claim_charge"),
            of_claim=_always,
        ),
    )
}


def _cents(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def offered(line: Line) -> tuple[Field, ...]:
    """The fields that a line of this form has."""
    return tuple(field for field in FIELDS.values() if field.there(line))


def changed(frame: pl.DataFrame, changes: Iterable[Changed]) -> pl.DataFrame:
    """The lines with changes made one after the other. Raises RefusedError where one cannot be made."""
    made: dict[int, dict[str, Any]] = {}
    for change in changes:
        field = FIELDS[change.field]
        line = made.get(change.row) or _row(frame, change.row)
        if line is None:
            continue
        rows = [change.row]
        if field.of_claim(line):
            of_claim = (pl.col("file") == line["file"]) & (pl.col("claim_index") == line["claim_index"])
            rows = frame.filter(of_claim.fill_null(False))[ROW].to_list()
        for row in rows:
            one = made.get(row) or _row(frame, row)
            if one is not None and (row == change.row or field.of_claim(one)):
                made[row] = {**one, **field.put(one, change.now)}
    if not made:
        return frame
    others = frame.filter(~pl.col(ROW).is_in(list(made)).fill_null(False))
    return pl.concat([others, pl.DataFrame(list(made.values()), schema=frame.schema)]).sort(ROW)


def _row(frame: pl.DataFrame, row: int) -> dict[str, Any] | None:
    found = frame.filter((pl.col(ROW) == row).fill_null(False))
    return found.row(0, named=True) if found.height else None


def line_at(frame: pl.DataFrame, row: int) -> dict[str, Any]:
    """One line as the frame has it."""
    found = _row(frame, row)
    assert found is not None
    return found

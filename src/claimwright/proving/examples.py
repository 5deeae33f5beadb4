"""The examples of a policy as lines for the engine: one row of the table, one claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import orjson
import polars as pl

from claimwright.documents.blocks import Row
from claimwright.documents.complaints import Complaint
from claimwright.lines.answers import View
from claimwright.lines.schema import DIAGNOSES, LINE_SCHEMA, MODIFIERS, POINTERS, Unstated
from claimwright.policies.model import Fact, Library, Policy

SPECIAL = (
    "case",
    "service",
    "billed before",
    "also billed",
    "program",
    "payer",
    "contractor",
    "form",
    "received",
    "born",
    "view",
    "answer",
    "findings",
    "by",
)
UNKNOWN = "unknown"
FORMS = ("professional", "institutional")
_ALSO = re.compile(
    r"^(?P<code>[A-Z0-9]{5})(?P<modifiers>(?:-[A-Z0-9]{2})*)(?: x(?P<units>\d+))?(?: (?P<minutes>\d+)min)?$"
)
_LEFT_OPEN = {
    "claim diagnoses": Unstated.DIAGNOSES,
    "pointed diagnoses": Unstated.POINTERS,
    "modifiers": Unstated.MODIFIERS,
    "units": Unstated.UNITS,
    "place of service": Unstated.PLACE,
}


@dataclass(frozen=True)
class Example:
    """One row: the line it speaks of (row number in the frame), and what must come out."""

    policy: str
    case: str
    view: View
    answer: str
    findings: frozenset[str]
    by: str
    day: date
    line: int  # of the document
    row: int  # of the frame of all examples of the policy
    lines: range  # the rows of its claim, its own among them


@dataclass(frozen=True)
class Prepared:
    examples: tuple[Example, ...]
    lines: pl.DataFrame
    complaints: tuple[Complaint, ...]


def prepare(policy: Policy, library: Library) -> Prepared:
    """Read a policy's example rows into examples and the claim lines they stand for; what cannot be read complains."""
    examples: list[Example] = []
    records: list[dict[str, object]] = []
    complaints: list[Complaint] = []
    for number, row in enumerate(policy.examples, start=1):
        try:
            example, lines = _example(row, number, len(records), policy, library)
        except ValueError as error:
            help_ = "see policies/README.md, examples"
            message = f"the example cannot be read: {error}"
            complaints.append(Complaint(f"{policy.path}/policy.md", row.line, "P000", message, help_))
            continue
        examples.append(example)
        records.extend(lines)
    schema = dict(LINE_SCHEMA)
    frame = pl.DataFrame(
        [{name: record.get(name) for name in schema} for record in records], schema=schema, strict=False
    )
    return Prepared(tuple(examples), frame, tuple(complaints))


def _example(
    row: Row, number: int, first: int, policy: Policy, library: Library
) -> tuple[Example, list[dict[str, object]]]:
    service = _day(row.get("service"))
    form = row.get("form") or next(iter(policy.forms), "professional")
    if form not in FORMS:
        raise ValueError(f"the form is {form!r}; one of: {', '.join(FORMS)}")
    before, after = (_parts(row.get(column)) for column in ("billed before", "also billed"))
    example = Example(
        policy=policy.id,
        case=row.get("case"),
        view=_view(row.get("view")),
        answer=" ".join(row.get("answer").split()),
        findings=frozenset(row.get("findings").replace(",", " ").split()),
        by=row.get("by"),
        day=service,
        line=row.line,
        row=first + len(before),
        lines=range(first, first + len(before) + 1 + len(after)),
    )
    claim: dict[str, object] = {
        "file": "examples",
        "claim": f"example {number}",
        "claim_index": number,
        "line": 1 + len(before),
        "patient": number,
        "provider": number,
        "program": row.get("program") or next(iter(policy.programs), None),
        "payer": row.get("payer") or next(iter(policy.payers), "medicare" if policy.payer == "Medicare" else None),
        "contractor": row.get("contractor") or next(iter(policy.contractors), None),
        "form": form,
        "service_from": service,
        "service_to": service,
        "units": Decimal(1),
        "unstated": 0,
        "dx_system": "ICD-10-CM" if service >= date(2015, 10, 1) else "ICD-9-CM",
        "received": _day(row.get("received")) if row.get("received") else service,
        "birth_date": _day(row.get("born")) if row.get("born") else None,
    }
    stated: dict[str, object] = {}
    whole: dict[str, object] = {}
    for word, cell in row.cells:
        if word in SPECIAL or not cell:
            continue
        fact = library.fact(word)
        if fact is None:
            raise ValueError(f"{word!r} is not a fact of facts.yaml")
        if fact.statable:
            if cell != UNKNOWN:
                stated[fact.name] = _stated(fact, cell)
                if fact.in_writing:  # a payer's document speaks of every line of the claim
                    stated[fact.name] = whole[fact.name] = {"value": stated[fact.name], "source": "plan"}
        elif cell == UNKNOWN:
            claim["unstated"] = int(str(claim["unstated"])) | int(_left_open(fact))
        else:
            _carry(claim, fact, cell)
    if stated:
        claim["stated"] = orjson.dumps(stated, option=orjson.OPT_SORT_KEYS).decode()
    earlier = [_also(claim, part, place, whole) for place, part in enumerate(before, start=1)]
    later = [_also(claim, part, place, whole) for place, part in enumerate(after, start=len(before) + 2)]
    return example, [*earlier, claim, *later]


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"the service is {text!r}; write a day like 2026-03-10") from None


def _view(text: str) -> View:
    if text not in set(View):
        raise ValueError(f"the view is {text!r}; one of: {', '.join(View)}")
    return View(text)


def _number(text: str, fact: Fact) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{fact.name} is {text!r}; write a number") from None


def _left_open(fact: Fact) -> Unstated:
    if fact.name not in _LEFT_OPEN:
        raise ValueError(f"{fact.name} cannot be left open")
    return _LEFT_OPEN[fact.name]


def _carry(claim: dict[str, object], fact: Fact, cell: str) -> None:
    """Put a cell into the claim fields that carry its fact."""
    codes = cell.replace(",", " ").replace(".", "").split()
    match fact.name:
        case "modifiers":
            _list(claim, "modifier", codes, MODIFIERS)
        case "pointed diagnoses":
            _list(claim, "pointed", codes, POINTERS)
            _list(claim, "dx", [*_of(claim, "dx"), *codes], DIAGNOSES)
        case "claim diagnoses":
            _list(claim, "dx", [*codes, *_of(claim, "dx")], DIAGNOSES)
        case "units":
            claim["units"] = _number(cell, fact)
        case "earlier payer reasons":
            claim["adjustments"] = [{"payer": "earlier", "group": "CO", "reason": code} for code in codes]
        case _ if fact.column in LINE_SCHEMA and fact.type in {"code", "choice"}:
            claim[fact.column] = cell
        case _:
            raise ValueError(f"{fact.name} is computed; set the lines it is computed from instead (`also billed`)")


def _of(claim: dict[str, object], stem: str) -> list[str]:
    return [str(claim[f"{stem}_{n}"]) for n in range(1, DIAGNOSES + 1) if claim.get(f"{stem}_{n}")]


def _list(claim: dict[str, object], stem: str, codes: list[str], most: int) -> None:
    distinct = list(dict.fromkeys(codes))
    if len(distinct) > most:
        raise ValueError(f"a line carries at most {most} of them: {' '.join(distinct)}")
    for place, code in enumerate(distinct, start=1):
        claim[f"{stem}_{place}"] = code


def _stated(fact: Fact, cell: str) -> object:
    if fact.type == "yes/no":
        if cell not in {"yes", "no"}:
            raise ValueError(f"{fact.name} is {cell!r}; write yes, no or unknown")
        return cell == "yes"
    if fact.type == "number":
        return float(_number(cell, fact))
    if fact.type == "choice" and cell not in dict(fact.values) | dict(fact.also):
        raise ValueError(f"{fact.name} is {cell!r}; one of: {', '.join(dict(fact.values))}, unknown")
    return cell


def _also(claim: dict[str, object], part: str, place: int, whole: dict[str, object]) -> dict[str, object]:
    """Another line of the same claim and day: `97024-59 x2`, `97110 x2 30min`; `whole` is said of every line."""
    found = _ALSO.match(part)
    if not found:
        raise ValueError(f"{part!r} is not a line; write it like 97024-59 x2")
    kept = ("file", "claim", "claim_index", "patient", "provider", "program", "payer", "contractor", "form")
    other = {name: claim.get(name) for name in (*kept, "service_from", "service_to", "dx_system")}
    other.update(line=place, procedure=found["code"], units=Decimal(found["units"] or 1), unstated=0)
    stated = whole | ({"minutes": int(found["minutes"])} if found["minutes"] else {})
    if stated:
        other["stated"] = orjson.dumps(stated, option=orjson.OPT_SORT_KEYS).decode()
    _list(other, "modifier", [code for code in found["modifiers"].split("-") if code], MODIFIERS)
    return other

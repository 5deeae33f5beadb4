"""Cases written as JSON: one object, an array of them, or one a line."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from pydantic import BaseModel, ValidationError

from claimwright.formats import codes
from claimwright.formats.assembly import assemble
from claimwright.formats.batch import Batch
from claimwright.formats.json_values import once, unreadable, values
from claimwright.formats.places import Places
from claimwright.lines.case import Case, Line, Patient, Payer, Period, Provider, lines_of_all
from claimwright.lines.case_values import MistakeError
from claimwright.lines.problems import Gravity, Problem

_MODELS: dict[tuple[str, ...], type[BaseModel]] = {
    (): Case,
    ("patient",): Patient,
    ("provider",): Provider,
    ("payer",): Payer,
    ("lines",): Line,
    ("lines", "service", "Period"): Period,
}
_HELP = {
    "missing": "add the field",
    "decimal_parsing": "write a number, like 1 or 45.50",
    "finite_number": "write a number, like 1 or 45.50",
    "less_than": "write how often it was done, like 1",
    "greater_than": "write a number above zero, or null when it is not known",
    "string_too_short": "write null when it is not known; an empty text says nothing",
    "too_short": "a case has at least one line",
    "too_long": "shorten the list to what a claim can carry",
}


def read_cases(stream: BinaryIO, *, name: str = "", cases_per_batch: int = 500) -> Iterator[Batch]:
    """Batches of cases, in order; a case that breaks the model is named in the problems and left out.

    A file of one case a line is read a line at a time; an array or an object is read whole.
    """
    whole: list[tuple[str, int, Case]] = []
    problems: list[Problem] = []
    cases = read = row = 0
    for row, (value, count) in enumerate(values(stream, name, problems), 1):
        read = count
        if value is not None:
            case, more = case_of(value, file=name, row=row)
            problems += more
            if case is not None:
                cases += 1
                whole.append((name, row, case))
        if row % cases_per_batch == 0:
            yield _batch(whole, problems, cases, read, name)
            whole, problems, cases = [], [], 0
    if row == 0 and not problems:
        problems.append(Problem("INP-EMPTY", "the file holds no case", "write a case as a JSON object", file=name))
    yield _batch(whole, problems, cases, read, name)


def case_of(value: Any, *, file: str = "", row: int | None = None) -> tuple[Case | None, list[Problem]]:
    """A case from what JSON said, and what was written otherwise than it was read; or every place where it breaks."""
    try:
        case = Case.model_validate(value)
        return case, list(_tidied(value, case, file, row))
    except ValidationError as error:
        claim = value.get("claim") if isinstance(value, dict) else None
        return None, [
            _problem(each, file, row, claim if isinstance(claim, str) else "")
            for each in error.errors(include_url=False, include_input=False)
        ]


def _tidied(value: Any, case: Case, file: str, row: int | None) -> Iterator[Problem]:
    """Procedures that were read without blanks, in upper case, their modifiers apart."""
    for place, (written, line) in enumerate(zip(value["lines"], case.lines, strict=True)):
        said = written["procedure"] if isinstance(written, dict) else line.procedure
        if said != line.procedure:
            yield Problem(
                "INP-CODE-FORM",
                f"{line.procedure} was written with blanks, in lower case or with a modifier, and read without",
                "write the five characters of the code, and modifiers in their own places",
                gravity=Gravity.WARNING,
                file=file,
                row=row,
                field=f"lines[{place}].procedure",
                claim=case.claim or "",
            )


def parse_case(text: str | bytes, *, file: str = "", row: int | None = None) -> tuple[Case | None, list[Problem]]:
    """A case from JSON text; a key that stands twice in an object is refused, for readers disagree which one counts."""
    try:
        return case_of(json.loads(text, object_pairs_hook=once), file=file, row=row)
    except (ValueError, RecursionError) as error:
        return None, [unreadable(error, file, row)]


def _batch(whole: list[tuple[str, int, Case]], problems: list[Problem], cases: int, read: int, name: str) -> Batch:
    if not whole:
        return Batch(assemble({}, 0), tuple(problems), cases, read)
    frame, more = codes.procedures(lines_of_all(whole), Places(name, row="claim_index"))
    return Batch(frame, (*problems, *more), cases, read)


def _problem(error: Any, file: str, row: int | None, claim: str) -> Problem:
    """One complaint of pydantic in the reader's words; the value itself is never repeated."""
    loc = tuple(part for part in error["loc"] if part != "function-after[_in_order(), Period]")
    path = _path(loc)
    kind = error["type"]
    message, help_ = error["msg"], _HELP.get(kind, "")
    if kind == "extra_forbidden":
        near = _nearest(loc)
        message = f"{path} is no field of a case"
        help_ = f"did you mean {near}?" if near else "take it out; what is known beyond the claim goes into facts"
    elif kind == "literal_error":
        message = f"{path} has a value that is not allowed"
        help_ = f"write {error['ctx']['expected']}"
    elif kind == "string_pattern_mismatch":
        message = f"{path} has not the form it needs"
        help_ = help_ or _form_of(path)
    elif kind == "value_error":
        wrong = error["ctx"]["error"]
        message = str(wrong)
        if isinstance(wrong, MistakeError):
            path, help_ = wrong.path or path, wrong.help
    return Problem(
        "INP-FIELD" if kind in ("extra_forbidden", "missing") else "INP-VALUE",
        message if path in message or not path else f"{path}: {message}",
        help_ or "correct the value, or write null when it is not known",
        file=file,
        row=row,
        field=path,
        claim=claim if len(claim) <= 80 else "",
    )


def _form_of(path: str) -> str:
    last = path.rsplit(".", 1)[-1].split("[", 1)[0]
    return {
        "procedure": "write a five-character CPT or HCPCS code",
        "modifiers": "write modifiers as two capital letters or digits",
        "diagnoses": "write the code in full, like M17.11",
        "place": "write the two digits of the place of service, like 11",
        "filing": "write the two characters of the filing code, like MB or CI",
    }.get(last, "correct the value, or write null when it is not known")


def _path(loc: tuple[Any, ...]) -> str:
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part not in ("Period", "day", "int", "str") and "[" not in part:
            shown = part if part.isidentifier() and len(part) <= 40 else "(a name)"
            path += f".{shown}" if path else shown
    return path


def _nearest(loc: tuple[Any, ...]) -> str:
    """The field that an unknown one is probably meant for."""
    parent = tuple(part for part in loc[:-1] if isinstance(part, str))
    model = _MODELS.get(parent)
    if model is None:
        return ""
    names = [field.alias or name for name, field in model.model_fields.items()]
    return next(iter(difflib.get_close_matches(str(loc[-1]), names, n=1)), "")

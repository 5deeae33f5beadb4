"""A worked case made into a claim: its levels laid over each other, its lines as rows, and its tables as releases."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
import polars as pl

from claimwright.formats.case_json import case_of, parse_case
from claimwright.lines.case import Case, lines_of
from claimwright.lines.identities import identity_of
from claimwright.lines.problems import Problem
from claimwright.policies.model import Library
from claimwright.policies.site import applied, settings
from claimwright.proving.case_files import Level, WorkedCase
from claimwright.proving.case_words import NONE
from claimwright.proving.case_yaml import Keys
from claimwright.reference.releases import Releases
from claimwright.reference.rows import MUE, PAIRS
from claimwright.reference.verification import verify

Canonical = Callable[[str], str]
_TABLES: Mapping[str, tuple[str, Callable[..., Releases], tuple[str, ...]]] = {
    "pairs": (PAIRS, Releases.of_pairs, ("column1", "column2", "indicator", "from", "to")),
    "mue": (MUE, Releases.of_mue, ("code", "value", "indicator")),
}


@dataclass(frozen=True)
class Built:
    """A case ready to run: its claim, or the problems that keep it from being one (`claim` is None then)."""

    case: WorkedCase
    claim: Case | None
    problems: tuple[Problem, ...]
    written: Mapping[str, Any]  # the fields of the claim, every level merged
    beside: Mapping[str, Any]  # the records beside the claim, as they are written


def build(case: WorkedCase, name: Canonical) -> Built:
    """Lay the levels of a case over each other, and read the outcome as any case is read."""
    merged: dict[str, Any] = {}
    for level in case.levels:
        merged = over(merged, _named(level.values, name))
    written = {key: value for key, value in merged.items() if key in Case.model_fields}
    if merged.get("as of") is not None:
        written.setdefault("received", merged["as of"])
    written.setdefault("claim", case.id)
    beside = {key: merged[key] for key in RECORDS if merged.get(key)}
    claim, problems = parse_case(case.text) if case.text is not None else case_of(written)
    return Built(case, claim, tuple(_placed(case, problem) for problem in problems), written, beside)


RECORDS = ("history", "plans", "authorizations", "plans of care", "notes")


def site(case: WorkedCase) -> Level | None:
    """The strongest level that has settings of the practice; they are taken whole."""
    return next((level for level in reversed(case.levels) if level.values.get("site")), None)


def settled(case: WorkedCase, library: Library) -> tuple[Library, tuple[Problem, ...]]:
    """The library with a case's settings before its own, or what is wrong with them."""
    level = site(case)
    if level is None:
        return library, ()
    digest = hashlib.sha256(orjson.dumps(level.values["site"], option=orjson.OPT_SORT_KEYS)).hexdigest()
    found, complaints = settings(level.node.mapping("site"), level.file, library, digest)
    problems = tuple(Problem("CASE-SITE", one.message, one.help, file=f"{one.path}:{one.line}") for one in complaints)
    return (library if found is None else applied(library, found)), problems


def over(base: dict[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """What differs laid over what there is: mappings key by key, lines by position, anything else taken whole.

    null makes a value unknown; a line that is null is taken away.
    """
    merged = dict(base)
    for key, value in change.items():
        before = merged.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            merged[key] = over(before, value)
        elif key == "lines" and isinstance(before, list) and isinstance(value, list):
            merged[key] = _lines(before, value)
        else:
            merged[key] = value
    return merged


def _lines(before: list[Any], changes: list[Any]) -> list[Any]:
    merged = []
    for place in range(max(len(before), len(changes))):
        line = before[place] if place < len(before) else {}
        change = changes[place] if place < len(changes) else {}
        if change is not None:
            merged.append(over(line, change) if isinstance(line, dict) and isinstance(change, dict) else change)
    return merged


def _named(values: Mapping[str, Any], name: Canonical) -> dict[str, Any]:
    """The values with every fact under its own name, so that a change meets what it changes."""
    read = dict(values)
    if isinstance(read.get("facts"), dict):
        read["facts"] = {name(fact): said for fact, said in read["facts"].items()}
    if isinstance(read.get("lines"), list):
        read["lines"] = [_named(line, name) if isinstance(line, dict) else line for line in read["lines"]]
    return read


_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def _placed(case: WorkedCase, problem: Problem) -> Problem:
    """The problem with the place in the file where its value stands."""
    keys: Keys = tuple(int(number) if number else name for name, number in _STEP.findall(problem.field))
    place = case.place(keys)
    if problem.field == "received" and place == f"{case.file}:{case.line}":
        place = case.place(("as of",))
    return replace(problem, file=place, claim="")


# rows -----------------------------------------------------------------------------------------------------------------


def rows(built: Built, number: int) -> pl.DataFrame:
    """The lines of a case as rows of LINE_SCHEMA, with keys that no other case has, so that no two share a person.

    An identity that the case leaves open is made up; one that it writes as a placeholder stays unknown.
    """
    assert built.claim is not None
    frame = lines_of(built.claim, file=f"{built.case.file} {built.case.id}", claim_index=number)
    patient, provider = built.claim.patient, built.claim.provider
    born = patient.birth_date.isoformat() if patient.birth_date else None
    keys: dict[str, tuple[str | None, ...]] = {
        "patient": (patient.member_id, patient.first, born),
        "provider": (provider.npi, provider.tax_id),
    }
    return frame.with_columns(
        pl.lit(_member(built, number)).alias("member_id"),
        *(pl.lit(_key(name, number, frame[name][0], parts), pl.UInt64).alias(name) for name, parts in keys.items()),
    )


def member(built: Built) -> str:
    """The member id of the one patient of a case with records beside it."""
    assert built.claim is not None
    return built.claim.patient.member_id or "the patient"


def _member(built: Built, number: int) -> str:
    """What a case's patient is called among those of others; a case that stands alone keeps its own."""
    id_ = member(built)
    return id_ if built.beside or identity_of(id_) is None else f"{number} {id_}"


def _key(name: str, number: int, told: int | None, parts: tuple[str | None, ...]) -> int | None:
    placeholder = any(part is not None and identity_of(part) is None for part in parts)
    if told is None and placeholder:
        return None
    return int.from_bytes(hashlib.blake2b(f"{name} {number} {told}".encode(), digest_size=8).digest())


# tables ---------------------------------------------------------------------------------------------------------------


def tables(case: WorkedCase, shipped: Releases) -> tuple[Releases, tuple[Problem, ...]]:
    """The releases a case stands on: the shipped ones, each table replaced by the rows the case has for it.

    Rows that cannot be trusted are named by their number, and keep the case from being run.
    """
    found = shipped
    for key, (table, made, columns) in _TABLES.items():
        said = case.tables.get(key)
        if said is None or said == "shipped":
            continue
        if said == NONE:
            found = Releases(tuple(release for release in found.items if release.table != table), found.problems)
            continue
        listed, covers = (said.get("rows", ()), said.get("covers")) if isinstance(said, dict) else (said, None)
        frame = pl.DataFrame([{c: row.get(c) for c in columns} for row in listed], dict.fromkeys(columns, pl.String))
        try:
            own = made(frame, id_=f"{key} of the case", **({"covers": covers} if covers else {}))
        except ValueError:
            message = f"the {key} cover {covers!r}, which is no span of days"
            wrong = Problem("REF-COVERS", message, "write it like 2026-01-01 .. 2026-03-31", file=case.file)
            return shipped, (wrong,)
        wrong_rows = {(problem.row, problem.field): problem for problem in verify(own)}
        if wrong_rows:
            return shipped, tuple(replace(problem, file=case.file) for problem in wrong_rows.values())
        found = found.replaced_by(own)
    return found, ()

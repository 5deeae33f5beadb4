"""What is known of one code on a day, for whoever looks it up: its units, its lists, and who speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import polars as pl

from claimwright.lines.code_set import ICD_9, ICD_10
from claimwright.policies.families import written
from claimwright.policies.model import Clause, Library, Policy
from claimwright.policies.speaking import Speaks, Stands, speaking, standing
from claimwright.reference import mue
from claimwright.reference.releases import Releases
from claimwright.reference.rows import CODE
from claimwright.reference.tables import SETTINGS
from claimwright.reference.vintages import Vintage, vintages
from claimwright.report.code_words import Warned, Words, described, warned

Kind = Literal["procedure", "diagnosis", "modifier"]
_PROCEDURE = re.compile(CODE)
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}|[0-9]{3,5}|V[0-9]{2,4}|E[0-9]{3,4}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
LOOKED_UP = frozenset({"CPT", "HCPCS", "modifier", ICD_10, ICD_9})  # the systems whose codes have a page
TIMED, SUPERVISED = "timed procedure", "supervised modality"
SETTING_NAMES = {"professional": "practitioner", "institutional": "outpatient hospital", "dme": "supplier"}
MAI = {1: "on each line", 2: "a day, by policy: nothing overrides it", 3: "a day, by clinical benchmark: records may"}


@dataclass(frozen=True)
class Cautioned:
    """A warning with the clause whose sentence stands behind it, where that policy is loaded."""

    warned: Warned
    policy: Policy | None
    clause: Clause | None


@dataclass(frozen=True)
class Most:
    """The most units of a code in a setting; `why` says why that is not known. `aged`: the table ended before."""

    setting: str
    value: int | None
    level: str
    release: str
    aged: bool
    why: str


@dataclass(frozen=True)
class UnitRule:
    timed: bool | None  # None: no list here says
    source: str


@dataclass(frozen=True)
class Code:
    """A code of one kind, as it is written and as tables have it (without a dot)."""

    kind: Kind
    shown: str
    bare: str
    words: Words | None
    warnings: tuple[Cautioned, ...]


def known(text: str, library: Library, releases: Releases) -> Code | None:
    """What kind of code a text is; None where it has the form of none, or no list and no policy here has it."""
    bare = text.strip().upper().replace(".", "")
    if len(text) > 12:
        return None
    words = described().get(bare)
    systems = {one.row.system for one in standing(bare, library)}
    diagnosis = bool(_DIAGNOSIS.fullmatch(bare)) and bool(listed(bare, releases) or systems & {ICD_10, ICD_9})
    if _MODIFIER.fullmatch(bare) and (words or "modifier" in systems):
        return _code("modifier", bare, bare, words, library)
    procedure = bool(_PROCEDURE.fullmatch(bare)) and "." not in text
    if procedure and (words or systems & {"CPT", "HCPCS"} or not diagnosis):
        return _code("procedure", bare, bare, words, library)
    if diagnosis:
        system = ICD_10 if bare[0].isalpha() and (systems & {ICD_10} or _in(bare, releases, ICD_10)) else ICD_9
        return _code("diagnosis", written(bare, system), bare, None, library)
    return None


def _code(kind: Kind, shown: str, bare: str, words: Words | None, library: Library) -> Code:
    return Code(kind, shown, bare, words, tuple(_warning(one, library) for one in warned(bare)))


def _warning(one: Warned, library: Library) -> Cautioned:
    policy = library.policy(one.policy)
    versions = [clause for clause in policy.clauses if clause.id == one.clause] if policy else []
    return Cautioned(one, policy, versions[-1] if versions else None)


def unit_rule(code: Code, library: Library, day: date) -> UnitRule:
    rows = {row.set: row for row in library.shared_codes if row.code == code.bare and day in row.span}
    for name, timed in ((TIMED, True), (SUPERVISED, False)):
        if name in rows:
            return UnitRule(timed, rows[name].source)
    return UnitRule(None, "")


def most_units(code: Code, releases: Releases, day: date) -> tuple[Most, ...]:
    """By setting, in the order of the settings."""
    asked = pl.DataFrame(
        {"procedure": [code.bare], "form": ["professional"], "day": [day]},
        schema={"procedure": pl.String, "form": pl.String, "day": pl.Date},
    )
    found = []
    for setting in SETTINGS:
        row = mue.look_up(asked, releases, setting=setting).row(0, named=True)
        value = row["value"]
        level = MAI.get(row["indicator"], "") if value is not None else ""
        found.append(
            Most(SETTING_NAMES[setting], value, level, row["release"] or "", bool(row["aged"]), row["silence"] or "")
        )
    return tuple(found)


@dataclass(frozen=True)
class Spoken:
    """The clauses of one policy that speak of a code."""

    policy: Policy
    clauses: tuple[Speaks, ...]


def spoken(code: Code, library: Library, day: date) -> tuple[tuple[Spoken, ...], tuple[Spoken, ...]]:
    """Who speaks of a code on a day, and who does only on others."""
    every = speaking(code.bare, library)
    now = [one for one in every if day in one.clause.in_force and _on(one, code, library, day)]
    there = {id(one) for one in now}
    return _by_policy(now), _by_policy(one for one in every if id(one) not in there)


def _on(one: Speaks, code: Code, library: Library, day: date) -> bool:
    """Whether a set that the clause names holds the code on the day, or the clause names it itself."""
    rows = [stands for stands in standing(code.bare, library) if day in stands.row.span]
    sets = {stands.row.set for stands in rows if stands.where in {"", one.policy.id}}
    named = {operand for read in one.by for operand in read.condition.predicate.operands}
    counted = {
        name
        for read in one.by
        if (fact := library.fact(read.condition.fact))
        for name in (fact.counts, fact.sums, fact.uses)
    }
    return bool((named | counted) & (sets | {code.bare}))


def _by_policy(found: Iterable[Speaks]) -> tuple[Spoken, ...]:
    grouped: dict[str, list[Speaks]] = {}
    for one in found:
        grouped.setdefault(one.policy.id, []).append(one)
    return tuple(Spoken(of[0].policy, tuple(of)) for of in grouped.values())


def sets_of(code: Code, library: Library) -> tuple[Stands, ...]:
    """The rows that hold it, those of shared sets first."""
    return standing(code.bare, library)


@dataclass(frozen=True)
class Listed:
    """A code in one list of diagnoses: billable, a heading (False), or not told (None)."""

    vintage: Vintage
    billable: bool | None


def listed(bare: str, releases: Releases) -> tuple[Listed, ...]:
    """The lists that have a code, of both code sets, the earliest first."""
    return tuple(
        Listed(one, one.status[bare])
        for system in (ICD_9, ICD_10)
        for one in _lists(releases, system)
        if bare in one.status
    )


def _in(bare: str, releases: Releases, system: str) -> bool:
    return any(bare in one.status for one in _lists(releases, system))


@lru_cache(maxsize=8)
def _lists(releases: Releases, system: str) -> tuple[Vintage, ...]:
    return vintages(releases, system)


def every_list(releases: Releases) -> tuple[Vintage, ...]:
    return (*_lists(releases, ICD_9), *_lists(releases, ICD_10))


def relatives(bare: str, vintage: Vintage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headings above a code in a list, and the codes below it."""
    above = tuple(bare[:length] for length in range(3, len(bare)) if bare[:length] in vintage.status)
    below = tuple(one for one in vintage.between(bare, bare) if one != bare)
    return above, below

"""The page of a code: in our own words, its units, its edits with partners, its fees, and who speaks of it.

What warns and what a unit is are shown to whoever comes; the rest only to those who may look.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from claimwright.api.callers import TheDesk
from claimwright.desk.reading import Reading
from claimwright.policies.families import written
from claimwright.policies.lints.walk import Read
from claimwright.policies.model import Clause, Policy
from claimwright.reference.locality_fees import by_locality
from claimwright.reference.partners import Edit, Edits, edits_of
from claimwright.reference.releases import SETTINGS
from claimwright.report import code_facts
from claimwright.report.code_facts import SETTING_NAMES, Code, Spoken
from claimwright.report.code_words import described
from claimwright.web.browsers import SignInError
from claimwright.web.look_ups import Guest, TheReading, day_of, is_public, nothing_called
from claimwright.web.looks import page

router = APIRouter(include_in_schema=False)
PARTNERS = 50  # on one page
FAMILY = 200  # codes below a heading that are named


@router.get("/library/codes/{text}")
def code(
    request: Request,
    desk: TheDesk,
    reading: TheReading,
    browser: Guest,
    text: str,
    on: str = "",
    partner: str = "",
    setting: str = "professional",
    at: int = 1,
    state: str = "",
) -> Response:
    today = desk.now().date()
    day = day_of(on, today)
    found = code_facts.known(text, reading.library, reading.releases)
    may_look = browser is not None or is_public(request)
    if found is None and not may_look:
        raise SignInError  # a guest is not told which codes are known here
    if found is None:
        raise nothing_called("code", text)
    if found.kind == "diagnosis":
        if not may_look:
            raise SignInError
        return page(request, "diagnosis.html.j2", **_diagnosis(found, reading, day, today))
    told: dict[str, Any] = {"code": found, "day": day, "today": today, "whole": may_look}
    if found.kind == "procedure":
        told["rule"] = code_facts.unit_rule(found, reading.library, day)
        told["most"] = code_facts.most_units(found, reading.releases, day)
    if may_look:
        told |= _rest(found, reading, day, partner=partner, setting=setting, at=at, state=state)
    return page(request, "code.html.j2", **told)


def _rest(
    code: Code, reading: Reading, day: date, *, partner: str, setting: str, at: int, state: str
) -> dict[str, Any]:
    spoken, otherwise = code_facts.spoken(code, reading.library, day)
    told: dict[str, Any] = {
        "spoken": _listed(spoken),
        "otherwise": _listed(otherwise),
        "sets": code_facts.sets_of(code, reading.library),
    }
    if code.kind == "procedure":
        chosen = setting if setting in SETTINGS[:2] else SETTINGS[0]
        edits = edits_of(reading.releases, code.bare, chosen, day)
        told["edits"] = _some(edits, partner, at)
        told["setting"], told["settings"], told["partner"] = chosen, SETTING_NAMES, partner.strip().upper()
        fees = by_locality(code.bare, day, reading.releases)
        told["fees"], told["states"] = fees, sorted({one.state for one in fees.fees})
        told["state"] = state.strip().upper()[:2]
        told["described"] = described()
    return told


@dataclass(frozen=True)
class SomeEdits:
    """One page of the edits that are asked for."""

    of: Edits
    shown: tuple[Edit, ...]
    found: int
    at: int
    pages: int


def _some(edits: Edits, partner: str, at: int) -> SomeEdits:
    asked = partner.strip().upper()
    chosen = [one for one in edits.edits if one.partner.startswith(asked)]
    pages = max(1, -(-len(chosen) // PARTNERS))
    here = min(max(at, 1), pages)
    return SomeEdits(edits, tuple(chosen[(here - 1) * PARTNERS : here * PARTNERS]), len(chosen), here, pages)


def _diagnosis(code: Code, reading: Reading, day: date, today: date) -> dict[str, Any]:
    lists = code_facts.every_list(reading.releases)
    listed = {one.vintage: one for one in code_facts.listed(code.bare, reading.releases)}
    of_day = next((one for one in reversed(lists) if day in one.covers), None)
    newest = of_day if of_day in listed else next((one for one in reversed(lists) if one in listed), None)
    above, below = code_facts.relatives(code.bare, newest) if newest else ((), ())
    spoken, otherwise = code_facts.spoken(code, reading.library, day)
    return {
        "code": code,
        "day": day,
        "today": today,
        "lists": [(one, listed.get(one)) for one in lists],
        "of_day": of_day,
        "newest": newest,
        "above": above,
        "below": below[:FAMILY],
        "more_below": max(0, len(below) - FAMILY),
        "written": lambda bare: written(bare, "ICD-10-CM" if bare[0].isalpha() else "ICD-9-CM"),
        "sets": code_facts.sets_of(code, reading.library),
        "spoken": _listed(spoken),
        "otherwise": _listed(otherwise),
    }


def _listed(spoken: Iterable[Spoken]) -> list[tuple[Policy, list[tuple[Clause, tuple[Read, ...]]]]]:
    """Policies that give an outcome first."""
    told = [(one.policy, [(each.clause, each.by) for each in one.clauses]) for one in spoken]
    return sorted(told, key=lambda one: all(clause.then in {None, "silent"} for clause, _ in one[1]))

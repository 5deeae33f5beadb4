"""The pages of findings and facts: what they mean, who raises or reads them, and what else they touch."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from claimwright.api.callers import TheDesk
from claimwright.policies.findings import findings
from claimwright.policies.lints.walk import reads
from claimwright.policies.model import Clause, Derived, Fact, Library, Policy
from claimwright.report.code_words import warnings
from claimwright.web.look_ups import MayLook, TheReading, nothing_called
from claimwright.web.looks import page

router = APIRouter(dependencies=[MayLook], include_in_schema=False)


@router.get("/library/findings")
def all_findings(request: Request, reading: TheReading) -> Response:
    found = findings(reading.library).values()
    return page(request, "findings.html.j2", findings=found, warnings=_warnings())


@router.get("/library/facts")
def all_facts(request: Request, reading: TheReading) -> Response:
    library = reading.library
    return page(request, "facts.html.j2", facts=library.facts.values(), derived=library.derived.values())


@router.get("/library/findings/{id_}")
def finding(request: Request, desk: TheDesk, reading: TheReading, id_: str) -> Response:
    name = id_.upper()
    shown = tuple(one for one in warnings() if one.id == name)
    found = findings(reading.library).get(name)
    if found is None and not shown:
        raise nothing_called("finding", id_)
    library = reading.library
    raised = found.raised if found else ()
    facts = _facts_of(raised, library)
    return page(
        request,
        "finding.html.j2",
        id=name,
        found=found,
        shown=shown,
        today=desk.now().date(),
        by_policy=_by_policy(raised, library),
        facts=facts,
        changes=list(dict.fromkeys(clause.would_change for clause in raised if clause.would_change)),
        asks=list(dict.fromkeys(clause.ask for clause in raised if clause.ask)),
    )


@router.get("/library/facts/{name:path}")
def fact(request: Request, desk: TheDesk, reading: TheReading, name: str) -> Response:
    library = reading.library
    found: Fact | Derived | None = library.fact(name) or library.derived_as(name)
    if found is None:
        raise nothing_called("fact", name)
    reading_ = [
        (clause, tuple(condition for condition in clause.when if _reads(condition.fact, found.name, library)))
        for policy in library.policies
        for clause in policy.clauses
    ]
    clauses = [(clause, by) for clause, by in reading_ if by or found.name in clause.needs]
    part_of = [one for one in library.derived.values() if any(c.fact == found.name for c in one.of.conditions())]
    return page(
        request,
        "fact.html.j2",
        fact=found,
        plain=isinstance(found, Fact),
        today=desk.now().date(),
        by_policy=_by_policy([clause for clause, _ in clauses], library),
        part_of=part_of,
        made_of=list(found.of.conditions()) if isinstance(found, Derived) else [],
        presumed=[(program, one) for program in library.orders for one in program.presume if one.fact == found.name],
        asked_by=[program for program in library.orders if found.name in program.ask],
    )


def _reads(named: str, fact: str, library: Library) -> bool:
    """Whether a condition on `named` reads a fact, through derived facts too."""
    if named == fact:
        return True
    derived = library.derived.get(named)
    return derived is not None and any(
        fact in {read.condition.fact, read.through} for part in derived.of.conditions() for read in reads(part, library)
    )


def _by_policy(clauses: Iterable[Clause], library: Library) -> list[tuple[Policy, list[Clause]]]:
    found: dict[str, list[Clause]] = {}
    for clause in clauses:
        found.setdefault(clause.policy, []).append(clause)
    return [(policy, found[policy.id]) for policy in library.policies if policy.id in found]


def _facts_of(clauses: Iterable[Clause], library: Library) -> list[Fact | Derived]:
    named = dict.fromkeys(name for clause in clauses for name in (*(c.fact for c in clause.when), *clause.needs))
    return [one for name in named if (one := library.fact(name) or library.derived_as(name)) is not None]


def _warnings() -> dict[str, str]:
    return {one.id: one.words for one in reversed(warnings())}

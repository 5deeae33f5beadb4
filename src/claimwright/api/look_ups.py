"""Policies, findings and facts, as the engine that answers here applies them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from claimwright.api.callers import Reader, TheDesk
from claimwright.api.pages import Cursor, Limit, cut
from claimwright.api.problems import RefusedError, responses
from claimwright.lines.answers import Channel, Outcome, Severity, View
from claimwright.lines.case_values import Day
from claimwright.policies import findings as finding_pages
from claimwright.policies import model
from claimwright.policies.findings import FindingPage
from claimwright.policies.on_day import days_in_force, edges, on_day
from claimwright.report import wording

router = APIRouter(tags=["library"])
On = Annotated[Day | None, Query(description="What is in force on this day alone.", examples=["2026-03-10"])]


class PolicyInfo(BaseModel):
    """A policy. `unverified`: nobody has read the authority's own text; `in_force` has open ends where it has none."""

    id: str
    title: str
    payer: str
    authority: str
    instrument: str
    programs: list[str]
    source: str = Field(description="Where to read it.")
    checked: str = Field(description="The day on which its text was last read, or `never`.")
    unverified: bool
    in_force: str
    hash: str = Field(description="As answers name it in `basis`.")


class Clause(BaseModel):
    """One version of one rule. `in_force` names its first and last day, null where it has none."""

    id: str
    first_day: date | None
    last_day: date | None
    views: list[View]
    channel: Channel
    severity: Severity
    outcome: Outcome | Literal["silent"] | None
    finding: str
    because: str
    would_change: str
    ask: str
    conditions: list[str]
    needs: list[str] = Field(description="Facts that a covering outcome stands on.")
    quote: str = Field(description="The authority's own sentence, or a paraphrase of it, as `quote_kind` says.")
    quote_kind: Literal["verbatim", "paraphrase"]
    our_reading: str


class Policy(PolicyInfo):
    """A policy with its clauses. `silence` says why none is in force on the day that was asked about."""

    changes: list[date] = Field(description="The days from which on it says something else.")
    clauses: list[Clause]
    silence: str | None = None


class PolicyPage(BaseModel):
    """Policies in the order of their ids. `next` leads to those after them, and is null at the end."""

    policies: list[PolicyInfo]
    next: str | None = Field(examples=["NCD-270.6"])


class FindingInfo(BaseModel):
    """A finding. `severities` is empty where it names what is missing, disputed or not looked at."""

    id: str
    says: str = Field(description="… stands for what is filled in from the line.")
    severities: list[Severity]


class FindingEntry(FindingInfo):
    """A finding, with the clauses that raise it, and the facts for want of which, or about which, it speaks."""

    raised_by: list[str]
    missing: list[str]
    disputed: list[str]
    silences: list[str]
    would_change: list[str]


class FindingsPage(BaseModel):
    """Findings in the order of their ids. `next` leads to those after them, and is null at the end."""

    findings: list[FindingInfo]
    next: str | None = Field(examples=["CLM-UNITS"])


class Value(BaseModel):
    value: str
    says: str


class Fact(BaseModel):
    """A fact that policies ask about. `statable`: a note, a plan, a history or a person may say it."""

    name: str
    type: Literal["code", "codes", "choice", "yes/no", "number", "date", "row of a table", "derived"]
    unit: str
    says: str
    ask: str
    who: str = Field(description="Who usually knows.")
    values: list[Value]
    also_called: list[str]
    sources: list[str]
    statable: bool


class FactPage(BaseModel):
    """Facts in the order of their names. `next` leads to those after them, and is null at the end."""

    facts: list[Fact]
    next: str | None = Field(examples=["supervision"])


def _named(what: str, example: str) -> Any:
    return Path(description=f"The {what}.", min_length=1, max_length=120, examples=[example])


@router.get("/policies", responses=responses(401, 403, 422, 429, 503))
def list_policies(desk: TheDesk, _: Reader, limit: Limit = 50, cursor: Cursor = None) -> PolicyPage:
    """Every policy that is applied here, page by page."""
    library = desk.engine.library
    ordered = sorted((policy.id, policy) for policy in library.policies)
    found, after = cut(ordered, limit, cursor)
    return PolicyPage(policies=[PolicyInfo(**_policy(one, library)) for one in found], next=after)


@router.get("/policies/{policy}", responses=responses(401, 403, 404, 422, 429, 503))
def show_policy(
    desk: TheDesk, _: Reader, policy: Annotated[str, _named("id of a policy", "NCD-270.6")], on: On = None
) -> Policy:
    """One policy with its clauses: those in force on a day, or every version of each."""
    library = desk.engine.library
    found = library.policy(policy)
    if found is None:
        raise _nothing("policy", "/policies")
    of_day = on_day(found, on) if on else None
    clauses = of_day.clauses if of_day else found.clauses
    return Policy(
        **_policy(found, library),
        changes=list(edges(found)),
        clauses=[_clause(one, found) for one in clauses],
        silence=of_day.silence.value if of_day and of_day.silence else None,
    )


@router.get("/findings", responses=responses(401, 403, 422, 429, 503))
def list_findings(desk: TheDesk, _: Reader, limit: Limit = 50, cursor: Cursor = None) -> FindingsPage:
    """Every finding that can be raised here, page by page."""
    found, after = cut(finding_pages.findings(desk.engine.library).items(), limit, cursor)
    return FindingsPage(findings=[FindingInfo(**_finding(one)) for one in found], next=after)


@router.get("/findings/{finding}", responses=responses(401, 403, 404, 422, 429, 503))
def show_finding(
    desk: TheDesk, _: Reader, finding: Annotated[str, _named("id of a finding", "CLM-UNITS")]
) -> FindingEntry:
    """One finding: what raises it, and what would change it."""
    found = finding_pages.findings(desk.engine.library).get(finding)
    if found is None:
        raise _nothing("finding", "/findings")
    return FindingEntry(
        **_finding(found),
        raised_by=_once(clause.name for clause in found.raised),
        missing=[fact.name for fact in found.missing],
        disputed=[fact.name for fact in found.conflicts],
        silences=_once(silence for _, silence in found.silences),
        would_change=_once(wording.open_slots(one.would_change) for one in found.raised if one.would_change),
    )


@router.get("/facts", responses=responses(401, 403, 422, 429, 503))
def list_facts(desk: TheDesk, _: Reader, limit: Limit = 50, cursor: Cursor = None) -> FactPage:
    """Every fact that a policy may ask about, page by page."""
    library = desk.engine.library
    named: dict[str, model.Fact | model.Derived] = {**library.facts, **library.derived}
    found, after = cut(((name, named[name]) for name in sorted(named)), limit, cursor)
    return FactPage(facts=[_fact(one) for one in found], next=after)


@router.get("/facts/{fact}", responses=responses(401, 403, 404, 422, 429, 503))
def show_fact(desk: TheDesk, _: Reader, fact: Annotated[str, _named("name of a fact", "treatment intent")]) -> Fact:
    """One fact, by its name or by another name of its."""
    library = desk.engine.library
    found = library.fact(fact) or library.derived_as(fact)
    if found is None:
        raise _nothing("fact", "/facts")
    return _fact(found)


def _nothing(what: str, where: str) -> RefusedError:
    return RefusedError(HTTPStatus.NOT_FOUND, f"there is no such {what}; GET {where} lists all")


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _policy(policy: model.Policy, library: model.Library) -> dict[str, Any]:
    return {
        "id": policy.id,
        "title": policy.title,
        "payer": policy.payer,
        "authority": policy.authority,
        "instrument": policy.instrument,
        "programs": list(policy.programs),
        "source": policy.source,
        "checked": policy.checked,
        "unverified": policy.unverified,
        "in_force": days_in_force(policy),
        "hash": f"sha256:{library.hashes[policy.id][:16]}",
    }


def _clause(clause: model.Clause, policy: model.Policy) -> Clause:
    return Clause(
        id=clause.id,
        first_day=clause.in_force.first,
        last_day=clause.in_force.last,
        views=list(clause.views),
        channel=clause.channel,
        severity=clause.severity,
        outcome=clause.then,
        finding=clause.finding,
        because=wording.open_slots(clause.because),
        would_change=wording.open_slots(clause.would_change),
        ask=clause.ask,
        conditions=[str(condition) for condition in clause.when],
        needs=list(clause.needs),
        quote=clause.quoted,
        quote_kind=policy.quote,
        our_reading=clause.sentence if clause.reading else "",
    )


def _finding(found: FindingPage) -> dict[str, Any]:
    return {"id": found.id, "says": wording.open_slots(found.says), "severities": list(found.severities)}


def _fact(fact: model.Fact | model.Derived) -> Fact:
    if isinstance(fact, model.Derived):
        return Fact(
            name=fact.name,
            type="derived",
            unit="",
            says=fact.says,
            ask=fact.ask,
            who=fact.who,
            values=[],
            also_called=[],
            sources=[],
            statable=bool(fact.stated_as),
        )
    return Fact(
        name=fact.name,
        type=fact.type,
        unit=fact.unit,
        says=fact.says,
        ask=fact.ask,
        who=fact.who,
        values=[Value(value=value, says=says) for value, says in fact.values],
        also_called=list(fact.aka),
        sources=sorted(fact.sources),
        statable=fact.statable,
    )

"""The library: every policy by who speaks, and the page of each: its document, its days, its examples, its codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from claimwright.api.callers import TheDesk
from claimwright.desk.reading import Reading
from claimwright.policies import between_days, on_day
from claimwright.policies.families import written
from claimwright.policies.history import timeline
from claimwright.policies.model import CodeRow, Library, Policy
from claimwright.report import policy_document
from claimwright.web.look_ups import MayLook, TheReading, day_of, nothing_called
from claimwright.web.looks import page

router = APIRouter(dependencies=[MayLook], include_in_schema=False)
ROWS = 400  # of code lists on one page; past it the search among them narrows


@router.get("/library")
def index(request: Request, desk: TheDesk, reading: TheReading) -> Response:
    today = desk.now().date()
    library = reading.library
    by_payer: defaultdict[str, list[Shown]] = defaultdict(list)
    for policy in library.policies:
        by_payer[policy.payer].append(_shown(policy, library, today))
    groups = sorted(by_payer.items(), key=lambda one: (-len(one[1]), one[0]))
    for _, policies in groups:
        policies.sort(key=lambda one: (one.policy.instrument, one.policy.title))
    return page(request, "library.html.j2", groups=groups, orders=library.orders, today=today, hash=reading.hash)


@router.get("/library/policies/{id_}")
def policy(
    request: Request,
    desk: TheDesk,
    reading: TheReading,
    id_: str,
    on: str = "",
    first: str = "",
    last: str = "",
    code: str = "",
) -> Response:
    """`on` chooses the day, `first` and `last` the days that are compared, `code` narrows the code lists."""
    found = reading.library.policy(id_)
    if found is None:
        return _order(request, reading, id_)
    today = desk.now().date()
    day, edges = day_of(on, today), on_day.edges(found)
    told: dict[str, Any] = {
        "policy": found,
        "state": on_day.on_day(found, day),
        "edges": sorted({*edges, today, day}),
        "marked": frozenset(edges),
        "today": today,
    }
    if request.headers.get("X-Part") == "day":
        return page(request, "policy-day.html.j2", **told)
    ends = (edges[0] if edges else today, today)
    days = (day_of(first, ends[0]), day_of(last, ends[1]))
    return page(
        request,
        "policy.html.j2",
        **told,
        document=policy_document.page(reading.document(found.id) or "", found),
        ran=reading.ran(found, desk.now()),
        moments=timeline(found),
        days=days,
        difference=between_days.between(found, *days) if first or last else None,
        sets=_sets(found.codes, code, day),
        code=code,
        hash=reading.library.hashes.get(found.id, ""),
        shown=_shown(found, reading.library, today),
    )


def _order(request: Request, reading: Reading, id_: str) -> Response:
    program = next((one for one in reading.library.orders if one.id == id_), None)
    text = reading.document(id_)
    if program is None or text is None:
        raise nothing_called("policy", id_)
    serves = [name for name, one in reading.library.programs.items() if one.path == program.path]
    return page(
        request,
        "order.html.j2",
        program=program,
        serves=serves,
        document=policy_document.page(text, None),
        hash=reading.library.hashes.get(id_, ""),
    )


@dataclass(frozen=True)
class Shown:
    """A policy in a list, with what a reader has to know of its standing."""

    policy: Policy
    days: str
    in_force: int  # clauses, today
    marks: tuple[str, ...]


def _shown(policy: Policy, library: Library, today: date) -> Shown:
    in_force = [clause for clause in policy.clauses if today in clause.in_force]
    named = {operand for clause in in_force for condition in clause.when for operand in condition.predicate.operands}
    rows = (*policy.codes, *library.shared_codes)
    derived = any(row.derived and row.set in named for row in rows)
    readings = sum(1 for clause in in_force if clause.reading)
    marks = (
        "unverified" if policy.unverified else "",
        "derived codes" if derived else "",
        "stands in for what is not written yet" if policy.stands_in else "",
        "all readings of ours" if in_force and readings == len(in_force) else "",
    )
    return Shown(policy, on_day.days_in_force(policy), len(in_force), tuple(mark for mark in marks if mark))


@dataclass(frozen=True)
class CodeSet:
    """The rows of one set that are shown; `of` is how many it has."""

    name: str
    rows: tuple[tuple[CodeRow, str, bool], ...]  # the row, its code as people write it, whether it speaks on the day
    of: int


def _sets(rows: Iterable[CodeRow], wanted: str, day: date) -> tuple[CodeSet, ...]:
    """The code lists; narrowed to what begins so, or to the set of that name."""
    by_set: defaultdict[str, list[CodeRow]] = defaultdict(list)
    for row in rows:
        by_set[row.set].append(row)
    asked = wanted.strip().upper().replace(".", "")
    found, left = [], ROWS
    for name, of in by_set.items():
        chosen = [row for row in of if not asked or row.code.startswith(asked) or asked in name.upper()][:left]
        left -= len(chosen)
        shown = tuple((row, written(row.code, row.system), day in row.span) for row in chosen)
        found.append(CodeSet(name, shown, len(of)))
    return tuple(one for one in found if one.rows or not asked)

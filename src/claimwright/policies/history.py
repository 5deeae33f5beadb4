"""A policy's time, on one line: the authority's own entries, its titles, its clause versions and its codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from claimwright.days import ONE_DAY, Span
from claimwright.policies.model import CodeRow, Policy


class What(StrEnum):
    """In the order in which things of one day are told."""

    EVENT = "history"
    TITLE = "title"
    BOUND = "modelled"
    BEGINS = "begins"
    ENDED = "ended"
    CODES = "codes"


@dataclass(frozen=True)
class Moment:
    """One thing that happened; `day` is empty for what has no known beginning."""

    day: str
    what: What
    text: str
    cite: str = ""


def timeline(policy: Policy) -> tuple[Moment, ...]:
    """Everything dated in a policy, oldest first."""
    order = list(What)
    return tuple(sorted(_moments(policy), key=lambda moment: (moment.day, order.index(moment.what), moment.text)))


def _moments(policy: Policy) -> Iterator[Moment]:
    for event in policy.history:
        yield Moment(event.day, What.EVENT, event.event, event.cite)
    for first, title in policy.titles:
        yield Moment(first, What.TITLE, title)
    if policy.began:
        yield Moment(policy.began, What.BOUND, "the policy began")
    if policy.modelled_from:
        yield Moment(policy.modelled_from, What.BOUND, "modelled from this day on; what was before is not")
    for clause in policy.clauses:
        owner = "a reading of ours" if clause.reading else ""
        yield Moment(_first(clause.in_force), What.BEGINS, clause.id, owner)
        if clause.in_force.last:
            yield Moment((clause.in_force.last + ONE_DAY).isoformat(), What.ENDED, clause.id)
    yield from _turns(policy.codes)


def _turns(rows: Iterable[CodeRow]) -> Iterator[Moment]:
    """Days on which the codes of a set come or go, counted."""
    come: dict[tuple[str, str, str], int] = {}
    gone: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.span.first:
            key = (row.span.first.isoformat(), row.set, row.system)
            come[key] = come.get(key, 0) + 1
        if row.span.last:
            key = ((row.span.last + ONE_DAY).isoformat(), row.set, row.system)
            gone[key] = gone.get(key, 0) + 1
    for verb, counted in (("come", come), ("go", gone)):
        for (day, name, system), count in counted.items():
            yield Moment(day, What.CODES, f"{name}: {count} {'row' if count == 1 else 'rows'} of {system} {verb}")


def _first(span: Span) -> str:
    return span.first.isoformat() if span.first else ""

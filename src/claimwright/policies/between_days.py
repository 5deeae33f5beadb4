"""What a policy says otherwise on one day than on another: clauses that came, went or read otherwise, and codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from claimwright.policies.clause_words import told
from claimwright.policies.model import Clause, Policy

Kind = Literal["added", "ended", "changed"]


@dataclass(frozen=True)
class Reads:
    """One field of a clause on the earlier and on the later day, a line each; empty where it says nothing."""

    name: str
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class ClauseDifference:
    """A clause that is in force on one of the days only, or in two versions. `fields` are those that differ."""

    id: str
    was: Clause | None
    now: Clause | None
    fields: tuple[Reads, ...] = ()

    @property
    def kind(self) -> Kind:
        return "added" if self.was is None else "ended" if self.now is None else "changed"


@dataclass(frozen=True)
class CodesDifference:
    """The codes of one set and system that stand in it on one of the days only."""

    set: str
    system: str
    came: tuple[str, ...]
    went: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    first: date
    last: date
    title: tuple[str, str] | None  # on each of the days, where they differ
    clauses: tuple[ClauseDifference, ...]
    codes: tuple[CodesDifference, ...]
    alike: int  # clauses that are in force on both days in one version


def between(policy: Policy, first: date, last: date) -> Difference:
    """From the earlier of two days to the later, whichever is named first."""
    first, last = sorted((first, last))
    before, after = _in_force(policy, first), _in_force(policy, last)
    titles = (policy.title_on(first.isoformat()), policy.title_on(last.isoformat()))
    return Difference(
        first,
        last,
        titles if titles[0] != titles[1] else None,
        tuple(_clauses(before, after)),
        tuple(_codes(policy, first, last)),
        sum(1 for name, clause in before.items() if after.get(name) is clause),
    )


def _in_force(policy: Policy, day: date) -> dict[str, Clause]:
    return {clause.id: clause for clause in policy.clauses if day in clause.in_force}


def _clauses(before: dict[str, Clause], after: dict[str, Clause]) -> Iterator[ClauseDifference]:
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield ClauseDifference(name, was, now)
        elif was is not now:
            yield ClauseDifference(name, was, now, tuple(_fields(was, now)))


def _fields(was: Clause, now: Clause) -> Iterator[Reads]:
    earlier, later = ({"sentence": (one.sentence,), **dict(told(one))} for one in (was, now))
    for name in dict.fromkeys((*earlier, *later)):
        if earlier.get(name) != later.get(name):
            yield Reads(name, earlier.get(name, ()), later.get(name, ()))


def _codes(policy: Policy, first: date, last: date) -> Iterator[CodesDifference]:
    held = [{(row.set, row.system, row.code) for row in policy.codes if day in row.span} for day in (first, last)]
    for name, system in dict.fromkeys((row.set, row.system) for row in policy.codes):
        was, now = ({code for *of, code in one if of == [name, system]} for one in held)
        if was != now:
            yield CodesDifference(name, system, tuple(sorted(now - was)), tuple(sorted(was - now)))

"""P011: clauses that never decide, and findings found twice, because others hold whenever they do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product

from claimwright.days import ONE_DAY, starts
from claimwright.determine.decide import order, overrides, position
from claimwright.determine.membership import EPOCH_0
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.trees import All, leaves
from claimwright.documents.complaints import Complaint
from claimwright.lines.answers import Channel, Outcome
from claimwright.policies.lints.walk import document
from claimwright.proving.ways import Search, ways_of

STEPS = 2_000  # of one comparison; past it a clause counts as not shadowed


def complaints(plan: Plan, own: Collection[str]) -> Iterator[Complaint]:
    """The shadowed clauses of the policies with these ids, each compared with every clause of the plan."""
    shadows = _Shadows(plan)
    for ready in plan.clauses:
        if ready.policy.id in own:
            others = shadows.of(ready)
            if others:
                yield _complaint(ready, others)


def _complaint(ready: Ready, others: list[Ready]) -> Complaint:
    clause = ready.clause
    names = [other.clause.id if other.policy is ready.policy else other.clause.name for other in others]
    listed = " or ".join(dict.fromkeys(names))
    if clause.channel is Channel.COVERAGE:
        message = f"clause {clause.id} never decides: whenever it holds, {listed} comes before it"
        help_ = "narrow the other clause, let this one collect (another channel), or take it out"
    else:
        message = f"clause {clause.id} finds nothing new: whenever it holds, {listed} raises {clause.finding} as well"
        help_ = "narrow one of them, or take this one out"
    return Complaint(document(ready.policy), clause.line, "P011", message, help_)


@dataclass(frozen=True)
class _Shadows:
    plan: Plan

    @cached_property
    def _excepted(self) -> frozenset[tuple[str, str]]:
        return frozenset(ready.clause.excepts for ready in self.plan.clauses if ready.clause.excepts)

    def of(self, ready: Ready) -> list[Ready]:
        """The clauses that hold, in every view and on every day of its span, whenever this one does; none if not so."""
        found: dict[int, Ready] = {}
        for view in ready.clause.views:
            rivals = [other for other in self.plan.clauses if other.speaks(view) and self._rival(other, ready)]
            for day in self._days(ready, rivals) if rivals else ():
                here = [other for other in rivals if day in other.clause.in_force]
                holds, before = self._on(day, ready, here)
                if holds and not before:
                    return []
                found.update((other.number, other) for other in before)
            if not rivals:
                return []
        return list(found.values())

    def _rival(self, other: Ready, ready: Ready) -> bool:
        """Whether the other clause leaves this one nothing to do where it holds; its conditions and days aside."""
        one, two = other.clause, ready.clause
        if other is ready or one.each != two.each or one.channel != two.channel:
            return False
        if two.channel is not Channel.COVERAGE:
            return _finds_the_same(other, ready)
        return (
            two.excepts in {None, one.excepts}
            and not one.presumptive
            and (one.policy, one.id) not in self._excepted
            and _wins(other, ready)
            and self._reaches_as_far(other, ready)
            and not self._acts_otherwise(ready, other)
        )

    def _reaches_as_far(self, other: Ready, ready: Ready) -> bool:
        wide, narrow = other.policy, ready.policy
        if wide is narrow:
            return True
        if wide.stands_in:
            return False
        programs = [
            name for name in narrow.programs or tuple(self.plan.library.programs) if self._rank(ready, name) >= 0
        ]
        for far, near in (
            (wide.programs, tuple(programs)),
            (wide.payers, narrow.payers),
            (wide.contractors, narrow.contractors),
            (wide.forms, narrow.forms),
        ):
            if far and not (near and set(near) <= set(far)):
                return False
        return bool(programs) and all(self._rank(other, name) == self._rank(ready, name) for name in programs)

    def _rank(self, ready: Ready, program: str) -> int:
        known = self.plan.library.programs.get(program)
        return known.rank(ready.policy.instrument) if known else -1

    def _acts_otherwise(self, ready: Ready, other: Ready) -> bool:
        """Whether the clause does more than decide, or would decide once a mandate or contract sets the other aside."""
        if overrides(ready):
            return not overrides(other)
        set_aside = position(other) and not position(ready)
        return set_aside and any(
            overrides(third) and 0 <= self._rank(third, name) < self._rank(other, name)
            for third in self.plan.clauses
            for name in self.plan.library.programs
        )

    def _days(self, ready: Ready, rivals: list[Ready]) -> Iterator[date]:
        """A day of each stretch of the clause's span in which nothing changes that a comparison looks at."""
        span = ready.clause.in_force
        scopes = {leaf.scope for other in (ready, *rivals) for leaf in other.all_leaves}
        tables = [self.plan.membership[scope].starts for scope in scopes if scope in self.plan.membership]
        turns = {*starts([other.clause.in_force for other in rivals]), *self.plan.numbers.starts}.union(*tables)
        inside = sorted(day for day in turns if day in span and day != span.first)
        yield span.first or (inside[0] - ONE_DAY if inside else span.last or EPOCH_0)
        yield from inside

    def _on(self, day: date, ready: Ready, others: list[Ready]) -> tuple[bool, list[Ready]]:
        """Whether the clause can hold at all on a day, and those of the others that then always hold as well."""
        here = self.plan.with_numbers(ready, day)
        theirs = {other.number: All(self.plan.with_numbers(other, day).when) for other in others}
        read = [leaf for tree in (*here.when, *theirs.values()) for leaf in leaves(tree)]
        # a finding is made on what is known; an outcome has to stand however what is unknown turns out
        ways = ways_of(self.plan, read, day, unknown=ready.clause.channel is not Channel.COVERAGE)

        def always(numbers: Collection[int]) -> bool:
            search = Search(ways, STEPS)
            found = search.find(here.when, tuple(theirs[number] for number in numbers))
            return found is None and not search.cut

        if always(()):
            return False, []
        needed = [other.number for other in others]
        if not always(needed):
            return True, []
        for number in tuple(needed):
            fewer = [other for other in needed if other != number]
            needed = fewer if always(fewer) else needed
        return True, [other for other in others if other.number in needed]


def _wins(other: Ready, ready: Ready) -> bool:
    """Whether the other clause's outcome stands before this one's, whichever of what they need is there.

    Equal outcomes stand before it only in an earlier clause of the same document.
    """
    if other.clause.then is None or ready.clause.then is None:
        return False
    margin = 0.0 if other.policy is ready.policy and other.number < ready.number else 0.1
    needs = tuple(dict.fromkeys((*other.clause.needs, *ready.clause.needs)))
    for there in product((True, False), repeat=len(needs)):
        has = dict(zip(needs, there, strict=True))
        if _place(other, has) + margin > _place(ready, has):
            return False
    return True


def _place(ready: Ready, has: dict[str, bool]) -> float:
    """The place of a clause's outcome in the order, given what it needs is there or not."""
    if not all(has[need] for need in ready.clause.needs):
        return order(Outcome.NEEDS_DOCUMENTATION)
    return order(ready.clause.then if isinstance(ready.clause.then, Outcome) else Outcome.INDETERMINATE)


def _finds_the_same(other: Ready, ready: Ready) -> bool:
    one, two = other.clause, ready.clause
    return (
        other.policy is ready.policy
        and other.number < ready.number
        and one.finding == two.finding
        and one.severity.order <= two.severity.order
        and one.likelihood.order <= two.likelihood.order
    )

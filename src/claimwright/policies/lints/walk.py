"""Ways through a shelf that several lints take: versions of a clause, the facts and sets that its conditions read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from claimwright.policies.model import Clause, Condition, Library, Policy
from claimwright.policies.predicates import SET_PREDICATES, is_literal


def document(policy: Policy) -> str:
    return f"{policy.path}/policy.md"


def versions(policy: Policy) -> list[list[Clause]]:
    """The clauses of a policy by id, each in the order of its versions' first days."""
    by_id: dict[str, list[Clause]] = {}
    for clause in policy.clauses:
        by_id.setdefault(clause.id, []).append(clause)
    return [sorted(same, key=lambda clause: clause.in_force.first or date.min) for same in by_id.values()]


@dataclass(frozen=True)
class Read:
    """A condition on a declared fact; `through` is the derived fact that a clause named to reach it, if it did."""

    condition: Condition
    through: str = ""


def reads(condition: Condition, library: Library, seen: frozenset[str] = frozenset()) -> Iterator[Read]:
    """What a condition rests on once derived facts are opened; a derived fact inside itself is not opened again."""
    derived = library.derived.get(condition.fact)
    if derived is None:
        yield Read(condition)
    elif derived.name not in seen:
        for part in derived.of.conditions():
            for read in reads(part, library, seen | {derived.name}):
                yield Read(read.condition, derived.name)


def named_sets(condition: Condition, library: Library) -> Iterator[str]:
    """The names of code sets, and not the codes, in a condition on a code or a list of codes."""
    fact = library.fact(condition.fact)
    if fact and fact.type in {"code", "codes"} and condition.predicate.op in SET_PREDICATES:
        yield from (operand for operand in condition.predicate.operands if not is_literal(operand))


def sets_of(clause: Clause, library: Library) -> frozenset[str]:
    """Every code set a clause rests on: named by it, by a derived fact it reads, or counted by a fact it reads."""
    found: set[str] = set()
    for condition in clause.when:
        for read in reads(condition, library):
            found.update(named_sets(read.condition, library))
            fact = library.fact(read.condition.fact)
            if fact:
                found.update(name for name in (fact.counts, fact.sums, fact.uses) if name)
    return frozenset(found)

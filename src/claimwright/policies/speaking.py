"""Who speaks of a code: the sets in which it stands, and the clauses whose conditions name it or such a set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claimwright.policies.families import bounds
from claimwright.policies.lints.walk import Read, reads
from claimwright.policies.model import Clause, CodeRow, Condition, Library, Policy
from claimwright.policies.predicates import SET_PREDICATES

SHARED = ""  # where a row stands that several policies share


@dataclass(frozen=True)
class Stands:
    """One row of a code set that holds a code, by itself or in a family; `where` is a policy's id, or SHARED."""

    row: CodeRow
    where: str

    @property
    def family(self) -> bool:
        return bounds(self.row.code) is not None


@dataclass(frozen=True)
class Speaks:
    """A clause that speaks of a code, and each condition by which it does; `through` names the derived facts."""

    clause: Clause
    policy: Policy
    by: tuple[Read, ...]


def standing(code: str, library: Library) -> tuple[Stands, ...]:
    """Every row that holds a code (upper case, without a dot), on whatever day."""
    return tuple(
        Stands(row, where)
        for where, rows in ((SHARED, library.shared_codes), *((one.id, one.codes) for one in library.policies))
        for row in rows
        if holds(row, code)
    )


def holds(row: CodeRow, code: str) -> bool:
    """Whether a row holds a code: it is the code, or a family or range of it."""
    ends = bounds(row.code)
    if ends is None:
        return row.code == code
    return len(code) >= len(ends[0]) and ends[0] <= code[: len(ends[0])] <= ends[1]


def speaking(code: str, library: Library) -> tuple[Speaks, ...]:
    """Every clause version that names the code or a set that holds it on some day, in the order of the policies.

    A policy's own set hides a shared one of the same name.
    """
    found = standing(code, library)
    shared = {one.row.set for one in found if one.where == SHARED}
    return tuple(
        Speaks(clause, policy, by)
        for policy in library.policies
        for clause in policy.clauses
        if (by := tuple(_by(clause, {code} | (shared - policy.sets) | _own(policy, found), library)))
    )


def _own(policy: Policy, found: tuple[Stands, ...]) -> set[str]:
    return {one.row.set for one in found if one.where == policy.id}


def _by(clause: Clause, names: set[str], library: Library) -> Iterator[Read]:
    for condition in clause.when:
        for read in reads(condition, library):
            if _named(read.condition, library) & names:
                yield read


def _named(condition: Condition, library: Library) -> set[str]:
    """The sets and codes of a condition on codes; and the sets that a fact counts, sums up or reads."""
    fact = library.fact(condition.fact)
    if fact is None:
        return set()
    counted = {name for name in (fact.counts, fact.sums, fact.uses) if name}
    if fact.type in {"code", "codes"} and condition.predicate.op in SET_PREDICATES:
        return counted | set(condition.predicate.operands)
    return counted

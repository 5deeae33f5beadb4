"""Clauses made ready to run: each condition a leaf of a small tree of all, any and not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from claimwright.determine.membership import Membership
from claimwright.lines.answers import View
from claimwright.policies.model import Clause, Combination, Condition, Fact, Library, Policy, Predicate
from claimwright.policies.predicates import SET_PREDICATES, is_literal

SHARED = ""  # the scope of leaves that read shared code sets only


@dataclass(frozen=True)
class Leaf:
    """One predicate on one fact; `scope` is the policy whose code sets it reads."""

    scope: str
    fact: str
    predicate: Predicate

    def __str__(self) -> str:
        return f"{self.fact} {self.predicate}"


@dataclass(frozen=True)
class All:
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class Not:
    part: Tree


Tree = Leaf | All | AnyOf | Not


def leaves(tree: Tree) -> Iterator[Leaf]:
    match tree:
        case Leaf():
            yield tree
        case Not(part):
            yield from leaves(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)


@dataclass(frozen=True)
class Ready:
    """A clause with its conditions as trees. `number` is its place in the plan and means nothing outside it."""

    number: int
    clause: Clause
    policy: Policy
    when: tuple[Tree, ...]
    needs: tuple[tuple[str, Tree], ...]  # fact → it is there
    liability: tuple[tuple[str, Tree | None], ...]  # group → when; None is otherwise

    @cached_property
    def all_leaves(self) -> tuple[Leaf, ...]:
        """Every leaf that can touch the outcome, its needs or its liability, each once."""
        trees = [*self.when, *(tree for _, tree in self.needs), *(tree for _, tree in self.liability if tree)]
        return tuple(dict.fromkeys(leaf for tree in trees for leaf in leaves(tree)))

    def speaks(self, view: View) -> bool:
        return self.clause.speaks(view)


@dataclass(frozen=True)
class Plan:
    """A library made ready: clauses, and one membership table for each scope of code sets."""

    library: Library
    clauses: tuple[Ready, ...]
    membership: dict[str, Membership]

    def fact(self, leaf: Leaf) -> Fact:
        return self.library.facts[leaf.fact]

    def carried(self, leaf: Leaf) -> bool:
        """True when a column carries the leaf's fact; the others are stated by a source."""
        return bool(self.fact(leaf).column or self.fact(leaf).columns)

    def on_rows(self, tree: Tree) -> bool:
        """True when columns alone can judge it."""
        return all(self.carried(leaf) for leaf in leaves(tree))

    def judged_on_rows(self, ready: Ready) -> tuple[Tree, ...]:
        """The conditions that columns alone can judge."""
        return tuple(tree for tree in ready.when if self.on_rows(tree))

    def of_column_2(self, tree: Tree) -> bool:
        """True when a condition of a pair clause looks only at the column 2 line itself."""
        facts = [self.fact(leaf) for leaf in leaves(tree)]
        return not any(fact.type == "row of a table" or fact.column.startswith("column1_") for fact in facts)

    def left_to_stated(self, ready: Ready) -> tuple[Tree, ...]:
        """The conditions that need what a source states."""
        return tuple(tree for tree in ready.when if not self.on_rows(tree))


def make_ready(library: Library) -> Plan:
    """Prepare every clause of a library. Facts must be declared (the lints P005 and P006 see to it)."""
    ready: list[Ready] = []
    for policy in library.policies:
        for clause in policy.clauses:
            ready.append(
                Ready(
                    number=len(ready),
                    clause=clause,
                    policy=policy,
                    when=tuple(_tree(condition, policy.id, library) for condition in clause.when),
                    needs=tuple((fact, _yes(fact, library)) for fact in clause.needs),
                    liability=tuple((group, _liability(key, library)) for key, group in clause.liability),
                )
            )
    return Plan(library, tuple(ready), _memberships(library, ready))


def _tree(condition: Condition, scope: str, library: Library) -> Tree:
    derived = library.derived.get(condition.fact)
    if derived:
        built = _combined(derived.of, library)
        return built if condition.predicate.operands == ("yes",) else Not(built)
    fact = library.fact(condition.fact)
    if fact is None:
        raise KeyError(f"{condition.fact} is not a declared fact")
    return Leaf(scope, fact.name, condition.predicate)


def _combined(of: Combination, library: Library) -> Tree:
    parts = tuple(
        _combined(part, library) if isinstance(part, Combination) else _tree(part, SHARED, library) for part in of.parts
    )
    match of.op:
        case "all of":
            return All(parts)
        case "any of":
            return AnyOf(parts)
        case _:
            return Not(parts[0])


def _yes(fact: str, library: Library) -> Tree:
    return _tree(Condition(fact, Predicate("is", ("yes",))), SHARED, library)


def _liability(key: str, library: Library) -> Tree | None:
    """`otherwise` holds always; a fact holds when it is yes; a modifier when the line carries it."""
    if key == "otherwise":
        return None
    if is_literal(key):
        return _tree(Condition("modifiers", Predicate("in", (key,))), SHARED, library)
    return _yes(key, library)


def _memberships(library: Library, ready: list[Ready]) -> dict[str, Membership]:
    wanted: dict[str, dict[tuple[str, ...], None]] = {SHARED: {}}
    for clause in ready:
        for leaf in clause.all_leaves:
            fact = library.facts[leaf.fact]
            if fact.type in {"code", "codes"} and leaf.predicate.op in SET_PREDICATES:
                wanted.setdefault(leaf.scope, {})[leaf.predicate.operands] = None
    for fact in library.facts.values():
        if fact.counts:
            wanted[SHARED][(fact.counts,)] = None
    tables = {}
    for scope, operands in wanted.items():
        policy = library.policy(scope)
        own = policy.sets if policy else frozenset()
        # a policy's own set of a name stands before a shared one of the same name
        rows = [row for row in library.shared_codes if row.set not in own]
        tables[scope] = Membership([*rows, *(policy.codes if policy else ())], tuple(operands))
    return tables

"""Clauses made ready to run: each condition a leaf of a small tree of all, any and not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain

from claimwright.determine.membership import Membership
from claimwright.determine.numbers import Numbers
from claimwright.determine.trees import All, AnyOf, Leaf, Not, Told, Tree, leaves
from claimwright.lines.answers import Citation, View
from claimwright.policies.model import (
    Clause,
    Combination,
    Condition,
    Fact,
    Library,
    Policy,
    Predicate,
    Presumption,
    Program,
)
from claimwright.policies.predicates import SET_PREDICATES, is_literal, named_number

SHARED = ""  # the scope of leaves that read shared code sets only


@dataclass(frozen=True)
class Ready:
    """A clause with its conditions as trees. `number` is its place in the plan and means nothing outside it."""

    number: int
    clause: Clause
    policy: Policy
    when: tuple[Tree, ...]
    needs: tuple[tuple[str, Tree], ...]  # fact → it is there
    liability: tuple[tuple[str, Tree | None], ...]  # group → when; None is otherwise
    settings: tuple[tuple[str, float], ...] = ()  # the dated numbers that were written into its conditions

    @cached_property
    def all_leaves(self) -> tuple[Leaf, ...]:
        """Every leaf that can touch the outcome, its needs or its liability, each once."""
        trees = [*self.when, *(tree for _, tree in self.needs), *(tree for _, tree in self.liability if tree)]
        return tuple(dict.fromkeys(leaf for tree in trees for leaf in leaves(tree)))

    @cached_property
    def named_numbers(self) -> tuple[str, ...]:
        """The dated numbers that its conditions name, or named before they were written out."""
        operands = (operand for tree in self.when for leaf in leaves(tree) for operand in leaf.predicate.operands)
        named = (name for operand in operands if (name := named_number(operand)) is not None)
        return tuple(dict.fromkeys((*(name for name, _ in self.settings), *named)))

    def speaks(self, view: View) -> bool:
        return self.clause.speaks(view)


@dataclass(frozen=True)
class Plan:
    """A library made ready: clauses, and one membership table for each scope of code sets."""

    library: Library
    clauses: tuple[Ready, ...]
    membership: dict[str, Membership]
    numbers: Numbers
    _resolved: dict[tuple[int, tuple[tuple[str, float], ...]], Ready] = field(default_factory=dict, compare=False)
    # what explanations say of a clause, whatever the line: its citation under each title, and its lists' mark
    cited: dict[tuple[int, str], Citation] = field(default_factory=dict, compare=False)
    marked: dict[int, str] = field(default_factory=dict, compare=False)

    @cached_property
    def basis(self) -> dict[str, str]:
        """Policy, program and vocabulary → content hash, as answers name it."""
        return {name: f"sha256:{digest[:16]}" for name, digest in self.library.hashes.items()}

    @cached_property
    def told(self) -> tuple[tuple[str, Leaf, Tree], ...]:
        """The facts that hold what is said of a derived fact as a whole, with that leaf and its parts."""
        found = []
        for derived in self.library.derived.values():
            tree = _tree(Condition(derived.name, Predicate("is", ("yes",))), SHARED, self.library)
            if isinstance(tree, Told):
                found.append((tree.whole.fact, tree.whole, tree.parts))
        return tuple(found)

    def by_domain(self, leaf: Leaf) -> bool:
        """True when the values of its fact can be gone through one by one; not so days that are compared with days."""
        return self.fact(leaf).scalar and leaf.predicate.op != "within"

    def with_numbers(self, ready: Ready, day: date) -> Ready:
        """The clause with the dated numbers it names written out, as they stand on a day."""
        names = ready.named_numbers
        if not names:
            return ready
        settings = tuple((name, value) for name in names if (value := self.numbers.at(name, day)) is not None)
        key = (ready.number, settings)
        if key not in self._resolved:
            values = dict(settings)
            when = tuple(_written_out(tree, values) for tree in ready.when)
            self._resolved[key] = replace(ready, when=when, settings=settings)
        return self._resolved[key]

    def fact(self, leaf: Leaf) -> Fact:
        return self.library.facts[leaf.fact]

    def yes(self, fact: str) -> Tree:
        """The tree that says of a fact, or of a derived one, that it is so."""
        return _yes(fact, self.library)

    def carried(self, leaf: Leaf) -> bool:
        """True when a column carries the leaf's fact; the others are stated by a source."""
        return bool(self.fact(leaf).column or self.fact(leaf).columns)

    def filled_by(self, columns: Iterable[str]) -> frozenset[str]:
        """The facts that stand in any of these columns, by name."""
        return frozenset(name for column in columns for name in self._by_column.get(column, ()))

    @cached_property
    def _by_column(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for fact in self.library.facts.values():
            found.setdefault(fact.column, []).append(fact.name)
        return found

    def presumptions(self, program: Program) -> Iterator[tuple[Presumption, tuple[Tree, ...]]]:
        """What a program lets be presumed, with the conditions as trees."""
        for one in program.presume:
            yield one, tuple(_tree(condition, SHARED, self.library) for condition in one.when)

    def open_cases(self, program: Program) -> Iterator[tuple[Tree, ...]]:
        """The conditions, as trees, under which a program owns to deciding nothing."""
        for one in program.open:
            yield tuple(_tree(condition, SHARED, self.library) for condition in one.when)

    def presumed_on(self, program: Program, facts: Iterable[str]) -> tuple[Leaf, ...]:
        """The leaves on which it turns whether a program presumes any of these facts, and those they read in turn."""
        found: dict[Leaf, None] = {}
        waiting, met = list(facts), set(facts)
        presumed = [(self.library.fact(one.fact), trees) for one, trees in self.presumptions(program)]
        while waiting:
            name = waiting.pop()
            for leaf in (
                leaf for fact, trees in presumed if fact and fact.name == name for t in trees for leaf in leaves(t)
            ):
                found[leaf] = None
                if leaf.fact not in met:
                    met.add(leaf.fact)
                    waiting.append(leaf.fact)
        return tuple(found)

    def on_rows(self, tree: Tree) -> bool:
        """True when claim and tables alone can judge it."""
        return all(self.carried(leaf) and not self.fact(leaf).statable for leaf in leaves(tree))

    def judged_on_rows(self, ready: Ready) -> tuple[Tree, ...]:
        """The conditions that claim and tables alone can judge."""
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
    return Plan(library, tuple(ready), _memberships(library, ready), Numbers(library.numbers))


def _written_out(tree: Tree, values: dict[str, float]) -> Tree:
    """A tree with names of numbers replaced by their values; a number that has none on the day holds of nothing."""
    match tree:
        case Not(part):
            return Not(_written_out(part, values))
        case All(parts):
            return All(tuple(_written_out(part, values) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_written_out(part, values) for part in parts))
        case Told(whole, parts):
            return Told(whole, _written_out(parts, values))
    operands = tuple(
        operand if (name := named_number(operand)) is None else str(values.get(name, "nan"))
        for operand in tree.predicate.operands
    )
    return (
        tree if operands == tree.predicate.operands else replace(tree, predicate=Predicate(tree.predicate.op, operands))
    )


def _tree(condition: Condition, scope: str, library: Library) -> Tree:
    derived = library.derived.get(condition.fact)
    if derived:
        built = _combined(derived.of, library)
        if derived.stated_as:
            built = Told(Leaf(SHARED, derived.stated_as, Predicate("is", ("yes",))), built)
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
    stated = (
        condition
        for program in library.programs.values()
        for condition in program.conditions()
        if condition.fact in library.derived or library.fact(condition.fact)
    )
    by_programs = (leaf for condition in stated for leaf in leaves(_tree(condition, SHARED, library)))
    for leaf in chain(by_programs, *(clause.all_leaves for clause in ready)):
        fact = library.facts[leaf.fact]
        if fact.type in {"code", "codes"} and leaf.predicate.op in SET_PREDICATES:
            wanted.setdefault(leaf.scope, {})[leaf.predicate.operands] = None
    for fact in library.facts.values():
        for name in (fact.counts, fact.sums, fact.uses):
            if name:
                wanted[SHARED][(name,)] = None
    tables = {}
    for scope, operands in wanted.items():
        policy = library.policy(scope)
        own = policy.sets if policy else frozenset()
        # a policy's own set of a name stands before a shared one of the same name
        rows = [row for row in library.shared_codes if row.set not in own]
        tables[scope] = Membership([*rows, *(policy.codes if policy else ())], tuple(operands))
    return tables

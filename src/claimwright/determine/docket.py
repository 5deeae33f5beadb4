"""The coverage clauses that lines of one kind have to face, and what can be asked about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from claimwright.determine import stated as stating
from claimwright.determine.plan import Leaf, Plan, Ready
from claimwright.determine.stated import Cell
from claimwright.policies.model import Combination, Program


@dataclass(frozen=True)
class Docket:
    """The coverage clauses that lines of one kind have to face, first authority first."""

    plan: Plan
    program: Program
    clauses: tuple[Ready, ...]

    def rank(self, ready: Ready) -> int:
        return self.program.rank(ready.policy.instrument)

    @cached_property
    def questions(self) -> dict[str, int]:
        """Facts in the order in which the program asks; a derived fact stands for those it is made of."""
        return {fact: place for place, fact in enumerate(_questions(self))}

    @cached_property
    def readers(self) -> dict[str, tuple[Leaf, ...]]:
        """For each fact that a source must state: the leaves that read it."""
        found: dict[str, dict[Leaf, None]] = {}
        for ready in self.clauses:
            for leaf in ready.all_leaves:
                if not self.plan.carried(leaf):
                    found.setdefault(leaf.fact, {})[leaf] = None
        return {fact: tuple(leaves_of) for fact, leaves_of in found.items()}

    @cached_property
    def domains(self) -> dict[str, tuple[Cell, ...]]:
        """For each of those facts: one value for each way it can turn out, as far as its readers can tell."""
        return {fact: self._domain(fact, leaves_of) for fact, leaves_of in self.readers.items()}

    def narrowed(self, fact: str, possible: frozenset[Cell]) -> tuple[Cell, ...]:
        """The ways a fact can still turn out when it is one of these values."""
        return self._distinct(fact, tuple(sorted(possible, key=str)))

    def _domain(self, fact: str, readers: tuple[Leaf, ...]) -> tuple[Cell, ...]:
        return self._distinct(fact, stating.cells_of(self.plan.library.facts[fact], readers))

    def alike(self, fact: str, cell: Cell, among: frozenset[Cell] | None) -> tuple[Cell, ...]:
        """The values of a fact that no clause can tell from this one (of those it may still have)."""
        readers = self.readers[fact]
        cells = stating.cells_of(self.plan.library.facts[fact], readers)
        kind = self.plan.library.facts[fact].type
        truths = [stating.leaf_over(leaf, kind, (*cells, cell)) for leaf in readers]
        same = [place for place in range(len(cells)) if all(values[place] == values[-1] for values in truths)]
        return tuple(cells[place] for place in same if among is None or cells[place] in among) or (cell,)

    def _distinct(self, fact: str, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        kind, readers = self.plan.library.facts[fact].type, self.readers[fact]
        distinct: dict[tuple[int, ...], Cell] = {}
        for place, truths in enumerate(zip(*(stating.leaf_over(leaf, kind, cells) for leaf in readers), strict=True)):
            distinct.setdefault(truths, cells[place])
        return tuple(distinct.values())


def _questions(docket: Docket) -> tuple[str, ...]:
    library = docket.plan.library
    asked: dict[str, None] = {}

    def add(name: str) -> None:
        derived = library.derived.get(name)
        if derived is None:
            fact = library.fact(name)
            asked[fact.name if fact else name] = None
            return
        for condition in _conditions(derived.of):
            add(condition)

    for name in docket.program.ask:
        add(name)
    for ready in docket.clauses:
        for leaf in ready.all_leaves:
            asked.setdefault(leaf.fact, None)
    return tuple(asked)


def _conditions(of: Combination) -> Iterator[str]:
    for part in of.parts:
        if isinstance(part, Combination):
            yield from _conditions(part)
        else:
            yield part.fact

"""The coverage clauses that lines of one kind have to face, and what can be asked about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from claimwright.determine import stated as stating
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.stated import Cell
from claimwright.determine.trees import Leaf, Tree
from claimwright.policies.model import Program


@dataclass(frozen=True)
class Docket:
    """The coverage clauses that lines of one kind have to face, first authority first."""

    plan: Plan
    program: Program
    clauses: tuple[Ready, ...]
    payer: str | None = None  # one of several that it may be: its key, where its own policies are loaded
    called: str = ""  # and who that is, in words

    def rank(self, ready: Ready) -> int:
        return self.program.rank(ready.policy.instrument)

    @cached_property
    def questions(self) -> dict[str, int]:
        """Facts in the order in which the program asks; a derived fact stands for those it is made of."""
        return {fact: place for place, fact in enumerate(_questions(self))}

    @cached_property
    def presumptions(self) -> tuple[tuple[str, tuple[Cell, ...], tuple[Tree, ...]], ...]:
        """What the program lets be presumed here: a fact, the values in their order, and the conditions."""
        found = []
        for one, trees in self.plan.presumptions(self.program):
            fact = self.plan.library.fact(one.fact)
            if fact is not None and fact.name in self.readers:
                found.append((fact.name, tuple(stating.of_word(value) for value in one.values), trees))
        return tuple(found)

    @cached_property
    def readers(self) -> dict[str, tuple[Leaf, ...]]:
        """For each fact that has one value: the leaves that read it, in clauses and in what may be presumed."""
        found: dict[str, dict[Leaf, None]] = {}
        decide = [leaf for ready in self.clauses for leaf in ready.all_leaves]
        presume = self.plan.presumed_on(self.program, {leaf.fact for leaf in decide})
        for leaf in (*decide, *presume):
            if self.plan.by_domain(leaf):
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

    def chosen(self, fact: str, wanted: Cell, among: tuple[Cell, ...]) -> Cell | None:
        """Which of some values of a fact its clauses cannot tell from a wanted one; None when it is none of them."""
        kind, readers = self.plan.library.facts[fact].type, self.readers[fact]
        truths = [stating.leaf_over(leaf, kind, (*among, wanted)) for leaf in readers]
        return next((cell for at, cell in enumerate(among) if all(values[at] == values[-1] for values in truths)), None)

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
        for condition in derived.of.conditions():
            add(condition.fact)

    for name in docket.program.ask:
        add(name)
    for ready in docket.clauses:
        for leaf in ready.all_leaves:
            asked.setdefault(leaf.fact, None)
    return tuple(asked)

"""Grows the diagram of one program: asks in the program's order, and remembers every remainder it has met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from claimwright.determine import ask
from claimwright.determine.decide import State, Variable, Verdict, Walk
from claimwright.determine.graph import words
from claimwright.determine.graph.claim import Faced
from claimwright.determine.graph.diagram import Diagram, Unseen, end_of
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.stated import Cell, of_word
from claimwright.determine.stations import CONSTANT, Station
from claimwright.determine.trees import Leaf, Tree, reduce
from claimwright.determine.truth import FALSE, UNKNOWN
from claimwright.lines.answers import Outcome

STEPS = 20_000  # remainders that are looked at for one program; past it the graph is cut, and says so
NOTHING_SAYS = "no loaded policy decides this case"


@dataclass(frozen=True)
class Asked:
    """A question as a box shows it: what it is about, the question itself, and who usually knows."""

    name: str
    text: str
    who: str = ""


@dataclass
class Growth:
    """One program's part of a diagram. `usual` is taken for granted where a clause reads it (`granted` says what was).

    `alike` are outcomes that share one box whatever they need.
    """

    diagram: Diagram
    faced: Faced
    walk: Walk
    plan: Plan
    usual: Sequence[tuple[str, str]]
    alike: frozenset[Outcome]
    granted: dict[str, str] = field(default_factory=dict)  # fact → what was taken for granted of it
    asked: dict[Variable, Asked] = field(default_factory=dict)
    steps: int = 0
    _been: dict[State, int] = field(default_factory=dict)

    @cached_property
    def _begun(self) -> State:
        """What is left to know once the usual is taken for granted."""
        state = self.walk.start
        for word, value in self.usual:
            fact = self.plan.library.fact(word)
            cell = self._cell(fact.name, of_word(value)) if fact else None
            if fact is not None and cell is not None:
                self.granted[fact.name] = f"{fact.name}: {dict(fact.values).get(value, value)}"
                state = self.walk.fix(state, fact.name, cell)
        return state

    def begins(self) -> Variable | None:
        """The first question of all, where it is the one with which the program begins."""
        asked = self.walk.first_asked(self._begun)
        return asked if asked == next(iter(self.walk.docket.questions), None) else None

    def told(self, facts: Mapping[str, Cell]) -> State:
        """What is left to know once some facts are told; nothing changes where no clause reads them."""
        state = self._begun
        for fact, value in facts.items():
            cell = self._cell(fact, value)
            if cell is not None:
                state = self.walk.fix(state, fact, cell)
        return state

    def _cell(self, fact: str, value: Cell) -> Cell | None:
        """Which of the ways a fact can turn out has this value; None where that makes no difference."""
        cells = self.walk.cells.get(fact, ())
        return self.walk.docket.chosen(fact, value, cells) if len(cells) > 1 else None

    def grow(self, state: State) -> int:
        """The vertex of a remainder."""
        found = self._been.get(state)
        if found is None:
            found = self._been[state] = self._grown(state)
        return found

    def _grown(self, state: State) -> int:
        self.steps += 1
        variable = self.walk.first_asked(state)
        if variable is None:
            verdict = self.walk.settle(state)
            assert isinstance(verdict, Verdict)
            silence = silence_of(self.faced.station) or (NOTHING_SAYS,)
            end = end_of(verdict, silence, self._original, self.alike)
            return self.diagram.end(end, self.faced.branch.name, map(self._original, verdict.by))
        if self.steps > STEPS:
            return self.diagram.number(Unseen())
        if variable not in self.asked:
            self.asked[variable] = self.asking(variable)
        cells = self.walk.ways(variable)
        led = [self.grow(self.walk.fix(state, variable, cell)) for cell in cells]
        return self.diagram.ask(variable, led, lambda groups: self._said(variable, cells, groups))

    def _original(self, ready: Ready) -> Ready:
        """The clause with what it needs, and with whom would bear a denial at this payer."""
        whole = self.plan.clauses[ready.number]
        trees = zip(whole.clause.liability, whole.liability, strict=True)
        bears = tuple(written for written, (_, tree) in trees if tree is None or self._may_hold(tree))
        return replace(whole, clause=replace(whole.clause, liability=bears))

    def _may_hold(self, tree: Tree) -> bool:
        """Whether a condition can hold at this payer, whatever else is on the line."""
        known = self.walk.known.carried
        return reduce(tree, lambda leaf: known.get(leaf, UNKNOWN) if leaf.fact in CONSTANT else UNKNOWN) != FALSE

    def asking(self, variable: Variable) -> Asked:
        """How something unknown is asked; what no fact's domain settles is asked by its condition."""
        if isinstance(variable, Leaf):
            fact = self.plan.fact(variable)
            return Asked(fact.name, f"Is this so of {fact.says}: {variable.predicate}?", fact.who)
        fact = self.plan.library.facts[variable]
        return Asked(fact.name, ask.text(self.walk.docket, fact), fact.who)

    def _said(self, variable: Variable, cells: tuple[Cell, ...], groups: list[list[int]]) -> Sequence[words.Said]:
        if isinstance(variable, Leaf):
            return [words.of_names([words.name(cells[place]) for place in group]) for group in groups]
        docket = self.walk.docket
        whole = [[one for place in group for one in docket.alike(variable, cells[place], None)] for group in groups]
        return words.of_fact(self.plan.library.facts[variable], whole, docket.readers[variable])


def silence_of(station: Station) -> tuple[str, ...]:
    """Why a station says nothing, or not all of it."""
    return tuple(silence.why or silence.name.value for silence in station.silences)

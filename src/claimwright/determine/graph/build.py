"""The decision graph of one code at one payer, or at several: generated from the clauses in force, never drawn by hand.

Within a program questions come in the program's own order. Over several programs the first question is the one of the
chart with which some program begins, such as the purpose; then who pays, then whatever that program still asks. What
leads to the same place in two programs is one box.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claimwright.determine.any_payer import PAYER
from claimwright.determine.engine import Engine
from claimwright.determine.graph import words
from claimwright.determine.graph.boxes import Boxes
from claimwright.determine.graph.claim import PLAIN, Branch, Faced, PlainClaim
from claimwright.determine.graph.diagram import Diagram, End
from claimwright.determine.graph.folded import folded
from claimwright.determine.graph.grow import Asked, Growth, silence_of
from claimwright.determine.graph.model import Graph, Kind, Node, cut
from claimwright.determine.plan import Plan, make_ready
from claimwright.lines.answers import COVERING, Outcome
from claimwright.policies.model import Fact, Library

BOXES = 150  # in one graph; past it the graph is cut, and says so
WHICH = Asked("payer", "Which payer is billed?")


def programs_of(library: Library) -> tuple[Branch, ...]:
    """One branch for each program, its payer not named."""
    first: dict[str, str] = {}
    for program in library.programs.values():
        first.setdefault(program.title, program.id)  # lines of business that one document serves are one way
    return tuple(Branch(title, {"program": name}) for title, name in first.items())


def chart(
    engine: Engine,
    branches: Sequence[Branch],
    code: str,
    day: date,
    *,
    full: bool = False,
    usual: Sequence[tuple[str, str]] | None = None,
    most: int = BOXES,
) -> Graph:
    """The decision graph of a code on a day, as documented, at each of these payers.

    What a program calls usual is taken for granted, unless the graph is to be `full`; `usual` (fact or derived fact →
    value) stands in its place. At most `most` boxes are kept. Raises ValueError when no branch is given, or when a
    branch, the code or the state is not what a case can hold.
    """
    if not branches:
        raise ValueError("a graph needs a payer or a program")
    plan = make_ready(folded(engine.library))
    claim = PlainClaim(engine, plan, code, day)
    every = [claim.at(branch) for branch in branches]
    faced = [one for one in every if one.spoken_of] or every[:1]
    part = _Part(plan, faced, () if full else usual, frozenset())
    alike = part.alike()
    if alike:
        part = _Part(plan, faced, () if full else usual, alike)
    boxes = Boxes(part.diagram, part.asked(), plan.library, day)
    nodes, edges = boxes.under(Node("start", Kind.START, code, f"service on {day}"), part.root)
    title = f"{code} · {' · '.join(one.branch.name for one in faced)}"
    unspoken = tuple(one.branch.name for one in every if one not in faced)
    return cut(Graph(title, code, day, nodes, edges, (PLAIN, *part.granted()), unspoken), most)


class _Part:
    """A diagram grown over some payers; `alike` are outcomes that share one box whatever they need."""

    def __init__(
        self, plan: Plan, faced: Sequence[Faced], usual: Sequence[tuple[str, str]] | None, alike: frozenset[Outcome]
    ) -> None:
        self.plan, self.faced = plan, faced
        self.diagram = Diagram()
        self.growing: list[Growth] = []
        for one in faced:
            if one.walk is not None:
                granted = one.walk.docket.program.usual if usual is None else usual
                self.growing.append(Growth(self.diagram, one, one.walk, plan, granted, alike))
        self.root = self._rooted()

    def _rooted(self) -> int:
        fact = self._first()
        if fact is None:
            return self._payer({})
        values = [name for name, _ in fact.values]
        led = [self._payer({fact.name: value}) for value in values]
        return self.diagram.ask(
            fact.name, led, lambda groups: words.of_fact(fact, [[values[at] for at in one] for one in groups], ())
        )

    def _first(self) -> Fact | None:
        """What is asked before the payer: what the chart shows, where some program begins with it."""
        for one in self.growing if len(self.growing) > 1 else ():
            begins = one.begins()
            fact = self.plan.library.facts.get(begins) if isinstance(begins, str) else None
            if fact is not None and fact.type == "choice" and "chart" in fact.sources:
                return fact
        return None

    def _payer(self, told: dict[str, str]) -> int:
        """Which payer is billed, where that matters once this much is told."""
        led = [one.grow(one.told(told)) for one in self.growing]
        names = [one.faced.branch.name for one in self.growing]
        for one in self.faced:
            if one.walk is None:
                end = End(Outcome.INDETERMINATE, silence=silence_of(one.station))
                led.append(self.diagram.end(end, one.branch.name, ()))
                names.append(one.branch.name)
        return self.diagram.ask(
            PAYER, led, lambda groups: [words.of_names([names[at] for at in one]) for one in groups]
        )

    def alike(self) -> frozenset[Outcome]:
        """Outcomes that cover, of which each payer has one box at most, and not all the same needs."""
        found: dict[Outcome, dict[str, set[tuple[tuple[str, str], ...]]]] = {}
        for number, by in self.diagram.by.items():
            end = self.diagram.vertices[number]
            if isinstance(end, End) and end.outcome in COVERING:
                for branch in by:
                    found.setdefault(end.outcome, {}).setdefault(branch, set()).add(end.needs)
        return frozenset(
            outcome
            for outcome, branches in found.items()
            if all(len(needs) == 1 for needs in branches.values()) and len(set().union(*branches.values())) > 1
        )

    def asked(self) -> dict[object, Asked]:
        """What is asked, and how, for everything a question of the diagram may stand for."""
        found: dict[object, Asked] = {PAYER: WHICH}
        for one in self.growing:
            for variable, asked in one.asked.items():
                found.setdefault(variable, asked)
        first = self._first()
        for one in self.growing:
            if first is not None and first.name in one.walk.cells:
                found.setdefault(first.name, one.asking(first.name))
        return found

    def granted(self) -> tuple[str, ...]:
        """What was taken for granted, and for which payer where others that read the fact did not."""
        found: dict[str, list[str]] = {}
        open_to = {fact for one in self.growing for fact in one.walk.cells if fact not in one.granted}
        for one in self.growing:
            for fact, said in one.granted.items():
                found.setdefault(said, []).extend([one.faced.branch.name] if fact in open_to else [])
        return tuple(f"{said}, at {words.listed(names)} only" if names else said for said, names in found.items())

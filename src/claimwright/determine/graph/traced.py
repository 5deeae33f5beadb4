"""Where somebody stands on a decision graph who has answered some questions: the path taken, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claimwright.determine.any_payer import PAYER
from claimwright.determine.decide import Walk
from claimwright.determine.engine import Engine
from claimwright.determine.graph import words
from claimwright.determine.graph.build import chart
from claimwright.determine.graph.claim import Branch
from claimwright.determine.graph.model import Edge, Graph, Kind, Node
from claimwright.determine.guide import Guide
from claimwright.determine.plan import Plan
from claimwright.determine.trees import Tree, leaves
from claimwright.determine.truth import FALSE, TRUE, UNKNOWN
from claimwright.policies.model import Fact


@dataclass(frozen=True)
class Trace:
    """`taken` are the boxes from the start to `here`, `still` those that can be reached from there; edges as pairs."""

    here: str
    taken: tuple[str, ...]
    still: frozenset[str]
    ways_taken: frozenset[tuple[str, str]]
    ways_still: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Drawing:
    """What the chart of a guided check is made from; equal ones give equal charts.

    `usual` is None where each program's own stands.
    """

    branches: tuple[Branch, ...]
    usual: tuple[tuple[str, str], ...] | None

    def __hash__(self) -> int:
        named = tuple((one.name, tuple(sorted(one.payer.items())), one.state) for one in self.branches)
        return hash((named, self.usual))

    def graph(self, engine: Engine, code: str, day: date) -> Graph:
        return chart(engine, self.branches, code, day, usual=self.usual)


def drawing_of(begun: Guide, guide: Guide, state: str | None = None) -> Drawing:
    """The chart along which a guided check goes that began so: at its payer, or where nobody told one, at every payer.

    What a program calls usual is taken for granted until it is asked or told.
    """
    dockets = [docket for docket, _ in begun.engine.combinations.dockets(begun.combination)]
    if begun.combination.station.instead:
        branches = tuple(
            Branch(one.called, {"program": one.program.id, **({"key": one.payer} if one.payer else {})}, state)
            for one in dockets
        )
    else:
        payer = begun.case.payer.model_dump(exclude_none=True)
        name = dockets[0].program.title if dockets else str(payer.get("name") or payer.get("program") or "this payer")
        branches = (Branch(name, payer, state),)
    usual: dict[str, str] = {}
    for docket in dockets:
        for name, value in docket.program.usual:
            usual.setdefault(name, value)
    touched, plan = _touched(guide), guide.engine.plan
    left = tuple((name, value) for name, value in usual.items() if not (_facts(name, plan) & touched))
    return Drawing(branches, None if len(left) == len(usual) else left)


def _touched(guide: Guide) -> set[str]:
    """The facts that were told, or are being asked."""
    told = {step.question.fact for step in guide.steps}
    told |= {fact.name if (fact := guide.engine.library.fact(name)) else name for name in guide.case.facts}
    return told | ({guide.question.fact} if guide.question else set())


def _facts(name: str, plan: Plan) -> set[str]:
    fact = plan.library.fact(name)
    return {fact.name} if fact else {leaf.fact for leaf in leaves(plan.yes(name))}


def trace(graph: Graph, guide: Guide) -> Trace:
    """Follow a graph as far as the answers lead; a question that is open, or that nobody here knows, ends the path."""
    walks = guide.engine.combinations.walks(guide.combination)
    here, taken = graph.nodes[0], [graph.nodes[0].id]
    ways_taken = set()
    while len(found := _possible(here, graph.leaving[here.id], guide, walks)) == 1:
        ways_taken.add((here.id, found[0].target))
        here = graph.by_id[found[0].target]
        taken.append(here.id)
    still: set[str] = set()
    ways_still = set()
    waiting = [here.id]
    while waiting:
        node = waiting.pop()
        for edge in _possible(graph.by_id[node], graph.leaving[node], guide, walks):
            ways_still.add((node, edge.target))
            if edge.target not in still:
                still.add(edge.target)
                waiting.append(edge.target)
    return Trace(here.id, tuple(taken), frozenset(still), frozenset(ways_taken), frozenset(ways_still))


def _possible(node: Node, edges: tuple[Edge, ...], guide: Guide, walks: Sequence[Walk]) -> list[Edge]:
    """The ways that the answers so far leave open; all of them, where they tell nothing."""
    names = _answers(node, guide, walks) if node.kind is Kind.QUESTION else None
    left = [edge for edge in edges if names is None or names & set(edge.answers)]
    return left or list(edges)


def _answers(node: Node, guide: Guide, walks: Sequence[Walk]) -> set[str] | None:
    """What a question may still be answered with, as the graph calls it; None where nothing was told that says."""
    if node.fact == PAYER:
        said = [step.answer for step in guide.steps if step.question.fact == PAYER and step.answer]
        return {said[-1]} if said else None
    for walk in walks:
        found = _of(node.fact, walk, guide.engine.library.facts.get(node.fact))
        if found is not None:
            return found
    return None


def _of(name: str, walk: Walk, fact: Fact | None) -> set[str] | None:
    docket = walk.docket
    if fact is None:
        tree = _tree(name, walk)
        truth = UNKNOWN if tree is None else walk.truth(tree, {})
        return None if truth == UNKNOWN else {"yes"} if truth == TRUE else {"no"} if truth == FALSE else None
    cells = walk.cells.get(name)
    if cells is None or len(cells) == len(docket.domains[name]) or fact.type in {"number", "date"}:
        return None  # nobody told it; or the graph says it in ranges
    possible = walk.known.stated.possible(name)
    return {words.name(one) for cell in cells for one in docket.alike(name, cell, possible)}


def _tree(name: str, walk: Walk) -> Tree | None:
    """A derived fact, or a condition that a graph asks by its own words; None where this walk reads it not."""
    plan = walk.docket.plan
    if name in plan.library.derived:
        tree = plan.yes(name)
        read = all(leaf.fact in walk.cells or not plan.by_domain(leaf) for leaf in leaves(tree))
        return tree if read else None
    return next((leaf for ready in walk.docket.clauses for leaf in ready.all_leaves if str(leaf) == name), None)

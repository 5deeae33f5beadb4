"""A decision graph as data: nodes and edges that a face draws, and the walk along it that a reader would take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from claimwright.lines.answers import Likelihood, Outcome


class Kind(StrEnum):
    START = "start"
    QUESTION = "question"
    OUTCOME = "outcome"
    CUT = "cut"  # more follows, and is not shown


@dataclass(frozen=True)
class Need:
    """What an outcome that covers stands on: a fact, or words. `only` names the branches that ask it, if not all do."""

    fact: str
    text: str
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bearer:
    """Who would bear a denial: a group code, and on what condition ("" where no other holds); `only` as for needs."""

    group: str
    text: str = ""
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Node:
    """A box of the graph.

    A question has `fact` and `detail`, the question as it is asked. An outcome has the clauses that give it, first
    authority first, their findings, and the codes a denial would carry; `liability` says who would bear it.
    `presumed` marks an outcome that is never more than presumed.
    """

    id: str
    kind: Kind
    label: str
    detail: str = ""
    fact: str = ""
    who: str = ""
    outcome: Outcome | None = None
    likelihood: Likelihood | None = None
    clauses: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    liability: tuple[Bearer, ...] = ()
    needs: tuple[Need, ...] = ()
    presumed: bool = False


@dataclass(frozen=True)
class Edge:
    """All answers to one question that lead to one node; `label` says them together."""

    source: str
    target: str
    answers: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Graph:
    """Nodes in the order in which a reader meets them, the start first; no edge leads back.

    `assumed` says what was taken for granted, `unspoken` the programs of which no policy speaks of the code, `left_out`
    how many nodes were cut off.
    """

    title: str
    code: str
    day: date
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    assumed: tuple[str, ...] = ()
    unspoken: tuple[str, ...] = ()
    left_out: int = 0

    @cached_property
    def by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def leaving(self) -> dict[str, tuple[Edge, ...]]:
        """The edges that leave each node, in the order of their answers."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
        return {node: tuple(edges) for node, edges in found.items()}

    def paths(self) -> Iterator[tuple[tuple[tuple[str, tuple[str, ...]], ...], Node]]:
        """Every way from the start to an end: (fact, the answers that take this way), and the node it ends in."""
        yield from self._paths(self.nodes[0].id, ())

    def _paths(
        self, here: str, so_far: tuple[tuple[str, tuple[str, ...]], ...]
    ) -> Iterator[tuple[tuple[tuple[str, tuple[str, ...]], ...], Node]]:
        node = self.by_id[here]
        if not self.leaving[here]:
            yield so_far, node
        for edge in self.leaving[here]:
            step = ((node.fact, edge.answers),) if node.kind is Kind.QUESTION else ()
            yield from self._paths(edge.target, (*so_far, *step))

    def follow(self, answer: Callable[[str], str]) -> Node:
        """Where somebody ends who answers each question they meet; `answer` gives the answer for a fact.

        Raises KeyError for an answer that the question does not know.
        """
        here = self.nodes[0]
        while edges := self.leaving[here.id]:
            if here.kind is Kind.QUESTION:
                said = answer(here.fact)
                edges = tuple(edge for edge in edges if said in edge.answers)
                if not edges:
                    raise KeyError(f"{here.fact}: {said}")
            here = self.by_id[edges[0].target]
        return here


def cut(graph: Graph, most: int) -> Graph:
    """The graph with at most so many nodes, those nearest to the start; one node stands for all that is cut off.

    `most` is at least 2: the start, and that node.
    """
    if len(graph.nodes) <= most:
        return graph
    near: dict[str, None] = {}
    waiting = [graph.nodes[0].id]
    while waiting and len(near) < most - 1:
        here = waiting.pop(0)
        if here not in near:
            near[here] = None
            waiting.extend(edge.target for edge in graph.leaving[here])
    gone = len(graph.nodes) - len(near)
    more = Node("more", Kind.CUT, "More follows", f"{gone} further boxes are not shown")
    edges: dict[tuple[str, str], Edge] = {}
    for edge in graph.edges:
        if edge.source in near:
            target = edge.target if edge.target in near else more.id
            met = edges.get((edge.source, target))
            if met is None:
                edges[edge.source, target] = replace(edge, target=target)
            else:
                label = f"{met.label}; {edge.label}"
                edges[edge.source, target] = replace(met, answers=(*met.answers, *edge.answers), label=label)
    kept = tuple(node for node in graph.nodes if node.id in near)
    return replace(graph, nodes=(*kept, more), edges=tuple(edges.values()), left_out=graph.left_out + gone)

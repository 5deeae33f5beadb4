"""From a diagram to the boxes of a graph: what each says, numbered in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from claimwright.determine.graph.diagram import Ask, Diagram, End, found, needed
from claimwright.determine.graph.grow import Asked
from claimwright.determine.graph.model import Bearer, Edge, Kind, Need, Node
from claimwright.determine.plan import Ready
from claimwright.lines.answers import COVERING
from claimwright.policies.model import Library
from claimwright.policies.predicates import is_literal


@dataclass(frozen=True)
class Boxes:
    """What the vertices of a diagram say: `asked` words their questions, the library their conditions."""

    diagram: Diagram
    asked: Mapping[object, Asked]
    library: Library
    day: date

    def under(self, start: Node, root: int) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
        """The boxes and edges that the root leads to, the nearest first, under a first box."""
        names = {number: f"n{place}" for place, number in enumerate(self._met(root), start=1)}
        edges = [Edge(start.id, names[root])]
        for number, name in names.items():
            vertex = self.diagram.vertices[number]
            if isinstance(vertex, Ask):
                edges.extend(Edge(name, names[child], answers, label) for answers, label, child in vertex.ways)
        return (start, *(self._node(name, number) for number, name in names.items())), tuple(edges)

    def _met(self, root: int) -> Iterator[int]:
        """Every vertex that can be reached, nearest first, each once."""
        waiting, seen = [root], {root}
        while waiting:
            number = waiting.pop(0)
            yield number
            vertex = self.diagram.vertices[number]
            for _, _, child in vertex.ways if isinstance(vertex, Ask) else ():
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)

    def _node(self, name: str, number: int) -> Node:
        match self.diagram.vertices[number]:
            case Ask(variable):
                asked = self.asked[variable]
                return Node(name, Kind.QUESTION, asked.name, asked.text, str(variable), asked.who)
            case End() as end:
                return self._outcome(name, end, self.diagram.by.get(number, {}))
            case _:
                return Node(name, Kind.CUT, "More follows", "there are too many combinations to work out here")

    def _outcome(self, name: str, end: End, by: Mapping[str, Mapping[str, Ready]]) -> Node:
        clauses = {name: ready for ready_of in by.values() for name, ready in ready_of.items()}
        titles = dict.fromkeys(ready.policy.title_on(str(self.day)) for ready in clauses.values())
        covers = end.outcome in COVERING
        return Node(
            name,
            Kind.OUTCOME,
            end.outcome.words,
            "; ".join(titles or end.silence),
            outcome=end.outcome,
            likelihood=end.likelihood,
            clauses=tuple(clauses),
            findings=found(clauses.values()),
            codes=end.codes,
            liability=() if covers else tuple(self._bearers(by)),
            needs=tuple(self._needs(by)) if covers else (),
            presumed=end.presumed,
        )

    def _needs(self, by: Mapping[str, Mapping[str, Ready]]) -> Iterator[Need]:
        """What the clauses stand on, each once."""
        for (fact, text), only in _shared({branch: needed(ready_of.values()) for branch, ready_of in by.items()}):
            yield Need(fact, text or self._said(fact), only)

    def _bearers(self, by: Mapping[str, Mapping[str, Ready]]) -> Iterator[Bearer]:
        """Who would bear a denial by the first clause of each branch, the group that nothing else displaces last."""
        rows = {}
        for branch, ready_of in by.items():
            first = next(iter(ready_of.values()), None)
            rows[branch] = first.clause.liability if first else ()
        for (key, group), only in _shared(rows):
            yield Bearer(group, "" if key == "otherwise" else self._said(key), only)

    def _said(self, key: str) -> str:
        """That a fact holds, or that the line carries a modifier."""
        return f"the line carries {key}" if is_literal(key) else self.library.asked(key).says.removeprefix("whether ")


_Thing = TypeVar("_Thing", bound=Hashable)


def _shared(of_branch: Mapping[str, Iterable[_Thing]]) -> Iterator[tuple[_Thing, tuple[str, ...]]]:
    """Each thing once, with the branches that have it, none named where all have it."""
    having: dict[_Thing, list[str]] = {}
    for branch, things in of_branch.items():
        for thing in things:
            having.setdefault(thing, []).append(branch)
    for thing, branches in having.items():
        yield thing, () if len(branches) == len(of_branch) else tuple(branches)

"""From a diagram to the boxes of a graph: what each says, numbered in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from claimwright.determine.graph.diagram import Ask, Diagram, End, found, needed
from claimwright.determine.graph.grow import Asked
from claimwright.determine.graph.model import Edge, Kind, Need, Node
from claimwright.determine.plan import Ready
from claimwright.determine.trees import Leaf
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
                fact = str(variable) if isinstance(variable, Leaf) else asked.fact
                return Node(name, Kind.QUESTION, asked.fact, asked.text, fact, asked.who)
            case End() as end:
                return self._outcome(name, end, self.diagram.by.get(number, {}))
            case _:
                return Node(name, Kind.CUT, "More follows", "there are too many combinations to work out here")

    def _outcome(self, name: str, end: End, by: Mapping[tuple[str, str], Ready]) -> Node:
        clauses = {ready.clause.name: ready for ready in by.values()}
        titles = dict.fromkeys(ready.policy.title_on(str(self.day)) for ready in clauses.values())
        return Node(
            name,
            Kind.OUTCOME,
            end.outcome.words,
            "; ".join(titles or end.silence),
            outcome=end.outcome,
            likelihood=end.likelihood,
            clauses=tuple(clauses),
            findings=end.findings or found(clauses.values()),
            codes=end.codes,
            liability=tuple((group, self._condition(key)) for key, group in end.liability),
            needs=tuple(_needs(by, self.library)) if end.outcome in COVERING else (),
            presumed=end.presumed,
        )

    def _condition(self, key: str) -> str:
        """When a group carries a denial: a modifier is there, or a fact holds; always, in the end."""
        if key == "otherwise":
            return ""
        return f"the line carries {key}" if is_literal(key) else self.library.asked(key).says.removeprefix("whether ")


def _needs(by: Mapping[tuple[str, str], Ready], library: Library) -> Iterator[Need]:
    """What the clauses need; a need that not all branches share names those that have it."""
    of_branch: dict[str, dict[str, None]] = {}
    for (branch, _), ready in by.items():
        of_branch.setdefault(branch, {}).update(dict.fromkeys(needed([ready])))
    shared = set.intersection(*(set(facts) for facts in of_branch.values())) if of_branch else set()
    for fact in dict.fromkeys(fact for facts in of_branch.values() for fact in facts):
        only = () if fact in shared else tuple(branch for branch, facts in of_branch.items() if fact in facts)
        yield Need(fact, library.asked(fact).says.removeprefix("whether "), only)

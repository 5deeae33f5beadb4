"""A reduced decision diagram: equal remainders are one vertex, and a question whose answers all lead alike is none.

With a fixed order of questions the diagram of a policy is the same whatever the order of its clauses, and no smaller
one asks in that order (R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, 1986, there for yes/no).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from claimwright.determine.answer import how_likely
from claimwright.determine.decide import Verdict
from claimwright.determine.plan import Ready
from claimwright.lines.answers import COVERING, Likelihood, Outcome


@dataclass(frozen=True)
class End:
    """Where paths end: what a box of this outcome says. Clauses that say the same share one, and are kept beside it.

    `silence` says why there is no outcome.
    """

    outcome: Outcome
    likelihood: Likelihood | None = None
    presumed: bool = False
    findings: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    silence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """A question and where its answers lead: (answers, what the edge says) → number of a vertex."""

    variable: object  # a fact's name, a leaf, or `payer`
    ways: tuple[tuple[tuple[str, ...], str, int], ...]


@dataclass(frozen=True)
class Unseen:
    """Too much to look at: what follows was not worked out."""


Vertex = End | Ask | Unseen


@dataclass
class Diagram:
    """Vertices, each after those it leads to; `by` has for each end the branches and the clauses that give it there.

    The clauses stand first authority first, each with who would bear a denial in that branch.
    """

    vertices: list[Vertex] = field(default_factory=list)
    by: dict[int, dict[str, dict[str, Ready]]] = field(default_factory=dict)  # branch → clause → with what it needs
    _numbers: dict[Vertex, int] = field(default_factory=dict)

    def number(self, vertex: Vertex) -> int:
        """The number of a vertex, which is the same for an equal one."""
        found = self._numbers.setdefault(vertex, len(self.vertices))
        if found == len(self.vertices):
            self.vertices.append(vertex)
        return found

    def end(self, end: End, branch: str, by: Iterable[Ready]) -> int:
        found = self.number(end)
        self.by.setdefault(found, {}).setdefault(branch, {}).update({ready.clause.name: ready for ready in by})
        return found

    def ask(
        self,
        variable: object,
        led: Sequence[int],
        said: Callable[[list[list[int]]], Sequence[tuple[tuple[str, ...], str]]],
    ) -> int:
        """A question whose ways lead to these vertices; no question where all lead to one.

        `said` words the ways, given as places in `led`, those that lead alike together.
        """
        groups: dict[int, list[int]] = {}
        for place, child in enumerate(led):
            groups.setdefault(child, []).append(place)
        if len(groups) == 1:
            return led[0]
        words = said(list(groups.values()))
        return self.number(Ask(variable, tuple((*one, child) for one, child in zip(words, groups, strict=True))))


def end_of(
    verdict: Verdict, silence: tuple[str, ...], original: Callable[[Ready], Ready], alike: frozenset[Outcome]
) -> End:
    """The box that a verdict ends in. `original` gives a clause with what it needs.

    What covers is told apart by what it needs, unless its outcome is among those that are `alike`.
    """
    by = [original(ready) for ready in verdict.by]
    if not by:
        return End(verdict.outcome, silence=silence)
    if verdict.outcome in COVERING:
        needs = () if verdict.outcome in alike else needed(by)
        return End(verdict.outcome, needs=needs)
    codes = by[0].clause.codes
    return End(
        verdict.outcome,
        likelihood=how_likely(by) if verdict.outcome is not Outcome.INDETERMINATE else None,
        presumed=any(ready.clause.presumptive for ready in by),
        findings=found(by),
        codes=(" ".join((codes.carc, *codes.rarc)), *codes.alternatives) if codes else (),
    )


def needed(by: Iterable[Ready]) -> tuple[tuple[str, str], ...]:
    """What covering clauses stand on, each once: a fact they need and "", or "" and what else is provided, in words."""
    clauses = tuple(by)
    facts = dict.fromkeys((fact, "") for ready in clauses for fact, _ in ready.needs)
    words = dict.fromkeys(("", text) for ready in clauses for text in ready.clause.provided)
    return (*facts, *words)


def found(by: Iterable[Ready]) -> tuple[str, ...]:
    """The findings of clauses, each once."""
    return tuple(dict.fromkeys(ready.clause.finding for ready in by if ready.clause.finding))

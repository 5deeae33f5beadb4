"""What the boxes of a decision graph say, the same in Mermaid, in SVG and to a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claimwright.determine.graph.model import Graph, Kind, Node
from claimwright.lines.answers import COVERING, DENIALS, Likelihood, Outcome
from claimwright.report import wording
from claimwright.report.wording import visible

_SURE = {Likelihood.CERTAIN: "Denied", Likelihood.LIKELY: "Likely denied", Likelihood.POSSIBLE: "May be denied"}


@dataclass(frozen=True)
class Box:
    """The words of one box, from top to bottom; `look` names its colours.

    `points` are conditions that all have to hold, `codes` what a denial would carry, `cited` what decides.
    """

    look: str
    kicker: str
    heading: str
    points: tuple[str, ...] = ()
    codes: str = ""
    cited: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """Everything it says, piece by piece."""
        pieces = (self.kicker, self.heading, *self.points, self.codes, self.cited)
        return tuple(piece for piece in pieces if piece)


def box(node: Node, code: str) -> Box:
    """The words of a node of the graph of a code."""
    match node.kind:
        case Kind.START:
            return Box("start", "", visible(node.label), cited=visible(node.detail))
        case Kind.QUESTION:
            return Box("question", visible(node.label), visible(node.detail or f"{node.label}?"))
        case Kind.CUT:
            return Box("cut", "", visible(node.label), cited=visible(node.detail))
        case Kind.OUTCOME:
            return _outcome(node, code)


def _outcome(node: Node, code: str) -> Box:
    assert node.outcome is not None
    points = tuple(f"{need.text}{_only(need.only)}" for need in node.needs)
    cited = ": ".join(part for part in (", ".join(node.clauses), node.detail) if part)
    heading = _heading(node, code)
    return Box(
        _look(node.outcome),
        "" if node.outcome.words in heading.lower() else node.outcome.words,
        f"{heading} (presumed)" if node.presumed else heading,
        tuple(map(visible, points)),
        visible(_codes(node)),
        visible(cited),
    )


def _look(outcome: Outcome) -> str:
    if outcome is Outcome.INDETERMINATE:
        return "open"
    if outcome is Outcome.PRIOR_AUTH_REQUIRED:
        return "first"
    return "covered" if outcome in COVERING else "denied"


def _heading(node: Node, code: str) -> str:
    match node.outcome:
        case Outcome.COVERED:
            return "Covered when all of this is so:" if node.needs else "Covered"
        case Outcome.COVERED_CONDITIONAL:
            return f"Bill {code} when all of this is so:" if node.needs else f"Bill {code}"
        case Outcome.PRIOR_AUTH_REQUIRED:
            return f"Obtain prior authorization, then bill {code}"
        case Outcome.INDETERMINATE:
            return "No answer from the policies that are loaded"
        case Outcome.CODING_ERROR:
            return f"Do not bill {code} so: coding error"
        case outcome if outcome in DENIALS:
            return f"{_SURE[node.likelihood or Likelihood.CERTAIN]}: {outcome.words}"
    return node.label


def _only(branches: tuple[str, ...]) -> str:
    return f", at {wording.either(branches, 'and')} only" if branches else ""


def _codes(node: Node) -> str:
    """`expect CO-50 N386 or 202; PR where the line carries GA and a valid notice stands behind it`."""
    if not node.codes:
        return ""
    group = next((one.group for one in node.liability if not one.text), "")
    first = f"{group}-{node.codes[0]}" if group else node.codes[0]
    others = [f"{one.group} where {one.text}{_only(one.only)}" for one in node.liability if one.text]
    return "; ".join((f"expect {wording.either((first, *node.codes[1:]))}", *others))


def footnotes(graph: Graph) -> Iterator[str]:
    """What a reader of the graph has to know: what it stands for, what it takes for granted, what it leaves out."""
    plain, *granted = graph.assumed or ("",)
    if plain:
        yield f"As documented, for {plain}."
    if granted:
        yield f"Taken for granted: {'; '.join(granted)}."
    if graph.unspoken:
        yield f"No loaded policy speaks of {graph.code} at: {', '.join(graph.unspoken)}."
    if graph.left_out:
        yield f"{wording.count(graph.left_out, 'box is', 'boxes are')} left out."
    yield wording.NO_PROMISE
    yield wording.CPT_NOTICE


def outline(graph: Graph) -> Iterator[str]:
    """The graph in sentences, for whoever does not see it: each box by number, and where its answers lead."""
    place = {node.id: number for number, node in enumerate(graph.nodes, start=1)}
    for node in graph.nodes:
        ways = [
            f"{edge.label}: go to {place[edge.target]}" if edge.label else f"go to {place[edge.target]}"
            for edge in graph.leaving[node.id]
        ]
        said = " ".join(wording.sentence(piece) for piece in (*box(node, graph.code).said, *map(visible, ways)))
        yield f"{place[node.id]}. {said}"

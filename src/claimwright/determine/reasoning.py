"""The whole reasoning behind one answer as a tree: authorities in their order, their clauses, and each condition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claimwright.determine.combine import Combination, Combinations
from claimwright.determine.decide import Walk, begin
from claimwright.determine.plan import Ready
from claimwright.determine.trees import All, AnyOf, Leaf, Not, Told, Tree
from claimwright.determine.truth import FALSE, TRUE
from claimwright.lines.answers import View

Holds = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Thought:
    """One node: what it says, whether it holds (None where that makes no sense), and what it rests on."""

    says: str
    holds: Holds | None = None
    note: str = ""
    parts: tuple[Thought, ...] = ()


def reasoning(combination: Combination, combinations: Combinations, view: View) -> tuple[Thought, ...]:
    """A tree for the program the line belongs to, or for each it may belong to; none where no program is loaded."""
    return tuple(
        _program(begin(docket, view, known), combination) for docket, known in combinations.dockets(combination)
    )


def _program(walk: Walk, combination: Combination) -> Thought:
    reached = walk.reach({})
    program = walk.docket.program
    ranks = []
    for place, instruments in enumerate(program.ranks):
        clauses = [
            ready for ready in walk.docket.clauses if walk.docket.rank(ready) == place and ready.speaks(walk.view)
        ]
        parts = tuple(_clause(walk, ready) for ready in clauses)
        said = f"{place + 1} · {', '.join(instruments)}"
        ranks.append(Thought(said, note="" if parts else "no clause in force speaks of this line", parts=parts))
    named = " or ".join(outcome.words for outcome in sorted(reached, key=lambda one: one.order))
    unknown = ", ".join(name for name in walk.split if isinstance(name, str))
    ways = Thought(
        f"reachable: {named}", note=f"over what is unknown: {unknown}" if unknown else "nothing unknown matters"
    )
    presumed = tuple(
        Thought(f"presumed: {name} is {' or '.join(_word(value) for value in values)}")
        for name, values, _ in walk.docket.presumptions
        if name in walk.split and not combination.station.instead
    )
    return Thought(program.title, parts=(*ranks, ways, *presumed))


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _clause(walk: Walk, ready: Ready) -> Thought:
    clause = ready.clause
    truth = walk.truth(All(walk.conditions(ready)), {})
    conditions = tuple(_tree(walk, tree) for tree in walk.conditions(ready))
    needs = tuple(
        Thought(
            f"needs {fact}", _holds(walk.truth(tree, {})), parts=() if isinstance(tree, Leaf) else (_tree(walk, tree),)
        )
        for fact, tree in ready.needs
    )
    gives = clause.then if clause.then == "silent" else clause.then.words if clause.then else f"leans {clause.leans}"
    return Thought(f"{clause.name} → {gives}", _holds(truth), parts=(*conditions, *needs))


def _tree(walk: Walk, tree: Tree) -> Thought:
    holds = _holds(walk.truth(tree, {}))
    match tree:
        case Leaf():
            return Thought(_leaf(tree), holds)
        case Told(whole, parts):
            return Thought("as a whole, or by its parts", holds, parts=(_tree(walk, whole), _tree(walk, parts)))
        case Not(part):
            return Thought("not", holds, parts=(_tree(walk, part),))
        case All(parts):
            return Thought("all of", holds, parts=tuple(_tree(walk, part) for part in parts))
        case AnyOf(parts):
            return Thought("any of", holds, parts=tuple(_tree(walk, part) for part in parts))


def _leaf(leaf: Leaf) -> str:
    match leaf.predicate.op:
        case "whole":
            return "its conditions on the codes of the day"
        case "presumed":
            return "a reading that is never more than presumed"
        case "disputed":
            return f"{leaf.fact}: disputed"
        case _:
            return f"{leaf.fact}: {leaf.predicate}"


def _holds(truth: int) -> Holds:
    return "yes" if truth == TRUE else "no" if truth == FALSE else "unknown"

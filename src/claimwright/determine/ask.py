"""The next question: on the path, and only if its answers lead to different places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from claimwright.days import ONE_DAY
from claimwright.determine.decide import Walk
from claimwright.determine.docket import Docket
from claimwright.determine.stated import Cell
from claimwright.determine.trees import All, leaves
from claimwright.determine.truth import FALSE
from claimwright.lines.answers import Outcome, Question
from claimwright.policies.model import Fact


def next_question(walk: Walk, skip: frozenset[str] = frozenset()) -> Question | None:
    """The first fact, in the order the program asks, whose answers do not all leave the same outcomes reachable.

    `skip` names facts that were asked already, of somebody who does not know them.
    """
    for name in walk.docket.questions:
        fact = walk.docket.plan.library.facts.get(name)
        if fact is None or name in skip or len(walk.cells.get(name, ())) < 2:
            continue
        answers = answers_to(walk, name)
        if len({led for _, led in answers}) > 1:
            return Question(
                fact=name, text=text(walk.docket, fact), who=fact.who, why=_why(walk, fact), answers=tuple(answers)
            )
    return None


def answers_to(walk: Walk, name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each answer to a question about a fact, with the outcomes it leaves reachable."""
    fact, possible = walk.docket.plan.library.facts[name], walk.known.stated.possible(name)
    led = {cell: tuple(in_order(walk.reach({name: cell}))) for cell in walk.cells.get(name, ())}
    return [
        (_label(cell, fact, walk), outcomes)
        for distinct, outcomes in led.items()
        for cell in walk.docket.alike(name, distinct, possible)
    ]


def in_order(reached: Iterable[Outcome]) -> list[str]:
    """Outcomes by name, the one that wins first."""
    return sorted((outcome.value for outcome in reached), key=lambda value: Outcome(value).order)


def _label(cell: Cell, fact: Fact, walk: Walk) -> str:
    """An answer in words; of a number or a day, on which side of a bound it lies."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return dict(fact.values).get(cell, cell)
    bounds = {bound for leaf in walk.docket.readers[fact.name] for bound in leaf.predicate.operands}
    if isinstance(cell, date):
        sides = (("before", cell + ONE_DAY), ("after", cell - ONE_DAY))
        return _beside([(side, day.isoformat()) for side, day in sides], cell.isoformat(), bounds)
    numbers = {f"{float(bound):g}" for bound in bounds if bound != "nan"}
    return _beside([("less than", f"{cell + 0.5:g}"), ("more than", f"{cell - 0.5:g}")], f"{cell:g}", numbers)


def _beside(sides: list[tuple[str, str]], itself: str, bounds: set[str]) -> str:
    """The value, or where it lies beside a bound, when it is none itself."""
    found = (f"{side} {bound}" for side, bound in sides if bound in bounds)
    return itself if itself in bounds else next(found, itself)


def text(docket: Docket, fact: Fact) -> str:
    """The clause's own question where it asks one about this fact, else the vocabulary's."""
    for ready in docket.clauses:
        if ready.clause.ask and any(leaf.fact == fact.name for tree in ready.when for leaf in leaves(tree)):
            return ready.clause.ask
    return fact.ask or f"What is the {fact.name}?"


def _why(walk: Walk, fact: Fact) -> str:
    """What turns on the fact, of what may still hold: policies by title, with their clauses."""
    reading: dict[str, dict[str, None]] = {}
    for ready in walk.speaking:
        reads = any(leaf.fact == fact.name for leaf in ready.all_leaves)
        if reads and walk.truth(All(walk.conditions(ready)), {}) != FALSE:
            reading.setdefault(f"{ready.policy.title} ({ready.policy.id}", {})[ready.clause.id] = None
    named = "; ".join(f"{policy} {', '.join(clauses)})" for policy, clauses in reading.items())
    return f"{named} turn{'s' if len(reading) == 1 else ''} on it"

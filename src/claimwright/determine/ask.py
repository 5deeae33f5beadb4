"""The next question: on the path, and only if its answers lead to different places."""

from __future__ import annotations

from collections.abc import Iterable

from claimwright.determine.decide import Walk
from claimwright.determine.docket import Docket
from claimwright.determine.plan import leaves
from claimwright.determine.stated import Cell
from claimwright.lines.answers import Outcome, Question
from claimwright.policies.model import Fact


def next_question(walk: Walk) -> Question | None:
    """The first fact, in the order the program asks, whose answers do not all leave the same outcomes reachable."""
    for name in walk.docket.questions:
        fact = walk.docket.plan.library.facts.get(name)
        if fact is None or name not in walk.cells or len(walk.cells[name]) < 2:
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
    led = {cell: tuple(_named(walk.reach({name: cell}))) for cell in walk.cells.get(name, ())}
    return [
        (_label(cell, fact), outcomes)
        for distinct, outcomes in led.items()
        for cell in walk.docket.alike(name, distinct, possible)
    ]


def _named(reached: Iterable[Outcome]) -> list[str]:
    return sorted((outcome.value for outcome in reached), key=lambda value: Outcome(value).order)


def _label(cell: Cell, fact: Fact) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return dict(fact.values).get(str(cell), str(cell))


def text(docket: Docket, fact: Fact) -> str:
    """The clause's own question where it asks one about this fact, else the vocabulary's."""
    for ready in docket.clauses:
        if ready.clause.ask and any(leaf.fact == fact.name for tree in ready.when for leaf in leaves(tree)):
            return ready.clause.ask
    return fact.ask or f"What is the {fact.name}?"


def _why(walk: Walk, fact: Fact) -> str:
    """The clauses that turn on the fact."""
    reading = [ready.clause.name for ready in walk.speaking if any(leaf.fact == fact.name for leaf in ready.all_leaves)]
    return f"{', '.join(dict.fromkeys(reading))} turn{'s' if len(reading) == 1 else ''} on it"

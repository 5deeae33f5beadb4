"""Facts that people record of a line: which are asked, how an answer is written, and what it says to the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

from claimwright.desk.people import RefusedError
from claimwright.lines.answers import LineAnswer
from claimwright.lines.statements import merged_facts
from claimwright.policies.model import Clause, Condition, Fact, Library

SOURCES = {
    "chart": "the record of treatment",
    "plan": "the plan or its document",
    "history": "earlier claims or the record of payments",
    "person": "a person who knows, and who is named",
}


_LONGEST = 400  # characters of a value
_MOST = 10**9


@dataclass(frozen=True)
class Asked:
    """A fact that can be recorded: its question, what may be answered (value → words), and by whom or what."""

    name: str
    question: str
    says: str
    who: str
    kind: str
    unit: str
    values: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


def asked(fact: Fact) -> Asked:
    values = {"yes/no": (("yes", "yes"), ("no", "no")), "choice": fact.values}.get(fact.type, ())
    sources = tuple(
        source for source in SOURCES if source in fact.sources or (source == "person" and not fact.in_writing)
    )
    question = fact.ask or f"What is the {fact.name}?"
    return Asked(fact.name, question, fact.says, fact.who, fact.type, fact.unit, values, sources)


def named(library: Library, word: str) -> Asked:
    """Raises RefusedError."""
    fact = library.fact(word)
    if fact is None or not _recordable(fact):
        raise RefusedError("this is no fact that can be recorded; choose one of the list")
    return asked(fact)


def _recordable(fact: Fact) -> bool:
    return fact.statable and fact.type != "row of a table" and bool(asked(fact).sources)


def first_asked(library: Library, answer: LineAnswer) -> tuple[Asked, ...]:
    """What the clauses of a line ask about: the next question, what its outcome turns on, what its findings read."""
    questions = [view.next_question for view in (answer.documented, answer.coded) if view.next_question]
    words = [question.fact for question in questions]
    words += [*answer.documented.depends_on, *answer.coded.depends_on]
    cited = dict.fromkeys([*answer.documented.clause, *answer.coded.clause, *(one.clause for one in answer.findings)])
    for clause in _clauses(library, cited):
        words += [*(condition.fact for condition in clause.when), *clause.needs]
    return tuple(_facts(library, words))


def all_asked(library: Library) -> tuple[Asked, ...]:
    """Every fact that can be recorded, by name."""
    found = (asked(fact) for fact in library.facts.values() if _recordable(fact))
    return tuple(sorted(found, key=lambda one: one.name))


def _clauses(library: Library, names: Iterable[str]) -> list[Clause]:
    wanted = set(names)
    return [clause for policy in library.policies for clause in policy.clauses if clause.name in wanted]


def _facts(library: Library, words: Iterable[str]) -> Iterable[Asked]:
    seen: dict[str, Asked | None] = {}

    def add(word: str) -> None:
        derived = library.derived.get(word)
        if derived is not None:
            for condition in derived.of.conditions():
                _of(condition)
            return
        fact = library.fact(word)
        if fact is not None and fact.name not in seen:
            seen[fact.name] = asked(fact) if _recordable(fact) else None

    def _of(condition: Condition) -> None:
        add(condition.fact)

    for word in words:
        add(word)
    return (one for one in seen.values() if one is not None)


def value_of(fact: Asked, text: str) -> str | bool | float | list[str]:
    """What somebody answered, as a statement's value. Raises RefusedError."""
    text = " ".join(text.split())
    if fact.kind in {"yes/no", "choice"}:
        if text not in dict(fact.values):
            raise RefusedError("choose one of the answers; leave out what nobody knows")
        return text == "yes" if fact.kind == "yes/no" else text
    if fact.kind == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise RefusedError("write a day like 2026-03-10") from None
    if fact.kind == "number":
        return _number(text)
    parts = [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]
    if not parts or len(text) > _LONGEST or not text.isprintable():
        raise RefusedError("write the values with ; between them")
    return parts if fact.kind == "codes" else parts[0]


def _number(text: str) -> float:
    try:
        number = Decimal(text.replace(",", "").replace("$", ""))
    except InvalidOperation:
        raise RefusedError("write a number") from None
    if not number.is_finite() or abs(number) > _MOST:
        raise RefusedError("write a number")
    return float(number)


def shown(fact: Fact | None, value: Any) -> str:
    """A recorded value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, float):
        return f"{value:g}"
    return dict(fact.values).get(str(value), str(value)) if fact else str(value)


def stated(text: str | None, told: Iterable[tuple[str, Any, str]], library: Library) -> str | None:
    """The `stated` column of a line with what was recorded: fact, value and source, beside what stood there."""
    facts: dict[str, Any] = {}
    for word, said in (orjson.loads(text) if text else {}).items():
        fact = library.fact(word)
        facts = merged_facts(facts, {fact.name if fact else word: said})
    for name, value, source in told:
        facts = merged_facts(facts, {name: {"source": source, "value": value}})
    return orjson.dumps(facts, option=orjson.OPT_SORT_KEYS).decode() if facts else None

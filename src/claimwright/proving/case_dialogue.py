"""Which facts are asked for when each question is answered every way it can be: what a person may be asked at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import polars as pl

from claimwright.determine.run import Determined
from claimwright.lines.answers import Question
from claimwright.policies.model import Fact, Library

Determine = Callable[[pl.DataFrame], Determined]

IN_A_ROW = 16  # questions; what would be asked after them is not followed
AT_ONCE = 200  # ways to have answered so far that are followed further


def asked(determine: Determine, library: Library, lines: pl.DataFrame) -> frozenset[str]:
    """The facts asked for of the first line as documented, over every row of answers to its questions."""
    found: set[str] = set()
    open_: list[dict[str, Any]] = [_stated(lines["stated"][0])]
    for _ in range(IN_A_ROW):
        further: list[dict[str, Any]] = []
        for said, question in zip(open_, _questions(determine, lines, open_), strict=True):
            if question is not None:
                found.add(question.fact)
                further.extend({**said, question.fact: value} for value in _values(question, library))
        open_ = further[:AT_ONCE]
        if not open_:
            break
    return frozenset(found)


def _stated(text: str | None) -> dict[str, Any]:
    return dict(orjson.loads(text)) if text else {}


def _questions(determine: Determine, lines: pl.DataFrame, said: list[dict[str, Any]]) -> Iterator[Question | None]:
    """What is asked next, for each set of statements about the first line."""
    for statements in said:
        first = pl.Series("stated", [orjson.dumps(statements).decode(), *lines["stated"][1:]], dtype=pl.String)
        determined = determine(lines.with_columns(first))
        yield determined.combinations[int(determined.combination[0])].documented.answer.next_question


def _values(question: Question, library: Library) -> Iterator[Any]:
    """The answers as values that can be stated; one that is a range of values is not."""
    derived = library.derived.get(question.fact)
    fact = library.fact(derived.stated_as if derived else question.fact)
    for label, _ in question.answers:
        value = _value(label, fact) if fact is not None else None
        if value is not None:
            yield value


def _value(label: str, fact: Fact) -> Any:
    if fact.type == "yes/no":
        return {"yes": True, "no": False}.get(label)
    if fact.type == "choice":
        return next((value for value, words in fact.values if label in {value, words}), None)
    if fact.type == "number":
        try:
            return float(label)
        except ValueError:
            return None
    return label

"""Whether a predicate can be asked of a fact, and whether its operands are values the fact can have."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from claimwright.documents.complaints import nearest
from claimwright.policies.front import is_day
from claimwright.policies.model import Fact, Library, Predicate
from claimwright.policies.predicates import SET_PREDICATES, STANDS_ON, named_number

_MEASURES = {"between", "more than", "at least", "at most"}


def wrong_predicate(fact: Fact, predicate: Predicate, library: Library) -> tuple[str, str] | None:
    """What is wrong and what to do; None when the predicate and its operands fit the fact."""
    if fact.type not in STANDS_ON[predicate.op]:
        fitting = [op for op, types in STANDS_ON.items() if fact.type in types]
        message = f"{fact.name!r} is a {fact.type}, and {str(predicate)!r} cannot be asked of it"
        return message, f"one of: {', '.join(fitting)}"
    if fact.type == "row of a table":
        return _row(fact, predicate)
    if fact.type == "choice" and (predicate.op == "is" or predicate.op in SET_PREDICATES):
        return _one_of(fact, predicate, tuple(name for name, _ in fact.values))
    if fact.type == "yes/no" and predicate.op == "is":
        return _one_of(fact, predicate, ("yes", "no"))
    if predicate.op in _MEASURES:
        return _measure(fact, predicate, {row.name for row in library.numbers})
    if predicate.op == "within":
        other = library.fact(predicate.operands[1])
        if other is None or other.type != "date":
            known = [fact.name for fact in library.facts.values() if fact.type == "date"]
            message = f"{predicate.operands[1]!r} is no fact that is a date"
            return message, nearest(predicate.operands[1], known, "name a fact whose type is date")
        if not (fact.column and other.column):
            stated = other.name if fact.column else fact.name
            return f"{stated!r} is stated by a source, and days are compared only with days a claim carries", (
                "compare it with a day: `at least 2025-01-01`, `between … and …`"
            )
    return None


def _one_of(fact: Fact, predicate: Predicate, values: tuple[str, ...]) -> tuple[str, str] | None:
    for operand in predicate.operands:
        if operand not in values:
            advice = nearest(operand, values, f"one of: {', '.join(values)}")
            return f"{fact.name!r} is never {operand!r}", advice
    return None


def _row(fact: Fact, predicate: Predicate) -> tuple[str, str] | None:
    columns = [name for name, _ in fact.columns]
    _, column, value = predicate.operands
    if column not in columns:
        return f"the rows of {fact.name!r} have no column {column!r}", nearest(column, columns, f"one of: {columns}")
    if not value.isdigit():
        return f"the {column} of {fact.name!r} is never {value!r}", "write a whole number"
    return None


def _measure(fact: Fact, predicate: Predicate, numbers: set[str]) -> tuple[str, str] | None:
    fits, what = (is_day, "a day like 2026-03-10") if fact.type == "date" else (_is_number, "a number")
    for operand in predicate.operands:
        named = named_number(operand)
        if named is not None:
            if named not in numbers or fact.type != "number":
                advice = nearest(named, sorted(numbers), "declare it in numbers.csv")
                return f"{fact.name!r} is measured against {named!r}, which is no declared number", advice
        elif not fits(operand):
            return f"{fact.name!r} is measured against {operand!r}", f"write {what}"
    if len(predicate.operands) == 2 and not any(map(named_number, predicate.operands)):
        low, high = predicate.operands
        if (high < low) if fact.type == "date" else (Decimal(high) < Decimal(low)):
            return f"nothing lies between {low} and {high}", "write the lower bound first"
    return None


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False

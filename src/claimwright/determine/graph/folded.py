"""The library as a chart asks it: a derived fact is one question, answered yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claimwright.policies.model import Combination, Derived, Fact, Library

_CODES = frozenset({"code", "codes", "row of a table"})


def folded(library: Library) -> Library:
    """The library with each derived fact that people can answer made a fact of its own.

    Such a fact is made of several others, none of which is a code that the claim shows: "was it part of a skilled plan
    of care" stands for all that makes a plan skilled. The others stay derived.
    """
    asked = {name: _as_fact(derived) for name, derived in library.derived.items() if _answerable(derived, library)}
    left = {name: derived for name, derived in library.derived.items() if name not in asked}
    return replace(library, facts={**library.facts, **asked}, derived=left)


def _as_fact(derived: Derived) -> Fact:
    return Fact(
        name=derived.name,
        type="yes/no",
        says=derived.says,
        sources=frozenset({"person"}),
        ask=derived.ask,
        who=derived.who,
        missing=derived.missing,
    )


def _answerable(derived: Derived, library: Library) -> bool:
    parts = {fact.name: fact for fact in _facts(derived.of, library)}
    return len(parts) > 1 and not any(fact.type in _CODES for fact in parts.values())


def _facts(of: Combination, library: Library) -> Iterator[Fact]:
    """The facts that a combination is made of, however deep."""
    for condition in of.conditions():
        inner = library.derived.get(condition.fact)
        if inner is not None:
            yield from _facts(inner.of, library)
        else:
            fact = library.fact(condition.fact)
            if fact is not None:
                yield fact

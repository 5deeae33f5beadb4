"""The words of a note that the language knows: every phrase found, the longest of each label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from claimwright.chart.language import MASK, Language, Term, shipped
from claimwright.chart.patterns import starts

_REMEMBERED = 100_000
HEADERS = frozenset({"section", "detail"})  # read as headers, by the layout


class Found(NamedTuple):
    """A phrase at `low[start:end]` of the plain text."""

    start: int
    end: int
    label: str
    value: str
    term: Term


@dataclass
class Index:
    """The terms of a language by the word they begin with. What it remembers of words only saves time."""

    exact: dict[str, list[Term]]
    beginnings: dict[str, list[Term]]
    numeric: list[Term]
    remembered: dict[str, tuple[Term, ...]] = field(default_factory=dict)

    def of(self, word: str) -> tuple[Term, ...]:
        """The terms that can begin with a word."""
        terms = self.remembered.get(word)
        if terms is None:
            if len(self.remembered) >= _REMEMBERED:
                self.remembered.clear()
            terms = self.remembered[word] = tuple(self._beginning_with(word))
        return terms

    def _beginning_with(self, word: str) -> Iterable[Term]:
        yield from self.exact.get(word, ())
        for length in range(1, len(word) + 1):
            yield from self.beginnings.get(word[:length], ())
        if word[0].isdigit():
            yield from self.numeric


@lru_cache(maxsize=1)
def shipped_index() -> Index:
    """The index of the shipped language."""
    return index_of(shipped())


def index_of(language: Language) -> Index:
    """The index of a language's terms."""
    exact: dict[str, list[Term]] = {}
    beginnings: dict[str, list[Term]] = {}
    numeric = []
    for term in (term for term in language.terms if term.label not in HEADERS):
        for word in term.pattern.firsts:
            exact.setdefault(word, []).append(term)
        for word in term.pattern.beginnings:
            beginnings.setdefault(word, []).append(term)
        if term.pattern.numeric:
            numeric.append(term)
    return Index(exact, beginnings, numeric)


def find(low: str, index: Index) -> list[Found]:
    """Every phrase in a plain lower-case text, in reading order; of a label (and a cue's reach) the longest, and
    none overlaps another.

    What stands wholly within words that only look like it (`MASK`) is left out.
    """
    taken: dict[tuple[str, str], int] = {}
    found: list[Found] = []
    masks: list[tuple[int, int, frozenset[str]]] = []
    for place, word in starts(low):
        longest: dict[tuple[str, str], tuple[int, Term]] = {}
        for term in index.of(word):
            kind = (term.label, term.reaches or term.value if term.label == MASK else term.reaches)
            if taken.get(kind, 0) > place:
                continue
            match = term.pattern.expression.match(low, place)
            if match is not None:
                end = match.end()
                best = longest.get(kind)
                if best is None or end > best[0]:
                    longest[kind] = (end, term)
        for kind, (end, term) in longest.items():
            taken[kind] = end
            if term.label == MASK:
                masks.append((place, end, term.masks))
            else:
                found.append(Found(place, end, term.label, term.value, term))
    if not masks:
        return found
    return [
        one
        for one in found
        if not any(one.label in labels and start <= one.start and one.end <= end for start, end, labels in masks)
    ]

"""The words of a note that the language knows: every phrase found, the longest of each label."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from claimwright.chart.language import MASK, Term
from claimwright.chart.patterns import starts

_REMEMBERED = 100_000
_MANY = 6  # open terms from which on they are asked together first
HEADERS = frozenset({"section", "detail"})  # read as headers, by the layout


class Found(NamedTuple):
    """A phrase at `low[start:end]` of the plain text."""

    start: int
    end: int
    label: str
    value: str
    term: Term


@dataclass(frozen=True)
class Beginning:
    """The terms that can begin with a word: those that any word may follow, and those by the word that must.

    `gate` is found where one of many open terms is, and saves asking each of them.
    """

    open: tuple[Term, ...]
    by_second: dict[str, tuple[Term, ...]]
    gate: re.Pattern[str] | None

    def at(self, low: str, place: int, second: str) -> tuple[Term, ...]:
        """The terms worth asking at a place, given the word that follows."""
        following = self.by_second.get(second, ())
        if self.gate is not None and self.gate.match(low, place) is None:
            return following
        return self.open + following


@dataclass
class Index:
    """The terms of a language by the word they begin with. What it remembers of words only saves time."""

    exact: dict[str, list[Term]]
    beginnings: dict[str, list[Term]]
    numeric: list[Term]
    longest: int  # letters of the longest beginning
    remembered: dict[str, Beginning | None] = field(default_factory=dict)

    def of(self, word: str) -> Beginning | None:
        """The terms that can begin with a word; None where none can."""
        if word in self.remembered:
            return self.remembered[word]
        if len(self.remembered) >= _REMEMBERED:
            self.remembered.clear()
        found = self.remembered[word] = self._beginning(tuple(self._beginning_with(word)))
        return found

    @staticmethod
    def _beginning(terms: tuple[Term, ...]) -> Beginning | None:
        if not terms:
            return None
        by_second: dict[str, list[Term]] = {}
        for term in terms:
            for second in term.pattern.seconds or ():
                by_second.setdefault(second, []).append(term)
        open_ = tuple(term for term in terms if term.pattern.seconds is None)
        gate = "|".join(term.pattern.source for term in open_) if len(open_) >= _MANY else None
        seconds = {second: tuple(ones) for second, ones in by_second.items()}
        return Beginning(open_, seconds, re.compile(gate) if gate else None)

    def _beginning_with(self, word: str) -> Iterable[Term]:
        yield from self.exact.get(word, ())
        for length in range(1, min(len(word), self.longest) + 1):
            yield from self.beginnings.get(word[:length], ())
        if word[0].isdigit():
            yield from self.numeric


def index_of(terms: Iterable[Term]) -> Index:
    """The index of some terms."""
    exact: dict[str, list[Term]] = {}
    beginnings: dict[str, list[Term]] = {}
    numeric = []
    for term in (term for term in terms if term.label not in HEADERS):
        for word in term.pattern.firsts:
            exact.setdefault(word, []).append(term)
        for word in term.pattern.beginnings:
            beginnings.setdefault(word, []).append(term)
        if term.pattern.numeric:
            numeric.append(term)
    return Index(exact, beginnings, numeric, max(map(len, beginnings), default=0))


def find(low: str, index: Index) -> list[Found]:
    """Every phrase in a plain lower-case text, in reading order; of a label (and a cue's reach) the longest, and
    none overlaps another.

    What stands wholly within words that only look like it (`MASK`) is left out.
    """
    taken: dict[tuple[str, str], int] = {}
    found: list[Found] = []
    masks: list[tuple[int, int, frozenset[str]]] = []
    words = starts(low)
    following = [word for _, word in words[1:]] + ["", ""]
    remembered, learn = index.remembered, index.of
    for at, (place, word) in enumerate(words):
        beginning = remembered[word] if word in remembered else learn(word)
        if beginning is None:
            continue
        second = following[at]
        terms = beginning.at(low, place, second if second != "-" else following[at + 1])
        if not terms:
            continue
        for family, (end, term) in _longest(terms, low, place, taken).items():
            taken[family] = end
            if term.label == MASK:
                masks.append((place, end, term.masks))
            else:
                found.append(Found(place, end, term.label, term.value, term))
    if not masks:
        return found
    begins = [start for start, _, _ in masks]
    return [one for one in found if not _masked(one, masks, begins)]


def _longest(
    terms: tuple[Term, ...], low: str, place: int, taken: dict[tuple[str, str], int]
) -> dict[tuple[str, str], tuple[int, Term]]:
    """The longest phrase of each family at a place, where none of the family reaches to it."""
    longest: dict[tuple[str, str], tuple[int, Term]] = {}
    for term in terms:
        family = term.family
        if taken.get(family, 0) > place:
            continue
        match = term.pattern.expression.match(low, place)
        if match is not None:
            end = match.end()
            best = longest.get(family)
            if best is None or end > best[0]:
                longest[family] = (end, term)
    return longest


def _masked(one: Found, masks: list[tuple[int, int, frozenset[str]]], begins: list[int]) -> bool:
    """Whether a phrase stands wholly within words that keep its label from being found there."""
    last = bisect_right(begins, one.start)
    return any(one.label in labels and one.end <= end for _, end, labels in masks[max(0, last - _MASKS_AT_ONCE) : last])


_MASKS_AT_ONCE = 8  # masks that may begin before a phrase and reach over it

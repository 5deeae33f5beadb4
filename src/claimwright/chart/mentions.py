"""The words of a note that the language knows: every phrase found, the longest of each label."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from claimwright.chart.language import MASK, Term
from claimwright.chart.patterns import ANYTHING, NUMBER_GOES_ON, NUMBER_WORDS, UNITS, Opening, Shape
from claimwright.chart.remembered import Remembered

HEADERS = frozenset({"section", "detail"})  # read as headers, by the layout
_BEGINNINGS, _SECONDS = 10_000, 2_000  # words to remember what may begin with them, and words behind each


class Found(NamedTuple):
    """A phrase at `low[start:end]` of the plain text."""

    start: int
    end: int
    label: str
    value: str
    term: Term


class Candidate(NamedTuple):
    """A term that two words of a text may be the opening of.

    `length` is that of the phrase where `match` need not be asked, else 0; `needs` are the words of its pattern.
    """

    length: int
    needs: frozenset[str]
    match: Callable[[str, int], re.Match[str] | None]
    term: Term


Candidates = tuple[tuple[int, tuple[Candidate, ...]], ...]  # by the number of their family
Opened = tuple[Term, Opening]


class Places:
    """Places of terms by the word that is wanted at some point of theirs."""

    def __init__(self) -> None:
        self.open: set[int] = set()
        self.numeric: set[int] = set()
        self.beginnings: list[tuple[str, int]] = []
        self.by_word: dict[str, set[int]] = {}

    def add(self, shape: Shape, place: int) -> None:
        """A term that wants a word of a shape."""
        if shape.anything:
            self.open.add(place)
        if shape.numeric:
            self.numeric.add(place)
        self.beginnings += [(letters, place) for letters in shape.beginnings]
        for one in shape.words:
            self.by_word.setdefault(one, set()).add(place)

    def of(self, word: str) -> set[int]:
        """The terms that a word will do for."""
        places = self.open | self.by_word.get(word, set())
        if word[:1].isdigit() or word == "+":
            places |= self.numeric
        return places | {place for letters, place in self.beginnings if word.startswith(letters)}


class Beginning:
    """The terms that can begin with a word, by the word that must follow. `families` gives each family a number."""

    def __init__(self, word: str, terms: Sequence[Opened], families: dict[tuple[str, str], int]) -> None:
        self.word = word
        self.families = families
        self.terms: list[Term] = []
        self.seconds, self.measured, self.inside = Places(), Places(), Places()
        for term, opening in sorted(terms, key=lambda one: one[0].pattern.fixed):
            if not (self.terms and self.terms[-1] is term):
                self.terms.append(term)
            place = len(self.terms) - 1
            self.seconds.add(opening.second or ANYTHING, place)
            self.inside.add(opening.inside, place)
            if opening.measured is not None:
                self.measured.add(opening.measured, place)

    def before(self, words: str) -> Candidates:
        """The terms worth asking where the word stands before others, as `_ahead` gives them."""
        second, _, behind = words.partition(" ")
        places = self.seconds.of(second or "-")
        if not second:
            places |= self.seconds.of(behind)
        elif second in UNITS:
            places |= self.measured.of(behind)
        elif behind:
            places |= self.inside.of(second)
        number = second[:1].isdigit()
        listed: dict[int, list[Candidate]] = {}
        for place in sorted(places):
            term = self.terms[place]
            family = self.families.setdefault(term.family, len(self.families))
            listed.setdefault(family, []).append(self._candidate(term, number=number))
        return tuple((family, tuple(ones)) for family, ones in listed.items())

    def _candidate(self, term: Term, *, number: bool) -> Candidate:
        # a word that is a phrase by itself ends where it ends; only a figure right behind a short one makes it another
        sure = term.pattern.alone and not (number and len(self.word) <= _SHORT)
        return Candidate(len(self.word) if sure else 0, term.pattern.needs, term.pattern.expression.match, term)


_SHORT = 2
_NUMBERS = frozenset(NUMBER_WORDS)


class Index:
    """The terms of a language by the first two words of their phrases."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.exact: dict[str, list[Opened]] = {}
        self.beginnings: dict[str, list[Opened]] = {}
        self.numeric: list[Opened] = []
        for term in (term for term in terms if term.label not in HEADERS):
            for opening in term.pattern.openings:
                for word in opening.first.words:
                    self.exact.setdefault(word, []).append((term, opening))
                for letters in opening.first.beginnings:
                    self.beginnings.setdefault(letters, []).append((term, opening))
                if opening.first.numeric:
                    self.numeric.append((term, opening))
        self.longest = max(map(len, self.beginnings), default=0)
        self.families: dict[tuple[str, str], int] = {}
        self.of_numbers = Remembered(Beginning("", self.numeric, self.families).before, _SECONDS)
        # by the first word and then the second; None where no phrase begins with a word
        self.candidates = Remembered[str, Remembered[str, Candidates] | None](self._beginning, _BEGINNINGS)
        wanted = [opening.first for word, ones in self.exact.items() for term, opening in ones if term.label != MASK]
        self.opens = frozenset(word for first in wanted for word in first.words)

    def stands_in(self, words: Sequence[str]) -> bool:
        """False where no word of a text begins a phrase."""
        return bool(self.beginnings or self.numeric) or not self.opens.isdisjoint(words)

    def _beginning(self, word: str) -> Remembered[str, Candidates] | None:
        number = word[0].isdigit()
        if number and word not in self.exact:
            return self.of_numbers
        terms = [*self.exact.get(word, ())]
        for length in range(1, min(len(word), self.longest) + 1):
            terms += self.beginnings.get(word[:length], ())
        if number:
            terms += self.numeric
        return Remembered(Beginning(word, terms, self.families).before, _SECONDS) if terms else None


def find(low: str, index: Index, placed: tuple[list[int], list[str]]) -> list[Found]:
    """Every phrase in a plain lower-case text, in reading order; of a label (and a cue's reach) the longest, and
    none overlaps another. `placed`: the words of the text, as `words_of` gives them.

    What stands wholly within words that only look like it (`MASK`) is left out.
    """
    taken: dict[int, int] = {}  # how far a phrase of each family reaches
    found: list[Found] = []
    places, words = placed
    here = frozenset(words)
    ahead = [*words[1:], "", "", ""]
    known = index.candidates
    for at, word in enumerate(words):
        by_second = known[word]
        if by_second is None:
            continue
        second = ahead[at]
        place = places[at]
        for family, candidates in by_second[_ahead(word, *ahead[at : at + 3]) if second in _TWO else second]:
            if taken.get(family, 0) > place:
                continue
            longest = _longest(candidates, low, place, here)
            if longest is not None:
                taken[family] = longest.end
                found.append(longest)
    return _unmasked(found)


_TWO = UNITS | NUMBER_GOES_ON | {"-"}


def _ahead(word: str, second: str, behind: str, last: str) -> str:
    """What decides which terms are asked: the word that follows; behind a hyphen, a space and the one that does; in a
    number that goes on, also the next.
    """
    if second == "-":
        return f" {behind}"
    if not (word[0].isdigit() or word in _NUMBERS):
        return second
    if second in UNITS:
        return f"{second} {behind if behind != '-' else last}"
    goes_on = second in {"+", "out"} or behind[:1].isdigit() or behind in _NUMBERS
    return f"{second} {behind}" if goes_on else second


def _longest(candidates: Sequence[Candidate], low: str, place: int, here: frozenset[str]) -> Found | None:
    """The longest phrase of a family at a place of a text; `here` are all words of the text."""
    longest, best = 0, None
    for length, needs, match, term in candidates:
        if length:
            end = place + length
        elif needs and needs.isdisjoint(here):
            continue
        elif matched := match(low, place):
            end = matched.end()
        else:
            continue
        if end > longest:
            longest, best = end, term
    return Found(place, longest, best.label, best.value, best) if best else None


def _unmasked(found: list[Found]) -> list[Found]:
    """The phrases that do not stand wholly within words which keep their label from being found there."""
    masks = [one for one in found if one.label == MASK]
    kept = [one for one in found if one.label != MASK] if masks else found
    starts = [one.start for one in kept]
    hidden = {
        at
        for mask in masks
        for at in range(bisect_left(starts, mask.start), bisect_left(starts, mask.end))
        if kept[at].label in mask.term.masks and kept[at].end <= mask.end
    }
    return [one for at, one in enumerate(kept) if at not in hidden] if hidden else kept

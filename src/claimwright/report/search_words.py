"""Words as somebody types them: begun, misspelled, or run together; and the words of an index they may mean."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

_TERM = re.compile(r"[a-z0-9]+(?:[.\-/§_][a-z0-9]+)*")
_INNER = re.compile(r"[.\-/§_]")
LONGEST = 40  # characters of one word; a longer one is no word
_BEGUN = 4  # letters from which on a misspelling is looked for
_LONG = 8  # letters from which on two slips are forgiven
_PREFIX = 10  # letters of a beginning that are compared with slips
# words too frequent to tell anything apart
STOP = frozenset(
    [
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "if", "in", "is", "it", "its"),
        *("no", "not", "of", "on", "or", "that", "the", "this", "to", "was", "with"),
    ]
)


def terms(text: str) -> Iterator[str]:
    """The words of a text: each as a whole without its marks (`270.6` is `2706`), then its parts.

    >>> list(terms("NCD 270.6, CLM-NCCI"))
    ['ncd', '2706', '270', '6', 'clmncci', 'clm', 'ncci']
    """
    for found in _TERM.findall(_plain(text)):
        parts = _INNER.split(found)
        yield "".join(parts)[:LONGEST]
        if len(parts) > 1:
            yield from (part[:LONGEST] for part in parts)


def typed(text: str) -> list[str]:
    """The words of a query, each once: one with marks counts as a whole."""
    whole = ("".join(_INNER.split(found))[:LONGEST] for found in _TERM.findall(_plain(text)))
    words = list(dict.fromkeys(whole))
    return [word for word in words if word not in STOP] or words


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).lower()
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


class Vocabulary:
    """The words of an index, and what a typed one may mean: `meant` gives each with how near it is, 1 for itself."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))

    def meant(self, word: str) -> dict[str, float]:
        """The word itself and those it begins; where there are none, those from which it is a slip or two away."""
        found = {one: 1.0 if one == word else 0.7 - 0.02 * min(len(one) - len(word), 10) for one in self._begun(word)}
        if found or len(word) < _BEGUN or word.isdigit():
            return found
        return self._near(word)

    def _begun(self, word: str) -> Iterator[str]:
        for place in range(bisect_left(self.words, word), len(self.words)):
            if not self.words[place].startswith(word):
                return
            yield self.words[place]

    def _near(self, word: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for shortened in {word, *_without_one(word)}:
            for beginning in self._beginnings.get(shortened, ()):
                if slips(word, beginning, 1) <= 1:
                    for one in self._begun(beginning):
                        nearness = 0.6 if len(one) <= len(word) + 1 else 0.45
                        found[one] = max(found.get(one, 0.0), nearness)
        if not found and len(word) >= _LONG:
            far = ((one, slips(word, one, 2)) for one in self._of_length(len(word)))
            found = {one: 0.4 for one, distance in far if distance <= 2}
        return found

    def _of_length(self, length: int) -> Iterator[str]:
        return (one for one in self.words if abs(len(one) - length) <= 2)

    @cached_property
    def _beginnings(self) -> dict[str, list[str]]:
        """The beginnings of words by what is left of them without a letter."""
        long = {one for one in self.words if len(one) >= _BEGUN and not one.isdigit()}
        begun = {one[:length] for one in long for length in range(_BEGUN, min(len(one), _PREFIX) + 1)} | long
        found: defaultdict[str, list[str]] = defaultdict(list)
        for beginning in sorted(begun):
            for shortened in {beginning, *_without_one(beginning)}:
                found[shortened].append(beginning)
        return dict(found)


def _without_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def slips(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour; `most` + 1 where more.

    >>> slips("nueropathy", "neuropathy", 2), slips("infared", "infrared", 2), slips("gait", "ultrasound", 2)
    (1, 1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        now = [place]
        for at, beside in enumerate(other, start=1):
            cost = min(row[at] + 1, now[at - 1] + 1, row[at - 1] + (letter != beside))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == beside:
                cost = min(cost, before[at - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, row = row, now
    return min(row[-1], most + 1)

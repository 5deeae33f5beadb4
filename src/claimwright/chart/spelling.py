"""Words broken by scanning or typing, read as the words of the language they stand for.

Only a word that is nobody's is changed, and only into a word that the tables spell out: by the signs that scanners
take for one another, by a space that fell into it, or by one letter more, less, other or swapped. Ordinary words are
nobody's misspellings (`would` is no wound), and short words are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from claimwright.chart.hearing import Hearing, hearing_of
from claimwright.chart.language import Language
from claimwright.chart.patterns import words_of
from claimwright.chart.remembered import Remembered

# from where a run begins and from nowhere in it: a long run without a letter would be looked through from every place
_RUN = re.compile(r"((?<![a-z0-9|!$@])[0-9|!$@]*+[a-z][a-z0-9|!$@]*)")
_BY_SIGHT = str.maketrans(
    {"0": "o", "1": "l", "|": "l", "!": "l", "i": "l", "5": "s", "$": "s", "8": "b", "6": "b", "9": "g", "@": "a"}
)
_SHAPES = (("rn", "m"), ("vv", "w"))
SHORTEST_SEEN, SHORTEST_TYPED, SHORTEST_JOINED = 2, 6, 5
SHORTEST_HEARD = 8  # letters of one word that is read by its sound
LONGEST_WORD = 30  # letters; what is longer is no word
_UNSPEAKABLE = re.compile(r"l[bcdfghjkmnpqrstvwxz]|[^aeiouy]+l[^aeiouy]*$")  # no word is spelled so: the l is an I
# small words that are whole wherever they stand
_STOPS = frozenset(
    {"the", "and", "to", "of", "no", "on", "for", "with", "a", "is", "was", "at", "by", "as", "an", "it", "he", "she"}
    | {"his", "her", "we", "they", "this", "that", "then", "from", "but", "not", "are", "were", "had", "has", "have"}
    | {"been", "be", "who", "which", "when", "while", "after", "before", "out", "up", "down", "both", "all", "one"}
    | {"two", "left", "right", "today"}
)


class Doubt(NamedTuple):
    """A word that may be read otherwise. `alone`: whatever follows it; else with the next one, as what begins with its
    `sound` or as what begins with its `sight` (None where nothing does).
    """

    alone: bool
    sound: str | None
    sight: str | None


@dataclass
class Spelling:
    """The words of a language, and what was found for others."""

    words: frozenset[str]
    ordinary: frozenset[str]
    seen: dict[str, str]
    near: dict[str, str]
    hearing: Hearing
    parts: frozenset[str] = frozenset()  # what the words of the tables begin with, as they are seen

    def __post_init__(self) -> None:
        self.begun = self.parts.union(self.seen)
        self.read = Remembered[str, str](partial(self._found, odd=False))
        self.sights = Remembered[str, str](seen_as)
        self.doubts = Remembered[str, Doubt | None](self._doubt)
        self.doubted_before = Remembered[tuple[str, str], bool](self._doubted_before)

    def of(self, word: str, *, odd: bool = False) -> str:
        """The word that this one stands for; itself where it is known, or like none. `odd`: its capitals look scanned.

        >>> words = frozenset({"infrared"})
        >>> Spelling(words, frozenset(), {}, near_words(words), hearing_of(words)).of("infared")
        'infrared'
        """
        return self._found(word, odd=True) if odd else self.read[word]

    def known(self, word: str) -> bool:
        """True for a word of the tables and for an ordinary one."""
        return word in self.words or word in self.ordinary

    def doubted(self, words: Sequence[str]) -> list[int]:
        """The places of the words that may be read otherwise, alone or together with those behind them."""
        doubts, doubted_before, following = self.doubts, self.doubted_before, [*words[1:], ""]
        return [
            place
            for place, word in enumerate(words)
            if doubts[word] is not None and doubted_before[word, following[place]]
        ]

    def _doubt(self, word: str) -> Doubt | None:
        """What is doubtful about a word; None for one that is read as it stands, whatever follows it."""
        if word in _STOPS:
            return None
        sound, sight, other = self.hearing.sounds[word], self.sights[word], self.of(word) != word
        heard, seen = sound in self.hearing.beginnings, sight in self.parts
        if not (other or heard or seen or any(sign.isdigit() for sign in word)):
            return None
        alone = other or any(form.fullmatch(word) for form in (_GLUED, _DIGITS, _LETTERS_ONLY, _ONE))
        heard = heard and word not in self.hearing.listened
        return Doubt(alone, sound if heard else None, sight if seen else None)

    def _doubted_before(self, pair: tuple[str, str]) -> bool:
        """Whether a word may be read otherwise before another, which can go on with it by sound or by sight."""
        word, following = pair
        doubt = self.doubts[word]
        if doubt is None or doubt.alone or not following:
            return doubt is not None and doubt.alone
        if doubt.sound is not None and self.hearing.goes_on(doubt.sound, following) is not None:
            return True
        if doubt.sight is None:
            return False
        sight = doubt.sight + self.sights[following]
        if sight in self.begun:
            return True
        # what ends one word and begins the next may be seen as one letter
        return (following[-1] in "rv" and sight[:-1] in self.begun) or (word[-1] in "rv" and following[0] in "nv")

    def _found(self, word: str, *, odd: bool) -> str:
        if self.known(word) or len(word) > LONGEST_WORD:
            return word
        if len(word) >= SHORTEST_SEEN:
            by_sight = self.seen.get(seen_as(word))
            mixed = odd or bool(_UNSPEAKABLE.match(word)) or any(sign.isdigit() or sign in "|!$@" for sign in word)
            if by_sight is not None and (mixed or len(word) > SHORTEST_JOINED or "rn" in word):
                return by_sight
        if len(word) >= SHORTEST_TYPED and word.isalpha():
            for form in (word, *_shorter(word)):
                near = self.near.get(form)
                if near is not None and _one_apart(word, near):
                    return near
            heard = self.hearing.words.get(self.hearing.sounds[word]) if len(word) >= SHORTEST_HEARD else None
            if heard is not None and heard[0] == word[0]:
                return heard
        return word


def spelling_of(language: Language) -> Spelling:
    """The spelling of a language's words."""
    words = frozenset(word for term in language.terms for word in term.pattern.words) | language.spelled
    seen: dict[str, str] = {}
    for word in sorted(words):
        if len(word) >= SHORTEST_SEEN:
            seen.setdefault(seen_as(word), word)
    parts = frozenset(shape[:length] for shape in seen for length in range(1, len(shape)))
    return Spelling(words, language.ordinary, seen, near_words(words), hearing_of(language.heard), parts)


def near_words(words: frozenset[str] | set[str]) -> dict[str, str]:
    """Each long word under itself and under itself without any one letter."""
    near: dict[str, str] = {}
    for word in sorted(words):
        if len(word) >= SHORTEST_TYPED:
            for form in (word, *_shorter(word)):
                near.setdefault(form, word)
    return near


def seen_as(word: str) -> str:
    """How a scanner may have seen a word, with what it takes for one another made the same.

    >>> seen_as("lumbar") == seen_as("1umbar") == seen_as("lurnbar")
    True
    """
    word = word.translate(_BY_SIGHT)
    for shape, sign in _SHAPES:
        word = word.replace(shape, sign)
    return word


def _shorter(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(1, len(word))]


def _one_apart(word: str, other: str) -> bool:
    """Whether one letter more, less, other, or two swapped make one of the other. The first letter is never doubted."""
    if word[0] != other[0] or abs(len(word) - len(other)) > 1:
        return False
    place = 0
    while place < min(len(word), len(other)) and word[place] == other[place]:
        place += 1
    rest, rest_of_other = word[place:], other[place:]
    return (
        rest[1:] == rest_of_other[1:]
        or rest == rest_of_other[1:]
        or rest[1:] == rest_of_other
        or (rest[:2] == rest_of_other[1::-1] and rest[2:] == rest_of_other[2:])
    )


def corrections(text: str, low: str, spelling: Spelling) -> list[tuple[int, int, str]]:
    """The parts of a plain text to be read otherwise: from, to, and the word instead. `low`: it in small letters."""
    places, words = words_of(low, _RUN)
    odd = {bisect_right(places, found.start()) - 1 for found in _ODD.finditer(text)}
    found: list[tuple[int, int, str]] = []
    behind = 0  # the words already read
    for at in sorted(odd.union(spelling.doubted(words))):
        if at < behind:
            continue
        word = words[at]
        start = places[at]
        end = start + len(word)
        behind = at + 1
        if _LEVEL.fullmatch(text, start, end) or low.startswith("'clock", end):
            continue
        heard = spelling.hearing.at(words, at)
        if heard is not None and low.startswith(" ".join(words[at : at + heard[0]]), start):
            behind = at + heard[0]
            found.append((start, places[behind - 1] + len(words[behind - 1]), heard[1]))
            continue
        glued = _GLUED.fullmatch(word)
        instead = f"{glued.group(1).translate(_AS_DIGITS)} min" if glued else _number(low, word, end)
        if instead is None and at + 1 < len(words) and _APART.match(low, start):
            instead, end, behind = "10", places[at + 1] + len(words[at + 1]), at + 2
        joined = _joined(low, words, at, start, spelling) if instead is None else None
        if joined is not None:
            instead, count = joined
            behind = at + count
            end = places[behind - 1] + len(words[behind - 1])
        if instead is None:
            instead = spelling.of(word, odd=at in odd)
        if instead != word:
            found.append((start, end, instead.upper() if text[start:end].isupper() else instead))
    return found


def _joined(low: str, words: Sequence[str], at: int, start: int, spelling: Spelling) -> tuple[str, int] | None:
    """A word of the tables that spaces fell into, and of how many pieces it is.

    A long one is taken even where its pieces are words by themselves.
    """
    whole, known = words[at], spelling.known(words[at])
    if spelling.sights[whole] not in spelling.parts:
        return None
    for count, piece in enumerate(words[at + 1 : at + 3], 2):
        if not low.startswith(" " + piece, start + len(whole) + count - 2):
            return None
        whole, known = whole + piece, known and spelling.known(piece)
        read = whole if whole in spelling.words else spelling.seen.get(seen_as(whole), "")
        if read and len(read) >= (SHORTEST_JOINED if not known and count == 2 else LONG):
            return read, count
    return None


LONG = 7  # letters of a word that no two others make up by chance
_LEVEL = re.compile(r"C[1-7]|T(?:[1-9]|1[0-2])|L[1-5]|S[12]")  # a vertebra, and no scanned number
_GLUED = re.compile(r"([0-9oil|]{1,2})(?:rnin|min|mln)s?")  # `l5rnin`
_APART = re.compile(r"[il|1] [o0](?= ?(?:'|(?:rn?in|min|reps?|deg|ft)\b))")  # `l O min`
_ODD = re.compile(r"[a-z][A-Z]")  # a small letter before a capital: scanners take I for l
_DIGITS = re.compile(r"[0-9oil|!]*[0-9][0-9oil|!]*")
_ONE = re.compile(r"[il]")
_LETTERS_ONLY = re.compile(r"[il|]o|[il|]{2}|o")
_COUNTED = re.compile(r" ?'| ?(?:rn? ?i ?n|m ?[il] ?n|reps?|deg|ft|feet|x |cm|visit)")


def _number(low: str, word: str, end: int) -> str | None:
    """A number that was scanned as letters: `3O`, `l0`, or `lO` before a unit."""
    if _DIGITS.fullmatch(word) or (_LETTERS_ONLY.fullmatch(word) and _COUNTED.match(low, end)):
        digits = word.translate(_AS_DIGITS)
        return digits if digits.isdigit() and digits != word else None
    return None


_AS_DIGITS = str.maketrans({"o": "0", "i": "1", "l": "1", "|": "1", "!": "1"})

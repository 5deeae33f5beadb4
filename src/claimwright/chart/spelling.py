"""Words broken by scanning or typing, read as the words of the language they stand for.

Only a word that is nobody's is changed, and only into a word that the tables spell out: by the signs that scanners
take for one another, by a space that fell into it, or by one letter more, less, other or swapped. Ordinary words are
nobody's misspellings (`would` is no wound), and short words are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from claimwright.chart.hearing import Hearing, hearing_of
from claimwright.chart.language import Language

_RUN = re.compile(r"[a-z0-9|!$@]*[a-z][a-z0-9|!$@]*")
_BY_SIGHT = str.maketrans(
    {"0": "o", "1": "l", "|": "l", "!": "l", "i": "l", "5": "s", "$": "s", "8": "b", "6": "b", "9": "g", "@": "a"}
)
_SHAPES = (("rn", "m"), ("vv", "w"))
SHORTEST_SEEN, SHORTEST_TYPED, SHORTEST_JOINED = 2, 6, 5
LONGEST_WORD = 30  # letters; what is longer is no word
_REMEMBERED = 100_000
_UNSPEAKABLE = re.compile(r"l[bcdfghjkmnpqrstvwxz]|[^aeiouy]+l[^aeiouy]*$")  # no word is spelled so: the l is an I
# small words that are whole wherever they stand
_STOPS = frozenset(
    {"the", "and", "to", "of", "no", "on", "for", "with", "a", "is", "was", "at", "by", "as", "an", "it", "he", "she"}
    | {"his", "her", "we", "they", "this", "that", "then", "from", "but", "not", "are", "were", "had", "has", "have"}
    | {"been", "be", "who", "which", "when", "while", "after", "before", "out", "up", "down", "both", "all", "one"}
    | {"two", "left", "right", "today"}
)


@dataclass
class Spelling:
    """The words of a language, and what was found for others. One per process: what it remembers only saves time."""

    words: frozenset[str]
    ordinary: frozenset[str]
    seen: dict[str, str]
    near: dict[str, str]
    hearing: Hearing
    parts: frozenset[str] = frozenset()  # what the words of the tables begin with, as they are seen
    remembered: dict[str, str] = field(default_factory=dict)
    decided: dict[str, bool] = field(default_factory=dict)

    def of(self, word: str, *, odd: bool = False) -> str:
        """The word that this one stands for; itself where it is known, or like none. `odd`: its capitals look scanned.

        >>> words = frozenset({"infrared"})
        >>> Spelling(words, frozenset(), {}, near_words(words), hearing_of(words)).of("infared")
        'infrared'
        """
        key = word + "^" if odd else word
        found = self.remembered.get(key)
        if found is None:
            if len(self.remembered) >= _REMEMBERED:
                self.remembered.clear()
            found = self.remembered[key] = self._found(word, odd=odd)
        return found

    def known(self, word: str) -> bool:
        """True for a word of the tables and for an ordinary one."""
        return word in self.words or word in self.ordinary

    def settled(self, word: str) -> bool:
        """True for a word that is read as it stands, whatever follows it: no other word, and no beginning of one."""
        found = self.decided.get(word)
        if found is None:
            if len(self.decided) >= _REMEMBERED:
                self.decided.clear()
            found = self.decided[word] = word in _STOPS or (
                self.of(word) == word
                and not any(sign.isdigit() for sign in word)
                and self.hearing.sound(word) not in self.hearing.beginnings
                and seen_as(word) not in self.parts
            )
        return found

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
    found: list[tuple[int, int, str]] = []
    runs = list(_RUN.finditer(low))
    words = [run.group() for run in runs]
    odd = _ODD.search(text) is not None
    at = 0
    while at < len(runs):
        run = runs[at]
        word = words[at]
        if spelling.settled(word) and not (odd and _ODD.search(text, *run.span())):
            at += 1
            continue
        start, end = run.span()
        if _LEVEL.fullmatch(text, start, end) or low.startswith("'clock", end):
            at += 1
            continue
        heard = spelling.hearing.at(words, at)
        if heard is not None and low.startswith(" ".join(words[at : at + heard[0]]), start):
            found.append((start, runs[at + heard[0] - 1].end(), heard[1]))
            at += heard[0]
            continue
        glued = _GLUED.fullmatch(word)
        instead = f"{glued.group(1).translate(_AS_DIGITS)} min" if glued else _number(low, word, end)
        if instead is None and at + 1 < len(runs) and _APART.match(low, start):
            instead, end, at = "10", runs[at + 1].end(), at + 1
        joined = _joined(low, runs, at, spelling) if instead is None else None
        if joined is not None:
            instead, count = joined
            at += count - 1
            end = runs[at].end()
        if instead is None:
            instead = spelling.of(word, odd=bool(_ODD.search(text, start, end)))
        if instead != word:
            found.append((start, end, instead.upper() if text[start:end].isupper() else instead))
        at += 1
    return found


def _joined(low: str, runs: list[re.Match[str]], at: int, spelling: Spelling) -> tuple[str, int] | None:
    """A word of the tables that spaces fell into, and of how many pieces it is.

    A long one is taken even where its pieces are words by themselves.
    """
    whole, known = runs[at].group(), spelling.known(runs[at].group())
    if seen_as(whole) not in spelling.parts:
        return None
    for count in (2, 3):
        if at + count > len(runs) or low[runs[at + count - 2].end() : runs[at + count - 1].start()] != " ":
            return None
        piece = runs[at + count - 1].group()
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
_LETTERS_ONLY = re.compile(r"[il|]o|[il|]{2}|o")
_COUNTED = re.compile(r" ?'| ?(?:rn? ?i ?n|m ?[il] ?n|reps?|deg|ft|feet|x |cm|visit)")


def _number(low: str, word: str, end: int) -> str | None:
    """A number that was scanned as letters: `3O`, `l0`, or `lO` before a unit."""
    if _DIGITS.fullmatch(word) or (_LETTERS_ONLY.fullmatch(word) and _COUNTED.match(low, end)):
        digits = word.translate(_AS_DIGITS)
        return digits if digits.isdigit() and digits != word else None
    return None


_AS_DIGITS = str.maketrans({"o": "0", "i": "1", "l": "1", "|": "1", "!": "1"})

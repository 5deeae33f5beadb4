r"""The phrases of a language table: a small notation for words as therapists write them, compiled to expressions.

    treat~             the word with its simple endings (treats, treated, treating)
    neuropath*         any word that begins so
    h/o                signs as they stand, spaces around them left free
    (of, to the)?      one of several, or none; without the question mark one has to stand
    <n>                a number, in figures or words;  <m> one with its unit or scale;  <w> any one word
    ..3                up to three words of any kind, within a clause
    step-up            with, without or with a space for the hyphen
    \(r\)              a bracket, comma or hyphen as it stands

A phrase matches text that was made plain and lower case (`plain.py`), from the beginning of a word to the end of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred")
NUMBER_WORDS = (*_UNITS, *_TEENS, *_TENS)
NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d+)?(?!\d)|(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})(?![a-z]))"
UNITS = frozenset(
    {"cm", "mm", "in", "feet", "foot", "ft", "deg", "degree", "degrees", "%", "°", "'", '"', "lb", "lbs", "kg"}
    | {"pound", "pounds", "s", "sec", "second", "seconds", "min", "mins", "minute", "minutes"}
)
NUMBER_GOES_ON = frozenset({",", "+", "/", "of", "out", "x"})  # besides a unit
MEASURE = (
    rf"[+-]?{NUMBER}\+?(?: ?(?:{'|'.join(sorted(UNITS))}|/ ?\d+|"
    rf"of (?:\d+|ten)|out of (?:\d+|ten)|x {NUMBER}(?: ?cm)?|x\d+)(?![a-z]))?"
)
_WORD = re.compile(r"([a-z]+|\d+(?:\.\d+)?|[^\sa-z\d])")  # `x10` and `3x10` are several words
_BETWEEN = "(?: | ?- ?)"
_GAP = r"(?:[^\s.;:\n]+[ ]){0,%d}?"


def inflected(word: str) -> tuple[str, ...]:
    """A word with its simple endings, the longest first.

    >>> inflected("reduce")
    ('reducing', 'reduces', 'reduced', 'reduce')
    """
    forms = {word}
    if word.endswith("e"):
        forms |= {word + "s", word + "d", word[:-1] + "ing"}
    elif word.endswith("y") and word[-2:-1] not in set("aeiou"):
        forms |= {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    else:
        forms |= {word + "s", word + "ed", word + "ing"}
        if word.endswith(("s", "x", "ch", "sh")):
            forms.add(word + "es")
        if _DOUBLES.search(word):
            forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


_DOUBLES = re.compile(r"(?:^|[^aeiou])[aeiou][bdgmnprt]$")


class PhraseError(ValueError):
    """A phrase that the notation does not know; the message is for who wrote it."""


class Shape(NamedTuple):
    """What a word of a text may be: one of some `words`, one of some `beginnings` with anything behind, a number."""

    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    numeric: bool = False
    anything: bool = False

    def or_(self, other: Shape) -> Shape:
        """What is of either shape."""
        return Shape(
            self.words | other.words,
            self.beginnings | other.beginnings,
            self.numeric or other.numeric,
            self.anything or other.anything,
        )


ANYTHING = Shape(anything=True)


class Opening(NamedTuple):
    """The first word of a phrase and the one behind it, a hyphen between them left out: which notes are worth a look.

    A number may go on with what is in `inside`, and `measured` is the word behind its unit. Of a part of a phrase
    `second` is None where it has one word, and `glued` is true where the next may be written as one with it.
    """

    first: Shape
    second: Shape | None = None
    measured: Shape | None = None
    inside: Shape = Shape()
    glued: bool = False


@dataclass(frozen=True)
class Pattern:
    """One phrase: the source of its expression, and how it can open.

    `words` is every word it spells out in full (for the spelling of broken text). `alone`: it is one word and no more.
    `fixed`: its first two are spelled out; of two phrases that are as long as each other in a text, the one that is not
    is taken. `needs`: words of which one stands wherever the phrase does, behind its first two; none where unsure.
    """

    phrase: str
    source: str
    openings: tuple[Opening, ...]
    words: frozenset[str]
    alone: bool
    fixed: bool
    needs: frozenset[str] = frozenset()

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Compiled when a note first shows the first word of the phrase: most phrases stand in no one note."""
        return re.compile(self.source)


@dataclass(frozen=True)
class _Part:
    source: str
    openings: tuple[Opening, ...] = ()
    words: frozenset[str] = frozenset()
    optional: bool = False
    gap: bool = False
    sign: bool = False  # an arrow or a colon needs no space beside it
    needs: frozenset[str] = frozenset()  # words of which one stands where the part does; none where unsure


@lru_cache(maxsize=8192)
def compiled(phrase: str) -> Pattern:
    """Compile one phrase. Raises PhraseError."""
    parts = [_part(word, phrase) for word in _split(phrase.lower())]
    if not parts or parts[0].gap:
        raise PhraseError(f"{phrase!r} begins with no word")
    if all(part.optional for part in parts):
        raise PhraseError(f"{phrase!r} may match nothing")
    openings = tuple(_openings(parts))
    if not any(first.words or first.beginnings or first.numeric for first, *_ in openings):
        raise PhraseError(f"{phrase!r} begins with any word")
    words = frozenset(word for part in parts for word in part.words)
    alone = len(parts) == 1 and all(second is None and not first.numeric for first, second, *_ in openings)
    if any(first.anything for first, *_ in openings):  # which may be the word of another opening
        openings = tuple(Opening(first) for first, *_ in openings)
        alone = False
    fixed = _fixed(parts)
    if fixed:  # then by its whole words alone: `in 20<n>` is no phrase of `in 2021`
        spelled = Shape(frozenset(word for opening in parts[1].openings for word in opening.first.words))
        openings = tuple(opening._replace(second=spelled) for opening in openings)
    return Pattern(phrase, _joined(parts), openings, words, alone, fixed, _needed(parts[2:]))


def _needed(parts: Sequence[_Part]) -> frozenset[str]:
    """The words of the part that fewest texts have, of those that may not be missing: rather words than signs, rather
    few than many.
    """
    known = [part.needs for part in parts if part.needs and not part.optional]
    return min(known, key=lambda words: (not all(map(str.isalpha, words)), len(words)), default=frozenset())


def _fixed(parts: Sequence[_Part]) -> bool:
    """Whether the first word and the one behind it are spelled out."""
    if len(parts) < 2 or any(part.optional or part.gap for part in parts[:2]) or parts[1].sign:
        return False
    firsts, seconds = ([opening.first for opening in part.openings] for part in parts[:2])
    return (
        all(opening.second is None for opening in parts[0].openings)
        and all(first.words | first.beginnings and not first.numeric for first in firsts)
        and all(word.isalpha() for first in firsts for word in first.words)
        and any(second.words for second in seconds)
        and not any(second.beginnings or second.numeric for second in seconds)
    )


def _openings(parts: Sequence[_Part]) -> Iterator[Opening]:
    """How parts in a row can open."""
    for place, part in enumerate(parts):
        behind = _behind(parts[place + 1 :])
        for opening in part.openings:
            follows = opening.second or behind
            measured = opening.measured and (follows or ANYTHING)
            yield opening._replace(second=follows, measured=measured)
        if not part.optional:
            return


def _behind(parts: Sequence[_Part]) -> Shape | None:
    """The word that parts have first, seen from the word before them; None where there are no parts."""
    shape = Shape()
    for part in parts:
        if part.gap:
            return ANYTHING
        for first, second, _, _, glued in part.openings:
            if second is not None and "-" in first.words:
                return ANYTHING  # a hyphen that may be none
            shape = shape.or_(first._replace(beginnings=first.beginnings | first.words) if glued else first)
        if not part.optional:
            return shape
    return ANYTHING if parts else None


def _joined(parts: list[_Part]) -> str:
    """The expression of parts in a row: what may be missing takes the space beside it along."""
    source, begun, gap, sign = "", False, False, False
    for part in parts:
        between = "" if gap or not begun else ",? " if part.gap else " ?" if sign or part.sign else _BETWEEN
        if not part.optional:
            source += between + part.source
        elif begun:
            source += f"(?:{between}{part.source})?"
        else:
            source += f"(?:{part.source}{_BETWEEN})?"
        begun, gap, sign = begun or not part.optional, part.gap, part.sign
    return source


def _split(phrase: str, at: str = " ") -> list[str]:
    """The words of a phrase, or the choices of a group; what stands in brackets is not parted."""
    found, depth, word, escaped = [], 0, "", False
    for sign in phrase.strip():
        depth += 0 if escaped else (sign == "(") - (sign == ")")
        if sign == at and depth == 0 and not escaped:
            found.append(word.strip())
            word = ""
        else:
            word += sign
        escaped = sign == "\\" and not escaped
    if depth:
        raise PhraseError(f"{phrase!r} has a bracket without its partner")
    return [one for one in [*found, word.strip()] if one]


def _part(word: str, phrase: str) -> _Part:
    if word.startswith(".."):
        if not word[2:].isdigit():
            raise PhraseError(f"{phrase!r}: write ..3 for up to three words")
        return _Part(_GAP % int(word[2:]), gap=True)
    if word.startswith("("):
        return _group(word, phrase)
    return _simple(word, phrase)


def _group(word: str, phrase: str) -> _Part:
    body, closing, mark = word[1:].rpartition(")")
    if not closing or mark not in {"", "?"}:
        raise PhraseError(f"{phrase!r}: a group is (one, two) or (one, two)?")
    choices = [_choice(choice, phrase) for choice in _split(body, ",")]
    if not choices:
        raise PhraseError(f"{phrase!r}: a group names what may stand there")
    return _Part(
        "(?:" + "|".join(choice.source for choice in choices) + ")",
        tuple(opening for choice in choices for opening in choice.openings),
        frozenset().union(*(choice.words for choice in choices)),
        optional=mark == "?",
        sign=all(choice.sign for choice in choices),
        needs=frozenset().union(*(choice.needs for choice in choices if all(other.needs for other in choices))),
    )


def _choice(choice: str, phrase: str) -> _Part:
    """One choice of a group."""
    parts = [_part(word, phrase) for word in _split(choice)]
    if not parts:
        raise PhraseError(f"{phrase!r} has an empty choice; write (one, two)? where nothing may stand")
    words = frozenset(word for part in parts for word in part.words)
    return _Part(_joined(parts), tuple(_openings(parts)), words, sign=parts[0].sign, needs=_needed(parts))


_PIECES = re.compile(r"<n>|<m>|<w>|\\.|[a-z]+[~*]?|\d+(?:\.\d+)?|-|[^\sa-z\d]")


def _simple(word: str, phrase: str) -> _Part:
    """One word, with signs and numbers in it: `x<n>`, `h/o`, `step-ups~`."""
    pieces = _PIECES.findall(word)
    if "".join(pieces) != word:
        raise PhraseError(f"{phrase!r}: {word!r} is not understood")
    source, words = "", set[str]()
    alone = len(pieces) == 1 and not pieces[0][0].isalnum() and pieces[0] not in {"<n>", "<m>", "<w>"}
    if alone:
        sign = pieces[0].lstrip("\\")
        return _Part(re.escape(sign), (Opening(_shape(pieces[0])),), sign=True, needs=frozenset({sign} - {"."}))
    for place, piece in enumerate(pieces):
        bare = piece.rstrip("~*")
        if piece.isascii() and bare.isalpha():
            words |= set(inflected(bare)) if piece.endswith("~") else {bare}
        loose = place and "/" in {piece, pieces[place - 1]}
        source += (" ?" if loose else "") + _source(piece)
    source += _closing(pieces[-1])
    spelled = frozenset(one for one in words if len(one) > 1 and one + "*" != pieces[0])
    whole = len(pieces) == 1 and bare.isalpha() and not pieces[0].endswith("*")  # it is one word of the text
    return _Part(source, (_opening(pieces),), spelled, needs=frozenset(words) if whole else frozenset())


def _opening(pieces: list[str]) -> Opening:
    """How a word in pieces opens."""
    first, *others = pieces
    if first.isdigit() and others[:1] == ["<n>"]:
        return Opening(Shape(numeric=True))  # `20<n>` is one word of a text, a year
    measured = ANYTHING if first == "<m>" else None
    opening = Opening(_shape(first), measured=measured, inside=Shape(_IN_NUMBERS.get(first, frozenset())))
    if not others:
        return opening
    following = others[1:] if others[0] == "-" else others
    second = _shape(following[0]) if following else ANYTHING
    if following[1:]:  # it may be one word of a text with the piece behind it
        second = second._replace(beginnings=second.beginnings | second.words)
    return opening._replace(second=second, glued=others[0] in {"-", "<n>", "<m>", "<w>"})


_IN_NUMBERS = {"<n>": frozenset({","}), "<m>": NUMBER_GOES_ON}


def _shape(piece: str) -> Shape:
    """What the word that a piece stands for may be."""
    if piece in {"<n>", "<m>"}:
        return Shape(frozenset(NUMBER_WORDS), numeric=True)
    if piece == "<w>":
        return ANYTHING
    if piece.endswith("*"):
        return Shape(beginnings=frozenset({piece[:-1]}))
    return Shape(frozenset(inflected(piece[:-1]) if piece.endswith("~") else {piece.lstrip("\\")}))


def _source(piece: str) -> str:
    if piece == "<n>":
        return NUMBER
    if piece == "<m>":
        return MEASURE
    if piece.startswith("\\"):
        return re.escape(piece[1:])
    if piece == "<w>":
        return r"[^\s.;:,\n]+"
    if piece == "-":
        return "[- ]?"
    if piece.endswith("~"):
        return "(?:" + "|".join(inflected(piece[:-1])) + ")"
    if piece.endswith("*"):
        return re.escape(piece[:-1]) + r"[a-z]*"
    return re.escape(piece)


def _closing(piece: str) -> str:
    if piece in {"<n>", "<m>"} or piece[0].isdigit():
        return r"(?!\d)"
    if not piece[0].isalpha():
        return ""
    return r"(?![a-z\d])" if len(piece) <= 2 else "(?![a-z])"


def words_of(text: str, expression: re.Pattern[str] = _WORD) -> tuple[list[int], list[str]]:
    """Where the words, numbers and signs of a plain text begin, and what they are.

    `expression` is one group; another one than that of words takes its matches for words.

    >>> words_of("r knee x10 min")
    ([0, 2, 7, 8, 11], ['r', 'knee', 'x', '10', 'min'])
    """
    pieces = expression.split(text)  # in turn what lies between words and a word
    return list(accumulate(map(len, pieces)))[:-1:2], pieces[1::2]

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
from dataclasses import dataclass
from functools import cached_property, lru_cache

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred")
NUMBER_WORDS = (*_UNITS, *_TEENS, *_TENS)
NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d+)?(?!\d)|(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})(?![a-z]))"
MEASURE = (
    rf"[+-]?{NUMBER}\+?(?: ?(?:%|°|/ ?\d+|'|\"|cm|mm|in|deg(?:rees?)?|feet|foot|ft|lbs?|kg|pounds?|sec(?:onds?)?|s|"
    rf"min(?:utes?|s)?|of (?:\d+|ten)|out of (?:\d+|ten)|x {NUMBER}(?: ?cm)?|x\d+)(?![a-z]))?"
)
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[^\sa-z\d]")  # `x10` and `3x10` are several words
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


@dataclass(frozen=True)
class Pattern:
    """One phrase: the source of its expression, and the words it can begin with.

    `firsts` are whole words, `beginnings` what its first word begins with, `words` every word it spells out in full
    (for the spelling of broken text); `numeric` is true when it can begin with a number. `seconds` are the words that
    must follow the first, where only whole words can; None where anything may.
    """

    phrase: str
    source: str
    firsts: frozenset[str]
    beginnings: frozenset[str]
    words: frozenset[str]
    numeric: bool
    seconds: frozenset[str] | None = None

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Compiled when a note first shows the first word of the phrase: most phrases stand in no one note."""
        return re.compile(self.source)


@dataclass(frozen=True)
class _Part:
    source: str
    firsts: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    numeric: bool = False
    optional: bool = False
    gap: bool = False
    sign: bool = False  # an arrow or a colon needs no space beside it
    several: bool = True  # it may be more than one word of a text


@lru_cache(maxsize=8192)
def compiled(phrase: str) -> Pattern:
    """Compile one phrase. Raises PhraseError."""
    parts = [_part(word, phrase) for word in _split(phrase.lower())]
    if not parts or parts[0].gap:
        raise PhraseError(f"{phrase!r} begins with no word")
    firsts, beginnings, numeric, open_ = set[str](), set[str](), False, True
    for part in parts:
        if open_:
            firsts |= part.firsts
            beginnings |= part.beginnings
            numeric |= part.numeric
            open_ = part.optional
    if open_:
        raise PhraseError(f"{phrase!r} may match nothing")
    if not (firsts or beginnings or numeric):
        raise PhraseError(f"{phrase!r} begins with any word")
    words = frozenset(word for part in parts for word in part.words)
    return Pattern(phrase, _joined(parts), frozenset(firsts), frozenset(beginnings), words, numeric, _seconds(parts))


def _seconds(parts: list[_Part]) -> frozenset[str] | None:
    """The words one of which must stand behind the first; None where that cannot be said of whole words."""
    if len(parts) < 2 or parts[0].optional or parts[0].several or parts[0].gap:
        return None
    second = parts[1]
    if second.optional or second.gap or second.sign or second.beginnings or second.numeric or not second.firsts:
        return None
    return second.firsts


def _joined(parts: list[_Part]) -> str:
    """The expression of parts in a row: what may be missing takes the space beside it along."""
    source, begun, gap, sign = "", False, False, False
    for part in parts:
        between = "" if gap or not begun else " " if part.gap else " ?" if sign or part.sign else _BETWEEN
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
        "(?:" + "|".join(source for source, _ in choices) + ")",
        frozenset().union(*(first.firsts for _, first in choices)),
        frozenset().union(*(first.beginnings for _, first in choices)),
        frozenset().union(*(first.words for _, first in choices)),
        any(first.numeric for _, first in choices),
        optional=mark == "?",
        sign=all(first.sign for _, first in choices),
        several=any(first.several for _, first in choices),
    )


def _choice(choice: str, phrase: str) -> tuple[str, _Part]:
    """One choice of a group: its expression, and what it begins with and spells."""
    parts = [_part(word, phrase) for word in _split(choice)]
    if not parts:
        raise PhraseError(f"{phrase!r} has an empty choice; write (one, two)? where nothing may stand")
    source, first = _joined(parts), parts[0]
    words = frozenset(word for part in parts for word in part.words)
    several = len(parts) > 1 or first.several
    return source, _Part(source, first.firsts, first.beginnings, words, first.numeric, sign=first.sign, several=several)


_PIECES = re.compile(r"<n>|<m>|<w>|\\.|[a-z]+[~*]?|\d+(?:\.\d+)?|-|[^\sa-z\d]")


def _simple(word: str, phrase: str) -> _Part:
    """One word, with signs and numbers in it: `x<n>`, `h/o`, `step-ups~`."""
    pieces = _PIECES.findall(word)
    if "".join(pieces) != word:
        raise PhraseError(f"{phrase!r}: {word!r} is not understood")
    if len(pieces) == 1 and not pieces[0][0].isalnum() and pieces[0] not in {"<n>", "<m>", "<w>"}:
        alone = pieces[0].lstrip("\\")
        return _Part(re.escape(alone), frozenset({alone}), sign=True)
    first = pieces[0]
    letters = first.rstrip("~*")
    source, words = "", set[str]()
    for place, piece in enumerate(pieces if word != "-" else ("\\-",)):
        bare = piece.rstrip("~*")
        if piece.isascii() and bare.isalpha():
            words |= set(inflected(bare)) if piece.endswith("~") else {bare}
        loose = place and "/" in {piece, pieces[place - 1]}
        source += (" ?" if loose else "") + _source(piece)
    source += _closing(pieces[-1])
    spelled = frozenset(one for one in words if len(one) > 1)
    if first == "<w>":
        return _Part(source)
    if first in {"<n>", "<m>"}:
        return _Part(source, frozenset(NUMBER_WORDS), words=spelled, numeric=True)
    if first.startswith("\\"):
        return _Part(source, frozenset({first[1:]}), words=spelled)
    if first[0].isdigit() and pieces[1:2] == ["<n>"]:
        return _Part(source, words=spelled, numeric=True)  # `20<n>` is one word of a text, a year
    if first[0].isdigit():
        return _Part(source, frozenset({first}), words=spelled)
    if first.endswith("*"):
        return _Part(source, beginnings=frozenset({letters}), words=spelled - {letters}, several=len(pieces) > 1)
    firsts = frozenset(inflected(letters) if first.endswith("~") else (letters,))
    return _Part(source, firsts, words=spelled, several=len(pieces) > 1)


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


def starts(text: str) -> list[tuple[int, str]]:
    """Where the words, numbers and signs of a plain text begin, and what they are.

    >>> starts("r knee x10 min")
    [(0, 'r'), (2, 'knee'), (7, 'x'), (8, '10'), (11, 'min')]
    """
    return [(found.start(), found.group()) for found in _WORD.finditer(text)]

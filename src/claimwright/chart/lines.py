"""What the lines of a note say, each by itself: many stand in other notes too, as templates and habits have it.

No phrase reaches from one line into the next, and no word is broken across two. So a line is read once, however many
notes it stands in, and only its place in each is worked out anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claimwright.chart.language import Language
from claimwright.chart.mentions import Found, Index, find
from claimwright.chart.patterns import words_of
from claimwright.chart.plain import Plain, lowered
from claimwright.chart.remembered import Remembered
from claimwright.chart.spelling import corrections, spelling_of

SPOKEN = "spoken"
_MOST, _LONGEST = 20_000, 300  # lines to remember, and characters of one
Edit = tuple[int, int, str]  # from, to, and what stands there instead


class Line(NamedTuple):
    """One line: its words to be read otherwise, the signs spoken in it then, and the phrases of what comes of both.

    `spelled_length` and `length` are what it has with the words, and with the signs as well.
    """

    spelled: Sequence[Edit]
    spoken: Sequence[Edit]
    found: Sequence[Found]
    spelled_length: int
    length: int


class Lines:
    """The lines of notes in a language, read when they are first seen."""

    def __init__(self, language: Language) -> None:
        spoken = [term for term in language.terms if SPOKEN in {term.label, *term.masks}]
        # the signs that a dictation spells out, and the words that only look like them
        self.index, self.signs = Index(language.terms), Index(spoken)
        self.spelling = spelling_of(language)
        self.known = Remembered(self.read, _MOST)

    def of(self, plain: Plain) -> tuple[Plain, list[Found]]:
        """A plain text with its words as they are to be read, and all phrases in it, in reading order."""
        spelled: list[Edit] = []
        spoken: list[Edit] = []
        found: list[Found] = []
        at = at_spelled = at_last = 0  # where the line begins: in the text, with its words, and with its signs
        for text in plain.text.split("\n"):
            line = self.known[text] if len(text) <= _LONGEST else self.read(text)
            spelled += [(start + at, end + at, word) for start, end, word in line.spelled]
            spoken += [(start + at_spelled, end + at_spelled, sign) for start, end, sign in line.spoken]
            found += [
                Found(start + at_last, end + at_last, label, value, term)
                for start, end, label, value, term in line.found
            ]
            at, at_spelled, at_last = (
                at + len(text) + 1,
                at_spelled + line.spelled_length + 1,
                at_last + line.length + 1,
            )
        return plain.replaced(spelled).replaced(spoken), found

    def read(self, text: str) -> Line:
        """Read one line by itself."""
        given = Plain(text, lowered(text), text)
        spelled = corrections(given.text, given.low, self.spelling)
        plain = given.replaced(spelled)
        words = words_of(plain.low)
        spoken = self._spoken(plain.low, words)
        last = plain.replaced(spoken)
        if spoken:
            words = words_of(last.low)
        return Line(spelled, spoken, find(last.low, self.index, words), len(plain.low), len(last.low))

    def _spoken(self, low: str, words: tuple[list[int], list[str]]) -> list[Edit]:
        """The signs that a dictation spells out, to be put in place of their names."""
        if not self.signs.stands_in(words[1]):
            return []
        edits = []
        for one in find(low, self.signs, words):
            start = one.start - 1 if one.start and low[one.start - 1] == " " else one.start
            edits.append((start, one.end, "\n" if one.value == "⏎" else one.value))
        return edits

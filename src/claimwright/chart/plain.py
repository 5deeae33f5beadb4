"""A note's text made plain for matching, with the way back to the characters of the original.

Compatibility forms, invisible characters, letters of other alphabets that look Latin, words hyphenated at a line's end
and lines that were only wrapped become what a reader sees. Nothing is removed without its place being kept.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from claimwright.chart.told import Span

LONGEST = 2_000_000  # characters of one note that are read; what is beyond is told

# Letters of other alphabets that are drawn as Latin ones, and signs written in several ways.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν‘’‚‛“”„‟«»‐‑‒–—−⁃→➔➜⇒←×✕·•●▪◦⁄∕",
    'ABESIJKMHOPCTYXaesijopcyxdqwhABEZHIKMNOPTYXoav\'\'\'\'""""""-------' + ">>>><" + "xx" + "....." + "//",
)
_EDITS = re.compile(
    r"""[-=.\s](?:  # of one class first: so the places to look at are found fastest
      (?<=-)(?:(?<=[A-Za-z0-9]-)[ \t]*\r?\n[ \t]*(?=[a-z]) | -?>)  # a word broken at the end of a line; an arrow
    | (?<==)>
    | (?<=\.)\.+(?:\ ?:)?\s*
    | (?<=\s)(?:\s*\.{2,}(?:\ ?:)?\s* | \s+ | (?<![ ]))  # any space but one by itself
    )""",
    re.VERBOSE,
)
_HEADER_AHEAD = re.compile(
    r"[A-Z][A-Za-z0-9/&()#' ]{0,28}:(?!\d)|[A-Z]{3,}\b|\[|\d{5}\b|[-*.]\s|\d{1,2}[.)]\s"
    r"|[A-Z][A-Za-z/()? -]{0,28} ?\.{3,}|[SOAP]\b\s?[-:/]?"
)
_NOT_PLAIN = re.compile(r"[^\t-\r -~]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_FIELD_AHEAD = re.compile(r"[A-Z][A-Za-z0-9/' ]{1,28}:(?!\d)|\[[ xX]\]|\d{5}\b")
_SMALL_FIELD_AHEAD = re.compile(r"[a-z][a-z0-9/&()#'? ]{0,28}(?:\.{2,}|[:>](?!\d))")
_CAPITAL = re.compile(r"(?:^|\n)[^A-Za-z\n]*[A-Z]")
_FIELD = re.compile(r"^\s*(?:[-*•\[]|[A-Z][A-Za-z/&()#' ]{1,28}(?:\?? ?\.{2,} ?)?:)")
_WRAP = 44  # a line shorter than this was broken on purpose, unless the next one goes on in the middle of a sentence


@dataclass(frozen=True)
class Layer:
    """How one text came from another: the points at which the two begin to differ by another amount."""

    places: tuple[int, ...]
    origins: tuple[int, ...]
    length: int  # of the text it came from

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The part of the earlier text behind `[start:end]` of the later one."""
        first = self._origin(start)
        if end <= start:
            return first, first
        at = bisect_right(self.places, end) - 1
        begins = self.places[at] == end  # what stood there instead may have been longer
        return first, max(self.origins[at] if begins else self._origin(end - 1) + 1, first)

    def _origin(self, place: int) -> int:
        at = bisect_right(self.places, place) - 1
        following = self.origins[at + 1] if at + 1 < len(self.origins) else self.length
        return min(self.origins[at] + place - self.places[at], max(following - 1, self.origins[at]))


@dataclass(frozen=True, repr=False)
class Plain:
    """`text` keeps its capitals; `low` is the same in lower case, character for character."""

    text: str
    low: str
    original: str
    layers: tuple[Layer, ...] = ()
    spans: dict[tuple[int, int], Span] = field(default_factory=dict)  # found once: facts share their words

    def span(self, start: int, end: int) -> Span:
        """The characters of the original behind `text[start:end]`."""
        span = self.spans.get((start, end))
        if span is None:
            first, last = start, end
            for layer in reversed(self.layers):
                first, last = layer.back(first, last)
            span = self.spans[start, end] = Span(first, last)
        return span

    def replaced(self, edits: list[tuple[int, int, str]]) -> Plain:
        """The same note with other words in some places, which still lead back to what stood there."""
        if not edits:
            return self
        builder, at = _Builder(), 0
        for start, end, word in edits:
            builder.add(self.text[at:start], at)
            builder.add(word, start)
            at = end
        builder.add(self.text[at:], at)
        text, layers = builder.done(len(self.text))
        return Plain(text, lowered(text), self.original, (*self.layers, *layers))


class _Builder:
    """Text put together from pieces of an earlier one."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.places: list[int] = []
        self.origins: list[int] = []

        self.shift = -1  # of the last point: none yet

    def add(self, piece: str, origin: int) -> None:
        if piece:
            if origin - self.length != self.shift:
                self.places.append(self.length)
                self.origins.append(origin)
                self.shift = origin - self.length
            self.pieces.append(piece)
            self.length += len(piece)

    def done(self, length: int) -> tuple[str, tuple[Layer, ...]]:
        """The text, and its layer, if the two differ in more than signs that stand for one another."""
        if self.places in ([], [0]) and self.length == length and not self.shift:
            return "".join(self.pieces), ()
        return "".join(self.pieces), (Layer(tuple(self.places) or (0,), tuple(self.origins) or (0,), length),)


def made_plain(original: str) -> Plain:
    """The plain text of a note. What is beyond `LONGEST` characters is left out."""
    text, layers = _one_by_one(original[:LONGEST])
    builder, at = _Builder(), 0
    small = "\n" in text and not _CAPITAL.search(text)
    for found in _EDITS.finditer(text):
        start, end = found.span()
        builder.add(text[at:start], at)
        builder.add(_instead(found.group(), text, start, end, small=small), start)
        at = end
    builder.add(text[at:], at)
    plain, added = builder.done(len(text))
    return Plain(plain, lowered(plain), original, (*layers, *added))


def lowered(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):  # a capital whose small letter takes two places
        low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return low


def _last_line(text: str, end: int) -> str:
    return text[text.rfind("\n", 0, end) + 1 : end]


def _instead(sign: str, text: str, start: int, end: int, *, small: bool) -> str:
    """What is read in place of a sign. `small`: no line begins with a capital, so that a small letter says nothing."""
    if sign[0] == "-" and sign[-1] != ">":
        return ""  # a word hyphenated at the end of a line
    if sign.endswith(">"):
        return ">"
    if ".." in sign:
        return ": "  # the dots of a form, between a name and its value
    if "\n" not in sign and "\r" not in sign:
        return "\n" if len(sign) > 1 and _FIELD_AHEAD.match(text, end) else " "
    if start == 0 or end == len(text):
        return "\n"
    line = _last_line(text, start)
    if sign.count("\n") > 1 or line.rstrip()[-1:] in ".!?":
        return "\n"
    if small and _SMALL_FIELD_AHEAD.match(text, end):
        return "\n"
    goes_on = (text[end].islower() and not small) or text[end] in "(,)&+/" or line.rstrip()[-1:] in ",(&+/"
    if goes_on and not _HEADER_AHEAD.match(text, end):
        return " "
    if (
        len(line) >= _WRAP
        and not _HEADER_AHEAD.match(text, end)
        and not _is_header(line)
        and not _FIELD.search(line)
        and "   " not in line.strip()
    ):
        return " "
    return "\n"


def _is_header(line: str) -> bool:
    return line.rstrip().endswith(":")


def _one_by_one(text: str) -> tuple[str, tuple[Layer, ...]]:
    """The text with every character in its plain form, and the way back where their number changed."""
    if text.isascii() and not _CONTROL.search(text):
        return text, ()
    changed = text.translate(_LOOKALIKES)
    if all(_kept(sign) for sign in set(changed)):
        return changed, ()
    builder, at = _Builder(), 0
    for found in _NOT_PLAIN.finditer(changed):
        place = found.start()
        builder.add(changed[at:place], at)
        builder.add(_plain_sign(found.group()), place)
        at = place + 1
    builder.add(changed[at:], at)
    return builder.done(len(changed))


def _kept(sign: str) -> bool:
    return _plain_sign(sign) == sign


_BOXES = dict.fromkeys("☑☒✓✔", "[x]") | dict.fromkeys("☐□", "[ ]")


@lru_cache(maxsize=65536)
def _plain_sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in {"Cf", "Mn", "Cs", "Co"} or (kind == "Cc" and sign not in "\t\n\r\f\v"):
        return "" if kind != "Cc" else " "
    if sign in "Øø∅⌀":
        return "no "  # how a hand writes that something is not there
    if sign in _BOXES:
        return _BOXES[sign]
    folded = unicodedata.normalize("NFKD", sign)
    return "".join(one for one in folded if unicodedata.category(one) != "Mn").translate(_LOOKALIKES)

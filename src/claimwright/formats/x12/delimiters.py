"""Where an interchange begins and which characters it separates with, told from its ISA segment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimwright.formats.x12.fields import FIELD, ITEM

BLANK = " \t\r\n\f\v\x00\x1a\xa0"  # what editors and old transfer programs leave around a file
ISA_ELEMENTS = 16
WIDEST_ISA = 400  # an ISA whose elements lost or gained padding still fits here

_BEGIN = re.compile(r"ISA([^A-Za-z0-9 \t\r\n\f\v\x00\x1a\xa0])")
_HEADLESS = re.compile(
    r"(?:GS|ST)([^A-Za-z0-9\s])[^~\r\n]{3,200}?005010X\d{3}(?:[A-Z]\d)?\1?[^~\r\n\w]{0,1}?([~\r\n'!|])"
)


_UNFIT = {*BLANK.replace("\r", "").replace("\n", ""), FIELD, ITEM}


@dataclass(frozen=True)
class Delimiters:
    element: str
    component: str
    terminator: str
    repetition: str = ""


@dataclass(frozen=True)
class Interchange:
    """A readable ISA: where it begins in the text searched, and what separates its segments."""

    start: int
    delimiters: Delimiters
    padded: bool  # whether the ISA has its 106 characters
    headless: bool = False  # begins with GS or ST; delimiters were guessed from there


def find_interchange(text: str, start: int = 0) -> Interchange | None:
    """The first readable ISA at or after `start`, by position when it is 106 wide, else by counting separators."""
    for found in _BEGIN.finditer(text, start):
        delimiters, padded = _read_isa(text, found.start(), found.group(1))
        if delimiters is not None:
            return Interchange(found.start(), delimiters, padded)
    return None


def find_headless(text: str) -> Interchange | None:
    """A text that starts with GS or ST of a 005010 guide, its ISA lost; the component separator is assumed to be `:`.

    The reader corrects a wrong component separator where the body shows another.
    """
    body = text.lstrip()
    found = _HEADLESS.match(body)
    if found is None:
        return None
    return Interchange(
        len(text) - len(body), Delimiters(found.group(1), ":", found.group(2)), padded=True, headless=True
    )


def might_begin(text: str) -> int:
    """Where an ISA could begin that is not wholly in `text` yet; the length of the text when nowhere."""
    for found in _BEGIN.finditer(text, max(0, len(text) - WIDEST_ISA)):
        return found.start()
    for length in (3, 2, 1):
        if text.endswith("ISA"[:length]):
            return len(text) - length
    return len(text)


def _read_isa(text: str, start: int, element: str) -> tuple[Delimiters | None, bool]:
    padded = text[start + 103 : start + 104] == element and text.count(element, start, start + 104) == ISA_ELEMENTS
    last = start + 103 if padded else _sixteenth(text, start, element)
    if last is None or len(text) < last + 3:
        return None, padded
    component, terminator = text[last + 1], text[last + 2]
    repetition = text[start:last].split(element)[11]
    clash = len({element, component, terminator}) < 3 or terminator in text[start : last + 2]
    if (
        clash
        or component in "\r\n"
        or terminator.isalnum()
        or component.isalnum()
        or {element, component, terminator} & _UNFIT
    ):
        return None, padded
    return Delimiters(element, component, terminator, repetition if len(repetition) == 1 else ""), padded


def _sixteenth(text: str, start: int, element: str) -> int | None:
    """Where the last separator of an ISA of other width stands."""
    position = start
    for _ in range(ISA_ELEMENTS):
        position = text.find(element, position + 1, start + WIDEST_ISA)
        if position < 0:
            return None
    return position

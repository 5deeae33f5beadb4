"""How wide a line of text will be where nobody can measure it, and where to break it.

Widths are those of Helvetica (Adobe's font metrics, in thousandths of the size), with room for a wider face in its
place: an SVG names fonts and cannot know which one a reader has.
"""

from __future__ import annotations

from collections.abc import Iterator

_STEPS = 7  # halvings in the search for the narrowest lines
_ROOM = 1.17  # DejaVu Sans, the widest face that often stands in for Helvetica
_BOLD = 1.13
_OTHER = 600
_OF: dict[int, str] = {
    191: "'",
    222: "ijl",
    278: " !,./:;fIt",
    333: "()-r",
    389: "*",
    500: "cksvxyzJ",
    556: "#$?0123456789abdeghnopquL",
    584: "+<=>",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    889: "%",
    944: "W",
    1015: "@",
}
_WIDTHS = {letter: width for width, letters in _OF.items() for letter in letters}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line, in the unit of the size."""
    thousandths = sum(_WIDTHS.get(letter, 1000 if ord(letter) > 0x2E7F else _OTHER) for letter in text)
    return thousandths / 1000 * size * _ROOM * (_BOLD if bold else 1.0)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in as few lines as the room allows, broken between words; a word wider than the room where it must."""
    return _filled(_words(text, room, size, bold=bold), room, size, bold=bold)


def evened(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The same in lines of about the same width, so that no word is left alone on the last."""
    words = _words(text, room, size, bold=bold)
    lines = _filled(words, room, size, bold=bold)
    low, high = 0.0, room
    for _ in range(_STEPS):
        middle = (low + high) / 2
        tried = _filled(words, middle, size, bold=bold)
        if len(tried) <= len(lines) and all(width(line, size, bold=bold) <= middle for line in tried):
            high, lines = middle, tried
        else:
            low = middle
    return lines


def _filled(words: list[str], room: float, size: float, *, bold: bool) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, bold=bold) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return (*lines, line) if line else tuple(lines)


def _words(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    return [part for whole in text.split() for part in _pieces(whole, room, size, bold=bold)]


def _pieces(word: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and width(piece + letter, size, bold=bold) > room:
            yield piece
            piece = letter
        else:
            piece += letter
    yield piece

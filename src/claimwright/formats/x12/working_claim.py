"""A claim being corrected: its segments as elements that can be changed, and what of its text changes with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimwright.formats.x12 import guide_order
from claimwright.formats.x12.edits import PROFESSIONAL
from claimwright.formats.x12.state import IN_CLAIM, IN_LINE
from claimwright.formats.x12.watching import Piece, Watched

BLANKS = " \t\r\n\f\v"  # not \x1c to \x1f, which may be delimiters


@dataclass(frozen=True, slots=True)
class Change:
    """Text of the file to be replaced: the character at which it begins, what stands there, and what will."""

    start: int
    old: str
    new: str


class Segment:
    """A segment in elements; one that the file does not have yet has no `piece`."""

    def __init__(self, elements: list[str], component: str, level: int, line: int) -> None:
        self.elements = elements
        self.component = component
        self.level = level
        self.line = line
        self.trail = ""  # blanks before its terminator
        self.piece: Piece | None = None
        self.gone = False

    @property
    def tag(self) -> str:
        return self.elements[0].strip(BLANKS)

    def raw(self, element: int) -> str:
        return self.elements[element] if element < len(self.elements) else ""

    def get(self, element: int) -> str:
        """An element as the reader reads it, UTF-8 where it is UTF-8."""
        text = self.raw(element).strip(BLANKS)
        if text.isascii():
            return text
        try:
            return text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return text

    def parts(self, element: int) -> list[str]:
        """The components of an element; none of an empty one."""
        text = self.get(element)
        return text.split(self.component) if text else []

    def put(self, element: int, text: str) -> None:
        """Write an element; of the others only separators go that would be left at the end."""
        _put(self.elements, element, text)

    def put_parts(self, element: int, first: int, texts: Sequence[str]) -> None:
        """Write components of an element from `first` on; the others stay as they are."""
        raw = self.raw(element)
        parts = raw.split(self.component) if raw else []
        for place, text in enumerate(texts, first):
            _put(parts, place, text)
        self.put(element, self.component.join(parts))


def _put(items: list[str], place: int, text: str) -> None:
    if place < len(items):
        items[place] = text
    elif text:
        items += [""] * (place - len(items)) + [text]
    if not text and place >= len(items) - 1:
        while items and not items[-1].strip(BLANKS):
            items.pop()


def opened_segment(piece: Piece, element: str) -> Segment:
    """A segment of the file."""
    body = piece.text.rstrip(BLANKS)
    segment = Segment(body.split(element), piece.component, piece.level, piece.line)
    segment.trail = piece.text[len(body) :]
    segment.piece = piece
    return segment


def text_of(segment: Segment, element: str) -> str:
    return element.join(segment.elements) + segment.trail


class WorkingClaim:
    """The segments of a claim in their order, changed and not."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched
        self.professional = watched.form == PROFESSIONAL
        self.component = watched.pieces[0].component
        self.segments = [opened_segment(piece, watched.delimiters.element) for piece in watched.pieces]
        self.lines = sorted({piece.line for piece in watched.pieces if piece.line})
        self.clm = self.segments[0]

    def of(self, line: int | None) -> list[Segment]:
        """The segments of a line with its deeper loops, or those of the claim before any other payer and any line."""
        if line is None:
            return [each for each in self.segments if each.level == IN_CLAIM]
        return [each for each in self.segments if each.line == line]

    def found(self, line: int | None, tag: str, qualifier: str = "") -> list[Segment]:
        """Those of the name and, where one is given, with the qualifier as first element."""
        return [each for each in self.of(line) if each.tag == tag and (not qualifier or each.get(1) == qualifier)]

    def service(self, line: int) -> Segment | None:
        """The SV1 or SV2 of a line."""
        return next((each for each in self.of(line) if each.tag in {"SV1", "SV2"} and each.level == IN_LINE), None)

    def insert(self, line: int | None, elements: list[str]) -> None:
        """Write a new segment at its place by the guide: behind the last of its loop that may stand before it."""
        orders = guide_order.OF_CLAIM if line is None else guide_order.OF_LINE
        order = orders[self.watched.form]
        mine = guide_order.rank(order, elements, self.component)
        assert mine is not None, f"{elements[0]} has no place in this loop"
        first, *others = self.of(line)
        before = first
        for each in others:
            if each.tag in guide_order.LOOPS:
                break
            rank = guide_order.rank(order, [each.tag, each.get(1)], each.component)
            if rank is not None and rank <= mine:
                before = each
        new = Segment(elements, self.component, first.level, first.line)
        self.segments.insert(self.segments.index(before) + 1, new)

    def changes(self) -> Iterator[Change]:
        """What of the text of the file changes, in its order."""
        delimiters = self.watched.delimiters
        after, lead = 0, ""
        for segment in self.segments:
            text = text_of(segment, delimiters.element)
            piece = segment.piece
            if piece is None:
                yield Change(after, "", lead + text + delimiters.terminator)
                continue
            after = piece.start + len(piece.text) + len(delimiters.terminator)
            lead = piece.text[: len(piece.text) - len(piece.text.lstrip(BLANKS))]
            if segment.gone:
                yield Change(piece.start, piece.text + delimiters.terminator, "")
            elif text != piece.text:
                yield Change(piece.start, piece.text, text)

    def grown(self) -> int:
        """How many segments more there are than before."""
        return sum((each.piece is None) - each.gone for each in self.segments)

"""Bytes into segments, in blocks: one pass, constant memory, every segment with its place in the file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import BinaryIO

from claimwright.formats.x12.delimiters import (
    BLANK,
    WIDEST_ISA,
    Delimiters,
    Interchange,
    find_headless,
    find_interchange,
    might_begin,
)
from claimwright.formats.x12.fields import FIELD, ITEM

BLOCK = 1 << 16  # 64 KiB keeps a block and its segments inside the processor's caches
_CLM = re.compile(r"\bCLM[^A-Za-z0-9\s]")
LONGEST = 1 << 24  # no segment of an 837 comes near; longer text has lost its terminators


@dataclass(frozen=True, slots=True)
class Encoding:
    """How characters lie in the file: `width` bytes each, after `mark` bytes of byte order mark."""

    name: str = "latin-1"  # one byte, one character: places in the text are places in the file
    width: int = 1
    mark: int = 0


@dataclass(slots=True)
class Run:
    """Consecutive segments of one interchange, without terminators, as written; blank ones are still in.

    `ends[i]` is the number of characters in `segments[: i + 1]`, `start` the character at which the run begins.
    """

    segments: list[str]
    ends: list[int]
    start: int
    ascii: bool

    def begin(self, index: int) -> int:
        """The character at which a segment begins, counted from the start of the file, leading blanks skipped."""
        raw = self.segments[index]
        before = self.ends[index - 1] + index if index else 0
        return self.start + before + len(raw) - len(raw.lstrip())

    def after(self, index: int) -> int:
        """The character after a segment's terminator."""
        return self.start + self.ends[index] + index + 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """Text outside any interchange: how it begins, how long it is without blanks at the ends, and CLMs seen in it."""

    begins: str = ""
    length: int = 0
    claims: int = 0

    def and_also(self, text: str) -> Skipped:
        return Skipped(
            (self.begins + text[:256]).strip(BLANK)[:256],
            self.length + len(text.strip(BLANK)),
            self.claims + len(_CLM.findall(text)),
        )


class Source:
    """A stream as text, read forward only. `position` is the character at which `text` begins."""

    def __init__(self, stream: BinaryIO, block: int = BLOCK) -> None:
        self.stream = stream
        self.block = block
        self.ended = False
        self.position = 0
        head = stream.read(4)
        self.encoding = _encoding(head)
        self._decoder = codecs.getincrementaldecoder(self.encoding.name)("replace")
        self.text = self._decoder.decode(head[self.encoding.mark :])
        if not head:
            self.ended = True

    def more(self) -> bool:
        """Append one more block; False at the end of the stream."""
        if self.ended:
            return False
        data = self.stream.read(self.block)
        if not data:
            self.ended = True
        self.text += self._decoder.decode(data, final=self.ended)
        return not self.ended

    def drop(self, count: int) -> None:
        self.text = self.text[count:]
        self.position += count

    def byte(self, character: int) -> int:
        """The byte of the file at which a character begins."""
        return self.encoding.mark + character * self.encoding.width

    def next_interchange(self) -> tuple[Interchange | None, Skipped]:
        """Skip to the next ISA, or to a leading GS or ST. Without one the stream is used up.

        The text then begins at the interchange.
        """
        skipped = Skipped()
        first = self.position == 0
        while True:
            while len(self.text) < 2 * WIDEST_ISA and self.more():
                pass
            found = find_interchange(self.text)
            if found is None and first:
                found = find_headless(self.text)
            first = False
            nowhere = len(self.text) if self.ended else might_begin(self.text)
            drop = found.start if found else nowhere
            skipped = skipped.and_also(self.text[:drop])
            self.drop(drop)
            if found is not None or (self.ended and not self.text):
                return found, skipped
            self.more()

    def runs(self, delimiters: Delimiters) -> Iterator[Run]:
        """Segments up to the end of the stream; the caller leaves when the interchange ends, and says so with `rewind`.

        What stands behind the last terminator at the end of the stream stays in `text`.
        """
        terminator = delimiters.terminator
        while True:
            cut = self.text.rfind(terminator)
            if (
                cut < 0 and len(self.text) > LONGEST
            ):  # the terminators were lost; do not fill the memory with what follows
                cut = len(self.text) - 1
            if cut >= 0:
                whole = self.text[:cut]
                if FIELD in whole or ITEM in whole:  # the reader's own separators, not let in
                    whole = whole.replace(FIELD, " ").replace(ITEM, " ")
                segments = whole.split(terminator)
                run = Run(segments, list(accumulate(map(len, segments))), self.position, whole.isascii())
                self.drop(cut + 1)
                yield run
            elif not self.more() and self.ended:
                return

    def rewind(self, run: Run, index: int, terminator: str) -> None:
        """Give back the segments of a run from `index` on, unread."""
        back = terminator.join([*run.segments[index:], ""]) if index < len(run.segments) else ""
        self.text = back + self.text
        self.position -= len(back)


def repaired(segments: list[str]) -> tuple[list[str], int | None]:
    """Segments of Latin-1 characters whose bytes were UTF-8 after all; the index of the first one that is neither ASCII
    nor UTF-8, which stays as it is.
    """
    out, strange = [], None
    for index, segment in enumerate(segments):
        text = segment
        if not segment.isascii():
            try:
                text = segment.encode("latin-1").decode("utf-8")
            except UnicodeError:
                if strange is None and segment.strip(BLANK):
                    strange = index
        out.append(text)
    return out, strange


def _encoding(head: bytes) -> Encoding:
    if head.startswith(codecs.BOM_UTF8):
        return Encoding(mark=3)
    if head.startswith(codecs.BOM_UTF16_LE):
        return Encoding("utf-16-le", 2, 2)
    if head.startswith(codecs.BOM_UTF16_BE):
        return Encoding("utf-16-be", 2, 2)
    if len(head) == 4 and head[1] == head[3] == 0 and head[0] and head[2]:
        return Encoding("utf-16-le", 2, 0)
    if len(head) == 4 and head[0] == head[2] == 0 and head[1] and head[3]:
        return Encoding("utf-16-be", 2, 0)
    return Encoding()

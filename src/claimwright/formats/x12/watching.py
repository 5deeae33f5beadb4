"""The claims that somebody wants to correct, segment by segment, picked out while the reader reads the whole file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import BinaryIO

from claimwright.formats.x12 import fields
from claimwright.formats.x12.delimiters import Delimiters
from claimwright.formats.x12.reader import batches_from
from claimwright.formats.x12.segments import Encoding, Run, Source
from claimwright.formats.x12.state import IN_CLAIM, IN_LINE, State
from claimwright.formats.x12.walk import walk
from claimwright.lines.problems import Problem

_FORM = fields.places(fields.CLAIM)["form"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as it stands in the file, what is blank before it included, its terminator not.

    `start` is the character of the file at which that begins, `at` the ordinal of the segment. `component` is what
    separates its components, whatever the ISA says.
    """

    text: str
    start: int
    at: int
    component: str = ":"
    level: int = IN_CLAIM
    line: int = 0  # LX01 as the reader counts it, 0 before the first line


@dataclass(frozen=True, slots=True)
class Watched:
    """A claim with its segments, from its CLM on."""

    index: int
    claim: str  # CLM01, or its place
    form: str
    delimiters: Delimiters
    transaction: int  # its ordinal in the file, 0 where it was never opened
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Trailer:
    """The SE of a transaction, and how many segments the transaction has."""

    piece: Piece
    delimiters: Delimiters
    count: int


@dataclass(slots=True)
class Seen:
    """What was seen of a file: the claims wanted, the trailers of their transactions, and what the reader told."""

    encoding: Encoding
    claims: list[Watched] = field(default_factory=list)
    trailers: dict[int, Trailer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    many: int = 0  # claims in the file


def watch(stream: BinaryIO, name: str, *, indexes: Collection[int], ids: Collection[str]) -> Seen:
    """Read a file, and keep the claims with one of these ordinals or ids."""
    source = Source(stream)
    watcher = _Watcher(Seen(source.encoding), frozenset(indexes), frozenset(ids))
    for batch in batches_from(source, name, step=watcher.step):
        watcher.seen.problems += batch.problems
        watcher.seen.many += batch.claims
    return watcher.seen


@dataclass(slots=True)
class _Watcher:
    seen: Seen
    indexes: frozenset[int]
    ids: frozenset[str]
    transaction: int = 0
    claim: int = 0  # the ordinal of the claim being looked at
    pieces: list[Piece] | None = None  # of that claim, where it is wanted

    def step(self, state: State, index: int) -> int:
        """Let the reader read one segment, and look at where that has led it."""
        run = state.run
        raw = run.segments[index]
        start = run.start + (run.ends[index - 1] + index if index else 0)
        opened = state.st is not None
        state.run = Run([raw], [len(raw)], start, raw.isascii())
        went = walk(state, 0)
        state.run = run
        if went and raw.strip():
            self.look(state, raw, start, opened=opened)
        return index + went

    def look(self, state: State, raw: str, start: int, *, opened: bool) -> None:
        tag = raw.split(state.delimiters.element, 1)[0].strip()
        if state.claim is None:
            self.pieces = None
            if tag == "ST":
                self.transaction += 1
            elif tag == "SE" and opened and self.seen.claims and self.seen.claims[-1].transaction == self.transaction:
                piece = Piece(raw, start, state.at, state.component)
                count = state.at - state.st_at + 1
                self.seen.trailers[self.transaction] = Trailer(piece, state.delimiters, count)
            return
        if state.claims != self.claim or self.pieces is None:
            self.begin(state)
        if self.pieces is not None:
            line = state.number if state.level >= IN_LINE else 0
            self.pieces.append(Piece(raw, start, state.at, state.component, state.level, line))

    def begin(self, state: State) -> None:
        """Another claim; keep its segments if it is wanted."""
        if state.claims == self.claim or state.claim is None:
            return
        self.claim = state.claims
        self.pieces = None
        if self.claim in self.indexes or state.name() in self.ids:
            self.pieces = []
            form = state.claim[_FORM]
            transaction = 0 if state.st is None else self.transaction  # without its ST nobody can count it
            watched = Watched(self.claim, state.name(), form, state.delimiters, transaction, self.pieces)
            self.seen.claims.append(watched)

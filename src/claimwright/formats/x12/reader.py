"""Read 837P and 837I files of guide 005010 as batches of claim lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from claimwright.formats.batch import Batch
from claimwright.formats.places import shape
from claimwright.formats.x12 import envelope
from claimwright.formats.x12.claims import close
from claimwright.formats.x12.delimiters import BLANK, Delimiters, Interchange, find_interchange
from claimwright.formats.x12.frames import batches_of
from claimwright.formats.x12.segments import BLOCK, Run, Skipped, Source
from claimwright.formats.x12.state import Batching, Mark, State
from claimwright.formats.x12.walk import walk
from claimwright.lines.problems import Gravity, Problem

TOGETHER = 8000  # claims parsed at one time, whatever the size of the batches
Step = Callable[[State, int], int]  # reads segments of the state's run from an index on; the index to go on from


def read(
    source: str | Path | BinaryIO, *, name: str | None = None, claims_per_batch: int = 2000, block: int = BLOCK
) -> Iterator[Batch]:
    """Batches of whole claims in file order, each of `claims_per_batch` claims but the last.

    `source` is a path or a binary stream that is read forward once; `name` is how problems and lines call it. `block`
    is the number of bytes read at a time; it does not change what is read. Data never raises: what is wrong with it is
    in the problems of the batches (ids in `docs/reading-claims.md`). Raises OSError when a path cannot be
    opened, ValueError when batches would have no claims.
    """
    if claims_per_batch < 1:
        raise ValueError(f"a batch has at least one claim, not {claims_per_batch}")
    if isinstance(source, (str, Path)):
        path = Path(source)
        with path.open("rb") as stream:
            yield from batches_from(Source(stream, block), name or path.name, claims_per_batch)
    else:
        yield from batches_from(Source(source, block), name or "", claims_per_batch)


def batches_from(source: Source, file: str, size: int = 2000, *, step: Step = walk) -> Iterator[Batch]:
    """What `read` does, of a source; `step` may look over the reader's shoulder."""
    group = size * max(1, TOGETHER // size)
    state = State(file, size, group, Delimiters("*", ":", "~"), encoding=source.encoding)
    if source.encoding.width > 1:
        _tell(
            state,
            "INP-ENCODING",
            f"the file is written in {source.encoding.name.upper()}, two bytes a character; it was read so",
            help_="write the file in ASCII or UTF-8",
            gravity=Gravity.WARNING,
        )
    first = True
    while True:
        start = source.byte(source.position)
        interchange, skipped = source.next_interchange()
        if skipped.length:
            _outside(state, skipped, start, first=first, found=interchange is not None)
        if interchange is None:
            if first and not skipped.length:
                _tell(state, "INP-EMPTY", "the file is empty", help_="give a file of 837P or 837I claims")
            break
        first = False
        if not interchange.padded:
            _tell(
                state,
                "INP-ISA-WIDTH",
                "the ISA is not 106 characters wide; the separators were found by counting its elements",
                help_="pad the elements of the ISA to their fixed widths",
                gravity=Gravity.WARNING,
                offset=source.byte(source.position),
            )
        if interchange.headless:
            envelope.open_interchange(state, interchange.delimiters, "")
            _tell(
                state,
                "INP-NO-ISA",
                "the file begins without an ISA; the separators were guessed from its first segment",
                help_="get the whole file again, ISA to IEA",
                offset=source.byte(source.position),
            )
        yield from _segments(state, source, interchange, step)
    yield from _hand_over(state, source.byte(source.position))


def _segments(state: State, source: Source, interchange: Interchange, step: Step) -> Iterator[Batch]:
    """Read on while the delimiters stay the same; leave the rest to be searched for another ISA."""
    delimiters = interchange.delimiters
    for run in source.runs(delimiters):
        state.run = run
        index = 0
        while True:
            if state.isa is None:
                index = _skip_blank(run, index)
                if index < len(run.segments) and not _open(state, run, index, delimiters):
                    source.rewind(run, index, delimiters.terminator)
                    return
                index += 1
            if index >= len(run.segments):
                break
            index = step(state, index)
            if len(state.out.claims) >= state.limit:
                yield from _hand_over(state, state.begin())
    _tail(state, source, delimiters)


def _skip_blank(run: Run, index: int) -> int:
    while index < len(run.segments) and not run.segments[index].strip(BLANK):
        index += 1
    return index


def _open(state: State, run: Run, index: int, delimiters: Delimiters) -> bool:
    """Open the interchange whose ISA is this segment; False when it is none, or one with other delimiters."""
    segment = run.segments[index].strip(BLANK)
    found = find_interchange(segment + delimiters.terminator)
    if found is None or found.start or found.delimiters != delimiters:
        return False
    state.at += 1
    envelope.open_interchange(state, delimiters, segment.split(delimiters.element)[13].strip())
    return True


def _tail(state: State, source: Source, delimiters: Delimiters) -> None:
    """End the file: what stands behind the last terminator is half a segment, unless it is the IEA."""
    rest = source.text.strip(BLANK)
    if state.isa is None:
        return  # searched for another ISA, then told as text outside any interchange
    state.run = Run([source.text], [len(source.text)], source.position, source.text.isascii())
    state.index = 0
    source.drop(len(source.text))
    if rest.startswith("IEA" + delimiters.element):
        walk(state, 0)
        return
    if rest:
        state.report(
            "INP-TRUNCATED",
            "the file ends in the middle of a segment, which was not read",
            "get the whole file again from where it was made",
        )
    envelope.end_interchange(state)
    close(state)


def _outside(state: State, skipped: Skipped, start: int, *, first: bool, found: bool) -> None:
    looks = f"{skipped.length} characters, of the shape {shape(skipped.begins)!r}"
    if first and not found:
        _tell(
            state,
            "INP-NO-ISA",
            f"no ISA in the file: {looks}",
            help_="give an X12 file that begins with ISA",
            offset=start,
        )
        return
    where = "before the first ISA" if first else "outside any interchange"
    lost = f", with {skipped.claims} CLM in it" if skipped.claims else ""
    _tell(
        state,
        "INP-OUTSIDE",
        f"text {where} was not read{lost}: {looks}",
        help_="take out what is not part of an interchange, or write the ISA that is missing",
        gravity=Gravity.ERROR if skipped.claims else Gravity.WARNING,
        offset=start,
    )


def _tell(
    state: State, id_: str, message: str, *, help_: str, gravity: Gravity = Gravity.ERROR, offset: int | None = None
) -> None:
    state.out.problems.append(Problem(id_, message, help_, gravity, state.file, offset=offset))


def _hand_over(state: State, bytes_read: int) -> Iterator[Batch]:
    """What was collected, as batches; the state collects anew. Ends with a batch of what is after the last mark."""
    out, state.out = state.out, Batching()
    end = Mark(len(out.claims), len(out.lines), len(out.problems), state.at + 1, bytes_read)
    if out.marks and out.marks[-1].claims == end.claims and len(out.claims) >= state.limit:
        end = out.marks.pop()  # not the end of the file
    yield from batches_of(out, state.file, end)

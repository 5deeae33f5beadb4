"""A corrected 837: exactly the edits that a person asks for, and every other byte as it was.

Nothing here proposes an edit. A person says what is true; this writes it down, or says why it cannot.
"""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from claimwright.formats.opening import GZIP, Opened, Unzipped, kind_of, opened, unknown, unopened
from claimwright.formats.x12.edits import Edit
from claimwright.formats.x12.one_claim import Outcome, corrected, told
from claimwright.formats.x12.watching import Seen, Trailer, Watched, watch
from claimwright.formats.x12.working_claim import Change, opened_segment, text_of
from claimwright.lines.problems import Gravity, Problem

Source = Path | bytes
_BLOCK = 1 << 20
_HEAD = 4096
_COPY = "copy claim and claim_index from the run or the file that the edit is for"
# what is told of a file that is not whole: half a file is not sent, corrected or not
_NOT_WHOLE = frozenset(("INP-TRUNCATED", "INP-EMPTY", "INP-NO-ISA"))


@dataclass(frozen=True, slots=True)
class Splice:
    """Bytes of the file (of what comes out of it, where it is gzipped) that others take the place of."""

    offset: int
    old: bytes
    new: bytes


@dataclass(frozen=True)
class Plan:
    """What correcting a file would do. Where there are problems, nothing may be written, and `splices` is empty.

    `changes` are the edits in the order of the file, each with its `claim_index`. `warnings` say what a person may
    want to look at; they keep nothing from being written.
    """

    file: str
    splices: tuple[Splice, ...] = ()
    changes: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def possible(self) -> bool:
        return not self.problems


def plan(source: Source, edits: Sequence[Edit], *, name: str = "") -> Plan:
    """Work out the edits of a file without writing anything. `source` is a path or the bytes of a file, gzipped or not.

    Data never raises: everything that keeps an edit from being made exactly is in the problems, all of it at once.
    """
    file = name or (source.name if isinstance(source, Path) else "")
    indexes = {edit.claim_index for edit in edits if edit.claim_index is not None}
    ids = {edit.claim.strip() for edit in edits if edit.claim_index is None}
    try:
        with _read(source, file) as given:
            if given.problem is not None:
                return Plan(file, problems=(given.problem,))
            seen = watch(given.stream, file, indexes=indexes, ids=ids)
            damage = given.cut_off()
    except OSError as error:
        return Plan(file, problems=(unopened(error, Path(file)),))
    not_whole = [problem for problem in seen.problems if problem.id in _NOT_WHOLE]
    if damage is not None:
        not_whole.append(damage)
    return Plan(file, problems=tuple(not_whole)) if not_whole else _planned(seen, edits, file)


def write(source: Source, planned: Plan, out: BinaryIO) -> Problem | None:
    """Write the corrected file, block by block; a problem where the source is not the file that was planned with.

    What was written by then is of no use. Raises OSError where one of them cannot be read or written, and ValueError
    where the plan has problems.
    """
    if not planned.possible:
        raise ValueError("a plan with problems is not to be written")
    with _read(source, planned.file) as given:
        position = 0
        for splice in planned.splices:
            position += _copy(given.stream, out, splice.offset - position)
            found = given.stream.read(len(splice.old))
            if position != splice.offset or found != splice.old:
                return Problem(
                    "COR-CHANGED",
                    "the file does not hold the bytes that were read before",
                    "let nothing write to the file meanwhile, and correct it again",
                    file=planned.file,
                    offset=splice.offset,
                )
            out.write(splice.new)
            position += len(found)
        while _copy(given.stream, out, _BLOCK):
            pass
    return None


def correct_bytes(data: bytes, edits: Sequence[Edit], *, name: str = "") -> tuple[Plan, bytes | None]:
    """The corrected file of a file held in memory; None where the plan has problems."""
    planned = plan(data, edits, name=name)
    out = io.BytesIO()
    if planned.possible and (problem := write(data, planned, out)) is not None:
        planned = Plan(planned.file, problems=(problem,))
    return planned, out.getvalue() if planned.possible else None


def correct_file(path: str | Path, edits: Sequence[Edit], out: str | Path) -> Plan:
    """Write the corrected file to `out`, gzipped where its name ends so; nothing where the plan has problems.

    `out` is never the file itself. It appears whole or not at all.
    """
    path, out = Path(path), Path(out)
    if same_file(path, out):
        problem = Problem(
            "COR-OUT",
            "the corrected file would take the place of the file that was sent",
            "give --out another name; the file as it was is kept",
            file=str(out),
        )
        return Plan(path.name, problems=(problem,))
    planned = plan(path, edits)
    if not planned.possible:
        return planned
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as plain, _packed(plain, zipped=out.suffix.lower() == ".gz") as stream:
            changed = write(path, planned, stream)
        if changed is not None:
            return Plan(planned.file, problems=(changed,))
        beside.replace(out)
    except OSError as error:
        why = error.strerror or type(error).__name__
        problem = Problem(
            "COR-OUT",
            f"the corrected file cannot be written: {why}",
            "check the folder and its permissions",
            file=str(out),
        )
        return Plan(planned.file, problems=(problem,))
    finally:
        beside.unlink(missing_ok=True)
    return planned


def same_file(one: Path, other: Path) -> bool:
    """Whether two names are of one file, by whatever links."""
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()


def _planned(seen: Seen, edits: Sequence[Edit], file: str) -> Plan:
    """Every edit in its claim, the claims in file order, and the trailers of transactions that grew or shrank."""
    of_claim: dict[int, list[Edit]] = {claim.index: [] for claim in seen.claims}
    problems: list[Problem] = []
    for edit in edits:
        claim = _claim_of(edit, seen, file)
        if isinstance(claim, Problem):
            problems.append(claim)
        else:
            of_claim[claim.index].append(replace(edit, claim=claim.claim, claim_index=claim.index))
    outcomes = [corrected(claim, of_claim[claim.index], file) for claim in seen.claims if of_claim[claim.index]]
    told_ = [problem for outcome in outcomes for problem in outcome.problems]
    problems += [problem for problem in told_ if problem.gravity is Gravity.ERROR]
    warnings = tuple(problem for problem in told_ if problem.gravity is Gravity.WARNING)
    if problems:
        return Plan(file, problems=tuple(problems), warnings=warnings)
    changes = [edit for outcome in outcomes for edit in of_claim[outcome.claim.watched.index]]
    return Plan(file, _splices(seen, outcomes), tuple(changes), (), warnings)


def _claim_of(edit: Edit, seen: Seen, file: str) -> Watched | Problem:
    """The claim that an edit names."""
    name = edit.claim.strip()
    if edit.claim_index is None:
        named = [claim for claim in seen.claims if claim.claim == name]
        if len(named) == 1:
            return named[0]
        message = f"{len(named)} claims of the file have this id" if named else "no claim of the file has this id"
        help_ = "write claim_index too, the ordinal of the claim in the file" if named else _COPY
        return told(edit, "COR-CLAIM", message, help_, file=file, claim=name)
    found = next((claim for claim in seen.claims if claim.index == edit.claim_index), None)
    if found is None:
        message = f"the file has {seen.many} claims, and none is number {edit.claim_index}"
        return told(edit, "COR-CLAIM", message, _COPY, file=file, claim=name)
    if found.claim != name:
        message = f"claim number {found.index} of the file is {found.claim}, not the one that the edit names"
        return told(edit, "COR-CLAIM", message, _COPY, file=file, claim=name)
    return found


def _splices(seen: Seen, outcomes: Sequence[Outcome]) -> tuple[Splice, ...]:
    changes: list[Change] = []
    grown: dict[int, int] = {}
    for outcome in outcomes:
        changes += outcome.claim.changes()
        transaction = outcome.claim.watched.transaction
        grown[transaction] = grown.get(transaction, 0) + outcome.claim.grown()
    changes += [
        _recounted(seen.trailers[number], more) for number, more in grown.items() if more and number in seen.trailers
    ]
    changes.sort(key=lambda change: change.start)  # stable: what is inserted stays before what follows
    encoding = seen.encoding
    return tuple(
        Splice(
            encoding.mark + change.start * encoding.width,
            change.old.encode(encoding.name, "replace"),
            change.new.encode(encoding.name, "replace"),
        )
        for change in changes
    )


def _recounted(trailer: Trailer, more: int) -> Change:
    """SE01 anew, as many digits wide as it was."""
    element = trailer.delimiters.element
    segment = opened_segment(trailer.piece, element)
    said = segment.get(1)
    count = str(trailer.count + more)
    segment.put(1, count.zfill(len(said)) if said.startswith("0") else count)
    return Change(trailer.piece.start, trailer.piece.text, text_of(segment, element))


@dataclass(frozen=True, slots=True)
class _Given:
    """A source at its beginning; `problem` says why it is no X12, where it is none."""

    stream: BinaryIO
    problem: Problem | None
    cut_off: Callable[[], Problem | None]


@contextmanager
def _read(source: Source, file: str) -> Iterator[_Given]:
    if isinstance(source, Path):
        with opened(source) as each:
            yield _Given(each.stream, _no_x12(each.kind, file), each.cut_off)
        return
    held = io.BytesIO(source)
    unzipped = Unzipped(held) if source.startswith(GZIP) else None
    stream = io.BufferedReader(unzipped) if unzipped else io.BufferedReader(held)
    of_bytes = Opened(Path(file), stream, kind_of(stream.peek(_HEAD)[:_HEAD], ""), "", unzipped)
    yield _Given(stream, _no_x12(of_bytes.kind, file), of_bytes.cut_off)


def _no_x12(kind: str, file: str) -> Problem | None:
    if kind == "x12":
        return None
    return unknown(kind, Path(file), wanted="an 837P or 837I file", otherwise="not X12")


def _copy(stream: BinaryIO, out: BinaryIO, length: int) -> int:
    """Copy so many bytes, or as many as there are; how many that were."""
    copied = 0
    while copied < length and (block := stream.read(min(_BLOCK, length - copied))):
        out.write(block)
        copied += len(block)
    return copied


@contextmanager
def _packed(stream: BinaryIO, *, zipped: bool) -> Iterator[BinaryIO]:
    """The stream, or one that packs into it; the same bytes are packed alike on every day."""
    if not zipped:
        yield stream
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
        yield packed  # type: ignore[misc] # a GzipFile writes bytes as a BinaryIO does

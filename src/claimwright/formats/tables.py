"""Tables of claim lines: CSV and Parquet, read in batches of whole claims."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import polars as pl

from claimwright.formats.assembly import assemble
from claimwright.formats.batch import Batch
from claimwright.formats.headers import SEPARATORS, match_columns
from claimwright.formats.rows import ROW, Progress, lines_from
from claimwright.lines.problems import Gravity, Problem

ROWS = 20_000
PARQUET_ROWS = 100_000
_HEAD = 1 << 16


def read_csv(
    stream: BinaryIO, *, name: str = "", mapping: Mapping[str, str] | None = None, rows_per_batch: int = ROWS
) -> Iterator[Batch]:
    """Batches of a CSV whose first row names the columns: UTF-8, UTF-16 or Windows-1252; comma, semicolon, tab or bar.

    Rows with too few or too many cells are read as far as they go, and told with their number. `mapping` is header →
    column, see `headers.match_columns`.
    """
    head = stream.read(_HEAD)
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(head, stream)), encoding=_encoding(head), errors="replace", newline=""
    )
    first = text.readline()
    separator = max(SEPARATORS, key=first.count)
    headers = next(csv.reader([first], delimiter=separator), [])
    if not any(header.strip() for header in headers):
        problem = Problem("INP-EMPTY", "the table has no first row that names its columns", "write one", file=name)
        yield Batch(assemble({}, 0), (problem,), 0, len(head))
        return
    columns, problems = match_columns(headers, mapping, name)
    if "procedure" not in columns.values():
        yield Batch(assemble({}, 0), tuple(problems), 0, len(head))
        return
    rows = _rows(csv.reader(text, delimiter=separator), len(headers), name, problems)
    claim = next((index for index, header in enumerate(headers) if columns.get(header) == "claim"), None)
    progress = Progress()
    for numbered in _whole_claims(rows, claim, rows_per_batch):
        frame = _frame(numbered, headers, columns)
        lines, more, progress = lines_from(frame, name, progress)
        found = sorted([*problems, *more], key=lambda problem: problem.row or 0)
        problems.clear()
        yield Batch(lines, tuple(found), lines["claim_index"].n_unique(), _position(stream))
    if problems or not progress.claims:
        if not progress.claims and not problems:
            problems.append(Problem("INP-EMPTY", "the table has no rows", "write one row for each line", file=name))
        yield Batch(assemble({}, 0), tuple(problems), 0, _position(stream))


def read_parquet(
    path: str | Path, *, name: str | None = None, mapping: Mapping[str, str] | None = None, rows: int = PARQUET_ROWS
) -> Iterator[Batch]:
    """Batches of a Parquet file, about `rows` lines each. Columns with the schema's names and types cost nothing."""
    path = Path(path)
    file = name or path.name
    size = path.stat().st_size
    try:
        scan = pl.scan_parquet(path, glob=False)
        headers = scan.collect_schema().names()
        total = scan.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        yield Batch(assemble({}, 0), (_broken(error, file),), 0, 0)
        return
    columns, problems = match_columns(headers, mapping, file)
    if "procedure" not in columns.values():
        yield Batch(assemble({}, 0), tuple(problems), 0, size)
        return
    progress = Progress()
    held: pl.DataFrame | None = None
    read = 0
    chosen = scan.select(pl.col(header).alias(column) for header, column in columns.items())
    for chunk in _chunks(chosen, rows, file, problems):
        numbered = chunk.with_columns(pl.int_range(read + 1, read + 1 + len(chunk), dtype=pl.UInt32).alias(ROW))
        read += len(chunk)
        whole = numbered if held is None else pl.concat([held, numbered])
        whole, held = _cut(whole, last=read >= total)
        if len(whole):
            lines, more, progress = lines_from(whole, file, progress)
            told = (*problems, *more)
            problems.clear()
            yield Batch(lines, told, lines["claim_index"].n_unique(), size * read // max(total, 1))
    if held is not None and len(held):
        lines, more, progress = lines_from(held, file, progress)
        yield Batch(lines, (*problems, *more), lines["claim_index"].n_unique(), size)
    elif problems or not read:
        if not problems:
            problems = [Problem("INP-EMPTY", "the table has no rows", "write one row for each line", file=file)]
        yield Batch(assemble({}, 0), tuple(problems), 0, size)


def _chunks(scan: pl.LazyFrame, rows: int, file: str, problems: list[Problem]) -> Iterator[pl.DataFrame]:
    """Chunks in order, up to where the file is damaged."""
    chunks = iter(scan.collect_batches(chunk_size=rows, maintain_order=True))
    while True:
        try:
            chunk = next(chunks)
        except StopIteration:
            return
        except (pl.exceptions.PolarsError, OSError) as error:
            problems.append(_broken(error, file))
            return
        yield chunk


class _Rejoined(io.RawIOBase):
    """A stream with the bytes already taken from it put back in front."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        super().__init__()
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed asks for a Buffer
        taken = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(taken) :] if self._head else b""
        buffer[: len(taken)] = taken
        return len(taken)


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _rows(
    reader: Iterator[list[str]], width: int, name: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Rows of exactly `width` cells with their numbers from 1, blank ones left out."""
    number = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            number += 1
            problems.append(
                Problem(
                    "INP-CSV",
                    "this row could not be told apart into cells, so it was not read",
                    "look for a quote that is not closed",
                    file=name,
                    row=number,
                )
            )
            continue
        number += 1
        if not any(map(str.strip, row)):
            continue
        if len(row) != width:
            problems.append(
                Problem(
                    "INP-ROW",
                    f"this row has {len(row)} cells, the first row names {width}; read from the left",
                    "look for a separator or a quote too many or too few",
                    Gravity.ERROR,
                    name,
                    row=number,
                )
            )
            row = [*row[:width], *[""] * (width - len(row))]
        yield number, row


def _whole_claims(
    rows: Iterator[tuple[int, list[str]]], claim: int | None, count: int
) -> Iterator[list[tuple[int, list[str]]]]:
    """Rows in lists of at least `count`, cut where the claim changes."""
    pending: list[tuple[int, list[str]]] = []
    while True:
        batch = [*pending, *islice(rows, count - len(pending))]
        pending = []
        if not batch:
            return
        last = batch[-1][1]
        if claim is not None:
            for each in rows:
                if each[1][claim] != last[claim]:
                    pending = [each]
                    break
                batch.append(each)
        yield batch


def _frame(numbered: list[tuple[int, list[str]]], headers: list[str], columns: Mapping[str, str]) -> pl.DataFrame:
    cells = zip(*(row for _, row in numbered), strict=True)
    seen: set[str] = set()
    series = []
    for header, values in zip(headers, cells, strict=True):
        column = columns.get(header)
        if column is not None and column not in seen:  # of two columns with one header, the first
            seen.add(column)
            series.append(pl.Series(column, values, dtype=pl.String))
    series.append(pl.Series(ROW, [number for number, _ in numbered], dtype=pl.UInt32))
    return pl.DataFrame(series)


def _cut(frame: pl.DataFrame, *, last: bool) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """The frame without the claim it ends in, which may go on in the next one, and that claim."""
    key = next((name for name in ("claim_index", "claim") if name in frame.columns), None)
    if last or key is None or not len(frame):
        return frame, None
    changes = (frame[key] != frame[key].shift(1)).fill_null(True).arg_true()
    begin = int(changes[-1])
    return frame[:begin], frame[begin:]


def _position(stream: BinaryIO) -> int:
    try:
        return stream.tell()
    except (OSError, AttributeError):
        return 0


def _broken(error: Exception, file: str) -> Problem:
    kind = "could not be opened" if isinstance(error, OSError) else "is no Parquet that can be read"
    return Problem("INP-PARQUET", f"the file {kind}", "write the table again, or give it as CSV", file=file)

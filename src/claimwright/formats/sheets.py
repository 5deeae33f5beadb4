"""Tables as people keep them, before it is known what their columns hold: CSV as text, Parquet a chunk at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import polars as pl

from claimwright.formats.headers import SEPARATORS
from claimwright.lines.problems import Gravity, Problem

ROW = "@row"
_HEAD = 1 << 16


@dataclass(frozen=True)
class Sheet:
    """A CSV of which the first row is read."""

    headers: list[str]
    _cells: Iterator[list[str]]
    _name: str

    def rows(self, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
        """Rows of exactly as many cells as there are headers, with their numbers from 1, blank ones left out.

        Those with too few or too many cells are read as far as they go, and told in `problems`.
        """
        return _rows(self._cells, len(self.headers), self._name, problems)


def opened_csv(stream: BinaryIO, name: str) -> Sheet:
    """A CSV whose first row names the columns: UTF-8, UTF-16 or Windows-1252; comma, semicolon, tab or bar."""
    head = stream.read(_HEAD)
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(head, stream)), encoding=_encoding(head), errors="replace", newline=""
    )
    first = text.readline()
    separator = max(SEPARATORS, key=first.count)
    return Sheet(next(csv.reader([first], delimiter=separator), []), csv.reader(text, delimiter=separator), name)


def nameless(name: str) -> Problem:
    """A table without headers."""
    return Problem("INP-EMPTY", "the table has no first row that names its columns", "write one", file=name)


def texts(
    numbered: Sequence[tuple[int, list[str]]], headers: Sequence[str], columns: Mapping[str, str]
) -> pl.DataFrame:
    """Numbered rows as columns of text, those that `columns` (header → column) names, and `@row`, their numbers."""
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


def chunks(scan: pl.LazyFrame, rows: int, file: str, problems: list[Problem]) -> Iterator[pl.DataFrame]:
    """Chunks of a Parquet file in order, up to where it is damaged, which is told in `problems`."""
    chunks = iter(scan.collect_batches(chunk_size=rows, maintain_order=True))
    while True:
        try:
            chunk = next(chunks)
        except StopIteration:
            return
        except (pl.exceptions.PolarsError, OSError) as error:
            problems.append(broken(error, file))
            return
        yield chunk


def position(stream: BinaryIO) -> int:
    """How far a stream was read; 0 where it cannot tell."""
    try:
        return stream.tell()
    except (OSError, AttributeError):
        return 0


def broken(error: Exception, file: str) -> Problem:
    """What kept a Parquet file from being read."""
    kind = "could not be opened" if isinstance(error, OSError) else "is no Parquet that can be read"
    return Problem("INP-PARQUET", f"the file {kind}", "write the table again, or give it as CSV", file=file)


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

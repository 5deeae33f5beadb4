"""A file opened for reading: unzipped where it is gzipped, and recognised by what it holds, then by its name."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from claimwright.formats.headers import SEPARATORS, names_columns
from claimwright.lines.problems import Problem

GZIP = b"\x1f\x8b"
_PARQUET, _ZIP = b"PAR1", b"PK\x03\x04"
_HEAD = 4096
_SUFFIXES = {
    **dict.fromkeys((".837", ".837p", ".837i", ".x12", ".edi"), "x12"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".json", ".ndjson", ".jsonl"), "json"),
    ".parquet": "parquet",
}
_ISA = re.compile(rb"(?<![A-Za-z0-9])I\x00?S\x00?A\x00?[^A-Za-z0-9\s]")  # not the end of LOUISA
_X12_BODY = re.compile(rb"\s*(?:GS|ST)([^A-Za-z0-9\s])")


@dataclass(frozen=True)
class Opened:
    """A stream at its beginning, and what it holds (see `kind_of`); Parquet inside gzip is of the kind `gzip`.

    `by_name` is what its name alone says, empty where it says nothing.
    """

    path: Path
    stream: BinaryIO
    kind: str
    by_name: str
    _unzipped: Unzipped | None

    def cut_off(self) -> Problem | None:
        """What is wrong with the compressed file as far as it was read; None where nothing is."""
        if self._unzipped is None or not self._unzipped.damaged:
            return None
        return Problem(
            "INP-TRUNCATED",
            "the compressed file is damaged or cut off; what stood before was read",
            "get the whole file again from where it was made",
            file=self.path.name,
            offset=self._unzipped.count,
        )


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The file at `path`, closed in the end. Raises OSError where it cannot be read."""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    suffix = suffixes[-1] if suffixes else ""
    with path.open("rb") as file:
        if file.peek(2)[:2] != GZIP:
            yield Opened(path, file, kind_of(file.peek(_HEAD)[:_HEAD], suffix), _SUFFIXES.get(suffix, ""), None)
            return
        unzipped = Unzipped(file)
        stream = io.BufferedReader(unzipped, 1 << 16)
        kind = kind_of(stream.peek(_HEAD)[:_HEAD], suffix)
        yield Opened(path, stream, "gzip" if kind == "parquet" else kind, _SUFFIXES.get(suffix, ""), unzipped)


def kind_of(head: bytes, suffix: str) -> str:
    """What a file is by its first bytes: `x12`, `json`, `parquet`, `csv`, or why it is none; the suffix breaks ties."""
    if head.startswith(_PARQUET):
        return "parquet"
    if head.startswith(_ZIP):
        return "zip"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    first = text.splitlines()[0].decode("latin-1") if text.strip() else ""
    if names_columns(first):  # before X12: a patient may be called Isa
        return "csv"
    if _ISA.search(head[:2048]) or _X12_BODY.match(head):
        return "x12"
    if text.startswith((b"{", b"[")):
        return "json"
    known = _SUFFIXES.get(suffix, "")
    if known and known != "parquet":
        return known
    if b"\x00" not in head and any(separator in first for separator in SEPARATORS):
        return "csv"
    return "unknown" if text else "empty"


def unopened(error: OSError, path: Path) -> Problem:
    """Why a file could not be read."""
    if isinstance(error, FileNotFoundError):
        return Problem("INP-NO-FILE", "there is no such file", "check the name and the folder", file=str(path))
    reason = error.strerror or type(error).__name__
    return Problem("INP-NO-FILE", f"the file cannot be read: {reason}", "check its permissions", file=str(path))


def unknown(kind: str, path: Path, *, wanted: str, otherwise: str) -> Problem:
    """Why a file is none of the kinds wanted: `wanted` says what to give, `otherwise` what it is not."""
    if kind == "empty":
        return Problem("INP-EMPTY", "the file is empty", f"give {wanted}", file=path.name)
    what = {"zip": "a ZIP archive", "gzip": "a gzipped Parquet file", "x12": "X12"}.get(kind, otherwise)
    return Problem("INP-UNKNOWN", f"the file is {what}", f"give {wanted}; unpack archives first", file=path.name)


class Unzipped(io.RawIOBase):
    """What can be had of a gzipped stream: damage ends it instead of raising, so that nothing before it is lost."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = gzip.GzipFile(fileobj=file)
        self.damaged = False
        self.count = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.count

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed asks for a Buffer
        try:
            data = self._file.read1(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.damaged = True
            return 0
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)

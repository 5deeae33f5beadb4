"""Any input, recognised by what it holds, then by its name."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from claimwright.formats.assembly import assemble
from claimwright.formats.batch import Batch
from claimwright.formats.case_json import read_cases
from claimwright.formats.headers import SEPARATORS, names_columns
from claimwright.formats.tables import read_csv, read_parquet
from claimwright.formats.x12 import read as read_x12
from claimwright.formats.x12.strict import strict_problems
from claimwright.lines.problems import Problem

_GZIP, _PARQUET, _ZIP = b"\x1f\x8b", b"PAR1", b"PK\x03\x04"
_HEAD = 4096
_SUFFIXES = {
    **dict.fromkeys((".837", ".837p", ".837i", ".x12", ".edi"), "x12"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".json", ".ndjson", ".jsonl"), "json"),
    ".parquet": "parquet",
}
_ISA = re.compile(rb"I\x00?S\x00?A\x00?[^A-Za-z0-9\s]")
_X12_BODY = re.compile(rb"\s*(?:GS|ST)([^A-Za-z0-9\s])")


def batches(path: str | Path, *, mapping: Mapping[str, str] | None = None, strict: bool = False) -> Iterator[Batch]:
    """Batches of lines from an 837, a CSV or Parquet table, or JSON cases, gzipped or not. Data never raises.

    `mapping` is header → column for tables. `strict` adds what the implementation guide itself finds wrong with an 837
    (needs the extra `x12`). A file that is missing, unreadable or unknown gives one batch with one problem.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == _GZIP
            file.seek(0)
            if zipped:
                unzipped = _Unzipped(file)
                yield from _recognised(io.BufferedReader(unzipped, 1 << 16), path, mapping, zipped=True)
                if unzipped.damaged:
                    yield _nothing(_cut_off(path, unzipped.count))
            else:
                yield from _recognised(file, path, mapping, zipped=False)
    except OSError as error:
        yield _nothing(_unopened(error, path))
        return
    if strict:
        found = tuple(strict_problems(path))
        if found:
            yield Batch(assemble({}, 0), found, 0, total_bytes(path))


def total_bytes(path: str | Path) -> int:
    """About how many bytes the last batch will have read; of a gzipped file what its trailer says (modulo 4 GiB).

    0 when the file cannot be read.
    """
    try:
        with Path(path).open("rb") as stream:
            zipped = stream.read(2) == _GZIP
            size = stream.seek(0, io.SEEK_END)
            if zipped and size >= 18:
                stream.seek(-4, io.SEEK_END)
                return int.from_bytes(stream.read(4), "little")
            return size
    except OSError:
        return 0


def kind_of(head: bytes, suffix: str) -> str:
    """What a file is by its first bytes: `x12`, `json`, `parquet`, `csv`, or why it is none; the suffix breaks ties."""
    if head.startswith(_PARQUET):
        return "parquet"
    if head.startswith(_ZIP):
        return "zip"
    if _ISA.search(head[:2048]) or _X12_BODY.match(head):
        return "x12"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith((b"{", b"[")):
        return "json"
    first = text.splitlines()[0].decode("latin-1") if text.strip() else ""
    if names_columns(first):
        return "csv"
    known = _SUFFIXES.get(suffix, "")
    if known and known != "parquet":
        return known
    if b"\x00" not in head and any(separator in first for separator in SEPARATORS):
        return "csv"
    return "unknown" if text else "empty"


def _recognised(stream: BinaryIO, path: Path, mapping: Mapping[str, str] | None, *, zipped: bool) -> Iterator[Batch]:
    head = stream.peek(_HEAD)[:_HEAD] if isinstance(stream, io.BufferedReader) else b""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    kind = kind_of(head, suffixes[-1] if suffixes else "")
    readers: dict[str, Callable[[], Iterator[Batch]]] = {
        "x12": lambda: read_x12(stream, name=path.name),
        "json": lambda: read_cases(stream, name=path.name),
        "csv": lambda: read_csv(stream, name=path.name, mapping=mapping),
        "parquet": lambda: read_parquet(path, mapping=mapping),
    }
    if kind in readers and not (kind == "parquet" and zipped):
        return readers[kind]()
    return iter((_nothing(_unknown(kind, path)),))


class _Unzipped(io.RawIOBase):
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


def _cut_off(path: Path, count: int) -> Problem:
    return Problem(
        "INP-TRUNCATED",
        "the compressed file is damaged or cut off; what stood before was read",
        "get the whole file again from where it was made",
        file=path.name,
        offset=count,
    )


def _nothing(problem: Problem) -> Batch:
    return Batch(assemble({}, 0), (problem,), 0, 0)


def _unopened(error: OSError, path: Path) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem("INP-NO-FILE", "there is no such file", "check the name and the folder", file=str(path))
    reason = error.strerror or type(error).__name__
    return Problem("INP-NO-FILE", f"the file cannot be read: {reason}", "check its permissions", file=str(path))


def _unknown(kind: str, path: Path) -> Problem:
    if kind == "empty":
        return Problem("INP-EMPTY", "the file is empty", "give a file with claims in it", file=path.name)
    what = {"zip": "a ZIP archive", "parquet": "a gzipped Parquet file"}.get(kind, "neither X12, JSON, CSV nor Parquet")
    return Problem(
        "INP-UNKNOWN",
        f"the file is {what}",
        "give an 837, a CSV or Parquet table, or JSON cases; unpack archives first",
        file=path.name,
    )

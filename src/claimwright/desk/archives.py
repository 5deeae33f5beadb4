"""Packed files that people hand in: unpacked only where nothing about them is a trick."""

from __future__ import annotations

import gzip
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

import polars as pl

from claimwright.desk.refusals import NotTakenError, Why

ZIP, GZIP, PARQUET = b"PK\x03\x04", b"\x1f\x8b", b"PAR1"
_EMPTY_ZIP = b"PK\x05\x06"
_PIECE = 1 << 20
_SMALL = 10_000_000  # bytes; what is smaller unpacked may be packed as tightly as it likes
_ASIDE = 1000  # folders and what systems add are entries too
_NAMED = 1000  # bytes of a name in the list, with all that is told of its file
_ENCRYPTED = 0x1
_DRIVE = re.compile("[A-Za-z]:")
_FOLDERS_ASIDE = ("__MACOSX",)  # what macOS adds to an archive
Spend = Callable[[int], None]  # hears of each piece that was unpacked, and raises where that is too much


def is_zip(head: bytes) -> bool:
    return head.startswith((ZIP, _EMPTY_ZIP))


def is_gzip(head: bytes) -> bool:
    return head.startswith(GZIP)


def is_parquet(head: bytes) -> bool:
    return head.startswith(PARQUET)


def counted(path: Path, *, most: int) -> None:
    """Look at how many rows a Parquet file says it has; damage is left to the reader. Raises NotTakenError."""
    try:
        rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return
    if rows > most:
        what = f"the table has {rows:,} rows, and more than {most:,} are not taken at once"
        raise NotTakenError(Why.TOO_LARGE, what, "hand it in in several batches")


def members(path: Path, *, most: int, ratio: int, spend: Spend) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files of an archive, each by its own name and with its bytes, piece by piece.

    Raises NotTakenError where it holds more than `most` files, unpacks to more than `ratio` times itself, leads out of
    its folder, holds links or other archives, is locked or is damaged.
    """
    packed = path.stat().st_size
    unpacked = 0

    def pieces(file: IO[bytes]) -> Iterator[bytes]:
        nonlocal unpacked
        first = True
        while piece := file.read(_PIECE):
            if first and is_zip(piece):
                raise _refused("it holds another archive", "unpack the inner one, and hand in its files")
            first = False
            unpacked += len(piece)
            _bounded(unpacked, packed, ratio)
            spend(len(piece))
            yield piece

    try:
        with _Listed(path, most) as listed, zipfile.ZipFile(listed) as archive:
            entries = _entries(archive, most)
            for entry in entries:
                with archive.open(entry) as file:
                    yield PurePosixPath(entry.filename).name, pieces(file)
    except NotTakenError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError) as error:
        raise _refused("it is damaged", "make it anew, or hand in its files without it") from error
    except (NotImplementedError, RuntimeError, ValueError) as error:
        raise _refused("it is packed in a way that is not read", "make it anew as a plain ZIP") from error


class _Listed(io.FileIO):
    """An archive whose list of names is read no further than `most` files need; it stands in one piece at the end."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(path)
        self._longest = (most + _ASIDE) * _NAMED

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self._longest:
            raise _refused("it holds too many files", "hand them in in several batches", Why.TOO_LARGE)
        return super().read(size) or b""


def measured(path: Path, *, ratio: int, spend: Spend) -> None:
    """Unpack a gzipped file once, to know that it is no bomb; damage is left to the reader, which tells of it.

    Raises NotTakenError.
    """
    packed = path.stat().st_size
    unpacked = 0
    with gzip.open(path, "rb") as file:
        while True:
            try:
                piece = file.read(_PIECE)
            except (EOFError, zlib.error, gzip.BadGzipFile):
                return
            if not piece:
                return
            unpacked += len(piece)
            _bounded(unpacked, packed, ratio)
            spend(len(piece))


def _entries(archive: zipfile.ZipFile, most: int) -> list[zipfile.ZipInfo]:
    every = archive.infolist()
    if len(every) > most + _ASIDE:
        raise _refused(f"it holds {len(every):,} files", f"hand in {most:,} at most, in several batches", Why.TOO_LARGE)
    for entry in every:
        _safe(entry)
    if any(entry.filename == "[Content_Types].xml" for entry in every):
        raise _refused("it is an Excel or Word document", "save the sheet as CSV, and hand in that")
    return [entry for entry in every if not entry.is_dir() and not _aside(entry)]


def _safe(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename.replace("\\", "/")
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or ".." in path.parts or _DRIVE.match(name):
        raise _refused("a name in it leads out of its folder", "make it anew from the files themselves")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _refused("it holds a link", "make it anew from the files themselves")
    if entry.flag_bits & _ENCRYPTED:
        raise _refused("it is locked with a password", "unpack it, and hand in its files")


def _aside(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return any(part.startswith(".") or part in _FOLDERS_ASIDE for part in parts)


def _bounded(unpacked: int, packed: int, ratio: int) -> None:
    if unpacked > _SMALL and unpacked > packed * ratio:
        raise _refused("it unpacks to far more than claims or notes do", "hand in the files themselves", Why.TOO_LARGE)


def _refused(what: str, help_: str, why: Why = Why.UNSAFE) -> NotTakenError:
    return NotTakenError(why, f"the archive is refused: {what}", help_)

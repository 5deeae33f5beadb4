"""Files in the worklist's folder: written under random names, whole or not at all, for nobody else to read."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Self

from claimwright.desk.refusals import room

PART = ".part"
LINES = ".lines.parquet"
WORK = ".work"


@dataclass(frozen=True)
class Stored:
    """What came of a file: its name in the folder, its size and what it holds."""

    stored: str
    size: int
    sha256: str


class Writing:
    """A file that is being written; it has its name only once `kept` was called, and else is gone."""

    def __init__(self, folder: Path, batch: str) -> None:
        self._folder = folder
        self.stored = f"{batch}.{token_hex(8)}"
        self.size = 0
        self.head = b""
        self._hash = hashlib.sha256()
        self.path = folder / f"{self.stored}{PART}"
        with room():
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def write(self, data: bytes) -> None:
        """Raises NotTakenError where the disk is full."""
        if len(self.head) < 8:
            self.head += data[: 8 - len(self.head)]
        self._hash.update(data)
        self.size += len(data)
        rest = memoryview(data)
        with room():
            while rest:
                rest = rest[os.write(self._file, rest) :]

    def kept(self) -> Stored:
        """Put it where it stays, so that it is there after a power cut."""
        with room():
            os.fsync(self._file)
            self._close()
            self.path.replace(self._folder / self.stored)
            synced(self._folder)
        return Stored(self.stored, self.size, self._hash.hexdigest())

    def dropped(self) -> None:
        self._close()
        self.path.unlink(missing_ok=True)

    def ended(self) -> None:
        """Write no more; the bytes stay until it is kept or dropped."""
        with room():
            self._close()

    def _close(self) -> None:
        if self._file >= 0:
            file, self._file = self._file, -1
            os.close(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.dropped()


def synced(folder: Path) -> None:
    """Names in a folder are on the disk, where the system knows how."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def of_batch(name: str) -> str:
    """The batch that an entry of the folder belongs to."""
    return name.partition(".")[0]


def removed(path: Path) -> None:
    """A file or a folder gone, if it was there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)

"""The files a user gives: a table itself, or a zip of several. What cannot be opened is a problem, no exception."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from claimwright.lines.problems import Problem

TABLES = (".txt", ".csv", ".xlsx")
LARGEST = 2 * 1024**3  # bytes of one table; the largest published one has 50 MB
AGAIN = "download it again from where it is published, and give it as it is"


@dataclass(frozen=True)
class Source:
    """One table: a file, or a member of a zip (`member` is "" for a file)."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """Its own name without folders, `ccipra-v322r0-f1.txt`."""
        return PurePosixPath(self.member).name if self.member else self.path.name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that may say which quarter it is of, its own first."""
        return (self.name, self.path.name) if self.member else (self.name,)

    def __str__(self) -> str:
        return f"{self.path.name}/{self.name}" if self.member else self.path.name

    def read(self) -> bytes | Problem:
        """The whole content; what stands in a zip was checked against its checksum."""
        try:
            if not self.member:
                return self.path.read_bytes()
            with zipfile.ZipFile(self.path) as packed:
                return packed.read(self.member)
        except OSError as error:
            return _unread(str(self), f"it cannot be read: {error.strerror or error}", "check the file and its rights")
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return _unread(str(self), "the zip is damaged or cut off", AGAIN)
        except (NotImplementedError, RuntimeError):  # an unknown compression, or a password
            return _unread(str(self), "the zip cannot be unpacked here", "unpack it, and give the files")


def sources(path: Path) -> list[Source] | Problem:
    """The tables in a file: itself, or the members of a zip that may be tables."""
    if path.is_dir():
        return _unread(str(path), "it is a folder", f"name the files in it: {path}/*.zip")
    if not path.is_file():
        return _unread(str(path), "there is no such file", "check the name")
    if path.suffix.lower() in TABLES:
        return [Source(path)]
    if path.suffix.lower() != ".zip":
        kinds = "the .zip, .txt, .csv or .xlsx"
        return _unread(
            path.name, f"{path.suffix or 'no suffix'} is no kind of table file", f"give {kinds} as published"
        )
    try:
        with zipfile.ZipFile(path) as packed:
            members = [one for one in packed.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        return _unread(path.name, "the zip is damaged or cut off", AGAIN)
    found = []
    for one in members:
        source = Source(path, one.filename)
        if source.suffix not in TABLES or one.filename.startswith("__MACOSX"):
            continue
        if one.file_size > LARGEST:
            return _unread(str(source), f"it would unpack to {one.file_size:,} bytes", "give a published table")
        found.append(source)
    if not found:
        held = ", ".join(sorted(PurePosixPath(one.filename).name for one in members)[:4]) or "nothing"
        return _unread(path.name, f"the zip holds no table, but {held}", "give the zip that holds the .txt or .csv")
    return found


def _unread(file: str, message: str, help_: str) -> Problem:
    return Problem("REF-OPEN", message, help_, file=file)

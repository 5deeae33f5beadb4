"""The worklist in one file, and back: the database as it was at one moment, and the files it names, with hashes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from claimwright.desk import trail
from claimwright.desk.database import Database, opened
from claimwright.desk.desk import Desk, private_folder
from claimwright.desk.people import RefusedError
from claimwright.desk.storing import LINES
from claimwright.desk.tables import Batch, BatchState, File, Trail

DATABASE = "desk.sqlite3"
MANIFEST = "manifest.json"
SAVING, RESTORING = "backup-", "restoring-"  # folders to work in
_KIND = "claimwright desk backup 1"
_FILE = re.compile(r"files/[A-Za-z0-9_-]{22}\.[a-z0-9.]{1,40}")
_PIECE = 1 << 20


@dataclass(frozen=True)
class Report:
    """What a backup holds. `database` is whether the database is in it; one on PostgreSQL is saved by `pg_dump`."""

    files: int
    size: int
    database: bool
    seal: str  # of the newest row of the trail, which nothing in the database itself can vouch for
    missing: int = 0  # files that the database names and nobody found


def saved(desk: Desk, target: Path) -> Report:
    """Write a backup while the server works. Raises RefusedError and OSError."""
    if target.exists():
        raise RefusedError(f"there is a file {target} already; name another")
    with tempfile.TemporaryDirectory(dir=private_folder(desk.folder), prefix=SAVING) as name:
        folder = Path(name)
        part = target.with_name(f".{target.name}.part")
        try:
            with _settled(desk, folder / DATABASE) as database:
                report = _written(desk, database, folder / DATABASE, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return report


@contextmanager
def _settled(desk: Desk, copy: Path) -> Iterator[Database]:
    """A database that does not change: a copy of SQLite's, else the server's own."""
    if desk.database.engine.dialect.name != "sqlite":
        yield desk.database
        return
    path = desk.database.engine.url.database
    assert path is not None
    os.close(_private(str(copy), os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself
    database = opened(f"sqlite:///{copy}")
    try:
        yield database
    finally:
        database.close()


def _written(desk: Desk, database: Database, copy: Path, part: Path) -> Report:
    with database.reading() as session:
        done = session.scalars(select(Batch.id).where(Batch.state == BatchState.DONE))
        names = [*session.scalars(select(File.stored)), *(f"{batch}{LINES}" for batch in done)]
        newest = session.scalar(select(Trail.seal).order_by(Trail.number.desc()).limit(1)) or ""
    wanted = {f"files/{name}": desk.files / name for name in names}
    there = {name: path for name, path in wanted.items() if path.is_file()}
    whole = copy.is_file()
    if whole:
        database.close()
        with closing(sqlite3.connect(copy)) as last:
            last.execute("PRAGMA journal_mode=DELETE")
        there[DATABASE] = copy
    manifest: dict[str, Any] = {
        "kind": _KIND,
        "claimwright": version("claimwright"),
        "made_at": desk.now().isoformat(),
        "database": "sqlite" if whole else "postgresql",
        "seal": newest,
        "files": {name: {"size": path.stat().st_size, "sha256": _hash(path)} for name, path in sorted(there.items())},
    }
    with (
        open(part, "xb", opener=_private) as raw,
        tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as archive,
    ):
        _added(archive, MANIFEST, io.BytesIO(orjson.dumps(manifest, option=orjson.OPT_INDENT_2)))
        for name, path in sorted(there.items()):
            with path.open("rb") as file:
                _added(archive, name, file)
    size = sum(entry["size"] for entry in manifest["files"].values())
    return Report(len(there) - whole, size, whole, newest, len(wanted) - (len(there) - whole))


def _added(archive: tarfile.TarFile, name: str, file: Any) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = file.seek(0, io.SEEK_END)
    entry.mode = 0o600
    file.seek(0)
    archive.addfile(entry, file)


def restored(source: Path, folder: Path) -> Report:
    """Put a backup where no worklist is yet, once all of it was found to be what it was. Raises RefusedError."""
    private_folder(folder)
    if (folder / DATABASE).exists() or any((folder / "files").glob("*")):
        raise RefusedError(f"{folder} holds a worklist already; restore into an empty folder, with --folder")
    with tempfile.TemporaryDirectory(dir=folder, prefix=RESTORING) as name:
        aside = Path(name)
        try:
            manifest = _unpacked(source, aside)
        except (tarfile.TarError, EOFError, OSError, orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise RefusedError("this is no backup of a worklist, or it is damaged; nothing was restored") from error
        whole = manifest["database"] == "sqlite"
        if whole:
            _vouched(aside / DATABASE, manifest["seal"])
        private_folder(folder / "files")
        for path in (aside / "files").iterdir():
            path.replace(folder / "files" / path.name)
        if whole:
            (aside / DATABASE).replace(folder / DATABASE)
    sizes = [entry["size"] for entry in manifest["files"].values()]
    return Report(len(sizes) - whole, sum(sizes), whole, manifest["seal"])


def _unpacked(source: Path, aside: Path) -> dict[str, Any]:
    """Raises RefusedError where a file is not what the manifest says."""
    private_folder(aside / "files")
    with tarfile.open(source, "r:gz") as archive:
        first = archive.next()
        told = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
        if told is None:
            raise RefusedError("this is no backup of a worklist; nothing was restored")
        manifest: dict[str, Any] = orjson.loads(told.read())
        if manifest["kind"] != _KIND:
            raise RefusedError("this backup was made by another version; install that one to restore it")
        expected = dict(manifest["files"])
        while (entry := archive.next()) is not None:
            wanted = expected.pop(entry.name, None)
            fine = entry.name == DATABASE or _FILE.fullmatch(entry.name)
            if wanted is None or not fine or not entry.isreg():
                raise RefusedError("the backup holds what its list does not name; nothing was restored")
            _checked(archive, entry, wanted["sha256"], aside / entry.name)
    if expected:
        raise RefusedError(f"{len(expected)} files are missing from the backup; nothing was restored")
    return manifest


def _checked(archive: tarfile.TarFile, entry: tarfile.TarInfo, sha256: str, path: Path) -> None:
    file = archive.extractfile(entry)
    assert file is not None
    digest = hashlib.sha256()
    with open(path, "xb", opener=_private) as target:
        while piece := file.read(_PIECE):
            digest.update(piece)
            target.write(piece)
    if digest.hexdigest() != sha256:
        raise RefusedError("a file of the backup is not what it was; nothing was restored")


def _vouched(path: Path, seal: str) -> None:
    """The database is sound, and its trail ends where the backup says that it ended. Raises RefusedError."""
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise RefusedError("the database of the backup is damaged; nothing was restored")
    database = opened(f"sqlite:///{path}")
    try:
        with database.reading() as session:
            broken = trail.broken_at(session)
            newest = session.scalar(select(Trail.seal).order_by(Trail.number.desc()).limit(1)) or ""
    finally:
        database.close()
    if broken is not None or newest != seal:
        raise RefusedError("the audit trail of the backup is not what it was; nothing was restored")


def _private(path: str, flags: int) -> int:
    """Open what nobody else may read, not even in its first moment."""
    return os.open(path, flags, 0o600)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

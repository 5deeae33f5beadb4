"""What was handed in beside a batch's claims, read again when a line of it is looked at or decided again."""

from __future__ import annotations

import shutil
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Generic, TypeVar

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from claimwright.desk.desk import Desk, private_folder
from claimwright.desk.tables import File
from claimwright.determine import sides
from claimwright.determine.sides import Sides
from claimwright.formats import notes
from claimwright.formats.sides import KINDS, NOTES
from claimwright.formats.sides import read as read_side

CLAIMS = "claims"
_KEPT = 8  # things of batches that are held in memory


T = TypeVar("T")


@dataclass
class _Kept(Generic[T]):
    """The newest few of something that is costly to read; a batch's files never change once it was checked."""

    held: OrderedDict[str, T] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, batch: str) -> T | None:
        with self.lock:
            if batch in self.held:
                self.held.move_to_end(batch)
            return self.held.get(batch)

    def put(self, batch: str, found: T) -> T:
        with self.lock:
            self.held[batch] = found
            while len(self.held) > _KEPT:
                self.held.popitem(last=False)
        return found

    def drop(self, batch: str) -> None:
        with self.lock:
            self.held.pop(batch, None)


_SIDES: _Kept[Sides] = _Kept()
_FRAMES: _Kept[pl.DataFrame] = _Kept()  # by batch and kind


def forgotten(batch: str) -> None:
    """Nothing of a batch is held any longer: its files are gone."""
    _SIDES.drop(batch)
    for kind in (NOTES.name, *KINDS):
        _FRAMES.drop(f"{batch} {kind}")


def files_of(session: Session, batch: str) -> list[File]:
    return list(session.scalars(select(File).where(File.batch_id == batch).order_by(File.place)))


def beside(desk: Desk, session: Session, batch: str) -> Sides:
    """What is known beside the claims of a batch; what could not be read was told when it was checked."""
    found = _SIDES.get(batch)
    if found is None:
        with _laid(desk, [file for file in files_of(session, batch) if file.kind != CLAIMS]) as paths:
            found = _SIDES.put(batch, sides.read(paths)[0])
    return found


def frame_of(desk: Desk, session: Session, batch: str, kind: str) -> pl.DataFrame | None:
    """The rows of one kind of side file, or the notes, not yet read for what they say; None where none was given."""
    found = _FRAMES.get(f"{batch} {kind}")
    if found is None:
        files = [file for file in files_of(session, batch) if file.kind == kind]
        if not files:
            return None
        with _laid(desk, files) as paths:
            read = [(notes.read(path) if kind == NOTES.name else read_side(kind, path))[0] for path in paths[kind]]
        found = _FRAMES.put(f"{batch} {kind}", pl.concat(read))
    return found


@contextmanager
def _laid(desk: Desk, files: list[File]) -> Iterator[dict[str, list[Path]]]:
    """Files under the names they came with, while it lasts: a note's name may tell whose it is, and notes are named by
    their places in one folder.
    """
    folder = private_folder(desk.files / f"given.{token_hex(8)}")
    try:
        paths: dict[str, list[Path]] = {}
        for file in files:
            kind = folder / file.kind
            kind.mkdir(exist_ok=True)
            path = kind / Path(file.name).name
            path.symlink_to((desk.files / file.stored).resolve())
            paths.setdefault(file.kind, []).append(path)
        if NOTES.name in paths:
            paths[NOTES.name] = [folder / NOTES.name]
        yield paths
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def claims_file(desk: Desk, session: Session, batch: str, name: str) -> Path | None:
    """The file in which a line stands, by the name that the line has; None where it is no longer kept."""
    claims = [file for file in files_of(session, batch) if file.kind == CLAIMS]
    for file in claims:
        path = desk.files / file.stored
        if name in {file.name, path.name} and path.is_file():
            return path
    return None

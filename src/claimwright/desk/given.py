"""What was handed in beside a batch's claims, read again when a line of it is looked at or decided again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

import polars as pl
from sqlalchemy.orm import Session

from claimwright.desk.desk import Desk
from claimwright.desk.laid import files_of, laid_out
from claimwright.desk.receiving import CLAIMS
from claimwright.determine import sides
from claimwright.determine.sides import Sides
from claimwright.formats import notes
from claimwright.formats.sides import KINDS, NOTES
from claimwright.formats.sides import read as read_side

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


def beside(desk: Desk, batch: str) -> Sides:
    """What is known beside the claims of a batch; what could not be read was told when it was checked."""
    found = _SIDES.get(batch)
    if found is None:
        with laid_out(desk, batch) as laid:
            found = _SIDES.put(batch, sides.read(laid.beside)[0])
    return found


def frame_of(desk: Desk, batch: str, kind: str) -> pl.DataFrame | None:
    """The rows of one kind of side file, or the notes, not yet read for what they say; None where none was given."""
    found = _FRAMES.get(f"{batch} {kind}")
    if found is None:
        with laid_out(desk, batch) as laid:
            paths = laid.beside.get(kind, ())
            read = [(notes.read(path) if kind == NOTES.name else read_side(kind, path))[0] for path in paths]
        if not read:
            return None
        found = _FRAMES.put(f"{batch} {kind}", pl.concat(read))
    return found


def claims_files(desk: Desk, session: Session, batch: str) -> dict[str, Path]:
    """The files of claims that are still kept, by the name that their lines have."""
    claims = [file for file in files_of(session, batch) if file.kind == CLAIMS]
    paths = {file.name: desk.files / file.stored for file in claims}
    return {name: path for name, path in paths.items() if path.is_file()}

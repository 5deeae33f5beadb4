"""The files of a batch laid out under the names they came with, as the readers of claims and notes want them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import Session

from claimwright.desk.desk import Desk, private_folder
from claimwright.desk.receiving import CLAIMS
from claimwright.desk.refusals import room
from claimwright.desk.storing import LINES, WORK, removed
from claimwright.desk.tables import File
from claimwright.formats.sides import NOTES


@dataclass(frozen=True)
class Laid:
    """Paths of claims, in the order given, and of what is known beside them; `folder` is there to work in."""

    folder: Path
    claims: tuple[Path, ...]
    beside: Mapping[str, tuple[Path, ...]]


def files_of(session: Session, batch: str) -> list[File]:
    return list(session.scalars(select(File).where(File.batch_id == batch).order_by(File.place)))


def lines_path(desk: Desk, batch: str) -> Path:
    """The lines of a checked batch as they were read, in LINE_SCHEMA; `WorkLine.row` counts its rows from 0."""
    return desk.files / f"{batch}{LINES}"


@contextmanager
def laid_out(desk: Desk, batch: str) -> Iterator[Laid]:
    """The files of a batch, while it lasts. Notes lie in one folder, since an answer names them by their places in it.

    `determine.files.check_files` takes `claims` and `beside`; `determine.sides.read` takes `beside`.
    """
    with desk.database.reading() as session:
        files = files_of(session, batch)
    with room():
        folder = private_folder(desk.files / f"{batch}{WORK}.{token_hex(8)}")
    try:
        paths: dict[str, list[Path]] = {}
        for file in files:
            with room():
                paths.setdefault(file.kind, []).append(_linked(desk, folder, file))
        claims = tuple(paths.pop(CLAIMS, ()))
        notes = paths.pop(NOTES.name, None)
        beside = {kind: tuple(found) for kind, found in paths.items()}
        if notes:
            beside[NOTES.name] = (notes[0].parent,)
        yield Laid(folder, claims, beside)
    finally:
        removed(folder)


def left_gone(desk: Desk, batch: str) -> None:
    """What a server that was killed while it checked a batch had laid out. Only for whoever holds the batch."""
    for path in desk.files.glob(f"{batch}{WORK}.*"):
        removed(path)


def _linked(desk: Desk, folder: Path, file: File) -> Path:
    kind = folder / file.kind
    kind.mkdir(exist_ok=True)
    path = kind / file.name
    path.symlink_to((desk.files / file.stored).resolve())
    return path

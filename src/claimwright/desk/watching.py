"""A folder that is watched: claims that appear in it become a batch, each file once.

Files directly in it are claims. Files in folders below it that are called after a kind (`notes`, `history`, `plans` …)
are known beside every batch that is made from it. What is there stays there.
"""

from __future__ import annotations

import hashlib
import logging
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from claimwright.desk import receiving, trail
from claimwright.desk.desk import Desk
from claimwright.desk.naming import told
from claimwright.desk.people import RefusedError, actor_of, folded
from claimwright.desk.receiving import CLAIMS, KINDS, Receiving
from claimwright.desk.refusals import NotTakenError, Why
from claimwright.desk.rights import Actor, Right
from claimwright.desk.tables import Batch, BatchState, Person, Role, Watched

_log = logging.getLogger("claimwright.desk")
QUIET = 5.0  # seconds in which a file does not change before it counts as whole
_ON_THEIR_WAY = (".part", ".tmp", ".crdownload", ".partial", ".filepart", ".swp")
_PIECE = 1 << 20
_Look = tuple[int, int]  # size and time of the last change


@dataclass
class Watcher:
    """Looks at the folder when it is called; `quiet` seconds make a file whole."""

    desk: Desk
    folder: Path
    person: str | None = None  # by name; the first admin, where none is named
    quiet: float = QUIET
    _seen: dict[Path, tuple[_Look, float]] = field(default_factory=dict)
    _done: dict[Path, _Look] = field(default_factory=dict)
    _trouble: str = ""

    def __call__(self) -> None:
        """Hand in what is whole and was not handed in before.

        What cannot be read is told in the log, and tried again at the next look: other batches do not wait for it.
        """
        try:
            self._look()
            self._trouble = ""
        except RefusedError as error:  # the disk is full, or whoever hands in may no longer do so
            self._say(str(error))
        except OSError as error:
            self._say(f"the folder, or a file in it, cannot be read ({error.strerror or type(error).__name__})")

    def _say(self, trouble: str) -> None:
        if trouble != self._trouble:
            _log.warning("nothing of the watched folder was handed in: %s", trouble)
        self._trouble = trouble

    def _look(self) -> None:
        """Raises OSError and RefusedError."""
        found = _looks(self.folder)
        now = time.monotonic()
        self._seen = {
            path: before if (before := self._seen.get(path)) and before[0] == look else (look, now)
            for path, look in found.items()
        }
        fresh = [path for path, look in found.items() if self._done.get(path) != look]
        if not fresh or any(now - self._seen[path][1] < self.quiet for path in fresh):
            return  # what is copied together is checked together
        if self._hand_in(fresh):
            self._done |= {path: found[path] for path in fresh}

    def _hand_in(self, fresh: list[Path]) -> bool:
        """Whether these are done with. Raises OSError and RefusedError."""
        with self.desk.database.reading() as session:
            actor = watching_as(session, self.person)
            taken = set(session.scalars(select(Watched.sha256)))
        hashes = {path: _hash(path) for path in fresh}
        new = [path for path in fresh if hashes[path] not in taken]
        if not new:
            return True
        coming = receiving.begun(self.desk, actor)
        try:
            for path in {hashes[path]: path for path in new}.values():  # the same under two names is one file
                _copied(coming, CLAIMS, path)
            for kind in KINDS:
                for path in _beside(self.folder / kind):
                    _copied(coming, kind, path)
            coming.queued(watched=True)
        except IntegrityError:  # another server that watches the folder was a moment faster, with some of them
            coming.abandoned()
            return False
        except NotTakenError as error:
            coming.abandoned()
            if error.why is Why.NO_ROOM:
                raise
            if len(new) > 1:  # one bad file does not hold up the others
                done = [self._hand_in([path]) for path in new]
                return all(done)
            self._refused(actor, new[0], hashes[new[0]], error)
        except BaseException:
            coming.abandoned()
            raise
        return True

    def _refused(self, actor: Actor, path: Path, sha256: str, error: NotTakenError) -> None:
        """Somebody has to hear of it: a batch that failed says why."""
        _log.warning("a file of the watched folder was refused: %s", error.what)
        now = self.desk.now()
        with self.desk.database.writing() as session:
            batch = Batch(
                name=told(path.name),
                person_id=actor.id,
                state=BatchState.FAILED,
                made_at=now,
                ended_at=now,
                as_of=receiving.today(self.desk),
                failure=f"{error.what}\n help: {error.help}",
            )
            session.add(batch)
            session.flush()
            session.add(Watched(sha256=sha256, at=now))
            trail.record(session, now, actor.name, "watched file refused", batch=batch.id)


def watching_as(session: Session, name: str | None) -> Actor:
    """Who hands in what a watched folder holds. Raises RefusedError."""
    wanted = select(Person).where(Person.active).order_by(Person.made_at, Person.id)
    if name is None:
        person = session.scalar(wanted.where(Person.role == Role.ADMIN).limit(1))
    else:
        person = session.scalar(wanted.where(Person.folded == folded(name)))
    if person is None:
        raise RefusedError("nobody of this name is there to hand in watched files")
    actor = actor_of(person)
    if not actor.may(Right.CHECK):
        raise RefusedError("the person for whom the folder is watched may not hand in files")
    return actor


def _looks(folder: Path) -> dict[Path, _Look]:
    return {path: (told_.st_size, told_.st_mtime_ns) for path in _files(folder) if (told_ := path.stat()).st_size}


def _beside(folder: Path) -> list[Path]:
    return _files(folder) if folder.is_dir() else []


def _files(folder: Path) -> list[Path]:
    """Plain files, none of them hidden or on its way, and no links, which may lead anywhere."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.is_symlink()
        and not path.name.startswith((".", "~"))
        and path.suffix.lower() not in _ON_THEIR_WAY
    )


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copied(coming: Receiving, kind: str, path: Path) -> None:
    file = coming.file(kind, path.name)
    try:
        with path.open("rb") as source:
            while piece := source.read(_PIECE):
                file.write(piece)
        file.kept()
    finally:
        file.dropped()

"""Taking files in: a batch is there from the first byte, and is checked only when all of them are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import orjson
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from claimwright.desk import archives, trail
from claimwright.desk.desk import Desk, private_folder
from claimwright.desk.naming import Names, shown_name, told
from claimwright.desk.people import actor_of
from claimwright.desk.refusals import NotTakenError, Why
from claimwright.desk.rights import Actor, Right
from claimwright.desk.servers import new_name
from claimwright.desk.storing import Stored, Writing, removed
from claimwright.desk.tables import Batch, BatchState, File, Person, Watched, new_id
from claimwright.formats.sides import FEES, NOTES
from claimwright.formats.sides import KINDS as SIDES

CLAIMS = "claims"
KINDS = (CLAIMS, NOTES.name, *SIDES, FEES.name)
LEASE = timedelta(minutes=2)  # without a byte, after which an upload is given up
_RENEWED = timedelta(seconds=20)


@dataclass(frozen=True)
class Handed:
    """A batch, and whether it was made now; a call that was repeated gets the batch that it made at first."""

    id: str
    new: bool


@dataclass(frozen=True)
class _Taken:
    kind: str
    name: str
    file: Stored


@dataclass
class Receiving:
    """The files of one batch on their way in. End it with `queued` or `abandoned`."""

    desk: Desk
    actor: Actor
    id: str
    renewed_at: datetime
    taken: list[_Taken] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    came: int = 0
    unpacked: int = 0

    def file(self, kind: str, name: str) -> Incoming:
        """A file that begins to come in. Raises NotTakenError."""
        if kind not in KINDS:
            raise NotTakenError(Why.AMISS, "files of this kind are not known", f"kinds are {', '.join(KINDS)}")
        self.room_for_one()
        return Incoming(self, kind, shown_name(name), Writing(self.desk.files, self.id))

    def spend(self, size: int) -> None:
        """Raises NotTakenError where more came than may."""
        self.unpacked += size
        if self.unpacked > self.desk.limits.unpacked:
            raise _too_large(f"more than {_gigabytes(self.desk.limits.unpacked)} of unpacked files")
        self._renew()

    def heard(self, size: int) -> None:
        """Some bytes came. Raises NotTakenError."""
        self.came += size
        if self.came > self.desk.limits.upload:
            raise _too_large(f"more than {_gigabytes(self.desk.limits.upload)}")
        self._renew()

    def keep(self, kind: str, name: str, file: Stored) -> None:
        self.taken.append(_Taken(kind, self.names.free(name), file))

    def queued(
        self, *, name: str = "", as_of: date | None = None, key: str | None = None, watched: bool = False
    ) -> Handed:
        """All files are here: the batch waits to be checked. Raises NotTakenError.

        `key`: where the actor's earlier call had the same, and asked for the same, that call's batch is the answer.
        `watched`: the claims are of a watched folder, of which no file is taken twice.
        """
        claims = [one for one in self.taken if one.kind == CLAIMS]
        if not claims:
            raise NotTakenError(Why.AMISS, "no file of claims came", "give at least one 837, CSV, Parquet or JSON file")
        asked = self._asked(name, as_of)
        try:
            with self.desk.database.writing() as session:
                earlier = self._earlier(session, key, asked)
                if earlier is None:
                    self._queue(session, told(name) or _named(claims), as_of, key, asked, watched=watched)
        except IntegrityError:  # the same call, at the same time, was a moment faster
            with self.desk.database.reading() as session:
                earlier = self._earlier(session, key, asked)
            if earlier is None:
                raise
        if earlier is not None:
            self.abandoned()
            return Handed(earlier, new=False)
        self.desk.handed.set()
        return Handed(self.id, new=True)

    def abandoned(self) -> None:
        """Nothing of it stays."""
        with self.desk.database.writing() as session:
            session.execute(delete(Batch).where(Batch.id == self.id, Batch.state == BatchState.RECEIVING))
        for one in self.taken:
            removed(self.desk.files / one.file.stored)

    def _queue(
        self, session: Session, name: str, as_of: date | None, key: str | None, asked: str, *, watched: bool
    ) -> None:
        now = self.desk.now()
        batch = session.get(Batch, self.id, with_for_update=True)
        if batch is None or batch.state != BatchState.RECEIVING:
            raise NotTakenError(Why.AMISS, "the files came too slowly and were given up", "hand them in again")
        person = session.get(Person, self.actor.id)
        if person is None or not person.active or not actor_of(person).may(Right.CHECK):
            raise NotTakenError(Why.AMISS, "you may no longer hand in files", "ask an admin")
        batch.state, batch.name, batch.as_of = BatchState.QUEUED, name, as_of or today(self.desk)
        batch.worker = batch.lease_until = None
        batch.key, batch.asked = key, asked if key else None
        for place, one in enumerate(self.taken):
            session.add(
                File(
                    batch_id=self.id,
                    kind=one.kind,
                    name=one.name,
                    stored=one.file.stored,
                    size=one.file.size,
                    sha256=one.file.sha256,
                    place=place,
                )
            )
        if watched:
            hashes = dict.fromkeys(one.file.sha256 for one in self.taken if one.kind == CLAIMS)
            session.add_all(Watched(sha256=one, at=now) for one in hashes)
        kinds = [one.kind for one in self.taken]
        detail = {kind: kinds.count(kind) for kind in KINDS if kind in kinds}
        trail.record(session, now, self.actor.name, "batch handed in", batch=self.id, detail=detail)

    def _asked(self, name: str, as_of: date | None) -> str:
        """What the call asked for, by its content."""
        files = [(one.kind, one.name, one.file.sha256) for one in self.taken]
        told_ = orjson.dumps([files, told(name), as_of.isoformat() if as_of else None])
        return hashlib.sha256(told_).hexdigest()

    def _earlier(self, session: Session, key: str | None, asked: str) -> str | None:
        """The batch of an earlier call with this key. Raises NotTakenError where that call asked for something else."""
        if key is None:
            return None
        wanted = select(Batch.id, Batch.asked).where(Batch.person_id == self.actor.id, Batch.key == key)
        found = session.execute(wanted).first()
        if found is None:
            return None
        if found.asked != asked:
            raise NotTakenError(
                Why.OTHERWISE, "this key came before, with other content", "give every new batch a key of its own"
            )
        return str(found.id)

    def room_for_one(self) -> None:
        """Raises NotTakenError where the batch has as many files as it may."""
        if len(self.taken) >= self.desk.limits.files:
            raise _too_large(f"more than {self.desk.limits.files:,} files")

    def _renew(self) -> None:
        if self.desk.now() < self.renewed_at + _RENEWED:
            return
        self.renewed_at = self.desk.now()
        with self.desk.database.writing() as session:
            batch = session.get(Batch, self.id)
            if batch is not None:
                batch.lease_until = self.renewed_at + LEASE


@dataclass
class Incoming:
    """One file that is coming in. End it with `kept` or `dropped`."""

    batch: Receiving
    kind: str
    name: str
    writing: Writing

    def write(self, data: bytes) -> None:
        """Raises NotTakenError."""
        self.batch.heard(len(data))
        self.writing.write(data)

    def kept(self) -> None:
        """The whole file came: it stays, or where it is an archive, the files in it do. Raises NotTakenError."""
        limits, spend = self.batch.desk.limits, self.batch.spend
        if archives.is_zip(self.writing.head):
            self.writing.ended()
            most = limits.files - len(self.batch.taken)
            for name, pieces in archives.members(self.writing.path, most=most, ratio=limits.ratio, spend=spend):
                self.batch.room_for_one()
                with Writing(self.batch.desk.files, self.batch.id) as inside:
                    for piece in pieces:
                        inside.write(piece)
                    self._measured(inside)
                    self.batch.keep(self.kind, shown_name(name), inside.kept())
            self.writing.dropped()
            return
        if not archives.is_gzip(self.writing.head):
            spend(self.writing.size)
        self._measured(self.writing)
        self.batch.keep(self.kind, self.name, self.writing.kept())

    def _measured(self, file: Writing) -> None:
        """Look at what a packed file unpacks to. Raises NotTakenError."""
        limits = self.batch.desk.limits
        if archives.is_gzip(file.head):
            archives.measured(file.path, ratio=limits.ratio, spend=self.batch.spend)
        elif archives.is_parquet(file.head):
            archives.counted(file.path, most=limits.rows)

    def dropped(self) -> None:
        self.writing.dropped()


def begun(desk: Desk, actor: Actor) -> Receiving:
    """A batch whose files are about to come."""
    private_folder(desk.files)
    identity, now = new_id(), desk.now()
    with desk.database.writing() as session:
        session.add(
            Batch(
                id=identity,
                name="",
                person_id=actor.id,
                state=BatchState.RECEIVING,
                made_at=now,
                as_of=today(desk),
                worker=new_name(),
                lease_until=now + LEASE,
            )
        )
    return Receiving(desk, actor, identity, now)


def today(desk: Desk) -> date:
    """The day where the server stands."""
    return desk.now().astimezone().date()


def _named(claims: list[_Taken]) -> str:
    first, more = claims[0].name, len(claims) - 1
    return f"{first} and {more} more" if more else first


def _too_large(what: str) -> NotTakenError:
    return NotTakenError(Why.TOO_LARGE, f"{what} are not taken at once", "hand them in in several batches")


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.3g} GB" if size >= 1e9 else f"{size / 1e6:.3g} MB"

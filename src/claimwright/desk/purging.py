"""Batches that are no longer wanted, deleted with their files; and what uploads left that never came to their end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from claimwright.desk import given, trail
from claimwright.desk.backup import RESTORING, SAVING
from claimwright.desk.desk import Desk
from claimwright.desk.people import RefusedError
from claimwright.desk.rights import Actor
from claimwright.desk.servers import gone
from claimwright.desk.storing import LINES, of_batch, removed
from claimwright.desk.tables import Batch, BatchState, File

_LEFT = timedelta(days=1)  # after which nobody works there any more
_OVER = [state for state in BatchState if state.over]


def deleted(desk: Desk, actor: Actor, identity: str) -> None:
    """A person deletes a batch, its lines, its answers and its files; the trail stays. Raises RefusedError.

    A batch that is gone already is no error.
    """
    with desk.database.writing() as session:
        batch = session.get(Batch, identity, with_for_update=True)
        if batch is None:
            return
        if batch.state in {BatchState.RUNNING, BatchState.RECEIVING}:
            raise RefusedError(f"this batch is {BatchState(batch.state).value}; cancel it first, and delete it then")
        _gone(session, desk, batch.id, actor.name, "batch deleted")
    _files_gone(desk, {identity})
    desk.database.forgotten()


def purged(desk: Desk, days: int, by: str) -> int:
    """Delete batches that ended more than so many days ago, with their files. How many."""
    before = desk.now() - timedelta(days=days)
    old = select(Batch.id).where(Batch.state.in_(_OVER), Batch.ended_at < before)
    with desk.database.reading() as session:
        found = list(session.scalars(old.order_by(Batch.made_at)))
    for identity in found:
        with desk.database.writing() as session:
            batch = session.get(Batch, identity, with_for_update=True)
            if batch is not None and BatchState(batch.state).over:
                _gone(session, desk, identity, by, "batch purged")
        _files_gone(desk, {identity})
    if found:
        desk.database.forgotten()
    return len(found)


def _gone(session: Session, desk: Desk, identity: str, by: str, action: str) -> None:
    session.execute(delete(Batch).where(Batch.id == identity))  # its files, lines and what hangs on them go with it
    trail.record(session, desk.now(), by, action, batch=identity)


def _files_gone(desk: Desk, batches: set[str]) -> None:
    for identity in batches:
        given.forgotten(identity)
    for path in _entries(desk):
        if of_batch(path.name) in batches:
            removed(path)


def tidied(desk: Desk) -> None:
    """Uploads that ended half way are gone: their batches, and files that belong to none."""
    _given_up(desk)
    _worked_in(desk)
    entries = _entries(desk)  # before the database is asked: what begins to come in later is not among them
    with desk.database.reading() as session:
        states = {row.id: BatchState(row.state) for row in session.execute(select(Batch.id, Batch.state))}
        stored = set(session.scalars(select(File.stored)))
    for path in entries:
        state = states.get(of_batch(path.name))
        busy = state in {BatchState.RECEIVING, BatchState.RUNNING}
        answered = state is BatchState.DONE and path.name.endswith(LINES)
        if not busy and not answered and path.name not in stored:
            removed(path)


def _worked_in(desk: Desk) -> None:
    """Where a backup or a restore was killed, a whole copy of the worklist is left."""
    for path in desk.folder.iterdir():
        if path.name.startswith((SAVING, RESTORING)) and path.is_dir():
            since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if desk.now() - since > _LEFT:
                removed(path)


def _given_up(desk: Desk) -> None:
    with desk.database.reading() as session:
        wanted = select(Batch.id, Batch.worker, Batch.lease_until).where(Batch.state == BatchState.RECEIVING)
        half = session.execute(wanted).all()
    for row in half:
        if gone(row.worker) or row.lease_until is None or row.lease_until <= desk.now():
            with desk.database.writing() as session:
                session.execute(delete(Batch).where(Batch.id == row.id, Batch.state == BatchState.RECEIVING))


def _entries(desk: Desk) -> list[Path]:
    return list(desk.files.iterdir()) if desk.files.is_dir() else []

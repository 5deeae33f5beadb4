"""Which batch is checked next, and by whom: a queue in the database that any number of servers may work from.

Whoever takes a batch holds it under a name of its own until a moment (the lease), and moves that moment on while it
works. A batch whose moment has passed, or whose server has surely ended, is taken up again from its beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from claimwright.desk import trail
from claimwright.desk.desk import Desk
from claimwright.desk.people import RefusedError
from claimwright.desk.rights import Actor
from claimwright.desk.servers import gone, new_name
from claimwright.desk.tables import Batch, BatchState, WorkLine

LEASE = timedelta(seconds=60)
ATTEMPTS = 3
_GIVEN_UP = (
    f"the server ended {ATTEMPTS} times while it checked this batch"
    "\n help: the files may need more memory than the server has; hand them in as smaller batches"
)


@dataclass(frozen=True)
class Job:
    """A batch that somebody holds."""

    batch: str
    worker: str
    as_of: date


class LostError(Exception):
    """The batch is no longer ours: another holds it, or it is gone."""


class CancelledError(Exception):
    """A person asked for the end of the batch."""


def taken(desk: Desk) -> Job | None:
    """The batch that has waited longest, now ours; None where none waits."""
    _let_go(desk)
    while True:
        with desk.database.writing() as session:
            batch = _next(session, desk)
            if batch is None:
                return None
            job = _begun(session, desk, batch)
        if job is not None:
            return job


def _next(session: Session, desk: Desk) -> Batch | None:
    waiting = or_(
        Batch.state == BatchState.QUEUED,
        and_(Batch.state == BatchState.RUNNING, Batch.lease_until <= desk.now()),
    )
    # on PostgreSQL, rows that another takes at this moment are passed over; on SQLite there is one writer at a time
    wanted = select(Batch).where(waiting).order_by(Batch.made_at, Batch.id).limit(1).with_for_update(skip_locked=True)
    return session.scalar(wanted)


def _begun(session: Session, desk: Desk, batch: Batch) -> Job | None:
    """Ours, unless it was to end, or was begun too often."""
    now = desk.now()
    if batch.cancel:
        _over(session, desk, batch, BatchState.CANCELLED)
        return None
    if batch.attempts >= ATTEMPTS:
        _over(session, desk, batch, BatchState.FAILED, _GIVEN_UP)
        return None
    batch.state, batch.worker, batch.lease_until = BatchState.RUNNING, new_name(), now + LEASE
    batch.attempts += 1
    batch.started_at = batch.started_at or now
    batch.doing, batch.done, batch.total = "beginning", 0, 0
    return Job(batch.id, batch.worker, batch.as_of)


def _let_go(desk: Desk) -> None:
    """What servers of this machine held that have ended need not wait for its moment."""
    with desk.database.reading() as session:
        held = session.execute(select(Batch.id, Batch.worker).where(Batch.state == BatchState.RUNNING)).all()
    lost = [row for row in held if gone(row.worker)]
    if not lost:
        return
    with desk.database.writing() as session:
        for row in lost:
            batch = session.get(Batch, row.id, with_for_update=True)
            if batch is not None and batch.state == BatchState.RUNNING and batch.worker == row.worker:
                batch.lease_until = desk.now()


def ours(session: Session, job: Job) -> Batch:
    """The batch, locked until the end of the transaction. Raises LostError."""
    batch = session.get(Batch, job.batch, with_for_update=True)
    if batch is None or batch.state != BatchState.RUNNING or batch.worker != job.worker:
        raise LostError
    return batch


def renewed(desk: Desk, job: Job) -> None:
    """Raises LostError."""
    with desk.database.writing() as session:
        ours(session, job).lease_until = desk.now() + LEASE


def progressed(desk: Desk, job: Job, doing: str, done: int, total: int) -> None:
    """Tell how far it is. Raises LostError, and CancelledError where it is to end."""
    with desk.database.writing() as session:
        batch = ours(session, job)
        batch.doing, batch.done, batch.total = doing, done, max(done, total)
        batch.lease_until = desk.now() + LEASE
        cancel = batch.cancel
    if cancel:
        raise CancelledError


def finished(session: Session, desk: Desk, batch: Batch) -> None:
    """In the transaction that keeps what came of it."""
    _over(session, desk, batch, BatchState.DONE, detail={"lines": batch.lines, "to_fix": batch.to_fix})


def given_up(desk: Desk, job: Job, state: BatchState, failure: str) -> None:
    """It ends without an answer. Raises LostError."""
    with desk.database.writing() as session:
        _over(session, desk, ours(session, job), state, failure)


def given_back(desk: Desk, job: Job) -> None:
    """The server ends: another, or the next start, takes it up; this was no failed attempt. Raises LostError."""
    with desk.database.writing() as session:
        batch = ours(session, job)
        batch.state, batch.worker, batch.lease_until = BatchState.QUEUED, None, None
        batch.attempts -= 1
        batch.doing, batch.done, batch.total = "", 0, 0


def cancelled(session: Session, desk: Desk, actor: Actor, batch: Batch) -> None:
    """A person asks for the end of a batch: at once where it waits, else at its next step. Raises RefusedError."""
    state = BatchState(batch.state)
    if state.over or state is BatchState.RECEIVING:
        raise RefusedError(f"this batch is {state.value}, and nothing runs that could be ended")
    trail.record(session, desk.now(), actor.name, "batch cancelled", batch=batch.id)
    batch.cancel = True
    if state is BatchState.QUEUED:
        _over(session, desk, batch, BatchState.CANCELLED, told=False)


def again(session: Session, desk: Desk, actor: Actor, batch: Batch) -> None:
    """A batch that failed or was ended is checked after all. Raises RefusedError."""
    if batch.state not in {BatchState.FAILED, BatchState.CANCELLED}:
        raise RefusedError("only a batch that failed or was cancelled is checked again")
    batch.state, batch.cancel, batch.attempts, batch.failure = BatchState.QUEUED, False, 0, ""
    batch.started_at = batch.ended_at = None
    trail.record(session, desk.now(), actor.name, "batch checked again", batch=batch.id)


def emptied(session: Session, batch: str) -> None:
    """What an earlier attempt may have left."""
    session.execute(delete(WorkLine).where(WorkLine.batch_id == batch))


def _over(
    session: Session,
    desk: Desk,
    batch: Batch,
    state: BatchState,
    failure: str = "",
    *,
    detail: dict[str, int] | None = None,
    told: bool = True,
) -> None:
    batch.state, batch.failure, batch.ended_at = state, failure, desk.now()
    batch.worker = batch.lease_until = None
    batch.doing, batch.done, batch.total = "", 0, 0
    if told:
        trail.record(session, desk.now(), trail.SERVER, f"batch {state.value}", batch=batch.id, detail=detail)

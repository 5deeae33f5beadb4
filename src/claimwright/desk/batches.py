"""What there is of batches: lists of them, one of them, and what of their lines is still to be worked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from importlib.metadata import version

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, defer

from claimwright.desk import kept
from claimwright.desk.desk import Desk
from claimwright.desk.tables import Batch, BatchState, LineState, Person, WorkLine, WorkState
from claimwright.lines.answers import LineAnswer
from claimwright.lines.summary import Summary
from claimwright.report.as_csv import csv_rows
from claimwright.report.as_json import RunIdentity, ndjson, run_json
from claimwright.report.html import page

_PIECE = 500  # answers that are read at a time
_TO_DO = (WorkState.OPEN, WorkState.HELD)


@dataclass(frozen=True)
class Left:
    """What of a batch is still to be worked. `at_risk` is of the lines whose fee is known."""

    lines: int = 0
    charge: Decimal = Decimal(0)
    at_risk: Decimal = Decimal(0)
    unpriced: int = 0


def listed(
    session: Session,
    *,
    most: int,
    after: tuple[datetime, str] | None = None,
    states: Collection[BatchState] = tuple(BatchState),
) -> list[tuple[Batch, str]]:
    """Batches and who handed each in, the newest first; `after` is the moment and id of the last that was shown."""
    wanted = (
        select(Batch, Person.name)
        .join(Person, Person.id == Batch.person_id)
        .options(defer(Batch.summary))
        .where(Batch.state.in_(states))
        .order_by(Batch.made_at.desc(), Batch.id.desc())
        .limit(most)
    )
    if after is not None:
        at, identity = after
        wanted = wanted.where(or_(Batch.made_at < at, and_(Batch.made_at == at, Batch.id < identity)))
    return [(batch, name) for batch, name in session.execute(wanted)]


def one(session: Session, identity: str) -> tuple[Batch, str] | None:
    """A batch and who handed it in."""
    found = session.execute(
        select(Batch, Person.name).join(Person, Person.id == Batch.person_id).where(Batch.id == identity)
    ).first()
    return (found[0], found[1]) if found else None


def left(session: Session, identities: Iterable[str] | None = None) -> dict[str, Left]:
    """Batch (of all, where none are named) → its lines to fix that nobody has done or dismissed."""
    wanted = (
        select(
            WorkLine.batch_id,
            func.count().label("lines"),
            func.sum(WorkLine.charge).label("charge"),
            func.sum(WorkLine.at_risk).label("at_risk"),
            (func.count() - func.count(WorkLine.at_risk)).label("unpriced"),
        )
        .where(WorkLine.state == LineState.TO_FIX, WorkLine.work.in_(_TO_DO))
        .group_by(WorkLine.batch_id)
    )
    if identities is not None:
        wanted = wanted.where(WorkLine.batch_id.in_(list(identities)))
    return {
        row.batch_id: Left(row.lines, row.charge or Decimal(0), row.at_risk or Decimal(0), row.unpriced)
        for row in session.execute(wanted)
    }


def ahead(session: Session, batch: Batch) -> int:
    """How many batches are checked before one that waits."""
    before = or_(Batch.made_at < batch.made_at, and_(Batch.made_at == batch.made_at, Batch.id < batch.id))
    waiting = and_(Batch.state == BatchState.QUEUED, before)
    wanted = select(func.count()).select_from(Batch).where(or_(Batch.state == BatchState.RUNNING, waiting))
    return session.scalar(wanted) or 0


def counts(session: Session) -> Mapping[BatchState, int]:
    """How many batches are in each state."""
    found = session.execute(select(Batch.state, func.count()).group_by(Batch.state))
    told = {BatchState(state): many for state, many in found}
    return {state: told.get(state, 0) for state in BatchState}


def summary(batch: Batch) -> Summary | None:
    """What its check came to, as it was told then; what people did since is not in it."""
    return None if batch.summary is None else kept.unpacked_summary(batch.summary)


def answers(desk: Desk, identity: str) -> Iterator[LineAnswer]:
    """The answers of a batch as they stand today, in the order of its lines; few are held at a time."""
    last = -1
    while True:
        wanted = (
            select(WorkLine.row, WorkLine.answer)
            .where(WorkLine.batch_id == identity, WorkLine.row > last)
            .order_by(WorkLine.row)
            .limit(_PIECE)
        )
        with desk.database.reading() as session:
            rows = session.execute(wanted).all()
        for row in rows:
            yield kept.unpacked(row.answer)
        if len(rows) < _PIECE:
            return
        last = rows[-1].row


FORMATS: Mapping[str, str] = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


def results(desk: Desk, batch: Batch, kind: str) -> Iterator[bytes]:
    """The answers of a checked batch in one of FORMATS, piece by piece."""
    told = summary(batch)
    assert told is not None
    identity, found = RunIdentity(batch.version or version("claimwright"), batch.as_of), answers(desk, batch.id)
    match kind:
        case "json":
            yield from run_json(identity, told, found)
        case "ndjson":
            yield from ndjson(identity, found, told)
        case "csv":
            yield from (row.encode() for row in csv_rows(found, bom=True))
        case _:
            yield page(identity, told, found).encode()

"""What was said of the lines of batches, by their ids: as it stands today, with what people did since."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claimwright.desk.tables import WorkLine


def one(session: Session, identity: str) -> WorkLine | None:
    return session.get(WorkLine, identity)


def of_batch(session: Session, batch: str, *, after: int, most: int) -> list[WorkLine]:
    """The lines of a batch after a row (-1 for the first), in the order of the lines."""
    wanted = select(WorkLine).where(WorkLine.batch_id == batch, WorkLine.row > after)
    return list(session.scalars(wanted.order_by(WorkLine.row).limit(most)))

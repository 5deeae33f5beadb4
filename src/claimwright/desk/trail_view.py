"""The audit trail as it is read: the newest first, filtered, as a table to take away, and whether it is whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import orjson
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from claimwright.desk.database import Database
from claimwright.desk.tables import Person, Trail
from claimwright.desk.trail import broken_at
from claimwright.report.as_csv import BOM, inert

COLUMNS = ("number", "at", "person", "action", "batch", "line", "detail", "before", "seal")
_PIECE = 1000  # rows that are read at a time


@dataclass(frozen=True)
class Asked:
    """Which entries are wanted; what is empty asks for all. Days are in UTC and count both."""

    person: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    batch: str = ""
    line: str = ""


@dataclass(frozen=True)
class Seals:
    """What a look at every seal found: how many entries there are, and the first that is not as it was written."""

    many: int
    broken: int | None
    newest: str


def entries(session: Session, asked: Asked, *, most: int, before: int | None = None) -> list[Trail]:
    """The newest first; `before` is the number of the last that was shown."""
    wanted = _asked(asked)
    if before is not None:
        wanted = wanted.where(Trail.number < before)
    return list(session.scalars(wanted.limit(most)))


def counted(session: Session, asked: Asked) -> int:
    return session.scalar(select(func.count()).select_from(_asked(asked).order_by(None).subquery())) or 0


def actions(session: Session) -> list[str]:
    """What was ever done, by name."""
    return list(session.scalars(select(Trail.action).distinct().order_by(Trail.action)))


def doers(session: Session) -> list[str]:
    """Who ever did something, by the name they had."""
    return list(session.scalars(select(Trail.person).distinct().order_by(Trail.person)))


def people_of(session: Session, rows: list[Trail]) -> Mapping[str, str]:
    """The ids of people in the details of these entries → their names today."""
    wanted = {str(row.detail["person"]) for row in rows if "person" in row.detail}
    return {one.id: one.name for one in session.scalars(select(Person).where(Person.id.in_(wanted)))}


def seals(session: Session) -> Seals:
    """Look at every seal."""
    broken = broken_at(session)
    many, newest = ended(session)
    return Seals(many, broken, newest)


def ended(session: Session) -> tuple[int, str]:
    """The number and the seal of the newest entry."""
    last = session.execute(select(Trail.number, Trail.seal).order_by(Trail.number.desc()).limit(1)).first()
    return (last.number, last.seal) if last else (0, "")


def as_csv(database: Database, asked: Asked, up_to: int) -> Iterator[str]:
    """The entries up to a number, the oldest first, with their seals; nothing in a cell is run by a spreadsheet.

    A cell that gets a `'` before it for that reason is not what was sealed, and says so by it.
    """
    yield BOM + _row(COLUMNS)
    with database.reading() as session:
        wanted = _asked(asked).order_by(None).order_by(Trail.number).where(Trail.number <= up_to)
        for row in session.scalars(wanted).yield_per(_PIECE):
            yield _row(_cells(row))


def _cells(row: Trail) -> tuple[str, ...]:
    detail = orjson.dumps(row.detail, option=orjson.OPT_SORT_KEYS).decode() if row.detail else ""
    told = (row.person, row.action, row.batch_id or "", row.line_id or "", detail, row.before, row.seal)
    return (str(row.number), row.at.isoformat(), *(inert(cell) for cell in told))


def _row(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def _asked(asked: Asked) -> Select[Any]:
    wanted = select(Trail).order_by(Trail.number.desc())
    for column, value in (
        (Trail.person, asked.person),
        (Trail.action, asked.action),
        (Trail.batch_id, asked.batch),
        (Trail.line_id, asked.line),
    ):
        if value:
            wanted = wanted.where(column == value)
    if asked.since is not None:
        wanted = wanted.where(Trail.at >= _begin(asked.since))
    if asked.until is not None and asked.until < date.max:
        wanted = wanted.where(Trail.at < _begin(asked.until) + timedelta(days=1))
    return wanted


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)

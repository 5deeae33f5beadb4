"""Worklists for tests: on an empty database, with a clock that stands, and people who are already signed up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from claimwright.cli.engine import shipped_engine
from claimwright.desk import people
from claimwright.desk.database import Database, opened
from claimwright.desk.desk import Desk, private_folder
from claimwright.desk.tables import Person, Role, Table
from claimwright.determine.engine import Engine
from claimwright.reference import releases

PASSWORD = "four words that rhyme"
START = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """The time of a test, which passes only when the test says so."""

    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@cache
def engine() -> Engine:
    """One for all tests: what it reasoned once it need not reason again."""
    return shipped_engine(tables=releases.load())


def desk(folder: Path, url: str = "", clock: Clock | None = None) -> Desk:
    where = private_folder(folder)
    database = opened(url or f"sqlite:///{where / 'desk.sqlite3'}")
    return Desk(database, where, engine(), engine(), clock or Clock())


def emptied(database: Database) -> None:
    """All tables gone, for the next test on the same server."""
    with database.engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))


def somebody(desk: Desk, name: str, role: Role) -> Person:
    """A person of a role who signs in with PASSWORD."""
    with desk.database.writing() as session:
        _, secret = people.added(session, desk.now(), "tests", name, role)
        return people.password_set(session, desk.now(), secret, PASSWORD, PASSWORD)


def tables() -> list[str]:
    return sorted(Table.metadata.tables)

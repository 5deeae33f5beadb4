"""The database of the worklist: a SQLite file by default, PostgreSQL for teams; always brought to its newest shape."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

_BUSY = 30_000  # milliseconds a writer waits for another


class DatabaseError(Exception):
    """The database cannot be used; the message says what to do, and holds no password."""


@dataclass(frozen=True, repr=False)  # an address may hold a password
class Database:
    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with sessionmaker(self.engine, expire_on_commit=False)() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """All of what is done inside, or nothing."""
        with sessionmaker(self.engine, expire_on_commit=False).begin() as session:
            if self.engine.dialect.name == "sqlite":
                # from the beginning the only writer: a reader that becomes one may be refused half way
                session.connection(execution_options={"begin": "immediate"})
            yield session

    def forgotten(self) -> None:
        """What was deleted leaves the journal of SQLite too, unless somebody reads at this moment."""
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()


def opened(url: str) -> Database:
    """The database at an address, `sqlite:///desk.sqlite3` or `postgresql://…`, in its newest shape.

    Raises DatabaseError.
    """
    database = Database(_engine(url))
    try:
        _upgrade(database.engine)
    except SQLAlchemyError as error:
        database.close()
        raise DatabaseError(f"the database cannot be opened: {_kind(error)}\n help: {_help(url)}") from None
    except DatabaseError:
        database.close()
        raise
    return database


def _engine(url: str) -> Engine:
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
        # a connection that the server dropped is noticed before it is used
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10, hide_parameters=True)
    if not url.startswith("sqlite:///"):
        raise DatabaseError("this is no address of a database\n help: sqlite:///FILE or postgresql://USER@HOST/NAME")
    _private(url.removeprefix("sqlite:///").partition("?")[0])
    engine = create_engine(url, connect_args={"timeout": _BUSY / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _private(path: str) -> None:
    """The file is for nobody else to read, wherever it lies; what SQLite keeps beside it is as it is."""
    if path not in {"", ":memory:"}:
        with contextlib.suppress(OSError):  # what is wrong with it is told when it is opened
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            os.chmod(path, 0o600)  # noqa: PTH101 - of one that was there before


def _settle(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    lasting = ("journal_mode=WAL", "synchronous=FULL")
    # what is deleted is overwritten: a purge leaves no claim in the file's free pages
    for setting in (*lasting, "foreign_keys=ON", "secure_delete=ON", f"busy_timeout={_BUSY}"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("begin") else "BEGIN")


def config(url: str = "") -> Config:
    """Alembic's own settings, for its commands too."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return found


def _upgrade(engine: Engine) -> None:
    known = ScriptDirectory.from_config(config())
    with engine.begin() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
        if here is not None and here not in {one.revision for one in known.walk_revisions()}:
            raise DatabaseError(
                "the database was written by a newer claimwright\n help: install that version, or restore a backup"
            )
        if here != known.get_current_head():
            settings = config()
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")


def no_room(error: SQLAlchemyError) -> bool:
    """Whether the disk of the database is full."""
    told = getattr(error, "orig", None)
    return getattr(told, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(told, "sqlstate", "") == "53100"


def _kind(error: SQLAlchemyError) -> str:
    """The driver's own words, first line only; they name hosts and files, no rows and no passwords."""
    told = str(getattr(error, "orig", None) or type(error).__name__)
    return told.splitlines()[0] if told else type(error).__name__


def _help(url: str) -> str:
    if url.startswith("sqlite"):
        return "see that the folder can be written and the disk has room"
    return "see that the server runs, that the address is right, and that the role may create tables"

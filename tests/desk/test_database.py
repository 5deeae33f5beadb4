from __future__ import annotations

import threading

import desks
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from claimwright.desk import trail
from claimwright.desk.database import DatabaseError, config, opened
from claimwright.desk.tables import Table


def test_the_steps_lead_to_the_tables_of_the_code_and_back(desk):
    with desk.database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    with desk.database.engine.begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
        command.upgrade(settings, "head")


def test_a_newer_database_and_one_that_cannot_be_reached_are_refused_with_help(desk, tmp_path):
    with desk.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match="newer claimwright"):
        opened(desk.database.engine.url.render_as_string(hide_password=False).replace("+psycopg", ""))
    with pytest.raises(DatabaseError, match="help: see that the folder"):
        opened(f"sqlite:///{tmp_path}/nowhere/desk.sqlite3")
    with pytest.raises(DatabaseError, match="server runs") as told:
        opened("postgresql://somebody:secret@127.0.0.1:1/none")
    assert "secret" not in str(told.value)


def test_many_writers_leave_a_trail_without_gaps(desk):
    def write() -> None:
        for _ in range(20):
            with desk.database.writing() as session:
                trail.record(session, desks.START, "tests", "tested")

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with desk.database.reading() as session:
        assert trail.broken_at(session) is None
    with desk.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM trail").scalar() == 80

from __future__ import annotations

import handing
import pytest
import sqlalchemy as sa

from claimwright.desk import purging, queue, trail
from claimwright.desk.people import RefusedError
from claimwright.desk.tables import Batch, File, Mark, Table, Trail, WorkLine


def checked(desk, claim: str) -> str:
    identity = handing.handed(desk, ("claims", "a.csv", handing.one_claim(claim))).id
    assert handing.checked(desk) == identity
    return identity


def on_the_disk(desk, word: bytes) -> bool:
    return any(word in path.read_bytes() for path in desk.folder.rglob("*") if path.is_file())


def test_a_batch_that_is_deleted_leaves_nothing_but_the_trail(desk):
    stays, goes = checked(desk, "STAYSHERE"), checked(desk, "GOESAWAY")
    sqlite = desk.database.engine.dialect.name == "sqlite"
    assert on_the_disk(desk, b"GOESAWAY")
    purging.deleted(desk, handing.actor(desk), goes)
    purging.deleted(desk, handing.actor(desk), goes)
    assert not on_the_disk(desk, b"GOESAWAY"), "not in a file, and not in what the database keeps of deleted rows"
    assert on_the_disk(desk, b"STAYSHERE") or not sqlite
    with desk.database.reading() as session:
        assert session.scalars(sa.select(Batch.id)).all() == [stays]
        for table in (File, WorkLine):
            assert set(session.scalars(sa.select(table.batch_id))) == {stays}
        lines = set(session.scalars(sa.select(WorkLine.id)))
        assert set(session.scalars(sa.select(Mark.line_id))) == lines
        actions = session.scalars(sa.select(Trail.action).where(Trail.batch_id == goes)).all()
        assert actions == ["batch handed in", "batch done", "batch deleted"]
        assert trail.broken_at(session) is None


def test_batches_are_purged_when_they_ended_long_ago(desk, clock):
    old = checked(desk, "OLD")
    clock.passes(days=10)
    fresh = checked(desk, "FRESH")
    waits = handing.handed(desk, ("claims", "a.csv", handing.one_claim("WAITS"))).id
    clock.passes(days=25)
    assert purging.purged(desk, 30, trail.SERVER) == 1
    assert purging.purged(desk, 30, trail.SERVER) == 0
    with desk.database.reading() as session:
        assert set(session.scalars(sa.select(Batch.id))) == {fresh, waits}
        last = session.scalars(sa.select(Trail).order_by(Trail.number.desc())).first()
        assert (last.action, last.batch_id, last.person) == ("batch purged", old, "claimwright")
    assert not any(path.name.startswith(old) for path in desk.files.iterdir())
    clock.passes(days=365)
    assert purging.purged(desk, 30, trail.SERVER) == 1, "what still waits is never purged"


def test_a_batch_that_runs_is_cancelled_before_it_is_deleted(desk):
    identity = handing.week(desk)
    assert queue.taken(desk) is not None
    with pytest.raises(RefusedError, match="cancel it first"):
        purging.deleted(desk, handing.actor(desk), identity)
    assert {path.name.partition(".")[0] for path in desk.files.iterdir()} == {identity}


def test_every_table_that_hangs_on_a_batch_goes_with_it():
    hanging = {"batches", "work_lines"}
    for table in Table.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name in hanging and table.name != "trail":
                assert key.ondelete == "CASCADE", table.name

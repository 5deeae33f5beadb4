"""Packed files that are more than they say, and what an upload or a backup leaves for others to read."""

from __future__ import annotations

import gzip
import io
import os
import sqlite3
import struct
import tracemalloc
import zipfile
from contextlib import closing
from dataclasses import replace

import desks
import handing
import polars as pl
import pytest

from claimwright.desk import backup, people, purging, receiving
from claimwright.desk.desk import Limits
from claimwright.desk.refusals import NotTakenError, Why
from claimwright.desk.tables import Person, Role


@pytest.fixture
def desk(tmp_path, clock):
    """Files are the same on every database."""
    made = desks.desk(tmp_path / "desk", clock=clock)
    yield made
    made.database.close()


def zipped(*files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()


def refused(desk, *files):
    coming = receiving.begun(desk, handing.actor(desk))

    def come():
        for kind, name, data in files:
            file = coming.file(kind, name)
            try:
                file.write(data)
                file.kept()
            finally:
                file.dropped()

    with pytest.raises(NotTakenError) as told:
        come()
    coming.abandoned()
    assert list(desk.files.iterdir()) == []
    return told.value


def table(rows):
    """A Parquet file of equal rows, which take almost no room."""
    data = io.BytesIO()
    pl.DataFrame({"procedure": ["97026"]}).select(pl.col("procedure").repeat_by(rows).explode()).write_parquet(data)
    return data.getvalue()


def test_a_packed_file_inside_an_archive_is_measured_too(desk):
    bomb = gzip.compress(b"0" * 40_000_000)
    for files in ((("x.csv.gz", bomb),), (("good.837", b"ISA*"), ("deep/x", bomb))):
        error = refused(desk, ("claims", "w.zip", zipped(*files)))
        assert error.why is Why.TOO_LARGE
    small = replace(desk, limits=Limits(unpacked=30_000_000, ratio=10**6))
    assert refused(small, ("notes", "x.gz", bomb)).why is Why.TOO_LARGE


def test_a_table_of_more_rows_than_may_be_is_refused_however_small_it_is(desk):
    data = table(2_000_000)
    assert len(data) < 100_000
    few = replace(desk, limits=Limits(rows=1_000_000))
    assert "2,000,000 rows" in str(refused(few, ("claims", "x.parquet", data)))
    assert "2,000,000 rows" in str(refused(few, ("claims", "x.zip", zipped(("x.parquet", data)))))
    assert handing.handed(desk, ("claims", "x.parquet", data)).new
    assert handing.handed(desk, ("claims", "y.parquet", b"PAR1 and nothing else")).new, "the reader tells of damage"


def test_a_list_of_names_without_end_is_not_read(desk):
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    names = entry * 600_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(names), 30, 0)
    data = b"PK\x03\x04" + bytes(26) + names + end
    receiving.begun(desk, handing.actor(desk)).abandoned()
    tracemalloc.start()
    try:
        error = refused(desk, ("claims", "w.zip", data))
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()
    assert "too many files" in str(error)


def test_whoever_lost_the_right_while_files_came_in_hands_nothing_in(desk):
    desks.somebody(desk, "Ada", Role.ADMIN)
    actor = handing.actor(desk)
    coming = receiving.begun(desk, actor)
    file = coming.file("claims", "week.837")
    file.write(b"ISA*")
    file.kept()
    with desk.database.writing() as session:
        people.changed(session, desk.now(), "Ada", session.get_one(Person, actor.id), role=Role.VIEWER)
    with pytest.raises(NotTakenError, match="no longer"):
        coming.queued()


@pytest.fixture
def loose():
    before = os.umask(0)  # what is private is so by itself
    yield
    os.umask(before)


@pytest.mark.usefixtures("loose")
def test_whatever_is_kept_is_for_its_owner_alone(tmp_path, clock):
    made = desks.desk(tmp_path / "desk", f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}", clock)
    handing.handed(made, ("claims", "week.837", handing.one_claim()))
    handing.checked(made)
    backup.saved(made, tmp_path / "saved.tar.gz")
    backup.restored(tmp_path / "saved.tar.gz", tmp_path / "again")
    made.database.close()
    for path in (*tmp_path.iterdir(), *(tmp_path / "again").rglob("*"), *(tmp_path / "desk").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path.relative_to(tmp_path)


def test_a_database_that_others_could_read_is_closed_to_them(tmp_path, clock):
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=0")
    path.touch()
    path.chmod(0o644)
    desks.desk(tmp_path / "desk", f"sqlite:///{path}", clock).database.close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_copy_that_a_killed_backup_left_is_gone_after_a_day(desk, clock):
    for name in (f"{backup.SAVING}x", f"{backup.RESTORING}x", "kept"):
        (desk.folder / name).mkdir()
        (desk.folder / name / "desk.sqlite3").write_bytes(b"of patients")
        since = clock.now.timestamp()
        os.utime(desk.folder / name, (since, since))
    purging.tidied(desk)
    assert (desk.folder / f"{backup.SAVING}x").exists(), "a backup may be at work"
    clock.passes(days=2)
    purging.tidied(desk)
    assert sorted(path.name for path in desk.folder.iterdir() if path.is_dir()) == ["kept"]

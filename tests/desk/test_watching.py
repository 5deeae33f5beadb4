from __future__ import annotations

import io
import zipfile

import handing
import pytest
import sqlalchemy as sa

from claimwright.desk.laid import files_of
from claimwright.desk.tables import Batch, BatchState, Person, Role, Trail
from claimwright.desk.watching import Watcher


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "watched"
    made.mkdir()
    return made


@pytest.fixture
def watcher(desk, folder):
    """A watcher that takes a file for whole at its second look."""
    handing.actor(desk, "Ada", Role.ADMIN)
    return Watcher(desk, folder, quiet=0)


def batches(desk) -> list[tuple[str, list[tuple[str, str]]]]:
    with desk.database.reading() as session:
        found = session.scalars(sa.select(Batch).order_by(Batch.made_at, Batch.name))
        return [(one.state, [(file.kind, file.name) for file in files_of(session, one.id)]) for one in found]


def test_files_that_appear_are_checked_together_each_once(desk, folder, watcher):
    (folder / "a.837").write_bytes(b"ISA*a")
    (folder / "b.837").write_bytes(b"ISA*b")
    (folder / "again.837").write_bytes(b"ISA*b")
    (folder / "notes").mkdir()
    (folder / "notes" / "one.txt").write_bytes(b"a note")
    for aside in (".hidden.837", "coming.837.part", "~lock.837", "empty.837"):
        (folder / aside).write_bytes(b"" if aside == "empty.837" else b"ISA*aside")
    (folder / "link.837").symlink_to(folder / "a.837")
    watcher()
    watcher()
    taken = [("claims", "a.837"), ("claims", "b.837"), ("notes", "one.txt")]
    assert [(state, sorted(files)) for state, files in batches(desk)] == [("queued", taken)]
    assert (folder / "a.837").exists(), "what is there stays there"
    (folder / "c.837").write_bytes(b"ISA*c")
    (folder / "moved.837").write_bytes(b"ISA*a")
    watcher()
    assert batches(desk)[1:] == [("queued", [("claims", "c.837"), ("notes", "one.txt")])]
    Watcher(desk, folder, quiet=0)()
    assert len(batches(desk)) == 2, "a server that is started anew takes nothing twice"


def test_a_file_that_still_grows_is_left_until_it_is_whole(desk, folder):
    handing.actor(desk, "Ada", Role.ADMIN)
    patient = Watcher(desk, folder, quiet=3600)
    (folder / "a.837").write_bytes(b"ISA*a")
    patient()
    (folder / "a.837").write_bytes(b"ISA*a and more")
    patient()
    assert batches(desk) == []
    patient.quiet = 0
    patient()
    assert len(batches(desk)) == 1


def test_two_servers_that_watch_one_folder_take_each_file_once(desk, folder, watcher):
    other = Watcher(desk, folder, quiet=0)
    (folder / "a.837").write_bytes(b"ISA*a")
    watcher()
    (folder / "b.837").write_bytes(b"ISA*b")
    other()
    watcher()
    assert [files for _, files in batches(desk)] == [[("claims", "a.837")], [("claims", "b.837")]]


def test_a_file_that_is_refused_is_told_and_does_not_hold_up_the_others(desk, folder, watcher):
    trick = io.BytesIO()
    with zipfile.ZipFile(trick, "w") as archive:
        archive.writestr("../../week.837", b"ISA*")
    (folder / "trick.zip").write_bytes(trick.getvalue())
    (folder / "good.837").write_bytes(b"ISA*good")
    watcher()
    watcher()
    assert sorted(batches(desk)) == [("failed", []), ("queued", [("claims", "good.837")])]
    with desk.database.reading() as session:
        failed = session.scalars(sa.select(Batch).where(Batch.state == BatchState.FAILED)).one()
        actions = set(session.scalars(sa.select(Trail.action).where(Trail.batch_id.is_not(None))))
    assert (failed.name, failed.failure.partition("\n help: ")[0]) == (
        "trick.zip",
        "the archive is refused: a name in it leads out of its folder",
    )
    assert actions == {"batch handed in", "watched file refused"}


def test_what_cannot_be_read_or_handed_in_is_told_once_and_tried_again(desk, folder, watcher, caplog):
    folder.rename(folder.with_name("elsewhere"))
    watcher()
    watcher()
    assert caplog.text.count("cannot be read") == 1
    folder.with_name("elsewhere").rename(folder)
    (folder / "a.837").write_bytes(b"ISA*a")
    with desk.database.writing() as session:
        session.scalars(sa.select(Person)).one().active = False
    watcher()
    assert "nobody of this name" in caplog.text
    assert batches(desk) == []
    with desk.database.writing() as session:
        session.scalars(sa.select(Person)).one().active = True
    watcher()
    assert [state for state, _ in batches(desk)] == ["queued"]
    assert "a.837" not in caplog.text

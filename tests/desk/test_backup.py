from __future__ import annotations

import io
import json
import sys
import tarfile
from subprocess import run

import desks
import handing
import pytest

from claimwright.desk import backup, batches, receiving, trail
from claimwright.desk.people import RefusedError
from claimwright.desk.tables import BatchState


@pytest.fixture
def kept(desk):
    """A worklist with a batch that was checked and one that waits."""
    done = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
    handing.checked(desk)
    waits = handing.handed(desk, ("claims", "a.837", b"ISA*"), ("notes", "n.txt", b"note")).id
    return done, waits


def answers(desk, identity: str) -> bytes:
    return b"".join(batches.results(desk, handing.batch(desk, identity), "json"))


def test_a_worklist_is_saved_while_it_is_used_and_comes_back_as_it_was(desk, kept, tmp_path):
    done, waits = kept
    coming = receiving.begun(desk, handing.actor(desk))
    half = coming.file("claims", "half.837")
    half.write(b"ISA*")
    file, elsewhere = tmp_path / "backup.tar.gz", tmp_path / "elsewhere"
    report = backup.saved(desk, file)
    half.dropped()
    coming.abandoned()
    assert (report.files, report.missing, file.stat().st_mode & 0o777) == (4, 0, 0o600)
    sqlite = desk.database.engine.dialect.name == "sqlite"
    assert report.database is sqlite
    back = backup.restored(file, elsewhere)
    assert (back.files, back.database, back.seal) == (report.files, report.database, report.seal)
    assert {path.name for path in (elsewhere / "files").iterdir()} == {path.name for path in desk.files.iterdir()}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    if not sqlite:
        return
    again = desks.desk(elsewhere, clock=desk.now)
    try:
        assert answers(again, done) == answers(desk, done)
        assert handing.checked(again) == waits
        assert handing.batch(again, waits).state == BatchState.DONE
        with again.database.reading() as session:
            assert trail.broken_at(session) is None
    finally:
        again.database.close()


@pytest.mark.usefixtures("kept")
def test_nothing_is_overwritten(desk, tmp_path):
    file = tmp_path / "backup.tar.gz"
    backup.saved(desk, file)
    before = file.read_bytes()
    with pytest.raises(RefusedError, match="already; name another"):
        backup.saved(desk, file)
    with pytest.raises(RefusedError, match="holds a worklist already"):
        backup.restored(file, desk.folder)
    assert file.read_bytes() == before


def rewritten(file, change) -> None:
    """The archive with its members changed: `change` is given name → bytes, in order."""
    with tarfile.open(file) as archive:
        members = {entry.name: archive.extractfile(entry).read() for entry in archive.getmembers()}
    change(members)
    with tarfile.open(file, "w:gz") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


def _other_byte(members):
    name = next(name for name in members if name.startswith("files/"))
    members[name] = members[name][:-1] + b"?"


def _one_less(members):
    del members[next(name for name in members if name.startswith("files/"))]


def _one_more(members):
    members["files/../../evil"] = b"evil"


def _one_more_that_is_listed(members):
    told = json.loads(members["manifest.json"])
    told["files"]["../evil"] = {"size": 4, "sha256": "0" * 64}
    members["manifest.json"] = json.dumps(told).encode()
    members["../evil"] = b"evil"


def _another_seal(members):
    told = json.loads(members["manifest.json"])
    members["manifest.json"] = json.dumps(told | {"seal": "0" * 64}).encode()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("change", "what"),
    [
        (_other_byte, "not what it was"),
        (_one_less, "missing from the backup"),
        (_one_more, "does not name"),
        (_one_more_that_is_listed, "does not name"),
        (_another_seal, "audit trail"),
        (dict.clear, "no backup"),
    ],
)
def test_a_backup_that_is_not_what_it_was_is_refused_whole(desk, tmp_path, change, what):
    file, elsewhere = tmp_path / "backup.tar.gz", tmp_path / "elsewhere"
    report = backup.saved(desk, file)
    rewritten(file, change)
    if change is _another_seal and not report.database:
        assert backup.restored(file, elsewhere).files == report.files, "the trail is in the backup of PostgreSQL"
        return
    with pytest.raises(RefusedError, match=what):
        backup.restored(file, elsewhere)
    assert list(elsewhere.rglob("*")) == []
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("data", [b"", b"no archive", b"\x1f\x8b\x08\x00cut off"])
def test_a_file_that_is_no_backup_is_told(tmp_path, data):
    file = tmp_path / "backup.tar.gz"
    file.write_bytes(data)
    with pytest.raises(RefusedError, match="no backup of a worklist"):
        backup.restored(file, tmp_path / "elsewhere")


def claimwright(*arguments: object):
    command = [sys.executable, "-c", "from claimwright.cli import main; main()", *map(str, arguments)]
    return run(command, capture_output=True, text=True, check=False)


def test_the_commands_save_bring_back_and_purge(tmp_path):
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "backup.tar.gz"
    desk = desks.desk(here)
    done = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
    handing.checked(desk)
    desk.database.close()
    saved = claimwright("desk", "backup", file, "--folder", here)
    assert (saved.returncode, saved.stderr) == (0, "")
    assert "2 files" in saved.stdout
    again = claimwright("desk", "backup", file, "--folder", here)
    assert (again.returncode, again.stdout) == (2, "")
    assert "name another" in again.stderr
    assert claimwright("desk", "restore", file, "--folder", here).returncode == 2
    assert claimwright("desk", "restore", file, "--folder", there).returncode == 0
    purged = claimwright("desk", "purge", "--older-than", 0, "--folder", there)
    assert purged.stdout == "1 batch deleted\n"
    assert list((there / "files").iterdir()) == []
    assert any(path.name.startswith(done) for path in (here / "files").iterdir())

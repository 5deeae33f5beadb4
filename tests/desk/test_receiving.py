from __future__ import annotations

import gzip
import io
import resource
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import desks
import handing
import pytest

from claimwright.desk import purging, receiving
from claimwright.desk.desk import Limits
from claimwright.desk.laid import files_of, laid_out
from claimwright.desk.naming import shown_name
from claimwright.desk.refusals import NotTakenError, Why
from claimwright.desk.tables import BatchState, Role


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def names(desk, identity: str) -> list[tuple[str, str]]:
    with desk.database.reading() as session:
        return [(file.kind, file.name) for file in files_of(session, identity)]


def entries(desk) -> list[str]:
    return sorted(path.name for path in desk.files.iterdir())


def refused(desk, *files: tuple[str, str, bytes]) -> NotTakenError:
    """What handing these in is refused for; nothing of them stays."""
    before = entries(desk) if desk.files.exists() else []
    coming = receiving.begun(desk, handing.actor(desk))
    with pytest.raises(NotTakenError) as told:  # noqa: PT012 - whichever step refuses
        for kind, name, data in files:
            file = coming.file(kind, name)
            try:
                file.write(data)
                file.kept()
            finally:
                file.dropped()
        coming.queued()
    coming.abandoned()
    assert entries(desk) == before
    return told.value


def test_files_are_kept_under_random_names_for_nobody_else_to_read(desk):
    identity = handing.handed(
        desk,
        ("claims", "../../week of Jane Doe.837", b"ISA*00*"),
        ("claims", "WEEK OF JANE DOE.837", b"ISA*01*"),
        ("history", "h.csv", b"member_id\n"),
    ).id
    assert names(desk, identity) == [
        ("claims", "week of Jane Doe.837"),
        ("claims", "WEEK OF JANE DOE (2).837"),
        ("history", "h.csv"),
    ]
    assert "Jane" not in "".join(entries(desk))
    assert {path.stat().st_mode & 0o777 for path in desk.files.iterdir()} == {0o600}
    assert desk.files.stat().st_mode & 0o777 == 0o700
    batch = handing.batch(desk, identity)
    assert (batch.state, batch.name) == (BatchState.QUEUED, "week of Jane Doe.837 and 1 more")
    with laid_out(desk, identity) as laid:
        assert [path.name for path in laid.claims] == ["week of Jane Doe.837", "WEEK OF JANE DOE (2).837"]
        assert laid.claims[0].read_bytes() == b"ISA*00*"
        folder = laid.folder
    assert not folder.exists()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("week.837", "week.837"),
        ("C:\\claims\\week.837", "week.837"),
        ("/etc/passwd", "passwd"),
        ("..", "file"),
        ("\0", "file"),
        (".htaccess", "htaccess"),
        ("a\u202eb\x1b[31m.837", "ab[31m.837"),
        ("x" * 400 + ".837.gz", "x" * (180 - 24) + "x" * 17 + ".837.gz"),
        ("é" * 200, "é" * 90),
    ],
)
def test_a_name_is_only_shown(given, shown):
    assert shown_name(given) == shown
    assert len(shown.encode()) <= 180


def test_an_archive_is_unpacked_into_files_of_its_kind(desk):
    data = zipped(
        ("week/one.837", b"ISA*1*"),
        ("week/two/one.837", b"ISA*2*"),
        ("__MACOSX/week/._one.837", b"x"),
        ("week/.DS_Store", b"x"),
        ("week/empty/", b""),
    )
    identity = handing.handed(desk, ("claims", "week.zip", data)).id
    assert names(desk, identity) == [("claims", "one.837"), ("claims", "one (2).837")]
    assert len(entries(desk)) == 2


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    return entry


def locked() -> bytes:
    """An archive whose entry says that it is encrypted."""
    data = bytearray(zipped(("week.837", b"ISA*"), compression=zipfile.ZIP_STORED))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (zipped(("../../week.837", b"ISA*")), "leads out of its folder"),
        (zipped(("/etc/cron.d/week", b"ISA*")), "leads out of its folder"),
        (zipped(("..\\week.837", b"ISA*")), "leads out of its folder"),
        (zipped(("C:\\week.837", b"ISA*")), "leads out of its folder"),
        (zipped((link("week.837"), b"/etc/passwd")), "holds a link"),
        (zipped(("inner.zip", zipped(("week.837", b"ISA*")))), "another archive"),
        (zipped(("[Content_Types].xml", b"<x/>"), ("xl/sheet.xml", b"<x/>")), "Excel"),
        (zipped(("week.837", b"ISA*" * 1000))[:60], "damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        (locked(), "password"),
        (zipped(("bomb.837", b"0" * 30_000_000)), "unpacks to far more"),
    ],
)
def test_an_archive_that_is_a_trick_is_refused_whole(desk, data, what):
    error = refused(desk, ("claims", "good.837", b"ISA*"), ("claims", "week.zip", data))
    assert what in str(error)
    assert error.help


def test_more_files_or_bytes_than_may_be_are_refused(desk):
    small = replace(desk, limits=Limits(upload=1000, files=3, unpacked=5000))
    four = zipped(*((f"{n}.837", b"ISA*") for n in range(4)))
    assert refused(small, ("claims", "four.zip", four)).why is Why.TOO_LARGE
    assert refused(small, *[("notes", f"{n}.txt", b"x") for n in range(4)]).why is Why.TOO_LARGE
    assert refused(small, ("claims", "big.837", b"x" * 1001)).why is Why.TOO_LARGE
    assert refused(small, ("claims", "big.zip", zipped(("big.837", b"x" * 5001)))).why is Why.TOO_LARGE
    assert refused(small, ("claims", "big.837.gz", gzip.compress(b"x" * 5001))).why is Why.TOO_LARGE
    assert refused(desk, ("claims", "bomb.gz", gzip.compress(b"0" * 30_000_000))).why is Why.TOO_LARGE
    assert refused(small, ("secrets", "x.837", b"x")).why is Why.AMISS
    assert "no file of claims" in str(refused(small, ("notes", "x.txt", b"x")))


def test_the_same_key_gives_the_same_batch_and_other_content_is_refused(desk):
    file = ("claims", "week.837", b"ISA*")
    first = handing.handed(desk, file, key="week-11")
    assert (first.new, handing.handed(desk, file, key="week-11")) == (True, replace(first, new=False))
    assert handing.handed(desk, file, key="week-11", by=handing.actor(desk, "Ada", Role.ADMIN)).id != first.id
    with pytest.raises(NotTakenError) as told:
        handing.handed(desk, ("claims", "week.837", b"ISA*other"), key="week-11")
    assert told.value.why is Why.OTHERWISE
    purging.tidied(desk)
    assert len([name for name in entries(desk) if name.startswith(first.id)]) == 1


def test_what_an_upload_left_half_way_is_gone_when_its_server_is(desk, clock):
    kept = handing.handed(desk, ("claims", "week.837", b"ISA*")).id
    coming = receiving.begun(desk, handing.actor(desk))
    whole = coming.file("claims", "one.837")
    whole.write(b"ISA*")
    whole.kept()
    coming.file("claims", "two.837").write(b"ISA*")
    (desk.files / f"{'z' * 22}.0123").write_bytes(b"of no batch")
    purging.tidied(desk)
    assert len(entries(desk)) == 3, "what comes in at this moment is left alone"
    clock.passes(minutes=3)
    purging.tidied(desk)
    assert [name.partition(".")[0] for name in entries(desk)] == [kept]
    with pytest.raises(NotTakenError, match="too slowly"):
        coming.queued()


FULL = """
import sys; sys.path.insert(0, {tests!r})
from pathlib import Path
import resource, signal
import desks, handing
from claimwright.desk import receiving
from claimwright.desk.refusals import NotTakenError
desk = desks.desk(Path(sys.argv[1]))
actor = handing.actor(desk)
if sys.argv[2] == "limit":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
coming = receiving.begun(desk, actor)
file = coming.file("claims", "big.837")
try:
    for _ in range(80):
        file.write(b"x" * 100_000)
    file.kept()
except NotTakenError as error:
    print(error)
finally:
    file.dropped()
    coming.abandoned()
print("left", len(list(desk.files.iterdir())))
print("then", handing.checked(desk) or handing.handed(desk, ("claims", "small.837", b"ISA*"), by=actor).new)
"""


@pytest.mark.parametrize("how", ["limit", "disk"])
def test_a_full_disk_is_told_and_the_server_goes_on(tmp_path, how):
    folder = tmp_path / "full"
    folder.mkdir()
    if how == "disk":
        mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("only root may mount a small disk; the limit of file sizes stands for it")
    try:
        script = FULL.format(tests=str(Path(desks.__file__).parent))
        run = [sys.executable, "-c", script, str(folder), how]
        told = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    finally:
        if how == "disk":
            subprocess.run(["umount", str(folder)], check=True)
    assert "the disk of the server is full, and nothing of this was kept" in told
    assert "left 0" in told
    assert "then True" in told
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY

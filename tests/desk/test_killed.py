"""Servers as real processes: killed, stopped, without room, without their database; and what is there afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import desks
import handing
import httpx2
import postgresql
import pytest
import sqlalchemy as sa
from servers import Served, until

from claimwright.desk import batches, trail
from claimwright.desk.tables import Batch, BatchState, File, Mark, WorkLine

WEEK = {"claims": ("clinic-week.837", handing.WEEK.read_bytes())}


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request, tmp_path) -> Iterator[Served]:
    address = request.getfixturevalue("server") if request.param == "postgresql" else ""
    made = Served(tmp_path / "desk", address)
    made.start()
    yield made
    if address:
        if made.process is not None:
            made.killed()
        desks.emptied(made.desk.database)
    made.closed()


def state(served: Served, identity: str) -> tuple[str, str]:
    with served.desk.database.reading() as session:
        batch = session.get_one(Batch, identity)
        return batch.state, batch.doing


def is_done(served: Served, identity: str) -> bool:
    told, _ = state(served, identity)
    assert told not in {BatchState.FAILED, BatchState.CANCELLED}
    return told == BatchState.DONE


def killed_while(served: Served, identity: str, doing: str) -> None:
    until(lambda: state(served, identity)[1] == doing)
    served.killed()


def whole(served: Served, identity: str) -> None:
    """All of its lines are there, each once, with the marks that the summary counts, and nothing else lies about."""
    desk = served.desk
    with desk.database.reading() as session:
        batch = session.get_one(Batch, identity)
        rows = session.scalars(sa.select(WorkLine.row).where(WorkLine.batch_id == identity)).all()
        kinds = sa.select(Mark.finding, Mark.clause, sa.func.count()).join(WorkLine, WorkLine.id == Mark.line_id)
        found = kinds.where(WorkLine.batch_id == identity).group_by(Mark.finding, Mark.clause)
        marks = Counter({(finding, clause): many for finding, clause, many in session.execute(found)})
        stored = set(session.scalars(sa.select(File.stored)))
        every = set(session.scalars(sa.select(Batch.id)))
        assert trail.broken_at(session) is None
    told = batches.summary(batch)
    assert told is not None
    assert sorted(rows) == list(range(batch.lines))
    counted: Counter[tuple[str, str]] = Counter()
    for tally in told.findings:
        counted[tally.finding, tally.clause] += tally.tally.lines
    assert marks.keys() == counted.keys()
    assert all(marks[kind] >= counted[kind] for kind in counted)
    answers = {f"{one}.lines.parquet" for one in every}
    kept = stored | answers
    # what a server left that ended in the middle is cleared away by the next
    until(lambda: {path.name for path in desk.files.iterdir()} <= kept)
    assert (desk.files / f"{identity}.lines.parquet").exists()


class HalfSent:
    """A call whose body stops half way until it is let go."""

    def __init__(self, served: Served) -> None:
        self.goes_on = threading.Event()
        self.served = served
        self.thread = threading.Thread(target=self._send)

    def _body(self) -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="claims"; filename="week.837"\r\n\r\n'
        for _ in range(3):
            yield b"x" * 1_000_000
        self.goes_on.wait(60)
        yield b"\r\n--b--\r\n"

    def _send(self) -> None:
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        with suppress(httpx2.TransportError):
            self.served.program.post("/api/v1/batches", content=self._body(), headers=headers)

    def __enter__(self) -> None:
        self.thread.start()
        files = self.served.desk.files
        until(lambda: files.exists() and any(path.stat().st_size > 1_000_000 for path in files.iterdir()))

    def __exit__(self, *_: object) -> None:
        self.goes_on.set()
        self.thread.join()


def test_a_server_killed_while_files_come_in_and_while_it_checks_loses_nothing_and_does_nothing_twice(served):
    with HalfSent(served):
        served.killed()
    with served.desk.database.reading() as session:
        assert session.scalars(sa.select(Batch.state)).all() == [BatchState.RECEIVING]
    served.start()
    until(lambda: not any(served.desk.files.iterdir()))
    with served.desk.database.reading() as session:
        assert session.scalars(sa.select(Batch.id)).all() == []

    key = {"Idempotency-Key": "week-11"}
    identity = served.program.post("/api/v1/batches", files=WEEK, headers=key).json()["id"]
    killed_while(served, identity, "counting")
    served.start()
    killed_while(served, identity, "keeping the answers")
    served.start()
    again = served.program.post("/api/v1/batches", files=WEEK, headers=key)
    assert again.json()["id"] == identity, "who heard no answer calls again"
    until(lambda: is_done(served, identity))
    whole(served, identity)
    with served.program.stream("GET", f"/api/v1/batches/{identity}/results") as stream:
        assert sum(1 for _ in stream.iter_lines()) == handing.batch(served.desk, identity).lines + 1
    assert "Traceback" not in served.log


def test_a_server_that_is_stopped_gives_its_batch_back_and_ends_in_time(served):
    identity = served.program.post("/api/v1/batches", files=WEEK).json()["id"]
    until(lambda: state(served, identity)[0] == BatchState.RUNNING)
    assert served.stopped() in {0, -signal.SIGTERM}
    batch = handing.batch(served.desk, identity)
    assert (batch.state, batch.attempts) in {(BatchState.QUEUED, 0), (BatchState.DONE, 1)}
    served.start()
    until(lambda: is_done(served, identity))
    whole(served, identity)
    assert "Traceback" not in served.log


def test_a_database_that_is_stopped_is_told_and_the_work_goes_on_when_it_is_back(tmp_path):
    with postgresql.cluster() as cluster:
        served = Served(tmp_path / "desk", cluster.address)
        served.start()
        try:
            identity = served.program.post("/api/v1/batches", files=WEEK).json()["id"]
            until(lambda: state(served, identity)[0] == BatchState.RUNNING)
            cluster.stop()
            served.desk.database.close()
            ready = until(lambda: (told := served.program.get("/ready")).status_code == 503 and told)
            assert "the database cannot be used" in ready.json()["trouble"]
            assert served.program.get("/health").status_code == 200
            page = served.program.get("/batches", headers={"Cookie": "claimwright=x"})
            assert page.status_code == 503
            assert "The database cannot be used at this moment" in page.text
            called = served.program.post("/api/v1/batches", files=WEEK)
            assert (called.status_code, called.headers["content-type"]) == (503, "application/problem+json")
            assert "retry-after" in called.headers
            cluster.start()
            until(lambda: served.program.get("/ready").status_code == 200)
            until(lambda: is_done(served, identity), 180)
            whole(served, identity)
            second = served.program.post("/api/v1/batches", files=WEEK).json()["id"]
            until(lambda: is_done(served, second))
            assert "tests@" not in served.log, "no address of a database in the log"
        finally:
            served.closed()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_server_whose_disk_is_full_says_so_and_goes_on_when_there_is_room(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a small disk")
    try:
        served = Served(disk / "desk")
        try:
            _with_little_room(served)
        finally:
            served.closed()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _with_little_room(served: Served) -> None:
    served.start()
    big = {"claims": ("big.837", b"x" * 40_000_000)}
    told = served.program.post("/api/v1/batches", files=big)
    assert (told.status_code, told.json()["title"]) == (507, "Insufficient Storage")
    assert "the disk of the server is full, and nothing of this was kept" in told.json()["detail"]
    assert list(served.desk.files.iterdir()) == []
    filler = served.folder.parent / "filler"
    with suppress(OSError), filler.open("wb") as file:
        for _ in range(shutil.disk_usage(served.folder).free // 4096 + 1):
            file.write(b"\0" * 4096)
            file.flush()
    told = served.program.post("/api/v1/batches", files=WEEK)
    assert told.status_code == 507
    assert "is full" in told.json()["detail"]
    assert served.program.get("/health").status_code == 200
    filler.unlink()
    identity = served.program.post("/api/v1/batches", files=WEEK).json()["id"]
    until(lambda: is_done(served, identity))
    whole(served, identity)

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import date
from pathlib import Path
from threading import Event

import desks
import handing
import polars as pl
import pytest
import sqlalchemy as sa

from claimwright.desk import batches, queue, receiving, running, trail
from claimwright.desk.laid import laid_out, lines_path
from claimwright.desk.people import RefusedError
from claimwright.desk.rights import Actor
from claimwright.desk.tables import Batch, BatchState, LineState, Mark, Trail, WorkLine
from claimwright.desk.working import Worker
from claimwright.determine import sides
from claimwright.determine.explain import explain
from claimwright.lines.schema import LINE_SCHEMA

SMALL = handing.WEEK.read_bytes()


def rows(desk, identity: str) -> list[WorkLine]:
    with desk.database.reading() as session:
        wanted = sa.select(WorkLine).where(WorkLine.batch_id == identity).order_by(WorkLine.row)
        return list(session.scalars(wanted))


def test_a_batch_becomes_lines_to_work_and_the_summary_of_the_command_line(desk, tmp_path):
    identity = handing.week(desk, as_of=date(2026, 3, 20), name="Week 11")
    assert handing.checked(desk) == identity
    batch = handing.batch(desk, identity)
    assert (batch.state, batch.failure, batch.whole, batch.attempts) == (BatchState.DONE, "", True, 1)
    out = tmp_path / "run.json"
    command = [sys.executable, "-c", "from claimwright.cli import main; main()", "check", str(handing.WEEK)]
    options = ["--as-of", "2026-03-20", "--no-store", "--quiet", "--out", str(out)]
    assert subprocess.run([*command, *options], check=False).returncode == 1
    assert b"".join(batches.results(desk, batch, "json")) == out.read_bytes()
    found = rows(desk, identity)
    states = Counter(row.state for row in found)
    told = batches.summary(batch)
    assert told is not None
    assert (states[LineState.TO_FIX], states[LineState.CLEAN]) == (told.to_fix.lines, told.clean.lines)
    assert (states[LineState.UNCHECKED], states[LineState.WITHDRAWN]) == (told.unchecked.lines, told.withdrawn)
    assert (batch.lines, batch.to_fix) == (len(found), told.to_fix.lines)
    with desk.database.reading() as session:
        kinds = sa.select(Mark.finding, Mark.clause, sa.func.count(Mark.line_id.distinct())).group_by(
            Mark.finding, Mark.clause
        )
        marks = {(finding, clause): many for finding, clause, many in session.execute(kinds)}
        assert trail.broken_at(session) is None
    by_clause: Counter[tuple[str, str]] = Counter()
    for tally in told.findings:
        by_clause[tally.finding, tally.clause] += tally.tally.lines
    assert marks == by_clause, "what a list of lines finds is what the summary counts"


def test_the_lines_that_are_kept_give_the_same_answers_again(desk):
    files = [("claims", "clinic-week.837", SMALL)]
    files += [(kind, f"{kind}.csv", (handing.SIDES / f"{kind}.csv").read_bytes()) for kind in ("plans", "history")]
    notes = handing.SIDES.parent / "notes"
    files += [("notes", path.name, path.read_bytes()) for path in sorted(notes.iterdir())]
    identity = handing.handed(desk, *files, as_of=date(2026, 3, 20)).id
    handing.checked(desk)
    path = lines_path(desk, identity)
    lines = pl.read_parquet(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert lines.schema == pl.Schema(LINE_SCHEMA)
    with laid_out(desk, identity) as laid:
        known, _ = sides.read(laid.beside)
    again = explain(desk.background.determine(lines, known))
    kept = list(batches.answers(desk, identity))
    assert list(again) == kept
    assert any(answer.evidence for answer in kept), "notes are read"


def test_a_batch_taken_up_again_leaves_nothing_twice(desk, clock):
    identity = handing.week(desk)
    first = queue.taken(desk)
    assert first is not None
    assert queue.taken(desk) is None, "it is held"
    clock.passes(seconds=61)
    second = queue.taken(desk)
    assert second is not None
    running.run(desk, second, Event())
    kept = [(row.id, row.row) for row in rows(desk, identity)]
    running.run(desk, first, Event())  # whoever held it first comes back
    assert [(row.id, row.row) for row in rows(desk, identity)] == kept
    assert [row for _, row in kept] == list(range(len(kept)))
    with desk.database.reading() as session:
        ends = session.scalars(sa.select(Trail.action).where(Trail.batch_id == identity)).all()
    assert ends == ["batch handed in", "batch done"]


def test_a_batch_that_ends_the_server_three_times_fails(desk, clock):
    identity = handing.week(desk)
    for _ in range(3):
        assert queue.taken(desk) is not None
        clock.passes(minutes=2)
    assert queue.taken(desk) is None
    batch = handing.batch(desk, identity)
    assert batch.state == BatchState.FAILED
    assert "ended 3 times" in batch.failure
    with desk.database.writing() as session:
        queue.again(session, desk, handing.actor(desk), session.get_one(Batch, identity))
    assert handing.checked(desk) == identity
    assert handing.batch(desk, identity).state == BatchState.DONE


def test_a_person_ends_a_batch_that_waits_or_runs(desk):
    actor = handing.actor(desk)
    waits, runs = handing.week(desk), handing.week(desk)

    def cancel(identity: str) -> None:
        with desk.database.writing() as session:
            queue.cancelled(session, desk, actor, session.get_one(Batch, identity))

    cancel(waits)
    assert handing.batch(desk, waits).state == BatchState.CANCELLED
    job = queue.taken(desk)
    assert job is not None
    assert job.batch == runs
    cancel(runs)
    assert handing.batch(desk, runs).state == BatchState.RUNNING
    running.run(desk, job, Event())
    assert handing.batch(desk, runs).state == BatchState.CANCELLED
    assert rows(desk, runs) == []
    with pytest.raises(RefusedError, match="is cancelled"):
        cancel(runs)


def test_a_server_that_ends_gives_its_batch_back(desk):
    identity = handing.week(desk)
    job = queue.taken(desk)
    ends = Event()
    ends.set()
    with pytest.raises(running.EndingError):
        running.run(desk, job, ends)
    batch = handing.batch(desk, identity)
    assert (batch.state, batch.attempts, rows(desk, identity)) == (BatchState.QUEUED, 0, [])
    assert handing.checked(desk) == identity


def test_a_file_that_is_gone_is_a_problem_and_a_broken_program_is_told_without_claim_data(desk, monkeypatch, caplog):
    identity = handing.handed(desk, ("claims", "a.csv", handing.one_claim()), ("claims", "gone.837", b"ISA*")).id
    next(path for path in desk.files.iterdir() if path.read_bytes() == b"ISA*").unlink()
    handing.checked(desk)
    told = batches.summary(handing.batch(desk, identity))
    assert told is not None
    assert [problem.id for problem in told.problems if "no such file" in problem.message] == ["INP-NO-FILE"]
    assert not handing.batch(desk, identity).whole
    assert told.all.lines == 1

    def broken(*_, **__):
        raise ValueError("member M1 is secret")

    broken_one = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
    monkeypatch.setattr(running, "check_files", broken)
    handing.checked(desk)
    assert "something here is broken" in handing.batch(desk, broken_one).failure
    assert "ValueError at" in caplog.text
    assert "secret" not in caplog.text


def test_two_servers_share_a_queue_and_check_no_batch_twice(desk):
    wanted = {handing.handed(desk, ("claims", f"{n}.csv", handing.one_claim())).id for n in range(20)}
    taken: list[list[str]] = [[], []]

    def work(mine: list[str]) -> None:
        while (job := queue.taken(desk)) is not None:
            mine.append(job.batch)
            with lock:  # two processes have an engine each; here they share one
                running.run(desk, job, Event())

    lock = threading.Lock()
    workers = [threading.Thread(target=work, args=(mine,)) for mine in taken]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken[0] + taken[1]) == sorted(wanted)
    assert all(taken), "both had something to do"
    for identity in wanted:
        batch = handing.batch(desk, identity)
        assert (batch.state, batch.attempts, batch.to_fix) == (BatchState.DONE, 1, 1)


def test_the_worker_of_a_server_checks_what_is_handed_in(desk):
    worker = Worker(desk)
    worker.start()
    try:
        identity = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
        _until(lambda: handing.batch(desk, identity).state == BatchState.DONE)
        assert worker.works
    finally:
        worker.stop()
    assert not worker.works


def test_a_database_that_goes_away_while_a_batch_is_kept_comes_back(server, tmp_path, caplog):
    desk = desks.desk(tmp_path / "desk", server)
    identity = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
    job = queue.taken(desk)
    control = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:").replace("/postgres", "/template1"))

    def away(is_: bool) -> None:
        with control.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"ALTER DATABASE postgres ALLOW_CONNECTIONS {str(not is_).lower()}")
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'"
            )

    try:
        work = threading.Thread(target=running.run, args=(desk, job, Event()))
        with laid_out(desk, identity):
            pass
        away(True)
        work.start()
        time.sleep(0.5)
        away(False)
        work.join(60)
        if handing.batch(desk, identity).state != BatchState.DONE:  # it was away before the files were laid out
            desk.now.passes(minutes=2)
            handing.checked(desk)
        assert handing.batch(desk, identity).state == BatchState.DONE
        assert len(rows(desk, identity)) == 1
        assert "the database is away" in caplog.text
        assert "tests@" not in caplog.text
    finally:
        control.dispose()
        desks.emptied(desk.database)
        desk.database.close()


@pytest.mark.nightly
def test_five_hundred_batches_wait_and_each_is_checked_once(desk, clock):
    wanted = []
    for n in range(500):
        wanted.append(handing.handed(desk, ("claims", f"{n}.csv", handing.one_claim(f"A{n}"))).id)
        clock.passes(seconds=1)
    assert [handing.checked(desk) for _ in range(500)] == wanted, "whoever waits longest is next"
    assert handing.checked(desk) is None
    with desk.database.reading() as session:
        assert batches.counts(session)[BatchState.DONE] == 500
        found = sa.select(WorkLine.claim, sa.func.count()).group_by(WorkLine.claim)
        assert dict(session.execute(found).all()) == {f"A{n}": 1 for n in range(500)}
        assert trail.broken_at(session) is None


def _until(holds, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_day_a_batch_is_looked_at_is_today_where_nobody_says(desk):
    assert handing.batch(desk, handing.week(desk)).as_of == receiving.today(desk)
    assert isinstance(handing.actor(desk), Actor)
    assert Path(desk.files).is_dir()

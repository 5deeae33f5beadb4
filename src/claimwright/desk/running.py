"""A batch checked from its files to its lines in the database, where all of what came of it appears at once."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from threading import Event, Thread

from polars.exceptions import PanicException
from sqlalchemy.exc import OperationalError

from claimwright.desk import kept, queue
from claimwright.desk.database import no_room
from claimwright.desk.desk import Desk
from claimwright.desk.filling import filled
from claimwright.desk.laid import Laid, laid_out, left_gone, lines_path
from claimwright.desk.queue import Job, LostError
from claimwright.desk.refusals import NotTakenError, is_full
from claimwright.desk.spooling import Spool, spooled
from claimwright.desk.storing import synced
from claimwright.desk.tables import BatchState
from claimwright.determine.files import check_files
from claimwright.determine.summarise import summarise
from claimwright.formats.reading import total_bytes
from claimwright.lines.schema import conform
from claimwright.lines.summary import Summary

_log = logging.getLogger("claimwright.desk")
_TOLD = 0.5  # seconds between two words of progress
_HEARTBEAT = queue.LEASE.total_seconds() / 4
_PATIENCE = (1, 2, 4, 8, 15, 30, 60, 120)  # seconds to wait for a database that is away, one after the other
BROKEN = (
    "something here is broken, and the batch could not be checked"
    "\n help: tell whoever runs the server; its log says where"
)
_FULL = (
    "the disk of the server is full, and nothing of the answer was kept\n help: make room, then check the batch again"
)


class EndingError(Exception):
    """The server ends; the batch is left to be taken up again."""


def run(desk: Desk, job: Job, ends: Event) -> None:
    """Check a batch, and keep what comes of it or why nothing does. Raises EndingError."""
    try:
        with _held(desk, job):
            _checked(desk, job, ends)
    except LostError:
        _log.warning("batch %s was taken up by another server", job.batch)
    except queue.CancelledError:
        queue.given_up(desk, job, BatchState.CANCELLED, "")
    except NotTakenError as error:
        queue.given_up(desk, job, BatchState.FAILED, _FULL)
        _log.warning("batch %s: %s", job.batch, error.what)
    except EndingError:
        queue.given_back(desk, job)
        raise
    except OperationalError:
        # it stays ours in name only: once the moment of the lease has passed, it is taken up again
        _log.warning("batch %s: the database is away; the batch is taken up again when it is back", job.batch)
    except (Exception, PanicException) as error:  # noqa: BLE001 - whatever breaks one batch must not stop the others
        failure = _FULL if isinstance(error, OSError) and is_full(error) else BROKEN
        _log.error("batch %s: %s", job.batch, place(error))
        queue.given_up(desk, job, BatchState.FAILED, failure)


def _checked(desk: Desk, job: Job, ends: Event) -> None:
    tell = _Telling(desk, job, ends)
    left_gone(desk, job.batch)
    with laid_out(desk, job.batch) as laid:
        checked = check_files(
            laid.claims,
            desk.background,
            as_of=job.as_of,
            beside=laid.beside,
            progress=_reading(laid, tell),
            heard=lambda done, many: tell("reading notes", done, many),
        )
        many = checked.determined.lines.height
        tell("counting", 0, many, now=True)
        summary = summarise(checked.determined, checked.problems)
        spool = spooled(
            filled(checked.determined), laid.folder, lambda done: tell("putting reasons into words", done, many)
        )
        lines = laid.folder / "lines.parquet"
        conform(checked.read).write_parquet(lines)
        lines.chmod(0o600)
        tell("keeping the answers", 0, many, now=True)
        answered = _Answered(checked.whole, summary, spool, lines)
        _patiently(lambda: _keep(desk, job, answered), ends)


@dataclass(frozen=True, repr=False)
class _Answered:
    whole: bool
    summary: Summary
    spool: Spool
    lines: Path


def _keep(desk: Desk, job: Job, answered: _Answered) -> None:
    """All of it, or nothing, and only while the batch is ours."""
    with desk.database.writing() as session:
        batch = queue.ours(session, job)
        queue.emptied(session, job.batch)
        answered.spool.keep(session, job.batch)
        batch.whole, batch.lines, batch.to_fix = answered.whole, answered.spool.lines, answered.summary.to_fix.lines
        batch.summary, batch.version = kept.packed_summary(answered.summary), version("claimwright")
        if answered.lines.exists():  # unless it was put there by a try whose end the database did not tell
            answered.lines.replace(lines_path(desk, job.batch))
            synced(desk.files)
        queue.finished(session, desk, batch)


def _patiently(keep: Callable[[], None], ends: Event) -> None:
    """Try again while the database is away."""
    for wait in _PATIENCE:
        try:
            keep()
        except OperationalError as error:
            if no_room(error):
                raise OSError(errno.ENOSPC, "the database has no room") from None
            _log.warning("the database is away; trying again in %d seconds", wait)
            if ends.wait(wait):
                raise EndingError from None
        else:
            return
    keep()


def _reading(laid: Laid, tell: _Telling) -> Callable[[Path, int], None]:
    sizes = {path: total_bytes(path) for path in laid.claims}
    whole = sum(sizes.values())
    read: dict[Path, int] = {}

    def heard(path: Path, many: int) -> None:
        read[path] = min(many, sizes[path] or many)
        tell("reading claims", sum(read.values()), whole)

    return heard


class _Telling:
    """Tells how far it is, not too often, and listens for whether it is to end."""

    def __init__(self, desk: Desk, job: Job, ends: Event) -> None:
        self.desk, self.job, self.ends = desk, job, ends
        self.last = float("-inf")

    def __call__(self, doing: str, done: int, total: int, *, now: bool = False) -> None:
        """Raises EndingError, LostError and CancelledError."""
        if self.ends.is_set():
            raise EndingError
        at = time.monotonic()
        if now or at >= self.last + _TOLD:
            self.last = at
            try:
                queue.progressed(self.desk, self.job, doing, done, total)
            except OperationalError:
                _log.warning("batch %s: the database is away; going on", self.job.batch)


@contextmanager
def _held(desk: Desk, job: Job) -> Iterator[None]:
    """The lease moves on while this lasts, whatever the work is doing."""
    over = Event()

    def beat() -> None:
        while not over.wait(_HEARTBEAT):
            try:
                queue.renewed(desk, job)
            except LostError:
                return
            except OperationalError:
                _log.warning("batch %s: the database is away; its lease was not renewed", job.batch)

    heart = Thread(target=beat, name=f"lease of {job.batch}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()


def place(error: BaseException) -> str:
    """Which kind of error and where, without its message, which may hold a value of a claim."""
    trace = error.__traceback__
    places = []
    while trace is not None:
        places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' > '.join(places[-6:])}"

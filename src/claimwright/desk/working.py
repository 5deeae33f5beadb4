"""What runs beside the pages of a server: one batch after the other, and what keeps the worklist tidy."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from claimwright.desk import purging, queue, trail
from claimwright.desk.desk import Desk
from claimwright.desk.running import EndingError, place, run

_log = logging.getLogger("claimwright.desk")
_LOOKS = 2.0  # seconds between two looks at the queue, which other servers fill too
_AWAY = (1, 2, 4, 8, 15, 30)  # seconds between two tries while the database is away
_TIDY = timedelta(minutes=5)
_PURGE = timedelta(days=1)
_ENDS = 15.0  # seconds that a batch is given to come to its next step


@dataclass
class Worker:
    """A thread that works through the queue. `engine.background` is asked by nobody else in this process."""

    desk: Desk
    keep_days: int | None = None  # how long batches are kept
    also: Callable[[], None] = lambda: None  # done at every look: a watched folder
    trouble: str = ""  # what keeps it from working, for whoever asks whether it does
    _ends: Event = field(default_factory=Event)
    _thread: Thread | None = None
    _tidied: datetime | None = None
    _purged: datetime | None = None

    def start(self) -> None:
        self._thread = Thread(target=self._work, name="batches", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take up no more; what runs is given back at its next step."""
        self._ends.set()
        self.desk.handed.set()
        if self._thread is not None:
            self._thread.join(_ENDS)

    @property
    def works(self) -> bool:
        return self._thread is not None and self._thread.is_alive() and not self.trouble

    def _work(self) -> None:
        tries = 0
        while not self._ends.is_set():
            try:
                idle = not self.step()
                tries, self.trouble = 0, ""
            except EndingError:
                return
            except (SQLAlchemyError, OSError, queue.LostError) as error:
                self.trouble = "the database or the disk cannot be used; trying again"
                _log.warning("%s (%s)", self.trouble, type(error).__name__)
                self._ends.wait(_AWAY[min(tries, len(_AWAY) - 1)])
                tries += 1
                continue
            except Exception as error:  # noqa: BLE001 - whatever breaks, the batches after it are checked
                self.trouble = "something here is broken; its log says where"
                _log.error("between two batches: %s", place(error))
                self._ends.wait(_AWAY[-1])
                continue
            if idle and self.desk.handed.wait(_LOOKS):
                self.desk.handed.clear()

    def step(self) -> bool:
        """Keep house where it is time, then check the batch that waits; whether one did. Raises EndingError."""
        self._keep_house()
        self.also()
        job = queue.taken(self.desk)
        if job is None:
            return False
        run(self.desk, job, self._ends)
        return True

    def _keep_house(self) -> None:
        now = self.desk.now()
        if self._tidied is None or now >= self._tidied + _TIDY:
            purging.tidied(self.desk)
            self._tidied = now
        if self.keep_days is not None and (self._purged is None or now >= self._purged + _PURGE):
            purging.purged(self.desk, self.keep_days, trail.SERVER)
            self._purged = now

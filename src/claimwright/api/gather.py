"""Calls that wait are worked on together, some at a time, in one thread, so that throughput rises with load."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Condition
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_LINGER = 0.1  # of the time that the last group took, for those it answered to come back
_LONGEST_LINGER = 0.01  # seconds


class FullError(Exception):
    """More calls wait than can be answered in good time."""


@dataclass(frozen=True, repr=False)
class _Waiting(Generic[T, R]):
    item: T
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[R]


@dataclass(repr=False)
class Gatherer(Generic[T, R]):
    """`work` answers some items in their order, in a thread of its own and never twice at once.

    A call that comes alone is worked on at once. Those that come meanwhile are the next group, of `most` items and of
    `weight` together at most, as `weigh` has it. What `work` raises, each of its group is told.
    """

    work: Callable[[Sequence[T]], Sequence[R]]
    weigh: Callable[[T], int]
    most: int = 64
    weight: int = 500_000
    waiting: int = 1_000
    _queue: deque[_Waiting[T, R]] = field(default_factory=deque, init=False)
    _changed: Condition = field(default_factory=Condition, init=False)
    _at_work: bool = field(default=False, init=False)
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="checking"), init=False
    )

    async def ask(self, item: T) -> R:
        """Raises FullError, and what `work` raises."""
        loop = asyncio.get_running_loop()
        waits = _Waiting[T, R](item, loop, loop.create_future())
        with self._changed:
            if len(self._queue) >= self.waiting:
                raise FullError
            self._queue.append(waits)
            self._changed.notify()
            if not self._at_work:
                self._at_work = True
                self._thread.submit(self._go)
        return await waits.answer

    def _go(self) -> None:
        many, took = 0, 0.0
        while group := self._next(many, took):
            begin = monotonic()
            found: Sequence[R] | BaseException
            try:
                found = self.work([waits.item for waits in group])
            except BaseException as error:  # noqa: BLE001  # whoever asked is told, whatever it was
                found = error
            self._tell(group, found)
            many, took = len(group), monotonic() - begin

    def _next(self, many: int, took: float) -> list[_Waiting[T, R]]:
        """The next group; empty, and the thread is free, when nobody waits.

        Those who were just answered are likely to ask again at once: it pays to wait for them a little.
        """
        with self._changed:
            if many > 1:
                self._changed.wait_for(
                    lambda: len(self._queue) >= min(many, self.most), min(took * _LINGER, _LONGEST_LINGER)
                )
            group: list[_Waiting[T, R]] = []
            weight = 0
            while self._queue and len(group) < self.most:
                waits = self._queue[0]
                weight += self.weigh(waits.item)
                if group and weight > self.weight:
                    break
                self._queue.popleft()
                if not waits.answer.cancelled():  # whoever asked went away
                    group.append(waits)
            self._at_work = bool(group)
            return group

    @staticmethod
    def _tell(group: Sequence[_Waiting[T, R]], found: Sequence[R] | BaseException) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[R], R | BaseException]]] = {}
        for place, waits in enumerate(group):
            told = found if isinstance(found, BaseException) else found[place]
            by_loop.setdefault(waits.loop, []).append((waits.answer, told))
        for loop, answers in by_loop.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, answers)


def _settle(answers: Sequence[tuple[asyncio.Future[R], R | BaseException]]) -> None:
    for answer, told in answers:
        if answer.done():
            continue
        if isinstance(told, BaseException):
            answer.set_exception(told)
        else:
            answer.set_result(told)

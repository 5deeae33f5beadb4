"""Many notes read at once, a big pile by several processes. Each is read by `read`, and only once."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress

from claimwright.chart.read import read
from claimwright.chart.told import Told

# characters from which on other processes are of use: they take longer to begin than a smaller pile takes to be read
_MANY = 4_000_000
_AT_ONCE = 200_000  # characters to hand to a process at a time


def read_all(texts: Sequence[str], heard: Callable[[int, int], None] = lambda _, __: None) -> list[Told]:
    """What each of some texts tells, in order."""
    many = sum(map(len, texts))
    workers = min(_cores(), 1 + many // _AT_ONCE)
    found: list[Told] = []
    # a process that may have no children, or whose main module cannot be started again, reads by itself
    if many >= _MANY and workers > 1 and not multiprocessing.current_process().daemon:
        with suppress(BrokenProcessPool, OSError):
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(workers, mp_context=context) as pool:
                for told in pool.map(_read_some, list(_parcels(texts))):
                    found += told
                    heard(len(found), len(texts))
    for text in texts[len(found) :]:
        found.append(read(text))
        heard(len(found), len(texts))
    return found


def _read_some(texts: Sequence[str]) -> list[Told]:
    return [read(text) for text in texts]


def _parcels(texts: Sequence[str]) -> Iterator[list[str]]:
    parcel: list[str] = []
    size = 0
    for text in texts:
        parcel.append(text)
        size += len(text)
        if size >= _AT_ONCE:
            yield parcel
            parcel, size = [], 0
    if parcel:
        yield parcel


def _cores() -> int:
    """The processors this process may use; a container may give it fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

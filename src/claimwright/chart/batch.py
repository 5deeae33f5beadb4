"""Many notes read at once, over the cores of the machine. Each is read by `read`, and only once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from claimwright.chart.read import read
from claimwright.chart.told import Told

FEW = 400  # notes that are read sooner than a process starts
CHUNK = 100


def read_all(
    texts: Iterable[str], *, workers: int | None = None, step: Callable[[int], None] = lambda _: None
) -> Iterator[Told]:
    """What each note tells, in the order of the texts.

    `workers`: processes, as many as there are cores by default; few notes are read in this one. `step` is told how many
    notes were read since it was last called.
    """
    texts = iter(texts)
    first = list(islice(texts, FEW))
    cores = workers if workers is not None else (os.cpu_count() or 1)
    if cores == 1 or len(first) < FEW:
        for text in first:
            yield read(text)
            step(1)
        for text in texts:
            yield read(text)
            step(1)
        return
    # spawned, for a fork of a process with the threads of a columnar engine may never wake
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        for told in pool.map(read, _joined(first, texts), chunksize=CHUNK):
            yield told
            step(1)


def _joined(first: list[str], rest: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from rest

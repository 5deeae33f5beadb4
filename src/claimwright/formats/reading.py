"""Any input, recognised by what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from claimwright.formats.batch import Batch
from claimwright.formats.x12 import read


def batches(path: str | Path, *, mapping: Mapping[str, str] | None = None, strict: bool = False) -> Iterator[Batch]:
    yield from read(path)

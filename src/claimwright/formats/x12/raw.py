"""A claim's own bytes, for writing a corrected file that changes nothing else."""

from __future__ import annotations

import gzip
from pathlib import Path

_GZIP = b"\x1f\x8b"


def raw_segments(path: str | Path, offset: int, length: int) -> bytes:
    """The bytes of a claim from its CLM to the terminator of its last segment, as they stand in the file.

    `offset` and `length` are those of `LINE_SCHEMA`; in a gzipped file they count what comes out of it. Raises OSError
    when the file cannot be read, and ValueError when it has no such bytes.
    """
    with Path(path).open("rb") as plain:
        zipped = plain.read(2) == _GZIP
    with gzip.open(path, "rb") if zipped else Path(path).open("rb") as stream:
        stream.seek(offset)
        data = stream.read(length)
    if len(data) != length:
        raise ValueError(f"{Path(path).name} has no {length} bytes at {offset}: it is not the file that was read")
    return data

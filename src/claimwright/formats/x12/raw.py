"""A claim's own bytes, for writing a corrected file that changes nothing else, and for showing them."""

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


def segments_of(data: bytes) -> list[str]:
    """A claim's bytes as its segments, for a reader: the last character ends each. What is cut off stays in one piece.

    >>> segments_of(b"CLM*1*10~LX*1~")
    ['CLM*1*10', 'LX*1']
    """
    text = _text(data)
    terminator = text[-1:]
    if not terminator or terminator.isalnum():
        return [text] if text.strip() else []
    return [part.strip() for part in text.split(terminator) if part.strip()]


def of_line(segments: list[str], line: int | None) -> range:
    """Which of a claim's segments are of a line, from its LX to the next; none where no LX has its number."""
    begins = [at for at, segment in enumerate(segments) if segment[:2] == "LX" and not segment[2:3].isalnum()]
    numbers = [segments[at][3:].strip() for at in begins]
    if line is None or numbers.count(str(line)) != 1:
        return range(0)
    place = numbers.index(str(line))
    return range(begins[place], begins[place + 1] if place + 1 < len(begins) else len(segments))


def _text(data: bytes) -> str:
    """As the reader reads it: two bytes a character where every other is zero, else one."""
    if data[:1] == b"\0" or data[1:2] == b"\0":
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")

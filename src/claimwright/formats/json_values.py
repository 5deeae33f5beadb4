"""JSON values of a file, in order: one object, an array of them, or one a line; no key may stand twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from claimwright.lines.problems import Problem


class _TwiceError(ValueError):
    """A key that stands twice in one object."""


def values(stream: BinaryIO, name: str, problems: list[Problem]) -> Iterator[tuple[Any, int]]:
    """What the JSON says, a value at a time, with the bytes read so far; None where a line is no JSON.

    A file of one value a line is read a line at a time; an array or an object is read whole.
    """
    first = stream.readline()
    while first and not first.strip(b" \t\r\n\xef\xbb\xbf"):
        first = stream.readline()
    count = len(first)
    alone = _complete(first)
    if alone is None:
        rest = stream.read()
        try:
            whole = json.loads((first + rest).decode("utf-8-sig"), object_pairs_hook=once)
        except (ValueError, RecursionError) as error:
            if first.strip():
                problems.append(unreadable(error, name, None))
            return
        for value in whole if isinstance(whole, list) else [whole]:
            yield value, count + len(rest)
        return
    row = 0
    line = first
    while line:
        if line.strip():
            row += 1
            try:
                value = json.loads(line.decode("utf-8-sig"), object_pairs_hook=once)
            except (ValueError, RecursionError) as error:
                problems.append(unreadable(error, name, row))
                value = None
            for each in value if isinstance(value, list) else [value]:
                yield each, count
        line = stream.readline()
        count += len(line)


def _complete(line: bytes) -> bool | None:
    """True when a line is a JSON value by itself, however wrong; None when it goes on."""
    try:
        json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return True


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once each; raises where one stands twice, for readers disagree which one counts."""
    read = dict(pairs)
    if len(read) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _TwiceError(twice if twice.isidentifier() and len(twice) < 40 else "a key")
    return read


def unreadable(error: Exception, file: str, row: int | None) -> Problem:
    """What kept a text from being read as JSON."""
    if isinstance(error, _TwiceError):
        return Problem(
            "INP-JSON-TWICE",
            f"{error} stands twice in one object, so nobody can tell which one is meant",
            "write each field once; values that disagree go into a list",
            file=file,
            row=row,
            field=str(error),
        )
    offset = error.pos if isinstance(error, json.JSONDecodeError) else None
    place = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
    return Problem(
        "INP-JSON",
        f"this is no JSON{place}",
        "check quotes, commas and brackets there",
        file=file,
        row=row,
        offset=offset,
    )

"""An earlier run, read back from its JSON or NDJSON, as far as a comparison needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from claimwright.lines.answers import LineAnswer
from claimwright.lines.problems import Problem
from claimwright.report import shape

_HELP = "give a file that claimwright wrote with --format json or --format ndjson"


class Key(NamedTuple):
    """By what a line is known again. `nth` tells apart lines of one input that share all the rest, from 1."""

    claim: str
    line: int | None
    procedure: str
    service: str
    nth: int


class Seen(NamedTuple):
    """A finding as a comparison names it."""

    id: str
    clause: str
    severity: str


class Said(NamedTuple):
    """What a view said: its outcome, and the codes to expect."""

    outcome: str
    codes: str


@dataclass(frozen=True)
class LineThen:
    coded: Said
    documented: Said
    findings: frozenset[Seen]


@dataclass(frozen=True)
class Earlier:
    """A run of before: by which version, on which day, resting on what, and what it said of each line."""

    file: str
    claimwright: str
    as_of: str
    basis: Mapping[str, str]
    lines: Mapping[Key, LineThen]


class Keys:
    """Gives each line of one input its key."""

    def __init__(self) -> None:
        self._met: Counter[tuple[str, int | None, str, str]] = Counter()

    def of(self, claim: str, line: int | None, procedure: str, service: str) -> Key:
        known_by = (claim, line, procedure, service)
        self._met[known_by] += 1
        return Key(*known_by, self._met[known_by])


def read_earlier(path: Path) -> Earlier | Problem:
    """Read a run document or NDJSON; a file that is neither, or that was cut off, is a problem with its help."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return _problem(path, f"the earlier run cannot be read: {error.strerror or error}", "check the path")
    try:
        return _assembled(path, _records(content))
    except orjson.JSONDecodeError as error:
        return _problem(path, f"the earlier run is not whole JSON: {error.msg} (line {error.lineno})", _HELP)
    except (KeyError, TypeError, AttributeError, ValueError):
        return _problem(path, "the earlier run lacks what a comparison needs", _HELP)


def then(answer: LineAnswer) -> LineThen:
    """The answer of today in the same terms."""
    coded, documented = (
        Said(view.outcome.value, " ".join(str(one) for one in view.predicted))
        for view in (answer.coded, answer.documented)
    )
    findings = frozenset(Seen(one.id, one.clause, one.severity.value) for one in answer.findings)
    return LineThen(coded, documented, findings)


def _records(content: bytes) -> Iterator[dict[str, Any]]:
    """The records of NDJSON; or a run document's lines, and then its head, as if they were."""
    first, _, after = content.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    try:
        begun = orjson.loads(first)
    except orjson.JSONDecodeError:
        begun = None
    if isinstance(begun, dict) and "type" in begun:
        yield begun
        yield from (orjson.loads(line) for line in after.splitlines() if line.strip())
        return
    document = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    yield from ({"type": "line", **line} for line in document["lines"])
    yield {"type": "summary", **document}


def _assembled(path: Path, records: Iterable[dict[str, Any]]) -> Earlier | Problem:
    keys = Keys()
    lines: dict[Key, LineThen] = {}
    for record in records:
        if record["type"] == "line":
            line = record["line"]
            lines[keys.of(line["claim"], line["line"], line["procedure"], line["service"])] = _line(record)
        elif record["type"] == "summary":
            if record["schema"] != shape.RUN:
                message = f"the earlier run is written as {record['schema']}, and this version reads {shape.RUN}"
                return _problem(path, message, "compare with the version that wrote it, or make the earlier run again")
            return Earlier(str(path), record["claimwright"], record["as_of"], record["summary"]["basis"], lines)
    return _problem(path, "the earlier run was cut off before its summary", "make the earlier run again")


def _line(record: dict[str, Any]) -> LineThen:
    findings = frozenset(Seen(one["id"], one["clause"], one["severity"]) for one in record["findings"])
    return LineThen(_said(record["views"]["coded"]), _said(record["views"]["documented"]), findings)


def _said(view: dict[str, Any]) -> Said:
    codes = (" ".join((_code(one), *one["rarc"])) for one in view["predicted"])
    return Said(view["outcome"], " ".join(codes))


def _code(predicted: dict[str, Any]) -> str:
    return f"{predicted['group']}-{predicted['carc']}" if predicted["group"] else str(predicted["carc"])


def _problem(path: Path, message: str, help_: str) -> Problem:
    return Problem("INP-BASELINE", message, help_, file=str(path))

"""Claims of several callers, checked together: who may ask, what was sent, the answers as bytes. It knows no HTTP.

All of it runs in the one thread of `gather`, so that a token is looked up once for all calls that came with it, and the
engine is asked once.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from importlib.metadata import version

from claimwright.api.callers import Callers
from claimwright.api.problems import FieldError, RefusedError
from claimwright.api.remembered import Remembered
from claimwright.desk.desk import Desk
from claimwright.desk.rights import Right
from claimwright.determine.calls import Call, Told, TooManyError, told, told_of_837
from claimwright.formats.case_json import parse_case
from claimwright.lines.problems import Problem
from claimwright.report.as_json import dumps, line_object, problem_object

MOST_CLAIMS = 100  # of an 837 in one call; more are a batch
MOST_LINES = 2_000  # of them all: some two seconds, in which others wait
_VERSION = version("claimwright")


@dataclass(frozen=True, repr=False)  # claims have no place in a message
class Asked:
    """One call as it came. `secret` is its token, `address` where it came from."""

    secret: str
    address: str
    body: bytes
    x12: bool
    as_of: date | None

    @property
    def weight(self) -> int:
        """About how long it takes, in bytes of JSON: an 837 says as much in a third of the room."""
        return len(self.body) * (3 if self.x12 else 1)


@dataclass(frozen=True, repr=False)
class Checks:
    desk: Desk
    callers: Callers
    remembered: Remembered = field(default_factory=Remembered)

    def answers(self, asked: Sequence[Asked]) -> list[bytes | RefusedError]:
        """The body of each answer, or why there is none."""
        today = self.desk.now().date()
        refusals = self.callers.refusals([(one.secret, one.address) for one in asked], Right.CHECK)
        keys = [self.remembered.key(one.body, one.as_of or today, x12=one.x12) for one in asked]
        found: dict[bytes, bytes | RefusedError] = {}
        new: dict[bytes, Asked] = {}
        for key, one, refusal in zip(keys, asked, refusals, strict=True):
            if refusal is None and (answer := self.remembered.get(key)) is not None:
                found[key] = answer
            elif refusal is None:
                new[key] = one
        for key, told_ in self._new_answers(new, today).items():
            found[key] = told_
            if isinstance(told_, bytes):
                self.remembered.put(key, told_)
        return [refusal or found[key] for key, refusal in zip(keys, refusals, strict=True)]

    def _new_answers(self, asked: Mapping[bytes, Asked], today: date) -> dict[bytes, bytes | RefusedError]:
        """Claims that are not remembered, each once."""
        found: dict[bytes, bytes | RefusedError] = {}
        calls: dict[bytes, Call] = {}
        tidied: dict[bytes, list[Problem]] = {}
        for key, one in asked.items():
            if one.x12:
                found[key] = self._of_837(one, today)
                continue
            case, problems = parse_case(one.body)
            if case is None:
                found[key] = _misread(problems)
            else:
                calls[key], tidied[key] = Call(((1, case),), one.as_of or today), problems
        for (key, call), told_ in zip(calls.items(), self._told(list(calls.values())), strict=True):
            found[key] = _body(told_, tidied[key], call.as_of)
        return found

    def _told(self, calls: Sequence[Call]) -> Sequence[Told]:
        with self.desk.asking:
            return told(calls, self.desk.engine)

    def _of_837(self, one: Asked, today: date) -> bytes | RefusedError:
        as_of = one.as_of or today
        try:
            with self.desk.asking:
                found = told_of_837(
                    io.BytesIO(one.body), self.desk.engine, as_of, most=MOST_CLAIMS, lines_at_most=MOST_LINES
                )
        except TooManyError:
            return RefusedError(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"more than {MOST_CLAIMS} claims or {MOST_LINES:,} lines; hand the file in as a batch",
            )
        if not found.answers and found.problems:
            return _misread(found.problems)
        return _body(found, (), as_of)


def _misread(problems: Iterable[Problem]) -> RefusedError:
    wrong = [
        FieldError(where=one.field or one.where(), what=f"{one.message}; {one.help}" if one.help else one.message)
        for one in problems
    ]
    many = f"{len(wrong)} things" if len(wrong) > 1 else "one thing"
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{many} in this claim cannot be read", wrong)


def _body(found: Told, tidied: Iterable[Problem], as_of: date) -> bytes:
    return dumps(
        {
            "claimwright": _VERSION,
            "as_of": as_of.isoformat(),
            "lines": [line_object(answer) for answer in found.answers],
            "problems": [problem_object(problem) for problem in (*tidied, *found.problems)],
        }
    )

"""Files in the body of a request, written to where they stay while they come in, never whole in memory.

Frameworks put such files into temporary ones first, of any size and before a route is asked; here nothing is read
before the caller is known, and no more than may be handed in.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from sqlalchemy.exc import SQLAlchemyError

from claimwright.desk import receiving
from claimwright.desk.desk import Desk
from claimwright.desk.receiving import KINDS, Handed, Incoming, Receiving
from claimwright.desk.refusals import NotTakenError, Why
from claimwright.desk.rights import Actor

STATUS: Mapping[Why, HTTPStatus] = {
    Why.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Why.UNSAFE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Why.NO_ROOM: HTTPStatus.INSUFFICIENT_STORAGE,
    Why.AMISS: HTTPStatus.UNPROCESSABLE_ENTITY,
    Why.OTHERWISE: HTTPStatus.CONFLICT,
}
WORD = "csrf"  # the field of a page's form that says that the page is ours
_FIELDS = ("name", "as_of", WORD)
_LONGEST = 4096  # bytes of a field
_PIECE = 1 << 20  # bytes that are gathered before they are written
_AROUND = 10_000_000  # bytes of headers and boundaries around all files
_Event = tuple[str, bytes]


async def taken(
    request: Request,
    desk: Desk,
    actor: Actor,
    *,
    key: str | None = None,
    ours: Callable[[str], None] = lambda _: None,
) -> Handed:
    """The batch of a form with files (`multipart/form-data`): each file under its kind, `name` and `as_of` beside.

    `ours` is asked about the form's word before the first file is taken, and raises where it is not ours. Raises
    NotTakenError; then nothing of the form was kept.
    """
    parser_of = _boundary(request)
    _not_too_long(request, desk)
    form = _Form(desk, actor, ours)
    try:
        parser = MultipartParser(parser_of, form.callbacks())  # type: ignore[arg-type] # its own names for these
        async for chunk in request.stream():
            parser.write(chunk)
            if form.gathered >= _PIECE:
                await run_in_threadpool(form.settle)
        parser.finalize()
        form.whole()
        return await run_in_threadpool(form.queued, key)
    except FormParserError:
        raise _amiss("this form cannot be read", "send multipart/form-data, whole") from None
    finally:
        if not form.over:
            with contextlib.suppress(SQLAlchemyError):  # the database is away: what is left goes at the next tidying
                await run_in_threadpool(form.abandoned)


@dataclass
class _Form:
    """What the parser tells, gathered, and settled piece by piece in a thread that may wait for the disk."""

    desk: Desk
    actor: Actor
    ours: Callable[[str], None]
    over: bool = False
    gathered: int = 0
    events: list[_Event] = field(default_factory=list)
    ended: bool = False
    batch: Receiving | None = None
    file: Incoming | None = None
    at: str = ""  # the field that is being read
    told: dict[str, bytes] = field(default_factory=dict)
    header: tuple[bytes, bytes] = (b"", b"")
    disposition: bytes = b""

    def callbacks(self) -> dict[str, Callable[..., Any]]:
        return {
            "on_part_begin": self._part,
            "on_header_field": lambda data, start, end: self._named(data[start:end]),
            "on_header_value": lambda data, start, end: self._valued(data[start:end]),
            "on_header_end": self._header_over,
            "on_headers_finished": lambda: self.events.append(("begin", self.disposition)),
            "on_part_data": lambda data, start, end: self._data(data[start:end]),
            "on_part_end": lambda: self.events.append(("end", b"")),
            "on_end": self._all,
        }

    def _part(self) -> None:
        self.header, self.disposition = (b"", b""), b""

    def _named(self, data: bytes) -> None:
        self.header = (self.header[0] + data, self.header[1])

    def _valued(self, data: bytes) -> None:
        self.header = (self.header[0], self.header[1] + data)

    def _header_over(self) -> None:
        if self.header[0].lower() == b"content-disposition":
            self.disposition = self.header[1]
        self.header = (b"", b"")

    def _data(self, data: bytes) -> None:
        self.events.append(("data", data))
        self.gathered += len(data)

    def _all(self) -> None:
        self.ended = True

    def settle(self) -> None:
        """Raises NotTakenError."""
        events, self.events, self.gathered = self.events, [], 0
        for kind, data in events:
            if kind == "begin":
                self._begin(data)
            elif kind == "data":
                self._more(data)
            else:
                self._end()

    def _begin(self, disposition: bytes) -> None:
        _, options = parse_options_header(disposition)
        name = options.get(b"name", b"").decode("utf-8", "replace")
        given = options.get(b"filename")
        self.at = ""
        if given is None:
            if name not in _FIELDS:
                raise _amiss("the form has a field that is not known", f"files are sent as {', '.join(KINDS)}")
            self.at = name
            self.told[name] = b""
        elif given:  # a browser sends a nameless part where no file was chosen
            self._let_in()
            assert self.batch is not None
            self.file = self.batch.file(name, given.decode("utf-8", "replace"))

    def _let_in(self) -> None:
        self.ours(self.told.get(WORD, b"").decode("utf-8", "replace"))
        if self.batch is None:
            self.batch = receiving.begun(self.desk, self.actor)

    def _more(self, data: bytes) -> None:
        if self.file is not None:
            self.file.write(data)
        elif self.at:
            self.told[self.at] += data
            if len(self.told[self.at]) > _LONGEST:
                raise _amiss("a field is longer than it may be", "shorten it")

    def _end(self) -> None:
        file, self.file = self.file, None
        if file is not None:
            try:
                file.kept()
            finally:
                file.dropped()

    def whole(self) -> None:
        """Raises NotTakenError where the form was cut off."""
        if not self.ended:
            raise _amiss("this form was cut off", "send it again, whole")

    def queued(self, key: str | None) -> Handed:
        self.settle()
        self._let_in()
        assert self.batch is not None
        name = self.told.get("name", b"").decode("utf-8", "replace")
        handed = self.batch.queued(name=name, as_of=_day(self.told.get("as_of", b"")), key=key)
        self.over = True
        return handed

    def abandoned(self) -> None:
        if self.file is not None:
            self.file.dropped()
        if self.batch is not None:
            self.batch.abandoned()


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise _amiss("files come as multipart/form-data", "set the Content-Type, with its boundary")
    return boundary


def _not_too_long(request: Request, desk: Desk) -> None:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > desk.limits.upload + _AROUND:
        what = f"more than {desk.limits.upload / 1e9:.3g} GB are not taken at once"
        raise NotTakenError(Why.TOO_LARGE, what, "hand the files in in several batches")


def _day(given: bytes) -> date | None:
    text = given.decode("utf-8", "replace").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _amiss("the day is not understood", "write as_of as YYYY-MM-DD") from None
    if not date(1990, 1, 1) <= day <= date(2200, 1, 1):
        raise _amiss("the day lies too far away", "as_of is the day from which the claims are looked at")
    return day


def _amiss(what: str, help_: str) -> NotTakenError:
    return NotTakenError(Why.AMISS, what, help_)

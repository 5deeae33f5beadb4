"""What surrounds every request: headers that tell a browser what it may not do, and what is refused unread.

Outermost stands what catches whatever breaks: neither an answer nor the log repeats the message of an error, which may
hold a value of a claim.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claimwright.desk.running import place

_log = logging.getLogger("claimwright.web")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # nothing is told to other sites; with `no-referrer` browsers send forms of our own with `Origin: null`
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HARMLESS = {"GET", "HEAD", "OPTIONS"}
_OURS_TO_KEEP = {200, 206, 304}  # an error's page names who is signed in
_SLOWEST = 60.0  # seconds between two pieces of a body


class Shell:
    """Adds the headers; answers with 403 what another site's page sends with a browser's cookie.

    Pages and answers hold health data and are kept by no cache; files under /static/ are. `broken` makes the answer to
    a request on which the application broke.
    """

    def __init__(self, app: ASGIApp, *, https: bool, broken: Callable[[Request], Response]) -> None:
        self.app, self.https, self.broken = app, https, broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send, static=scope["path"].startswith("/static/"), https=self.https)
        if _foreign(scope):
            refused = PlainTextResponse("This was sent by a page of another site, and is refused.\n", 403)
            await refused(scope, receive, answer)
            return
        try:
            await self.app(scope, receive, answer)
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001 - the columns' engine panics with an error of its own
            _log.error("%s %s: %s", scope["method"], _route(scope), place(error))
            if not answer.begun:
                await self.broken(Request(scope))(scope, receive, answer)
            if not answer.over:
                raise CutOffError from None  # so that nobody takes half an answer for a whole one


class _Answer:
    """An answer on its way, with the headers."""

    def __init__(self, send: Send, *, static: bool, https: bool) -> None:
        self.send, self.static, self.https = send, static, https
        self.begun = self.over = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            kept = self.static and message["status"] in _OURS_TO_KEEP
            headers.setdefault("Cache-Control", "max-age=3600" if kept else "no-store")
            if self.https:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        elif message["type"] == "http.response.body":
            self.over = not message.get("more_body", False)
        await self.send(message)


class CutOffError(Exception):
    """An answer broke off half way; the log says where, in the line before."""


def _route(scope: Scope) -> str:
    """The address without what stands in it."""
    return str(getattr(scope.get("route"), "path", "an address that was not looked up"))


def _foreign(scope: Scope) -> bool:
    """Whether a browser says that another site's page sent this. Programs with tokens say nothing of the kind."""
    if scope["method"] in _HARMLESS:
        return False
    headers = Headers(scope=scope)
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


class Bounds:
    """Bodies have `most` bytes and come without long waits, or are refused with 413 or 408.

    Frameworks read a form before any route is asked who sends it. The routes of `handing_in` know who does before they
    read, and count files themselves.
    """

    def __init__(self, app: ASGIApp, *, most: int, handing_in: frozenset[str]) -> None:
        self.app, self.most, self.handing_in = app, most, handing_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        counted = scope["path"] not in self.handing_in
        await self.app(scope, _bounded(receive, self.most if counted else None), send)


def _bounded(receive: Receive, most: int | None) -> Callable[[], Awaitable[Message]]:
    came, whole = 0, False

    async def bounded() -> Message:
        nonlocal came, whole
        if whole:  # what is waited for now is that the browser goes away
            return await receive()
        try:
            async with asyncio.timeout(_SLOWEST):
                message = await receive()
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "this came too slowly; send it again") from None
        came += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if most is not None and came > most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {most:,} bytes are not taken here")
        return message

    return bounded

"""What surrounds every request: headers that tell a browser what it may not do, and a refusal of foreign forms."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


class Shell:
    """Adds the headers; answers with 403 what another site's page sends with a browser's cookie.

    Pages and answers hold health data and are kept by no cache; files under /static/ are.
    """

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app, self.https = app, https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                static = scope["path"].startswith("/static/")
                headers.setdefault("Cache-Control", "max-age=3600" if static else "no-store")
                if self.https:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        if _foreign(scope):
            refused = PlainTextResponse("This was sent by a page of another site, and is refused.\n", 403)
            await refused(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)


def _foreign(scope: Scope) -> bool:
    """Whether a browser says that another site's page sent this. Programs with tokens say nothing of the kind."""
    if scope["method"] in _HARMLESS:
        return False
    headers = Headers(scope=scope)
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")

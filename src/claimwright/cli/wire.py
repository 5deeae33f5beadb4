"""Connections as the server takes them: a request's head is no longer, and comes no more slowly, than browsers send it.

The server reads a head of any size into memory, and waits for the rest of it for ever; whoever may connect could fill
both. Bodies are bounded behind it (`web.shells`).
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST = 64 * 1024  # bytes of a head after the piece in which it began
SLOWEST = 30.0  # seconds until a head is whole, from the first moment of a connection


class Wire(HttpToolsProtocol):
    """Closes connections whose heads do not end."""

    _head: int | None = None  # bytes of a head that is not whole yet
    _waits: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in the class above
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        began = self._head is not None
        super().data_received(data)
        if self._head is None:
            return
        if began:
            self._head += len(data)
            if self._head > LONGEST:
                self._head = None
                self.send_400_response("The head of this request is too long.")
        elif self._waits is None:
            self._wait()

    def on_message_begin(self) -> None:
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head = None
        self._wait_no_more()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._waits = self.loop.call_later(SLOWEST, self._too_slow)

    def _wait_no_more(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _too_slow(self) -> None:
        self._waits = None
        if not self.transport.is_closing():
            self.transport.close()


def settings() -> dict[str, Any]:
    """What uvicorn is told of it."""
    return {"http": Wire, "ws": "none", "limit_concurrency": 800}  # connections; files and the database need some too

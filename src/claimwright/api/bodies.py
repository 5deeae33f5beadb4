"""Bodies that are read by hand, so that they are read no further than they may be long."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request

from claimwright.api.callers import desk_of
from claimwright.api.problems import RefusedError

JSON = "application/json"


def kind_of(request: Request, *allowed: str) -> str:
    """The media type of the body. Raises RefusedError with 415."""
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found not in allowed:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {' or '.join(allowed)}")
    return found


async def whole(request: Request) -> bytes:
    """The body. Raises RefusedError with 413."""
    most = desk_of(request).limits.claim
    parts: list[bytes] = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > most:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a claim has {most:,} bytes at most")
        parts.append(part)
    return b"".join(parts)

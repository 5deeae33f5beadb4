"""Who may look things up: whoever is signed in, and where the server was started so, everybody."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from claimwright.api.callers import TheDesk
from claimwright.desk.reading import Reading
from claimwright.desk.rights import Right
from claimwright.desk.visits import Browser
from claimwright.web.browsers import SignInError, known

LONGEST = 200  # characters of what is searched for


def guest_or_known(request: Request, desk: TheDesk) -> Browser | None:
    """The signed-in browser; None for a guest, who sees what no page may hide."""
    found = known(request, desk)
    request.state.browser = found
    return found if found is not None and found.actor.may(Right.READ) else None


def looks(request: Request, browser: Annotated[Browser | None, Depends(guest_or_known)]) -> Browser | None:
    """Raises SignInError where guests may not look."""
    if browser is None and not is_public(request):
        raise SignInError
    return browser


def is_public(request: Request) -> bool:
    return bool(request.app.state.public_library)


def reading_of(request: Request) -> Reading:
    found = request.app.state.reading
    assert isinstance(found, Reading)
    return found


Guest = Annotated[Browser | None, Depends(guest_or_known)]
MayLook = Depends(looks)
TheReading = Annotated[Reading, Depends(reading_of)]


def day_of(text: str, otherwise: date) -> date:
    """A day from an address. Raises HTTPException with 422 for what is none."""
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "write a day like 2026-03-10") from None


def nothing_called(what: str, name: str) -> HTTPException:
    shown = name if len(name) <= 60 else f"{name[:60]}…"
    return HTTPException(HTTPStatus.NOT_FOUND, f"no {what} is called {shown!r}; the search finds what is near it")

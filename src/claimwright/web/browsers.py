"""Who looks: a signed-in browser, and the word that its forms carry so that no other site can send them."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from claimwright.api.callers import TheDesk
from claimwright.desk import visits
from claimwright.desk.desk import Desk
from claimwright.desk.rights import Right
from claimwright.desk.visits import Browser

COOKIE = "claimwright"
CSRF_HEADER = "X-CSRF"


def cookie_name(request: Request) -> str:
    """Over TLS a name that browsers take from this very host alone, so that no neighbouring site can plant a cookie."""
    return f"__Host-{COOKIE}" if request.app.state.https else COOKIE


def cookie(request: Request) -> str:
    """What the browser's cookie holds; empty where there is none."""
    return request.cookies.get(cookie_name(request), "")


def given_cookie(request: Request, answer: Response, secret: str) -> Response:
    """The answer that signs the browser in, with `visits.begun`'s secret."""
    https = request.app.state.https
    lasts = int(visits.LONGEST.total_seconds())
    answer.set_cookie(cookie_name(request), secret, max_age=lasts, httponly=True, samesite="lax", secure=https)
    return answer


def taken_cookie(request: Request, answer: Response) -> Response:
    answer.delete_cookie(cookie_name(request), httponly=True, samesite="lax", secure=request.app.state.https)
    return answer


class SignInError(Exception):
    """Nobody is signed in; the answer leads to the page where that is done."""


def known(request: Request, desk: Desk) -> Browser | None:
    """The signed-in browser, if it is one."""
    secret = cookie(request)
    if not secret:
        return None
    with desk.database.reading() as session:
        found = visits.browser(session, desk.now(), secret)
        stale = found is not None and visits.needs_noting(session, desk.now(), secret)
    if stale:
        with desk.database.writing() as session:
            visits.noted(session, desk.now(), secret)
    return found


def signed(request: Request, desk: TheDesk) -> Browser:
    """Raises SignInError."""
    found = known(request, desk)
    if found is None:
        raise SignInError
    request.state.browser = found
    return found


Signed = Annotated[Browser, Depends(signed)]


def form_is_ours(
    request: Request, browser: Signed, csrf: Annotated[str, Form(include_in_schema=False)] = ""
) -> Browser:
    """A form with the browser's own word, in a field or in a header. Raises HTTPException with 403."""
    check_word(request, browser, csrf)
    return browser


def check_word(request: Request, browser: Browser, word: str) -> None:
    """For forms that are not read before this is known. Raises HTTPException with 403."""
    given = request.headers.get(CSRF_HEADER) or word
    if not secrets.compare_digest(given.encode(), browser.csrf.encode()):
        raise HTTPException(HTTPStatus.FORBIDDEN, "this form was made by another page; load the page and send it again")


class Looks:
    """A dependency that lets somebody with a right look, and refuses others with 403."""

    def __init__(self, right: Right) -> None:
        self.right = right

    def __call__(self, browser: Signed) -> Browser:
        return _with(self.right, browser)


class Sends:
    """A dependency that takes a form of ours from somebody with a right, and refuses others with 403."""

    def __init__(self, right: Right) -> None:
        self.right = right

    def __call__(self, browser: Annotated[Browser, Depends(form_is_ours)]) -> Browser:
        return _with(self.right, browser)


def _with(right: Right, browser: Browser) -> Browser:
    if not browser.actor.may(right):
        raise HTTPException(HTTPStatus.FORBIDDEN, f"your role, {browser.actor.role.value}, may not do this")
    return browser


Reader = Annotated[Browser, Depends(Looks(Right.READ))]
Hander = Annotated[Browser, Depends(Looks(Right.CHECK))]
Auditor = Annotated[Browser, Depends(Looks(Right.AUDIT))]
Admin = Annotated[Browser, Depends(Looks(Right.ADMIN))]
# whose form this is
Sender = Annotated[Browser, Depends(form_is_ours)]
Handing = Annotated[Browser, Depends(Sends(Right.CHECK))]
Working = Annotated[Browser, Depends(Sends(Right.WORK))]
Ruling = Annotated[Browser, Depends(Sends(Right.ADMIN))]

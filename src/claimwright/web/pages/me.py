"""One's own page: the password, the browsers that are signed in, and the tokens of programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from claimwright.api.callers import TheDesk
from claimwright.desk import people, visits
from claimwright.desk.desk import Desk
from claimwright.desk.people import RefusedError
from claimwright.desk.rights import Right
from claimwright.desk.secrets import hashed
from claimwright.web.browsers import Sender, Signed, cookie, given_cookie
from claimwright.web.looks import page
from claimwright.web.pages.people import ROLES

router = APIRouter(prefix="/me")
SCOPES = {
    Right.READ: "read batches, lines and the library",
    Right.CHECK: "hand in files and claims",
    Right.WORK: "fix, record, dismiss, assign, comment, export",
    Right.AUDIT: "read the audit trail",
    Right.ADMIN: "look after people, read the server’s figures",
}
DAYS = (30, 90, 180, 366)
_NOT_YOURS = "this is not your password; after a few wrong ones your name is locked for a quarter of an hour"


@router.get("")
def show(request: Request, desk: TheDesk, browser: Signed) -> Response:
    return _page(request, desk, browser)


@router.post("/password")
def change_password(
    request: Request,
    desk: TheDesk,
    browser: Sender,
    current: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    if not _confirmed(desk, browser, current):
        return _page(request, desk, browser, HTTPStatus.UNPROCESSABLE_ENTITY, wrong_password=_NOT_YOURS)
    try:
        with desk.database.writing() as session:
            now = desk.now()
            person = people.password_changed(session, now, browser.actor, password, again)
            secret = visits.begun(session, now, person)
    except RefusedError as error:
        return _page(request, desk, browser, HTTPStatus.UNPROCESSABLE_ENTITY, wrong_password=str(error))
    done = "Your password is changed. Every other browser of yours was signed out."
    with desk.database.reading() as session:
        request.state.browser = visits.browser(session, desk.now(), secret)
    return given_cookie(request, _page(request, desk, browser, done=done, own=secret), secret)


@router.post("/browsers")
def sign_out(
    request: Request, desk: TheDesk, browser: Sender, which: Annotated[str, Form(max_length=64)] = ""
) -> Response:
    """Sign out one other browser of one's own, or all of them where none is named."""
    with desk.database.writing() as session:
        if which:
            visits.one_ended(session, desk.now(), browser.actor, which)
        else:
            actor = browser.actor
            visits.all_ended(session, desk.now(), actor.name, actor.id, but=cookie(request))
    return RedirectResponse("/me#browsers", HTTPStatus.SEE_OTHER)


@router.post("/tokens")
def make_token(
    request: Request,
    desk: TheDesk,
    browser: Sender,
    name: Annotated[str, Form()] = "",
    scopes: Annotated[list[Right] | None, Form()] = None,
    days: Annotated[int, Form()] = 90,
    current: Annotated[str, Form()] = "",
) -> Response:
    """The secret stands on the page that answers, and on no later one."""
    typed: dict[str, Any] = {"token_name": name, "chosen": frozenset(scopes or ()), "days": days}
    if not _confirmed(desk, browser, current):
        return _page(request, desk, browser, HTTPStatus.UNPROCESSABLE_ENTITY, wrong_token=_NOT_YOURS, **typed)
    try:
        with desk.database.writing() as session:
            now = desk.now()
            token, secret = visits.token_made(session, now, browser.actor, name=name, scopes=scopes or (), days=days)
    except RefusedError as error:
        return _page(request, desk, browser, HTTPStatus.UNPROCESSABLE_ENTITY, wrong_token=str(error), **typed)
    return _page(request, desk, browser, made=token, secret=secret)


@router.post("/tokens/{identity}/revoke")
def revoke_token(
    desk: TheDesk, browser: Sender, identity: Annotated[str, Path(pattern="^[A-Za-z0-9_-]{22}$")]
) -> Response:
    with desk.database.writing() as session:
        token = visits.token_of(session, browser.actor, identity)
        if token is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "you have no such token")
        visits.revoked(session, desk.now(), browser.actor, token)
    return RedirectResponse("/me#tokens", HTTPStatus.SEE_OTHER)


def _confirmed(desk: Desk, browser: Signed, password: str) -> bool:
    """A browser left alone is not enough to take a password or to make a token."""
    with desk.database.writing() as session:
        return people.confirmed(session, desk.now(), browser.actor, password)


def _page(
    request: Request, desk: Desk, browser: Signed, status: int = HTTPStatus.OK, own: str = "", **given: Any
) -> Response:
    """`own` is what the browser's cookie holds from now on, where that is new."""
    now = desk.now()
    with desk.database.reading() as session:
        browsers = visits.of_person(session, now, browser.actor.id)
        tokens = visits.tokens_of(session, browser.actor.id)
    shown: dict[str, Any] = {
        "done": "",
        "wrong_password": "",
        "wrong_token": "",
        "token_name": "",
        "chosen": frozenset({Right.READ}),
        "days": 90,
        "made": None,
        "secret": "",
    }
    return page(
        request,
        "me.html.j2",
        status,
        now=now,
        role=ROLES[browser.actor.role],
        browsers=[(visits.handle(one), one, one.hash == hashed(own or cookie(request))) for one in browsers],
        tokens=tokens,
        scopes={right: says for right, says in SCOPES.items() if browser.actor.may(right)},
        offered=DAYS,
        shortest=people.SHORTEST,
        **(shown | given),
    )

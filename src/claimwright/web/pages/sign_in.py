"""Signing in and out, and the links by which a password is set."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from claimwright.api.callers import TheDesk, address_of
from claimwright.api.limits import Bucket
from claimwright.desk import people, visits
from claimwright.desk.people import RefusedError
from claimwright.desk.tables import Person
from claimwright.web.browsers import cookie, form_is_ours, given_cookie, known, taken_cookie
from claimwright.web.looks import page

router = APIRouter()


@router.get("/sign-in")
def ask(request: Request, desk: TheDesk, next: str = "/") -> Response:  # noqa: A002 - the word browsers' addresses use
    if known(request, desk) is not None:
        return RedirectResponse(_own(next), HTTPStatus.SEE_OTHER)
    return page(request, "sign-in.html.j2", next=_own(next), wrong="", name="")


@router.post("/sign-in")
def sign_in(
    request: Request,
    desk: TheDesk,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    now = desk.now()
    if not tries(request).lets(address_of(request), now):
        wrong = "Too many tries from this address. Wait five minutes."
        return page(request, "sign-in.html.j2", HTTPStatus.TOO_MANY_REQUESTS, next=_own(next), wrong=wrong, name=name)
    with desk.database.writing() as session:
        person = people.signed_in(session, now, name, password)
        secret = visits.begun(session, now, person) if person else None
        if secret:
            visits.ended(session, now, cookie(request))  # whoever was signed in here before
    if secret is None:
        wrong = "This name and password do not go together, or the name is locked for a while after wrong passwords."
        return page(request, "sign-in.html.j2", HTTPStatus.FORBIDDEN, next=_own(next), wrong=wrong, name=name)
    return _let_in(request, secret, _own(next))


@router.post("/sign-out", dependencies=[Depends(form_is_ours)])
def sign_out(request: Request, desk: TheDesk) -> Response:
    with desk.database.writing() as session:
        visits.ended(session, desk.now(), cookie(request))
    return taken_cookie(request, RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER))


@router.get("/link")
def ask_password(request: Request, desk: TheDesk) -> Response:
    """The secret is good once, so that an address in a browser's history opens nothing."""
    secret = request.query_params.get("of", "")
    with desk.database.reading() as session:
        person = people.linked(session, desk.now(), secret)
    return _password_page(request, person, secret, "")


@router.post("/link")
def set_password(
    request: Request,
    desk: TheDesk,
    of: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
) -> Response:
    now = desk.now()
    try:
        with desk.database.writing() as session:
            person = people.password_set(session, now, of, password, again)
            if name:
                people.renamed(session, now, person, name)
            secret = visits.begun(session, now, person)
            visits.ended(session, now, cookie(request))
    except RefusedError as error:
        with desk.database.reading() as session:
            person_ = people.linked(session, now, of)
        return _password_page(request, person_, of, str(error))
    return _let_in(request, secret, "/")


def _password_page(request: Request, person: Person | None, secret: str, wrong: str) -> Response:
    status = HTTPStatus.NOT_FOUND if person is None else HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return page(request, "link.html.j2", status, person=person, of=secret, wrong=wrong, shortest=people.SHORTEST)


def _let_in(request: Request, secret: str, to: str) -> Response:
    return given_cookie(request, RedirectResponse(to, HTTPStatus.SEE_OTHER), secret)


def tries(request: Request) -> Bucket:
    found = request.app.state.tries
    assert isinstance(found, Bucket)
    return found


def new_tries() -> Bucket:
    """How often one address may try to sign in, whatever the names."""
    return Bucket(size=20, seconds=300)


def _own(address: str) -> str:
    """An address of this application, never of another: only a path is believed."""
    fine = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if fine and address.isprintable() else "/"

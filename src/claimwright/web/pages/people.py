"""People, for admins: who may come, as what, and a link for whoever has no password yet or forgot it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from claimwright.api.callers import TheDesk
from claimwright.desk import people, roster, visits
from claimwright.desk.desk import Desk
from claimwright.desk.people import RefusedError
from claimwright.desk.rights import RIGHTS
from claimwright.desk.tables import Person, Role
from claimwright.web.browsers import Admin, Ruling
from claimwright.web.looks import page

router = APIRouter(prefix="/people")
Identity = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{22}$")]
ROLES = {
    Role.VIEWER: "reads batches, lines and the library",
    Role.BILLER: "hands in files, works lines, reads the library",
    Role.AUDITOR: "reads batches, lines, the library and the audit trail; changes nothing",
    Role.ADMIN: "does everything, and looks after people",
}


@router.get("")
def listed(request: Request, desk: TheDesk, _: Admin) -> Response:
    return _list(request, desk)


@router.post("")
def add(
    request: Request,
    desk: TheDesk,
    browser: Ruling,
    name: Annotated[str, Form()] = "",
    role: Annotated[Role, Form()] = Role.VIEWER,
) -> Response:
    try:
        with desk.database.writing() as session:
            person, secret = people.added(session, desk.now(), browser.actor.name, name, role)
    except RefusedError as error:
        return _list(request, desk, HTTPStatus.UNPROCESSABLE_ENTITY, wrong=str(error), name=name, role=role)
    return _one(request, desk, person.id, secret=secret)


@router.get("/{identity}")
def one(request: Request, desk: TheDesk, _: Admin, identity: Identity) -> Response:
    return _one(request, desk, identity)


@router.post("/{identity}/role")
def change_role(
    request: Request, desk: TheDesk, browser: Ruling, identity: Identity, role: Annotated[Role, Form()]
) -> Response:
    by = browser.actor.name
    return _done(request, desk, identity, lambda s, one: people.changed(s, desk.now(), by, one, role=role))


@router.post("/{identity}/active")
def change_active(
    request: Request, desk: TheDesk, browser: Ruling, identity: Identity, active: Annotated[bool, Form()]
) -> Response:
    by = browser.actor.name
    return _done(request, desk, identity, lambda s, one: people.changed(s, desk.now(), by, one, active=active))


@router.post("/{identity}/unlock")
def unlock(request: Request, desk: TheDesk, browser: Ruling, identity: Identity) -> Response:
    return _done(request, desk, identity, lambda s, one: people.unlocked(s, desk.now(), browser.actor.name, one))


@router.post("/{identity}/sign-out")
def sign_out(request: Request, desk: TheDesk, browser: Ruling, identity: Identity) -> Response:
    return _done(request, desk, identity, lambda s, one: visits.all_ended(s, desk.now(), browser.actor.name, one.id))


@router.post("/{identity}/revoke")
def revoke(request: Request, desk: TheDesk, browser: Ruling, identity: Identity) -> Response:
    return _done(request, desk, identity, lambda s, one: visits.all_revoked(s, desk.now(), browser.actor.name, one.id))


@router.post("/{identity}/link")
def link(request: Request, desk: TheDesk, browser: Ruling, identity: Identity) -> Response:
    """A link for somebody whose password goes on working until the link is used."""
    return _linked(request, desk, identity, browser.actor.name, people.link_made)


@router.post("/{identity}/reset")
def reset(request: Request, desk: TheDesk, browser: Ruling, identity: Identity) -> Response:
    return _linked(request, desk, identity, browser.actor.name, people.reset)


def _done(request: Request, desk: Desk, identity: str, what: Callable[[Session, Person], None]) -> Response:
    try:
        with desk.database.writing() as session:
            what(session, _there(session, identity))
    except RefusedError as error:
        return _one(request, desk, identity, HTTPStatus.CONFLICT, wrong=str(error))
    return RedirectResponse(f"/people/{identity}", HTTPStatus.SEE_OTHER)


def _linked(request: Request, desk: Desk, identity: str, by: str, make: Callable[..., str]) -> Response:
    try:
        with desk.database.writing() as session:
            secret = make(session, desk.now(), by, _there(session, identity))
    except RefusedError as error:
        return _one(request, desk, identity, HTTPStatus.CONFLICT, wrong=str(error))
    return _one(request, desk, identity, secret=secret)


def _list(request: Request, desk: Desk, status: int = HTTPStatus.OK, **given: Any) -> Response:
    with desk.database.reading() as session:
        rows = roster.standings(session, desk.now())
    shown = {"wrong": "", "name": "", "role": Role.BILLER, **given}
    return page(request, "people.html.j2", status, rows=rows, roles=ROLES, **shown)


def _one(
    request: Request, desk: Desk, identity: str, status: int = HTTPStatus.OK, *, wrong: str = "", secret: str = ""
) -> Response:
    """A person's page; a link that was just made stands on it, and on no later one."""
    with desk.database.reading() as session:
        _there(session, identity)
        standing = roster.standings(session, desk.now(), identity)[0]
    address = str(request.url_for("ask_password").include_query_params(of=secret)) if secret else ""
    return page(
        request, "person.html.j2", status, one=standing, roles=ROLES, rights=RIGHTS, wrong=wrong, address=address
    )


def _there(session: Session, identity: str) -> Person:
    found = session.get(Person, identity)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "there is no such person")
    return found

"""Every door of the application, tried by everyone who may not go through: strangers, other roles, forged words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import desks
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from claimwright.desk import visits
from claimwright.desk.rights import RIGHTS, Right
from claimwright.desk.tables import Person, Role
from claimwright.web import app

SOMETHING = "0" * 32
EMPTY = {"csrf": (None, "")}  # sent as forms with files are
# where anybody may go: to sign in, and what says only that the server is up
JSON = {"Content-Type": "application/json"}
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
OPEN = {"/sign-in", "/link", "/health", "/ready", "/metrics", "/static/report.css"}
# questions to the API that are sent but change nothing
READS = {"/ask"}
# what changes nothing that others see: one's own visits, searches and filters, and questions that are asked by form
ANYBODY_SENDS = ("/sign-out", "/me", "/ask", "/worklist/search", "/worklist/filters")
# where a page asks for more than reading
NEEDS = (
    ("/people", Right.ADMIN),
    ("/trail", Right.AUDIT),
    ("/batches/new", Right.CHECK),
    ("/batches/{identity}/delete", Right.CHECK),
)


@dataclass(frozen=True)
class Door:
    method: str
    path: str

    @property
    def address(self) -> str:
        return re.sub(r"\{[^}]*\}", SOMETHING, self.path)

    @property
    def needs(self) -> Right:
        found = next((right for path, right in NEEDS if self.path == path or self.path.startswith(path + "/")), None)
        if found:
            return found
        sends = self.method != "GET" and not self.path.startswith(ANYBODY_SENDS)
        return Right.CHECK if sends and self.path.startswith("/batches") else Right.WORK if sends else Right.READ


def operations(application: FastAPI) -> Iterator[Door]:
    for path, methods in application.openapi()["paths"].items():
        yield from (Door(method.upper(), path) for method in methods if method.upper() in METHODS)


def doors(application: FastAPI) -> list[Door]:
    found = [door for door in operations(application) if door.path not in OPEN]
    assert len(found) > 10
    return found


@pytest.fixture
def application(desk):
    return app.made(desk)


def test_a_stranger_finds_every_door_closed(visitor):
    for door in doors(visitor.app):
        answer = visitor.request(door.method, door.address)
        assert answer.status_code == 303, door
        assert answer.headers["location"].startswith("/sign-in"), door


@pytest.mark.parametrize("cookie", ["", "x", "cw_" + "A" * 43, "A" * 5000, "null", "' OR 1=1 --"])
def test_a_forged_cookie_opens_nothing(desk, visitor, cookie):
    desks.somebody(desk, "Ada", Role.ADMIN)
    visitor.cookies.set("claimwright", cookie)
    for door in doors(visitor.app):
        assert visitor.request(door.method, door.address).status_code == 303, door


@pytest.mark.parametrize("role", Role)
def test_a_role_goes_through_its_own_doors_only(signed, role):
    client = signed(role)
    for door in doors(client.app):
        if door.path == "/sign-out":
            continue
        status = client.request(door.method, door.address).status_code
        if door.needs in RIGHTS[role]:
            assert status not in {401, 403, 500}, (door, status)
        else:
            assert status == 403, (door, status)


def test_a_form_without_its_word_does_nothing_even_for_an_admin(signed):
    client = signed(Role.ADMIN)
    word = client.headers.pop("X-CSRF")
    for forged in (None, "", word[:-1], word + "x"):
        for door in doors(client.app):
            if door.method != "GET":
                headers = {} if forged is None else {"X-CSRF": forged}
                answer = client.request(door.method, door.address, headers=headers, files=EMPTY)
                assert answer.status_code == 403, (door, forged)


def test_the_word_of_one_browser_is_no_good_in_another(signed):
    one, other = signed(Role.ADMIN), signed(Role.BILLER)
    one.headers["X-CSRF"] = other.headers["X-CSRF"]
    for door in doors(one.app):
        if door.method != "GET":
            assert one.request(door.method, door.address, files=EMPTY).status_code == 403, door


@pytest.fixture
def program(desk):
    """The operations of the API, and what makes a client of an address; an address that guesses is slowed down."""
    application = app.made(desk)
    mounted = next(route.app for route in application.routes if getattr(route, "path", "") == app.API)

    def client(number=1):
        return TestClient(application, f"http://localhost{app.API}", client=(f"127.0.0.{number}", 1))

    return list(operations(mounted)), client


def token(desk, role, scopes, *, days=30):
    person = desks.somebody(desk, f"P {role} {days}", role)
    with desk.database.writing() as session:
        return visits.token_made(session, desk.now(), visits.actor_of(person), name="x", scopes=scopes, days=days)


def test_a_program_without_a_token_in_force_gets_nothing(desk, clock, program):
    tried, client = program
    row, revoked = token(desk, Role.ADMIN, Right)
    with desk.database.writing() as session:
        visits.revoked(session, desk.now(), visits.actor_of(session.get(Person, row.person_id)), session.merge(row))
    _, late = token(desk, Role.ADMIN, Right, days=1)
    clock.passes(days=1)
    assert len(tried) > 5
    for number, forged in enumerate((None, "", "x", revoked, late, late[:-1], "cw_" + "A" * 43)):
        headers = {} if forged is None else {"Authorization": f"Bearer {forged}"}
        for door in tried:
            answer = client(number).request(door.method, door.address, headers=JSON | headers, content=b"{}")
            assert answer.status_code == 401, (door, forged)
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_that_may_only_read_changes_nothing(desk, program):
    tried, client = program
    _, secret = token(desk, Role.ADMIN, [Right.READ])
    for door in tried:
        headers = JSON | {"Authorization": f"Bearer {secret}"}
        answer = client().request(door.method, door.address, headers=headers, content=b"{}")
        if door.method != "GET" and door.path not in READS:
            assert answer.status_code == 403, door
            assert "scope" in answer.json()["detail"]


def test_a_browsers_cookie_is_no_token(signed):
    client = signed(Role.ADMIN)
    assert client.get("/api/v1/about").status_code == 401

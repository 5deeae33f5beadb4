"""One's own page: what a person does with their password, browsers and tokens, and cannot do with another's."""

from __future__ import annotations

import html
import re

import desks
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from claimwright.desk import people, visits
from claimwright.desk.rights import Right
from claimwright.desk.tables import Person, Role, Token
from claimwright.web import app

NEW = "five other words that rhyme"
EVIL = '"><img src=x onerror=alert(1)>'


def made(client, **more):
    told = {"name": "EHR", "scopes": ["read"], "days": "30", "current": desks.PASSWORD, **more}
    return client.post("/me/tokens", data=told)


def secret_in(text):
    return re.search(r'value="(cw_[^"]+)"', html.unescape(text))[1]


def asked(client, secret, path="/api/v1/batches"):
    return client.get(path, headers={"Authorization": f"Bearer {secret}"}).status_code


@pytest.fixture
def second(desk):
    """A second browser in which a person of this name is signed in."""
    opened = []

    def sign_in(name):
        client = TestClient(app.made(desk), base_url="http://localhost", follow_redirects=False)
        opened.append(client.__enter__())
        assert client.post("/sign-in", data={"name": name, "password": desks.PASSWORD}).status_code == 303
        return client

    yield sign_in
    for client in opened:
        client.__exit__(None, None, None)


def test_a_token_is_shown_once_works_and_is_revoked(signed, visitor):
    biller = signed(Role.BILLER)
    answer = made(biller)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    secret = secret_in(answer.text)
    assert secret not in biller.get("/me").text
    assert asked(visitor, secret) == 200
    identity = re.search(r"/me/tokens/([^/]+)/revoke", biller.get("/me").text)[1]
    assert biller.post(f"/me/tokens/{identity}/revoke").status_code == 303
    assert asked(visitor, secret) == 401
    assert "revoked" in biller.get("/me").text


def test_a_token_does_what_its_scopes_say_and_ends_with_its_days(signed, visitor, clock):
    biller = signed(Role.BILLER)
    reads = secret_in(made(biller).text)
    works = secret_in(made(biller, scopes=["check"]).text)
    assert asked(visitor, reads) == 200
    assert asked(visitor, works) == 403  # may hand in, may not read
    for forged in (reads[:-1] + ("A" if reads[-1] != "A" else "B"), "cw_" + "A" * 43, "cw_", reads.upper(), ""):
        assert asked(visitor, forged) == 401
    clock.passes(days=31)
    assert asked(visitor, reads) == 401


def test_a_token_gets_no_more_than_its_person_may(signed):
    viewer = signed(Role.VIEWER)
    assert 'value="admin"' not in viewer.get("/me").text
    for scopes in (["admin"], ["read", "work"], []):
        answer = made(viewer, scopes=scopes)
        assert answer.status_code == 422
        assert "cw_" not in answer.text.replace("Bearer cw_…", "")
    assert made(viewer, scopes=["everything"]).status_code == 422
    assert made(viewer, days="3660").status_code == 422
    assert made(viewer, days="-1").status_code == 422
    assert made(viewer, name="").status_code == 422


def test_a_browser_left_alone_makes_no_token_and_takes_no_password(desk, signed, visitor):
    biller = signed(Role.BILLER)
    assert made(biller, current="").status_code == 422
    answer = biller.post("/me/password", data={"current": "guessed", "password": NEW, "again": NEW})
    assert answer.status_code == 422
    assert "not your password" in answer.text
    for _ in range(3):
        made(biller, current="guess")
    assert made(biller).status_code == 422  # the right one does not help now: locked as at sign-in
    assert visitor.post("/sign-in", data={"name": "A biller", "password": desks.PASSWORD}).status_code == 403
    with desk.database.reading() as session:
        assert session.scalars(select(Token)).all() == []


def test_another_password_signs_every_other_browser_out(signed, second, visitor):
    biller, other = signed(Role.BILLER), second("A biller")
    told = {"current": desks.PASSWORD, "password": NEW, "again": NEW}
    assert biller.post("/me/password", data=told | {"again": "something else here"}).status_code == 422
    assert biller.post("/me/password", data=told | {"password": "short", "again": "short"}).status_code == 422
    assert other.get("/").status_code == 200
    assert "is changed" in biller.post("/me/password", data=told).text
    assert biller.get("/").status_code == 200
    assert other.get("/").status_code == 303
    assert visitor.post("/sign-in", data={"name": "A biller", "password": desks.PASSWORD}).status_code == 403
    assert visitor.post("/sign-in", data={"name": "A biller", "password": NEW}).status_code == 303


def test_a_person_signs_out_their_other_browsers_one_or_all(signed, second):
    biller, one, two = signed(Role.BILLER), second("A biller"), second("A biller")
    handles = re.findall(r'name="which" value="([^"]+)"', biller.get("/me").text)
    assert len(handles) == 2
    biller.post("/me/browsers", data={"which": handles[0]})
    assert sorted(client.get("/").status_code for client in (one, two)) == [200, 303]
    biller.post("/me/browsers")
    assert {client.get("/").status_code for client in (one, two)} == {303}
    assert biller.get("/").status_code == 200


def test_nobody_sees_or_ends_what_is_another_persons(desk, signed):
    ada, bea = signed(Role.ADMIN), signed(Role.BILLER)
    secret = secret_in(made(bea, name="BEA'S PROGRAM").text)
    with desk.database.reading() as session:
        token = session.scalar(select(Token))
        person = session.scalar(select(Person).where(Person.name == "A biller"))
        visit = visits.of_person(session, desk.now(), person.id)[0]
    text = ada.get("/me").text
    assert "PROGRAM" not in text
    assert token.id not in text
    assert visits.handle(visit) not in text
    assert ada.post(f"/me/tokens/{token.id}/revoke").status_code == 404
    ada.post("/me/browsers", data={"which": visits.handle(visit)})
    ada.post("/me/browsers")
    assert bea.get("/").status_code == 200
    assert asked(bea, secret) == 200


def test_what_names_a_browser_in_a_form_does_not_make_one(desk, signed, visitor):
    signed(Role.BILLER)
    with desk.database.reading() as session:
        person = session.scalar(select(Person).where(Person.name == "A biller"))
        visit = visits.of_person(session, desk.now(), person.id)[0]
    for cookie in (visits.handle(visit), visit.hash):
        visitor.cookies.set("claimwright", cookie)
        assert visitor.get("/me").status_code == 303


def test_script_in_the_name_of_a_token_is_shown_as_written(signed):
    biller = signed(Role.BILLER)
    for text in (made(biller, name=EVIL).text, biller.get("/me").text, made(biller, name=EVIL, current="x").text):
        assert EVIL not in text
        assert "&lt;img src=x" in text


def test_a_form_of_another_page_makes_no_token(desk, signed):
    biller = signed(Role.BILLER)
    biller.headers["X-CSRF"] = "guessed"
    assert made(biller).status_code == 403
    with desk.database.reading() as session:
        assert session.scalar(select(Token)) is None


def test_every_role_has_its_page(signed):
    for role in Role:
        text = signed(role).get("/me").text
        assert "Signed-in browsers" in text
        assert [right.value for right in Right if f'value="{right.value}"' in text] == [
            right.value for right in Right if right in people.RIGHTS[role]
        ]

"""People, as an admin looks after them, and as everybody else may not."""

from __future__ import annotations

import html
import re

import desks
import pytest
from sqlalchemy import select

from claimwright.desk import people, visits
from claimwright.desk.rights import Right
from claimwright.desk.tables import Person, Role, Trail

EVIL = '<script>alert("x")</script>'


def link_in(text):
    """The secret of the link that a page shows."""
    return re.search(r'value="http://localhost/link\?of=([^"]+)"', html.unescape(text))[1]


def told(desk):
    with desk.database.reading() as session:
        return session.scalars(select(Trail.action).order_by(Trail.number)).all()


def person(desk, name):
    with desk.database.reading() as session:
        return session.scalar(select(Person).where(Person.name == name))


def test_an_admin_adds_somebody_who_comes_in_by_the_link_once(desk, signed, visitor):
    admin = signed(Role.ADMIN)
    answer = admin.post("/people", data={"name": "Bea  Biller", "role": "biller"})
    assert answer.status_code == 200
    assert "shown this once" in answer.text
    secret = link_in(answer.text)
    bea = person(desk, "Bea Biller")
    assert secret not in admin.get(f"/people/{bea.id}").text
    assert "no password yet" in admin.get("/people").text
    set_ = {"of": secret, "name": "Bea Biller", "password": desks.PASSWORD, "again": desks.PASSWORD}
    assert visitor.post("/link", data=set_).status_code == 303
    assert visitor.post("/link", data=set_).status_code == 404
    assert "Bea Biller" in visitor.get("/").text
    assert visitor.get("/people").status_code == 403
    assert [one for one in told(desk) if one in {"person added", "password set"}][-2:] == [
        "person added",
        "password set",
    ]


def test_a_name_that_is_taken_or_reserved_is_refused_and_kept_in_the_form(signed):
    admin = signed(Role.ADMIN)
    for name, why in (("A ADMIN", "taken"), ("Claimwright", "no person"), ("root (command line)", "no person")):
        answer = admin.post("/people", data={"name": name, "role": "auditor"})
        assert answer.status_code == 422
        assert why in answer.text
        assert f'value="{name}"' in answer.text
        assert 'value="auditor" checked' in answer.text
    assert admin.post("/people", data={"name": "X", "role": "emperor"}).status_code == 422
    assert admin.post("/people", data={"name": "", "role": "viewer"}).status_code == 422


@pytest.mark.parametrize("role", [Role.VIEWER, Role.BILLER, Role.AUDITOR])
def test_nobody_else_reaches_the_pages_or_does_what_they_do(desk, signed, role):
    somebody = signed(role)
    victim = desks.somebody(desk, "Ada", Role.ADMIN)
    before = told(desk)
    me = person(desk, f"A {role.value}")
    assert somebody.get("/people").status_code == 403
    assert somebody.get(f"/people/{victim.id}").status_code == 403
    assert 'href="/people"' not in somebody.get("/").text
    tried = [
        ("/people", {"name": "Mine", "role": "admin"}),
        (f"/people/{me.id}/role", {"role": "admin"}),
        *((f"/people/{victim.id}/{what}", {}) for what in ("link", "reset", "unlock", "sign-out", "revoke")),
        (f"/people/{victim.id}/active", {"active": "false"}),
    ]
    for path, data in tried:
        answer = somebody.post(path, data=data)
        assert answer.status_code == 403, path
        assert "link?of=" not in answer.text
    assert told(desk) == before


def test_who_is_not_signed_in_is_led_away(visitor):
    for path in ("/people", "/trail", "/trail/trail.csv", "/me"):
        assert visitor.get(path).headers["location"].startswith("/sign-in")
    for path in ("/people", "/me/password", "/me/tokens", "/me/browsers"):
        answer = visitor.post(path, data={"name": "x"})
        assert (answer.status_code, answer.headers.get("location")) == (303, "/sign-in")


def test_a_form_of_another_page_changes_nothing(desk, signed):
    admin = signed(Role.ADMIN)
    before = told(desk)
    answer = admin.post("/people", data={"name": "Mallory", "role": "admin"}, headers={"X-CSRF": "guessed"})
    assert answer.status_code == 403
    assert told(desk) == before


def test_the_last_admin_stays_one(desk, signed):
    admin = signed(Role.ADMIN)
    me = person(desk, "A admin")
    admin.post("/people", data={"name": "Never Came", "role": "admin"})  # cannot sign in: is none to rely on
    for path, data in (("role", {"role": "viewer"}), ("active", {"active": "false"})):
        answer = admin.post(f"/people/{me.id}/{path}", data=data)
        assert answer.status_code == 409
        assert "last admin" in answer.text
    desks.somebody(desk, "Ada", Role.ADMIN)
    assert admin.post(f"/people/{me.id}/role", data={"role": "viewer"}).status_code == 303
    assert admin.get("/people").headers["location"].startswith("/sign-in")  # signed out by it


def test_who_is_deactivated_is_out_at_once_and_so_are_tokens_and_links(desk, signed):
    admin, biller = signed(Role.ADMIN), signed(Role.BILLER)
    bea = person(desk, "A biller")
    with desk.database.writing() as session:
        _, token = visits.token_made(
            session, desk.now(), people.actor_of(bea), name="EHR", scopes=[Right.READ], days=30
        )
        secret = people.link(session, desk.now(), session.get_one(Person, bea.id))
    assert "1 browser, 1 token in force" in admin.get(f"/people/{bea.id}").text
    assert admin.post(f"/people/{bea.id}/active", data={"active": "false"}).status_code == 303
    assert biller.get("/").headers["location"] == "/sign-in"
    answer = biller.post("/sign-in", data={"name": "A biller", "password": desks.PASSWORD})
    assert answer.status_code == 403
    assert admin.post(f"/people/{bea.id}/link").status_code == 409
    admin.post(f"/people/{bea.id}/active", data={"active": "true"})
    with desk.database.reading() as session:
        assert visits.bearer(session, desk.now(), token) is None  # does not come back with the person
        assert people.linked(session, desk.now(), secret) is None
    assert biller.post("/sign-in", data={"name": "A biller", "password": desks.PASSWORD}).status_code == 303


def test_a_reset_ends_the_password_at_once_and_a_link_does_not(desk, signed, visitor):
    admin, biller = signed(Role.ADMIN), signed(Role.BILLER)
    bea = person(desk, "A biller")
    first = link_in(admin.post(f"/people/{bea.id}/link").text)
    assert biller.get("/").status_code == 200
    second = link_in(admin.post(f"/people/{bea.id}/reset").text)
    assert biller.get("/").status_code == 303
    assert visitor.post("/sign-in", data={"name": "A biller", "password": desks.PASSWORD}).status_code == 403
    assert visitor.get(f"/link?of={first}").status_code == 404
    assert visitor.get(f"/link?of={second}").status_code == 200
    assert told(desk)[-3:] == ["link made", "password reset", "sign-in failed"]


def test_a_locked_name_is_seen_and_unlocked(desk, signed, visitor):
    admin = signed(Role.ADMIN)
    bea = desks.somebody(desk, "Bea", Role.BILLER)
    for _ in range(people.TRIES):
        visitor.post("/sign-in", data={"name": "Bea", "password": "wrong words here"})
    assert visitor.post("/sign-in", data={"name": "Bea", "password": desks.PASSWORD}).status_code == 403
    assert ">locked<" in admin.get("/people").text
    assert "Unlock now" in admin.get(f"/people/{bea.id}").text
    admin.post(f"/people/{bea.id}/unlock")
    assert visitor.post("/sign-in", data={"name": "Bea", "password": desks.PASSWORD}).status_code == 303


def test_signing_out_and_revoking_for_somebody_else(desk, signed):
    admin, biller = signed(Role.ADMIN), signed(Role.BILLER)
    bea = person(desk, "A biller")
    with desk.database.writing() as session:
        actor = people.actor_of(bea)
        _, token = visits.token_made(session, desk.now(), actor, name="THEIR PROGRAM", scopes=[Right.READ], days=30)
    assert "THEIR PROGRAM" not in admin.get(f"/people/{bea.id}").text  # an admin ends tokens and need not see them
    admin.post(f"/people/{bea.id}/sign-out")
    assert biller.get("/").status_code == 303
    admin.post(f"/people/{bea.id}/revoke")
    with desk.database.reading() as session:
        assert visits.bearer(session, desk.now(), token) is None
        assert session.scalars(select(Trail.detail).order_by(Trail.number.desc())).first()["tokens"] == 1


def test_a_name_with_script_in_it_is_shown_as_written(desk, signed):
    admin = signed(Role.ADMIN)
    admin.post("/people", data={"name": EVIL, "role": "viewer"})
    evil = person(desk, EVIL)
    for path in ("/people", f"/people/{evil.id}", "/trail"):
        text = admin.get(path).text
        assert EVIL not in text, path
        assert "&lt;script&gt;alert(" in text, path
    assert EVIL not in admin.post("/people", data={"name": EVIL, "role": "viewer"}).text


def test_nobody_there_is_not_found(signed):
    admin = signed(Role.ADMIN)
    for identity in ("A" * 22, "..%2f..%2fetc", "x"):
        assert admin.get(f"/people/{identity}").status_code in {404, 422}
    assert admin.post(f"/people/{'A' * 22}/reset").status_code == 404

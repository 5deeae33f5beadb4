"""Cookies taken, planted and kept; names written otherwise; roles that end while a browser is open."""

from __future__ import annotations

import re

import desks
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from claimwright.api.limits import network_of
from claimwright.desk import people
from claimwright.desk.tables import Person, Role, Trail, Visit
from claimwright.web import app

NEW = "five other words that rhyme"


def sign_in(client, name="Bea", password=desks.PASSWORD):
    return client.post("/sign-in", data={"name": name, "password": password})


def visits_kept(desk):
    with desk.database.reading() as session:
        return len(session.scalars(select(Visit)).all())


def again_with(desk, cookie):
    """Another browser that has somebody's cookie."""
    client = TestClient(app.made(desk), base_url="http://localhost", follow_redirects=False)
    client.cookies.set("claimwright", cookie)
    return client.get("/").status_code


def test_a_cookie_is_made_at_sign_in_and_none_that_was_planted_is_used(desk, visitor):
    desks.somebody(desk, "Bea", Role.BILLER)
    visitor.cookies.set("claimwright", "planted")
    cookie = sign_in(visitor).cookies["claimwright"]
    assert cookie != "planted"
    assert again_with(desk, "planted") == 303
    assert again_with(desk, cookie) == 200


def test_whoever_was_signed_in_here_before_is_signed_out(desk, visitor):
    desks.somebody(desk, "Bea", Role.BILLER)
    desks.somebody(desk, "Ada", Role.ADMIN)
    first = sign_in(visitor, "Ada").cookies["claimwright"]
    sign_in(visitor)
    assert again_with(desk, first) == 303
    assert visits_kept(desk) == 1


def test_a_cookie_that_was_taken_ends_with_the_sign_out_and_with_another_password(desk, signed):
    biller = signed(Role.BILLER)
    taken = biller.cookies["claimwright"]
    answer = biller.post("/me/password", data={"current": desks.PASSWORD, "password": NEW, "again": NEW})
    assert "Your password is changed" in answer.text
    assert again_with(desk, taken) == 303
    biller.headers["X-CSRF"] = re.search(r'data-csrf="([^"]+)"', answer.text)[1]
    own = biller.cookies["claimwright"]
    assert again_with(desk, own) == 200
    assert biller.post("/sign-out").status_code == 303
    assert again_with(desk, own) == 303


def test_a_cookie_is_no_scripts_and_no_other_sites(desk, visitor):
    desks.somebody(desk, "Bea", Role.BILLER)
    told = sign_in(visitor).headers["set-cookie"].lower()
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in told.split(";")}
    assert "domain" not in told


def test_over_tls_a_cookie_goes_over_nothing_else_and_is_of_this_host_alone(desk):
    desks.somebody(desk, "Bea", Role.BILLER)
    application = app.made(desk, https=True)
    with TestClient(application, base_url="https://localhost", follow_redirects=False) as client:
        told = sign_in(client).headers["set-cookie"]
        assert told.startswith("__Host-claimwright=")
        assert "; Secure" in told
        assert client.get("/").headers["strict-transport-security"]
        word = re.search(r'data-csrf="([^"]+)"', client.get("/").text)[1]
        cookie = client.cookies["__Host-claimwright"]
        ended = client.post("/sign-out", headers={"X-CSRF": word}).headers["set-cookie"]
        assert "__Host-claimwright=" in ended
        assert "; Secure" in ended
    with TestClient(application, base_url="https://localhost", follow_redirects=False) as neighbour:
        neighbour.cookies.set("claimwright", cookie)  # as a neighbouring site can set it
        assert neighbour.get("/").status_code == 303


NAMES = ["bea biller", "BEA BILLER", "  Bea   Biller ", "Bea\u00a0Biller", "Ｂea Biller", "Bea\0Biller"]


def test_no_way_to_write_a_name_gives_more_tries(desk, visitor):
    desks.somebody(desk, "Bea Biller", Role.BILLER)
    for name in NAMES[: people.TRIES]:
        assert sign_in(visitor, name, "wrong words").status_code == 403
    for name in NAMES:
        assert sign_in(visitor, name).status_code == 403, name


@pytest.mark.parametrize("name", ["Ｂea", "BEA", "B\u00adea", "ｃlaimwright", "root (Command Line)", "a\u202eb"])
def test_nobody_takes_a_name_that_looks_like_anothers(desk, name):
    desks.somebody(desk, "Bea", Role.BILLER)
    with pytest.raises(people.RefusedError), desk.database.writing() as session:
        people.added(session, desk.now(), "tests", name, Role.VIEWER)


def test_nobody_learns_which_names_there_are(desk, visitor):
    desks.somebody(desk, "Bea", Role.BILLER)
    known, unknown = sign_in(visitor, "Bea", "wrong words"), sign_in(visitor, "Zoe", "wrong words")
    assert known.status_code == unknown.status_code == 403
    assert known.text.replace("Bea", "") == unknown.text.replace("Zoe", "")
    with desk.database.reading() as session:
        told = [row.detail for row in session.scalars(select(Trail).where(Trail.action == "sign-in failed"))]
    assert len(told) == 2, "both take the same writing, and the auditor sees both"
    assert "Zoe" not in str(told)


def test_another_role_and_no_access_hold_at_once(desk, signed):
    biller, admin = signed(Role.BILLER), signed(Role.ADMIN)
    with desk.database.reading() as session:
        identity = session.scalar(select(Person.id).where(Person.name == "A biller"))
    assert admin.post(f"/people/{identity}/role", data={"role": "viewer"}).status_code == 303
    assert biller.get("/batches/new").status_code == 303
    sign_in(biller, "A biller")
    assert biller.get("/batches/new").status_code == 403
    assert admin.post(f"/people/{identity}/active", data={"active": "false"}).status_code == 303
    assert biller.get("/").status_code == 303
    assert sign_in(biller, "A biller").status_code == 403


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.1"),
        ("testclient", "testclient"),
    ],
)
def test_tries_are_counted_by_what_one_machine_has(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize(
    "to", ["//[", "/[", "//[::1", "/\\/evil.example", "/a\\b", "///evil.example", "https:e.example"]
)
def test_an_odd_way_back_leads_nowhere_else(visitor, to):
    answer = visitor.get("/sign-in", params={"next": to})
    assert answer.status_code == 200
    assert re.search(r'name="next" value="([^"]*)"', answer.text)[1] in {"/", "/["}

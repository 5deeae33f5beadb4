from __future__ import annotations

import desks
import pytest

from claimwright.desk import people
from claimwright.desk.tables import Role


def test_who_is_not_signed_in_is_led_to_the_page_and_back(desk, visitor):
    desks.somebody(desk, "Bea Biller", Role.BILLER)
    answer = visitor.get("/?q=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2F%3Fq%3D1")
    assert "Sign in" in visitor.get(answer.headers["location"]).text
    told = {"name": "bea  BILLER", "password": desks.PASSWORD, "next": "/?q=1"}
    answer = visitor.post("/sign-in", data=told)
    assert answer.headers["location"] == "/?q=1"
    assert "Bea Biller" in visitor.get("/").text


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(desk, visitor, to):
    desks.somebody(desk, "Bea", Role.BILLER)
    answer = visitor.post("/sign-in", data={"name": "Bea", "password": desks.PASSWORD, "next": to})
    assert answer.headers["location"] == "/"


def test_the_first_link_makes_an_admin_once(desk, visitor):
    with desk.database.writing() as session:
        secret = people.first_link(session, desk.now())
    assert "Set your password" in visitor.get(f"/link?of={secret}").text
    told = {"of": secret, "name": "Ada", "password": desks.PASSWORD, "again": "something else"}
    assert "type the password twice" in visitor.post("/link", data=told).text
    assert visitor.post("/link", data=told | {"again": desks.PASSWORD}).status_code == 303
    assert "People" in visitor.get("/").text
    assert visitor.get(f"/link?of={secret}").status_code == 404


def test_a_form_of_another_page_or_another_site_is_refused(signed):
    client = signed(Role.BILLER)
    assert client.post("/sign-out", headers={"X-CSRF": "guessed"}).status_code == 403
    assert client.post("/sign-out", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.post("/sign-out").status_code == 303
    assert client.get("/").status_code == 303


def test_every_answer_tells_the_browser_what_it_may_not_do(visitor):
    for path in ("/sign-in", "/nowhere", "/static/app.css", "/api/v1/about", "/api/v1/nowhere"):
        headers = visitor.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path


def test_an_address_that_guesses_is_slowed_down(desk, visitor):
    desks.somebody(desk, "Bea", Role.BILLER)
    codes = [visitor.post("/sign-in", data={"name": f"name {n}", "password": "x"}).status_code for n in range(21)]
    assert codes == [403] * 20 + [429]

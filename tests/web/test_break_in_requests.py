"""Requests that are too long, too slow or not what they say: refused before anything of them is kept."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import desks
import httpx2
import pytest
from fastapi.testclient import TestClient

from claimwright.desk.tables import Role
from claimwright.web import app, shells

FORM = {"Content-Type": "multipart/form-data; boundary=b"}


def large(pieces=8):
    yield b'--b\r\nContent-Disposition: form-data; name="name"; filename="x"\r\n\r\n'
    for _ in range(pieces):
        yield b"x" * 1_000_000
    yield b"\r\n--b--\r\n"


@pytest.mark.parametrize("path", ["/sign-in", "/link", "/sign-out", "/me/password", "/worklist/act", "/ask"])
def test_no_form_is_read_past_what_a_form_has(visitor, tmp_path, monkeypatch, path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = visitor.post(path, content=large(), headers=FORM)
    assert answer.status_code == 413
    assert "Content-Security-Policy" in answer.headers
    assert {path.name for path in tmp_path.iterdir()} <= {"desk"}, "nothing of it lies about"


def test_the_api_takes_no_more_than_a_claim(visitor):
    for path in ("/api/v1/check", "/api/v1/ask"):
        answer = visitor.post(path, content=b"x" * 9_000_000, headers={"Content-Type": "application/json"})
        assert answer.status_code == 401, "it is not even read"


def test_a_stranger_hands_in_no_byte(desk, visitor):
    for path, status in (("/batches", 303), ("/api/v1/batches", 401)):
        assert visitor.post(path, content=large(2), headers=FORM).status_code == status
    assert not desk.files.exists()


def test_a_body_that_stops_coming_is_given_up(desk, monkeypatch):
    monkeypatch.setattr(shells, "_SLOWEST", 0.2)

    async def stalled():
        yield b"name="
        await asyncio.sleep(30)

    async def sent():
        transport = httpx2.ASGITransport(app.made(desk))
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            return await asyncio.wait_for(client.post("/sign-in", content=stalled(), headers=headers), 20)

    with ThreadPoolExecutor(1) as beside:  # a browser of other tests may keep this thread's loop
        assert beside.submit(lambda: asyncio.run(sent())).result().status_code == 408


ORIGINS = [
    "http://[",
    "null",
    "",
    "http://localhost.evil",
    "http://evil",
    "https://localhost:1",
    "http://localhost/",
    "x",
]


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_other_page_sends_a_form_whatever_it_says_it_is(desk, visitor, origin):
    desks.somebody(desk, "Bea", Role.BILLER)
    told = {"name": "Bea", "password": desks.PASSWORD}
    assert visitor.post("/sign-in", data=told, headers={"Origin": origin}).status_code == 403
    for site in ("cross-site", "same-site"):
        assert visitor.post("/sign-in", data=told, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert visitor.post("/sign-in", data=told, headers={"Origin": "http://localhost"}).status_code == 303


@pytest.mark.parametrize("form", ["multipart", "json", "text"])
def test_no_kind_of_body_goes_without_the_word(signed, form):
    client = signed(Role.ADMIN)
    del client.headers["X-CSRF"]
    sent = {
        "multipart": {"files": {"name": (None, "Eve"), "role": (None, "admin")}},
        "json": {"json": {"name": "Eve", "role": "admin"}},
        "text": {"content": "name=Eve&role=admin", "headers": {"Content-Type": "text/plain"}},
    }[form]
    assert client.post("/people", **sent).status_code == 403
    assert client.post("/people", params={"csrf": "x", "name": "Eve", "role": "admin"}).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost:1@evil.example", "localhost.", "localhost.evil", "", "[::2]"]
)
def test_another_name_is_not_answered(visitor, host):
    assert visitor.get("/sign-in", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/static/nothing", "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"]
)
def test_no_file_beside_those_of_pages_is_given_and_no_cache_keeps_who_asked(signed, path):
    answer = signed(Role.VIEWER).get(path)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


def test_pages_are_kept_by_no_cache_and_shown_in_no_frame(signed):
    client = signed(Role.ADMIN)
    for path in ("/", "/worklist", "/batches", "/people", "/trail", "/trail/trail.csv", "/me", "/search.json?q=x"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store", path
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


@pytest.mark.parametrize("path", ["//evil.example/", "/%2fevil.example/", "/worklist/", "//evil.example/%2f.."])
def test_no_address_leads_to_another_site(visitor, path):
    to = visitor.get(f"http://localhost{path}").headers.get("location", "/")
    assert to.startswith(("http://localhost/", "/"))
    assert not to.startswith("//")


def test_with_a_public_library_guests_read_the_library_and_nothing_else(desk):
    with TestClient(app.made(desk, public_library=True), base_url="http://localhost", follow_redirects=False) as guest:
        doors = [path for path, methods in guest.app.openapi()["paths"].items() if "get" in methods]
        closed = [
            path for path in doors if not path.startswith(("/library", "/search", "/sign-in", "/link", "/static"))
        ]
        assert len(closed) > 10
        for path in closed:
            if path in {"/health", "/ready", "/metrics"}:
                continue
            answer = guest.get(path.replace("{", "").replace("}", ""))
            assert answer.status_code in {303, 404, 422}, path
        for path in ("/worklist", "/batches", "/trail", "/people", "/me", "/ask", f"/lines/{'a' * 22}"):
            assert guest.get(path).headers["location"].startswith("/sign-in"), path
        assert guest.get("/api/v1/batches").status_code == 401
        assert guest.get("/library").status_code == 200


def test_figures_are_for_this_machine_unless_a_proxy_speaks_for_others(desk):
    def asked(*, https):
        client = TestClient(app.made(desk, https=https), base_url="http://localhost", client=("127.0.0.1", 1))
        return client.get("/metrics").status_code

    assert (asked(https=False), asked(https=True)) == (200, 403)


def test_nothing_but_the_desk_is_written(desk, signed, tmp_path):
    signed(Role.ADMIN).get("/worklist")
    assert {path.name for path in tmp_path.iterdir()} == {"desk"}
    for path in Path(desk.folder).rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path.name

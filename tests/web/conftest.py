from __future__ import annotations

from collections.abc import Callable, Iterator

import desks
import pytest
from fastapi.testclient import TestClient

from claimwright.desk.desk import Desk
from claimwright.desk.tables import Role
from claimwright.web import app


@pytest.fixture
def clock() -> desks.Clock:
    return desks.Clock()


@pytest.fixture
def desk(tmp_path, clock) -> Iterator[Desk]:
    made = desks.desk(tmp_path / "desk", clock=clock)
    yield made
    made.database.close()


@pytest.fixture
def visitor(desk) -> Iterator[TestClient]:
    """A browser in which nobody is signed in."""
    with TestClient(app.made(desk), base_url="http://localhost", follow_redirects=False) as client:
        yield client


@pytest.fixture
def signed(desk) -> Iterator[Callable[[Role], TestClient]]:
    """A browser in which somebody of a role is signed in; `client.headers` carry the word of its forms."""
    application = app.made(desk)
    opened = []

    def sign_in(role: Role) -> TestClient:
        name = f"A {role.value}"
        desks.somebody(desk, name, role)
        client = TestClient(application, base_url="http://localhost", follow_redirects=False)
        opened.append(client.__enter__())
        answer = client.post("/sign-in", data={"name": name, "password": desks.PASSWORD})
        assert answer.status_code == 303, answer.text
        word = client.get("/").text.partition('data-csrf="')[2].partition('"')[0]
        client.headers["X-CSRF"] = word
        return client

    yield sign_in
    for client in opened:
        client.__exit__(None, None, None)

from __future__ import annotations

from collections.abc import Callable, Iterator

import desks
import pytest
from fastapi.testclient import TestClient

from claimwright.desk import visits
from claimwright.desk.desk import Desk
from claimwright.desk.people import actor_of
from claimwright.desk.rights import Right
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
def token(desk) -> Callable[..., str]:
    """The secret of a new token, for somebody of a role, with some of the role's rights or all."""

    def make(role: Role = Role.BILLER, *scopes: Right) -> str:
        person = desks.somebody(desk, f"A {role.value} {len(scopes)}", role)
        with desk.database.writing() as session:
            actor = actor_of(person)
            wanted = scopes or actor.rights
            return visits.token_made(session, desk.now(), actor, name="tests", scopes=wanted, days=30)[1]

    return make


@pytest.fixture
def stranger(desk) -> Iterator[TestClient]:
    """A program without a token."""
    with TestClient(app.made(desk), base_url="http://localhost/api/v1") as client:
        yield client


@pytest.fixture
def program(stranger, token) -> TestClient:
    """A program with a biller's token."""
    stranger.headers["Authorization"] = f"Bearer {token()}"
    return stranger

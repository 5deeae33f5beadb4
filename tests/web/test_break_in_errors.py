"""What breaks tells nobody anything: not the answer, and not the log."""

from __future__ import annotations

import logging

import desks
import pytest
from fastapi.testclient import TestClient
from polars.exceptions import PanicException
from starlette.responses import StreamingResponse

from claimwright.desk import visits
from claimwright.desk.people import actor_of
from claimwright.desk.rights import Right
from claimwright.desk.tables import Role
from claimwright.web import app

VALUE = "Jane Doe, MEMBER-4711"


@pytest.fixture
def broken(desk, caplog):
    """An application with routes that break, each in its way, before and behind the API."""
    made = app.made(desk)
    mounted = next(route.app for route in made.routes if getattr(route, "path", "") == app.API)

    def fails():
        raise ValueError(f"could not convert {VALUE}")

    def panics():
        raise PanicException(f"could not convert {VALUE}")

    async def half():
        async def pieces():
            yield b"half"
            raise ValueError(f"could not convert {VALUE}")

        return StreamingResponse(pieces())

    for name, route in (("fails", fails), ("panics", panics), ("half", half)):
        made.add_api_route(f"/broken/{name}", route)
        mounted.add_api_route(f"/broken/{name}", route)
    caplog.set_level(logging.DEBUG)
    with TestClient(made, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/broken/fails", "/broken/panics"])
def test_neither_the_page_nor_the_log_repeats_the_message(broken, caplog, path):
    answer = broken.get(path)
    assert answer.status_code == 500
    assert "nothing was changed" in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert VALUE not in answer.text + caplog.text
    told = [one for one in caplog.records if one.name == "claimwright.web"]
    assert "test_break_in_errors.py" in told[0].getMessage(), "the log says where"
    assert not [one for one in caplog.records if one.exc_info]


def test_the_api_tells_it_in_its_own_shape(broken, caplog):
    answer = broken.get(f"{app.API}/broken/fails")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert VALUE not in answer.text + caplog.text


@pytest.mark.parametrize("path", ["/broken/half", f"{app.API}/broken/half"])
def test_half_an_answer_is_cut_off_and_its_message_is_not_told(broken, caplog, path):
    broken._transport.raise_server_exceptions = True
    with pytest.raises(Exception, match=r"^$") as told:
        broken.get(path)
    assert type(told.value).__name__ == "CutOffError"
    assert VALUE not in caplog.text


@pytest.mark.parametrize(
    "text", [r'{"claim":{},"facts":{"\ud800":"x"}}', r'{"claim":{},"not_known":["\ud800"]}', "[" * 99999]
)
def test_what_no_letter_is_and_what_is_too_deep_is_a_problem_of_the_caller(desk, text):
    person = desks.somebody(desk, "Bea", Role.BILLER)
    with desk.database.writing() as session:
        actor = actor_of(person)
        _, secret = visits.token_made(session, desk.now(), actor, name="x", scopes=[Right.READ, Right.CHECK], days=1)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    with TestClient(app.made(desk), base_url="http://localhost") as client:
        for path in ("/api/v1/ask", "/api/v1/check"):
            assert client.post(path, content=text, headers=headers).status_code == 422

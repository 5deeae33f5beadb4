from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import desks
import handing
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from claimwright.desk import queue, visits
from claimwright.desk.desk import Desk
from claimwright.desk.rights import Right
from claimwright.desk.tables import Batch, BatchState, Role
from claimwright.web import app

MISSING = "A" * 22


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request, tmp_path) -> Iterator[Desk]:
    """Batches stand on both databases."""
    address = request.getfixturevalue("server") if request.param == "postgresql" else ""
    made = desks.desk(tmp_path / "desk", address)
    yield made
    if address:
        desks.emptied(made.database)
    made.database.close()


@pytest.fixture
def program(desk) -> Iterator[TestClient]:
    """A program with a token that may read and check."""
    with calling(desk, Right.READ, Right.CHECK) as client:
        yield client


def calling(desk, *scopes: Right, by: str = "Bea") -> TestClient:
    actor = handing.actor(desk, by)
    with desk.database.writing() as session:
        _, secret = visits.token_made(session, desk.now(), actor, name="tests", scopes=scopes, days=1)
    client = TestClient(app.made(desk), base_url="http://localhost/api/v1", follow_redirects=False)
    client.headers["Authorization"] = f"Bearer {secret}"
    return client


def files(claim: str = "A1"):
    return {"claims": ("a.csv", handing.one_claim(claim))}


def test_a_batch_from_its_files_to_its_answers(desk, program):
    given = [
        ("claims", ("week.837", handing.WEEK.read_bytes())),
        ("plans", ("plans.csv", (handing.SIDES / "plans.csv").read_bytes())),
    ]
    answer = program.post("/batches", files=given, data={"name": "Week 11", "as_of": "2026-03-20"})
    assert answer.status_code == 202, answer.text
    told = answer.json()
    assert answer.headers["location"] == f"/api/v1/batches/{told['id']}"
    assert (told["name"], told["state"], told["as_of"]) == ("Week 11", "queued", "2026-03-20")
    assert [(file["kind"], file["name"]) for file in told["files"]] == [("claims", "week.837"), ("plans", "plans.csv")]
    early = program.get(f"/batches/{told['id']}/results")
    assert (early.status_code, early.headers["content-type"]) == (409, "application/problem+json")
    handing.checked(desk)
    told = program.get(answer.headers["location"].removeprefix("/api/v1")).json()
    assert (told["state"], told["whole"], told["failure"]) == ("done", True, "")
    assert told["summary"]["to_fix"]["lines"] == told["to_fix"] > 0
    with program.stream("GET", f"/batches/{told['id']}/results") as stream:
        assert stream.headers["content-type"] == "application/x-ndjson"
        records = [json.loads(line) for line in stream.iter_lines()]
    assert len(records) == told["lines"] + 1
    assert [list(record) for record in records[:-1] if "line" not in record] == []
    assert records[-1]["summary"] == told["summary"]


def test_a_call_that_is_repeated_makes_no_second_batch(desk, program):
    key = {"Idempotency-Key": "week-11"}
    first = program.post("/batches", files=files(), headers=key).json()["id"]
    again = program.post("/batches", files=files(), headers=key)
    assert (again.status_code, again.json()["id"]) == (202, first)
    other = program.post("/batches", files=files("B1"), headers=key)
    assert other.status_code == 409
    assert "other content" in other.json()["detail"]
    assert program.post("/batches", files=files()).json()["id"] != first
    assert program.post("/batches", files=files(), headers={"Idempotency-Key": "x" * 201}).status_code == 422
    with calling(desk, Right.CHECK, by="Ben") as somebody_else:
        assert somebody_else.post("/batches", files=files(), headers=key).json()["id"] != first


def test_the_same_call_at_the_same_time_makes_one_batch(desk, program):
    told = []

    def call():
        told.append(program.post("/batches", files=files(), headers={"Idempotency-Key": "at-once"}).json()["id"])

    calls = [threading.Thread(target=call) for _ in range(8)]
    for one in calls:
        one.start()
    for one in calls:
        one.join()
    assert len(told) == 8
    assert len(set(told)) == 1
    with desk.database.reading() as session:
        assert session.scalars(sa.select(Batch.id)).all() == [told[0]]
    assert len(list(desk.files.iterdir())) == 1


def test_a_list_goes_on_page_by_page_without_gap_or_repeat(desk, program):
    wanted = [handing.handed(desk, ("claims", f"{n}.csv", b"x")).id for n in range(7)]
    found, cursor = [], None
    while True:
        page = program.get("/batches", params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        found += [batch["id"] for batch in page["batches"]]
        handing.handed(desk, ("claims", "later.csv", b"x"))
        desk.now.passes(seconds=1)
        cursor = page["next"]
        if cursor is None:
            break
    assert set(wanted) <= set(found)
    assert len(found) == len(set(found))
    assert program.get("/batches", params={"limit": 101}).status_code == 422
    for nonsense in ("nonsense", "bnVsbA==", "WzEsMl0=", "é"):
        assert program.get("/batches", params={"cursor": nonsense}).status_code == 422, nonsense


def test_a_batch_is_cancelled_and_deleted(desk, program):
    waits = program.post("/batches", files=files()).json()["id"]
    assert program.post(f"/batches/{waits}/cancel").json()["state"] == "cancelled"
    assert program.post(f"/batches/{waits}/cancel").status_code == 409
    runs = program.post("/batches", files=files()).json()["id"]
    job = queue.taken(desk)
    assert job is not None
    assert program.delete(f"/batches/{runs}").status_code == 409
    assert program.post(f"/batches/{runs}/cancel").json()["state"] == "running"
    with pytest.raises(queue.CancelledError):
        queue.progressed(desk, job, "reading claims", 1, 2)
    queue.given_up(desk, job, BatchState.CANCELLED, "")
    assert program.delete(f"/batches/{runs}").status_code == 204
    assert program.get(f"/batches/{runs}").status_code == 404
    assert [batch["id"] for batch in program.get("/batches").json()["batches"]] == [waits]


def test_errors_have_one_shape_and_no_claim_data(desk, program):
    claim = "SECRETCLAIM"
    trials = [
        program.post("/batches", files={"notes": ("n.txt", claim.encode())}),
        program.post("/batches", files={"secrets": ("n.txt", claim.encode())}),
        program.post("/batches", files=files(claim), data={"as_of": claim}),
        program.post("/batches", json={"claims": claim}),
        program.post("/batches", content=b"--x\r\n", headers={"Content-Type": "multipart/form-data; boundary=x"}),
        program.get(f"/batches/{MISSING}"),
        program.get(f"/batches/{MISSING}/results"),
        program.post(f"/batches/{MISSING}/cancel"),
        program.delete(f"/batches/{MISSING}"),
        program.get("/batches/..%2f..%2fetc%2fpasswd"),
        program.get("/batches/short"),
    ]
    assert [answer.status_code for answer in trials] == [422] * 5 + [404] * 5 + [422]
    for answer in trials:
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert (told["status"], bool(told["detail"])) == (answer.status_code, True)
        assert claim not in answer.text
    assert not desk.files.exists() or list(desk.files.iterdir()) == []


def test_a_token_does_no_more_than_its_scopes(desk):
    identity = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
    handing.actor(desk, "Vic", Role.VIEWER)
    with calling(desk, Right.READ) as reads:
        assert reads.get("/batches").status_code == 200
        for call in (
            reads.post("/batches", files=files()),
            reads.post(f"/batches/{identity}/cancel"),
            reads.delete(f"/batches/{identity}"),
        ):
            assert call.status_code == 403
    with calling(desk, Right.CHECK) as checks:
        assert checks.get(f"/batches/{identity}/results").status_code == 403
        checks.headers["Authorization"] = "Bearer cw_forged"
        refused = checks.post("/batches", files=files())
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert handing.batch(desk, identity).state == BatchState.QUEUED

"""The generated client against a server: what a program in Python sees of the API."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import api_server
import digest
import pytest
from claimwright_client import AuthenticatedClient
from claimwright_client.api.batches import (
    delete_batch,
    hand_in_batch,
    list_batches,
    list_determinations,
    show_batch,
    show_determination,
    stream_results,
)
from claimwright_client.api.check import ask, check
from claimwright_client.api.library import list_policies, show_code, show_fact, show_finding, show_policy
from claimwright_client.api.service import about
from claimwright_client.models import AskBody, Claim, HandInBatchBody, ProblemDetails
from claimwright_client.types import File

from claimwright.api import examples


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[api_server.Served]:
    with api_server.served(tmp_path_factory.mktemp("client")) as server:
        yield server


@pytest.fixture
def client(served) -> Iterator[AuthenticatedClient]:
    with AuthenticatedClient(base_url=served.api, token=served.token) as made:
        yield made


def test_the_client_is_made_of_the_schema_as_it_is():
    assert digest.WRITTEN.read_text("utf-8").strip() == digest.digest(), "run: make client"


def test_a_claim_is_checked(client):
    answer = check.sync(client=client, body=Claim.from_dict(examples.CLAIM))
    assert [line.views.coded.clause for line in answer.lines] == [["NCD-270.6 NC.coded"]]
    assert "non-covered" in answer.lines[0].citations[0].quote
    text = File(payload=io.BytesIO(examples.IN_837.encode()))
    assert [line.line.procedure for line in check.sync(client=client, body=text).lines] == ["97026", "97110"]


def test_questions_are_asked_and_answered(client):
    asked = ask.sync(client=client, body=AskBody.from_dict(examples.QUESTION))
    question = asked.question
    chosen = next(one for one in question.answers if one.value == "neuropathy")
    told = examples.QUESTION | {"facts": {question.fact: chosen.value}}
    after = ask.sync(client=client, body=AskBody.from_dict(told))
    assert after.question is None or after.question.fact != question.fact


def test_an_error_is_a_problem(client, served):
    wrong = check.sync(client=client, body=Claim.from_dict({"lines": [{"procedure": "97O26"}]}))
    assert isinstance(wrong, ProblemDetails)
    assert [error.where for error in wrong.errors] == ["lines[0].procedure"]
    with AuthenticatedClient(base_url=served.api, token="cw_wrong") as stranger:
        assert about.sync(client=stranger).status == 401


def test_a_batch_is_handed_in_and_its_answers_are_taken(client):
    files = HandInBatchBody(claims=[File(io.BytesIO(examples.IN_837.encode()), "one.837", "application/edi-x12")])
    batch = hand_in_batch.sync(client=client, body=files, idempotency_key="a-word")
    assert hand_in_batch.sync(client=client, body=files, idempotency_key="a-word").id == batch.id
    for _ in range(600):
        if (found := show_batch.sync(batch.id, client=client)).state == "done":
            break
        time.sleep(0.1)
    assert found.lines == 2
    records = [json.loads(line) for line in stream_results.sync(batch.id, client=client).splitlines()]
    assert [record["type"] for record in records] == ["line", "line", "summary"]
    page = list_determinations.sync(client=client, batch=batch.id, limit=1)
    assert page.next_ == 0
    line = show_determination.sync(page.determinations[0].id, client=client)
    assert line.answer.line.procedure == "97026"
    assert [one.id for one in list_batches.sync(client=client).batches] == [batch.id]
    assert delete_batch.sync_detailed(batch.id, client=client).status_code == 204
    assert isinstance(show_determination.sync(line.id, client=client), ProblemDetails)


def test_the_library_is_looked_up(client):
    assert list_policies.sync(client=client, limit=3).next_
    assert show_policy.sync("NCD-270.6", client=client).title == "Infrared therapy devices"
    assert show_code.sync("97026", client=client).timed is False
    assert show_finding.sync("CLM-UNITS", client=client).id == "CLM-UNITS"
    assert show_fact.sync("treatment intent", client=client).type_ == "choice"
    assert {"check", "read"} <= set(about.sync(client=client).scopes)


def test_the_example_of_the_documentation_runs(served, capsys):
    text = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    example = text.partition("```python\n")[2].partition("```")[0]
    names = {"API": served.api, "TOKEN": served.token}
    exec(compile(example, "docs/api.md", "exec"), names)
    names["client"].get_httpx_client().close()
    said = capsys.readouterr().out
    assert "97026" in said
    assert "non-covered" in said

"""One claim over HTTP: the answer of the engine, whoever else asks at the same moment."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import desks
import pytest

from claimwright.api import examples, publish
from claimwright.api.remembered import Remembered
from claimwright.desk.rights import Right
from claimwright.desk.tables import Role
from claimwright.determine.explain import explain
from claimwright.determine.guide import Guide
from claimwright.lines.case import Case, lines_of
from claimwright.report.as_json import dumps, line_object

X12 = {"Content-Type": "application/edi-x12"}


def claim(**fields):
    return examples.CLAIM | fields


def by_engine(told):
    determined = desks.engine().determine(lines_of(Case.model_validate(told)))
    return [json.loads(dumps(line_object(answer))) for answer in explain(determined)]


def test_a_claim_is_answered_as_the_engine_answers_it(program):
    told = claim(lines=[*examples.CLAIM["lines"], {"procedure": "97110", "service": "2026-03-10", "units": 2}])
    answer = program.post("/check", json=told)
    assert answer.status_code == 200
    assert answer.json()["lines"] == by_engine(told | {"received": "2026-03-20"})
    assert answer.json()["as_of"] == "2026-03-20", "the day of the server, if nothing else is said"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_examples_of_the_schema_are_what_is_answered(program):
    """But for hashes and sentences, which change with the policies they are of."""
    answer = program.post("/check", json=examples.CLAIM, params={"as_of": examples.AS_OF}).json()
    assert told_of(answer["lines"][0]) == told_of(examples.ANSWER["lines"][0])
    assert answer.keys() == examples.ANSWER.keys()
    asked = program.post("/ask", json=examples.QUESTION).json()
    assert asked["question"] == examples.ASKED["question"]
    assert told_of(asked["answer"]) == told_of(examples.ASKED["answer"])
    assert asked.keys() == examples.ASKED.keys()


def told_of(line):
    findings = [(finding["id"], finding["clause"], sorted(finding)) for finding in line["findings"]]
    outcomes = [(name, view["outcome"], sorted(view)) for name, view in line["views"].items()]
    return line["line"], outcomes, findings, sorted(line)


def test_the_text_of_an_837_is_answered_line_by_line(program):
    answer = program.post("/check", content=examples.IN_837, headers=X12)
    assert answer.status_code == 200
    lines = answer.json()["lines"]
    assert [line["line"]["procedure"] for line in lines] == ["97026", "97110"]
    assert lines[0]["views"]["coded"]["clause"] == ["NCD-270.6 NC.coded"]


def test_an_837_of_many_claims_is_a_batch(program):
    head, claim_, tail = re.split(r"(?m)^(?=CLM\*|SE\*)", examples.IN_837)
    many = program.post("/check", content=head + claim_ * 101 + tail, headers=X12)
    assert (many.status_code, many.json()["detail"]) == (
        413,
        "more than 100 claims or 2,000 lines; hand the file in as a batch",
    )


def test_an_837_of_many_lines_is_a_batch_too(program):
    lines = "LX*1~SV1*HC:97026*1*UN*1***1~DTP*472*D8*20260310~" * 2_100
    text = examples.IN_837.replace("SV1*", f"{lines}SV1*", 1)
    answer = program.post("/check", content=text, headers={"Content-Type": "application/edi-x12"})
    assert answer.status_code == 413


def test_what_cannot_be_read_is_named_without_what_stood_there(program):
    told = claim(diagnoses=["SECRET"], lines=[{"procedure": "97O26", "units": "SECRET"}], secret=1)
    answer = program.post("/check", json=told)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {error["where"] for error in answer.json()["errors"]} == {"lines[0].procedure", "lines[0].units", "secret"}
    assert "SECRET" not in answer.text
    twice = program.post("/check", content=b'{"lines": [], "lines": []}', headers={"Content-Type": "application/json"})
    assert twice.status_code == 422
    assert "twice" in twice.text
    assert program.post("/check", content=b"\xff\xfe{", headers=X12).status_code == 422


def test_a_claim_of_a_later_day_is_named_and_not_answered(program):
    answer = program.post("/check", json=examples.CLAIM, params={"as_of": "2026-03-09"}).json()
    assert answer["lines"] == []
    assert [problem["id"] for problem in answer["problems"]] == ["INP-FUTURE"]


def test_other_kinds_of_content_and_too_much_of_it_are_refused(program, desk):
    assert program.post("/check", content="<claim/>", headers={"Content-Type": "text/xml"}).status_code == 415
    much = program.post("/check", content=b" " * (desk.limits.claim + 1), headers={"Content-Type": "application/json"})
    assert much.status_code == 413
    assert much.json()["title"] == "Content Too Large"


def test_a_token_is_asked_for_before_anything_is_read(stranger):
    answer = stranger.post("/check", json=examples.CLAIM)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    wrong = stranger.post("/check", json=examples.CLAIM, headers={"Authorization": "Bearer cw_wrong"})
    assert wrong.status_code == 401
    assert stranger.post("/ask", json=examples.QUESTION).status_code == 401


def test_a_token_that_may_only_read_checks_nothing_but_may_ask(stranger, token):
    stranger.headers["Authorization"] = f"Bearer {token(Role.BILLER, Right.READ)}"
    assert stranger.post("/check", json=examples.CLAIM).status_code == 403
    assert stranger.post("/ask", json=examples.QUESTION).status_code == 200


def test_a_token_ends_when_its_time_is_over(program, clock):
    assert program.post("/check", json=examples.CLAIM).status_code == 200
    clock.passes(days=31)
    assert program.post("/check", json=examples.CLAIM).status_code == 401


def test_wrong_tokens_are_counted_by_address_and_right_ones_go_on(stranger, token, clock):
    right = {"Authorization": f"Bearer {token()}"}
    wrong = {"Authorization": "Bearer cw_guessed"}
    statuses = [stranger.get("/about", headers=wrong).status_code for _ in range(301)]
    assert statuses == [401] * 300 + [429]
    assert stranger.get("/about", headers=right).status_code == 200
    told = stranger.post("/check", json=examples.CLAIM, headers=wrong)
    assert (told.status_code, told.headers["Retry-After"]) == (429, "60")
    clock.passes(minutes=1)
    assert stranger.get("/about", headers=wrong).status_code == 401


def test_many_at_once_are_each_told_their_own(program):
    """Same member, same day, other codes: none of them is joined with another's."""
    codes = ["97026", "97110", "97140", "97530", "97124", "97014", "97032", "97112"] * 4
    told = [claim(claim=f"C{number}", lines=[{"procedure": code, "service": "2026-03-10", "units": 1}])
            for number, code in enumerate(codes)]  # fmt: skip
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda one: program.post("/check", json=one).json()["lines"], told))
    for one, answer in zip(told, answers, strict=True):
        assert answer == by_engine(one | {"received": "2026-03-20"})


def test_questions_are_answered_until_nothing_more_would_change_the_outcome(program):
    """The server remembers nothing: each call says all that is known, and comes to what the engine's own walk."""
    told = {"claim": {"lines": [{"procedure": "97026"}]}, "facts": {}, "not_known": []}
    guide = Guide(desks.engine(), Case.model_validate(told["claim"]))
    asked = []
    while (answer := program.post("/ask", json=told).json())["question"]:
        question = answer["question"]
        assert (question["fact"], question["text"]) == (guide.question.fact, guide.question.text)
        asked.append(question["type"])
        chosen = question["answers"][-1]
        if question["type"] == "product":
            chosen = next(one for one in question["answers"] if one["value"]["program"] == "medicare-part-b")
        guide = guide.answered(chosen["answer"] if chosen["value"] is not None else "2026-03-10")
        told["facts"][question["fact"]] = chosen["value"] if chosen["value"] is not None else "2026-03-10"
        assert len(asked) < 40
    assert guide.question is None
    assert answer["answer"]["views"]["documented"]["outcome"] == guide.answer.documented.outcome
    assert {"product", "choice"} <= set(asked)


def test_what_nobody_knows_is_passed_over(program):
    first = program.post("/ask", json=examples.QUESTION).json()["question"]["fact"]
    second = program.post("/ask", json=examples.QUESTION | {"not_known": [first]}).json()["question"]
    assert second is None or second["fact"] != first


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"no such fact": True}, "facts.no such fact"),
        ({"treatment intent": "no such purpose"}, "facts.treatment intent"),
        ({"line of business": "medicare"}, "facts.line of business"),
        ({"treatment intent": {"program": "medicare-part-b"}}, "facts.treatment intent"),
        ({"service date": "tomorrow"}, "claim.lines[0].service"),
    ],
)
def test_facts_that_cannot_be_meant_are_named(program, facts, where):
    answer = program.post("/ask", json=examples.QUESTION | {"facts": facts})
    assert answer.status_code == 422, answer.text
    assert [error["where"] for error in answer.json()["errors"]] == [where]


def test_the_examples_need_no_day_but_their_own():
    assert date.fromisoformat(examples.AS_OF) == desks.START.date()


def test_the_committed_schema_is_the_generated_one():
    committed = Path(__file__).parents[2] / "schemas" / publish.FILE
    assert committed.read_bytes() == publish.written(), "run: make schemas"


def test_the_same_claim_is_answered_the_same_on_the_same_day_and_anew_on_another(program, clock):
    first = program.post("/check", json=examples.CLAIM)
    assert program.post("/check", json=examples.CLAIM).content == first.content
    other = program.post("/check", json=claim(claim="A-1002")).json()["lines"][0]["line"]["claim"]
    assert other == "A-1002"
    clock.passes(days=1)
    assert program.post("/check", json=examples.CLAIM).json()["as_of"] == "2026-03-21"


def test_answers_are_remembered_as_long_as_there_is_room_for_them():
    remembered = Remembered(room=800)
    keys = [remembered.key(str(number).encode(), date(2026, 3, 20), x12=False) for number in range(9)]
    for key in keys:
        remembered.put(key, b"a" * 100)
    assert [remembered.get(key) is not None for key in keys] == [False] + [True] * 8
    remembered.put(remembered.key(b"long", date(2026, 3, 20), x12=False), b"a" * 101)
    assert remembered.get(keys[1]) is not None, "an answer that would push out many is not kept"
    assert remembered.key(b"0", date(2026, 3, 20), x12=True) != keys[0]
    assert Remembered().key(b"0", date(2026, 3, 20), x12=False) != keys[0], "nobody else can tell what was asked"

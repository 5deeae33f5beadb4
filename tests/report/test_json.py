"""The published JSON, and its schemas."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from report_samples import ANSWERS, IDENTITY, NCD_LINE, SUMMARY, answer, ref

from claimwright.lines.summary import Tally
from claimwright.report import schema
from claimwright.report.as_json import line_object, line_record, money, ndjson, run_json
from claimwright.report.baseline import changes_object, compare
from claimwright.report.earlier import read_earlier

SCHEMAS = Path(__file__).parents[2] / "schemas"


def run_bytes(answers=ANSWERS):
    return b"".join(run_json(IDENTITY, SUMMARY, iter(answers)))


def closed(node):
    """The schema with every record closed, so that a key it does not name fails."""
    if isinstance(node, dict):
        extra = {"additionalProperties": False} if "properties" in node else {}
        return {key: closed(value) for key, value in node.items()} | extra
    return [closed(item) for item in node] if isinstance(node, list) else node


def validate(value, name):
    described = json.loads((SCHEMAS / name).read_bytes())
    Draft202012Validator.check_schema(described)
    Draft202012Validator(closed(described)).validate(value)


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_the_committed_schema_is_the_generated_one(name):
    assert (SCHEMAS / name).read_bytes() == schema.written(name), "run: python -m claimwright.report.schema schemas"


def test_every_key_of_a_schema_that_needs_a_word_has_one():
    described = schema.build("run-1.json")["$defs"]
    assert "Only `verbatim`" in described["Citation"]["properties"]["quote_kind"]["description"]
    assert described["Run"]["properties"]["as_of"]["description"].startswith("The day the run took for today")
    assert "type" not in described["LineAnswer"]["required"]


def test_the_run_document_is_what_its_schema_says():
    validate(json.loads(run_bytes()), "run-1.json")
    validate(json.loads(run_bytes(())), "run-1.json")


def test_every_record_is_what_its_schema_says():
    records = [json.loads(record) for record in ndjson(IDENTITY, ANSWERS, SUMMARY)]
    for record in records:
        validate(record, "line-1.json")
    assert [record["type"] for record in records] == ["line"] * len(ANSWERS) + ["summary"]
    assert next(iter(records[0])) == "type"


def test_a_record_stands_on_one_text_line():
    record = line_record(answer(ref("two\nlines")))
    assert record.count(b"\n") == 1
    assert record.endswith(b"\n")


def test_the_shape_is_the_one_of_the_design():
    made = line_object(NCD_LINE)
    assert list(made) == [
        "line",
        "views",
        "difference",
        "findings",
        "checks",
        "looked_at",
        "not_looked_at",
        "would_change",
        "citations",
        "basis",
        "settings",
    ]
    assert made["views"]["coded"]["outcome"] == "NATIONALLY_NONCOVERED"
    assert made["views"]["coded"]["predicted"][0]["rarc"] == ["N386"]
    assert made["views"]["documented"]["next_question"]["answers"][1]["outcomes"] == ["NATIONALLY_NONCOVERED"]
    assert made["findings"][0]["witness"] == {"procedure": "97026"}
    assert made["findings"][1]["unknown_only"] is True
    assert made["basis"]["NCD-270.6"].startswith("sha256:")


def test_the_same_answers_give_the_same_bytes():
    assert run_bytes() == run_bytes()
    assert run_bytes().startswith(
        b'{"schema":"claimwright/run/1","claimwright":"0.1.0","as_of":"2026-03-16","summary":'
    )


def test_the_run_document_has_one_text_line_for_each_claim_line():
    lines = run_bytes().splitlines()
    assert len(lines) == len(ANSWERS) + 2
    assert json.loads(lines[1].rstrip(b","))["line"]["claim"] == "CW0310-028"


def test_money_is_a_string_that_loses_nothing():
    assert money(Decimal(48)) == "48.00"
    assert money(Decimal("0.125")) == "0.125"
    assert money(Decimal("1E+3")) == "1000.00"
    whole = replace(SUMMARY, all=Tally(1, Decimal("0.1")))
    assert json.loads(b"".join(run_json(IDENTITY, whole, ())))["summary"]["all"]["charge"] == "0.10"


def test_half_a_surrogate_pair_does_not_stop_the_run():
    assert json.loads(line_record(answer(ref("bad \ud800 id"))))["line"]["claim"] == "bad \ufffd id"


def test_the_comparison_is_what_its_schema_says(tmp_path):
    path = tmp_path / "before.json"
    path.write_bytes(run_bytes())
    changes = compare(read_earlier(path), ANSWERS[2:], replace(SUMMARY, basis=()))
    validate(json.loads(json.dumps(changes_object(changes, IDENTITY))), "changes-1.json")

"""Cases as people and programs write them: strict, and honest about what is not known."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimwright.formats.case_json import parse_case, read_cases
from claimwright.lines.case import Case, lines_of
from claimwright.lines.identities import identity_of
from claimwright.lines.problems import Gravity
from claimwright.lines.schema import LINE_SCHEMA, Unstated, identity

CASE = {
    "claim": "A1",
    "form": "professional",
    "patient": {"member_id": "M1", "first": "Ada", "last": "Quill", "birth_date": "1950-02-03", "sex": "F"},
    "provider": {"npi": "1234567893", "state": "il"},
    "payer": {"id": "12345", "name": "Example", "filing": "MB", "program": "medicare", "key": "example"},
    "diagnoses": ["E11.42", "m17.11"],
    "whole_day": True,
    "facts": {"intent": {"value": "wound", "source": "chart"}, "visits": 3},
    "lines": [
        {
            "procedure": "97026",
            "service": "2026-03-10",
            "modifiers": ["gp", "59"],
            "units": 1,
            "pointers": ["B", 1],
            "charge": "18.50",
            "place": "11",
            "facts": {"intent": "msk adjunct", "supervised": True},
        },
        {"procedure": "97110", "service": {"from": "2026-03-10", "to": "2026-03-12"}, "pointers": ["M17.11"]},
    ],
}


def changed(**changes):
    return json.dumps({**CASE, **changes})


def problems_of(text):
    case, problems = parse_case(text, file="case.json")
    assert case is None
    return problems


def test_a_case_gives_the_rows_of_a_claim():
    case, problems = parse_case(json.dumps(CASE))
    assert problems == []
    frame = lines_of(case, file="case.json")
    assert dict(frame.schema) == dict(LINE_SCHEMA)
    first, second = frame.rows(named=True)
    expected = {
        "file": "case.json",
        "claim": "A1",
        "claim_index": 1,
        "line": 1,
        "form": "professional",
        "billing_state": "IL",
        "filing": "MB",
        "payer": "example",
        "program": "medicare",
        "dx_system": "ICD-10-CM",
        "dx_1": "E1142",
        "dx_2": "M1711",
        "modifier_1": "GP",
        "modifier_2": "59",
        "modifier_3": None,
        "units": Decimal(1),
        "charge": Decimal("18.50"),
        "place": "11",
        "pointers": "2:1",
        "pointed_1": "M1711",
        "pointed_2": "E1142",
        "service_from": date(2026, 3, 10),
        "service_to": date(2026, 3, 10),
        "unstated": Unstated.NOTHING,
    }
    assert {name: first[name] for name in expected} == expected
    assert (second["line"], second["service_to"], second["pointed_1"]) == (2, date(2026, 3, 12), "M1711")
    assert second["unstated"] == Unstated.MODIFIERS | Unstated.UNITS | Unstated.PLACE


def test_facts_of_a_line_go_over_those_of_the_claim_and_disagreement_is_kept():
    case, _ = parse_case(json.dumps(CASE))
    first, second = lines_of(case)["stated"].to_list()
    assert first == '{"intent":[{"source":"chart","value":"wound"},"msk adjunct"],"supervised":true,"visits":3}'
    assert second == '{"intent":{"source":"chart","value":"wound"},"visits":3}'


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ({"a": None}, None),
        ({"a": {"value": None, "source": "chart"}}, None),
        ({"a": [1, None]}, '{"a":1}'),
        ({"a": {"not": "wound"}}, '{"a":{"not":"wound"}}'),
        ({"b": False, "a": [{"value": 1, "source": "plan"}, 2]}, '{"a":[{"source":"plan","value":1},2],"b":false}'),
    ],
)
def test_facts_in_their_canonical_form(written, kept):
    case, problems = parse_case(json.dumps({"lines": [{"procedure": "97026"}], "facts": written}))
    assert problems == []
    assert lines_of(case)["stated"].to_list() == [kept]


def test_what_is_not_said_is_unknown_and_an_empty_list_is_absent():
    def flags(**fields):
        case, _ = parse_case(json.dumps({"lines": [{"procedure": "97026", **fields.pop("line", {})}], **fields}))
        return Unstated(lines_of(case)["unstated"][0])

    everything = Unstated(127)
    assert flags() == everything
    assert flags(diagnoses=None) == everything
    assert flags(diagnoses=[]) == everything & ~Unstated.DIAGNOSES & ~Unstated.POINTERS
    assert flags(line={"modifiers": []}) == everything & ~Unstated.MODIFIERS
    assert flags(line={"pointers": []}) == everything & ~Unstated.POINTERS
    assert flags(form="professional") == everything & ~Unstated.FORM
    assert flags(form="institutional") == everything & ~Unstated.FORM & ~Unstated.POINTERS
    assert flags(whole_day=True) == everything & ~Unstated.SAME_DAY
    assert flags(patient=None, payer=None, provider=None, facts=None) == everything


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"diagnozes": []}, "diagnozes", "did you mean diagnoses?"),
        ({"patient": {"frist": "Ada"}}, "patient.frist", "did you mean first?"),
        ({"lines": [{"procedure": "97026", "modifers": []}]}, "lines[0].modifers", "did you mean modifiers?"),
        ({"lines": [{"procedure": "97026", "service": {"from": "2026-03-10", "too": None}}]}, "", "did you mean to?"),
        ({"patient": {"sex": "maybe"}}, "patient.sex", "write 'F', 'M' or 'U'"),
        ({"form": ""}, "form", "'professional' or 'institutional'"),
        ({"claim": ""}, "claim", "write null"),
        ({"lines": []}, "lines", "at least one line"),
        ({"lines": [{}]}, "lines[0].procedure", "add the field"),
        ({"lines": [{"procedure": "9702"}]}, "lines[0].procedure", "five-character"),
        ({"lines": [{"procedure": "97026", "units": "two"}]}, "lines[0].units", "write a number"),
        ({"lines": [{"procedure": "97026", "units": 0}]}, "lines[0].units", "above zero"),
        ({"lines": [{"procedure": "97026", "units": True}]}, "lines[0].units", "write a number"),
        ({"lines": [{"procedure": "97026", "units": 1.5}]}, "lines[0].units", "whole units"),
        ({"lines": [{"procedure": "97026", "units": 10**9}]}, "lines[0].units", "how often"),
        ({"lines": [{"procedure": "97O26"}]}, "lines[0].procedure", "if 97026 was meant"),
        ({"lines": [{"procedure": "97026", "service": "20260310"}]}, "lines[0].service", "2026-03-10"),
        ({"lines": [{"procedure": "97026", "service": 20260310}]}, "lines[0].service", "2026-03-10"),
        ({"lines": [{"procedure": "97026", "modifiers": ["GP"] * 2}]}, "lines[0].modifiers", "twice"),
        ({"lines": [{"procedure": "97026", "modifiers": list("ABCDE")}]}, "lines[0].modifiers", ""),
        ({"lines": [{"procedure": "97026", "pointers": ["E"]}]}, "lines[0].pointers[0]", "none of the 2 diagnoses"),
        ({"patient": {"birth_date": "2026-04-01"}}, "patient.birth_date", "after the date of service"),
        ({"received": "2026-03-09"}, "lines[0].service", "after the day on which the payer receives"),
        ({"facts": {"intent": {"valu": 1}}}, "facts", "value and source"),
        ({"facts": {"intent": ""}}, "facts", "empty text"),
        ({"facts": {"intent": {"value": 1, "source": "rumour"}}}, "facts", "chart"),
    ],
)
def test_what_is_wrong_is_told_with_its_path(changes, field, said):
    problems = problems_of(changed(**changes))
    assert any(problem.field.startswith(field) and said in f"{problem.message} {problem.help}" for problem in problems)
    assert all(problem.help for problem in problems)


@pytest.mark.parametrize(
    ("procedure", "modifiers", "read", "told"),
    [
        ("97026", ["gp", "5 9"], ["GP", "59"], []),
        (" 97026\t", ["GP"], ["GP"], ["INP-CODE-FORM"]),
        (" 97026-59", ["GP"], ["59", "GP"], ["INP-CODE-FORM"]),
        ("97026-59-gp", ["g p"], ["59", "GP"], ["INP-CODE-FORM"]),
        ("97026-59", None, ["59"], ["INP-CODE-FORM"]),
    ],
)
def test_a_procedure_with_blanks_or_modifiers_on_it_is_read_apart_and_told(procedure, modifiers, read, told):
    case, problems = parse_case(json.dumps({"lines": [{"procedure": procedure, "modifiers": modifiers}]}))
    assert (case.lines[0].procedure, case.lines[0].modifiers) == ("97026", read)
    assert [problem.id for problem in problems] == told
    assert all(problem.gravity is Gravity.WARNING for problem in problems)


def test_parts_of_a_unit_are_allowed_where_minutes_or_miles_are_counted():
    for line in ({"procedure": "A0425", "units": 1.5}, {"procedure": "00100", "units": 1.5, "unit_basis": "MJ"}):
        case, _ = parse_case(json.dumps({"lines": [line]}))
        assert case.lines[0].units == Decimal("1.5")


def test_a_key_that_stands_twice_is_refused():
    (problem,) = problems_of('{"claim": "A", "claim": "B", "lines": [{"procedure": "97026"}]}')
    assert (problem.id, problem.field) == ("INP-JSON-TWICE", "claim")


def test_no_number_of_json_is_taken_for_what_it_is_not():
    assert problems_of('{"lines": [{"procedure": "97026", "units": NaN}]}')
    assert problems_of('{"lines": [{"procedure": "97026", "units": 1e999}]}')


def test_no_value_is_repeated_in_a_problem():
    text = changed(patient={"first": 5, "last": ["SECRET"], "birth_date": "SECRET"}, note={"x": "SECRET"})
    assert not any("SECRET" in str(problem) for problem in problems_of(text))


GOOD, BAD = json.dumps(CASE), '{"lines": "x"}'


@pytest.mark.parametrize(
    "text",
    [f"[{GOOD}, {BAD}, {GOOD}]", f"{GOOD}\n{BAD}\n\n{GOOD}\n", f"\n [\n{GOOD},\n{BAD},\n{GOOD}]\n"],
)
def test_arrays_and_lines_of_cases_go_on_after_a_bad_one(text):
    (batch,) = read_cases(io.BytesIO(text.encode("utf-8-sig")), name="cases.json")
    assert batch.claims == 2
    assert batch.lines["claim_index"].to_list() == [1, 1, 3, 3]
    assert [(problem.id, problem.row) for problem in batch.problems] == [("INP-VALUE", 2)]


def test_one_case_over_many_lines():
    (batch,) = read_cases(io.BytesIO(json.dumps(CASE, indent=2).encode()))
    assert (batch.claims, len(batch.lines)) == (1, 2)


def test_a_line_that_is_no_json_is_told_and_the_next_ones_read():
    (batch,) = read_cases(io.BytesIO(f"{GOOD}\n{{broken\n{GOOD}".encode()))
    assert batch.claims == 2
    assert [(problem.id, problem.row) for problem in batch.problems] == [("INP-JSON", 2)]


def test_cases_come_in_batches():
    batches = list(read_cases(io.BytesIO(f"{GOOD}\n".encode() * 5), cases_per_batch=2))
    assert [batch.claims for batch in batches] == [2, 2, 1]


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_garbage_never_raises(data):
    for prefix in (b"", b"{", b"[", b'{"lines": ['):
        list(read_cases(io.BytesIO(prefix + data)))


nested = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*CASE, "x"]), inner, max_size=4),
    max_leaves=8,
)


@given(nested)
@settings(max_examples=100, deadline=None)
def test_any_json_is_a_case_or_problems(value):
    case, problems = parse_case(json.dumps(value))
    assert (case is None) == any(problem.gravity is Gravity.ERROR for problem in problems)


plain = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=6) | st.sampled_from(
    ["", " none ", "UNKNOWN", "0000", "111", " 2222 ", "Test", "N/A"]
)


@given(st.none() | plain, st.none() | plain)
@settings(max_examples=60, deadline=None)
def test_the_key_of_a_case_is_the_key_of_a_file(first, second):
    frame = pl.DataFrame({"a": [first], "b": [second]}, schema={"a": pl.String, "b": pl.String})
    assert identity_of(first, second) == frame.select(identity(pl.col("a"), pl.col("b"))).item()


def test_a_case_made_in_python_needs_no_json():
    case = Case.model_validate({"lines": [{"procedure": "97026", "service": date(2026, 3, 10)}]})
    assert lines_of(case)["service_from"].to_list() == [date(2026, 3, 10)]

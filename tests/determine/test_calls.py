"""Calls that are determined together say what each would be told alone, whoever else names the same patient."""

from __future__ import annotations

import random
from datetime import date

from claimwright.determine.calls import Call, told
from claimwright.determine.sides import of_records
from claimwright.lines.case import Case
from claimwright.report.as_json import line_object, problem_object

TODAY = date(2026, 3, 20)


def case(**fields):
    line = {"procedure": "97026", "service": "2026-03-10", "modifiers": ["GP"], "units": 1, "pointers": [1]}
    base = {
        "claim": "A1",
        "form": "professional",
        "patient": {"member_id": "1AB2CD3EF45", "first": "PAT", "birth_date": "1950-05-05"},
        "provider": {"npi": "1234567893", "state": "OH"},
        "payer": {"program": "medicare-part-b", "key": "medicare"},
        "diagnoses": ["M17.11"],
        "whole_day": True,
    }
    lines = [line | one for one in fields.pop("lines", [{}])]
    return Case.model_validate(base | fields | {"lines": lines})


def call(*cases, as_of=TODAY, **beside):
    sides = {"sides": of_records(beside)[0]} if beside else {}
    return Call(tuple(enumerate(cases, 1)), as_of, **sides)


def shown(one):
    return [line_object(answer) for answer in one.answers], [problem_object(problem) for problem in one.problems]


def test_two_calls_with_one_member_and_one_day_are_not_joined(engine):
    """97026 twice on one day is a duplicate, and two units of a supervised modality."""
    first = call(case(lines=[{"procedure": "97026"}, {"procedure": "97124"}]))
    second = call(case(claim="A2", lines=[{"procedure": "97026"}, {"procedure": "97140"}]))
    together = told([first, second], engine)
    for one, alone in zip(together, (first, second), strict=True):
        assert shown(one) == shown(told([alone], engine)[0])
    joined = told(
        [call(case(lines=[{}, {"procedure": "97124"}]), case(claim="A2", lines=[{}, {"procedure": "97140"}]))], engine
    )
    ids = {finding.id for answer in joined[0].answers for finding in answer.findings}
    apart = {finding.id for one in together for answer in one.answers for finding in answer.findings}
    assert {"CLM-DUP", "CLM-UNITS"} <= ids - apart, "claims of one call are one day of one patient, and meet each other"


def test_a_void_of_one_caller_takes_no_claim_of_another(engine):
    kept = call(case(claim="SAME"))
    void = call(case(claim="X"), case(claim="SAME", frequency="8"))
    together = told([kept, void], engine)
    assert shown(together[0]) == shown(told([kept], engine)[0])
    assert shown(together[1]) == shown(told([void], engine)[0])


def test_calls_of_other_days_and_with_files_beside_are_themselves(engine):
    before = call(case(), as_of=date(2026, 3, 1))
    with_history = call(
        case(), history=[{"member_id": "1AB2CD3EF45", "procedure": "97110", "service_from": "2026-01-05"}]
    )
    plain = call(case())
    together = told([plain, before, with_history], engine)
    assert not together[1].answers
    assert [problem.id for problem in together[1].problems] == ["INP-FUTURE"]
    for one, alone in zip(together, (plain, before, with_history), strict=True):
        assert shown(one) == shown(told([alone], engine)[0])
    assert all(answer.line.file == "" for one in together for answer in one.answers)


def test_whatever_is_called_together_is_answered_as_if_alone(engine):
    chance = random.Random(97026)
    for _ in range(6):
        calls = [_any_call(chance) for _ in range(12)]
        together = told(calls, engine)
        for one, alone in zip(together, calls, strict=True):
            assert shown(one) == shown(told([alone], engine)[0])


def _any_call(chance):
    return call(
        *(_any_case(chance) for _ in range(chance.choice([1, 1, 2, 3]))),
        as_of=chance.choice([TODAY, TODAY, date(2026, 3, 12)]),
    )


def _any_case(chance):
    pick = chance.choice
    lines = [
        {
            "procedure": pick(["97026", "97110", "97140", "97530", "97124", "97014", "G0283", "97032", "97161"]),
            "service": pick(
                [
                    "2026-03-10",
                    "2026-03-10",
                    "2026-03-11",
                    "2026-03-18",
                    None,
                    {"from": "2026-03-10", "to": "2026-03-11"},
                ]
            ),
            "modifiers": pick([["GP"], ["GP"], ["GP", "59"], ["GO"], ["GP", "KX"], [], None]),
            "units": pick([1, 1, 2, 8, None]),
            "charge": pick([None, "48.00"]),
            "note": pick([None] * 9 + ["INFRARED TO KNEE"]),
            **({"facts": {"supervision": pick([True, False])}} if chance.random() < 0.2 else {}),
        }
        for _ in range(chance.randint(1, 4))
    ]
    payers = [
        {"program": "medicare-part-b", "key": "medicare"},
        {"filing": "MB"},
        {"key": "hcsc", "program": "commercial"},
        {},
    ]
    return case(
        claim=pick(["A1", "A2", None]),
        frequency=pick([None, None, "1", "7", "8"]),
        original_claim=pick([None, "A1"]),
        patient=pick(
            [{"member_id": "1AB2CD3EF45", "first": "PAT", "birth_date": "1950-05-05"}, {"member_id": "W1"}, {}]
        ),
        provider=pick([{"npi": "1234567893", "state": "OH"}, {"tax_id": "12-3456789", "state": "IL"}, {}]),
        payer=pick(payers),
        diagnoses=pick([["M17.11"], ["E11.42", "M17.11"]]),
        whole_day=pick([True, None]),
        lines=lines,
    )

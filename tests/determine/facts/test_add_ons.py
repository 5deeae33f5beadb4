"""Add-on codes without a primary code: over the visit, by the day, and unknown where nobody can tell."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from made_lines import frame_of, line

from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.lines.schema import Unstated
from claimwright.policies import shipped
from claimwright.reference import releases
from claimwright.reference.releases import Releases
from claimwright.reference.tables import ADD_ON

ROWS = [
    ("97598", "97597", 1, None, None),
    ("97130", "97129", 1, None, None),
    ("97546", "97545", 3, None, date(2026, 3, 31)),
]


@pytest.fixture(scope="module")
def known() -> Releases:
    schema = {"code": pl.String, "primary": pl.String, "type": pl.UInt8, "from": pl.Date, "to": pl.Date}
    frame = pl.DataFrame(ROWS, schema=schema, orient="row")
    return releases.load().joined(Releases.of_table(ADD_ON, frame, covers="2026-01-01 .. 2026-12-31"))


def found(known, *lines):
    answers = list(explain(Engine(shipped.load(), known).determine(frame_of(lines))))
    return [[each.because for each in answer.findings if each.id == "CLM-ADD-ON"] for answer in answers], answers


def test_an_add_on_alone_is_found_names_its_primary_and_stands_on_the_release(known):
    because, answers = found(known, line("97598"), line("97110", line=2))
    assert because[1] == []
    assert "97598 is an add-on, and none of its primary codes (97597" in because[0][0]
    assert known["ncci-add-on-any"].hash in dict(answers[0].basis).values()


def test_the_primary_code_may_stand_on_another_claim_of_the_day(known):
    assert found(known, line("97598"), line("97597", claim="C2", claim_index=2))[0] == [[], []]


@pytest.mark.parametrize("apart", [{"patient": 2}, {"provider": 2}, {"service_from": date(2026, 4, 2)}])
def test_but_not_for_another_patient_provider_or_day(known, apart):
    because, _ = found(known, line("97598"), line("97597", claim="C2", claim_index=2, **apart))
    assert because[0]


def test_the_primary_of_another_add_on_does_not_help(known):
    assert found(known, line("97598"), line("97129", line=2))[0][0]


def test_a_day_no_table_covers_or_that_may_hold_more_is_a_check_that_did_not_run(known):
    later = line("97598", service_from=date(2027, 1, 1), service_to=date(2027, 1, 1))
    more = line("97598", claim="C2", claim_index=2, patient=2, unstated=int(Unstated.SAME_DAY))
    because, answers = found(known, later, more, line("97110", claim="C3", claim_index=3, patient=3))
    assert because == [[], [], []]
    ran = [next(check.ran for check in answer.checks if check.name == "add-on codes") for answer in answers]
    assert ran == [False, False, True]


def test_without_a_table_the_check_did_not_run_and_says_how():
    because, answers = found(releases.load(), line("97598"))
    assert because == [[]]
    check = next(check for check in answers[0].checks if check.name == "add-on codes")
    assert not check.ran
    assert "add-on.csv" in check.help


def test_the_days_of_an_edit_count(known):
    last = line("97546", service_from=date(2026, 3, 31), service_to=date(2026, 3, 31))
    assert found(known, last, line("97546", claim="C2", claim_index=2, patient=2))[0][1] == []
    _, answers = found(known, last)
    assert [each.severity for each in answers[0].findings if each.id == "CLM-ADD-ON"] == ["WARN"]

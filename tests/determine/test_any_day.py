"""A line without a day of service: what all versions of a policy agree on stands, and else the day is asked for."""

from datetime import date

import pytest

from claimwright.determine.explain import explain
from claimwright.determine.guide import Guide
from claimwright.lines.answers import Finality, Outcome, Silence
from claimwright.lines.case import Case, lines_of

MEDICARE = {"program": "medicare-part-b", "key": "medicare"}
HCSC = {"program": "commercial", "key": "hcsc"}
DENIED = {"treatment intent": "neuropathy", "furnished by": "PT", "setting of use": "clinic", "device": "ir lamp"}


def case(**told):
    patient = {"member_id": "1AB2CD3EF45", "first": "PAT", "birth_date": "1950-05-05"}
    lines = told.pop("lines", [{"procedure": "97026"}])
    return Case.model_validate({"form": "professional", "patient": patient, "lines": lines, **told})


@pytest.fixture
def answer(engine):
    return lambda **told: next(iter(explain(engine.determine(lines_of(case(**told), file="case")), [0])))


def test_what_every_version_says_stands_and_the_missing_day_is_named(answer):
    found = answer(payer=MEDICARE, facts=DENIED)
    assert found.documented.outcome is Outcome.NATIONALLY_NONCOVERED
    assert found.documented.finality is Finality.FINAL
    assert found.documented.clause
    assert [silence.name for silence in found.documented.silences] == [Silence.NO_SERVICE_DATE]
    assert "every version from 2020-01-01 on" in found.documented.silences[0].why
    assert ("COV-NCD270.6", "NCD-270.6 NC") in {(one.id, one.clause) for one in found.findings}


def test_a_denial_that_every_version_predicts_is_predicted_and_no_other_line_is_clean(answer):
    line = {"procedure": "97026", "modifiers": ["GP"], "units": 1, "pointers": [1], "place": "11"}
    met = answer(payer=MEDICARE, diagnoses=["E11.42"], lines=[line])
    assert met.coded.outcome is Outcome.NATIONALLY_NONCOVERED
    assert Silence.NO_SERVICE_DATE in {silence.name for silence in met.coded.silences}
    assert "CLM-DX-NCD" in {one.id for one in met.findings}
    knee = answer(payer=MEDICARE, diagnoses=["M17.11"], lines=[line])
    assert knee.coded.outcome is Outcome.INDETERMINATE
    assert Silence.NO_SERVICE_DATE in {silence.name for silence in knee.coded.silences}


def test_what_every_version_finds_of_a_line_is_found_without_a_day(answer):
    line = {"procedure": "97110", "modifiers": ["GP", "GA", "GZ"], "units": 1, "pointers": [1], "place": "11"}
    found = answer(payer=MEDICARE, diagnoses=["M17.11"], lines=[line], whole_day=True)
    assert "CLM-ABN-GZ" in {one.id for one in found.findings}
    by_version = [
        answer(payer=MEDICARE, diagnoses=["M17.11"], lines=[{**line, "service": day}])
        for day in ("2020-01-01", "2022-05-01", "2026-03-10")
    ]
    ids = set.intersection(*({one.id for one in line.findings} for line in by_version))
    assert {one.id for one in found.findings} <= ids


def test_versions_that_differ_ask_for_the_day_and_say_where_each_leads(answer):
    found = answer(payer=HCSC, facts={"setting of use": "clinic"}).documented
    assert found.outcome is Outcome.INDETERMINATE
    assert found.next_question.fact == "service date"
    labels = [label for label, _ in found.next_question.answers]
    assert labels == ["2025-09-30 or earlier", "2025-10-01 or later"]
    united = {outcome for _, led in found.next_question.answers for outcome in led}
    assert {outcome.value for outcome in found.reachable} == united


def test_with_nothing_but_a_code_the_purpose_comes_first_then_the_payer(answer):
    assert answer().documented.next_question.fact == "treatment intent"
    assert answer(facts={"treatment intent": "msk adjunct"}).documented.next_question.fact == "line of business"


def test_a_line_without_a_day_changes_nothing_for_the_others(answer, engine):
    alone = answer(payer=MEDICARE, lines=[{"procedure": "97026", "service": "2026-03-10"}])
    lines = lines_of(
        case(payer=MEDICARE, lines=[{"procedure": "97026", "service": "2026-03-10"}, {"procedure": "97026"}]),
        file="case",
    )
    dated, undated = explain(engine.determine(lines))
    assert (dated.documented, dated.findings) == (alone.documented, alone.findings)
    assert Silence.NO_SERVICE_DATE in {silence.name for silence in undated.documented.silences}


def test_the_guided_check_takes_the_day_as_an_answer(engine):
    asked = Guide(engine, case(payer=HCSC))
    assert asked.question.fact == "service date"
    with pytest.raises(ValueError, match="2026-03-10"):
        asked.answered("soon")
    told = asked.answered("2026-03-10")
    assert told.determined.lines["service_from"].to_list() == [date(2026, 3, 10)]
    assert Silence.NO_SERVICE_DATE not in {silence.name for silence in told.answer.documented.silences}
    unknown = asked.answered("")
    assert unknown.question is None or unknown.question.fact != "service date"

"""What came before a visit, from history and run together: treatment days, reports, visits with modalities alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from side_samples import PATIENT, beside, claim, claims, modality, therapy

from claimwright.determine import sides
from claimwright.determine.beside import Beside

EPISODE = 60
PATIENT_ROW = {"member_id": PATIENT["member_id"]}
CARE = {"discipline": "PT", "established_on": "2026-01-01", "progress_report_on": []}


def days(first, count, step=1):
    begin = date.fromisoformat(first)
    return [(begin + timedelta(days=step * place)).isoformat() for place in range(count)]


def visit(day, procedure="97110", **row):
    return {"service_from": day, "procedure": procedure, "modifiers": ["GP"], **row}


def seen(growing):
    """Each line's count, a lower bound written as text with a plus."""
    values, more = growing.columns("x")
    assert (values.name, more.name) == ("x", "x_more")
    return [
        None if value is None else f"{value:.0f}+" if open_ else int(value)
        for value, open_ in zip(values, more, strict=True)
    ]


def treatment_days(lines, **records):
    return seen(beside(lines, **records).treatment_days(therapy, EPISODE)["treatment_day"])


def since_report(lines, **records):
    return seen(beside(lines, **records).treatment_days(therapy, EPISODE)["treatment_days_since_report"])


def in_a_row(lines, **records):
    return seen(beside(lines, **records).modality_only_visits(modality)["modality_only_visits"])


# ── treatment days ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_history_the_run_is_a_lower_bound():
    assert treatment_days(claim("2026-03-10", "2026-03-12", "2026-03-12")) == ["1+", "2+", "2+"]


def test_a_history_of_which_rows_were_lost_is_a_lower_bound():
    lines = claim("2026-03-10", "2026-03-12")
    known, problems = sides.of_records({"history": [{**PATIENT_ROW, **visit("2026-03-02")}, visit("2026-03-04")]})
    assert [(problem.id, problem.row) for problem in problems] == [("INP-MEMBER", 2)]
    held = beside(lines)
    held.sides = known
    assert seen(held.treatment_days(therapy, EPISODE)["treatment_day"]) == ["2+", "3+"]


def test_a_history_without_rows_says_that_nothing_came_before():
    assert treatment_days(claim("2026-03-10", "2026-03-12"), history=[]) == [1, 2]


def test_days_are_counted_and_not_lines_and_none_twice():
    rows = [visit("2026-03-01"), visit("2026-03-01", "97026"), visit("2026-03-10", "97026"), visit("2026-03-15")]
    assert treatment_days(claim("2026-03-10", "2026-03-12"), history=rows) == [2, 3]


@pytest.mark.parametrize(("before", "number"), [("2026-01-09", 2), ("2026-01-08", 1)])
def test_an_episode_ends_after_sixty_days_without_therapy(before, number):
    assert treatment_days(claim("2026-03-10"), history=[visit(before)]) == [number]


def test_what_is_no_therapy_counts_no_day_and_has_none():
    rows = [visit("2026-03-01", "A4639")]
    assert treatment_days(claim("2026-03-10", {"service": "2026-03-11", "procedure": "E0221"}), history=rows) == [
        1,
        None,
    ]


def test_a_visit_whose_code_is_not_known_is_taken_for_therapy():
    assert treatment_days(claim("2026-03-10"), history=[visit("2026-03-01", None)]) == [2]


def test_disciplines_are_counted_apart_and_what_tells_none_counts_in_each():
    rows = [
        visit("2026-03-01"),
        {"service_from": "2026-03-02", "procedure": "97110", "discipline": "OT"},
        {"service_from": "2026-03-03", "procedure": "97110"},
    ]
    lines = claim("2026-03-10", {"service": "2026-03-11", "modifiers": ["GO"]})
    assert treatment_days(lines, history=rows) == [3, 3]


def test_other_providers_visits_are_not_counted_and_those_of_the_one_who_treats_are():
    rows = [
        visit("2026-03-01", provider_npi="1234567893"),
        visit("2026-03-02", provider_npi="1999999992"),
        visit("2026-03-03", provider_npi="1588888886"),
    ]
    lines = claim("2026-03-10", provider={"npi": "1234567893", "rendering_npi": "1588888886"})
    assert treatment_days(lines, history=rows) == [3]


def test_lines_of_claims_that_do_not_stand_are_no_days():
    lines = claims(claim("2026-03-09"), claim("2026-03-10"))
    found = beside(lines, [False, True], history=[]).treatment_days(therapy, EPISODE)["treatment_day"]
    assert seen(found) == [None, 1]


def test_a_patient_who_is_not_told_has_no_history():
    assert treatment_days(claim("2026-03-10", patient={"member_id": PATIENT["member_id"]}), history=[]) == [None]


def test_rows_that_may_be_somebody_elses_leave_the_count_open():
    twin = {**PATIENT, "first": "LEE", "birth_date": "1990-01-01"}
    lines = claims(claim("2026-03-10"), claim("2026-03-10", patient=twin))
    assert treatment_days(lines, history=[visit("2026-03-01")]) == ["1+", "1+"]
    assert treatment_days(lines, history=[visit("2026-03-01", birth_date="1990-01-01")]) == [1, 2]


def test_a_line_of_several_days_leaves_the_count_open():
    lines = claim({"service": {"from": "2026-03-09", "to": "2026-03-11"}}, "2026-03-12")
    assert treatment_days(lines, history=[]) == ["1+", "2+"]


# ── since the last report ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_ninth_and_the_tenth_treatment_day_without_a_report():
    rows = [visit(day) for day in days("2026-03-01", 8)]
    assert since_report(claim("2026-03-09", "2026-03-10"), history=rows, plans_of_care=[CARE]) == [9, 10]


def test_the_count_begins_anew_after_a_report_and_a_later_one_is_not_looked_at():
    rows = [visit(day) for day in days("2026-03-01", 8)]
    reported = {**CARE, "progress_report_on": ["2026-03-05", "2026-03-09", "2026-03-20"]}
    lines = claim("2026-03-08", "2026-03-09", "2026-03-10")
    assert since_report(lines, history=rows, plans_of_care=[reported]) == [3, 0, 1]


def test_a_report_of_an_earlier_episode_does_not_count_for_this_one():
    reported = {**CARE, "established_on": "2025-01-01", "progress_report_on": ["2025-06-01"]}
    rows = [visit("2025-06-10"), visit("2026-03-09")]
    assert since_report(claim("2026-03-10"), history=rows, plans_of_care=[reported]) == [2]


def test_reports_that_nobody_told_leave_the_count_unknown():
    silent = {**CARE, "progress_report_on": None}
    assert since_report(claim("2026-03-10"), history=[], plans_of_care=[silent]) == [None]
    assert since_report(claim("2026-03-10"), history=[], plans_of_care=[CARE, silent]) == [None]
    assert since_report(claim("2026-03-10"), history=[], plans_of_care=[]) == [None]
    assert "treatment_days_since_report" not in beside(claim("2026-03-10"), history=[]).treatment_days(therapy, 60)


def test_reports_of_another_discipline_are_not_looked_at():
    other = {**CARE, "discipline": "OT", "progress_report_on": ["2026-03-09"]}
    rows = [visit("2026-03-01")]
    assert since_report(claim("2026-03-10"), history=rows, plans_of_care=[CARE, other]) == [2]


# ── visits with modalities alone ─────────────────────────────────────────────────────────────────────────────────────


def test_the_fourth_and_the_fifth_visit_with_modalities_alone():
    assert in_a_row(claim(*days("2026-03-09", 5)), history=[]) == [1, 2, 3, 4, 5]
    rows = [visit(day, "97012") for day in days("2026-02-01", 3)]
    assert in_a_row(claim("2026-03-09", "2026-03-10"), history=rows) == [4, 5]


@pytest.mark.parametrize("code", ["97110", "97161", "99213"])
def test_any_other_code_that_day_begins_the_count_anew(code):
    rows = [visit("2026-03-01", "97026"), visit("2026-03-02", "97026"), visit("2026-03-02", code)]
    assert in_a_row(claim("2026-03-09", {"service": "2026-03-10"}), history=rows) == [1, 2]
    assert in_a_row(claim("2026-03-09", {"service": "2026-03-09", "procedure": code}), history=rows) == [0, 0]


def test_a_visit_that_ended_the_row_makes_it_certain_even_without_a_history():
    lines = claim("2026-03-09", {"service": "2026-03-10", "procedure": "97110"}, "2026-03-11")
    assert in_a_row(lines) == ["1+", 0, 1]


def test_a_day_of_which_more_may_have_been_billed_may_have_ended_it():
    question = claim("2026-03-10", whole_day=False)
    assert in_a_row(question, history=[visit("2026-03-09", "97026")]) == ["0+"]
    lines = claims(claim("2026-03-09", whole_day=False), claim("2026-03-10"))
    assert in_a_row(lines, history=[]) == ["0+", "1+"]


def test_a_visit_whose_codes_are_not_known_may_have_ended_it():
    rows = [visit("2026-03-08", "97026"), visit("2026-03-09", None)]
    assert in_a_row(claim("2026-03-10"), history=rows) == ["1+"]


def test_a_row_without_a_day_leaves_it_unknown():
    lines = claim("2026-03-10")
    told, problems = sides.of_records({"history": [{**PATIENT_ROW, "procedure": "97110", "modifiers": ["GP"]}]})
    assert [problem.id for problem in problems] == ["INP-MISSING"]
    bare = beside(lines)
    found = Beside(lines, bare.visits, bare.live, told)
    assert seen(found.modality_only_visits(modality)["modality_only_visits"]) == [None]
    assert seen(found.treatment_days(therapy, EPISODE)["treatment_day"]) == ["1+"]


def test_other_patients_and_providers_visits_do_not_stand_between():
    lines = claims(
        claim("2026-03-09"),
        claim({"service": "2026-03-10", "procedure": "97110"}, patient={**PATIENT, "member_id": "ZZ9"}),
        claim({"service": "2026-03-10", "procedure": "97110"}, provider={"npi": "1999999992"}),
        claim("2026-03-11"),
    )
    assert in_a_row(lines, history=[]) == [1, 0, 0, 2]


# ── the same by a plain loop ─────────────────────────────────────────────────────────────────────────────────────────

CODES = ("97012", "97026", "97110", "97161", "A4639")
VISITS = st.lists(st.tuples(st.integers(0, 150), st.sampled_from(CODES)), min_size=1, max_size=14)


@given(of_run=VISITS, of_history=VISITS)
@settings(max_examples=60, deadline=None)
def test_counts_are_those_of_a_loop_over_days(of_run, of_history):
    def day(offset):
        return date(2025, 6, 1) + timedelta(days=offset)

    lines = claim(*({"service": day(offset).isoformat(), "procedure": code} for offset, code in of_run), received=None)
    rows = [visit(day(offset).isoformat(), code) for offset, code in of_history]
    codes: dict[date, set[str]] = {}
    for offset, code in (*of_run, *of_history):
        codes.setdefault(day(offset), set()).add(code)
    treated = sorted(one for one, billed in codes.items() if billed - {"A4639"})
    number, streak = {}, {}
    for before, one in pairwise([None, *treated]):
        near = before is not None and (one - before).days <= EPISODE
        number[one] = number[before] + 1 if near else 1
    for before, one in pairwise([None, *sorted(codes)]):
        streak[one] = streak.get(before, 0) + 1 if codes[one] <= {"97012", "97026"} else 0
    found = beside(lines, history=rows)
    expected = [number.get(day(offset)) for offset, _ in of_run]
    assert seen(found.treatment_days(therapy, EPISODE)["treatment_day"]) == expected
    assert seen(found.modality_only_visits(modality)["modality_only_visits"]) == [
        streak[day(offset)] for offset, _ in of_run
    ]

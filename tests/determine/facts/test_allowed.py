"""The year's allowed amounts, to the cent and to the day, and the limits of plans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from side_samples import PATIENT, beside, claim, claims, therapy

OTHER_PROVIDER = "1999999992"


def row(day, allowed=None, procedure="97110", **more):
    return {"service_from": day, "procedure": procedure, "modifiers": ["GP"], "allowed": allowed, **more}


def text(growing):
    return [
        None if np.isnan(value) else f"{value:.2f}{'+' if more else ''}"
        for value, more in zip(growing.seen, growing.more, strict=True)
    ]


def this_year(lines, of_visit=None, **records):
    """Before the visit, and with it; what the history says of the visit itself stands where nothing else is said."""
    found = beside(lines, **records)
    told = found.allowed_for_visit()
    known = told[0].to_numpy() if told else np.full(lines.height, np.nan)
    if of_visit is not None:
        known = np.where(np.isnan(known), np.array(of_visit, dtype=np.float64), known)
    both = found.allowed(known)
    return text(both["allowed_this_year"]), text(both["allowed_with_visit"])


# ── the KX threshold of 2026 is 2,480 dollars ────────────────────────────────────────────────────────────────────────


def test_a_visit_that_crosses_the_threshold_and_a_sum_that_is_exactly_the_threshold():
    assert this_year(claim("2026-03-10"), [60], history=[row("2026-02-01", 2475)]) == (["2475.00"], ["2535.00"])
    cents = [row("2026-01-05", 0.10)] * 3 + [row("2026-02-01", 2479.70)]
    before, with_it = this_year(claim("2026-03-10"), [0], history=cents)
    assert (before, with_it) == (["2480.00"], ["2480.00"])
    exact = beside(claim("2026-03-10"), history=cents).allowed(np.array([0.0]))["allowed_with_visit"]
    assert exact.seen.tolist() == [2480.0]


def test_a_sum_is_exact_where_a_history_was_given_and_a_lower_bound_where_none_was():
    found = beside(claim("2026-03-10")).allowed(np.array([60.0]))["allowed_with_visit"]
    assert text(found) == ["60.00+"]
    assert found.exact("allowed_with_visit").to_list() == [None]
    assert this_year(claim("2026-03-10"), [60], history=[]) == (["0.00"], ["60.00"])


def test_what_is_not_known_of_the_visit_itself_may_be_more():
    assert this_year(claim("2026-03-10"), history=[row("2026-02-01", 100)]) == (["100.00"], ["100.00+"])


def test_only_the_calendar_year_up_to_the_day_before_counts():
    rows = [row("2025-12-31", 1), row("2026-01-01", 2), row("2026-03-09", 4), row("2026-03-11", 16)]
    assert this_year(claim("2026-03-10"), [0], history=rows)[0] == ["6.00"]
    assert this_year(claim("2026-01-01", received=None), [0], history=rows[:1])[0] == ["0.00"]


def test_physical_therapy_and_speech_together_and_occupational_therapy_apart():
    rows = [
        row("2026-02-01", 1),
        {**row("2026-02-02", 2), "modifiers": ["GN"]},
        {**row("2026-02-03", 4), "modifiers": ["GO"]},
        {**row("2026-02-04", 8), "modifiers": [], "discipline": "OT"},
    ]
    lines = claim("2026-03-10", {"modifiers": ["GO"]}, {"service": "2026-03-12", "modifiers": []})
    assert this_year(lines, [0, 0, 0], history=rows)[0] == ["3.00", "12.00", None]


def test_all_providers_count_and_what_tells_no_discipline_or_amount_leaves_more():
    assert this_year(claim("2026-03-10"), [0], history=[row("2026-02-01", 5, provider_npi=OTHER_PROVIDER)])[0] == [
        "5.00"
    ]
    assert this_year(claim("2026-03-10"), [0], history=[row("2026-02-01", 5), row("2026-02-02")])[0] == ["5.00+"]
    undisciplined = {**row("2026-02-02", 7), "modifiers": []}
    assert this_year(claim("2026-03-10"), [0], history=[row("2026-02-01", 5), undisciplined])[0] == ["5.00+"]


@pytest.mark.parametrize(
    ("payer", "counted"), [(None, "5.00"), ("Medicare", "5.00"), ("Aetna", "0.00"), ("Elm Health", "0.00+")]
)
def test_what_another_payer_allowed_does_not_count(payer, counted):
    assert this_year(claim("2026-03-10"), [0], history=[row("2026-02-01", 5, payer=payer)])[0] == [counted]


def test_what_was_taken_back_is_taken_off():
    rows = [row("2026-02-01", 50), row("2026-02-01", -50)]
    assert this_year(claim("2026-03-10"), [0], history=rows)[0] == ["0.00"]


# ── the run and the history together ─────────────────────────────────────────────────────────────────────────────────


def test_earlier_visits_of_the_run_count_with_what_is_known_of_them():
    lines = claim("2026-03-09", {"service": "2026-03-09", "procedure": "97110"}, "2026-03-10")
    assert this_year(lines, [40, 40, 30], history=[row("2026-02-01", 100)]) == (
        ["100.00", "100.00", "140.00"],
        ["140.00", "140.00", "170.00"],
    )
    assert this_year(lines, [np.nan, np.nan, 30], history=[row("2026-02-01", 100)])[0] == [
        "100.00",
        "100.00",
        "100.00+",
    ]


def test_a_line_that_the_history_holds_too_is_counted_once():
    lines = claim("2026-03-09", {"service": "2026-03-09", "procedure": "97110"}, "2026-03-10")
    rows = [row("2026-03-09", 15, "97026"), row("2026-03-09", 60)]
    assert this_year(lines, history=rows) == (["0.00", "0.00", "75.00"], ["75.00", "75.00", "75.00+"])
    assert this_year(lines, [999, 999, 1], history=rows)[0] == ["0.00", "0.00", "75.00"]


def test_of_a_visit_that_the_history_holds_in_part_the_rest_is_not_known():
    lines = claim("2026-03-09", {"service": "2026-03-09", "procedure": "97110"}, "2026-03-10")
    assert this_year(lines, history=[row("2026-03-09", 15, "97026")]) == (
        ["0.00", "0.00", "15.00+"],
        ["0.00+", "0.00+", "15.00+"],
    )


def test_a_row_for_a_whole_visit_stands_for_all_its_lines():
    lines = claim("2026-03-09", {"service": "2026-03-09", "procedure": "97110"}, "2026-03-10")
    assert this_year(lines, [np.nan, np.nan, 1], history=[row("2026-03-09", 75, None)]) == (
        ["0.00", "0.00", "75.00"],
        ["75.00", "75.00", "76.00"],
    )


def test_two_equal_lines_of_which_the_history_holds_one():
    lines = claim("2026-03-09", "2026-03-09", "2026-03-10")
    assert this_year(lines, history=[row("2026-03-09", 15, "97026")])[0] == ["0.00", "0.00", "15.00+"]
    twice = [row("2026-03-09", 15, "97026")] * 2
    assert this_year(lines, history=twice)[0] == ["0.00", "0.00", "30.00"]


def test_a_row_of_another_provider_is_another_visit():
    lines = claim("2026-03-09", "2026-03-10")
    rows = [row("2026-03-09", 15, "97026", provider_npi=OTHER_PROVIDER)]
    assert this_year(lines, [20, 20], history=rows)[0] == ["0.00", "35.00"]


def test_claims_to_one_payer_under_two_names_are_one_sum():
    lines = claims(claim("2026-03-09", payer={"key": "medicare", "name": "MEDICARE OHIO"}), claim("2026-03-10"))
    assert this_year(lines, [20, 5], history=[])[0] == ["0.00", "20.00"]
    lines = claims(claim("2026-03-09", payer={"key": "aetna"}), claim("2026-03-10"))
    assert this_year(lines, [20, 5], history=[])[0] == ["0.00", "0.00"]


@given(
    amounts=st.lists(
        st.tuples(st.integers(-40, 400), st.integers(0, 99_999), st.sampled_from(["GP", "GO", "GN"])), max_size=12
    ),
    asked=st.lists(st.tuples(st.integers(-40, 400), st.sampled_from(["GP", "GO"])), min_size=1, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_sums_are_those_of_a_loop(amounts, asked):
    def day(offset):
        return np.datetime64("2025-01-01") + offset

    rows = [{**row(str(day(at)), cents / 100), "modifiers": [gx]} for at, cents, gx in amounts]
    lines = claim(*({"service": str(day(at)), "modifiers": [gx]} for at, gx in asked), received=None)
    wanted = [{"GP", "GN"} if gx == "GP" else {"GO"} for _, gx in asked]
    expected = [
        sum(
            cents
            for when, cents, other in amounts
            if other in kinds and when < at and str(day(when))[:4] == str(day(at))[:4]
        )
        for (at, _), kinds in zip(asked, wanted, strict=True)
    ]
    # codes that no line of the run bills, so that nothing is told twice
    found = beside(lines, history=rows).allowed(np.zeros(len(asked)))["allowed_this_year"]
    assert found.seen.tolist() == [cents / 100 for cents in expected]
    assert not found.more.any()


# ── limits of plans ──────────────────────────────────────────────────────────────────────────────────────────────────


def reached(lines, plan, **records):
    (found,) = beside(lines, plans=[plan], **records).limit_reached(therapy)
    assert found.name == "benefit_limit_reached"
    return found.to_list()


@pytest.mark.parametrize(("used", "out"), [(19, False), (20, True), (21, True)])
def test_the_twentieth_visit_of_twenty_is_still_paid(used, out):
    assert reached(claim("2026-03-10"), {"visit_limit": 20, "visits_used": used}) == [out]


def test_visits_of_the_run_are_used_up_day_by_day():
    lines = claim("2026-03-10", {"procedure": "97110"}, "2026-03-11", "2026-03-12")
    assert reached(lines, {"visit_limit": 20, "visits_used": 18}) == [False, False, False, True]


def test_a_plan_that_names_no_limit_says_nothing_of_limits():
    assert reached(claim("2026-03-10"), {"product": "PPO"}) == [None]
    assert reached(claim("2026-03-10"), {"visits_used": 20}) == [None]


def test_where_nobody_says_what_is_used_the_history_does():
    rows = [row("2025-12-30"), row("2026-01-02"), row("2026-01-09")]
    assert reached(claim("2026-03-10"), {"visit_limit": 3}, history=rows) == [False]
    assert reached(claim("2026-03-10"), {"visit_limit": 2}, history=rows) == [True]
    assert reached(claim("2026-03-10"), {"visit_limit": 3, "limit_period": "lifetime"}, history=rows) == [True]
    assert reached(claim("2026-03-10", "2026-03-11"), {"visit_limit": 1}) == [None, True]


def test_the_plan_year_begins_with_the_renewal_of_the_year():
    rows = [row("2025-06-30"), row("2025-07-01"), row("2026-03-01")]
    plan = {"visit_limit": 2, "limit_period": "plan year"}
    assert reached(claim("2026-03-10"), {**plan, "renewed_on": "2025-07-01"}, history=rows) == [True]
    assert reached(claim("2026-03-10"), {**plan, "renewed_on": "2025-07-02"}, history=rows) == [False]
    assert reached(claim("2026-03-10"), {**plan, "renewed_on": "2024-07-01"}, history=rows) == [True]
    assert reached(claim("2026-03-10"), plan, history=rows) == [None]


def test_what_is_used_through_a_day_is_added_to_by_what_came_after_it():
    plan = {"visit_limit": 20, "visits_used": 19, "used_through": "2026-02-01"}
    assert reached(claim("2026-03-10"), plan, history=[row("2026-02-01")]) == [False]
    assert reached(claim("2026-03-10"), plan, history=[row("2026-02-02")]) == [True]
    assert reached(claim("2026-03-10"), plan) == [None]
    assert reached(claim("2026-03-10"), {**plan, "used_through": "2025-12-31"}, history=[]) == [False]


def test_units_and_dollars():
    lines = claim({"units": 2}, {"service": "2026-03-11", "units": 1})
    assert reached(lines, {"unit_limit": 12, "units_used": 10}) == [False, True]
    assert reached(lines, {"unit_limit": 12, "units_used": 9}) == [False, False]
    assert reached(claim("2026-03-10"), {"dollar_limit": 1000, "dollars_used": 999.99}) == [False]
    assert reached(claim("2026-03-10"), {"dollar_limit": 1000, "dollars_used": 1000}) == [True]
    assert reached(lines, {"dollar_limit": 1000, "dollars_used": 900}) == [False, None]
    paid = [row("2026-01-05", 600.50), row("2026-01-06", 399.50)]
    assert reached(claim("2026-03-10"), {"dollar_limit": 1000}, history=paid) == [True]


def test_one_limit_that_is_reached_is_enough():
    plan = {"visit_limit": 20, "visits_used": 3, "dollar_limit": 500, "dollars_used": 500}
    assert reached(claim("2026-03-10"), plan) == [True]


def test_services_that_are_no_therapy_or_of_another_payer_use_nothing_up():
    lines = claims(
        claim({"procedure": "E0221", "service": "2026-03-08"}),
        claim("2026-03-09", payer={"key": "aetna"}),
        claim("2026-03-10"),
    )
    assert reached(lines, {"visit_limit": 1, "visits_used": 0, "payer": "medicare"}) == [False, None, False]


def test_a_line_whose_patient_is_not_told_has_what_the_plan_says_and_no_more():
    lines = claim("2026-03-10", patient={"member_id": PATIENT["member_id"]})
    assert reached(lines, {"visit_limit": 20, "visits_used": 20}) == [True]
    assert reached(lines, {"visit_limit": 20, "visits_used": 19}) == [None]

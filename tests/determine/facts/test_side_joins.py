"""Plans, authorizations and plans of care beside lines: whose they are, on which day, and what they leave open."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from side_samples import PATIENT, beside, claim, claims, columns

from claimwright.determine.facts import plans_of_care

OTHER = {"member_id": PATIENT["member_id"], "first": "LEE", "birth_date": "1990-01-01"}


def plan(lines=None, **row):
    return columns(beside(claim("2026-03-10") if lines is None else lines, plans=[row]).plans())


# ── plans ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_the_plan_of_the_day_says():
    assert plan(
        product="HDHP PPO",
        regulating_state="IL",
        funding="ASO",
        renewed_on="2026-01-01",
        contract_position="silent",
        prior_authorization_required=True,
    ) == {
        "regulating_state": ["Illinois"],
        "funding": ["self-funded"],
        "product": ["PPO"],
        "plan_renewed": [claim("2026-01-01")["service_from"][0]],
        "contract_position": ["silent"],
        "authorization_required": [True],
    }


def test_other_states_and_products_are_another():
    found = plan(product="EPO", regulating_state="TX")
    assert (found["product"], found["regulating_state"]) == (["another product"], ["another state"])


def test_what_a_plan_does_not_say_is_unknown():
    assert set(map(tuple, plan(product="PPO").values())) == {("PPO",), (None,)}


@pytest.mark.parametrize(
    ("service", "known"), [("2025-12-31", None), ("2026-01-01", "HMO"), ("2026-06-30", "HMO"), ("2026-07-01", None)]
)
def test_a_plan_holds_on_its_first_and_last_day_and_not_beside_them(service, known):
    row = {"product": "HMO", "from": "2026-01-01", "to": "2026-06-30"}
    assert plan(claim(service, received=None), **row)["product"] == [known]


@pytest.mark.parametrize(
    ("service", "renewed"), [("2025-12-31", "2025-01-01"), ("2026-01-01", "2026-01-01"), ("2026-05-01", "2026-01-01")]
)
def test_the_renewal_is_the_latest_on_or_before_the_day(service, renewed):
    rows = [
        {"from": "2025-01-01", "renewed_on": "2025-01-01"},
        {"from": "2026-01-01", "renewed_on": "2026-01-01"},
    ]
    found = columns(beside(claim(service, received=None), plans=rows).plans())["plan_renewed"]
    assert [str(day) for day in found] == [renewed]


def test_a_row_without_its_renewal_leaves_it_open_whatever_older_rows_say():
    rows = [{"from": "2025-01-01", "renewed_on": "2025-01-01"}, {"from": "2026-01-01"}]
    assert columns(beside(claim("2026-03-10"), plans=rows).plans())["plan_renewed"] == [None]


def test_a_renewal_after_the_day_is_none():
    assert plan(renewed_on="2026-03-11")["plan_renewed"] == [None]


@pytest.mark.parametrize(
    ("payer", "known"),
    [(None, "HMO"), ("medicare", "HMO"), ("Medicare Part B of Ohio", "HMO"), ("Aetna", None), ("Elm Health", "HMO")],
)
def test_a_plan_of_another_payer_is_not_looked_at(payer, known):
    assert plan(product="HMO", payer=payer)["product"] == [known]


def test_a_plan_is_that_of_its_member_and_of_the_members_family():
    lines = claims(
        claim("2026-03-10"),
        claim("2026-03-10", patient=OTHER),
        claim("2026-03-10", patient={**PATIENT, "member_id": "ZZ9"}),
        claim("2026-03-10", patient={"member_id": "UNKNOWN"}),
    )
    assert plan(lines, product="HMO")["product"] == ["HMO", "HMO", None, None]


def test_no_file_makes_no_columns():
    nothing = beside(claim("2026-03-10"))
    assert nothing.plans() == nothing.authorizations() == []
    assert nothing.plans_of_care() == ([], {})


def test_a_file_without_rows_leaves_everything_open():
    nothing = beside(claim("2026-03-10", {}), plans=[], authorizations=[], plans_of_care=[])
    care, _ = nothing.plans_of_care()
    for series in (*nothing.plans(), *nothing.authorizations(), *care):
        assert series.to_list() == [None, None], series.name


# ── authorizations ───────────────────────────────────────────────────────────────────────────────────────────────────

GOOD = {
    "number": "PA-1",
    "status": "approved",
    "codes": ["97026"],
    "from": "2026-03-01",
    "to": "2026-03-31",
    "units_approved": 10,
    "units_used": 9,
    "requested_on": "2026-02-20",
}


def behind(lines, *rows, live=None):
    found = beside(lines, live, authorizations=list(rows)).authorizations()
    return {name.removeprefix("authorization_"): values for name, values in columns(found).items()}


def test_an_authorization_that_holds():
    assert behind(claim("2026-03-10"), GOOD) == {
        "status": ["approved"],
        "names_code": [True],
        "covers_day": [True],
        "units_suffice": [True],
        "asked_in_time": [True],
    }


@pytest.mark.parametrize(
    ("service", "covered"), [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)]
)
def test_an_authorization_covers_its_first_and_its_last_day(service, covered):
    assert behind(claim(service, received=None), GOOD)["covers_day"] == [covered]


def test_what_an_authorization_does_not_say_is_unknown_and_what_denies_is_known():
    found = behind(claim("2026-03-10", "2026-03-20"), {"number": "PA-1", "to": "2026-03-15"})
    assert found["covers_day"] == [None, False]
    assert found["names_code"] == found["units_suffice"] == found["status"] == [None, None]


def test_it_names_other_codes_or_all_of_them():
    lines = claim("2026-03-10", {"procedure": "97110"})
    assert behind(lines, GOOD)["names_code"] == [True, False]
    assert behind(lines, {**GOOD, "codes": "all"})["names_code"] == [True, True]


def test_units_run_out_day_by_day_over_the_lines_that_stand():
    lines = claim("2026-03-12", "2026-03-10", "2026-03-11")
    assert behind(lines, GOOD)["units_suffice"] == [False, True, False]
    assert behind(lines, {**GOOD, "units_used": 8})["units_suffice"] == [False, True, True]
    assert behind(lines, {**GOOD, "units_used": 10})["units_suffice"] == [False, False, False]
    assert behind(lines, GOOD, live=[True, False, True])["units_suffice"] == [False, True, True]


def test_lines_of_other_codes_take_nothing_from_it():
    lines = claim({"procedure": "97110", "units": 4}, "2026-03-10")
    assert behind(lines, GOOD)["units_suffice"] == [False, True]


def test_visits_are_counted_once_a_day():
    row = {**GOOD, "codes": "all", "counted_in": "visits"}
    lines = claim({"units": 4}, {"procedure": "97110", "units": 4}, "2026-03-11")
    assert behind(lines, row)["units_suffice"] == [True, True, False]


def test_units_that_nobody_told_leave_open_whether_they_suffice_unless_they_cannot():
    assert behind(claim("2026-03-10"), {**GOOD, "units_used": None})["units_suffice"] == [None]
    assert behind(claim({"units": 11}), {**GOOD, "units_used": None})["units_suffice"] == [False]
    assert behind(claim({"units": None}, "2026-03-10"), GOOD)["units_suffice"] == [None, None]


def test_the_number_on_the_claim_picks_the_authorization():
    other = {**GOOD, "number": "PA-2", "status": "denied"}
    assert behind(claim("2026-03-10", prior_auth="pa 2"), GOOD, other)["status"] == ["denied"]
    assert behind(claim("2026-03-10", prior_auth="PA3"), GOOD, other)["status"] == [None]


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [
        ({"codes": ["97110"]}, {"status": "pending"}, "pending"),  # the code before the status
        ({"to": "2026-03-09"}, {"status": "pending"}, "pending"),  # the day before the status
        ({"codes": None}, {"status": "denied"}, "denied"),  # named before perhaps named
        ({}, {"status": "denied"}, "approved"),
        ({"status": "expired"}, {"status": "none"}, "expired"),
    ],
)
def test_without_a_number_the_one_that_fits_best_is_meant(first, second, chosen):
    rows = [{**GOOD, **first}, {**GOOD, "number": "PA-2", **second}]
    assert behind(claim("2026-03-10"), *rows)["status"] == [chosen]
    assert behind(claim("2026-03-10"), *reversed(rows))["status"] == [chosen]


def test_one_that_was_asked_for_after_the_service_was_not_asked_for_in_time():
    assert behind(claim("2026-03-10"), {**GOOD, "requested_on": "2026-03-10"})["asked_in_time"] == [True]
    assert behind(claim("2026-03-10"), {**GOOD, "requested_on": "2026-03-11"})["asked_in_time"] == [False]


def test_an_authorization_of_one_of_two_people_with_one_member_id_is_nobodys_until_it_tells_them_apart():
    lines = claims(claim("2026-03-10"), claim("2026-03-10", patient=OTHER))
    assert behind(lines, GOOD)["status"] == [None, None]
    assert behind(lines, {**GOOD, "birth_date": "1990-01-01"})["status"] == [None, "approved"]
    assert behind(lines, {**GOOD, "patient_first": "pat"})["status"] == ["approved", None]


# ── plans of care ────────────────────────────────────────────────────────────────────────────────────────────────────

CARE = {
    "discipline": "PT",
    "established_on": "2026-02-20",
    "evaluation_on": "2026-02-20",
    "first_treatment_on": "2026-02-20",
    "signed_on": "2026-03-22",
    "order_on_file": True,
    "sent_on": "2026-03-22",
    "certified_through": "2026-05-20",
    "lists": ["97026"],
    "functional_goals": True,
    "complete": False,
}


def care(lines, *rows):
    found, growing = beside(lines, plans_of_care=list(rows)).plans_of_care()
    return columns([*found, *growing["days_to_sending"].columns("days_to_sending")])


def test_what_the_plan_of_care_says():
    assert care(claim("2026-03-10"), CARE) == {
        "plan_exists": [True],
        "plan_lists_modality": [True],
        "goals_functional": [True],
        "plan_complete": [False],
        "plan_signed": [True],
        "days_to_signature": [30.0],
        "order_on_file": [True],
        "days_since_first_treatment": [28.0],
        "days_into_certification": [18.0],
        "after_certified_day": [False],
        "days_to_sending": [30.0],
        "days_to_sending_more": [False],
    }


def test_the_thirty_first_day():
    found = care(claim("2026-03-10"), {**CARE, "signed_on": "2026-03-23", "sent_on": "2026-03-23"})
    assert found["days_to_signature"] == found["days_to_sending"] == [31.0]
    assert care(claim("2026-03-10", received="2026-03-22"), CARE)["days_since_first_treatment"] == [30.0]


@pytest.mark.parametrize(("signed", "days"), [("2026-03-15", 9), ("2026-03-16", 24), ("2026-02-28", 8)])
def test_a_verbal_order_counts_when_it_was_signed_within_14_days(signed, days):
    found = care(claim("2026-03-10"), {**CARE, "verbal_order_on": "2026-03-01", "signed_on": signed})
    assert found["days_to_signature"] == [days]


def test_a_plan_not_sent_yet_has_at_least_the_days_up_to_the_day_after_receipt():
    found = care(claim("2026-03-10"), {**CARE, "sent": False, "sent_on": None})
    assert (found["days_to_sending"], found["days_to_sending_more"]) == ([29.0], [True])


def test_a_plan_that_is_not_signed():
    assert care(claim("2026-03-10"), {**CARE, "signed": False, "signed_on": None})["plan_signed"] == [False]
    assert care(claim("2026-03-10"), {**CARE, "signed_on": None})["plan_signed"] == [None]


@pytest.mark.parametrize(("service", "over"), [("2026-05-20", False), ("2026-05-21", True)])
def test_the_certified_period_ends_with_its_last_day(service, over):
    assert care(claim(service, received=None), CARE)["after_certified_day"] == [over]


@pytest.mark.parametrize(
    ("after", "into", "over"),
    [
        (False, 90, False),
        (False, 91, True),
        (True, 20, True),
        (None, 91, True),
        (None, 20, None),
        (False, np.nan, None),
        (True, np.nan, True),
    ],
)
def test_a_certified_period_ends_after_90_days_by_itself(after, into, over):
    told = plans_of_care.period_over(pl.Series([after], dtype=pl.Boolean), np.array([float(into)]), np.array([90.0]))
    assert told.to_list() == [over]


def test_the_latest_plan_established_by_the_day_is_meant():
    later = {**CARE, "established_on": "2026-03-05", "first_treatment_on": "2026-03-06", "lists": []}
    found = care(claim("2026-03-04", "2026-03-05", "2026-03-10"), CARE, later)
    assert found["plan_lists_modality"] == [True, False, False]
    assert found["days_into_certification"] == [12.0, -1.0, 4.0]


def test_a_plan_of_another_discipline_says_nothing_of_the_line():
    lines = claim("2026-03-10", {"modifiers": ["GO"]}, {"service": "2026-03-11", "modifiers": []})
    assert care(lines, CARE)["plan_exists"] == [True, None, True]
    assert care(lines, CARE, {**CARE, "discipline": "OT"})["plan_exists"] == [True, True, None]


def test_a_line_without_a_discipline_takes_its_visits():
    lines = claim({"modifiers": []}, {"procedure": "97110", "modifiers": ["GO"]})
    rows = [{**CARE, "lists": []}, {**CARE, "discipline": "OT"}]
    assert care(lines, *rows)["plan_lists_modality"] == [True, False]


def test_treatment_before_its_plan_had_no_plan_and_before_its_first_treatment_nobody_knows():
    row = {**CARE, "established_on": "2026-03-15", "first_treatment_on": "2026-03-09"}
    found = care(claim("2026-03-08", "2026-03-09", "2026-03-10", "2026-03-15"), row)
    assert found["plan_exists"] == [None, False, False, True]
    assert found["plan_signed"] == [None, None, None, True]

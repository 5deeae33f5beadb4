"""The example side files are read without a complaint, speak of the clinic's patients, and tell their stories."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from example_reading import CLINIC, HERE

from claimwright.determine import sides
from claimwright.determine.beside import Beside
from claimwright.determine.facts.visits import visits
from claimwright.formats.sides import KINDS, read
from claimwright.formats.x12 import read as read_x12
from claimwright.reference import payer_table, payers


@pytest.fixture(scope="module")
def lines():
    week = pl.concat([batch.lines for batch in read_x12(HERE / CLINIC)])
    told = payers.match(week, payer_table.load())
    return told.with_columns(received=pl.lit(date(2026, 3, 20)))


@pytest.fixture(scope="module")
def beside(lines):
    told, problems = sides.read({kind: [HERE / "sides" / f"{kind}.csv"] for kind in KINDS})
    assert problems == ()
    live = np.ones(lines.height, dtype=np.bool_)
    return Beside(lines, visits(lines, live), live, told)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_of_a_patient_of_the_week(lines, kind):
    frame, problems = read(kind, HERE / "sides" / f"{kind}.csv")
    assert problems == []
    assert frame.height >= 3
    keys = ["member_id", *(["birth_date", "patient_first"] if "birth_date" in frame.columns else [])]
    assert frame.join(lines, on=keys, how="anti").height == 0


def of(lines, column, claim, procedure="97026"):
    """The value of a column on a line of the week, by its claim."""
    rows = ((lines["claim"] == claim) & (lines["procedure"] == procedure)).arg_true()
    assert len(rows) == 1
    return column[rows[0]]


def therapy(codes, _):
    return codes.str.contains(r"^97|^G0283$").fill_null(False).to_numpy()


def modality(codes, _):
    return codes.is_in(["97012", "97026", "G0283"]).fill_null(False).to_numpy()


def test_the_knee_stands_four_dollars_fifty_below_the_threshold_of_the_year(lines, beside):
    before = beside.allowed(np.full(lines.height, 10.0))
    exact = {name: growing.exact(name) for name, growing in before.items()}
    assert of(lines, exact["allowed_this_year"], "CW0309-025") == 2475.50
    assert of(lines, exact["allowed_with_visit"], "CW0309-025") == 2485.50
    assert of(lines, exact["allowed_with_visit"], "CW0311-057") == 2495.50
    days = beside.treatment_days(therapy, 60)
    assert of(lines, days["treatment_day"].exact("x"), "CW0309-025") == 19
    assert of(lines, days["treatment_days_since_report"].exact("x"), "CW0309-025") == 1


def test_the_tenth_treatment_day_without_a_report(lines, beside):
    days = beside.treatment_days(therapy, 60)
    assert of(lines, days["treatment_days_since_report"].exact("x"), "CW0310-046") == 10


def test_the_visits_with_modalities_alone_began_the_week_before(lines, beside):
    in_a_row = beside.modality_only_visits(modality)["modality_only_visits"].exact("x")
    assert of(lines, in_a_row, "CW0313-022", "97012") == 6


def test_plans_authorizations_and_plans_of_care_tell_their_stories(lines, beside):
    care, growing = beside.plans_of_care()
    told = {column.name: column for column in (*beside.plans(), *beside.authorizations(), *care)}
    assert of(lines, told["product"], "CW0310-048") == "PPO"
    assert of(lines, told["plan_renewed"], "CW0310-048") == date(2026, 1, 1)
    assert of(lines, told["contract_position"], "CW0311-023") == "excludes"
    assert of(lines, told["funding"], "CW0312-021") == "self-funded"
    assert of(lines, told["product"], "CW0313-008", "E0221") == "another product"
    assert of(lines, told["authorization_status"], "CW0310-035") == "none"
    assert of(lines, told["authorization_names_code"], "CW0311-009") is False
    assert of(lines, told["plan_lists_modality"], "CW0312-009") is False
    assert of(lines, told["days_to_signature"], "CW0312-009") == 18
    assert of(lines, told["plan_signed"], "CW0310-046") is False
    assert of(lines, growing["days_to_sending"].exact("x"), "CW0310-046") == 30
    (out,) = beside.limit_reached(therapy)
    assert sorted(set(out.drop_nulls())) == [False, True]
    assert sorted(set(told["authorization_units_suffice"].drop_nulls())) == [False, True]
    assert sorted(set(told["authorization_covers_day"].drop_nulls())) == [False, True]

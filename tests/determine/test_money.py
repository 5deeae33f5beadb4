"""What a line is expected to bring, against amounts worked out by hand from the published values.

Relative values of October 2025 (work, practice expense, malpractice): 97530 0.44 0.62 0.01 · 97110 0.45 0.43 0.01 ·
97026 0.06 0.14 0.01; conversion factor 32.3465. Indices of Ohio in 2025: 1, 0.911, 1.033.
"""

import csv
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.determine.sides import Sides
from claimwright.determine.summarise import summarise
from claimwright.formats.sides import FEES
from claimwright.lines.case import Case, lines_of
from claimwright.lines.money import Stake
from claimwright.reference import fees, releases
from claimwright.reference.releases import Releases
from claimwright.reference.tables import LOCALITIES, RELATIVE_VALUES, TABLES

LAST_YEAR = "2025-11-03"
CENT = Decimal("0.01")


def line(procedure, units=1, *modifiers, **fields):
    return {
        "procedure": procedure,
        "service": LAST_YEAR,
        "units": units,
        "modifiers": list(modifiers or ["GP"]),
        "place": "11",
        **fields,
    }


def case(*lines, state=None, program="medicare-part-b", **fields):
    told = {
        "claim": "A",
        "form": "professional",
        "patient": {"member_id": "1AB2CD3EF45", "first": "PAT", "birth_date": "1950-05-05"},
        "provider": {"npi": "1234567893", **({"state": state} if state else {})},
        "payer": {"program": program},
        "diagnoses": ["M54.16"],
        "lines": list(lines),
    }
    return lines_of(Case.model_validate({**told, **fields}))


def money(engine, *lines, sides=None, **fields):
    determined = engine.determine(case(*lines, **fields), sides or Sides())
    return [answer.money for answer in explain(determined)]


def fee_rows(*rows):
    names = ("payer", "procedure", "modifier_1", "from", "to", "allowed")
    told = [{"row": number, **dict(zip(names, row, strict=True))} for number, row in enumerate(rows, 1)]
    columns = [
        pl.Series(name, [one.get(name) for one in told], dtype=pl.String).cast(kind)
        if name == "allowed"
        else pl.Series(name, [one.get(name) for one in told], dtype=kind)
        for name, kind in FEES.schema.items()
    ]
    return Sides(fees=pl.DataFrame(columns))


# the fee schedule -----------------------------------------------------------------------------------------------------


def test_one_service_where_the_state_is_one_locality(engine):
    (told,) = money(engine, line("97110"), state="OH")
    # 0.45 x 1 + 0.43 x 0.911 + 0.01 x 1.033 = 0.85206; x 32.3465 = 27.5612 → 27.56
    assert told.allowed == Decimal("27.56")
    # 20 percent is 5.512 → 5.51; 27.56 - 5.51 = 22.05; 2 percent of it is 0.441 → 0.44; 22.05 - 0.44 = 21.61
    assert told.payment == Decimal("21.61")
    assert [(step.name, step.amount) for step in told.steps] == [
        ("fee schedule", Decimal("27.56")),
        ("patient's share", Decimal("-5.51")),
        ("sequestration", Decimal("-0.44")),
    ]
    assert told.steps[0].figure == "(0.45 × 1 + 0.43 × 0.911 + 0.01 × 1.033) × 32.3465 = $27.56 a unit × 1"
    assert "locality 15202-00 Ohio" in told.basis


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (None, "national amount: the claim tells no state"),
        ("NY", "national amount: NY has several localities"),
        ("VA", "national amount: VA has several localities"),  # its suburbs of Washington are paid as the District is
    ],
)
def test_the_national_amount_is_labelled(engine, state, why):
    (told,) = money(engine, line("97110"), state=state)
    # (0.45 + 0.43 + 0.01) x 32.3465 = 28.788385 → 28.79
    assert (told.allowed, why in told.basis) == (Decimal("28.79"), True)


def test_of_three_services_the_one_with_the_highest_practice_expense_is_paid_in_full(engine):
    exercise, activities, infrared = money(engine, line("97110", 2), line("97530"), line("97026"))
    # 97530: 1.07 x 32.3465 = 34.610755 → 34.61, in full: 0.62 is the highest practice expense
    assert activities.allowed == Decimal("34.61")
    # 97110: 0.45 + 0.215 + 0.01 = 0.675; x 32.3465 = 21.8338875 → 21.83; two units
    assert exercise.allowed == 2 * Decimal("21.83")
    # 97026: 0.06 + 0.07 + 0.01 = 0.14; x 32.3465 = 4.52851 → 4.53
    assert infrared.allowed == Decimal("4.53")
    assert [step.name for step in activities.steps] == ["fee schedule", "patient's share", "sequestration"]
    halved = exercise.steps[1]
    # 2 x 28.79 in full, 2 x 21.83 halved
    assert (halved.name, halved.amount) == ("therapy after the first unit of the day", Decimal("-13.92"))
    assert halved.figure == "practice expense at 50 percent: $21.83 a unit instead of $28.79 × 2"
    assert "Novitas" in halved.source


def test_units_after_the_first_are_halved_too(engine):
    (told,) = money(engine, line("97110", 3))
    assert told.allowed == Decimal("28.79") + 2 * Decimal("21.83")


def test_what_else_was_done_that_day_may_not_be_known(engine):
    (alone,) = money(engine, line("97110"), whole_day=False)
    (whole,) = money(engine, line("97110"), whole_day=True)
    assert "other therapy of the day is not known" in alone.basis
    assert "other therapy of the day" not in whole.basis


def test_another_day_another_first_unit(engine):
    told = money(engine, line("97110"), line("97110", service="2025-11-04"))
    assert [one.allowed for one in told] == [Decimal("28.79")] * 2


def test_a_code_that_is_no_therapy_is_not_halved(engine):
    whole, needling = money(engine, line("97110"), line("20560"))
    # 20560: 0.32 + 0.42 + 0.02 = 0.76; x 32.3465 = 24.58334 → 24.58; its multiple procedure indicator is 0
    assert (whole.allowed, needling.allowed) == (Decimal("28.79"), Decimal("24.58"))


def test_the_facility_has_its_own_practice_expense(engine):
    office, hospital, unknown = (money(engine, line("20560", place=place))[0] for place in ("11", "22", None))
    assert office.allowed == Decimal("24.58")
    # 0.32 + 0.11 + 0.02 = 0.45; x 32.3465 = 14.555925 → 14.56
    assert (hospital.allowed, " facility," in hospital.basis) == (Decimal("14.56"), True)
    assert unknown.unknown == "the place of service is not known, and the amount depends on it"


def test_an_assistant_is_taken_from_the_payment_and_not_from_the_patients_share(engine):
    (told,) = money(engine, line("97110", 1, "GP", "CQ"))
    assert told.allowed == Decimal("28.79")
    # 28.79 - 5.76 = 23.03; 85 percent: 19.5755 → 19.58, less 3.45; 2 percent of 19.58 is 0.3916 → 0.39; 19.19
    assert [(step.name, step.amount) for step in told.steps[1:]] == [
        ("patient's share", Decimal("-5.76")),
        ("assistant", Decimal("-3.45")),
        ("sequestration", Decimal("-0.39")),
    ]
    assert told.payment == Decimal("19.19")
    assert "our reading" in told.steps[2].source


def test_never_more_than_the_charge(engine):
    (told,) = money(engine, line("97110", charge="20.00"))
    assert (told.allowed, told.payment) == (Decimal("20.00"), Decimal("15.68"))  # 20 - 4 = 16; - 0.32
    assert (told.steps[1].name, told.steps[1].amount) == ("no more than the charge", Decimal("-8.79"))
    assert told.steps[1].source.startswith("unverified: ")


@pytest.mark.parametrize(
    ("day", "sequestration"),
    [("2022-03-31", None), ("2022-04-01", "1 percent"), ("2022-06-30", "1 percent"), ("2022-07-01", "2 percent")],
)
def test_sequestration_by_its_days(engine, day, sequestration):
    (told,) = money(engine, line("97110", service=day))
    figures = [step.figure for step in told.steps if step.name == "sequestration"]
    assert [figure[:9] for figure in figures] == ([] if sequestration is None else [sequestration])


def test_the_conversion_factor_changed_within_a_year(engine):
    before, after = (money(engine, line("97110", service=day))[0] for day in ("2024-03-08", "2024-03-09"))
    assert "× 32.7442 =" in before.steps[0].figure
    assert "× 33.2875 =" in after.steps[0].figure


def test_another_quarter_of_the_year_is_taken_and_said_to_be(engine):
    (told,) = money(engine, line("97110", service="2025-02-03"))
    assert told.allowed == Decimal("28.79")
    assert "fees-rvu-therapy-2025q4, of another quarter of the year" in told.basis


@pytest.mark.parametrize(
    ("lines", "fields", "why"),
    [
        (line("97110", service="2026-03-10"), {}, "no relative values of 2026 are loaded"),
        (line("97010"), {}, "the schedule bundles the code into others: it has no amount of its own"),
        (line("99213"), {}, "the relative values that are loaded do not hold the code"),
        (line("97110"), {"form": None}, "whether the claim is professional or institutional is not known"),
        (line("97110"), {"program": "commercial"}, "no fee schedule of this payer is given (--fees)"),
        (line("97110"), {"program": None}, "the payer's line of business is not known"),
        (line("97110", None), {}, "the units are not known"),
    ],
)
def test_an_unknown_amount_says_why(engine, lines, fields, why):
    (told,) = money(engine, lines, **fields)
    assert (told.allowed, told.payment, told.steps, told.unknown) == (None, None, (), why)


def test_a_year_that_is_not_loaded_names_the_file(engine):
    (told,) = money(engine, line("97110", service="2026-03-10"))
    assert told.help.endswith("claimwright data import rvu26a.zip")


ZIP_CODES = pl.DataFrame(
    {
        "zip": ["10001", "60601", "62701", "20901"],
        "state": ["NY", "IL", "IL", "MD"],
        "contractor": ["13202", "06102", "06102", "12302"],
        "locality": ["01", "16", "99", "01"],
        "divided": [False, False, False, True],
        "from": [None, None, date(2025, 11, 1), None],
        "to": [None, None, None, None],
    },
    schema_overrides={"from": pl.Date, "to": pl.Date},
)


@pytest.fixture
def by_zip(library):
    places = Releases.of_table(LOCALITIES, ZIP_CODES, covers="2025-10-01 .. 2025-12-31", id_="places")
    return Engine(library, releases.load().joined(places))


def test_a_table_of_zip_codes_tells_the_locality(by_zip):
    (told,) = money(by_zip, line("97110"), provider={"npi": "1234567893", "state": "NY", "zip": "10001-2233"})
    # Manhattan: 1.065, 1.166, 1.656: 0.47925 + 0.50138 + 0.01656 = 0.99719; x 32.3465 = 32.2556… → 32.26
    assert (told.allowed, "13202-01 Manhattan" in told.basis) == (Decimal("32.26"), True)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"zip": "60601"}, "locality 06102-16 Chicago"),  # no state is needed
        ({"zip": "606010000"}, "locality 06102-16 Chicago"),
        ({"state": "IL", "zip": "62701"}, "locality 06102-99"),
        # where it is furnished goes before where it is billed from, as a whole
        ({"zip": "60601", "facility_zip": "62701"}, "locality 06102-99"),
        ({"zip": "60601", "facility_state": "OH"}, "locality 15202-00 Ohio"),
        ({"zip": "20901"}, "the ZIP code lies in several localities"),
        ({"state": "NY"}, "locality 13202-01"),  # all ZIP codes that were imported for the state
        ({"state": "IL"}, "IL has several localities, and the claim tells no ZIP code"),
        ({"state": "IL", "zip": "61602"}, "IL has several localities, and places-any does not have its ZIP code"),
        ({"zip": "99999"}, "the claim tells no state, and places-any does not have its ZIP code"),
    ],
)
def test_the_place_of_the_service_tells_the_locality(by_zip, place, words):
    (told,) = money(by_zip, line("97110"), provider={"npi": "1234567893", **place})
    assert words in told.basis


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-10-31", "IL has several localities"),  # its row begins in November
        ("2025-03-03", "IL has several localities"),
        ("2025-12-31", "locality 06102-99"),
    ],
)
def test_a_row_of_a_zip_code_has_days_of_its_own(by_zip, day, words):
    (told,) = money(by_zip, line("97110", service=day), provider={"npi": "1234567893", "state": "IL", "zip": "62701"})
    assert words in told.basis


def test_a_table_of_zip_codes_of_another_quarter_is_said_to_be(by_zip):
    (told,) = money(by_zip, line("97110", service="2025-03-03"), provider={"npi": "1234567893", "zip": "60601"})
    assert "Chicago" in told.basis
    assert "told by places-any, of another quarter of the year" in told.basis


def test_without_a_table_the_national_amount_says_what_is_lacking(engine):
    (told,) = money(engine, line("97110"), provider={"npi": "1234567893", "state": "IL", "zip": "60601"})
    assert "national amount: IL has several localities, and no table of ZIP codes is loaded" in told.basis


def test_of_two_conversion_factors_that_of_most_is_taken(library):
    base = releases.load()["fees-rvu-therapy-2025q4"].rows.frame.drop("row")
    factors = {"fees-rvu-2026q1-qpp": "33.5675", "fees-rvu-2026q1-nonqpp": "33.4009"}  # made up for the test
    made = tuple(
        one
        for id_, factor in factors.items()
        for one in Releases.of_table(
            RELATIVE_VALUES,
            base.with_columns(
                pl.lit(factor).cast(TABLES[RELATIVE_VALUES].columns["conversion_factor"]).alias("conversion_factor")
            ),
            covers="2026-01-01 .. 2026-03-31",
            id_=id_,
        )
    )
    named = tuple(replace(one, id=one.id.removesuffix("-any")) for one in made)
    tables = releases.load().joined(Releases(named))
    (told,) = money(Engine(library, tables), line("97110", service="2026-03-10"))
    assert "× 33.4009 =" in told.steps[0].figure


# several days, and institutions ---------------------------------------------------------------------------------------


def days(first, last):
    return {"service": {"from": first, "to": last}}


def test_a_line_over_several_days_is_paid_day_by_day(engine):
    (told,) = money(engine, line("97110", 4, **days("2025-11-03", "2025-11-04")))
    # two units a day: one in full, 28.79, one with half the practice expense, 21.83
    assert told.allowed == 2 * (Decimal("28.79") + Decimal("21.83"))
    assert told.steps[0].figure.endswith("= $28.79 a unit × 4 over 2 days")
    assert told.steps[1].figure.endswith("$21.83 a unit instead of $28.79 × 2")
    assert "units divided by days (Medicare NCCI Policy Manual" in told.basis


def test_each_day_of_such_a_line_is_held_against_the_other_lines_of_that_day(engine):
    span, first, third, fourth = money(
        engine,
        line("97110", 3, **days("2025-11-03", "2025-11-05")),
        line("97530"),  # 2025-11-03: its practice expense is higher
        line("97026", service="2025-11-05"),
        line("97026", service="2025-11-06"),
    )
    assert span.allowed == Decimal("21.83") + 2 * Decimal("28.79")
    assert (first.allowed, third.allowed) == (Decimal("34.61"), Decimal("4.53"))
    # 0.06 + 0.14 + 0.01 = 0.21; x 32.3465 = 6.792765
    assert fourth.allowed == Decimal("6.79")


def test_the_charge_and_the_payment_of_such_a_line_are_those_of_the_whole_line(engine):
    (told,) = money(engine, line("97110", 2, charge="50.00", **days("2025-11-03", "2025-11-04")))
    assert (told.allowed, told.payment) == (Decimal("50.00"), Decimal("39.20"))  # 50 - 10 = 40; - 0.80


@pytest.mark.parametrize(
    ("units", "span", "why"),
    [
        (3, ("2025-11-03", "2025-11-04"), "its units do not divide into whole units a day"),
        (1, ("2025-11-03", "2025-11-04"), "its units do not divide into whole units a day"),
        (400, ("2024-06-01", "2025-07-05"), "its units do not divide into whole units a day"),
        (2, ("2024-03-08", "2024-03-09"), "come under different tables or percentages"),
        (2, ("2022-06-30", "2022-07-01"), "come under different tables or percentages"),
        (2, ("2024-12-31", "2025-01-01"), "come under different tables or percentages"),
        (2, ("2025-12-31", "2026-01-01"), "no relative values of 2026 are loaded"),
    ],
)
def test_what_cannot_be_divided_by_days_says_why(engine, units, span, why):
    (told,) = money(engine, line("97110", units, **days(*span)))
    assert told.allowed is None
    assert why in told.unknown


def test_a_contract_pays_a_line_over_several_days_as_it_stands(engine):
    sides = fee_rows(("Aetna", "97110", None, None, None, "30.00"))
    payer = {"payer": {"program": "commercial", "key": "aetna"}}
    (told,) = money(engine, line("97110", 3, **days("2025-11-03", "2025-11-04")), sides=sides, program=None, **payer)
    assert told.allowed == Decimal("90.00")


def hospital(engine, *lines, bill="131", state="OH", **fields):
    return money(engine, *lines, form="institutional", bill_type=bill, state=state, **fields)


@pytest.mark.parametrize("bill", ["121", "131", "221", "231", "341", "741", "751"])
def test_therapy_of_institutions_is_paid_by_the_fee_schedule(engine, bill):
    first, second = hospital(engine, line("97530", place=None), line("97110", 2, place=None), bill=bill)
    # Ohio: 0.44 + 0.62 x 0.911 + 0.01 x 1.033 = 1.01515; x 32.3465 = 32.8365… → 32.84
    assert first.allowed == Decimal("32.84")
    # (0.45 + 0.43 x 0.911 / 2 + 0.01 x 1.033) x 32.3465 = 21.2258… → 21.23
    assert second.allowed == 2 * Decimal("21.23")
    assert "non-facility, as institutions are paid" in first.basis


@pytest.mark.parametrize(
    ("lines", "fields", "why"),
    [
        (line("97110"), {"bill": "851"}, "a critical access hospital is paid its cost"),
        (line("97110"), {"state": "MD"}, "a hospital of Maryland is paid by the rates of its state"),
        (line("97110"), {"bill": "721"}, "therapy on this type of bill is not paid by the fee schedule"),
        (line("97110"), {"bill": None}, "the type of bill is not known"),
        (line("20560", 1, "59"), {}, "the line is not billed as such"),
        ({**line("20560"), "modifiers": None}, {}, "whether the line is therapy is not known"),
        (line("97110", service="2026-03-10"), {}, "no relative values of 2026 are loaded"),
    ],
)
def test_what_institutions_are_not_paid_by_the_schedule_says_why(engine, lines, fields, why):
    (told,) = hospital(engine, lines, **fields)
    assert (told.allowed, why in told.unknown) == (None, True), told


def test_a_rehabilitation_agency_of_maryland_is_paid_by_the_schedule(engine):
    (told,) = hospital(engine, line("97110"), bill="741", state="MD")
    assert told.allowed is not None


def test_a_service_that_is_therapy_by_its_modifier_is_paid_to_an_institution(engine):
    (told,) = hospital(engine, line("20560", 1, "GP", place=None))
    # 0.32 + 0.42 x 0.911 + 0.02 x 1.033 = 0.72328; x 32.3465 = 23.3955… → 23.40: the rate outside facilities
    assert told.allowed == Decimal("23.40")


def test_the_basis_of_an_institutional_amount_names_the_table_of_bills(engine):
    told = case(line("97110"), form="institutional", bill_type="131", state="OH")
    answer = next(iter(explain(engine.determine(told))))
    assert "medicare-institutional-therapy" in dict(answer.basis)


# contracts ------------------------------------------------------------------------------------------------------------


def test_a_contract_pays_by_code_modifier_and_day(engine):
    sides = fee_rows(
        ("Aetna", "97110", None, date(2025, 1, 1), None, "30.00"),
        ("AETNA", "97110", "CQ", date(2025, 1, 1), None, "25.50"),
        ("aetna", "97110", None, None, date(2024, 12, 31), "28.00"),
        ("Another Payer", "97026", None, None, None, "9.00"),
    )
    payer = {"payer": {"program": "commercial", "key": "aetna"}}
    plain, assisted, old, other = money(
        engine,
        line("97110", 2),
        line("97110", 1, "GP", "CQ"),
        line("97110", service="2024-06-03"),
        line("97026"),
        sides=sides,
        **payer,
    )
    assert [one.allowed for one in (plain, assisted, old)] == [Decimal("60.00"), Decimal("25.50"), Decimal("28.00")]
    assert plain.payment is None  # the member's share is not known
    assert (plain.steps[0].figure, plain.steps[0].source) == ("$30.00 a unit × 2", "row 1 of the fee file")
    assert other.unknown == "the fee schedules given have no amount for this payer, code and day"


def test_medicare_has_no_contract(engine):
    sides = fee_rows(("medicare", "97110", None, None, None, "99.00"))
    (told,) = money(engine, line("97110"), sides=sides, payer={"program": "medicare-part-b", "key": "medicare"})
    assert told.allowed == Decimal("28.79")


# over all lines -------------------------------------------------------------------------------------------------------

SHIPPED = Path(fees.__file__).parent / "releases" / "fees-rvu-therapy-2025q4" / "rows.csv"
with SHIPPED.open(encoding="utf-8", newline="") as text:
    VALUES = {row["code"]: row for row in csv.DictReader(text)}
GENERATED = st.lists(
    st.tuples(
        st.sampled_from(["97110", "97112", "97140", "97530", "97035", "97026", "97012", "20560", "97161"]),
        st.integers(1, 6),
        st.sampled_from([("GP",), ("GP", "CQ"), ("GO", "CO"), ("GO",)]),
        st.sampled_from([None, "5.00", "40.00", "500.00"]),
    ),
    min_size=1,
    max_size=7,
)


def by_hand(lines):
    """The same amounts, one unit after the other, in decimals."""
    parts = ("work", "nonfacility_pe", "mp")
    units = [
        (number, *(Decimal(VALUES[code][part]) for part in parts))
        for number, (code, count, *_) in enumerate(lines)
        for _ in range(count)
    ]
    therapy = [place for place, one in enumerate(units) if VALUES[lines[one[0]][0]]["multiple_procedure"] == "5"]
    full = min(therapy, key=lambda place: (-units[place][2], -sum(units[place][1:]), place), default=None)
    factor, found = Decimal("32.3465"), [Decimal(0)] * len(lines)
    for place, (number, work, expense, risk) in enumerate(units):
        share = Decimal("0.5") if place in therapy and place != full else 1
        found[number] += ((work + expense * share + risk) * factor).quantize(CENT, ROUND_HALF_UP)
    return [
        fee if charge is None else min(fee, Decimal(charge)) for fee, (*_, charge) in zip(found, lines, strict=True)
    ]


@settings(max_examples=150, deadline=None)
@given(lines=GENERATED)
def test_the_steps_add_up_and_equal_the_amounts_worked_out_unit_by_unit(engine, lines):
    told = money(engine, *(line(code, units, *more, charge=charge) for code, units, more, charge in lines))
    assert [one.allowed for one in told] == by_hand(lines)
    for one in told:
        assert sum(step.amount for step in one.steps if step.of == "allowed") == one.allowed
        assert sum(step.amount for step in one.steps) == one.payment
        assert 0 <= one.payment <= one.allowed


def test_the_order_of_lines_changes_no_amount(engine):
    lines = [line("97110", 2), line("97530"), line("97026"), line("97140", 1, "GP", "CQ")]
    forth, back = money(engine, *lines), money(engine, *reversed(lines))
    assert [one.allowed for one in forth] == [one.allowed for one in reversed(back)]


def test_fees_never_change_an_answer(library, engine):
    lines = case(line("97110", 2), line("97026"), line("97018"), state="OH")
    bare = Releases(tuple(one for one in releases.load() if not one.table.startswith("fees/")))
    without = Engine(library, bare)
    for ours, theirs in zip(explain(engine.determine(lines)), explain(without.determine(lines)), strict=True):
        assert theirs.money.allowed is None
        assert replace(ours, money=None, basis=()) == replace(theirs, money=None, basis=())


def test_the_tables_of_an_amount_stand_in_the_basis(engine):
    (answer,) = explain(engine.determine(case(line("97110"), state="OH")))
    assert {"fees-rvu-therapy-2025q4", "fees-gpci-2025", "medicare-payment"} <= dict(answer.basis).keys()


def test_what_is_at_stake(engine):
    # without GP the line is to be corrected; the bundled code has no amount; the other line has nothing to fix
    lines = case(line("97110", 1, "KX", charge="60"), line("97530", charge="50"), line("97010", charge="12"))
    stakes = summarise(engine.determine(lines)).money
    assert stakes.all == Stake(2, Decimal("21.83") + Decimal("34.61"), 1, Decimal("12.00"))
    assert stakes.recoverable + stakes.lost + stakes.open == stakes.at_risk
    assert stakes.at_risk.expected == Decimal("21.83")
    assert dict(stakes.by_finding)["CLM-GP"].expected == Decimal("21.83")
    assert [(one.why[:31], one.lines) for one in stakes.unpriced] == [("the schedule bundles the code i", 1)]

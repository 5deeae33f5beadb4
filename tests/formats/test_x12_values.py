"""Bad values in good segments: kept, left open or normalised, and always told with their place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from claims_837 import File, claim, ids_of, lines_of, problems_of

from claimwright.lines.problems import Gravity
from claimwright.lines.schema import Unstated


def line(text, **options):
    return File((claim("C1", lines=(text,), **options),))


def row_and_problem(data):
    (problem,) = problems_of(data)
    return lines_of(data).row(0, named=True), problem


def test_a_letter_in_a_code_is_kept_and_the_likely_code_named():
    row, problem = row_and_problem(line("SV1*HC:97O26:GP*18*UN*1***1"))
    assert row["procedure"] == "97O26"
    assert (problem.id, problem.gravity) == ("INP-CODE-LETTER", Gravity.WARNING)
    assert "97026" in problem.help
    assert (problem.claim, problem.line, problem.segment) == ("C1", 1, 23)


@pytest.mark.parametrize("code", ["A4639", "0042T", "L1832", "G0283", "97026", "E0221"])
def test_codes_with_letters_of_their_own_are_left_alone(code):
    assert ids_of(line(f"SV1*HC:{code}:GP*18*UN*1***1")) == []


@pytest.mark.parametrize(
    ("written", "modifiers"),
    [("97026 ", ["GP", None]), (" 97026-59", ["GP", "59"]), ("97026-GP", ["GP", None])],
)
def test_blanks_and_glued_modifiers_are_taken_apart(written, modifiers):
    row, problem = row_and_problem(line(f"SV1*HC:{written}:GP*18*UN*1***1"))
    assert row["procedure"] == "97026"
    assert [row["modifier_1"], row["modifier_2"]] == modifiers
    assert (problem.id, problem.gravity) == ("INP-CODE-FORM", Gravity.WARNING)


@pytest.mark.parametrize("units", ["0", "-1", "two", "NaN", "1e9", "1e400", "99999999999999"])
def test_units_that_are_no_number_above_zero_are_unknown(units):
    row, problem = row_and_problem(line(f"SV1*HC:97026:GP*18*UN*{units}***1"))
    assert row["units"] is None
    assert row["unstated"] == Unstated.UNITS
    assert (problem.id, problem.gravity) == ("INP-UNITS", Gravity.ERROR)


def test_parts_of_a_unit_are_kept_and_told():
    row, problem = row_and_problem(line("SV1*HC:97026:GP*18*UN*1.5***1"))
    assert row["units"] == Decimal("1.5")
    assert (problem.id, problem.gravity) == ("INP-UNITS-PART", Gravity.WARNING)


@pytest.mark.parametrize("modifier", ["gp", "G P"])
def test_modifiers_are_written_one_way(modifier):
    row, problem = row_and_problem(line(f"SV1*HC:97026:{modifier}*18*UN*1***1"))
    assert row["modifier_1"] == "GP"
    assert problem.id == "INP-MODIFIER"


def test_a_modifier_twice_and_a_fifth_one_are_told():
    row, problem = row_and_problem(line("SV1*HC:97026:GP:59:GP*18*UN*1***1"))
    assert [row[f"modifier_{n}"] for n in (1, 2, 3)] == ["GP", "59", "GP"]
    assert problem.id == "INP-MODIFIER-TWICE"
    row, problem = row_and_problem(line("SV1*HC:97026:GP:59:KX:CQ:GA*18*UN*1***1"))
    assert row["description"] == "GA"
    assert problem.id == "INP-MODIFIER"


@pytest.mark.parametrize("pointer", ["5", "1:9", "E", "0", "x", "1:1:1:7"])
def test_a_pointer_to_nothing_is_an_error_and_what_it_names_is_unknown(pointer):
    row, problem = row_and_problem(line(f"SV1*HC:97026:GP*18*UN*1***{pointer}"))
    assert (problem.id, problem.field, problem.line) == ("INP-POINTER", "SV107", 1)
    assert row["pointers"] == pointer
    assert row["unstated"] == Unstated.POINTERS


def test_the_good_part_of_a_bad_pointer_is_kept():
    row, _ = row_and_problem(line("SV1*HC:97026:GP*18*UN*1***2:9"))
    assert (row["pointed_1"], row["pointed_2"]) == ("E1142", None)


def test_letters_are_read_as_pointers():
    row = lines_of(line("SV1*HC:97026:GP*18*UN*1***B:A")).row(0, named=True)
    assert (row["pointed_1"], row["pointed_2"]) == ("E1142", "M1711")


@pytest.mark.parametrize("day", ["20240230", "2024031", "00000000", "31129999", "yesterday"])
def test_a_day_that_is_none_is_left_open(day):
    data = line("SV1*HC:97026:GP*18*UN*1***1", day=f"D8*{day}")
    assert lines_of(data)["service_from"].to_list() == [None]
    found = [problem for problem in problems_of(data) if problem.id == "INP-DATE"]
    assert found
    assert all(problem.claim == "C1" and problem.gravity is Gravity.ERROR for problem in found)


def test_a_period_that_ends_before_it_begins_and_a_period_called_a_day():
    assert ids_of(line("SV1*HC:97026:GP*18*UN*1***1", day="RD8*20240305-20240301")) == ["INP-DATE"]
    data = line("SV1*HC:97026:GP*18*UN*1***1", day="D8*20240301-20240302")
    assert ids_of(data) == ["INP-DATE-FORM"]
    assert (
        lines_of(data)["service_to"].to_list()
        == lines_of(line("SV1*HC:97026:GP*18*UN*1***1", day="RD8*20240301-20240302"))["service_to"].to_list()
    )


def test_a_birth_after_the_service_is_an_error():
    row, problem = row_and_problem(line("SV1*HC:97026:GP*18*UN*1***1", born="20250101"))
    assert (problem.id, problem.gravity) == ("INP-BIRTH", Gravity.ERROR)
    assert row["birth_date"] is not None


def test_two_code_systems_in_one_claim_leave_the_system_open():
    row, problem = row_and_problem(line("SV1*HC:97026:GP*18*UN*1***1", diagnoses="HI*ABK:M1711*BF:25060"))
    assert problem.id == "INP-DX-MIXED"
    assert (row["dx_system"], row["dx_1"], row["dx_2"]) == (None, "M1711", "25060")
    old = lines_of(line("SV1*HC:97026:GP*18*UN*1***1", diagnoses="HI*BK:71516*BF:25060"))
    assert old["dx_system"].to_list() == ["ICD-9-CM"]


def test_diagnoses_are_written_one_way():
    row = lines_of(line("SV1*HC:97026:GP*18*UN*1***1", diagnoses="HI*ABK:m17.11*ABF:E11.42 ")).row(0, named=True)
    assert (row["dx_1"], row["dx_2"]) == ("M1711", "E1142")


def test_diagnoses_that_cannot_be_read_make_pointers_unknown():
    """Positions would shift otherwise: pointer 1 must never name the third diagnosis."""
    row, problem = row_and_problem(line("SV1*HC:97026:GP*18*UN*1***1", diagnoses="HI*ABK*M1711*ABF:E1142"))
    assert problem.id == "INP-DIAGNOSIS"
    assert row["pointed_1"] is None
    assert row["unstated"] == Unstated.DIAGNOSES | Unstated.POINTERS


def test_a_claim_may_carry_up_to_twenty_five_diagnoses():
    codes = [f"M{number:02}11" for number in range(26)]
    hi = "HI*ABK:" + "*ABF:".join(codes)
    row, problem = row_and_problem(line("SV1*HC:97026:GP*18*UN*1***1", diagnoses=hi))
    assert row["dx_25"] == "M2411"
    assert problem.id == "INP-DIAGNOSIS"


@pytest.mark.parametrize("amount", ["ten", "1,000", "1e5", "--3"])
def test_an_amount_that_is_none_is_left_open(amount):
    row, problem = row_and_problem(line(f"SV1*HC:97026:GP*{amount}*UN*1***1"))
    assert row["charge"] is None
    assert problem.id == "INP-AMOUNT"


def test_a_third_decimal_of_an_amount_is_told():
    row, problem = row_and_problem(line("SV1*HC:97026:GP*45.505*UN*1***1"))
    assert row["charge"] == Decimal("45.50")
    assert (problem.id, problem.gravity) == ("INP-AMOUNT", Gravity.WARNING)


def test_a_code_of_another_kind_is_told():
    assert ids_of(line("SV1*WK:97026*18*UN*1***1")) == ["INP-QUALIFIER"]
    assert ids_of(line("SV1*97026*18*UN*1***1")) == ["INP-PROCEDURE"]


def test_problems_stand_in_the_order_of_the_file():
    bad = File(
        (
            claim("A", lines=("SV1*HC:97026:GP*x*UN*0***9",), born="20250101"),
            claim("B", lines=("SV1*HC:97O26:gp*x*UN*0***9",), diagnoses="HI*ABK"),
        )
    )
    places = [problem.segment for problem in problems_of(bad)]
    assert places == sorted(places)
    assert all(problem.help and problem.file == "week.837" for problem in problems_of(bad))

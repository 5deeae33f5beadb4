"""Where a note and its claim part: services, units, providers, sides, regions and diagnoses."""

import numpy as np
import polars as pl
import pytest

from claimwright.determine.facts import against_note, body_of_diagnoses
from claimwright.determine.facts.regions import neighbours
from claimwright.lines.schema import pointed_columns

TOUCHING = neighbours(["lumbar+sacroiliac", "neck+shoulder", "knee+lower leg"])


def pointing(*codes):
    columns = {name: [code] for name, code in zip(pointed_columns, (*codes, None, None, None, None), strict=False)}
    return pl.DataFrame(columns, schema=dict.fromkeys(pointed_columns, pl.String))


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("M1711", ("knee", "R")),
        ("M25562", ("knee", "L")),
        ("M5450", ("lumbar", "")),
        ("M542", ("neck", "")),
        ("S83511A", ("knee", "R")),
        ("G5601", ("hand", "R")),
        ("S72002A", ("", "L")),
        ("E1142", ("", "")),
        ("M2551", ("", "")),
        ("M62830", ("", "")),
    ],
)
def test_what_the_description_of_a_diagnosis_names(code, body):
    assert body_of_diagnoses.of_code(code) == body


@pytest.mark.nightly
@pytest.mark.filterwarnings("ignore:.* is deprecated. Use files:DeprecationWarning")
def test_the_table_of_diagnoses_is_what_its_maker_makes():
    assert body_of_diagnoses.made().splitlines()[1:] == [
        ",".join((code, *body)) for code, body in body_of_diagnoses._named().items()
    ]


@pytest.mark.parametrize(
    ("codes", "regions", "expected"),
    [
        (["M1711"], ("knee_R",), "agree"),
        (["M1711"], ("knee",), "agree"),
        (["M1711"], ("knee_L",), "other side"),
        (["M1711"], ("knee_L", "knee_R"), "agree"),
        (["M1711"], ("lower_leg_R",), "agree"),
        (["M1711"], ("shoulder_R",), "another region"),
        (["M1711", "M5450"], ("knee_L", "lumbar"), "agree"),
        (["M1711", "M5450"], ("knee_L",), "other side"),
        (["M1711", "E1142"], ("knee_L",), None),
        (["E1142"], ("foot_R",), None),
        (["M1711"], (), None),
        (["M1711"], None, None),
        ([], ("knee_R",), None),
        (["M542"], ("shoulder_L",), "agree"),
    ],
)
def test_a_diagnosis_against_the_regions_treated(codes, regions, expected):
    found = against_note.diagnosis_and_region(pointing(*codes), [regions], np.array([0]), TOUCHING)
    assert found.to_list() == [expected]


@pytest.mark.parametrize(
    ("regions", "expected"),
    [
        (("knee_R",), "right"),
        (("left knee", "hip_L", "lumbar"), "left"),
        (("knee_R", "knee_L"), "both"),
        (("knee",), None),
        (("knee_R", "hip"), None),
        (("lumbar",), None),
        ((), None),
        (None, None),
    ],
)
def test_the_side_treated_is_known_only_where_every_sided_region_has_one(regions, expected):
    assert against_note.side_treated([regions], np.array([0])).to_list() == [expected]


@pytest.mark.parametrize(
    ("billed", "noted", "more", "expected"),
    [
        (3, 2, False, "more"),
        (3, 2, True, "more"),
        (2, 2, False, "the same"),
        (1, 2, False, "fewer"),
        (1, 2, True, None),
        (np.nan, 2, False, None),
        (2, np.nan, False, None),
    ],
)
def test_units_against_the_note(billed, noted, more, expected):
    found = against_note.units_against_note(np.array([billed], float), np.array([noted], float), np.array([more]))
    assert found.to_list() == [expected]


def test_a_note_that_names_nothing_contradicts_nothing():
    lines = pointing("M1711").with_columns(billing_npi=pl.lit("1"), rendering_npi=pl.lit(None, pl.String))
    none = [None]
    of = np.array([0])
    assert against_note.provider_on_claim(lines, none, of).to_list() == [None]
    assert against_note.provider_on_claim(lines, [("1",)], of).to_list() == [True]
    assert against_note.provider_on_claim(lines, [("1", "2")], of).to_list() == [False]
    assert against_note.service_in_note(pl.Series(["97026"]), none, of).to_list() == [None]
    assert against_note.service_in_note(pl.Series(["97026"]), [("97110",)], of).to_list() == [False]
    assert against_note.diagnosis_in_note(lines, [("M17.9",)], of).to_list() == [True]
    assert against_note.diagnosis_in_note(lines, [("m54.50",)], of).to_list() == [False]
    assert against_note.diagnosis_in_note(lines, [()], of).to_list() == [None]

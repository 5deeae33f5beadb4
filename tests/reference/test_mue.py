"""The most units that pass, as CMS published them."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from claimwright.reference.mue import look_up
from claimwright.reference.releases import Releases, load

FORM = {"H": "institutional", "P": "professional"}


def ask(code, form, day, releases=None, setting=None):
    day = day and date.fromisoformat(day)
    schema = {"procedure": pl.String, "form": pl.String, "day": pl.Date}
    frame = pl.DataFrame([(code, FORM.get(form, form), day)], schema, orient="row")
    return look_up(frame, load() if releases is None else releases, setting=setting).row(0, named=True)


@pytest.mark.parametrize(
    ("code", "practitioner", "hospital", "indicator"),
    [
        *((code, 1, 1, 3) for code in ["97026", "97012", "97016", "97018", "97022", "97024", "97028", "G0283"]),
        ("97010", 0, 1, 3),
        ("97014", 0, 0, 3),
        ("97602", 0, 1, 3),
        ("97032", 4, 4, 3),
        ("97033", 4, 4, 3),
        ("97034", 2, 2, 3),
        ("97035", 2, 2, 3),
        ("97036", 3, 3, 3),
        ("97113", 6, 6, 3),
        ("97116", 4, 4, 3),
        ("97124", 4, 4, 3),
        ("97140", 6, 6, 3),
        ("97530", 6, 6, 3),
        ("97535", 8, 8, 3),
        ("97597", 1, 1, 3),
        ("97598", 8, 8, 3),
        ("97110", 6, 8, 3),
        ("97112", 4, 6, 3),
        ("97150", 1, 2, 3),
        *((str(code), 1, 1, 2) for code in range(97161, 97169)),
        ("A4639", 0, 0, 3),
        ("E0221", 0, 0, 3),
    ],
)
def test_published_values_of_2024(code, practitioner, hospital, indicator):
    for form, value in (("P", practitioner), ("H", hospital)):
        answer = ask(code, form, "2024-07-01")
        assert (answer["status"], answer["value"]) == ("hit", value)
        assert not answer["aged"]
        if value:
            assert answer["indicator"] == indicator


@pytest.mark.parametrize("code", ["A4639", "E0221"])
def test_supplier_claims_have_their_own_table(code):
    answer = ask(code, None, "2024-07-01", setting="dme")
    assert answer["silence"] == "key missing"  # without a form nothing is asked, whatever the setting
    answer = ask(code, "P", "2024-07-01", setting="dme")
    assert (answer["value"], answer["indicator"], answer["release"]) == (0, 3, "mue-dme-therapy-2024q3")


def test_the_hospital_value_of_2026():
    answer = ask("97110", "H", "2026-10-01")
    assert (answer["value"], answer["aged"], answer["release"]) == (8, False, "mue-hospital-therapy-2026q4")


def test_the_value_does_not_come_from_before_the_first_release():
    answer = ask("97026", "P", "2024-06-30")
    assert (answer["status"], answer["value"], answer["silence"]) == ("unknown", None, "before first release")


def test_an_aged_value_is_given_and_marked():
    answer = ask("97026", "P", "2026-03-10")
    assert (answer["status"], answer["value"], answer["aged"], answer["age_days"]) == ("hit", 1, True, 526)


def test_a_code_missing_from_the_newer_subset_is_taken_from_the_older():
    answer = ask("99213", "H", "2026-10-01")
    assert (answer["status"], answer["aged"], answer["release"]) == ("hit", True, "mue-hospital-therapy-2024q3")


def test_a_code_without_a_published_value_is_unknown():
    assert ask("11042", "P", "2024-07-01")["silence"] == "code not held"
    assert ask(None, "P", "2024-07-01")["silence"] == "key missing"


def test_made_up_values():
    table = pl.DataFrame({"code": ["XX1"], "value": [2], "indicator": [1]})
    releases = Releases.of_mue(table, setting="professional")
    answer = ask("XX1", "P", "2026-03-10", releases)
    assert (answer["value"], answer["indicator"], answer["release_row"]) == (2, 1, 1)
    assert ask("XX1", "H", "2026-03-10", releases)["silence"] == "no release"
    assert ask("97026", "P", "2026-03-10", load().replaced_by(releases))["status"] == "unknown"


def test_an_older_table_does_not_accuse_where_a_whole_one_has_no_value():
    old = Releases.of_mue(
        pl.DataFrame({"code": ["97110"], "value": [4], "indicator": [3]}), covers=".. 2025-12-31", id_="old"
    )
    new = pl.DataFrame({"code": ["97140"], "value": [4], "indicator": [3]})
    both = old.joined(Releases.of_mue(new, covers="2026-01-01 .. 2026-03-31", id_="new"))
    for day, value in (("2025-12-31", 4), ("2026-02-01", None), ("2026-05-01", None)):
        assert ask("97110", "P", day, both)["value"] == value
    # a table of few codes is silent about the others, and an older one speaks, aged
    part = Releases(tuple(replace(one, holds_all=one.id.startswith("old")) for one in both.items))
    answer = ask("97110", "P", "2026-02-01", part)
    assert (answer["value"], answer["aged"]) == (4, True)

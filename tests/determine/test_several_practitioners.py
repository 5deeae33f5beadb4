"""Two practitioners on one day for one patient: who counts as one provider for an edit, and what a site may set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.lines.schema import conform
from claimwright.policies import shipped
from claimwright.reference import releases
from claimwright.reference.releases import Releases

DAY = date(2026, 4, 1)
PAIR = pl.DataFrame(
    {"column1": ["97530"], "column2": ["97140"], "indicator": [1]}, schema_overrides={"indicator": pl.UInt8}
)
KNOWN = releases.load().replaced_by(Releases.of_pairs(PAIR))
FIRST, SECOND = "2900000005", "2900000013"


def line(procedure, number, *, npi=FIRST, modifier="GP", **more):
    base = {
        "file": "made",
        "claim": f"C{number}",
        "claim_index": number,
        "line": 1,
        "unstated": 0,
        "form": "professional",
        "patient": 1,
        "provider": 1,
        "rendering_npi": npi,
        "service_from": DAY,
        "service_to": DAY,
        "procedure": procedure,
        "modifier_1": modifier,
        "units": 1,
        "dx_system": "ICD-10-CM",
        "dx_1": "M1711",
        "program": "medicare-part-b",
    }
    return base | more


def joined(*lines, library=None) -> bool:
    frame = conform(pl.DataFrame(list(lines), infer_schema_length=None))
    answers = list(explain(Engine(library or shipped.load(), KNOWN).determine(frame)))
    return any(each.id == "CLM-NCCI" for answer in answers for each in answer.findings)


@pytest.mark.parametrize(
    ("second", "met"),
    [
        ({}, True),  # one practitioner
        ({"npi": SECOND}, True),  # two of one discipline
        ({"modifier": "GO"}, True),  # one practitioner with two disciplines
        ({"npi": SECOND, "modifier": "GO"}, False),
        ({"npi": SECOND, "modifier": None}, True),  # the discipline is not told
        ({"npi": None, "modifier": "GO"}, True),  # the practitioner is not told
        ({"npi": SECOND, "modifier": "GO", "provider": 2}, False),
        ({"provider": 2}, False),  # another billing provider
        ({"patient": 2}, False),
    ],
)
def test_who_counts_as_one_provider(second, met):
    assert joined(line("97530", 1), line("97140", 2, **second)) is met


def test_a_hospitals_lines_are_all_the_hospitals():
    two = line("97140", 2, npi=SECOND, modifier="GO", form="institutional")
    assert joined(line("97530", 1, form="institutional"), two)


def test_a_site_may_hold_all_practitioners_of_a_billing_provider_for_one():
    library = shipped.load()
    numbers = tuple(
        replace(row, value=0.0, source="site: our contractor") if row.name == "disciplines told apart" else row
        for row in library.numbers
    )
    two = line("97140", 2, npi=SECOND, modifier="GO")
    assert joined(line("97530", 1), two, library=replace(library, numbers=numbers))


def told_apart(*lines, library=None):
    """What each answer says of the setting."""
    frame = conform(pl.DataFrame(list(lines), infer_schema_length=None))
    answers = explain(Engine(library or shipped.load(), KNOWN).determine(frame))
    return [
        [(one.value, one.source) for one in each.settings if one.name == "disciplines told apart"] for each in answers
    ]


def test_lines_that_stand_on_the_setting_list_it_with_its_source():
    other = line("97140", 2, npi=SECOND, modifier="GO")
    (first,), (second,) = told_apart(line("97530", 1), other)
    assert first == second
    assert first[0] == "1 (1: yes, 0: no)"
    assert first[1]
    library = shipped.load()
    numbers = tuple(
        replace(row, value=0.0, source="site: our contractor") if row.name == "disciplines told apart" else row
        for row in library.numbers
    )
    of_site = told_apart(line("97530", 1), other, library=replace(library, numbers=numbers))
    assert of_site == [[("0 (1: yes, 0: no)", "site: our contractor")]] * 2


@pytest.mark.parametrize(
    "second",
    [
        {},
        {"npi": SECOND},
        {"modifier": "GO"},
        {"npi": SECOND, "modifier": None},
        {"patient": 2},
        {"procedure": "97530"},
    ],
)
def test_lines_that_it_does_not_touch_do_not(second):
    other = line(second.get("procedure", "97140"), 2, **{k: v for k, v in second.items() if k != "procedure"})
    assert told_apart(line("97530", 1), other) == [[], []]


def test_a_modifier_between_two_disciplines_is_no_habit():
    lines = line("97530", 1), line("97140", 2, npi=SECOND, modifier="GO", modifier_2="XP")
    frame = conform(pl.DataFrame(list(lines), infer_schema_length=None))
    answers = list(explain(Engine(shipped.load(), KNOWN).determine(frame)))
    assert not any(each.id == "CLM-MOD-NOEDIT" for answer in answers for each in answer.findings)


@pytest.mark.parametrize("form", ["professional", "institutional"])
def test_the_table_of_the_claims_form_is_asked_about_every_code(form):
    """Two codes that no therapist bills, joined in one of the two tables alone."""
    frame = pl.DataFrame(
        {"column1": ["27447"], "column2": ["20610"], "indicator": [0]}, schema_overrides={"indicator": pl.UInt8}
    )
    known = releases.load().replaced_by(Releases.of_pairs(frame, setting="institutional"))
    lines = line("27447", 1, form=form, modifier=None), line("20610", 2, form=form, modifier=None)
    frame = conform(pl.DataFrame(list(lines), infer_schema_length=None))
    answers = list(explain(Engine(shipped.load(), known).determine(frame)))
    found = [each.id for answer in answers for each in answer.findings if each.id == "CLM-NCCI-0"]
    assert found == (["CLM-NCCI-0"] if form == "institutional" else [])


def test_units_are_held_against_the_limit_of_every_code_over_lines_and_days():
    limit = pl.DataFrame({"code": ["20610"], "value": [2], "indicator": [3]})
    known = releases.load().replaced_by(Releases.of_mue(limit))

    def over(*lines):
        frame = conform(pl.DataFrame(list(lines), infer_schema_length=None))
        answers = list(explain(Engine(shipped.load(), known).determine(frame)))
        return any(each.id == "CLM-MUE" for answer in answers for each in answer.findings)

    assert not over(line("20610", 1, units=2))
    assert over(line("20610", 1, units=2), line("20610", 2, units=1, modifier="59"))
    # four units over two days are two a day
    assert not over(line("20610", 1, units=4, service_to=date(2026, 4, 2)))
    assert over(line("20610", 1, units=5, service_to=date(2026, 4, 2)))

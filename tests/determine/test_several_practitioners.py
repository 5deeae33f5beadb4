"""Two practitioners on one day for one patient: who counts as one provider for an edit, and what a site may set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import made_lines
import polars as pl
import pytest

from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.policies import shipped
from claimwright.reference import releases
from claimwright.reference.releases import Releases

PAIR = pl.DataFrame(
    {"column1": ["97530"], "column2": ["97140"], "indicator": [1]}, schema_overrides={"indicator": pl.UInt8}
)
KNOWN = releases.load().replaced_by(Releases.of_pairs(PAIR))
FIRST, SECOND = "2900000005", "2900000013"


def line(procedure, number, *, npi=FIRST, modifier="GP", **more):
    return made_lines.line(procedure, number, rendering_npi=npi, modifier_1=modifier, **more)


def joined(*lines, library=None) -> bool:
    frame = made_lines.frame_of(lines)
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


def as_one_provider():
    """The library of a site that holds all practitioners of a billing provider for one."""
    library = shipped.load()
    numbers = tuple(
        replace(row, value=0.0, source="site: our contractor") if row.name == "disciplines told apart" else row
        for row in library.numbers
    )
    return replace(library, numbers=numbers)


def test_a_site_may_hold_all_practitioners_of_a_billing_provider_for_one():
    two = line("97140", 2, npi=SECOND, modifier="GO")
    assert joined(line("97530", 1), two, library=as_one_provider())


def told_apart(*lines, library=None):
    """What each answer says of the setting."""
    frame = made_lines.frame_of(lines)
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
    of_site = told_apart(line("97530", 1), other, library=as_one_provider())
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
    frame = made_lines.frame_of(lines)
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
    frame = made_lines.frame_of(lines)
    answers = list(explain(Engine(shipped.load(), known).determine(frame)))
    found = [each.id for answer in answers for each in answer.findings if each.id == "CLM-NCCI-0"]
    assert found == (["CLM-NCCI-0"] if form == "institutional" else [])


def test_units_are_held_against_the_limit_of_every_code_over_lines_and_days():
    limit = pl.DataFrame({"code": ["20610"], "value": [2], "indicator": [3]})
    known = releases.load().replaced_by(Releases.of_mue(limit))

    def over(*lines):
        frame = made_lines.frame_of(lines)
        answers = list(explain(Engine(shipped.load(), known).determine(frame)))
        return any(each.id == "CLM-MUE" for answer in answers for each in answer.findings)

    assert not over(line("20610", 1, units=2))
    assert over(line("20610", 1, units=2), line("20610", 2, units=1, modifier="59"))
    # four units over two days are two a day
    assert not over(line("20610", 1, units=4, service_to=date(2026, 4, 2)))
    assert over(line("20610", 1, units=5, service_to=date(2026, 4, 2)))


LIMITS = releases.load().replaced_by(
    Releases.of_mue(pl.DataFrame({"code": ["97530", "97026"], "value": [4, 1], "indicator": [3, 3]}))
)


def counted(*lines, library=None):
    """What is said of units over a limit, by claim."""
    answers = explain(Engine(library or shipped.load(), LIMITS).determine(made_lines.frame_of(lines)))
    return {a.line.claim: each.because for a in answers for each in a.findings if each.id == "CLM-MUE"}


@pytest.mark.parametrize(
    ("second", "over"),
    [
        ({}, True),
        ({"npi": SECOND}, True),  # two practitioners of one discipline
        ({"modifier": "GO"}, True),  # one practitioner
        ({"npi": SECOND, "modifier": "GO"}, False),
        ({"npi": SECOND, "modifier": None}, True),
        ({"npi": None, "modifier": "GO"}, True),
        ({"provider": 2}, False),
    ],
)
def test_units_are_summed_for_whom_pair_edits_hold_for_one_provider(second, over):
    told = counted(line("97530", 1, units=3), line("97530", 2, **{"units": 3, **second}))
    assert bool(told) is over
    if over:
        assert list(told.values()) == ["6 units of 97530 are billed for the day, and at most 4 are likely"]


def test_who_is_over_the_limit_is_told_on_their_own_line():
    told = counted(line("97530", 1, units=5), line("97530", 2, units=4, npi=SECOND, modifier="GO"))
    assert told == {"C1": "5 units of 97530 are billed for the day, and at most 4 are likely"}


def test_each_of_two_practitioners_may_be_over_the_limit():
    of_first = [line("97530", number, units=3) for number in (1, 2)]
    of_second = [line("97530", number, units=5, npi=SECOND, modifier="GO") for number in (3, 4)]
    told = counted(of_first[0], of_second[0], of_first[1], of_second[1])
    assert {claim: because.split()[0] for claim, because in told.items()} == {"C2": "6", "C4": "10"}


def test_a_hospitals_units_are_summed_whoever_furnished_them():
    both = {"units": 3, "form": "institutional"}
    assert counted(line("97530", 1, **both), line("97530", 2, npi=SECOND, modifier="GO", **both))


def test_a_site_may_sum_the_units_of_all_practitioners():
    two = line("97530", 1, units=3), line("97530", 2, units=3, npi=SECOND, modifier="GO")
    assert counted(*two, library=as_one_provider())


def test_one_unit_a_day_of_a_supervised_modality_is_one_of_each_such_provider():
    def said(**second):
        lines = line("97026", 1), line("97026", 2, **second)
        answers = explain(Engine(shipped.load(), LIMITS).determine(made_lines.frame_of(lines)))
        return any(each.id == "CLM-UNITS" for answer in answers for each in answer.findings)

    assert said()
    assert not said(npi=SECOND, modifier="GO")


def test_a_code_of_two_practitioners_is_one_code_of_the_day():
    """Different modalities of a day are counted by code, not by provider."""
    one, other, third = line("97026", 1), line("97026", 2, npi=SECOND, modifier="GO"), line("97012", 3)
    of_ohio = [each | {"billing_state": "OH"} for each in (one, other, third)]
    determined = Engine(shipped.load(), LIMITS).determine(made_lines.frame_of(of_ohio))
    assert determined.facts["modalities_that_day"].to_list() == [2.0, 2.0, 2.0]


# lines that share a day without beginning on one ---------------------------------------------------------------------


def over_days(procedure, number, first, last, **more):
    days = {"service_from": date(2026, 4, first), "service_to": date(2026, 4, last)}
    return line(procedure, number, **days, **more)


@pytest.mark.parametrize(("day", "met"), [(1, True), (2, True), (3, True), (4, False)])
@pytest.mark.parametrize("turned", [False, True])
def test_an_edit_joins_a_line_over_several_days_with_each_of_them(day, met, turned):
    one, two = ("97140", "97530") if turned else ("97530", "97140")
    assert joined(over_days(one, 1, 1, 3, units=3), over_days(two, 2, day, day)) is met


def test_the_units_of_the_busiest_day_count():
    span = over_days("97530", 1, 1, 3, units=9)  # three a day
    assert not counted(span, over_days("97530", 2, 4, 4, units=2), over_days("97530", 3, 3, 3, units=1))
    told = counted(span, over_days("97530", 2, 2, 2, units=2))
    assert told == dict.fromkeys(("C1", "C2"), "5 units of 97530 are billed for the day, and at most 4 are likely")


def test_two_practitioners_are_told_apart_on_later_days_too():
    span = over_days("97530", 1, 1, 3, units=9)
    other = {"npi": SECOND, "modifier": "GO"}
    assert not counted(span, over_days("97530", 2, 2, 2, units=2, **other))
    assert not joined(span, over_days("97140", 2, 2, 2, **other))

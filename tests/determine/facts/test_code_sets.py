"""Whether a code exists on the day: vintages side by side, days that none covers, letters for digits."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import made_lines
import polars as pl
import pytest

from claimwright.determine.code_status import HEADING, NOT_LISTED, NOTHING, UNKNOWN, VALID, lists
from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.determine.membership import code_numbers
from claimwright.determine.summarise import summarise
from claimwright.lines.schema import Unstated
from claimwright.policies import shipped
from claimwright.reference import releases
from claimwright.reference.releases import Releases
from claimwright.reference.tables import DIAGNOSES, MODIFIERS, PLACES

EPOCH = date(1970, 1, 1)


def vintage(rows, covers, id_="icd", **kw) -> Releases:
    frame = pl.DataFrame(rows, schema=["code", "billable"], orient="row")
    return Releases.of_table(DIAGNOSES, frame, covers=covers, id_=id_, **kw)


def dated(table, rows, covers="2026-01-01 .. 2026-12-31", **kw) -> Releases:
    frame = pl.DataFrame(rows, schema={"code": pl.String, "from": pl.Date, "to": pl.Date}, orient="row")
    return Releases.of_table(table, frame, covers=covers, **kw)


def status(known, table, *asked):
    numbers = code_numbers(pl.Series([code for code, _ in asked], dtype=pl.String))
    days = pl.Series([(day - EPOCH).days for _, day in asked], dtype=pl.Int32).to_numpy()
    return lists(known, table).of(numbers, days).tolist()


def line(**more):
    return made_lines.line(**{"modifier_1": "GP", "place": "11", **more})


def answered(*lines, known=None):
    known = releases.load() if known is None else known
    determined = Engine(shipped.load(), known).determine(made_lines.frame_of(lines))
    return list(explain(determined)), summarise(determined)


def told(answer, finding):
    return [each.because for each in answer.findings if each.id == finding]


def ran(answer, name):
    return next(check for check in answer.checks if check.name == name)


def test_each_vintage_speaks_for_its_own_days_and_no_others():
    known = vintage([("M54", False), ("M545", True)], "2020-10-01 .. 2021-09-30", "fy21")
    known = known.joined(
        vintage([("M54", False), ("M545", False), ("M5450", True)], "2021-10-01 .. 2022-09-30", "fy22")
    )
    days = [date(2020, 9, 30), date(2020, 10, 1), date(2021, 9, 30), date(2021, 10, 1), date(2022, 10, 1)]
    assert status(known, DIAGNOSES, *[("M545", day) for day in days]) == [UNKNOWN, VALID, VALID, HEADING, UNKNOWN]
    new = [("M5450", day) for day in days]
    assert status(known, DIAGNOSES, *new) == [UNKNOWN, NOT_LISTED, NOT_LISTED, VALID, UNKNOWN]
    # codes that the process meets later are learned then
    later = [("M9ZZZ9", days[1]), (None, days[1])]
    assert status(known, DIAGNOSES, *later) == [NOT_LISTED, NOTHING]


def test_a_list_that_is_a_subset_is_silent_about_the_rest():
    known = vintage([("M545", True)], "2020-10-01 .. 2021-09-30", holds=False)
    asked = [("M545", date(2021, 1, 1)), ("M5450", date(2021, 1, 1))]
    assert status(known, DIAGNOSES, *asked) == [VALID, UNKNOWN]


def test_a_code_listed_without_a_status_has_none():
    assert status(vintage([("E11A", None), ("E11", False)], ".."), DIAGNOSES, ("E11A", EPOCH)) == [UNKNOWN]


def test_the_days_of_a_code_count_inside_a_dated_list():
    known = dated(PLACES, [("11", None, None), ("27", date(2026, 3, 1), None), ("9X", None, date(2026, 3, 1))])
    asked = [
        ("11", date(2026, 2, 28)),
        ("27", date(2026, 2, 28)),
        ("27", date(2026, 3, 1)),
        ("9X", date(2026, 3, 1)),
        ("9X", date(2026, 3, 2)),
        ("11", date(2027, 1, 1)),
    ]
    assert status(known, PLACES, *asked) == [VALID, NOT_LISTED, VALID, VALID, NOT_LISTED, UNKNOWN]


@pytest.mark.parametrize("listed", [False, True])
def test_the_public_list_of_modifiers_says_nothing_of_those_of_cpt(listed):
    rows = [("GP", None, None), *([("59", None, None)] if listed else [])]
    asked = [(code, date(2026, 3, 1)) for code in ("GP", "Q7", "25", "P1", "8P")]
    otherwise = NOT_LISTED if listed else UNKNOWN
    assert status(dated(MODIFIERS, rows), MODIFIERS, *asked) == [VALID, NOT_LISTED, otherwise, otherwise, otherwise]


def test_the_list_of_april_is_the_one_the_package_carries():
    spec = importlib.util.find_spec("simple_icd_10_cm")
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "data" / "code-list-April-2026.txt"
    if not path.is_file():
        pytest.skip("another release is installed")
    codes = {code for code in path.read_text("utf-8").split() if "-" not in code and len(code) > 2}
    headings = {code[:length] for code in codes for length in range(3, len(code))}
    frame = releases.load()["icd-10-cm-2026-04"].rows.frame
    assert set(frame["code"]) == codes
    assert set(frame.filter(pl.col("billable").fill_null(False))["code"]) == codes - headings


def test_every_wrong_diagnosis_of_a_claim_is_named_once():
    one = line(dx_1="M1711", dx_2="S83501", dx_3="M545", dx_4="M99999")
    answers, _ = answered(one, one | {"line": 2, "procedure": "97140"})
    because = told(answers[0], "CLM-DX-INVALID")
    assert len(because) == 2
    assert any("S83.501 and M54.5 is a heading" in text for text in because)
    assert any("M99.999 is not in the ICD-10-CM" in text for text in because)
    assert told(answers[1], "CLM-DX-INVALID") == []
    assert ran(answers[0], "diagnosis codes").ran


def test_a_day_without_a_vintage_is_a_check_that_did_not_run_and_says_what_to_import():
    answers, summary = answered(line(service_from=date(2026, 10, 1), service_to=date(2026, 10, 1), dx_1="M545"))
    assert told(answers[0], "CLM-DX-INVALID") == []
    check = ran(answers[0], "diagnosis codes")
    assert not check.ran
    assert check.why.startswith("code status unknown")
    assert "icd10cm_order_2027.txt" in check.help
    assert any(one.check == "diagnosis codes" and one.lines == 1 for one in summary.not_run)
    assert summary.clean.lines == 0


def old_line(day=date(2015, 9, 30), **more):
    return line(dx_system="ICD-9-CM", service_from=day, service_to=day, **more)


def test_diagnoses_before_the_change_are_looked_up_in_the_last_list_of_icd_9():
    good = old_line(dx_1="71946", dx_2="V571", dx_3="E8809")
    bad = old_line(claim="C2", claim_index=2, patient=2, dx_1="7194", dx_2="25064", dx_3="E880", dx_4="E88")
    answers, _ = answered(good, bad)
    assert told(answers[0], "CLM-DX-INVALID") == []
    assert ran(answers[0], "diagnosis codes").ran
    because = told(answers[1], "CLM-DX-INVALID")
    assert len(because) == 2
    assert any("719.4 and E880 is a heading of ICD-9-CM" in text for text in because)
    assert any("250.64 and E88 is not in the ICD-9-CM of 2015-09-30" in text for text in because)
    assert "icd-9-cm-v32" in dict(answers[1].basis)


def test_a_day_of_icd_9_without_a_list_says_which_zip_to_import():
    answers, summary = answered(old_line(date(2014, 9, 30), dx_1="71946"))
    check = ran(answers[0], "diagnosis codes")
    assert not check.ran
    assert check.why.startswith("code status unknown")
    assert check.help.endswith("claimwright data import cmsv31-master-descriptions.zip")
    assert any("cmsv31" in one.help for one in summary.not_run)


def test_a_list_of_icd_9_never_speaks_for_icd_10_nor_the_other_way_round():
    ten = line(service_from=date(2015, 9, 30), service_to=date(2015, 9, 30), dx_1="M9999999")
    answers, _ = answered(ten, old_line(date(2026, 4, 1), claim="C2", claim_index=2, patient=2, dx_1="25064"))
    for answer in answers:  # that of the wrong set, and nothing of the code
        (because,) = told(answer, "CLM-DX-INVALID")
        assert "its diagnoses are written in" in because


def test_of_a_run_over_the_change_each_line_stands_on_the_list_of_its_own_code_set():
    answers, _ = answered(old_line(dx_1="7194"), line(claim="C2", claim_index=2, patient=2, dx_1="M545"))
    used = [sorted(name for name in dict(answer.basis) if name.startswith("icd-")) for answer in answers]
    assert used == [["icd-9-cm-v32"], ["icd-10-cm-2026-04"]]


@pytest.mark.parametrize(
    ("code", "wrong"), [("L97909", ""), ("L979999", "L97.9999 is not in"), ("L97", "L97 is a heading")]
)
def test_a_code_that_is_none_still_accuses_where_its_family_is_named_and_is_told_beside(code, wrong):
    answers, _ = answered(line(procedure="97026", dx_1=code, pointed_1=code))
    assert [each.severity for each in answers[0].findings if each.id == "CLM-DX-NCD"] == ["BLOCK"]
    assert len(told(answers[0], "CLM-DX-INVALID")) == bool(wrong)
    assert all(wrong in text for text in told(answers[0], "CLM-DX-INVALID"))


def test_a_family_accuses_on_days_of_which_no_list_speaks_and_the_check_says_that_it_did_not_run():
    day = date(2020, 3, 10)
    answers, _ = answered(
        line(procedure="97026", dx_1="L979999", pointed_1="L979999", service_from=day, service_to=day)
    )
    assert told(answers[0], "CLM-DX-NCD")
    assert not ran(answers[0], "diagnosis codes").ran


def test_diagnoses_that_were_left_open_are_not_accused():
    answers, _ = answered(line(dx_1=None, unstated=int(Unstated.DIAGNOSES)))
    assert told(answers[0], "CLM-DX-INVALID") == []


def test_where_no_list_of_places_or_modifiers_is_loaded_that_is_said_and_nothing_is_found():
    answers, summary = answered(line(place="96", modifier_1="ZZ"))
    assert told(answers[0], "CLM-POS") == told(answers[0], "CLM-MOD-INVALID") == []
    assert not ran(answers[0], "place of service").ran
    assert not ran(answers[0], "modifiers").ran
    assert {"places of service", "modifiers"} <= {one.check for one in summary.not_run}


def test_a_place_and_a_modifier_that_do_not_exist_on_the_day_are_found_where_lists_are_loaded():
    known = releases.load().joined(dated(PLACES, [("11", None, None)]))
    known = known.joined(dated(MODIFIERS, [("GP", None, None)]))
    good, bad = line(), line(claim="C2", claim_index=2, patient=2, place="96", modifier_1="ZZ")
    late = line(claim="C3", claim_index=3, patient=3, service_from=date(2027, 1, 1), service_to=date(2027, 1, 1))
    answers, _ = answered(good, bad, late, known=known)
    assert told(answers[0], "CLM-POS") == told(answers[0], "CLM-MOD-INVALID") == []
    assert ran(answers[0], "modifiers").ran
    assert told(answers[1], "CLM-POS")
    assert told(answers[1], "CLM-MOD-INVALID")
    assert not ran(answers[2], "modifiers").ran
    assert not ran(answers[2], "place of service").ran


def test_a_letter_for_a_digit_is_a_finding_on_the_line_and_is_not_repaired():
    answers, _ = answered(line(procedure="97O26"), line(procedure="GO283", claim="C2", claim_index=2), line(line=2))
    assert [each.severity for each in answers[0].findings if each.id == "CLM-PROC-INVALID"] == ["BLOCK"]
    assert "97026 may be meant" in told(answers[0], "CLM-PROC-INVALID")[0]
    assert answers[0].line.procedure == "97O26"
    assert "G0283 may be meant" in told(answers[1], "CLM-PROC-INVALID")[0]
    assert told(answers[2], "CLM-PROC-INVALID") == []

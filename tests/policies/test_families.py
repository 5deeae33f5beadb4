"""Families and ranges of codes: what they hold on each list, what a claim's code meets, and what lints say of them."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from claimwright.days import Span
from claimwright.determine.membership import EPOCH_0, Membership, code_numbers
from claimwright.policies import code_rows, lints
from claimwright.policies.families import bounds, expanded, held, written
from claimwright.policies.model import CodeRow
from claimwright.policies.reading import read_folder
from claimwright.policies.shipped import load as library
from claimwright.reference import releases
from claimwright.reference.releases import Releases
from claimwright.reference.tables import DIAGNOSES
from claimwright.reference.vintages import TABLE_OF, vintages

CHANGE = date(2015, 10, 1)


def row(code, system="ICD-10-CM", first=CHANGE, last=None, derived=""):
    return CodeRow("some", system, code, Span(first, last), "made up", 1, derived)


def made(rows, covers, id_):
    frame = pl.DataFrame(rows, schema=["code", "billable"], orient="row")
    return Releases.of_table(DIAGNOSES, frame, covers=covers, id_=id_)


def in_set(rows, codes, day):
    table = Membership(rows, (("some",),))
    days = np.full(len(codes), (day - EPOCH_0).days, dtype=np.int32)
    return [bool(bits) for bits in table.bits(code_numbers(pl.Series(codes, dtype=pl.String)), days)]


def test_what_came_and_went_is_told_against_the_last_list_that_was_sure():
    known = made([("M54", False), ("M545", True)], "2020-10-01 .. 2021-03-31", "one")
    known = known.joined(
        made([("M54", False), ("M545", None), ("M5450", None)], "2021-04-01 .. 2021-09-30", "two"),
    ).joined(made([("M54", False), ("M545", False), ("M5450", True)], "2021-10-01 .. 2022-03-31", "three"))
    one, two, three = expanded([row("M54*")], vintages(known, "ICD-10-CM"))
    assert (one.codes, one.came, one.went) == (("M545",), (), ())
    assert (two.codes, two.unsure, two.came, two.went) == ((), ("M545", "M5450"), (), ())
    assert (three.codes, three.came, three.went) == (("M5450",), ("M5450",), ("M545",))


@pytest.mark.parametrize(
    ("code", "system", "as_written"),
    [
        ("E114*", "ICD-10-CM", "E11.4*"),
        ("L97*", "ICD-10-CM", "L97*"),
        ("M15-M19", "ICD-10-CM", "M15-M19"),
        ("2505-2506", "ICD-9-CM", "250.5-250.6"),
        ("E8809", "ICD-9-CM", "E880.9"),
        ("97026", "CPT", "97026"),
    ],
)
def test_codes_are_written_as_people_write_them(code, system, as_written):
    assert written(code, system) == as_written


def test_a_range_holds_the_codes_between_its_ends_and_below_them():
    codes = ["M14", "M15", "M150", "M1711", "M199", "M1A0", "M2", "M20", "E1711"]
    assert in_set([row("M15-M19")], codes, date(2026, 4, 1)) == [0, 1, 1, 1, 1, 0, 0, 0, 0]
    assert in_set([row("M15-M19")], codes, date(2015, 9, 30)) == [0] * 9


@pytest.mark.parametrize("set_", sorted({one.set for one in library().shared_codes if one.system in TABLE_OF}))
def test_what_the_engine_looks_up_is_what_the_rows_expand_to(set_):
    for system in TABLE_OF:
        rows = [one for one in library().shared_codes if one.set == set_ and one.system == system]
        for vintage in vintages(releases.load(), system) if rows else ():
            day = vintage.covers.first
            every = sorted(vintage.status)
            table = Membership(rows, ((set_,),))
            days = np.full(len(every), (day - EPOCH_0).days, dtype=np.int32)
            found = {
                code for code, bits in zip(every, table.bits(code_numbers(pl.Series(every)), days), strict=True) if bits
            }
            assert found == {code for one in rows if day in one.span for code in held(one, vintage)}


HEADER = "set,system,code,from,to,source"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{HEADER}\nsome,ICD-10-CM,M19-M15,,,made up\n", "the first comes first"),
        (f"{HEADER}\nsome,ICD-10-CM,M15-M192,,,made up\n", "as many characters"),
        (f"{HEADER}\nsome,CPT,97010-97028,,,made up\n", "only diagnoses have ranges"),
        (f"{HEADER},derived\nsome,ICD-10-CM,M15.0,,,made up,guess\n", "may be gem or nothing"),
        (f"{HEADER},derived\nsome,ICD-10-CM,M15.0,,\n", "it has 5 cells, not 7"),
        (f"{HEADER}\nsome,ICD-10-CM,M15.0,,,made up,gem\n", "it has 7 cells, not 6"),
        (f"{HEADER},note\nsome,ICD-10-CM,M15.0,,,made up,x\n", "the columns are"),
    ],
)
def test_a_row_that_is_no_row_is_told(tmp_path, text, says):
    (tmp_path / "codes.csv").write_text(text, "utf-8")
    complaints = []
    assert code_rows.read(tmp_path / "codes.csv", "codes.csv", complaints) == ()
    (one,) = complaints
    assert (one.id, says in one.message or says in one.help) == ("P000", True)


def test_the_mark_of_a_derived_list_is_read_and_the_column_may_be_left_out(tmp_path):
    (tmp_path / "codes.csv").write_text(
        f"{HEADER},derived\nnear,ICD-10-CM,E11.42,,,2018 GEM,gem\nsome,ICD-10-CM,M15-M19,,,made up\n", "utf-8"
    )
    rows = code_rows.read(tmp_path / "codes.csv", "codes.csv", [])
    assert [(one.code, one.derived, bounds(one.code)) for one in rows] == [
        ("E1142", "gem", None),
        ("M15-M19", "", ("M15", "M19")),
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("ICD-10-CM,QA00*,2025-04-01,2025-09-30", "no code of icd-10-cm-2025-04 is one of QA0.0*"),
        ("ICD-10-CM,QA00*,2025-04-01,", ""),
        ("ICD-10-CM,E11.A,2015-10-01,", "E11.A is not in icd-10-cm-2025-04"),
        ("ICD-10-CM,E11.A,2025-10-01,", ""),
        ("ICD-10-CM,E88.1,2015-10-01,", "E88.1 is a heading of icd-10-cm-2026-04, not a code"),
        ("ICD-10-CM,E88.1,2015-10-01,2025-09-30", ""),
        ("ICD-10-CM,E19,2016-10-01,2024-09-30", ""),
        ("ICD-9-CM,250.64,2006-10-24,2015-09-30", "250.64 is not in icd-9-cm-v32"),
        ("ICD-9-CM,E880,2006-10-24,2015-09-30", "E880 is a heading of icd-9-cm-v32, not a code"),
        ("ICD-9-CM,888-889,2006-10-24,2015-09-30", "no code of icd-9-cm-v32 is one of 888-889"),
    ],
)
def test_a_code_is_held_against_the_lists_of_its_own_days(tmp_path, line, says):
    (tmp_path / "codes.csv").write_text(f"{HEADER}\nsome,{line},made up\n", "utf-8")
    found = lints.check(read_folder(tmp_path), date(2026, 11, 22), only={"P010"})
    assert [one.message for one in found] == ([says] if says else [])
    assert all(one.help for one in found)

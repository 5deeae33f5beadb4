"""Tables of claim lines: whatever people call their columns, and whatever stands in the cells."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from claims_837 import File, claim, lines_of
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from claimwright.formats.tables import read_csv, read_parquet
from claimwright.lines.problems import Gravity
from claimwright.lines.schema import LINE_SCHEMA, Unstated

HEAD = "Claim ID,DOS,CPT,Mods,Units,Charge,Dx,Pointers,POS,DOB,First Name,Member ID,NPI,Form\n"
GOOD = 'A1,2024-03-01,97026,GP;59,1,45.50,E11.42;M17.11,"B,A",11,1950-01-02,Ada,M12,1234567893,professional\n'


def read(text, **options):
    data = text.encode() if isinstance(text, str) else text
    batches = list(read_csv(io.BytesIO(data), name="week.csv", **options))
    return pl.concat([batch.lines for batch in batches]), [each for batch in batches for each in batch.problems]


def test_a_table_in_peoples_words():
    frame, problems = read(HEAD + GOOD)
    row = frame.row(0, named=True)
    expected = {
        "file": "week.csv",
        "claim": "A1",
        "claim_index": 1,
        "line": 1,
        "form": "professional",
        "service_from": date(2024, 3, 1),
        "service_to": date(2024, 3, 1),
        "procedure": "97026",
        "modifier_1": "GP",
        "modifier_2": "59",
        "modifier_3": None,
        "units": Decimal(1),
        "charge": Decimal("45.50"),
        "place": "11",
        "dx_system": "ICD-10-CM",
        "dx_1": "E1142",
        "dx_2": "M1711",
        "pointers": "B,A",
        "pointed_1": "M1711",
        "pointed_2": "E1142",
        "birth_date": date(1950, 1, 2),
        "unstated": 0,
    }
    assert {name: row[name] for name in expected} == expected
    assert row["patient"] is not None
    assert row["provider"] is not None
    assert problems == []
    assert dict(frame.schema) == dict(LINE_SCHEMA)


def test_the_same_patient_and_provider_in_a_table_and_in_an_837():
    table, _ = read(
        "procedure,member_id,birth_date,patient_first,billing_npi\n97026,m100200,1950-01-02,Rosa,1234567893\n"
    )
    x12 = lines_of(File((claim(),)))
    for key in ("patient", "provider"):
        assert table[key].to_list() == x12[key].to_list() != [None]


def test_columns_that_are_missing_are_unknown_and_empty_cells_are_absent():
    frame, _ = read("procedure,modifiers\n97026,\n")
    assert frame["unstated"].to_list() == [
        Unstated.DIAGNOSES | Unstated.POINTERS | Unstated.UNITS | Unstated.PLACE | Unstated.FORM
    ]
    assert frame["modifier_1"].to_list() == [None]
    frame, _ = read("procedure,form\n97026,institutional\n97026,professional\n")
    assert [bool(flags & Unstated.POINTERS) for flags in frame["unstated"]] == [False, True]


def test_a_place_of_service_tells_the_form_where_nothing_else_does():
    frame, _ = read("procedure,place\n97026,11\n97026,\n")
    assert frame["form"].to_list() == ["professional", None]
    assert [bool(flags & Unstated.FORM) for flags in frame["unstated"]] == [False, True]
    frame, _ = read("procedure,place,type of bill\n97026,11,131\n")
    assert frame["form"].to_list() == [None]


def test_a_practices_own_numbers_tell_patients_apart_where_no_payers_number_does():
    columns = "procedure,dos,MRN,DOB,first name"
    frame, problems = read(
        f"{columns}\n"
        "97026,2026-03-10,7,1950-01-02,Ada\n"
        "97110,2026-03-10,7,1950-01-02,Ada\n"
        "97026,2026-03-10,8,1950-01-02,Ada\n"
    )
    assert problems == []
    first, second, third = frame["patient"]
    assert first == second != third
    frame, problems = read(f"{columns},member id\n97026,2026-03-10,7,1950-01-02,Ada,M12\n")
    assert frame["member_id"].to_list() == ["M12"]
    assert [problem.id for problem in problems] == ["INP-COLUMN"]


def test_a_mapping_names_columns_of_its_own():
    text = "was;when;wieviel\n97026;01.03.2024;1\n"
    frame, problems = read(text, mapping={"was": "procedure", "WHEN": "service", "wieviel": "units"})
    assert frame["procedure"].to_list() == ["97026"]
    assert [problem.id for problem in problems] == ["INP-DATE"]
    _, problems = read("cpt\n97026\n", mapping={"cpt": "prosedure", "nowhere": "units"})
    assert "did you mean procedure?" in problems[0].help
    assert "does not have" in problems[1].message


def test_a_table_without_procedures_is_told_and_its_first_row_is_not_repeated():
    frame, problems = read("Ada,Quill,1950-01-02\n")
    assert frame.is_empty()
    assert problems[0].id == "INP-COLUMNS"
    assert "Ada" not in str(problems)


def test_a_column_that_is_not_read_is_told_with_the_likely_name():
    _, problems = read("procedure,unitz\n97026,1\n")
    assert (problems[1].id, problems[1].gravity) == ("INP-COLUMN", Gravity.WARNING)
    assert problems[1].help == "did you mean units?"


@pytest.mark.parametrize("day", ["2024-03-01", "20240301", "3/1/2024", "03/01/2024", "2024-03-01 00:00:00"])
def test_days_as_people_write_them(day):
    frame, problems = read(f"procedure,dos\n97026,{day}\n")
    assert frame["service_from"].to_list() == [date(2024, 3, 1)]
    assert problems == []


def test_bad_cells_are_told_with_row_and_column():
    text = HEAD + GOOD + GOOD.replace("2024-03-01", "2024-02-30").replace(",1,45.50", ",two,ten")
    frame, problems = read(text)
    assert [(problem.id, problem.row, problem.field) for problem in problems] == [
        ("INP-DATE", 2, "service_from"),
        ("INP-AMOUNT", 2, "charge"),
        ("INP-UNITS", 2, "units"),
    ]
    assert frame.row(1, named=True)["service_from"] is None
    assert frame.row(1, named=True)["unstated"] == Unstated.UNITS
    assert all(problem.claim == "A1" for problem in problems)


def test_money_as_spreadsheets_write_it():
    frame, problems = read('procedure,charge,dos\n97026,"$1,234.50",20240301\n97026, 45 ,20240301\n')
    assert frame["charge"].to_list() == [Decimal("1234.50"), Decimal(45)]
    assert problems == []


def test_rows_with_too_few_and_too_many_cells_are_read_and_told():
    frame, problems = read("procedure,units,dos\n97026,1\n97110,2,2024-03-01,x,y\n\n,,\n97140,1,2024-03-01\n")
    assert frame["procedure"].to_list() == ["97026", "97110", "97140"]
    told = [(problem.id, problem.row) for problem in problems if problem.id == "INP-ROW"]
    assert told == [("INP-ROW", 1), ("INP-ROW", 2)]


def test_too_many_modifiers_and_codes_of_other_forms():
    frame, problems = read("procedure,modifiers\n97026,GP;59;KX;CQ;GA\n97O26,gp\n97110-59,GP\n")
    assert [problem.id for problem in problems] == [
        "INP-COLUMNS",
        "INP-MODIFIER",
        "INP-CODE-LETTER",
        "INP-MODIFIER",
        "INP-CODE-FORM",
    ]
    assert frame["modifier_2"].to_list() == ["59", None, "59"]


def test_claims_are_kept_whole_across_batches():
    rows = "".join(f"C{number // 3},97026\n" for number in range(30))
    batches = list(read_csv(io.BytesIO(("claim,procedure\n" + rows).encode()), rows_per_batch=4))
    assert [len(batch.lines) for batch in batches] == [6, 6, 6, 6, 6]
    whole = pl.concat([batch.lines for batch in batches])
    assert whole["claim_index"].to_list() == [number // 3 + 1 for number in range(30)]
    assert whole["line"].to_list() == [1, 2, 3] * 10
    assert sum(batch.claims for batch in batches) == 10


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators(encoding, separator):
    text = separator.join(["procedure", "last name"]) + "\r\n" + separator.join(["97026", "QUILLÉN"]) + "\r\n"
    frame, problems = read(text.encode(encoding))
    assert frame["patient_last"].to_list() == ["QUILLÉN"]
    assert [problem.id for problem in problems] == ["INP-COLUMNS"]


def test_an_empty_table_is_told():
    assert read("")[1][0].id == "INP-EMPTY"
    assert read("procedure,service\n")[1][0].id == "INP-EMPTY"


@given(st.binary(max_size=300))
@settings(max_examples=50, deadline=None)
def test_garbage_never_raises(data):
    read(data)
    read(b"procedure,units,dos,dx,pointers,charge,line,form\n" + data)


def test_parquet_of_the_schema_comes_back_as_it_was(tmp_path):
    whole = pl.concat([lines_of(File(tuple(claim(f"C{number}") for number in range(20))))] * 2)
    whole = whole.with_columns(claim_index=(pl.int_range(pl.len()) + 1).cast(pl.UInt32))
    path = tmp_path / "week.parquet"
    whole.write_parquet(path, row_group_size=7)
    for rows in (3, 1000):
        batches = list(read_parquet(path, rows=rows))
        back = pl.concat([batch.lines for batch in batches])
        assert_frame_equal(back.drop("file"), whole.drop("file"))
        assert [problem for batch in batches for problem in batch.problems] == []
        assert batches[-1].bytes_read == path.stat().st_size


def test_parquet_with_other_names_and_types(tmp_path):
    path = tmp_path / "odd.parquet"
    pl.DataFrame(
        {
            "CPT": [97026, 97110],
            "dos": [date(2024, 3, 1), None],
            "units": [1.0, 0.0],
            "form": ["professional", "dental"],
            "claim": ["A", "A"],
        }
    ).write_parquet(path)
    (batch,) = read_parquet(path)
    assert batch.lines["procedure"].to_list() == ["97026", "97110"]
    assert batch.lines["units"].to_list() == [Decimal(1), None]
    assert batch.lines["line"].to_list() == [1, 2]
    assert {(problem.id, problem.row, problem.field) for problem in batch.problems} == {
        ("INP-DATE", 2, "service_from"),
        ("INP-UNITS", 2, "units"),
        ("INP-VALUE", 2, "form"),
    }


def test_a_broken_parquet_is_told(tmp_path):
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1 but then nothing")
    (batch,) = read_parquet(path)
    assert [problem.id for problem in batch.problems] == ["INP-PARQUET"]

"""Side files: whatever people call their columns, every bad row named, the rest read, nothing half lost."""

from __future__ import annotations

import gzip
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from claimwright.formats import sides
from claimwright.formats.sides.columns import Holds
from claimwright.lines.problems import Gravity

ROOT = Path(__file__).parents[2]
EVERY = pytest.mark.parametrize("kind", sides.KINDS)


@pytest.fixture
def read(tmp_path):
    def of(kind, text, name="side.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return sides.read(kind, path)

    return of


def told(problems):
    return [(problem.id, problem.row, problem.field) for problem in problems]


def test_a_history_in_peoples_words(read):
    frame, problems = read(
        "history",
        "Member ID;DOB;Date of Service;CPT;Mods;Units;Allowed Amount;Therapy;NPI\n"
        '1AB2;2/3/1950;3/1/2026;97110;gp 59;2;"$1,000.50";;1234567893\n'
        "1AB2;;20260302;;;;12;speech-language pathology;\n",
    )
    assert problems == [] or all(problem.id == "INP-MODIFIER" for problem in problems)
    assert frame.schema == sides.HISTORY_SCHEMA
    first, second = frame.to_dicts()
    assert {name: value for name, value in first.items() if value is not None} == {
        "row": 1,
        "member_id": "1AB2",
        "birth_date": date(1950, 2, 3),
        "provider_npi": "1234567893",
        "service_from": date(2026, 3, 1),
        "procedure": "97110",
        "modifier_1": "GP",
        "modifier_2": "59",
        "units": Decimal(2),
        "allowed": Decimal("1000.50"),
    }
    assert (second["service_from"], second["procedure"], second["discipline"]) == (date(2026, 3, 2), None, "SLP")


def test_a_value_that_cannot_be_read_is_unknown_and_named(read):
    frame, problems = read(
        "history",
        "member_id,service_from,procedure,units,minutes,allowed,discipline\n"
        "M1,2026-13-01,97110,-2,ten,5.x,physio\n"
        "M2,2026-03-01,97110,1,10,5,PT\n",
    )
    assert frame["member_id"].to_list() == ["M1", "M2"]
    assert frame.row(0)[7:] == ("97110", None, None, None, None, None, None, None, None)
    assert told(problems) == [
        ("INP-DATE", 1, "service_from"),
        ("INP-VALUE", 1, "discipline"),
        ("INP-UNITS", 1, "units"),
        ("INP-UNITS", 1, "minutes"),
        ("INP-AMOUNT", 1, "allowed"),
    ]
    assert "2026-13-01" in problems[0].message
    assert problems[1].help == "write PT, OT, SLP"
    assert "physio" not in str(problems[1])


def test_a_row_without_a_member_is_left_out_and_the_rest_is_read(read):
    frame, problems = read("plans", "Member ID,product\n,PPO\nUNKNOWN,PPO\n99999,PPO\nM1,ppo\n")
    assert frame["member_id"].to_list() == ["M1"]
    assert told(problems) == [("INP-MEMBER", row, "Member ID") for row in (1, 2, 3)]
    assert all(problem.gravity is Gravity.ERROR and problem.help for problem in problems)


def test_columns_that_mean_nothing_are_a_warning_with_the_one_that_was_meant(read):
    frame, problems = read("plans", "member_id,fundin,colour\nM1,ASO,red\n")
    assert frame["funding"].to_list() == [None]
    assert [(problem.id, problem.gravity) for problem in problems] == [("INP-COLUMN", Gravity.WARNING)] * 2
    assert problems[0].help == "did you mean funding?"


@pytest.mark.parametrize("rows", ["product\nPPO\n", "established_on\n2026-01-01\n"])
def test_a_table_without_members_is_not_read(read, rows):
    frame, problems = read("plans", rows.replace("\n", ",x\n", 1))
    assert frame.height == 0
    assert problems[0].id == "INP-COLUMNS"
    assert "member_id" in problems[0].message


def test_an_authorization_that_ends_before_it_begins(read):
    frame, problems = read(
        "authorizations",
        "member_id,number,from,to\nM1,A1,2026-03-31,2026-03-01\nM1,A2,2026-03-01,2026-03-01\n",
    )
    assert frame["number"].to_list() == ["A2"]
    (problem,) = problems
    assert (problem.id, problem.row, problem.field) == ("INP-CONTRADICTION", 1, "to")
    assert "ends before it begins" in problem.message


def test_authorized_codes(read):
    frame, problems = read(
        "authorizations",
        'member_id,codes,status,counted in\nM1,"97026, 97110",Certified,Visit\nM1,all,not requested,\nM1,none,,\n'
        "M1,9702,maybe,\nM1,,,\n",
    )
    assert frame["codes"].to_list() == [["97026", "97110"], ["all"], [], None, None]
    assert frame["status"].to_list() == ["approved", "none", None, None, None]
    assert frame["counted_in"].to_list() == ["visits", None, None, None, None]
    assert told(problems) == [("INP-VALUE", 4, "status"), ("INP-VALUE", 4, "codes")]


def test_plans_of_one_member_that_overlap_are_both_left_out(read):
    frame, problems = read(
        "plans",
        "member_id,payer,from,to\n"
        "M1,,2026-01-01,2026-12-31\n"
        "m1,,2026-12-31,\n"
        "M2,Aetna,2026-01-01,2026-12-31\n"
        "M2,Medicare,2026-01-01,2026-12-31\n"
        "M3,,2026-01-01,2026-06-30\n"
        "M3,,2026-07-01,\n",
    )
    assert frame["row"].to_list() == [3, 4, 5, 6]
    assert told(problems) == [("INP-CONTRADICTION", 1, "from"), ("INP-CONTRADICTION", 2, "from")]
    assert "row 2" in problems[0].message
    assert "row 1" in problems[1].message


def test_a_plan_without_a_last_day_ends_where_the_next_one_begins(read):
    frame, problems = read("plans", "member_id,from,to\nM1,2026-01-01,\nM1,2024-01-01,\nM1,2025-01-01,\n")
    assert problems == []
    assert frame["to"].to_list() == [None, date(2024, 12, 31), date(2025, 12, 31)]


def test_a_plan_whose_days_cannot_be_read_is_left_out_for_it_would_hold_for_ever(read):
    frame, problems = read("plans", "member_id,from,to,product\nM1,2026-01-01,2026-06-31,PPO\n")
    assert frame.height == 0
    assert told(problems) == [("INP-DATE", 1, "to")]
    assert "left out" in problems[0].message


def test_a_plan_without_a_last_day_does_not_outlive_a_later_row_that_cannot_be_read(read):
    frame, problems = read(
        "plans",
        "member_id,from,to,product\n"
        "M1,2024-01-01,2024-12-31,PPO\n"
        "M1,2025-01-01,,PPO\n"
        "m1,2026-01-01,2026-02-30,HMO\n"
        "M2,2025-01-01,,PPO\n",
    )
    assert frame["row"].to_list() == [1, 4]
    assert told(problems) == [("INP-OPEN", 2, "to"), ("INP-DATE", 3, "to")]


def test_what_plans_say(read):
    frame, problems = read(
        "plans",
        "member_id,plan_type,funding,situs,contract,pa_required,visit cap,used visits,dollar_cap,period\n"
        'M1,HDHP-PPO,Fully insured,il,Excludes,Y,20,19,"$1,500",benefit year\n'
        "M2,EPO,self insured,Illinois,limited,maybe,-1,,1.005,\n",
    )
    row = frame.row(0, named=True)
    assert {name: row[name] for name in ("product", "funding", "regulating_state", "contract_position")} == {
        "product": "PPO",
        "funding": "fully insured",
        "regulating_state": "IL",
        "contract_position": "excludes",
    }
    assert (row["prior_authorization_required"], row["visit_limit"], row["visits_used"]) == (True, 20, 19)
    assert (row["dollar_limit"], row["limit_period"]) == (Decimal(1500), "plan year")
    other = frame.row(1, named=True)
    assert (other["product"], other["funding"]) == ("EPO", "self-funded")
    named = ("regulating_state", "contract_position", "prior_authorization_required", "visit_limit")
    assert [other[name] for name in named] == [None] * 4
    assert [problem.id for problem in problems] == ["INP-VALUE"] * 3 + ["INP-UNITS", "INP-AMOUNT"]


def test_a_plan_of_care_in_a_table_says_with_an_empty_cell_what_did_not_come(read):
    frame, problems = read(
        "plans-of-care",
        "member_id,discipline,established_on,signed_on,progress_reports,lists\n"
        "M1,GP,2026-01-02,,,97026;97110\n"
        "M1,ot,2026-01-02,2026-01-05,2026-02-03 2026-01-20,all\n"
        "M1,SLP,2026-01-02,soon,later,none\n",
    )
    assert frame["discipline"].to_list() == ["PT", "OT", "SLP"]
    assert frame["signed"].to_list() == [False, True, None]
    assert frame["sent"].to_list() == [None, None, None]
    assert frame["progress_report_on"].to_list() == [[], [date(2026, 1, 20), date(2026, 2, 3)], None]
    assert frame["lists"].to_list() == [["97026", "97110"], ["all"], []]
    assert told(problems) == [("INP-DATE", 3, "signed_on"), ("INP-DATE", 3, "progress_reports")]


def test_a_plan_of_care_needs_its_discipline_and_its_day(read):
    frame, problems = read(
        "plans-of-care",
        "member_id,discipline,established_on\nM1,,2026-01-02\nM1,PT,\nM1,PT,2026-02-30\nM1,PT,2026-01-02\n",
    )
    assert frame["row"].to_list() == [4]
    assert told(problems) == [
        ("INP-MISSING", 1, "discipline"),
        ("INP-MISSING", 2, "established_on"),
        ("INP-DATE", 3, "established_on"),
    ]


def test_records_say_no_in_so_many_words_and_null_says_nothing(read):
    good = {"member_id": "M1", "discipline": "PT", "established_on": "2026-01-02"}
    records = [
        {**good, "signed": False, "progress_report_on": [], "lists": ["97026"]},
        {**good, "signed": None, "progress_report_on": None},
        {**good, "signed_on": "2026-01-05"},
        {**good, "signed": False, "signed_on": "2026-01-05"},
    ]
    frame, problems = read("plans-of-care", json.dumps(records), "side.json")
    assert frame["signed"].to_list() == [False, None, True]
    assert frame["progress_report_on"].to_list() == [[], None, None]
    assert told(problems) == [("INP-CONTRADICTION", 4, "signed")]


def test_records_that_break_the_schema_are_named_one_by_one(read):
    text = """{"member_id": "M1", "number": "A1", "units_approved": 2.5}
{"member_id": "M1", "member_id": "M2"}
{"member_id": ""}
[1]
{"member_id": "M1", "codes": {"a": 1}, "colour": "red", "status": ["approved"]}
{"""
    frame, problems = read("authorizations", text, "side.ndjson")
    assert frame["units_approved"].to_list() == [Decimal("2.5"), None]
    assert [problem.id for problem in problems] == [
        "INP-JSON-TWICE",
        "INP-JSON",
        "INP-COLUMN",
        "INP-VALUE",
        "INP-MEMBER",
        "INP-VALUE",
        "INP-VALUE",
        "INP-VALUE",
    ]


def test_a_field_written_twice_in_other_words_is_read_once_and_told():
    frame, problems = sides.records("history", [{"member_id": "M1", "dos": "2026-03-01", "service": "2026-03-02"}])
    assert frame["service_from"].to_list() == [date(2026, 3, 1)]
    assert told(problems) == [("INP-COLUMN", 1, "service_from")]


def test_inline_records_take_what_they_lack_from_the_one_patient():
    frame, problems = sides.records(
        "authorizations",
        [{"number": "A1", "codes": [97026], "from": date(2026, 3, 1), "to": "2026-03-31"}, {"member": "M2"}],
        defaults={"member_id": "M1"},
    )
    assert problems == []
    assert frame["member_id"].to_list() == ["M1", "M2"]
    assert frame["codes"].to_list() == [["97026"], None]


def test_parquet_with_types_of_its_own(tmp_path):
    path = tmp_path / "care.parquet"
    pl.DataFrame(
        {
            "member": [123456, 7],
            "discipline": pl.Series(["PT", "OT"], dtype=pl.Enum(["PT", "OT"])),
            "established": [datetime(2026, 1, 2, 9, 30), datetime(2026, 1, 2)],  # noqa: DTZ001
            "signed_on": [date(2026, 1, 5), None],
            "complete": [True, None],
            "lists": [["97026"], []],
            "reports": [[date(2026, 2, 3)], None],
            "sets": [{"a": 1}, None],
        }
    ).write_parquet(path)
    frame, problems = sides.read("plans-of-care", path)
    assert frame.schema == sides.PLANS_OF_CARE_SCHEMA
    assert frame["member_id"].to_list() == ["123456", "7"]
    assert frame["established_on"].to_list() == [date(2026, 1, 2)] * 2
    assert frame["signed"].to_list() == [True, False]
    assert frame["complete"].to_list() == [True, None]
    assert frame["lists"].to_list() == [["97026"], []]
    assert frame["progress_report_on"].to_list() == [[date(2026, 2, 3)], []]
    assert [problem.field for problem in problems] == ["sets"]


def test_gzipped_and_the_same_whatever_the_form(read, tmp_path):
    table = "member_id,number,units_approved,from\nM1,A1,12,2026-03-01\n"
    records = [{"member_id": "M1", "number": "A1", "units_approved": 12, "from": "2026-03-01"}]
    pl.DataFrame(records).write_parquet(tmp_path / "p.parquet")
    frames = [
        read("authorizations", table)[0],
        read("authorizations", gzip.compress(table.encode()), "side.csv.gz")[0],
        read("authorizations", json.dumps(records), "side.json")[0],
        read("authorizations", gzip.compress(json.dumps(records[0]).encode()), "side.ndjson.gz")[0],
        sides.read("authorizations", tmp_path / "p.parquet")[0],
    ]
    assert all(frame.equals(frames[0]) and frame.height == 1 for frame in frames)


@EVERY
def test_a_frame_has_the_columns_of_its_kind_whatever_was_read(read, kind, tmp_path):
    for text, name, problem in [
        ("", "side.csv", "INP-EMPTY"),
        ("\n", "side.csv", "INP-EMPTY"),
        ("member_id\n", "side.csv", "INP-COLUMNS" if kind in {"plans-of-care", "history"} else "INP-EMPTY"),
        ("[]", "side.json", "INP-EMPTY"),
        ("ISA*00*", "side.837", "INP-UNKNOWN"),
        (b"PAR1nothing", "side.parquet", "INP-PARQUET"),
        (b"\x1f\x8bnot really", "side.gz", "INP-EMPTY"),
    ]:
        frame, problems = read(kind, text, name)
        assert frame.schema == sides.KINDS[kind].schema, name
        assert frame.height == 0
        assert problem in {each.id for each in problems}, name
    frame, problems = sides.read(kind, tmp_path / "nowhere.csv")
    assert (frame.schema, problems[0].id) == (sides.KINDS[kind].schema, "INP-NO-FILE")


def test_people_whose_names_end_like_an_interchange_begins(read):
    for name in ("LOUISA", "ISA"):
        frame, problems = read("authorizations", f"member_id,patient_first,number\nM1,{name},A1\n")
        assert (frame.height, problems) == (1, [])


@given(data=st.binary(max_size=300), kind=st.sampled_from(list(sides.KINDS)), head=st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise(tmp_path_factory, data, kind, head):
    path = tmp_path_factory.mktemp("side") / "side.csv"
    path.write_bytes((b"member_id,from,discipline,established_on,codes,progress_report_on\n" if head else b"") + data)
    frame, problems = sides.read(kind, path)
    assert frame.schema == sides.KINDS[kind].schema
    assert all(problem.help and problem.file == "side.csv" for problem in problems)


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.lists(st.text(max_size=6), max_size=3),
)


@given(kind=st.sampled_from(list(sides.KINDS)), data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_record_is_kept_whole_or_named(kind, data):
    names = st.sampled_from([column.name for column in sides.KINDS[kind].columns])
    records = data.draw(st.lists(st.dictionaries(names, _CELLS, max_size=6), min_size=1, max_size=4))
    frame, problems = sides.records(kind, records)
    named = {problem.row for problem in problems if problem.gravity is Gravity.ERROR}
    assert set(range(1, len(records) + 1)) - set(frame["row"]) <= named


@EVERY
def test_the_reader_takes_what_the_published_schema_allows(kind):
    described = json.loads((ROOT / "schemas" / f"{kind}-1.json").read_text("utf-8"))
    samples = {
        Holds.TEXT: "M1",
        Holds.PROCEDURE: "97026",
        Holds.MODIFIERS: ["GP", "59"],
        Holds.CODES: ["97026"],
        Holds.DAY: "2026-03-10",
        Holds.DAYS: ["2026-03-10"],
        Holds.MONEY: 45.5,
        Holds.NUMBER: 2,
        Holds.YES_NO: True,
        Holds.STATE: "IL",
    }
    columns = sides.KINDS[kind].columns
    record = {
        column.name: next(iter(column.words), None) or samples[column.holds]
        for column in columns
        if column.name != "birth_date"
    }
    unknown = {column.name: "M1" if column.name == "member_id" else None for column in columns}
    unknown |= {column.name: record[column.name] for column in columns if column.required or column.wanted}
    Draft202012Validator.check_schema(described)
    for each in (record, unknown):
        Draft202012Validator(described).validate(each)
        frame, problems = sides.records(kind, [each])
        assert problems == []
        assert frame.height == 1
    assert not Draft202012Validator(described).is_valid({**record, "colour": "red"})

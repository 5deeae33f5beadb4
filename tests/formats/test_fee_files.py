"""Contract fee schedules as files: what people write, and what is wrong with a row."""

import jsonschema
import orjson
import pytest

from claimwright.formats.sides import FEES, read_fees
from claimwright.report.schema import build


def read(tmp_path, text):
    path = tmp_path / "fees.csv"
    path.write_text(text, encoding="utf-8")
    frame, problems = read_fees(path)
    assert frame.schema == FEES.schema
    return frame, [(problem.id, problem.row, problem.field) for problem in problems]


def test_the_columns_as_people_call_them(tmp_path):
    frame, problems = read(
        tmp_path, "Payer Name,CPT,Modifier,Effective,End Date,Fee\nAetna,97110,CQ,1/1/2026,12/31/2026,$25.50\n"
    )
    assert problems == []
    row = frame.row(0, named=True)
    assert (row["payer"], row["procedure"], row["modifier_1"], str(row["allowed"])) == ("Aetna", "97110", "CQ", "25.50")
    assert (str(row["from"]), str(row["to"])) == ("2026-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",97110,30", ("INP-MISSING", 1, "payer")),
        ("Aetna,,30", ("INP-MISSING", 1, "procedure")),
        ("Aetna,97110,", ("INP-MISSING", 1, "allowed")),
        ("Aetna,97110,thirty", ("INP-AMOUNT", 1, "allowed")),
        ("Aetna,97110,-30", ("INP-AMOUNT", 1, "allowed")),
    ],
)
def test_a_row_that_cannot_be_relied_on_is_left_out_and_named(tmp_path, row, problem):
    frame, problems = read(tmp_path, f"payer,procedure,allowed\n{row}\nAetna,97026,11.00\n")
    assert frame["procedure"].to_list() == ["97026"]
    assert problems == [problem]


def test_days_that_cannot_be_read_or_run_backwards(tmp_path):
    frame, problems = read(
        tmp_path,
        "payer,procedure,from,to,allowed\nAetna,97110,soon,,30\nAetna,97026,2026-05-01,2026-04-01,11\n",
    )
    assert frame.height == 0
    assert problems == [("INP-DATE", 1, "from"), ("INP-CONTRADICTION", 2, "to")]


def test_two_amounts_for_one_day_leave_both_out(tmp_path):
    frame, problems = read(
        tmp_path,
        "payer,procedure,modifiers,from,to,allowed\n"
        "Aetna,97110,,2026-01-01,,30\nAETNA,97110,,2026-06-01,,31\n"  # overlap
        "Aetna,97026,,2026-01-01,2026-05-31,11\nAetna,97026,,2026-06-01,,12\n"  # one after the other
        "Aetna,97140,,,,20\nAetna,97140,CQ,,,17\n"  # another modifier
        "Aetna,97530,,,,33\nAetna,97530,,,,33\n",  # the same said twice
    )
    assert frame["row"].to_list() == [3, 4, 5, 6, 7, 8]
    assert [(id_, row) for id_, row, _ in problems] == [("INP-CONTRADICTION", 1), ("INP-CONTRADICTION", 2)]


def test_a_table_without_amounts_is_no_fee_schedule(tmp_path):
    frame, problems = read(tmp_path, "member_id,service_from\nM1,2026-01-01\n")
    assert frame.height == 0
    assert [id_ for id_, *_ in problems] == ["INP-COLUMNS"]


def test_records_follow_the_published_schema(tmp_path):
    record = {"payer": "Aetna", "procedure": "97110", "modifiers": ["CQ"], "from": "2026-01-01", "allowed": 25.5}
    jsonschema.validate(record, build("fees-1.json"))
    path = tmp_path / "fees.json"
    path.write_bytes(orjson.dumps([record]))
    frame, problems = read_fees(path)
    assert (problems, str(frame["allowed"][0])) == ([], "25.50")

"""The table for a spreadsheet."""

import csv
import io
from pathlib import Path

import pytest
from report_samples import ANSWERS, NCD_LINE, QUIET_LINE, answer, ref

from claimwright.report.as_csv import COLUMNS, csv_rows, inert


def table(answers, **options):
    return list(csv.DictReader(io.StringIO("".join(csv_rows(answers, **options)), newline="")))


def test_one_row_for_each_finding():
    rows = table(ANSWERS)
    assert [(row["claim"], row["finding"]) for row in rows] == [
        ("CW0310-028", "AUD-MULTIHEAT"),
        ("CW0311-008", "CLM-DX-NCD"),
        ("CW0311-008", "DOC-SUPERVISION"),
        ("CW0310-015", "CLM-GP"),
        ("CW0310-015", "CLM-NCCI"),
        ("CW0310-015", "AUD-MULTIHEAT"),
        ("CW0312-021", "COV-HCSC-NMN"),
    ]
    row = rows[1]
    assert row["to fix"] == "yes"
    assert row["expected codes"] == "CO-50 N386"
    assert row["what to do"].startswith("The purpose:")
    assert row["standing"] == "a reading of ours (claimwright, 2026-11-22)"
    assert row["in force"] == "since 2006-10-24"
    assert row["sentence"].startswith("our reading: ")
    assert rows[2]["to fix"] == "no", "it exists only because a fact is unknown"


def test_lines_without_findings_on_request():
    rows = table([QUIET_LINE, NCD_LINE], all_lines=True)
    assert [row["finding"] for row in rows] == ["", "CLM-DX-NCD", "DOC-SUPERVISION"]
    assert rows[0]["as documented"] == "documentation not seen"
    assert rows[0]["to fix"] == "no"


def test_rfc_4180_and_the_byte_order_mark():
    text = "".join(csv_rows(ANSWERS, bom=True))
    assert text.startswith("\ufeffto fix,severity,")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(row) == len(COLUMNS) for row in csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("97026", "97026"),
        ("a=b", "a=b"),
    ],
)
def test_nothing_a_spreadsheet_would_run(cell, shown):
    assert inert(cell) == shown


def test_a_hostile_claim_id_stays_in_its_cell():
    hostile = '=HYPERLINK("http://x","y")\r\n"a",b\x1b'
    rows = table([answer(ref(hostile), findings=NCD_LINE.findings[:1])])
    assert len(rows) == 1
    assert rows[0]["claim"] == '\'=HYPERLINK("http://x","y") "a",b\\x1b'


def test_every_column_is_documented():
    told = (Path(__file__).parents[2] / "docs" / "answers.md").read_text(encoding="utf-8")
    table = told[told.index("## CSV") : told.index("## HTML")]
    assert [column for column in COLUMNS if column not in table] == []

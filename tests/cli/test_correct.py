"""`claimwright correct`, as a biller with a list of what is true would use it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app

ROOT = Path(__file__).parents[2]
WEEK = ROOT / "examples" / "clinic-week.837"
HEAD = "claim,line,field,was,now,why,finding\n"
GOOD = (
    "CW0309-001,1,modifiers,GP,GP;59,separate session at 2 pm,CLM-NCCI\n"
    "CW0309-001,,prior_auth,none,PA1234,=was left out,\n"
    "CW0309-002,1,units,2,1,,CLM-UNITS\n"
)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def correct(tmp_path):
    """Run the command on the clinic's week with these rows of edits; what came out, and the corrected text."""

    def of(rows, *more, week=WEEK):
        edits, out = tmp_path / "edits.csv", tmp_path / "corrected.837"
        edits.write_text(HEAD + rows, "utf-8")
        result = run("correct", week, "--edits", edits, "--out", out, *more)
        return result, out.read_text("utf-8") if out.exists() else None

    return of


def test_exactly_the_edits_are_made_and_said(correct):
    result, text = correct(GOOD)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "3 edits in 2 claims; nothing else changed"
    before = WEEK.read_text("utf-8").splitlines()
    now = text.splitlines()
    assert [line for line in now if line not in before] == [
        "REF*G1*PA1234~",
        "SV1*HC:97110:GP:59*124*UN*2***1:2~",
        "SV1*HC:97161:GP*336*UN*1***1~",
        "SE*1521*0001~",
    ]
    assert len(now) == len(before) + 1


def test_the_change_list_is_the_record_and_can_be_given_again(correct, tmp_path):
    table, records = tmp_path / "changes.csv", tmp_path / "changes.json"
    result, text = correct(GOOD, "--change-list", table, "--change-list", records)
    assert result.exit_code == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["claim"], row["line"], row["field"], row["was"], row["now"]) for row in rows] == [
        ("CW0309-001", "1", "modifiers", "GP", "GP;59"),
        ("CW0309-001", "", "prior_auth", "none", "PA1234"),
        ("CW0309-002", "1", "units", "2", "1"),
    ]
    assert rows[1]["why"] == "'=was left out"
    schema = jsonschema.Draft202012Validator(json.loads((ROOT / "schemas" / "edits-1.json").read_bytes()))
    document = json.loads(records.read_bytes())
    for record in document:
        schema.validate(record)
    assert document[0]["finding"] == "CLM-NCCI"
    again = tmp_path / "again.837"
    assert run("correct", WEEK, "--edits", records, "--out", again, "--quiet").stdout == ""
    assert again.read_text("utf-8") == text


def test_without_a_corrected_file_the_list_alone_is_written_to_enter_by_hand(tmp_path):
    edits, page = tmp_path / "edits.csv", tmp_path / "changes.html"
    edits.write_text(HEAD + GOOD.replace("=was left out", "<script>alert(1)</script>"), "utf-8")
    result = run("correct", WEEK, "--edits", edits, "--change-list", page)
    assert (result.exit_code, "3 edits in 2 claims" in result.stdout) == (0, True)
    text = page.read_text("utf-8")
    assert text.index("Claim CW0309-001") < text.index("PA1234") < text.index("Claim CW0309-002")
    assert "&lt;script&gt;alert(1)" in text
    assert "<script" not in text
    edits.write_text(HEAD + GOOD + "CW0309-001,1,charge,124,100,,\n", "utf-8")
    assert run("correct", WEEK, "--edits", edits, "--change-list", page).exit_code == 0
    assert "do not add up" in page.read_text("utf-8")
    edits.write_text(HEAD + "CW0309-001,1,units,7,1,,\n", "utf-8")
    page.unlink()
    assert run("correct", WEEK, "--edits", edits, "--change-list", page).exit_code == 2
    assert not page.exists()
    assert "nothing would be written" in run("correct", WEEK, "--edits", edits).stderr


def test_one_edit_that_cannot_be_made_keeps_all_from_being_written(correct, tmp_path):
    changes = tmp_path / "changes.csv"
    result, text = correct(
        GOOD + "CW0309-003,1,procedure,97035,97110,,\nCW0309-003,9,units,1,2,,\n", "--change-list", changes
    )
    assert result.exit_code == 2
    assert text is None
    assert not changes.exists()
    assert "COR-WAS: the file says '97110', the edit expects '97035'" in result.stderr
    assert " --> edits.csv: row 4, claim CW0309-003, line 1, procedure" in result.stderr
    assert "COR-LINE: the claim has no such line" in result.stderr
    assert "its lines are 1 to 3" in result.stderr
    assert result.stderr.endswith("nothing was written\n")
    assert result.stderr.count("help:") == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("CW0309-001,1,units,2,,,\n", "this row has no now"),
        ("CW0309-001,1,colour,2,3,,\n", "field has a value that cannot be read"),
        ("CW0309-001,one,units,2,3,,\n", "is no number"),
        ("CW0309-001,1.5,units,2,3,,\n", "no whole number"),
        (",1,units,2,3,,\n", "this row has no claim"),
        ("", "no rows"),
    ],
)
def test_a_row_that_cannot_be_relied_on_stops_everything(correct, row, words):
    result, text = correct((GOOD if row else "") + row)
    assert (result.exit_code, text) == (2, None)
    assert words in result.stderr


def test_what_a_person_may_want_to_look_at_is_said_and_stops_nothing(correct):
    result, text = correct("CW0309-001,1,charge,124,100,,\n")
    assert result.exit_code == 0
    assert "COR-SUM" in result.stderr
    assert "SV1*HC:97110:GP*100*UN*2***1:2~" in text


def test_no_input_is_ever_written_to(tmp_path):
    week = tmp_path / "week.837"
    week.write_bytes(WEEK.read_bytes())
    edits = tmp_path / "edits.csv"
    edits.write_text(HEAD + GOOD, "utf-8")
    for out, lists in ((week, []), (edits, []), (tmp_path / "new.837", ["--change-list", edits])):
        result = run("correct", week, "--edits", edits, "--out", out, *lists)
        assert result.exit_code == 2
        assert "COR-OUT" in result.stderr
    assert week.read_bytes() == WEEK.read_bytes()
    assert edits.read_text("utf-8") == HEAD + GOOD


def test_a_change_list_that_cannot_be_written_is_said(correct, tmp_path):
    result, text = correct(GOOD, "--change-list", tmp_path)
    assert result.exit_code == 2
    assert "the change list cannot be written" in result.stderr
    assert "written: " in result.stdout
    assert text is not None


def test_files_that_are_none(correct, tmp_path):
    result, _ = correct(GOOD, week=tmp_path / "nowhere.837")
    assert (result.exit_code, "INP-NO-FILE" in result.stderr) == (2, True)
    result, _ = correct(GOOD, week=ROOT / "README.md")
    assert (result.exit_code, "give an 837P or 837I file" in result.stderr) == (2, True)


def test_help_teaches_the_file_of_edits():
    said = run("correct", "--help").stdout
    assert "claim,line,field,was,now,why" in said
    assert "No edit is ever proposed" in said

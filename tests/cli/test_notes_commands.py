"""`claimwright note`, `check --notes` and `ask --note`, as somebody with a note in hand would use them."""

import csv
import json
import re
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app

ROOT = Path(__file__).parents[2]
NOTE = (
    "DOS: 03/10/2026\n"
    "O: IR lamp to R knee x10 min, supervised by J. Doe PT, to reduce quad guarding prior to step-up progression; "
    "pt then tolerated 3x10 step-ups (2x8 last visit). Therapeutic exercise 97110.\n"
    "<b>bold</b> & \u202eevil\n"
)
NEUROPATHY = "Infrared to both feet to treat diabetic peripheral neuropathy. J. Doe, PT"


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False, input=stdin)


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "1AB2CD3EF45_2026-03-10.txt"
    path.write_text(NOTE, "utf-8")
    return path


def schema(name):
    return jsonschema.Draft202012Validator(json.loads((ROOT / "schemas" / name).read_bytes()))


def test_a_note_shows_what_it_supports_and_asks_for_what_is_missing(note):
    result = run("note", note)
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert "supervision documented of 97026: yes" in said
    assert "Who signed the note, and with which credentials?" in said
    assert "1AB2CD3EF45" not in said
    assert "\\u202eevil" in said


def test_a_note_from_a_pipe_as_json_quotes_its_own_characters():
    document = json.loads(run("note", "-", "--format", "json", stdin=NOTE).stdout)
    schema("note-1.json").validate(document)
    quoted = [at for one in document["supported"] for at in one["quoted"]]
    assert quoted
    assert all(NOTE[at["start"] : at["end"]] == at["words"] for at in quoted)
    assert {one["fact"] for one in document["missing"]} >= {"note signed"}
    assert document["services"] == ["97026", "97110"]


def test_no_question_is_asked_for_what_the_manual_does_not_ask(note):
    asked = json.loads(run("note", note, "--format", "json").stdout)["missing"]
    assert not {"minutes", "supervisor signature"} & {one["fact"] for one in asked}


def test_the_page_of_a_note_escapes_everything_and_asks_nobody(note, tmp_path):
    out = tmp_path / "note.html"
    assert run("note", note, "--procedure", "97026", "--payer", "medicare", "--out", out, "--no-store").exit_code == 1
    page = out.read_text("utf-8")
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; \\u202eevil" in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!https://|#)', page)
    assert "prefers-color-scheme: dark" in page
    assert 'aria-label="What the colours say"' in page
    assert '<mark class="who"' in page


def test_with_a_procedure_the_line_is_answered_by_the_note():
    arguments = (
        "--procedure",
        "97026",
        "--payer",
        "medicare",
        "--date",
        "2026-03-10",
        "--format",
        "json",
        "--no-store",
    )
    result = run("note", "-", *arguments, stdin=NEUROPATHY)
    document = json.loads(result.stdout)
    schema("note-1.json").validate(document)
    assert document["line"]["views"]["documented"]["outcome"] == "NATIONALLY_NONCOVERED"
    assert any("neuropathy" in at["words"] for one in document["line"]["evidence"] for at in one["quoted"])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 secretword", b"\x81\x8d\xff\xfe secretword \x90"])
def test_a_note_that_cannot_be_read_ends_with_2_and_repeats_nothing(tmp_path, content):
    path = tmp_path / "visit.txt"
    path.write_bytes(content)
    result = run("note", path)
    assert result.exit_code == 2
    assert "help:" in result.stderr
    assert "secretword" not in result.output


def test_a_file_that_is_not_there_ends_with_2():
    assert run("note", "nowhere.txt").exit_code == 2


def test_ask_takes_a_note_and_its_day(tmp_path):
    path = tmp_path / "n.txt"
    path.write_text(f"Date of service: 03/10/2026\n{NEUROPATHY}", "utf-8")
    result = run("ask", "--line", "97026-GP", "--payer", "medicare", "--note", path, "--format", "json", "--no-store")
    document = json.loads(result.stdout)
    assert document["line"]["service"] == "2026-03-10"
    assert document["views"]["documented"]["outcome"] == "NATIONALLY_NONCOVERED"
    assert document["evidence"]


def test_ask_makes_a_conflict_of_a_note_and_a_person_who_disagree(tmp_path):
    path = tmp_path / "n.txt"
    path.write_text(NEUROPATHY, "utf-8")
    asked = ("ask", "--line", "97026-GP", "--payer", "medicare", "--on", "2026-03-10", "--no-store", "--format", "json")
    document = json.loads(run(*asked, "--note", path, "-F", "intent=msk adjunct").stdout)
    assert "DOC-INTENT-CONFLICT" in {one["id"] for one in document["findings"]}


CLAIMS = (
    "claim,member_id,npi,payer,form,procedure,modifiers,units,service,dx,pointer,pos,charge\n"
    "A,M1,1234567893,MEDICARE,professional,97026,GP,1,2026-03-10,M17.11,1,11,20\n"
    "A,M1,1234567893,MEDICARE,professional,97110,GP,1,2026-03-10,M17.11,1,11,40\n"
    "B,M2,1234567893,MEDICARE,professional,97110,GP,1,2026-03-10,M17.11,1,11,40\n"
)


@pytest.fixture
def week(tmp_path):
    claims, folder = tmp_path / "claims.csv", tmp_path / "notes"
    claims.write_text(CLAIMS, "utf-8")
    folder.mkdir()
    (folder / "M1_2026-03-10.txt").write_text(
        "IR lamp to L knee for secretword stiffness prior to gait training.", "utf-8"
    )
    (folder / "M9_2026-03-10.txt").write_text("secretword", "utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF secretword")
    return claims, folder


def test_check_brings_notes_to_their_lines(week, tmp_path):
    claims, folder = week
    out, page, table = tmp_path / "run.json", tmp_path / "run.html", tmp_path / "run.csv"
    result = run(
        *("check", claims, "--notes", folder, "--as-of", "2026-03-20", "--no-store"),
        *("--out", out, "--out", page, "--out", table),
    )
    assert result.exit_code == 2  # the PDF could not be read
    document = json.loads(out.read_bytes())
    schema("run-1.json").validate(document)
    infrared, exercise, bare = document["lines"]
    found = {one["id"] for one in infrared["findings"]}
    assert {"CLM-DX-INTENT", "DOC-SIGN"} <= found
    assert "DOC-SERVICE" in {one["id"] for one in exercise["findings"]}
    assert "evidence" not in bare
    quotes = [at["words"] for one in infrared["evidence"] for at in one["quoted"]]
    assert "knee" in " ".join(quotes)
    assert {one["note"] for one in infrared["evidence"]} == {"…_2026-03-10.txt"}
    told = {one["id"]: one["message"] for one in document["problems"]}
    assert told["INP-NOTE-ALONE"].startswith("1 of 2 notes match no line")
    assert told["INP-VISIT-BARE"] == "1 visit has lines and no note"
    assert "INP-NOTE-TYPE" in told
    assert "secretword" not in str(told) + result.output + table.read_text("utf-8")
    assert "<q>knee</q>" in page.read_text("utf-8")


def test_check_reads_a_table_of_notes_and_fhir_beside_it(week, tmp_path):
    claims, _ = week
    table = tmp_path / "notes.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("Member ID", "DOS", "Note"), ("M1", "3/10/2026", "IR lamp to R knee. J. Doe, PT")])
    result = run("check", claims, "--notes", table, "--as-of", "2026-03-20", "--no-store", "--format", "json")
    lines = json.loads(result.stdout)["lines"]
    assert [bool(one.get("evidence")) for one in lines] == [True, True, False]
    assert lines[0]["evidence"][0]["note"] == "notes.csv, row 1"


def test_without_notes_nothing_is_said_of_them(week):
    claims, _ = week
    document = json.loads(run("check", claims, "--as-of", "2026-03-20", "--no-store", "--format", "json").stdout)
    assert not [one for one in document["problems"] if "NOTE" in one["id"] or "VISIT" in one["id"]]

"""Codes that do not exist on their day: imported lists, and what `claimwright check` says with them and without."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app

ROOT = Path(__file__).parents[2]
CLINIC = ROOT / "examples" / "clinic-week.837"
AS_OF = ("--as-of", "2026-11-20")


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def checked(tmp_path, path, *options):
    out = tmp_path / "answers.json"
    result = run("check", path, *AS_OF, "--out", out, "--quiet", *options)
    return result, json.loads(out.read_bytes())


def table(tmp_path, *rows):
    path = tmp_path / "lines.csv"
    header = (
        "member_id,birth_date,patient_first,npi,program,service_date,procedure,modifiers,units,place,diagnoses,charge"
    )
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def findings(document, id_):
    return [
        (one["line"]["procedure"], each) for one in document["lines"] for each in one["findings"] if each["id"] == id_
    ]


def test_a_letter_o_in_an_837_is_a_finding_on_its_line_and_a_warning_of_the_reader(tmp_path):
    path = tmp_path / "week.837"
    path.write_text(CLINIC.read_text("utf-8").replace("SV1*HC:97026:GO", "SV1*HC:97O26:GO", 1), "utf-8")
    result, document = checked(tmp_path, path, "--no-store")
    assert result.exit_code == 1
    [(procedure, found)] = findings(document, "CLM-PROC-INVALID")
    assert procedure == "97O26"
    assert found["severity"] == "BLOCK"
    assert "97026 may be meant" in found["because"]
    assert "INP-CODE-LETTER" in result.output or any(one["id"] == "INP-CODE-LETTER" for one in document["problems"])


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    (folder / "modifiers.csv").write_text("modifier_code,from,to\nGP,,\nGO,,\nKX,,2025-12-31\n", "utf-8")
    (folder / "places.csv").write_text("place_code,facility,from,to\n11,no,,\n", "utf-8")
    (folder / "add-on.csv").write_text("add_on_code,primary_code,type,from,to\n97598,97597,1,,\n", "utf-8")
    order = "00001 A00     0 Made up                                                      Made up\n"
    order += "00002 A000    1 Made up                                                      Made up\n"
    order += "00003 QA00    1 Made up                                                      Made up\n"
    (folder / "icd10cm_order_2027.txt").write_text(order, "utf-8")
    data = folder / "store"
    for name, covers in (("modifiers.csv", "2026"), ("places.csv", "2026"), ("add-on.csv", "2026")):
        done = run("data", "import", folder / name, "--covers", covers, "--data", data, "--accept-licence")
        assert done.exit_code == 0, done.output
    done = run("data", "import", folder / "icd10cm_order_2027.txt", "--data", data, "--accept-licence")
    assert done.exit_code == 0, done.output
    return data


LINES = (
    "MEMBER9701,1950-01-01,ADA,2900000005,medicare-part-b,2026-03-10,97110,ZZ GP,1,11,M17.11,50",
    "MEMBER9702,1950-01-01,ADA,2900000005,medicare-part-b,2026-03-10,97110,KX GP,1,96,M17.11,50",
    "MEMBER9703,1950-01-01,ADA,2900000005,medicare-part-b,2026-03-10,97598,GP,1,11,M17.11,50",
    "MEMBER9704,1950-01-01,ADA,2900000005,medicare-part-b,2026-10-05,97110,GP,1,11,M17.11,50",
    "MEMBER9705,1950-01-01,ADA,2900000005,medicare-part-b,2026-10-05,97110,GP,1,11,QA00,50",
    "MEMBER9706,1950-01-01,ADA,2900000005,medicare-part-b,2026-10-05,97110,GP,1,11,A00,50",
)


def test_imported_lists_find_what_does_not_exist_on_the_day(tmp_path, store):
    _, document = checked(tmp_path, table(tmp_path, *LINES), "--data", store)
    assert [each["because"].split(" on ")[0] for _, each in findings(document, "CLM-MOD-INVALID")] == ["ZZ", "KX"]
    [(_, place)] = findings(document, "CLM-POS")
    assert place["because"].startswith("96 is no place of service on 2026-03-10")
    assert [procedure for procedure, _ in findings(document, "CLM-ADD-ON")] == ["97598"]
    wrong = [each["because"] for _, each in findings(document, "CLM-DX-INVALID")]
    assert len(wrong) == 2
    assert any("M17.11 is not in the ICD-10-CM of 2026-10-05" in text for text in wrong)
    assert any("A00 is a heading" in text for text in wrong)
    assert {"icd-10-cm-fy2027", "modifiers-2026", "places-2026", "ncci-add-on-2026"} <= set(
        dict(document["summary"]["basis"])
    )


def test_without_them_these_checks_did_not_run(tmp_path):
    _, document = checked(tmp_path, table(tmp_path, *LINES), "--no-store")
    for id_ in ("CLM-MOD-INVALID", "CLM-ADD-ON", "CLM-DX-INVALID"):
        assert findings(document, id_) == []
    helps = {one["check"]: one.get("help", "") for one in document["summary"]["not_run"]}
    assert "icd10cm_order_2027.txt" in helps["diagnosis codes"]
    assert "modifiers.csv" in helps["modifiers"]
    assert "places.csv" in helps["places of service"]
    assert "add-on.csv" in helps["add-on code edits"]

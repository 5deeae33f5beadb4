"""`check` with dollars: per line and over the run, in every format, with and without contract fees."""

import csv
import io
import json

import jsonschema
import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app
from claimwright.report.schema import build

CLAIMS = """claim,member_id,npi,billing_state,payer,filing,service_from,procedure,modifiers,units,charge,dx_1,place
A,1EG4TE5MK73,1234567893,OH,Medicare,MB,2025-11-03,97110,GP,2,120.00,M54.16,11
A,1EG4TE5MK73,1234567893,OH,Medicare,MB,2025-11-03,97140,KX,1,60.00,M54.16,11
B,W123456789,1234567893,OH,Aetna,CI,2025-11-03,97110,GP,1,60.00,M54.16,11
"""


@pytest.fixture
def files(tmp_path):
    claims, fees = tmp_path / "claims.csv", tmp_path / "fees.csv"
    claims.write_text(CLAIMS, encoding="utf-8")
    fees.write_text("payer,procedure,allowed\nAetna,97110,31.00\n", encoding="utf-8")
    return claims, fees


def run(*arguments):
    told = [str(argument) for argument in arguments]
    return CliRunner().invoke(app, ["check", *told, "--as-of", "2025-11-10"], catch_exceptions=False)


def test_json_has_amounts_and_keeps_to_its_schema(files):
    claims, fees = files
    document = json.loads(run(claims, "--fees", fees, "--format", "json").stdout)
    jsonschema.validate(document, build("run-1.json"))
    exercise, manual, contract = (line["money"] for line in document["lines"])
    # Ohio: 97110 27.56 in full, 97140 and the second unit with half of the practice expense:
    # (0.45 + 0.43 x 0.911 / 2 + 0.01 x 1.033) x 32.3465 = 21.2258... -> 21.23
    assert exercise["allowed"] == "48.79"
    # (0.43 + 0.40 x 0.911 / 2 + 0.01 x 1.033) x 32.3465 = 20.1366... -> 20.14
    assert manual["allowed"] == "20.14"
    assert (contract["allowed"], contract["payment"]) == ("31.00", None)
    stakes = document["summary"]["money"]
    assert stakes["all"] == {"priced": 3, "expected": "99.93", "unpriced": 0, "charge": "0.00"}
    assert stakes["recoverable"]["expected"] == "20.14"  # it lacks GP, and can be corrected
    assert "contract-fees" in document["summary"]["basis"]


def test_without_the_fee_schedule_the_line_says_so_and_its_charge_counts(files):
    document = json.loads(run(files[0], "--format", "json").stdout)
    assert document["lines"][2]["money"]["unknown"] == "no fee schedule of this payer is given (--fees)"
    assert document["summary"]["money"]["all"] == {
        "priced": 2,
        "expected": "68.93",
        "unpriced": 1,
        "charge": "60.00",
    }


def test_fees_change_no_outcome(files):
    claims, fees = files
    with_, without = (json.loads(run(claims, *more, "--format", "json").stdout) for more in (["--fees", fees], []))
    for one, other in zip(with_["lines"], without["lines"], strict=True):
        assert (one["views"], one["findings"]) == (other["views"], other["findings"])


def test_text_fits_a_hundred_columns(files):
    told = run(files[0]).stdout
    assert "Dollars at stake" in told
    assert "fee unknown  1 line: no fee schedule of this payer is given (--fees)" in told
    assert max(len(row) for row in told.splitlines()) <= 100


def test_html_shows_the_steps(files, tmp_path):
    out = tmp_path / "report.html"
    run(files[0], "--out", out, "--quiet")
    page = out.read_text("utf-8")
    assert "Dollars at stake" in page
    assert "therapy after the first unit of the day" in page
    assert "practice expense at 50 percent" in page


def test_csv_has_the_amount(files):
    rows = list(csv.DictReader(io.StringIO(run(files[0], "--format", "csv").stdout.lstrip("\ufeff"))))
    told = {(row["claim"], row["procedure"]): row for row in rows}
    assert told["A", "97140"]["expected allowed"] == "20.14"
    assert told["A", "97140"]["expected payment"] == "15.79"  # 20.14 - 4.03 = 16.11; 2 percent of it is 0.32


def test_a_fee_schedule_that_cannot_be_read_ends_with_2(files, tmp_path):
    fees = tmp_path / "broken.csv"
    fees.write_text("payer,procedure,allowed\nAetna,97110,many\n", encoding="utf-8")
    result = run(files[0], "--fees", fees)
    assert result.exit_code == 2
    assert "INP-AMOUNT" in result.stdout


# the same files for one question, and for worked cases ----------------------------------------------------------------


def asked(*arguments):
    told = [str(argument) for argument in arguments]
    return CliRunner().invoke(app, ["ask", *told, "--no-store"], catch_exceptions=False)


def test_a_question_is_told_what_the_contract_allows(files):
    question = ("--line", "97110-GP x2", "--payer", "Aetna", "--on", "2025-11-03", "--format", "json")
    with_, without = json.loads(asked(*question, "--fees", files[1]).stdout), json.loads(asked(*question).stdout)
    assert with_["money"]["allowed"] == "62.00"
    assert without["money"]["unknown"] == "no fee schedule of this payer is given (--fees)"
    assert with_["views"] == without["views"]


def test_a_question_about_a_place_and_a_bill_is_told_its_amount():
    line = ("--line", "97110-GP x1", "--payer", "medicare", "--on", "2025-11-03", "--state", "OH", "--format", "json")
    told = json.loads(asked(*line, "--form", "institutional", "--bill", "131").stdout)["money"]
    assert (told["allowed"], "as institutions are paid" in told["basis"]) == ("27.56", True)
    several = json.loads(asked(*line, "--state", "IL", "--zip", "60601").stdout)["money"]
    assert "no table of ZIP codes is loaded" in several["basis"]


def test_a_question_with_a_fee_schedule_that_cannot_be_read_ends_with_2(tmp_path):
    fees = tmp_path / "broken.csv"
    fees.write_text("payer,procedure,allowed\nAetna,97110,many\n", encoding="utf-8")
    result = asked("--line", "97110", "--payer", "Aetna", "--fees", fees)
    assert (result.exit_code, "INP-AMOUNT" in result.stderr, "help:" in result.stderr) == (2, True, True)


CASE = """\
cases:
  - id: contract
    says: what a contract allows
    form: professional
    payer: {name: Aetna, program: commercial}
    lines: [{procedure: 97110, service: 2025-11-03, modifiers: [GP], units: 2}]
    expect: {coded: nothing met}
"""


def test_a_worked_case_shows_what_the_contract_allows(files, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(CASE, encoding="utf-8")
    shown = CliRunner().invoke(app, ["cases", "show", "contract", str(path), "--no-store", "--fees", str(files[1])])
    assert "$62.00" in shown.stdout, shown.output

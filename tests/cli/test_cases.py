"""`claimwright cases` as a biller would run it on a file of their own."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app

POLICIES = Path(__file__).parents[2] / "policies"
BASE = """\
bases:
  CLAIM:
    form: professional
    payer: {program: medicare-part-b, key: medicare}
    provider: {state: OH}
    whole_day: yes
    diagnoses: [E11.42]
    lines: [{procedure: 97026, service: 2026-03-10, modifiers: [GP], units: 1, pointers: [1], place: 11}]
cases:
"""
DENIED = "  - {id: denied, says: it is denied, like: CLAIM, expect: {coded: nationally noncovered}}\n"
PAID = "  - {id: paid, says: somebody hopes, like: CLAIM, expect: {coded: covered, to fix: no}}\n"


def run(*arguments):
    return CliRunner().invoke(app, ["cases", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.yaml"

    def write(*cases):
        path.write_text(BASE + "".join(cases), "utf-8")
        return path

    return write


def test_cases_that_come_out_take_a_line_each(file):
    result = run("run", file(DENIED))
    assert result.exit_code == 0
    assert "ok      denied  it is denied" in result.output
    assert "1 case, 1 thing expected: all came out" in result.output


def test_a_case_that_does_not_shows_expected_beside_got(file):
    path = file(DENIED, PAID)
    result = run("run", path)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert any(line.split()[:1] == ["FAILED"] and "somebody hopes" in line for line in lines)
    assert any("as coded: outcome" in line and line.rstrip().endswith("nationally noncovered") for line in lines)
    assert any(f"{path}:11" in "".join(line.split()) for line in lines) or f"{path.name}:11" in result.output
    assert "2 cases, 3 things expected: 1 failed" in result.output


def test_only_the_failed_and_only_the_named(file):
    path = file(DENIED, PAID)
    failed = run("run", path, "--failed-only")
    assert "somebody hopes" in failed.output
    assert "it is denied" not in failed.output
    named = run("run", path, "-k", "DENIED")
    assert named.exit_code == 0
    assert "somebody hopes" not in named.output


def test_json_for_programs(file):
    result = run("run", file(DENIED, PAID), "--format", "json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert (said["count"], said["failed"]) == (2, 1)
    assert [case["ok"] for case in said["cases"]] == [True, False]
    assert said["cases"][1]["rows"][0] == {
        "what": "as coded: outcome",
        "expected": "covered",
        "got": "nationally noncovered",
        "ok": False,
    }


def test_a_file_that_cannot_be_read_ends_with_2_and_says_where(file, tmp_path):
    result = run("run", file(DENIED.replace("expect", "expct")))
    assert result.exit_code == 2
    assert "mine.yaml:10" in result.output
    assert "help: did you mean expect?" in result.output
    assert run("run", tmp_path / "nowhere.yaml").exit_code == 2
    nothing = run("run", file(DENIED), "-k", "something else")
    assert nothing.exit_code == 2
    assert "no case was found" in nothing.output


def test_one_case_in_full(file):
    result = run("show", "Denied", file(DENIED))
    assert result.exit_code == 0
    assert "procedure: '97026'" in result.output
    assert "as coded: outcome" in result.output
    assert "NATIONALLY NONCOVERED" in result.output
    assert "CLM-DX-NCD" in result.output


def test_a_case_that_is_not_there_gets_the_nearest_one(file):
    result = run("show", "deneid", file(DENIED))
    assert result.exit_code == 2
    assert "denied" in result.output


def test_another_folder_of_policies(file, tmp_path):
    assert run("run", file(DENIED), "--policies", POLICIES).exit_code == 0
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "facts.yaml").write_text("facts: {}\n")
    assert run("run", file(DENIED), "--policies", tmp_path / "none").exit_code == 1


@pytest.mark.parametrize("command", [[], ["run"], ["show"]])
def test_the_commands_teach(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "claimwright cases" in result.output

"""A statement is traced to its clauses and what proves them; whatever is taken away, the trace names what it cost."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner
from worked_samples import BASE

from claimwright.cli import policy as command

GOLDEN = Path(__file__).parents[1] / "policies" / "golden" / "P009"
STATEMENTS = """\
id,source,says,derived,standing,where,note
S1,A:1,a supervised modality counts once a day,derived,decided,,
S2,A:2,the day of service decides,,shape,tests/test_days.py::test_the_day_decides; case KNEE,
S3,A:3,there is such a text,,text,policies/one-unit/policy.md,
S4,A:4,a picture will show it,,later,pages,
"""
# the vocabulary of this small shelf has no such facts
CLAIM = re.sub(r"    facts: .*\n", "", BASE)
CASES = f"""{CLAIM}cases:
  - {{id: TWO, says: two units, like: CLAIM, proves: S1, lines: [{{units: 2}}], expect: {{findings: CLM-UNITS}}}}
  - {{id: KNEE, says: one unit, like: CLAIM, expect: {{findings: {{has not: CLM-UNITS}}}}}}
"""
EXAMPLE = "| the first day | 2020-01-01 | 97026 | 2 | coded | no determination | CLM-UNITS | ONE |\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A project with one policy, the statements behind it, a test and two cases."""
    shutil.copytree(GOLDEN, tmp_path / "policies")
    shutil.rmtree(tmp_path / "policies/never")
    change(
        tmp_path / "policies/one-unit/policy.md", "in force: 2020-01-01 ..\n", "in force: 2020-01-01 ..\nstates: S1\n"
    )
    (tmp_path / "policies/statements.csv").write_text(STATEMENTS, "utf-8")
    for folder in ("tests", "cases"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tests/test_days.py").write_text("def test_the_day_decides():\n    assert True\n", "utf-8")
    (tmp_path / "cases/units.yaml").write_text(CASES, "utf-8")
    monkeypatch.setenv("COLUMNS", "160")
    return tmp_path


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def told(desk, *words):
    """Exit code and output of the command on the desk."""
    run = CliRunner().invoke(command.app, ["trace", "--policies", str(desk / "policies"), *words])
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
    return run.exit_code, run.output


def lost(desk):
    """What has lost its proof, by statement, and whether the command says so by how it ends."""
    code, output = told(desk, "--lost", "--format", "json")
    found = {one["id"]: one["lost"] for one in json.loads(output)["statements"]}
    assert code == bool(found)
    return found


def test_a_clause_is_proved_by_its_example_and_by_the_case_that_fails_without_it(desk):
    code, output = told(desk, "--format", "json")
    assert code == 0
    record = json.loads(output)
    assert (record["count"], record["lost"]) == (4, 0)
    decided, shape, text, later = record["statements"]
    assert decided["clauses"] == [{"clause": "ONE-UNIT ONE", "in_force": "2020-01-01 .."}]
    assert [(proof["kind"], proof["name"], proof["clause"]) for proof in decided["proofs"]] == [
        ("example", "the first day", "ONE-UNIT ONE"),
        ("case", "TWO", "ONE-UNIT ONE"),
    ]
    assert decided["derived"] is True
    line = decided["proofs"][0]["place"].removeprefix("one-unit/policy.md:")
    assert "the first day" in (desk / "policies/one-unit/policy.md").read_text("utf-8").splitlines()[int(line) - 1]
    assert [(proof["kind"], proof["name"]) for proof in shape["proofs"]] == [
        ("test", "tests/test_days.py::test_the_day_decides"),
        ("case", "KNEE"),
    ]
    assert [proof["kind"] for proof in text["proofs"]] == ["document"]
    assert (later["proofs"], later["lost"]) == ([], [])


def test_every_statement_is_listed_under_its_standing(desk):
    code, output = told(desk)
    assert code == 0
    titles = ["Decided by a clause", "Kept by the shape of the engine", "Text only", "Later"]
    places = [output.index(title) for title in titles]
    assert places == sorted(places)
    assert "S1" in output[places[0] : places[1]]
    assert "example the first day · case TWO" in output
    assert "S3" in output[places[2] : places[3]]
    assert "needs pages" in output[places[3] :]
    assert "4 statements (1 decided, 1 shape, 1 text, 1 later): none lost its proof" in output


def test_chosen_statements_only_in_any_case(desk):
    _, output = told(desk, "s3", "S1", "--format", "json")
    assert [one["id"] for one in json.loads(output)["statements"]] == ["S3", "S1"]


def test_a_markdown_table_holds_one_row_for_each_statement(desk):
    _, output = told(desk, "--format", "markdown")
    assert output.count("\n## ") + output.startswith("## ") == 4
    assert re.search(
        r"^\| S1 \| .* \(derived\) \| ONE-UNIT ONE \| example the first day · case TWO \|$", output, re.MULTILINE
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "statement", "words"),
    [
        ("policies/one-unit/policy.md", "states: S1\n", "", "S1", ["no clause states it"]),
        ("policies/statements.csv", "decided,,", "decided,OTHER,", None, []),
        ("tests/test_days.py", "day_decides", "day_does_not_decide", "S2", ["has no test test_the_day_decides"]),
        ("policies/statements.csv", "test_days.py", "test_nights.py", "S2", ["there is no file tests/test_nights.py"]),
        ("policies/statements.csv", "case KNEE", "case HIP", "S2", ["there is no case HIP"]),
        ("cases/units.yaml", "has not: CLM-UNITS", "has: CLM-UNITS", "S2", ["case KNEE does not come out"]),
        ("cases/units.yaml", "findings: CLM-UNITS", "findings: CLM-MUE", "S1", ["case TWO, which should prove it"]),
        ("cases/units.yaml", "lines: [{units: 2}], expect: {findings: CLM-UNITS}", "expect: {to fix: no}", "S1",
         ["case TWO says it proves it, and comes out the same without the clauses"]),
        ("policies/statements.csv", "policies/one-unit/policy.md", "docs/units.md", "S3", ["there is no file docs/"]),
    ],
)  # fmt: skip
def test_a_proof_that_goes_is_named(desk, file, old, new, statement, words):  # noqa: PLR0917
    change(desk / file, old, new)
    found = lost(desk)
    assert list(found) == ([statement] if statement else [])
    for text in words:
        assert any(text in said for said in found[statement]), found


def test_a_clause_that_loses_its_example_and_its_case_is_no_proof_any_more(desk):
    change(desk / "policies/one-unit/policy.md", EXAMPLE, "")
    assert lost(desk) == {}  # the case still proves it
    change(desk / "cases/units.yaml", "proves: S1, ", "")
    assert lost(desk) == {"S1": ["ONE-UNIT ONE (2020-01-01 ..) is proved by no example and no case"]}
    code, output = told(desk, "--lost")
    assert code == 1
    assert "S1" in output
    assert "S2" not in output
    assert "1 lost its proof" in output


def test_an_example_that_does_not_come_out_proves_nothing(desk):
    change(desk / "cases/units.yaml", "proves: S1, ", "")
    change(
        desk / "policies/one-unit/policy.md", "| no determination | CLM-UNITS | ONE |", "| covered | CLM-UNITS | ONE |"
    )
    assert list(lost(desk)) == ["S1"]


def test_every_version_of_a_clause_wants_its_own_proof(desk):
    path = desk / "policies/one-unit/policy.md"
    rule = re.search(r"```rule ONE\n.*?```\n", path.read_text("utf-8"), re.DOTALL)[0]
    earlier = rule.replace("2020-01-01 ..", "2018-01-01 .. 2019-12-31")
    change(path, rule, f"{earlier}\n> It counted once before as well. [paraphrase]\n\n{rule}")
    change(desk / "cases/units.yaml", "proves: S1, ", "")
    assert lost(desk) == {"S1": ["ONE-UNIT ONE (2018-01-01 .. 2019-12-31) is proved by no example and no case"]}


def test_two_clauses_that_say_the_same_are_proved_by_a_case_that_fails_without_both(desk):
    path = desk / "policies/one-unit/policy.md"
    rule = re.search(r"```rule ONE\n.*?```\n", path.read_text("utf-8"), re.DOTALL)[0]
    change(path, rule, f"{rule}\n{rule.replace('rule ONE', 'rule AGAIN')}")
    change(path, EXAMPLE, "")
    code, output = told(desk, "S1", "--format", "json")
    (one,) = json.loads(output)["statements"]
    assert code == 0, one["lost"]
    assert {proof["clause"] for proof in one["proofs"]} == {"ONE-UNIT ONE", "ONE-UNIT AGAIN"}


def test_policies_that_cannot_be_run_end_with_2_and_say_why(desk):
    change(desk / "policies/one-unit/policy.md", "procedure: in", "procedur: in")
    code, output = told(desk)
    assert code == 2
    assert "P006: clause ONE: nobody declares the fact 'procedur'" in output


def test_without_cases_the_examples_prove(desk):
    shutil.rmtree(desk / "cases")
    assert lost(desk) == {"S2": ["there is no case KNEE"]}


def test_a_statement_nobody_lists_is_answered_with_the_nearest(desk):
    code, output = told(desk, "S11")
    assert code == 2
    assert "there is no statement 'S11'" in output
    code, output = told(desk, "--format", "jsn")
    assert code == 2
    assert "did you mean json?" in output


def test_a_case_that_proves_what_is_not_listed_is_told_with_its_place(desk):
    change(desk / "cases/units.yaml", "proves: S1", "proves: [S1, S99]")
    code, output = told(desk)
    assert code == 2
    assert "CASE: case TWO proves S99, which statements.csv does not list" in output
    assert re.search(r"cases/units\.yaml:\d+", output)


def test_statements_that_cannot_be_read_end_with_2(desk):
    change(desk / "policies/statements.csv", ",later,", ",sooner,")
    code, output = told(desk)
    assert code == 2
    assert "the standing is 'sooner'" in output


def test_the_command_teaches():
    output = CliRunner().invoke(command.app, ["trace", "--help"]).output
    for words in ("Ends with 0", "statements.csv", "claimwright policy trace --lost", "Examples"):
        assert words in output

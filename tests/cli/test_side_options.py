"""`claimwright check` with side files beside the clinic's week, as a biller would give them."""

import csv
import functools
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app

EXAMPLES = Path(__file__).parents[2] / "examples"
CLINIC, SIDES = EXAMPLES / "clinic-week.837", EXAMPLES / "sides"
KINDS = ("history", "plans", "authorizations", "plans-of-care")
NOT_GIVEN = {
    "history": "no history was given",
    "plans": "no plans were given",
    "authorizations": "no authorizations were given",
    "plans of care": "no plans of care were given",
}
WORK = {"BLOCK", "FIX", "WARN"}
KNOWN_SINCE = "COV-CONTRACT-UNREAD"  # goes where the plans say what the contract says


def check(*arguments):
    command = ["check", CLINIC, "--as-of", "2026-03-20", *arguments]
    return CliRunner().invoke(app, [str(argument) for argument in command], catch_exceptions=False)


def beside(*kinds):
    return [part for kind in kinds for part in (f"--{kind}", SIDES / f"{kind}.csv")]


@functools.cache
def week(*kinds):
    """The exit code and the JSON of the week with the example's files of these kinds."""
    result = check(*beside(*kinds), "--format", "json")
    return result.exit_code, json.loads(result.stdout)


def findings(document):
    """(claim, line) → the findings that make work."""
    return {
        (one["line"]["claim"], one["line"]["line"]): {f["id"] for f in one["findings"] if f["severity"] in WORK}
        for one in document["lines"]
    }


def not_given(document):
    return [(one["check"], one["why"]) for one in document["summary"]["not_run"] if one["check"] in NOT_GIVEN]


def planted():
    with (EXAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["beside"]]


def visit_of(found, row):
    """The findings on the lines of the row's claim: one about a visit stands on one of them."""
    return set().union(*(ids for (claim, _), ids in found.items() if claim == row["claim"]))


# ── what the files say ───────────────────────────────────────────────────────────────────────────────────────────────


def test_every_file_has_something_to_say():
    assert {kind for row in planted() for kind in row["beside"].split()} == set(KINDS)


@pytest.mark.parametrize("row", planted(), ids=lambda row: f"{row['claim']}-{row['line']} {row['findings']}")
def test_what_needs_side_files_comes_with_just_those_and_not_without_one_of_them(row):
    needed = row["beside"].split()
    ordered = [kind for kind in KINDS if kind in needed]
    (finding,) = row["findings"].split()
    assert finding in visit_of(findings(week(*ordered)[1]), row)
    assert finding in visit_of(findings(week(*KINDS)[1]), row)
    for left_out in needed:
        _, document = week(*(kind for kind in ordered if kind != left_out))
        assert finding not in visit_of(findings(document), row)
        name = left_out.replace("-", " ")
        assert (name, NOT_GIVEN[name]) in not_given(document)


def test_answers_change_where_the_files_speak_and_nowhere_else():
    without, told = findings(week()[1]), findings(week(*KINDS)[1])
    meant = {(row["claim"], int(row["line"])): set() for row in planted()}
    for row in planted():
        meant[row["claim"], int(row["line"])] |= set(row["findings"].split())
    assert without.keys() == told.keys()
    for line, now in told.items():
        assert without[line] <= now
        assert now - without[line] <= meant.get(line, set()), line
    assert sum(now != without[line] for line, now in told.items()) >= 12
    assert len(findings_named(week()[1], KNOWN_SINCE)) - len(findings_named(week(*KINDS)[1], KNOWN_SINCE)) == 3


def findings_named(document, name):
    return [one["line"] for one in document["lines"] if any(f["id"] == name for f in one["findings"])]


def test_a_finding_says_what_the_file_said():
    _, document = week("history")
    said = [
        finding["because"]
        for one in document["lines"]
        for finding in one["findings"]
        if finding["id"] == "AUD-MODONLY" and one["line"]["claim"] == "CW0313-022"
    ]
    assert len(said) == 1
    assert "visit 6 in a row" in said[0]


def test_rows_may_stand_in_several_files_and_in_json(tmp_path):
    with (SIDES / "history.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first, second = tmp_path / "january.json", tmp_path / "since.ndjson"
    half = len(rows) // 2
    first.write_text(json.dumps([{k: v for k, v in row.items() if v} for row in rows[:half]]))
    second.write_text("\n".join(json.dumps({k: v for k, v in row.items() if v}) for row in rows[half:]))
    result = check("--history", first, "--history", second, "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["lines"] == week("history")[1]["lines"]


# ── what is wrong with them ──────────────────────────────────────────────────────────────────────────────────────────

BAD_ROWS = {
    "history": (",1955-02-18,RUTH,,,2026-03-02,97110,GP,1,,", "INP-MEMBER", "member_id"),
    "plans": ("OVS1,,2026-01-01,2025-01-01,,,,,,,,,,", "INP-CONTRADICTION", "to"),
    "authorizations": ("OVS1,,,A1,granted,all,,,,,,", "INP-VALUE", "status"),
    "plans-of-care": ("1S1,,,PT,2026-02-30,,,,,,,,,,,", "INP-DATE", "established_on"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_row_is_named_and_the_rest_is_still_checked(kind, tmp_path):
    row, problem, field = BAD_ROWS[kind]
    text = (SIDES / f"{kind}.csv").read_text("utf-8")
    broken = tmp_path / f"{kind}.csv"
    broken.write_text(text + row + "\n", "utf-8")
    number = len(text.splitlines())
    others = beside(*(other for other in KINDS if other != kind))
    result = check(*others, f"--{kind}", broken, "--format", "json")
    document = json.loads(result.stdout)
    assert result.exit_code == 2
    (told,) = document["problems"]
    assert (told["id"], told["file"], told["row"], told["field"]) == (problem, f"{kind}.csv", number, field)
    assert told["help"]
    assert findings(document) == findings(week(*KINDS)[1])
    on_screen = check(*others, f"--{kind}", broken, "--limit", "0").output
    assert f"error {problem}" in on_screen
    assert f"{kind}.csv: row {number}, {field}" in on_screen
    assert "help:" in on_screen


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_file_ends_with_2_and_help_and_counts_as_not_given(kind, tmp_path):
    others = [other for other in KINDS if other != kind]
    missing = [*beside(*others), f"--{kind}", tmp_path / "nowhere.csv"]
    result = check(*missing, "--format", "json")
    document = json.loads(result.stdout)
    assert result.exit_code == 2
    (told,) = document["problems"]
    assert (told["id"], Path(told["file"]).name) == ("INP-NO-FILE", "nowhere.csv")
    assert told["help"]
    _, without = week(*others)
    assert document["lines"] == without["lines"]
    assert not_given(document) == not_given(without)
    assert "help:" in check(*missing, "--limit", "0").output


def test_an_option_without_its_file_is_refused_with_the_usage():
    result = check("--history")
    assert result.exit_code == 2
    assert "--history" in result.output


# ── what was not given ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "given", [(), *((kind,) for kind in KINDS), KINDS], ids=lambda given: " ".join(given) or "none"
)
def test_each_kind_not_given_is_named_once_a_run(given):
    missing = {name: why for name, why in NOT_GIVEN.items() if name.replace(" ", "-") not in given}
    code, document = week(*given)
    assert code == 1
    assert sorted(not_given(document)) == sorted(missing.items())
    assert all(one["lines"] > 0 for one in document["summary"]["not_run"])
    on_screen = check(*beside(*given), "--limit", "0").output
    for name, why in NOT_GIVEN.items():
        rows = re.findall(rf"^ +\d+  {name} +{why}$", on_screen, re.MULTILINE)
        assert len(rows) == (name in missing), name

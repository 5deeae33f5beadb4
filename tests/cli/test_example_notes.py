"""The example week with the notes behind four of its claims, as a biller runs it."""

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    out = tmp_path_factory.mktemp("week") / "week.json"
    notes = ["--notes", str(EXAMPLES / "notes")]
    options = ["--no-store", "--as-of", "2026-03-20", "--quiet", "--out", str(out), *notes]
    result = CliRunner().invoke(app, ["check", str(EXAMPLES / "clinic-week.837"), *options])
    assert result.exit_code == 1
    lines = orjson.loads(out.read_bytes())["lines"]
    return {one["line"]["claim"]: one for one in lines if one["line"]["procedure"] == "97026"}


def found(answer, view):
    return {one["id"] for one in answer["findings"] if view in one["views"]}


def outcomes(answer):
    return [answer["views"][view]["outcome"] for view in ("coded", "documented")]


def test_a_note_that_says_all_of_it_leaves_little_to_find(answers):
    good = answers["CW0309-025"]
    record = {one for one in found(good, "documented") if one.startswith("DOC-")}
    assert record == {"DOC-SELECTION"}


def test_a_line_that_points_to_a_wound_while_a_knee_was_treated_says_so(answers):
    pointed = answers["CW0310-024"]
    assert outcomes(pointed)[0] == "NATIONALLY_NONCOVERED"
    assert outcomes(pointed)[1] != "NATIONALLY_NONCOVERED"
    assert "CLM-DX-INTENT" in found(pointed, "documented")


def test_a_note_of_neuropathy_is_denied_as_documented_with_its_words(answers):
    treated = answers["CW0311-008"]
    assert outcomes(treated) == ["NATIONALLY_NONCOVERED", "NATIONALLY_NONCOVERED"]
    assert {"COV-NCD270.6", "DOC-RISKPHRASE"} <= found(treated, "documented")
    quotes = [one for one in treated["evidence"] if one["fact"] == "treatment intent"]
    assert "diabetic polyneuropathy" in str(quotes)


def test_two_purposes_not_told_apart_are_asked_about(answers):
    assert "DOC-INTENT-AMBIG" in found(answers["CW0312-009"], "documented")

"""Files of worked cases: what is wrong in them is told with its place, its line and what to write instead."""

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from worked_samples import BASE, case, written

from claimwright.proving import case_schema
from claimwright.proving.case_files import read

CASES = Path(__file__).parents[2] / "cases"


def complaints(file):
    found = read([file])
    assert found.cases == ()
    return found.complaints


@pytest.mark.parametrize(
    ("text", "said", "help_"),
    [
        (case("{coded: nothing met}", "lnes: []"), "cases[0].lnes", "did you mean lines?"),
        (case("{coded: nothing met}", "lines: [{modifers: [GP]}]"), "cases[0].lines[0].modifers", "modifiers?"),
        (case("{coded: nothing met}", "patient: {frist: A}"), "cases[0].patient.frist", "first?"),
        (case("{code: nothing met}"), "cases[0].expect.code", "did you mean coded?"),
        (case("{coded: {outcom: nothing met}}"), "cases[0].expect.coded.outcom", "did you mean outcome?"),
        (case("{findings: {hasnt: [X]}}"), "cases[0].expect.findings.hasnt", "did you mean has"),
        (case("{findings: [{id: X, severty: FIX}]}"), "cases[0].expect.findings[0].severty", "severity?"),
        (case("{lines: {2: {coed: nothing met}}}"), "cases[0].expect.lines.2.coed", "did you mean coded?"),
        (case("{coded: nothing met}", "tables: {pair: none}"), "cases[0].tables.pair", "did you mean pairs?"),
        (case("{coded: nothing met}", "as_of: 2026-03-12"), "cases[0].as_of", "did you mean as of?"),
    ],
)
def test_a_key_that_nobody_reads_is_told_with_the_nearest_one(tmp_path, text, said, help_):
    (complaint,) = complaints(written(tmp_path, text))
    assert said in complaint.message
    assert help_ in complaint.help
    line = (tmp_path / "cases.yaml").read_text().splitlines()[complaint.line - 1]
    assert said.rsplit(".", 1)[-1] in line


@pytest.mark.parametrize(
    ("expect", "said", "help_"),
    [
        ("{coded: nationaly noncovered}", "'nationaly noncovered' is no outcome", "nationally noncovered?"),
        ("{coded: {finality: finale}}", "is no finality", "did you mean final?"),
        ("{coded: covered, soon}", "'soon' is no finality, likelihood or code", "final, certain"),
        ("{coded: {predicted: N386}}", "is no denial code", "50 N386"),
        ("{coded: {silences: asleep}}", "is no silence", "one of: no determination"),
        ("{findings: CLM-A CLM-B}", "names two things as id", "CLM-UNITS BLOCK coded"),
        ("{coded: {reachable: {}}}", "nothing is said of what is reachable", "contains"),
        ("{error: x, coded: covered}", "a case that is refused has no answer", "the error alone"),
        ("{}", "nothing is expected", "docs/cases.md"),
        ("{lines: {two: {coded: covered}}}", "cases[0].expect.lines", "docs/cases.md"),
    ],
)
def test_a_word_that_stands_for_nothing_is_told(tmp_path, expect, said, help_):
    text = case(expect if not expect.startswith("{coded: covered, soon") else '{coded: "covered, soon"}')
    (complaint,) = complaints(written(tmp_path, text))
    assert said in complaint.message
    assert help_ in complaint.help
    assert complaint.line >= len(BASE.splitlines())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  - {id: A, like: CLAIM, expect: {coded: covered}}", "cases[0] has no says"),
        ("  - {id: A, says: x, like: CLAIM}", "cases[0] has no expect"),
        ("  - {says: x, like: CLAIM, expect: {coded: covered}}", "cases[0] has no id"),
        (case("{coded: covered}") + case("{coded: covered}"), "the id A stands twice"),
        (case("{coded: covered}").replace("CLAIM", "CLIAM"), "there is no base CLIAM"),
        ('  - {id: A, says: x, text: "{}", form: professional, expect: {error: x}}', "form stands beside text"),
    ],
)
def test_a_case_without_what_it_needs_is_told(tmp_path, text, said):
    (complaint,) = complaints(written(tmp_path, text))
    assert said in complaint.message
    assert complaint.help


def test_the_nearest_base_is_named(tmp_path):
    (complaint,) = complaints(written(tmp_path, case("{coded: covered}").replace("CLAIM", "CLAIMS")))
    assert complaint.help == "did you mean CLAIM?"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("bases: {A: {like: B}, B: {like: A}}\n", "is like itself"),
        ("include: nowhere.yaml\n", "there is no file nowhere.yaml"),
        ("include: cases.yaml\n", "includes itself"),
        ("as of: [\n", "no YAML"),
        ("says: x\nsays: y\n", "stands twice"),
        ("says: &a [*a]\n", "nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, head, said):
    found = complaints(written(tmp_path, "  []\n", head=head))
    assert any(said in complaint.message for complaint in found)


def test_files_that_are_not_there_or_hold_nothing_are_told(tmp_path):
    (missing,) = complaints(tmp_path / "missing.yaml")
    assert "cannot be read" in missing.message
    (empty,) = complaints(tmp_path)
    assert "no *.yaml" in empty.message


def test_a_file_with_an_error_is_left_out_whole_and_the_others_are_read(tmp_path):
    bad = written(tmp_path, case("{coded: covered}") + case("{codd: covered}", id_="B"), name="bad.yaml")
    good = written(tmp_path, case("{coded: covered}", id_="C"), name="good.yaml")
    found = read([bad, good])
    assert [one.id for one in found.cases] == ["C"]
    assert [complaint.path for complaint in found.complaints] == [str(bad)]


def test_bases_and_tables_of_an_included_file_are_taken_over(tmp_path):
    written(tmp_path, "  []\n", name="bases.yaml")
    head = "include: bases.yaml\nbases: {OTHER: {like: CLAIM, form: institutional}}\n"
    file = written(tmp_path, case("{coded: covered}").replace("CLAIM", "OTHER"), head=head)
    (one,) = read([file]).cases
    assert [level.values.get("form") for level in one.levels if "form" in level.values] == [
        "professional",
        "institutional",
    ]
    assert one.tables["pairs"][0]["column1"] == "97110"


def test_a_file_named_twice_is_read_once(tmp_path):
    file = written(tmp_path, case("{coded: covered}"))
    assert len(read([file, tmp_path, file]).cases) == 1


# the project's own ---------------------------------------------------------------------------------------------------


class _Core(yaml.SafeLoader):
    """YAML as editors read it: days are texts."""


_Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_json(value):
    if isinstance(value, dict):
        return {str(key): as_json(inner) for key, inner in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("file", sorted(CASES.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_projects_own_files_are_as_the_schema_has_them(file):
    validator = Draft202012Validator(case_schema.build())
    value = as_json(yaml.load(file.read_text("utf-8"), _Core))
    assert [error.message for error in validator.iter_errors(value)] == []
    wrong = {**value, "cases": [{"id": "A", "says": "x", "expct": {}}]}
    assert list(validator.iter_errors(wrong))


def test_the_projects_own_cases_are_read_and_each_has_an_id_of_its_own():
    found = read([CASES])
    assert found.complaints == ()
    ids = [one.id for one in found.cases]
    assert len(set(ids)) == len(ids) > 100

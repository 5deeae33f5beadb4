"""An example proves a clause only if it fails without it; a row that cannot be run says so."""

import shutil
from pathlib import Path

import pytest

from claimwright.policies.reading import read_folder
from claimwright.proving.examples import prepare
from claimwright.proving.lints import hindrances
from claimwright.proving.prove import prove

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "policies" / "golden" / "P009"
FIRST = "| the first day | 2020-01-01 | 97026 | 2 | coded | no determination | CLM-UNITS | ONE |\n"


@pytest.fixture(scope="module")
def shelf():
    return read_folder(ROOT / "policies")


@pytest.fixture
def desk(tmp_path):
    return Path(shutil.copytree(SMALL, tmp_path / "policies"))


def proved(desk, *edits):
    path = desk / "one-unit/policy.md"
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    shelf = read_folder(desk)
    assert shelf.complaints == ()
    return prove(shelf.library.policy("ONE-UNIT"), shelf.library, shelf.root)


def messages(proof):
    return [complaint.message for complaint in proof.complaints]


def test_the_shipped_policies_are_proved(shelf):
    for policy in shelf.library.policies:
        proof = prove(policy, shelf.library, shelf.root)
        assert messages(proof) == [], policy.id
        assert (proof.examples, proof.failed, proof.unproved) == (len(policy.examples), 0, 0)


def test_without_any_one_clause_some_example_of_the_policy_fails(shelf):
    policy = shelf.library.policy("NCCI-PTP")
    named = {name for row in policy.examples for name in row.get("by").split()}
    assert named == {clause.id for clause in policy.clauses}


def test_a_clause_no_row_names_is_not_proved(desk):
    proof = proved(desk, (FIRST, FIRST.replace("| ONE |", "| |")))
    assert messages(proof) == ["clause ONE (2020-01-01 ..) decides no example"]
    assert (proof.failed, proof.unproved) == (0, 1)


def test_a_row_before_the_clause_was_in_force_does_not_prove_it(desk):
    proof = proved(
        desk, (FIRST, FIRST.replace("| ONE |", "| |")), ("| no determination |  |  |", "| no determination |  | ONE |")
    )
    assert "clause ONE (2020-01-01 ..) decides no example" in messages(proof)


def test_a_wrong_answer_is_told_in_the_words_of_the_table(desk):
    proof = proved(desk, (FIRST, FIRST.replace("| no determination |", "| covered |")))
    assert messages(proof) == ["example 'the first day' answers 'no determination', not 'covered'"]
    assert (proof.examples, proof.failed, proof.unproved) == (2, 1, 0)


def test_a_wrong_finding_is_told(desk):
    proof = proved(desk, (FIRST, FIRST.replace("CLM-UNITS", "CLM-MUE, CLM-GP")))
    assert messages(proof) == ["example 'the first day' finds CLM-UNITS, not CLM-GP, CLM-MUE"]


def test_complaints_point_at_the_row(desk):
    proof = proved(desk, (FIRST, FIRST.replace("CLM-UNITS", "")))
    lines = (desk / "one-unit/policy.md").read_text("utf-8").splitlines()
    assert "the first day" in lines[proof.complaints[0].line - 1]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2020-01-01 | 97026", "2020-02-30 | 97026", "the service is '2020-02-30'; write a day like 2026-03-10"),
        ("| coded |", "| claim |", "the view is 'claim'; one of: coded, documented"),
        ("| 2 |", "| many |", "units is 'many'; write a number"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_others_run(desk, old, new, message):
    proof = proved(desk, (FIRST, FIRST + FIRST.replace("the first day", "a slip").replace(old, new)))
    assert messages(proof) == [f"the example cannot be read: {message}"]
    assert (proof.examples, proof.failed) == (3, 1)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("form", "profesional", "the form is 'profesional'; one of: professional, institutional"),
        ("purpose", "wund", "purpose is 'wund'; one of: wound, other, unknown"),
        ("porpoise", "wound", "'porpoise' is not a fact of facts.yaml"),
        ("also billed", "97110 twice", "'97110 twice' is not a line; write it like 97024-59 x2"),
        ("modifiers", "AA BB CC DD EE", "a line carries at most 4 of them: AA BB CC DD EE"),
        ("procedure", "unknown", "procedure cannot be left open"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told(desk, column, cell, message):
    columns = ["case", "service", "procedure", "units", "view", "answer"]
    cells = ["a slip", "2020-01-01", "97026", "2", "coded", "no determination"]
    if column in columns:
        cells[columns.index(column)] = cell
    else:
        columns, cells = [*columns, column], [*cells, cell]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (columns, ["---"] * len(columns), cells))
    proof = proved(desk, (FIRST, f"{FIRST}\n### More\n\n{table}\n"))
    assert messages(proof) == [f"the example cannot be read: {message}"]


def test_examples_chosen_by_their_words_prove_nothing_and_are_counted(shelf):
    policy = shelf.library.policy("NCD-270.6")
    proof = prove(policy, shelf.library, shelf.root, only="CARPAL tunnel")
    assert (proof.examples, proof.failed, proof.unproved, proof.complaints) == (2, 0, 0, ())


def lines_of(prepared, example):
    lines = prepared.lines.slice(example.lines.start, len(example.lines)).to_dicts()
    return [(line["line"], line["procedure"], line["modifier_1"]) for line in lines]


def test_other_lines_of_the_day_come_after_the_line_of_the_example(shelf):
    policy = shelf.library.policy("NCCI-PTP")
    prepared = prepare(policy, shelf.library)
    assert prepared.complaints == ()
    example = next(example for example in prepared.examples if "59 on column 1, seen" in example.case)
    assert lines_of(prepared, example) == [(1, "XX002", None), (2, "XX001", "59")]


def test_lines_billed_before_come_before_the_line_of_the_example(shelf):
    policy = shelf.library.policy("MEDICARE-DUPLICATES")
    prepared = prepare(policy, shelf.library)
    example = next(example for example in prepared.examples if "two disciplines" in example.case)
    assert lines_of(prepared, example) == [(1, "97110", "GP"), (2, "97110", "GO")]
    assert prepared.lines["modifier_1"][example.row] == "GO"


def test_only_what_the_engine_would_stumble_over_hinders_a_policy():
    golden = ROOT / "tests" / "policies" / "golden"
    for name, hindered in (("P000", True), ("P001", False), ("P005", False), ("P009", False)):
        small = read_folder(golden / name)
        policy = small.library.policy("ONE-UNIT")
        assert bool(hindrances(policy, small.complaints)) == hindered, name

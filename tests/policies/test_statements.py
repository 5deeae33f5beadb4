"""statements.csv: every statement once, in our words, with its standing."""

import csv
from pathlib import Path

import pytest

from claimwright.documents.complaints import Complaint
from claimwright.policies.reading import read_folder
from claimwright.policies.statements import COLUMNS, NAME, Standing, read

POLICIES = Path(__file__).parents[2] / "policies"
HEAD = ",".join(COLUMNS) + "\n"


@pytest.fixture(scope="module")
def statements():
    shelf = read_folder(POLICIES)
    assert [complaint for complaint in shelf.complaints if complaint.path == NAME] == []
    return shelf.statements


def test_every_statement_stands_there_once_and_in_order(statements):
    assert [statement.id for statement in statements] == [f"S{number}" for number in range(1, 154)]


def test_each_says_one_short_plain_clause(statements):
    for statement in statements:
        assert 0 < len(statement.says.split()) <= 18, statement.id
        assert not statement.says.endswith("."), statement.id
    assert len({statement.says for statement in statements}) == len(statements)


def test_what_fills_a_lost_list_is_marked_as_derived(statements):
    lost = {"A:1", "A:18", "A:19", "A:23", "A:26", "A:32", "A:38", "A:40", "A:44"}
    derived = {statement.source for statement in statements if statement.derived}
    assert lost <= derived
    assert all(statement.note for statement in statements if statement.derived)


def test_most_are_decided_and_the_later_ones_say_what_they_wait_for(statements):
    standing = [statement.standing for statement in statements]
    assert standing.count(Standing.DECIDED) > len(statements) / 2
    waiting = {place for statement in statements if statement.standing is Standing.LATER for place in statement.where}
    assert waiting == {"pages", "assistant", "note reader"}


def test_paths_of_documents_lead_somewhere(statements):
    for statement in statements:
        if statement.standing is Standing.TEXT:
            assert all((POLICIES.parent / place).is_file() for place in statement.where), statement.id


def complaints(tmp_path, text):
    (tmp_path / NAME).write_text(text, "utf-8")
    found: list[Complaint] = []
    rows = read(tmp_path / NAME, NAME, found)
    return [str(row.id) for row in rows], [(complaint.line, complaint.message) for complaint in found]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("S1,A:1,says,,decided,", "the row cannot be read: it has 6 cells, not 7"),
        ("S1,A:1,,,decided,,", "the row cannot be read: a row needs an id, its source and what it says"),
        ("S1,A:1,says,yes,decided,,", "the row cannot be read: derived is 'yes'; write derived, or nothing"),
        ("S1,A:1,says,,decidd,,", "the row cannot be read: the standing is 'decidd'; did you mean decided?"),
        ("S1,A:1,says,,shape,,", "the row cannot be read: it is shape and does not say where"),
        ("S0,B:1,says,,decided,,", "S0 stands on line 2 already"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_line_and_left_out(tmp_path, row, message):
    good = "S0,A:1,says,,text,NOTICE; README.md,\n"
    assert complaints(tmp_path, f"{HEAD}{good}{row}\n") == (["S0"], [(3, message)])


def test_other_columns_are_told(tmp_path):
    assert complaints(tmp_path, "id,says\nS1,says\n") == ([], [(1, "the columns are id, says")])


def test_the_file_is_as_a_spreadsheet_would_write_it():
    with (POLICIES / NAME).open(newline="", encoding="utf-8") as file:
        assert {len(row) for row in csv.reader(file)} == {len(COLUMNS)}

"""The documents of the language: all of them are read, and every example comes out."""

import pytest

from claimwright.chart import language
from claimwright.chart.examples import wrong
from claimwright.chart.language import FOLDER, read_folder

SHIPPED = language.shipped()


@pytest.mark.parametrize("example", SHIPPED.examples, ids=lambda one: f"{one.path}:{one.line}")
def test_an_example_tells_what_it_says(example):
    assert wrong(example) == []


def test_every_document_has_examples_but_the_lists():
    with_examples = {example.path for example in SHIPPED.examples}
    documents = {path.name for path in FOLDER.glob("*.md")} - {"README.md", "spoken-and-scanned.md"}
    assert documents - with_examples == set()


def test_the_facts_told_are_in_the_vocabulary(library):
    told = {rule.fact for rule in SHIPPED.rules}
    assert {fact for fact in told if library.fact(fact) is None} == set()


def test_every_label_a_rule_wants_is_a_table():
    labels = {term.label for term in SHIPPED.terms}
    wanted = {one.label for rule in SHIPPED.rules for row in rule.shows for one in row}
    assert wanted - labels == set()


BROKEN = """---
id: X
title: X
about: x
---

| condition | words |
|---|---|
| wound | (one, two |

| status | reaches | words |
|---|---|---|
| negated | sideways | not |

| nothing | words |
|---|---|
| not a wound | wound down |

| whatever | else |
|---|---|
| a | b |
"""


def test_what_is_wrong_in_a_document_is_told_with_its_line(tmp_path):
    (tmp_path / "x.md").write_text(BROKEN)
    found, complaints = read_folder(tmp_path)
    assert found.terms == ()
    assert [(one.path, one.line) for one in complaints] == [("x.md", 9), ("x.md", 13), ("x.md", 17), ("x.md", 19)]
    assert "bracket" in complaints[0].message
    assert "sideways" in complaints[1].message
    assert all(one.help for one in complaints)

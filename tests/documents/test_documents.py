"""Documents are read in order, every block knows its line, and what cannot be read is a complaint beside the rest."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwright.documents.blocks import Fence, Heading, Paragraph, Quotation, Table
from claimwright.documents.complaints import Complaint, nearest
from claimwright.documents.nodes import Mapping, NodeError, Sequence, Text
from claimwright.documents.reader import read
from claimwright.documents.yaml_text import read_yaml

DOCUMENT = """\
---
id: X
history:
  - {date: 2020-01-01, event: begun}
---

# A title

> The sentence,
> over two lines.

*Reading.* What we make of it.

```rule ONE
in force: 2020-01-01 ..
codes: 05
```

```python
not ours
```

| case | by |
|---|---|
| a \\| b | ONE |
| short |
"""


def test_blocks_come_in_order_with_their_lines():
    document, complaints = read(DOCUMENT, "x/policy.md")
    assert complaints == ()
    assert [(type(block), block.line) for block in document.blocks] == [
        (Heading, 7),
        (Quotation, 9),
        (Paragraph, 12),
        (Fence, 14),
        (Table, 23),
    ]


def test_every_line_number_points_at_its_text():
    document, _ = read(DOCUMENT, "x/policy.md")
    lines = DOCUMENT.splitlines()
    fence = next(block for block in document.blocks if isinstance(block, Fence))
    assert "codes: 05" in lines[fence.body.line_of("codes") - 1]
    assert "id: X" in lines[document.front.line_of("id") - 1]
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert ["a \\| b" in lines[row.line - 1] for row in table.rows] == [True, False]


def test_every_scalar_is_text():
    document, _ = read(DOCUMENT, "x/policy.md")
    fence = next(block for block in document.blocks if isinstance(block, Fence))
    assert fence.body.text("codes") == "05"
    assert read_yaml("a: no\nb: 2020-01-01\nc: 1e3\nd:").text("a") == "no"
    assert read_yaml("a: no\nb: 2020-01-01").text("b") == "2020-01-01"


def test_white_space_in_a_quotation_is_folded():
    document, _ = read(DOCUMENT, "x/policy.md")
    quotation = next(block for block in document.blocks if isinstance(block, Quotation))
    assert quotation.text == "The sentence, over two lines."


def test_a_reading_is_known_by_its_first_word():
    document, _ = read(DOCUMENT, "x/policy.md")
    assert next(block for block in document.blocks if isinstance(block, Paragraph)).is_reading


def test_cells_and_columns_stay_together():
    document, _ = read(DOCUMENT, "x/policy.md")
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert table.columns == ("case", "by")
    assert [row.get("case") for row in table.rows] == ["a | b", "short"]
    assert table.rows[1].get("by") == ""
    assert table.rows[0].get("view") == ""


def test_a_rule_that_is_no_yaml_is_left_out_and_the_rest_is_read():
    document, complaints = read(DOCUMENT.replace("codes: 05", "codes: [05"), "x/policy.md")
    (complaint,) = complaints
    assert (complaint.id, complaint.path) == ("P000", "x/policy.md")
    assert not any(isinstance(block, Fence) for block in document.blocks)
    assert any(isinstance(block, Table) for block in document.blocks)


def test_front_matter_is_asked_for():
    _, (complaint,) = read("# no front matter\n", "x/policy.md")
    assert complaint.message == "the document has no front matter"
    _, (complaint,) = read("---\nid: {\n---\n", "x/policy.md")
    assert complaint.message.startswith("the front matter cannot be read")


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_be_read(text):
    read(text, "x/policy.md")
    read(f"---\n{text}\n---\n{text}\n```rule X\n{text}\n```\n", "x/policy.md")


@given(st.text(max_size=200))
def test_yaml_is_read_or_refused_with_a_line(text):
    with suppress(NodeError):
        assert isinstance(read_yaml(text), Mapping)


@pytest.mark.parametrize(("text", "line"), [("a: 1\nb: [", 2), ("a: 1\nb: \x08", 2), ("a: 1\n\tb: 2", 2)])
def test_text_that_is_no_yaml_is_refused_where_it_breaks(text, line):
    with pytest.raises(NodeError) as caught:
        read_yaml(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\na: 2", 2, "the key 'a' stands twice"),
        ("- a", 1, "expected `key: value` pairs"),
        ("? [a]\n: b", 1, "a key must be text"),
    ],
)
def test_what_yaml_allows_and_a_policy_does_not(text, line, message):
    with pytest.raises(NodeError, match=message) as caught:
        read_yaml(text)
    assert caught.value.line == line


def test_a_mapping_gives_what_is_asked_in_the_form_it_is_asked():
    node = read_yaml("one: a\nmany: [a, b]\nwithin: {x: y}\nempty:")
    assert node.texts("one") == ("a",)
    assert node.texts("many") == ("a", "b")
    assert node.texts("empty") == node.texts("nothing") == ()
    assert node.mapping("within").text("x") == "y"
    assert node.mapping("one").entries == ()
    assert node.text("many", "otherwise") == "otherwise"
    assert "many" in node
    assert "nothing" not in node
    assert isinstance(node.get("many"), Sequence)
    assert node.get("one") == Text("a", 1)
    assert node.line_of("empty") == 4
    assert node.line_of("nothing") == node.line


def test_a_complaint_has_the_shape_of_ruffs():
    complaint = Complaint("x/policy.md", 3, "P004", "clause A is in force twice", "end one")
    assert str(complaint) == "P004: clause A is in force twice\n --> x/policy.md:3\n help: end one"
    warning = Complaint("x/policy.md", 3, "P009", "old", "read it", warning=True)
    assert str(warning).startswith("P009: old (warning)\n")


def test_complaints_sort_by_place():
    first, second = Complaint("a", 9, "P009", "", ""), Complaint("b", 1, "P000", "", "")
    assert sorted([second, first]) == [first, second]


def test_the_nearest_word_is_offered_only_when_it_is_near():
    assert nearest("modifers", ["modifiers", "procedure"], "declare it") == "did you mean modifiers?"
    assert nearest("zzz", ["modifiers", "procedure"], "declare it") == "declare it"

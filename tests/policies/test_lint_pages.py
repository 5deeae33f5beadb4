"""The pages of the lints: complete, of one shape, and the same in docs/policy-lints.md."""

import os
import re
from pathlib import Path

import pytest

from claimwright.documents.nodes import NodeError
from claimwright.documents.reader import read
from claimwright.policies import lints

DOCS = Path(__file__).parents[2] / "docs" / "policy-lints.md"
OPENING = """\
# Policy lints

Every lint of the policy documents, generated from the pages that `claimwright explain P004` shows; do not edit.
`claimwright policy lint` runs them all and ends with 1 when one complains; warnings never fail a run.
A complaint says what is wrong, where, and what to do:

```text
P004: clause PTP.1 is in force twice from 2019-06-15
 --> medicare/ncci/ptp/policy.md:77
 help: end the version on line 54 the day before
```

| id | name |
|---|---|
"""


def book():
    index = "".join(f"| {page.id} | [{page.name}](#{page.id.lower()}--{page.name}) |\n" for page in lints.pages())
    return OPENING + index + "\n" + "\n\n".join(str(page) for page in lints.pages()) + "\n"


def test_the_documentation_is_up_to_date():
    if os.environ.get("UPDATE_GOLDEN"):
        DOCS.write_text(book(), "utf-8")
    assert DOCS.read_text("utf-8") == book(), "run the tests with UPDATE_GOLDEN=1"


def test_ids_are_unique_and_ascending():
    ids = [page.id for page in lints.pages()]
    assert ids == sorted(set(ids)) == [f"P{number:03}" for number in range(len(ids))]


@pytest.mark.parametrize("page", lints.pages(), ids=lambda page: page.id)
def test_a_page_has_a_readable_name_and_says_everything(page):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", page.name)
    for text in (page.checks, page.why, page.wrong, page.right):
        assert text.strip()
    assert page.wrong != page.right
    assert "  " not in page.checks + page.why


@pytest.mark.parametrize("page", lints.pages(), ids=lambda page: page.id)
def test_the_right_example_can_be_read(page):
    if "```rule" not in page.right:
        return
    try:
        _, complaints = read(f"---\nid: X\n---\n{page.right}", "policy.md")
    except NodeError as error:
        pytest.fail(str(error))
    assert complaints == ()


def test_a_lint_is_explained_by_its_id_in_any_case():
    assert lints.explain("p004") == lints.explain("P004")
    assert lints.explain("P004").startswith("## P004 · two-versions-in-force")
    assert lints.explain("P999") is None

"""The page on reading claims keeps up with the reader."""

from __future__ import annotations

import re
from pathlib import Path

from claimwright.formats.case_json import parse_case
from claimwright.formats.headers import ALIASES, EXTRA
from claimwright.formats.sides import KINDS
from claimwright.lines.schema import LINE_SCHEMA

ROOT = Path(__file__).parents[2]
SIDES = (ROOT / "docs" / "side-files.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "reading-claims.md").read_text("utf-8")


def test_every_problem_the_readers_tell_is_on_the_page_and_no_other():
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "src" / "claimwright" / "formats").rglob("*.py"))
    told = set(re.findall(r'"(INP-[A-Z0-9-]+)"', code))
    assert set(re.findall(r"^\| (INP-[A-Z0-9-]+) \|", PAGE, re.MULTILINE)) == told


def test_the_case_on_the_page_is_a_case():
    example = PAGE.split("```json\n")[1].split("```")[0]
    case, problems = parse_case(example)
    assert problems == []
    assert len(case.lines) == 2


def test_every_alias_names_a_column():
    assert set(ALIASES.values()) <= {*LINE_SCHEMA, *EXTRA}
    assert not set(ALIASES) & set(LINE_SCHEMA)


def test_the_page_on_side_files_has_every_column_with_what_it_says():
    sections = dict(re.findall(r"^## [^\n]*: `(\S+)`\n(.*?)(?=^## )", SIDES, re.MULTILINE | re.DOTALL))
    assert sections.keys() == KINDS.keys()
    for name, kind in KINDS.items():
        assert f"One row is {kind.row}" in sections[name].replace("\n", " ")
        rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", sections[name], re.MULTILINE)
        assert [row[0] for row in rows] == [column.name for column in kind.columns]
        for (_, holds, says), column in zip(rows, kind.columns, strict=True):
            words = re.findall(r"`([^`]+)`", holds)
            assert words == list(column.words) or not column.words
            needed = " (every row needs it)" if column.required or column.wanted else ""
            assert says == f"{column.says}{needed}"


def test_every_name_people_use_for_a_column_of_a_side_file_means_one_column():
    for kind in KINDS.values():
        assert set(kind.aliases.values()) <= set(kind.named)
        assert not set(kind.aliases) & set(kind.named)
        own = [alias for column in kind.columns for alias in column.aka]
        assert len(own) == len(set(own))

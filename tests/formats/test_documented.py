"""The page on reading claims keeps up with the reader."""

from __future__ import annotations

import re
from pathlib import Path

from claimwright.formats.case_json import parse_case
from claimwright.formats.headers import ALIASES, EXTRA
from claimwright.lines.schema import LINE_SCHEMA

ROOT = Path(__file__).parents[2]
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

"""What the repository looks like: the cheapest tests, and the reason the rest stays tidy."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
POLICIES = sorted((ROOT / "policies").rglob("policy.md"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_a_module_does_one_thing_in_under_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) < 400


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_a_policy_stays_under_300_lines(path):
    assert len(path.read_text("utf-8").splitlines()) < 300


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_every_module_says_what_it_knows(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_only_the_command_line_reads_the_clock():
    readers = [
        path.relative_to(ROOT / "src").as_posix()
        for path in SOURCES
        if re.search(r"\b(date\.today|datetime\.now|datetime\.today|time\.time)\(", path.read_text("utf-8"))
    ]
    assert readers == ["claimwright/cli/__init__.py"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_a_condition_that_may_be_null_is_guarded(path):
    """`when` and `filter` take null for false; what feeds them is filled, or cannot be null by its making."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and _is_polars_branch(node):
            condition = ast.unparse(node.args[0]) if node.args else ""
            assert _guarded(condition), f"{path.name}:{node.lineno}: {ast.unparse(node)[:120]}"


def _is_polars_branch(node):
    function = node.func
    if not isinstance(function, ast.Attribute) or not node.args:
        return False
    if function.attr == "when":
        return True
    return function.attr == "filter"


_NEVER_NULL = ("is_null", "is_not_null", "fill_null", "is_between", "pl.Series(", "is_first_distinct", "is_duplicated")


def _guarded(condition):
    # a name is a column made beforehand; its maker is checked where it is made
    return re.fullmatch(r"[~\w.'\"\[\]]+(\(\))?", condition) or any(word in condition for word in _NEVER_NULL)


def test_the_project_stands_alone():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    words = re.compile(r"\.\./shared|/(?:work|tmp)/")
    said = [
        name
        for name in tracked
        if name
        and (ROOT / name).suffix in {".py", ".md", ".toml", ".yaml", ".csv", ""}
        and (ROOT / name).is_file()
        and name != "tests/test_shape.py"
        and words.search((ROOT / name).read_text("utf-8", errors="ignore"))
    ]
    assert said == []


def test_every_finding_of_a_policy_is_explained():
    findings = set()
    for path in POLICIES:
        findings |= set(re.findall(r"^finding: (\S+)", path.read_text("utf-8"), re.MULTILINE))
    assert findings
    for finding in sorted(findings):
        run = CliRunner().invoke(app, ["explain", finding])
        assert run.exit_code == 0, run.output
        assert finding in run.output


def test_no_star_imports_and_no_silenced_warnings():
    for path in SOURCES:
        text = path.read_text("utf-8")
        assert "import *" not in text
        assert "filterwarnings" not in text

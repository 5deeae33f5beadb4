"""`claimwright policy flowchart`, as somebody with a wall in a clinic meets it."""

from xml.etree import ElementTree as ET

import orjson
import pytest
from flowcharts import FOLDER
from typer.testing import CliRunner

from claimwright.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, ["policy", "flowchart", *map(str, arguments)], catch_exceptions=False)


def small(*arguments):
    return run(*arguments, "--on", "2026-03-10", "--policies", FOLDER)


def test_without_a_file_it_writes_mermaid():
    result = small()
    assert result.exit_code == 0
    assert result.stdout.startswith('---\ntitle: "97026 · Medicare · Commercial"\n---\nflowchart TD\n')


def test_a_file_is_written_by_its_suffix(tmp_path):
    picture, text = tmp_path / "charts" / "97026.svg", tmp_path / "97026.mmd"
    assert small("--out", picture).stderr == f"written: {picture}\n"
    assert small("--out", text).exit_code == 0
    assert ET.fromstring(picture.read_text("utf-8")).tag.endswith("svg")
    assert text.read_text("utf-8") == small().stdout


def test_a_program_a_payer_and_the_whole_chart_can_be_chosen():
    assert 'title: "97026 · Medicare"' in small("medicare-part-b").stdout
    assert 'title: "97026 · Medicare · Acme Health"' in small("-p", "medicare", "-p", "Acme Health").stdout
    assert "authorization stands" not in small("commercial").stdout.split("%%")[0]
    assert "authorization stands" in small("commercial", "--all").stdout.split("%%")[0]


def test_the_shipped_policies_draw_infrared():
    result = run("medicare-part-b", "--on", "2026-03-10", "--state", "oh")
    assert result.exit_code == 0
    assert "Denied: nationally noncovered" in result.stdout
    assert "Bill 97026 when all of this is so:" in result.stdout
    assert "NCD-270.6 NC" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "help_"),
    [
        (["--out", "chart.png"], ".svg or .mmd"),
        (["medicare-part-c"], "medicare-part-b"),
        (["--code", "9702"], "like 97026"),
        (["--state", "Ohio"], "two letters"),
        (["--payer", " "], "a payer has a name"),
    ],
)
def test_what_cannot_be_drawn_ends_with_2_and_help(arguments, help_):
    result = small(*arguments)
    assert result.exit_code == 2
    assert help_ in " ".join(result.output.split())


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    result = small("--out", tmp_path / "file" / "chart.svg")
    assert result.exit_code == 2
    assert "help:" in result.output
    assert "chart.svg" in result.output


def test_a_question_can_be_answered_and_drawn_at_once(tmp_path):
    chart = tmp_path / "97026.svg"
    asked = ["ask", "--line", "97026-GP", "--payer", "medicare", "--on", "2026-03-10", "--format", "json"]
    result = CliRunner().invoke(app, [*asked, "--flowchart", str(chart)], catch_exceptions=False)
    assert orjson.loads(result.stdout)["views"]
    assert "NCD-270.6 NC" in chart.read_text("utf-8")
    assert "HCSC" not in chart.read_text("utf-8")
    wrong = CliRunner().invoke(app, [*asked, "--flowchart", "chart.png"])
    assert wrong.exit_code == 2
    assert "--flowchart" in wrong.output
    assert not wrong.stdout

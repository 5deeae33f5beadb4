"""The other commands, and what the command line as a whole promises."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


ASK = ["ask", "--line", "97026-GP x1", "--dx", "E11.42", "--payer", "medicare", "--on", "2026-03-10"]


def test_a_question_gets_an_answer_its_citation_and_the_next_question():
    result = run(*ASK)
    assert "NATIONALLY NONCOVERED (likely, presumptive)" in result.output
    assert "50 N386" in result.output
    assert "NCD-270.6" in result.output
    assert "documentation not seen" in result.output
    assert "next question" in result.output
    assert result.exit_code == 1


def test_what_is_known_is_not_asked_again():
    facts = ("intent=neuropathy", "furnished by=PT", "setting=clinic", "device=ir lamp")
    told = [part for fact in facts for part in ("--fact", fact)]
    result = run(*ASK, "--place", "11", *told, "--format", "json")
    answer = json.loads(result.stdout)
    assert answer["views"]["documented"]["outcome"] == "NATIONALLY_NONCOVERED"
    assert answer["views"]["documented"]["finality"] == "final"
    assert answer["views"]["documented"]["next_question"] is None


def test_the_national_decision_is_told_though_it_is_not_known_who_furnished_the_service():
    result = run(*ASK, "--fact", "intent=neuropathy", "--format", "json")
    answer = json.loads(result.stdout)
    assert answer["views"]["documented"]["outcome"] == "NATIONALLY_NONCOVERED"
    assert answer["views"]["documented"]["finality"] == "presumptive"
    assert "STATUTORILY_EXCLUDED" in answer["views"]["documented"]["reachable"]
    assert "COV-NCD270.6" in {finding["id"] for finding in answer["findings"]}
    assert answer["views"]["documented"]["next_question"]["fact"] == "furnished by"


def test_what_was_not_said_is_unknown_and_named():
    answer = json.loads(
        run("ask", "--line", "97026", "--payer", "medicare", "--on", "2026-03-10", "--format", "json").stdout
    )
    assert answer["views"]["documented"]["outcome"] == "INDETERMINATE"
    assert any("modifiers (not stated)" in one for one in answer["not_looked_at"])
    assert any("diagnoses (not stated)" in one for one in answer["not_looked_at"])
    assert "CLM-GP" not in {finding["id"] for finding in answer["findings"]}


def test_a_fact_nobody_declared_is_named_with_help():
    result = run(*ASK, "--fact", "mood=good")
    assert "mood" in result.output
    assert "help:" in result.output


@pytest.mark.parametrize("arguments", [["--line", "9702"], ["--line", "97026", "--fact", "no sign"]])
def test_a_question_that_cannot_be_read_says_how_to_write_it(arguments):
    result = run("ask", *arguments)
    assert result.exit_code == 2
    assert "write" in result.output


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (["CLM-NCCI"], "NCCI-PTP"),
        (["NCD-270.6", "NC.coded"], "in force 2006-10-24"),
        (["NCD-270.6"], "Infrared therapy devices"),
        (["DOC-SUPERVISION"], "supervision documented"),
        (["treatment", "intent"], "what was treated"),
        (["P004"], "P004"),
        (["facts"], "treatment intent"),
    ],
)
def test_a_word_is_explained(word, said):
    result = run("explain", *word)
    assert result.exit_code == 0
    assert said in " ".join(result.output.split())


def test_an_unknown_word_gets_the_nearest_ones():
    result = run("explain", "CLM-NCCJ")
    assert result.exit_code == 2
    assert "CLM-NCCI" in result.output


@pytest.mark.parametrize(
    "command", [[], ["check"], ["ask"], ["explain"], ["policy"], ["policy", "lint"], ["policy", "test"]]
)
def test_every_command_teaches(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_help_imports_neither_columns_nor_markdown():
    """Starting up costs only what a command needs."""
    program = (
        "import sys\nfrom claimwright.cli.app import app\n"
        "heavy = ('polars', 'numpy', 'pydantic', 'jinja2', 'yaml', 'simple_icd_10_cm')\n"
        "print(sorted(name for name in heavy if name in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_a_check_never_reads_markdown(tmp_path):
    """The shipped policies are compiled: neither a Markdown nor a YAML parser of policies is imported."""
    program = (
        "import sys\nfrom claimwright.cli.app import app\n"
        "try:\n    app(['ask', '--line', '97026', '--payer', 'medicare', '--on', '2026-03-10', '--format', 'json'])\n"
        "except SystemExit:\n    pass\n"
        "heavy = ('claimwright.documents.reader', 'simple_icd_10_cm')\n"
        "sys.stderr.write(str(sorted(name for name in heavy if name in sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert result.stderr.strip().endswith("[]")


@pytest.mark.parametrize(("module", "extra"), [("uvicorn", "web"), ("sqlalchemy", "web"), ("psycopg", "postgresql")])
def test_a_part_that_is_not_installed_says_how_to_install_it(tmp_path, module, extra):
    options = ["--database", "postgresql://localhost:1/none"] if module == "psycopg" else []
    without = f"import sys; sys.modules[{module!r}] = None; from claimwright.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", without, "serve", "--folder", str(tmp_path / "desk"), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert f"pip install 'claimwright[{extra}]'" in run.stderr
    assert "Traceback" not in run.stderr

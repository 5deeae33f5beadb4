"""`claimwright policy`, as a policy analyst meets it."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimwright.cli import policy as command
from claimwright.policies import lock
from claimwright.policies.reading import read_folder

POLICIES = Path(__file__).parents[2] / "policies"
GOLDEN = Path(__file__).parent / "golden"
AS_OF = max(p.checked for p in read_folder(POLICIES).library.policies if not p.unverified)


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    runner = CliRunner()

    def call(*words):
        return runner.invoke(command.app, [str(word) for word in words])

    return call


@pytest.fixture
def desk(tmp_path):
    return Path(shutil.copytree(POLICIES, tmp_path / "policies"))


@pytest.fixture
def installed(monkeypatch):
    """As if the program had been installed without the checkout around it."""
    monkeypatch.setattr(command, "_checkout", lambda: None)


def test_list_shows_every_policy(run):
    told = run("list")
    assert told.exit_code == 0
    for policy in read_folder(POLICIES).library.policies:
        assert policy.id in told.output
    assert "unverified" in told.output
    assert "orders of authority: commercial" in told.output


@pytest.mark.usefixtures("installed")
def test_an_installed_program_lists_and_shows_what_was_shipped(run):
    from_checkout = run("list").output
    assert "NCD-270.6" in from_checkout
    assert "reasonable and necessary" in run("show", "NCD-270.6").output
    assert run("history", "HCSC-DME101.045").exit_code == 0


@pytest.mark.usefixtures("installed")
def test_an_installed_program_says_what_it_needs_to_test(run):
    told = run("test")
    assert told.exit_code == 2
    assert "only the compiled library was shipped" in told.output


def test_show_reads_like_the_document(run):
    told = run("show", "ncd-270.6")
    assert told.exit_code == 0
    assert "the use of infrared and/or near-infrared light" in told.output
    assert "rule NC.coded" in told.output
    assert "ICD-9-CM on its last day" in told.output
    assert "```" not in told.output


def test_show_on_a_day_shows_what_is_in_force(run):
    before, after = run("show", "NCCI-PTP", "--on", "2019-06-30"), run("show", "NCCI-PTP", "--on", "2019-07-01")
    assert "in force .. 2019-06-30" in before.output
    assert "in force 2019-07-01 .." not in before.output
    assert "in force 2019-07-01 .." in after.output
    assert "PTP.1.institutional" in after.output
    assert "in force .. 2019-06-30" not in after.output


def test_show_on_a_day_gives_the_title_of_that_day(run):
    assert (
        "Skin Contact Monochromatic Infrared Energy (MIRE)"
        in run("show", "HCSC-DME101.045", "--on", "2025-09-30").output
    )


def test_show_before_the_first_day_names_the_silence(run):
    assert "the answer is: not modelled" in run("show", "HCSC-DME101.045", "--on", "2007-01-31").output
    assert "the answer is: no determination" in run("show", "IL-356z.61", "--on", "2024-12-31").output


def test_show_one_clause_shows_all_its_versions(run):
    told = run("show", "NCCI-PTP", "--clause", "PTP.1").output
    assert "in force .. 2019-06-30" in told
    assert "in force 2019-07-01 .." in told
    assert "PTP.0" not in told


def test_show_a_program(run):
    told = run("show", "medicare-part-b").output
    assert "ranks:" in told
    assert "open:" in told
    assert "of services other than infrared" in told


def test_a_policy_that_is_not_there_is_answered_with_the_nearest(run):
    told = run("show", "NCD-270")
    assert told.exit_code == 2
    assert "did you mean NCD-270.6?" in told.output
    assert run("show", "NCCI-PTP", "--clause", "PTP.7").exit_code == 2
    assert run("history", "NCCI-PTB").exit_code == 2
    assert run("test", "NCCI-PTB").exit_code == 2


def test_the_examples_of_one_policy_pass(run):
    told = run("test", "HCSC-DME101.045")
    assert told.exit_code == 0
    assert re.search(r"(\d+) examples: \1 passed, 0 failed", told.output)


def test_examples_can_be_chosen_by_their_words(run):
    told = run("test", "HCSC-DME101.045", "-k", "First Day")
    assert told.exit_code == 0
    assert "0 failed" in told.output
    assert "16 passed" not in told.output


def test_a_failing_example_is_told_with_its_place_and_ends_with_1(run, desk):
    path = desk / "hcsc/dme101.045-infrared-therapy-devices/policy.md"
    path.write_text(path.read_text("utf-8").replace("codes: 50 N130", "codes: 96 N130"), "utf-8")
    told = run("test", "HCSC-DME101.045", "--policies", desk)
    assert told.exit_code == 1
    assert "answers 'not medically necessary 96 N130', not 'not medically necessary 50 N130'" in told.output
    assert " --> hcsc/dme101.045-infrared-therapy-devices/policy.md:" in told.output


def test_a_policy_that_cannot_be_run_says_why_and_ends_with_1(run, desk):
    path = desk / "hcsc/dme101.045-infrared-therapy-devices/policy.md"
    path.write_text(path.read_text("utf-8").replace("procedure: in", "procedur: in", 1), "utf-8")
    told = run("test", "HCSC-DME101.045", "--policies", desk)
    assert told.exit_code == 1
    assert "P006: clause NMN: nobody declares the fact 'procedur'" in told.output
    assert "not run" in told.output


def test_lint_is_quiet_about_good_policies(run):
    told = run("lint", "--as-of", AS_OF)
    assert told.exit_code == 0, told.output
    assert "0 errors, 0 warnings" in told.output
    assert "P010: no release of CPT and HCPCS is loaded" in told.output


def test_lint_warns_of_old_checks_and_fails_nothing(run):
    told = run("lint", "--as-of", date.fromisoformat(AS_OF).replace(year=2030).isoformat())
    assert told.exit_code == 0, told.output
    assert "(warning)" in told.output


@pytest.mark.parametrize("folder", ["P001", "P004", "P005", "P007", "P008"])
def test_lint_prints_complaints_as_they_are_written(run, folder):
    told = run("lint", "--as-of", "2026-11-22", "--policies", GOLDEN / folder)
    assert told.exit_code == 1
    for complaint in (GOLDEN / folder / "expected.txt").read_text("utf-8").split("\n\n"):
        assert complaint.strip() in told.output


def test_lock_check_fails_when_something_is_stale_and_lock_mends_it(run, desk, tmp_path):
    own = tmp_path / "library"
    path = desk / "hcsc/dme101.045-infrared-therapy-devices/policy.md"
    path.write_text(path.read_text("utf-8").replace("No indication", "No single indication"), "utf-8")
    assert run("lock", "--check", "--policies", desk).exit_code == 1
    told = run("lock", "--policies", desk, "--library", own)
    assert told.exit_code == 0
    assert "The quotation under “The written position” changed." in told.output
    assert (own / "policies.json").exists()
    assert run("lock", "--check", "--policies", desk, "--library", own).exit_code == 0
    assert (desk / lock.NAME).read_text("utf-8") == lock.lock(read_folder(desk))
    assert "Everything generated is up to date." in run("lock", "--policies", desk, "--library", own).output


def test_lock_diff_writes_nothing(run, desk):
    path = desk / "medicare/ncci/ptp/policy.md"
    path.write_text(path.read_text("utf-8").replace("severity: INFO", "severity: WARN"), "utf-8")
    before = (desk / lock.NAME).read_bytes()
    told = run("lock", "--diff", "--policies", desk)
    assert "### NCCI-PTP § COL1 — correction (ours)\nDates of service: from 2019-07-01\n" in told.output
    assert (desk / lock.NAME).read_bytes() == before


def test_what_cannot_be_read_is_not_locked(run, desk):
    path = desk / "medicare/ncci/ptp/policy.md"
    path.write_text(path.read_text("utf-8").replace("view: both", "veiw: both", 1), "utf-8")
    before = (desk / lock.NAME).read_bytes()
    told = run("lock", "--policies", desk)
    assert told.exit_code == 1
    assert "Nothing was locked" in told.output
    assert (desk / lock.NAME).read_bytes() == before


def test_reading_a_folder_with_mistakes_still_shows_the_rest(run):
    told = run("list", "--policies", GOLDEN / "P000")
    assert told.exit_code == 0
    assert "ONE-UNIT" in told.output
    assert "could not be read in" in told.output


def test_history_holds_the_authoritys_entries(run):
    told = run("history", "HCSC-DME101.045").output
    assert told.count("policy history") == 15
    assert "2025-10-01" in told


def test_history_of_all_policies_is_one_line_of_time(run):
    told = run("history").output
    days = [line.split()[0] for line in told.splitlines()[1:] if line[:4].isdigit()]
    assert days == sorted(days)
    assert "NCD-270.6" in told


@pytest.mark.parametrize("name", ["list", "show", "test", "trace", "lint", "lock", "history", "codes", "near", "new"])
def test_every_command_says_how_it_ends_and_gives_an_example(run, name):
    told = run(name, "--help").output
    assert "Ends with 0" in told
    assert "Example" in told


def test_help_imports_neither_the_engine_nor_the_readers():
    program = (
        "import sys\nfrom claimwright.cli import policy\n"
        "print(sorted({'polars', 'markdown_it', 'yaml', 'orjson', 'simple_icd_10_cm'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"

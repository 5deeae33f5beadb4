"""`claimwright data`, and what imported tables change in answers: as somebody with a download folder would use it."""

import json
from datetime import date
from pathlib import Path

import official_files as made
import polars as pl
import pytest
import yaml
from typer.testing import CliRunner

from claimwright.cli import data
from claimwright.cli.app import app

CLINIC = Path(__file__).parents[2] / "examples" / "clinic-week.837"
WEEK = ["check", CLINIC, "--as-of", "2026-03-20", "--quiet"]
ACCEPT = "--accept-licence"


def run(*arguments, said=None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False, input=said)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder to be in, with a store that `--data` need not name, and a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMWRIGHT_DATA", str(tmp_path / "store"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def on(monkeypatch, day):
    monkeypatch.setattr(data, "today", lambda: date.fromisoformat(day))


# import --------------------------------------------------------------------------------------------------------------


def test_four_zips_are_imported_listed_shown_verified_and_removed(desk, monkeypatch):
    on(monkeypatch, "2026-07-04")
    told = run("data", "import", *made.pair_zips(desk), ACCEPT)
    assert told.exit_code == 0, told.output
    assert "ncci-ptp-practitioner-2026q3: 4 rows for 2026-07-01 .. 2026-09-30, sha256:" in told.output
    assert str(desk / "store") in told.output

    listed = run("data", "list")
    assert listed.exit_code == 0
    assert listed.output.splitlines()[1].split() == [
        "ncci-ptp-practitioner-2026q3",
        "2026-07-01",
        "..",
        "2026-09-30",
        "4",
        "speaks",
        "today",
    ]
    (record,) = json.loads(run("data", "list", "--format", "json").output)
    assert (record["id"], record["whole"], record["known"]) == ("ncci-ptp-practitioner-2026q3", True, "2026-07-04")

    shown = run("data", "show", "ncci-ptp-practitioner-2026q3")
    assert "terms cpt: accepted on 2026-07-04 with --accept-licence" in shown.output
    assert "ccipra-v322r0-f4.txt" in shown.output
    full = json.loads(run("data", "show", "ncci-ptp-practitioner-2026q3", "-f", "json").output)
    assert len(full["sources"]) == 4
    assert full["hash"] == record["hash"]

    verified = run("data", "verify")
    assert (verified.exit_code, verified.output) == (0, "1 release checked: all is well\n")
    removed = run("data", "remove", "ncci-ptp-practitioner-2026q3", "--yes")
    assert (removed.exit_code, removed.output) == (0, "removed ncci-ptp-practitioner-2026q3\n")
    assert "nothing was imported" in run("data", "list").output


def test_a_second_import_says_what_it_replaced(desk, monkeypatch):
    on(monkeypatch, "2026-07-04")
    run("data", "import", *made.pair_zips(desk), ACCEPT)
    on(monkeypatch, "2026-08-02")
    changed = (*made.PAIRS[:3], (*made.PAIRS[3][:5], "1", ""))
    told = run("data", "import", *made.pair_zips(desk, changed, version="v322r1"))
    assert "replaces ncci-ptp-practitioner-2026q3 (4 rows, sha256:" in told.output
    notes = {line.split()[0]: line.rsplit("  ", 1)[1] for line in run("data", "list").output.splitlines()[1:]}
    assert notes == {"ncci-ptp-practitioner-2026q3": "replaced", "ncci-ptp-practitioner-2026q3-2": "speaks today"}
    again = run("data", "import", *made.pair_zips(desk, changed, version="v322r1"))
    assert "the same rows were there already" in again.output
    removed = run("data", "remove", "ncci-ptp-practitioner-2026q3-2", "-y")
    assert "ncci-ptp-practitioner-2026q3 speaks again" in removed.output


def test_a_missing_part_is_told(desk):
    told = run("data", "import", *made.pair_zips(desk)[1:3], ACCEPT)
    assert told.exit_code == 0
    assert "part f1, f4 of 4 is missing" in told.output
    assert "help: import all parts in one command" in told.output
    assert "subset" in run("data", "list").output


def test_a_bad_row_ends_with_2_and_stores_nothing(desk):
    files = made.pair_zips(desk)
    files[3] = made.pair_zip(desk, 4, ("97O12", *made.PAIRS[0][1:]))
    told = run("data", "import", *files, ACCEPT)
    assert told.exit_code == 2
    assert "97O12 is not a CPT or HCPCS code: a letter stands for a digit" in told.output
    assert "f4.zip/ccipra-v322r0-f4.txt: row 7, column1" in told.output
    assert "help: 97012 may be meant" in told.output
    assert told.output.rstrip().endswith("nothing was imported")
    assert json.loads(run("data", "list", "-f", "json").output) == []


def test_days_that_no_name_tells_are_given(desk):
    (desk / "places.csv").write_text("place_code,facility,from\n11,no,\n")
    asked = run("data", "import", "places.csv")
    assert asked.exit_code == 2
    assert "--covers 2026Q3" in asked.output
    assert run("data", "import", "places.csv", "--covers", "2026").exit_code == 0
    wrong = run("data", "import", "places.csv", "--covers", "next year")
    assert wrong.exit_code == 2
    assert "2026Q3, 2026 or" in wrong.output


def test_a_folder_that_cannot_be_written_is_told(desk):
    (desk / "file").write_text("in the way")
    told = run("data", "import", *made.pair_zips(desk), ACCEPT, "--data", desk / "file" / "store")
    assert told.exit_code == 2
    assert "help: name another folder: --data DIR" in told.output


@pytest.mark.usefixtures("desk")
def test_help_teaches_with_the_names_of_real_files():
    told = run("data", "import", "--help").output
    assert "medicare-ncci-2026q3-practitioner-ptp-edits-*.zip" in told
    assert "nothing is fetched" in " ".join(run("data", "--help").output.split())


# terms ---------------------------------------------------------------------------------------------------------------


def test_without_a_terminal_nothing_is_accepted_silently(desk):
    told = run("data", "import", *made.pair_zips(desk))
    assert told.exit_code == 2
    assert "American Medical Association" in told.output
    assert "then say --accept-licence" in told.output
    assert not (desk / "store").exists()


@pytest.mark.parametrize(("said", "code"), [("n\n", 2), ("y\n", 0)])
def test_on_a_terminal_it_is_asked_once(desk, monkeypatch, said, code):
    on(monkeypatch, "2026-07-04")
    monkeypatch.setattr(data, "_can_ask", lambda: True)
    told = run("data", "import", *made.pair_zips(desk), said=said)
    assert told.exit_code == code
    assert "Do you accept?" in told.output
    if code == 0:
        assert yaml.safe_load((desk / "store" / "accepted.yaml").read_text()) == {"cpt": "2026-07-04"}
        more = run("data", "import", *made.pair_zips(desk, quarter="2026q4", version="v323r0"))
        assert more.exit_code == 0
        assert "American Medical Association" not in more.output
        stated = yaml.safe_load((desk / "store" / "ncci-ptp-practitioner-2026q4" / "release.yaml").read_text())
        assert stated["licence"] == "terms cpt: accepted on 2026-07-04"


def test_the_lists_of_reasons_have_terms_of_their_own(desk):
    (desk / "carc.csv").write_text("carc,from\n50,1995-01-01\n")
    told = run("data", "import", "carc.csv", "--covers", "2026")
    assert told.exit_code == 2
    assert "x12.org" in told.output
    (desk / "places.csv").write_text("place_code,facility,from\n11,no,\n")
    assert "The terms" not in run("data", "import", "places.csv", "--covers", "2026").output


def test_descriptors_stay_out_unless_a_licence_is_claimed(desk):
    (desk / "PPRRVU2026_Jul_nonQPP.csv").write_bytes(made.value_csv(made.VALUE_ROW))
    run("data", "import", "PPRRVU2026_Jul_nonQPP.csv", ACCEPT)
    place = desk / "store" / "fees-rvu-2026q3-nonqpp" / "rows.parquet"
    assert "description" not in pl.read_parquet_schema(place)
    told = run("data", "import", "PPRRVU2026_Jul_nonQPP.csv", "--with-descriptors")
    assert told.exit_code == 0
    kept = desk / "store" / "fees-rvu-2026q3-nonqpp-2" / "rows.parquet"
    assert pl.read_parquet(kept)["description"].to_list() == ["OUR OWN WORDS"]


# list, show, verify, remove ------------------------------------------------------------------------------------------


def test_a_release_that_is_not_there_is_told_with_the_nearest(desk):
    run("data", "import", *made.pair_zips(desk), ACCEPT)
    for command in ("show", "remove", "verify"):
        told = run("data", command, "ncci-ptp-practitioner-2026q4")
        assert told.exit_code == 2
        assert "did you mean ncci-ptp-practitioner-2026q3?" in told.output


def test_what_was_changed_fails_verification_with_1(desk):
    run("data", "import", *made.pair_zips(desk), ACCEPT)
    path = desk / "store" / "ncci-ptp-practitioner-2026q3" / "rows.parquet"
    pl.read_parquet(path).head(3).write_parquet(path)
    told = run("data", "verify")
    assert told.exit_code == 1
    assert "REF-HASH" in told.output
    assert "1 thing is wrong" in told.output


def test_a_damaged_release_stops_a_check_and_the_list_with_2(desk):
    run("data", "import", *made.pair_zips(desk), ACCEPT)
    path = desk / "store" / "ncci-ptp-practitioner-2026q3" / "rows.parquet"
    path.write_bytes(path.read_bytes()[:50])
    assert run("data", "list").exit_code == 2
    told = run(*WEEK)
    assert told.exit_code == 2
    assert "damaged or cut off" in told.output
    assert run(*WEEK, "--no-store").exit_code == 1


@pytest.mark.usefixtures("desk")
def test_what_came_with_claimwright_is_listed_and_not_removed():
    told = run("data", "list", "--shipped")
    assert "mue-hospital-therapy-2026q4" in told.output
    removed = run("data", "remove", "mue-hospital-therapy-2026q4", "--yes")
    assert removed.exit_code == 2
    assert "cannot be removed" in removed.output


def test_removal_asks(desk, monkeypatch):
    run("data", "import", *made.pair_zips(desk), ACCEPT)
    assert run("data", "remove", "ncci-ptp-practitioner-2026q3").exit_code == 2
    monkeypatch.setattr(data, "_can_ask", lambda: True)
    assert run("data", "remove", "ncci-ptp-practitioner-2026q3", said="n\n").exit_code == 1
    assert run("data", "remove", "ncci-ptp-practitioner-2026q3", said="y\n").exit_code == 0


# answers -------------------------------------------------------------------------------------------------------------

PAYER = ["--payer", "medicare", "--dx", "M17.11", "--whole-day"]


def answer(*options, lines=("97012-NO", "97018-NO")):
    told = run("ask", *(word for line in lines for word in ("--line", line)), *PAYER, *options, "--format", "json")
    return json.loads(told.stdout[told.stdout.index("{") :])


def checks(record):
    return {check["name"]: check for check in record["checks"]}


@pytest.mark.usefixtures("desk")
def test_an_unknown_edit_says_which_files_bring_the_table():
    told = run("ask", "--line", "97012-NO", "--line", "97018-NO", *PAYER, "--on", "2026-08-03").output
    assert "no loaded table speaks for these codes on this day" in told
    assert "claimwright data import" in " ".join(told.split())
    named = checks(answer("--on", "2026-08-03"))["pair edits"]
    assert named["ran"] is False
    assert named["help"] == (
        "download from cms.gov, then: claimwright data import "
        "medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0-f*.zip"
    )


def test_after_the_import_the_edit_is_known_and_cited_by_its_hash(desk):
    run("data", "import", *made.pair_zips(desk), ACCEPT)
    record = answer("--on", "2026-08-03")
    assert checks(record)["pair edits"]["ran"] is True
    assert "help" not in checks(record)["pair edits"]
    (release,) = json.loads(run("data", "list", "-f", "json").output)
    record = answer("--on", "2026-08-20", lines=("97018-NO", "97024-NO"))
    assert record["views"]["coded"]["outcome"] == "BUNDLED"
    assert record["basis"][release["id"]] == release["hash"]
    assert release["id"] not in answer("--on", "2026-08-03", "--no-store")["basis"]
    assert release["id"] not in answer("--on", "2026-08-03", "--data", desk / "elsewhere")["basis"]


@pytest.mark.usefixtures("desk")
def test_the_summary_of_a_batch_says_it_too():
    told = run(*WEEK, "--format", "json")
    rows = {row["check"]: row for row in json.loads(told.stdout)["summary"]["not_run"]}
    assert "medicare-ncci-2026q1-practitioner-ptp-edits-ccipra-v320r0-f*.zip" in rows["pair edits"]["help"]
    assert "medicare-ncci-2026-q1-practitioner-services-mue-table.zip" in rows["units a day"]["help"]
    assert "help" not in rows["documentation"]


def test_last_quarters_answers_come_out_byte_for_byte_after_new_imports(desk, monkeypatch):
    """Imported in January, checked; corrected and carried on in April; replayed as known in March."""
    first = {"quarter": "2026q1", "version": "v320r0"}
    on(monkeypatch, "2027-01-05")
    run("data", "import", *made.pair_zips(desk, **first), ACCEPT)
    run(*WEEK, "--out", "january.json", "--out", "january.csv")
    january = {suffix: (desk / f"january.{suffix}").read_bytes() for suffix in ("json", "csv")}
    assert b"ncci-ptp-practitioner-2026q1" in january["json"]

    on(monkeypatch, "2027-04-06")
    corrected = (("97140", "97530", "", "20200101", "*", "0", ""), *made.PAIRS[1:])
    run("data", "import", *made.pair_zips(desk, corrected, quarter="2026q1", version="v320r1"))
    run("data", "import", *made.pair_zips(desk, quarter="2026q2", version="v321r0"))
    run(*WEEK, "--out", "april.json")
    assert (desk / "april.json").read_bytes() != january["json"]

    replayed = run(*WEEK, "--out", "replayed.json", "--out", "replayed.csv", "--as-known-on", "2027-03-31")
    assert "2 of the releases here were not known yet" in replayed.output
    assert {suffix: (desk / f"replayed.{suffix}").read_bytes() for suffix in ("json", "csv")} == january


@pytest.mark.usefixtures("desk")
def test_before_anything_was_known_nothing_is_said():
    """Readings say since when they are ours, releases since when they are at hand; policies are not replayed."""
    record = answer("--on", "2024-08-03", "--as-known-on", "2020-01-01")
    assert not any(name.startswith(("ncci-ptp-p", "mue-")) for name in record["basis"])
    assert checks(record)["pair edits"]["ran"] is False
    assert checks(answer("--on", "2024-08-03"))["pair edits"]["ran"] is True


CASE = """
cases:
  - id: T1
    says: Only the made-up table says that the group is part of the exercise.
    form: professional
    as of: 2026-07-12
    patient: {birth_date: 1960-05-05}
    provider: {state: OH}
    payer: {program: medicare-part-b, key: medicare}
    diagnoses: [M17.11]
    whole_day: yes
    lines:
      - {procedure: 97150, service: 2026-07-10, modifiers: [GP], units: 1, pointers: [1], place: 11}
      - {procedure: 97110, service: 2026-07-10, modifiers: [GP], units: 1, pointers: [1], place: 11}
    expect:
      coded: bundled
"""


def test_worked_cases_see_imported_tables_unless_told_not_to(desk):
    run("data", "import", *made.pair_zips(desk), ACCEPT)
    (desk / "case.yaml").write_text(CASE)
    seen = run("cases", "run", "case.yaml")
    assert seen.exit_code == 0, seen.output
    assert run("cases", "run", "case.yaml", "--no-store").exit_code == 1

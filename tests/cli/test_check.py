"""`claimwright check` on the example weeks, as a biller would run it."""

import csv
import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CLINIC, HOSPITAL = EXAMPLES / "clinic-week.837", EXAMPLES / "hospital-week.837"
AS_OF = ["--as-of", "2026-03-20"]
OF_A_VISIT = {"AUD-MULTIHEAT", "AUD-MANYMOD", "AUD-MODONLY", "CLM-UNITS", "CLM-MUE"}  # one finding for several lines


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def weeks(tmp_path_factory):
    """Both weeks as JSON, with the exit code."""
    found = {}
    for path in (CLINIC, HOSPITAL):
        out = tmp_path_factory.mktemp("week") / "run.json"
        result = run("check", path, *AS_OF, "--out", out, "--quiet")
        found[path.name] = (result.exit_code, json.loads(out.read_bytes()))
    return found


@pytest.fixture(scope="module")
def planted():
    with (EXAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines_of(document, claim, number):
    return [one for one in document["lines"] if one["line"]["claim"] == claim and one["line"]["line"] == number]


def test_there_are_lines_to_fix_and_the_exit_code_says_so(weeks):
    for code, document in weeks.values():
        assert code == 1
        assert document["summary"]["to_fix"]["lines"] > 0


# clauses that no claim of the example weeks can meet, and why
UNSEEN = {
    "MODIFIER-CODE-SET UNLISTED": "no list of modifiers is shipped; tests/determine/facts/test_code_sets.py has one",
    "PLACE-CODE-SET UNLISTED": "no list of places is shipped; tests/determine/facts/test_code_sets.py has one",
    "PROCEDURE-CODE-SET LETTER": "the week reads clean; a code with an O for a zero is told by the reader too",
    "NCCI-ADD-ON ALONE.1": "no table of add-on codes is shipped; tests/determine/facts/test_add_ons.py has one",
    "NCCI-ADD-ON ALONE.other": "no table of add-on codes is shipped; tests/determine/facts/test_add_ons.py has one",
    "NCCI-MUE LINE": "no table that is shipped gives a code a limit by line (MAI 1)",
    "PAYER-OWN-UNITS OWN": "a payer's own unit rule is a site's to write, and cases/units.yaml has it",
}


def test_every_planted_mistake_is_found_where_it_was_planted(weeks, planted):
    checked = 0
    for row in planted:
        _, document = weeks[row["file"]]
        for finding in () if row["beside"] else row["findings"].split():
            on_line = lines_of(document, row["claim"], int(row["line"]))
            if finding in OF_A_VISIT:
                on_line = [one for one in document["lines"] if one["line"]["claim"] == row["claim"]]
            found = {each["id"] for one in on_line for each in one["findings"]}
            found |= {each["finding"] for one in on_line for view in one["views"].values() for each in view["silences"]}
            if finding == "CLM-MOD-NOEDIT" and not _ran(on_line, "pair edits"):
                assert finding not in found, "a table that has ended acquits no pair"
                continue
            assert finding in found, (row, found)
            checked += 1
    assert checked > 100


def _ran(lines, name):
    return all(check["ran"] for one in lines for check in one["checks"] if check["name"] == name)


def test_what_was_not_planted_is_not_to_fix(weeks, planted):
    for name, (_, document) in weeks.items():
        here = [row for row in planted if row["file"] == name]
        meant = {(row["claim"], row["line"]) for row in here if row["findings"] and not row["beside"]}
        for one in document["lines"]:
            if any(f["severity"] in {"BLOCK", "FIX"} and not f["unknown_only"] for f in one["findings"]):
                assert (one["line"]["claim"], str(one["line"]["line"])) in meant, one["line"]


def test_lines_that_must_stay_quiet_do(weeks, planted):
    for row in planted:
        if not row["findings"]:
            _, document = weeks[row["file"]]
            for one in lines_of(document, row["claim"], int(row["line"])):
                assert [each["id"] for each in one["findings"] if each["severity"] in {"BLOCK", "FIX"}] == [], row


def test_most_lines_have_nothing_to_fix_and_none_is_called_clean_that_was_not_checked(weeks):
    for _, document in weeks.values():
        summary = document["summary"]
        assert summary["to_fix"]["lines"] < summary["all"]["lines"] * 0.15
        total = sum(summary[part]["lines"] for part in ("to_fix", "clean", "unchecked"))
        assert total == summary["all"]["lines"]


def test_the_summary_says_once_which_checks_could_not_run(weeks):
    _, document = weeks[CLINIC.name]
    said = [(one["check"], one["why"]) for one in document["summary"]["not_run"]]
    assert len(said) == len(set(said))
    assert any(check == "pair edits" and "professional" in why for check, why in said)


def test_the_documents_follow_the_published_schema(weeks):
    schema = json.loads((ROOT / "schemas" / "run-1.json").read_bytes())
    for _, document in weeks.values():
        jsonschema.Draft202012Validator(schema).validate(document)


def test_every_clause_in_force_that_week_and_evaluable_from_claims_fires(weeks, library):
    fired = {each["clause"] for _, document in weeks.values() for one in document["lines"] for each in one["findings"]}
    evaluable = {
        clause.name
        for policy in library.policies
        for clause in policy.clauses
        if date(2026, 3, 11) in clause.in_force and clause.view != "documented" and clause.finding
    }
    assert evaluable - fired == set(UNSEEN)


def test_no_table_gives_a_limit_by_line():
    tables = list((ROOT / "src/claimwright/reference/releases").glob("mue-*/rows.csv"))
    assert tables
    for table in tables:
        with table.open(encoding="utf-8", newline="") as file:
            assert "1" not in {row["indicator"] for row in csv.DictReader(file)}, f"{table}: take it off the list"


def test_nobody_is_named_in_any_output(tmp_path):
    names = set(re.findall(r"NM1\*(?:IL|QC)\*1\*([^*~]+)\*([^*~]*)", CLINIC.read_text("utf-8")))
    members = set(re.findall(r"NM1\*IL\*1\*[^~]*\*MI\*([^*~]+)~", CLINIC.read_text("utf-8")))
    assert names
    assert members
    outs = [tmp_path / f"run.{suffix}" for suffix in ("json", "ndjson", "csv", "html", "txt")]
    result = run("check", CLINIC, *AS_OF, *(part for out in outs for part in ("--out", out)))
    everything = "\n".join([result.output, *(out.read_text("utf-8") for out in outs)])
    for last, _ in names:
        assert not re.search(rf"\b{re.escape(last)}\b", everything), last
    for member in members:
        assert member not in everything


def test_a_run_compared_with_itself_has_changed_nothing(tmp_path):
    before = tmp_path / "before.json"
    run("check", HOSPITAL, *AS_OF, "--out", before, "--quiet")
    result = run("check", HOSPITAL, *AS_OF, "--baseline", before, "--quiet")
    assert "nothing" in result.output.lower() or "same" in result.output.lower()


def test_a_corrected_line_shows_as_changed_since_the_baseline(tmp_path):
    before, corrected = tmp_path / "before.ndjson", tmp_path / HOSPITAL.name
    run("check", HOSPITAL, *AS_OF, "--out", before, "--quiet")
    text = HOSPITAL.read_text("utf-8")
    broken = re.search(r"SV2\*04\d\d\*HC:97026:GP\*[^*]+\*UN\*2", text)
    corrected.write_text(text.replace(broken.group(0), broken.group(0)[:-1] + "1"), "utf-8")
    result = run("check", corrected, *AS_OF, "--baseline", before)
    assert "CLM-UNITS" in result.output


def test_a_truncated_file_is_read_as_far_as_it_goes_and_ends_with_2(tmp_path):
    cut = tmp_path / "cut.837"
    text = CLINIC.read_bytes()
    cut.write_bytes(text[: len(text) // 2])
    result = run("check", cut, *AS_OF, "--limit", "1")
    assert result.exit_code == 2
    assert "INP-" in result.output
    assert re.search(r"to fix\s+\d+", result.output)


def test_what_is_no_claim_file_is_said_in_words(tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("this is no claim")
    result = run("check", other, *AS_OF)
    assert result.exit_code == 2
    assert "help:" in result.output


def test_a_missing_file_is_said_in_words(tmp_path):
    result = run("check", tmp_path / "nowhere.837", *AS_OF)
    assert result.exit_code == 2
    assert "help:" in result.output


def test_a_service_in_the_future_is_a_problem_and_not_decided():
    result = run("check", HOSPITAL, "--as-of", "2026-03-10", "--format", "json")
    document = json.loads(result.stdout)
    assert result.exit_code == 2
    assert {problem["id"] for problem in document["problems"]} == {"INP-FUTURE"}
    assert all(one["line"]["service"] <= "2026-03-10" for one in document["lines"])


def test_unknown_alone_ends_with_0_unless_asked_for(tmp_path):
    case = {
        "claim": "ONE",
        "form": "professional",
        "payer": {"program": "workers-comp"},
        "diagnoses": ["M17.11"],
        "lines": [{"procedure": "97110", "service": "2026-03-10", "modifiers": ["GP"], "units": 2, "pointers": [1]}],
    }
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case))
    assert run("check", path, *AS_OF).exit_code == 0
    assert run("check", path, *AS_OF, "--fail-on", "unknown").exit_code == 1


def test_ndjson_has_a_record_for_each_line_and_the_summary():
    result = run("check", HOSPITAL, *AS_OF, "--format", "ndjson")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["type"] for record in records].count("summary") == 1
    assert len(records) == records[-1]["summary"]["all"]["lines"] + records[-1]["summary"]["withdrawn"] + 1


def test_a_users_own_payer_table_replaces_the_shipped_one(tmp_path):
    payers = tmp_path / "payers.csv"
    header, *rows = (ROOT / "src/claimwright/reference/payers.csv").read_text("utf-8").splitlines()
    assert header.startswith("id,name,filing,")
    payers.write_text("\n".join([header, *(row for row in rows if ",hcsc," not in row)]) + "\n", "utf-8")
    result = run("check", HOSPITAL, *AS_OF, "--payers", payers, "--format", "json")
    document = json.loads(result.stdout)
    assert not any(each["id"] == "COV-HCSC-NMN" for one in document["lines"] for each in one["findings"])


def test_a_table_with_its_own_column_names_is_read_through_a_mapping(tmp_path):
    table = tmp_path / "claims.csv"
    table.write_text(
        "Acct,CPT Code,Mods,DX,Ptr,DOS,Qty,Payer,Filing\n"
        "A1,97026,GP,E11.42,A,2026-03-10,1,MEDICARE,MB\n"
        "A2,97110,,M17.11,A,2026-13-10,two,MEDICARE,MB\n"
    )
    named = {"claim": "Acct", "procedure": "CPT Code", "modifiers": "Mods", "diagnoses": "DX", "service_from": "DOS"}
    named |= {"pointers": "Ptr", "units": "Qty", "payer_name": "Payer", "filing": "Filing"}
    columns = [part for field, column in named.items() for part in ("--column", f"{field}={column}")]
    result = run("check", table, *AS_OF, *columns, "--format", "json")
    document = json.loads(result.stdout)
    assert result.exit_code == 2, "row 2 has no date and no units that can be read"
    assert {(problem["id"], problem["row"]) for problem in document["problems"]} >= {("INP-DATE", 2), ("INP-UNITS", 2)}
    first = document["lines"][0]
    assert first["line"]["procedure"] == "97026"
    assert first["line"]["program"] == "medicare-part-b"
    assert any(f["id"].startswith("CLM-DX-NCD") for f in first["findings"])


SHEET = "Patient ID,DOB,First Name,Payer,Line of Business,DOS,CPT,Mods,Units,ICD,NPI,Place of Service\n"


def test_a_practices_own_sheet_is_checked_as_far_as_it_goes(tmp_path):
    """No claim ids, no pointers, no form and no filing codes: what follows from the rest is still said."""
    sheet = tmp_path / "export.csv"
    rows = [
        "A1,01/02/1950,Pat,Medicare,Medicare Part B,03/10/2026,97026,GP,1,E11.42;G62.9,1234567893,11",
        "A2,01/02/1950,Kim,Medicare,Medicare Part B,03/10/2026,97026,GP,1,E11.42;M17.11,1234567893,11",
        "A3,05/06/1961,Lee,BCBS of Illinois,Commercial,03/11/2026,97026,GP,1,M54.50,1234567893,11",
        "A4,05/06/1961,Bo,Aetna,,03/11/2026,97026,GP,1,M54.50,1234567893,11",
    ]
    sheet.write_text(SHEET + "".join(f"{row}\n" for row in rows), "utf-8")
    out = tmp_path / "run.json"
    result = run("check", sheet, *AS_OF, "--out", out)
    assert result.exit_code == 1
    said = " ".join(result.output.split())
    assert "claim #1 · medicare" in said
    assert "claim #3 · hcsc" in said
    assert "points to nothing but E11.42 and G62.9" in said
    assert "aetna · program unknown" in said
    assert "give a column filing" in said
    both, partly, hcsc, unknown = json.loads(out.read_bytes())["lines"]
    assert both["views"]["coded"]["outcome"] == "NATIONALLY_NONCOVERED"
    assert "CLM-DX-NCD" in {finding["id"] for finding in both["findings"]}
    # the second may point to the knee alone
    assert partly["views"]["coded"]["outcome"] == "INDETERMINATE"
    assert hcsc["views"]["coded"]["outcome"] == "NOT_MEDICALLY_NECESSARY"
    assert unknown["views"]["coded"]["outcome"] == "INDETERMINATE"
    assert [line["line"]["claim"] for line in (both, partly, hcsc, unknown)] == ["#1", "#2", "#3", "#4"]

"""Worked cases run on the engine: what is expected is compared with what comes, and nothing comes out by accident."""

from pathlib import Path

import orjson
import polars as pl
import pytest
from worked_samples import case, results, written

from claimwright.lines.problems import Problem
from claimwright.proving.case_files import read
from claimwright.proving.cases import Bench, run, run_without
from claimwright.report.faces import faces

DENIED = "diagnoses: [E11.42]\nfacts: {treatment intent: neuropathy}"
PAGE = Path(__file__).parents[2] / "docs" / "cases.md"


def failed(result):
    return [(row.what, row.expected, row.got) for row in result.failed]


@pytest.mark.parametrize(
    "expect",
    [
        '{documented: "nationally noncovered, final, certain, CO-50 N386"}',
        "{documented: NATIONALLY_NONCOVERED}",
        "{documented: {outcome: [covered, nationally noncovered]}}",
        "{documented: {predicted: 50, liability: CO, next question: none, leaning: none, silences: none}}",
        "{documented: {reachable: {exactly: nationally noncovered, without: [covered]}, conditions: none}}",
        "{coded: {predicted: 50 N386}}",
        "{findings: [COV-NCD270.6 BLOCK coverage documented, CLM-DX-NCD coded]}",
        "{findings: {has: COV-NCD270.6, has not: [CLM-GP, COV-NCD270.6 coded, COV-NCD270.6 WARN]}}",
        "{findings: [BLOCK]}",
        "{findings: [{id: COV-NCD270.6, clause: NCD-270.6, predicted: CO-50 N386, likelihood: certain, says: GA}]}",
        "{findings: [{clause: NCD-270.6 NC}]}",
        "{anywhere: COV-NCD270.6}",
        "{to fix: yes, difference: none}",
        "{cites: NCD-270.6, cites not: HCSC-DME101.045}",
        "{cites: [NCD-270.6 NC, {policy: NCD-270.6, title: Infrared therapy devices, says: neuropathy}]}",
        "{says: [CO-50 N386, NCD-270.6], says never: guaranteed}",
        "{problems: none}",
        "{lines: {1: {coded: nationally noncovered}}}",
    ],
)
def test_what_is_expected_rightly_comes_out(tmp_path, engine, expect):
    (result,) = results(tmp_path, engine, case(expect, DENIED))
    assert failed(result) == []
    assert result.rows
    assert result.ok


@pytest.mark.parametrize(
    ("expect", "what", "expected", "got"),
    [
        ("{documented: covered}", "as documented: outcome", "covered", "nationally noncovered"),
        ('{documented: "nationally noncovered, presumptive"}', "as documented: finality", "presumptive", "final"),
        ('{documented: "nationally noncovered, likely"}', "as documented: likelihood", "likely", "certain"),
        ("{documented: {predicted: PR-50}}", "as documented: predicted", "PR-50", "CO-50 N386"),
        ("{documented: {predicted: 50 N115}}", "as documented: predicted", "50 N115", "CO-50 N386"),
        ("{documented: {predicted: none}}", "as documented: predicted", "none", "CO-50 N386"),
        ("{documented: {alternatives: 202}}", "as documented: alternatives", "202", "none"),
        ("{documented: {liability: PR}}", "as documented: liability", "PR", "CO"),
        ("{documented: {reachable: covered}}", "as documented: reachable", "covered", "nationally noncovered"),
        (
            "{documented: {reachable: {without: nationally noncovered}}}",
            "as documented: reachable, without",
            "nationally noncovered",
            "nationally noncovered",
        ),
        (
            "{documented: {reachable: {exactly: [covered, nationally noncovered]}}}",
            "as documented: reachable, exactly",
            "covered, nationally noncovered",
            "nationally noncovered",
        ),
        ("{documented: {leaning: investigational}}", "as documented: leaning", "investigational", "none"),
        ("{documented: {silences: not modelled}}", "as documented: silences", "not modelled", "none"),
        ("{documented: {next question: device}}", "as documented: next question", "device", "none"),
        ("{documented: {conditions: supervision}}", "as documented: conditions", "supervision", "none"),
        ("{documented: {depends on: device}}", "as documented: depends on", "device", "none"),
        ("{findings: CLM-GP}", "finding", "CLM-GP", "not found"),
        (
            "{findings: COV-NCD270.6 WARN}",
            "finding",
            "COV-NCD270.6 WARN",
            "COV-NCD270.6 BLOCK documented CO-50 N386",
        ),
        (
            "{findings: {has not: [COV-NCD270.6]}}",
            "no finding",
            "COV-NCD270.6",
            "COV-NCD270.6 BLOCK documented CO-50 N386",
        ),
        ("{findings: [{id: COV-NCD270.6, says: moon}]}", "finding", "COV-NCD270.6 saying 'moon'", None),
        ("{findings: none}", "only findings", "none", None),
        ("{anywhere: CLM-GP}", "anywhere: finding", "CLM-GP", "not found"),
        ("{to fix: no}", "to fix", "no", "yes"),
        ("{difference: denied though defensible}", "difference", "denied though defensible", "none"),
        ("{cites: HCSC-DME101.045}", "cites", "HCSC-DME101.045", None),
        ("{cites: {policy: NCD-270.6, title: Another}}", "cites", "NCD-270.6 “Another”", None),
        ("{cites not: NCD-270.6}", "does not cite", "NCD-270.6", None),
        ("{says: moon}", "says", "moon", "not said"),
        ("{says never: n386}", "never says", "n386", "said"),
        ("{problems: INP-CODE-FORM}", "problems", "INP-CODE-FORM", "none"),
        ("{lines: {2: {coded: covered}}}", "line 2", "an answer", "the case has 1 lines"),
        ("{error: anything}", "the case", "refused: saying 'anything'", "it was read"),
    ],
)
def test_what_is_expected_wrongly_fails_and_shows_both(tmp_path, engine, expect, what, expected, got):  # noqa: PLR0917
    (result,) = results(tmp_path, engine, case(expect, DENIED))
    assert not result.ok
    shown = {row.what: row for row in result.failed}
    assert set(shown) == {what}
    assert shown[what].expected == expected
    assert got is None or shown[what].got == got


def test_a_case_is_refused_at_the_line_of_the_value_whoever_wrote_it(tmp_path, engine):
    text = case("{error: {path: 'lines[0].units', says: above zero, id: INP-VALUE}}", "lines: [{units: 0}]")
    text += case("{coded: covered}", "lines: [{units: two}]", "B")
    text += case("{error: {path: received, says: day}}", "as of: soon", "C")
    refused, unexpected, day = results(tmp_path, engine, text)
    assert refused.ok
    assert day.ok
    ((what, expected, got),) = failed(unexpected)
    assert (what, expected) == ("the case", "an answer")
    line = text.splitlines().index("    lines: [{units: two}]") + len(
        (tmp_path / "cases.yaml").read_text().split("cases:\n")[0].splitlines()
    )
    assert f"cases.yaml:{line + 2}: lines[0].units" in got


def test_a_mistake_in_a_base_is_told_where_the_base_has_it(tmp_path, engine):
    file = written(tmp_path, case("{coded: covered}"))
    file.write_text(file.read_text().replace("units: 1", "units: many"))
    (result,) = run(read([file]).cases, Bench(engine, faces))
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if "units: many" in text)
    assert f"cases.yaml:{line}:" in result.failed[0].got


def test_raw_text_is_read_as_any_input_is(tmp_path, engine):
    text = '  - {id: A, says: x, text: \'{"a": 1, "a": 2}\', expect: {error: {id: INP-JSON-TWICE, path: a}}}\n'
    text += '  - {id: B, says: x, text: \'{"lines": [{"procedure": "97026"}]}\', expect: {coded: indeterminate}}\n'
    assert [result.ok for result in results(tmp_path, engine, text)] == [True, True]


# what a case is made of ----------------------------------------------------------------------------------------------


def procedures(result):
    return [(answer.line.procedure, answer.line.modifiers, answer.line.units) for answer in result.answers]


def test_lines_are_laid_over_each_other_by_position(tmp_path, engine):
    second = "{procedure: 97110, service: 2026-03-10, modifiers: [GP], units: 2}"
    text = case("{coded: covered}", f"lines: [{{units: 3}}, {second}]")
    text += case("{coded: covered}", "lines: [{}, {units: 4}]", "B").replace("CLAIM", "A")
    text += case("{coded: covered}", "lines: [null]", "C").replace("CLAIM", "A")
    first, second, third = results(tmp_path, engine, text)
    assert procedures(first) == [("97026", ("GP",), "3"), ("97110", ("GP",), "2")]
    assert procedures(second) == [("97026", ("GP",), "3"), ("97110", ("GP",), "4")]
    assert procedures(third) == [("97110", ("GP",), "2")]


def test_null_is_unknown_and_a_word_in_marks_is_a_word(tmp_path, engine):
    text = case("{coded: covered}", "diagnoses: null") + case("{error: field}", 'frequency: "null"', "B")
    unknown, word = results(tmp_path, engine, text)
    assert any("diagnoses" in words for words in unknown.answers[0].not_looked_at)
    assert word.problems


def test_a_fact_is_changed_under_any_of_its_names(tmp_path, engine):
    text = case("{documented: nationally noncovered}", "facts: {intent: wound}")
    text += case("{documented: nationally noncovered}", "facts: {treatment_intent: msk adjunct}", "B").replace(
        "CLAIM", "A"
    )
    first, second = results(tmp_path, engine, text)
    assert first.ok
    assert second.written["facts"]["treatment intent"] == "msk adjunct"
    assert "intent" not in second.written["facts"]
    assert not second.ok


def test_the_day_of_receipt_is_the_cases_as_of_and_a_later_service_is_refused(tmp_path, engine):
    text = case("{error: {path: 'lines[0].service', says: 2026-03-09}}", "as of: 2026-03-09")
    text += case("{coded: nothing met}", "as of: 2026-03-10", "B")
    refused, same_day = results(tmp_path, engine, text)
    assert refused.ok
    assert same_day.written["received"] == "2026-03-10"
    assert same_day.answers


def test_a_fact_that_nobody_understands_fails_the_case(tmp_path, engine):
    (result,) = results(tmp_path, engine, case("{documented: indeterminate}", "facts: {mood: good}"))
    assert [what for what, _, _ in failed(result)] == ["facts"]
    assert "mood" in failed(result)[0][2]


# tables --------------------------------------------------------------------------------------------------------------

PAIR = "lines: [{}, {procedure: %s, service: 2026-03-10, modifiers: [GP], units: 1}]"


def test_rows_of_a_file_replace_the_real_table_and_never_join_it(tmp_path, engine):
    text = case("{coded: bundled, findings: CLM-NCCI}", PAIR % "97110")
    text += case("{coded: nothing met, findings: {has not: [CLM-NCCI]}}", PAIR % "97024", "B")
    text += case("{coded: bundled}", PAIR % "97024" + "\ntables: {pairs: shipped}", "C")
    text += case("{coded: nothing met}", PAIR % "97110" + "\ntables: {pairs: []}", "D")
    silent = "{coded: {silences: edit status unknown}, not run: pair edits}"
    text += case(silent, PAIR % "97110" + "\ntables: {pairs: none}", "E")
    text += case(silent, PAIR % "97024" + "\ntables: {pairs: {covers: 2027-01-01 .., rows: []}}", "F")
    for result in results(tmp_path, engine, text):
        assert failed(result) == []


def test_limits_of_units_are_replaced_in_the_same_way(tmp_path, engine):
    limit = "\ntables: {mue: [{code: 97026, value: %d, indicator: 3}]}"
    text = case("{findings: CLM-MUE}", "lines: [{units: 3}]" + limit % 2)
    text += case("{findings: {has not: [CLM-MUE]}}", "lines: [{units: 3}]" + limit % 3, "B")
    assert [failed(result) for result in results(tmp_path, engine, text)] == [[], []]


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ("[{column1: 97024, column2: 97026, indicator: 7}]", "{id: REF-ROW, path: row 1, says: indicator}"),
        ("[{column1: 97024, column2: 97026, indicator: 1, from: soon}]", "{id: REF-ROW, path: row 1, says: date}"),
        ("{covers: always, rows: []}", "{id: REF-COVERS, says: span}"),
    ],
)
def test_a_table_that_cannot_be_trusted_keeps_its_cases_from_being_run(tmp_path, engine, rows, error):
    text = case(f"{{error: {error}}}", f"tables: {{pairs: {rows}}}") + case("{coded: nothing met}", "", "B")
    bad, good = results(tmp_path, engine, text)
    assert failed(bad) == []
    assert good.ok


# strangers -----------------------------------------------------------------------------------------------------------


def test_cases_never_share_a_visit_whoever_they_name(tmp_path, engine):
    """Both cases name the same patient, provider and day, and bill the two codes of an edit."""
    text = case("{coded: nothing met}") + case("{coded: nothing met}", "lines: [{procedure: 97110}]", "B")
    text += case("{coded: bundled}", PAIR % "97110", "C")
    assert [failed(result) for result in results(tmp_path, engine, text)] == [[], [], []]


def test_a_placeholder_stays_unknown(tmp_path, engine):
    fields = PAIR % "97110" + "\npatient: {member_id: UNKNOWN}\ntables: {pairs: []}"
    open_, known = results(
        tmp_path,
        engine,
        case("{coded: {silences: edit status unknown}}", fields)
        + case("{coded: {silences: none}}", fields.replace("UNKNOWN", "null"), "B"),
    )
    assert [check.ran for check in known.answers[0].checks if check.name == "pair edits"] == [True]
    assert open_.answers[0].coded != known.answers[0].coded or open_.answers[0].checks != known.answers[0].checks


# questions -----------------------------------------------------------------------------------------------------------


def test_a_question_that_comes_after_others_is_found(tmp_path, engine):
    text = case("{documented: {next question: treatment intent, never asks: supervision}}")
    text += case("{documented: {never asks: [supervision, treatment intent]}}", DENIED, "B")
    asks, never = results(tmp_path, engine, text)
    assert failed(asks) == [
        ("as documented: never asks", "supervision documented", "asks supervision documented"),
    ]
    assert never.ok


# beside the claim ----------------------------------------------------------------------------------------------------


LINE = "procedure: 97026, modifiers: GP, units: 1"


def visits(*days):
    """Earlier visits of a patient whose member id nobody wrote down: that of the claim."""
    return "history: [" + ", ".join(f"{{service_from: 2026-03-{day:02}, {LINE}}}" for day in days) + "]"


def test_records_beside_a_claim_change_what_it_is_told(tmp_path, engine):
    text = case("{findings: {has: AUD-MODONLY}}", visits(2, 4, 6, 9))
    text += case("{findings: {has not: [AUD-MODONLY]}}", visits(4, 6, 9), "B")
    text += case("{findings: {has not: [AUD-MODONLY]}}", "", "C")
    assert [failed(result) for result in results(tmp_path, engine, text)] == [[], [], []]


def test_a_record_that_cannot_be_read_is_named_as_in_a_file(tmp_path, engine):
    unread = "history: [{service_from: soon, procedure: 97026}]"
    text = case("{problems: none}", unread) + case("{error: {id: INP-DATE, says: service from}}", unread, "B")
    refused, expected = results(tmp_path, engine, text)
    assert "service_from" in failed(refused)[0][2]
    assert failed(expected) == []


def test_records_reach_their_reader_as_they_are_written_and_nobody_elses_lines_meet_them(tmp_path, engine):
    def records(engine, beside, member):
        (record,) = beside["history"]
        if record["purpose"] is None:
            return engine.determine, (Problem("HIS-EMPTY", "nothing is written", "write it"),)

        def determine(lines):
            said = {**orjson.loads(lines["stated"][0]), "treatment intent": record["purpose"]}
            assert set(lines["member_id"]) == {member}
            return engine.determine(lines.with_columns(pl.lit(orjson.dumps(said).decode()).alias("stated")))

        return determine, ()

    text = case("{documented: nationally noncovered}", "history: [{purpose: wound}]")
    text += case("{error: {id: HIS-EMPTY}}", "history: [{purpose: null}]", "B")
    text += case("{documented: indeterminate}", "", "C")
    text += case("{documented: {never asks: treatment intent}}", "history: [{purpose: wound}]", "D")
    assert [failed(result) for result in results(tmp_path, engine, text, records=records)] == [[], [], [], []]


SHOWN = """\
facts:
  {treatment intent: msk adjunct, plan of care exists: yes, plan lists modality: yes, improvement potential: yes,
  comfort only: no, rationale documented: yes, region documented: yes, response documented: yes, certification: yes}
tables: {pairs: []}
"""


def test_settings_of_the_practice_stand_before_what_was_shipped(tmp_path, engine):
    site = "site: {presume: {medicare-part-b: {%s}}}"
    text = case("{documented: 'needs documentation, presumptive'}", SHOWN)
    text += case("{documented: 'covered conditional, presumptive'}", SHOWN + site % "supervision documented: yes", "B")
    text += case("{error: {id: CASE-SITE, says: supervison}}", site % "supervison documented: yes", "C")
    text += case("{error: {id: CASE-SITE, says: presume}}", "site: {presumes: {}}", "D")
    assert [failed(result) for result in results(tmp_path, engine, text)] == [[], [], [], []]


# proof ---------------------------------------------------------------------------------------------------------------


def test_a_case_proves_a_clause_when_it_fails_without_it(tmp_path, engine):
    text = case("{documented: nationally noncovered}", DENIED) + case(
        "{findings: CLM-UNITS}", "lines: [{units: 2}]", "B"
    )
    cases = read([written(tmp_path, text)]).cases
    bench = Bench(engine, faces)
    assert [result.ok for result in run(cases, bench)] == [True, True]
    assert [result.ok for result in run_without(cases, bench, ["NCD-270.6 NC"])] == [False, True]
    assert [result.ok for result in run_without(cases, bench, ["MEDICARE-SUPERVISED-UNITS ONE"])] == [True, False]
    assert [result.ok for result in run(cases, bench)] == [True, True]


def test_the_answers_of_a_run_do_not_depend_on_the_company(tmp_path, engine):
    cases = read([written(tmp_path, case("{coded: nothing met}") + case("{coded: covered}", DENIED, "B"))]).cases
    bench = Bench(engine, faces)
    together = run(cases, bench)
    alone = [run([one], bench)[0] for one in cases]
    assert [result.rows for result in together] == [result.rows for result in alone]


def test_progress_hears_of_every_case(tmp_path, engine):
    text = case("{coded: nothing met}") + case("{coded: nothing met}", "tables: {pairs: none}", "B")
    heard = []
    run(read([written(tmp_path, text)]).cases, Bench(engine, faces), progress=heard.append)
    assert heard == [1, 2]


def test_the_example_of_the_page_comes_out_as_the_page_says(tmp_path, engine):
    file = tmp_path / "knee.yaml"
    file.write_text(PAGE.read_text("utf-8").split("```yaml\n")[1].split("```")[0], "utf-8")
    found = run(read([file]).cases, Bench(engine, faces))
    assert [failed(result) for result in found] == [[]] * len(found)
    things = sum(len(result.rows) for result in found)
    assert f"{len(found)} cases, {things} things expected: all came out" in PAGE.read_text("utf-8")

"""What no clause can decide and the shape of policies and engine keeps: statements.csv names these tests."""

import re
import shutil
from itertools import product
from pathlib import Path

import pytest

from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.lines.answers import Channel, Outcome, Silence
from claimwright.lines.case import Case, lines_of
from claimwright.policies.reading import read_folder
from claimwright.reference import releases

POLICIES = Path(__file__).parents[2] / "policies"
HCSC, UNITS = "HCSC-DME101.045", "MEDICARE-SUPERVISED-UNITS"
IN_CLINIC = {"furnished by": "PT", "device": "ir lamp", "setting of use": "clinic", "purposes recorded": "one"}
COVERS = {Outcome.COVERED, Outcome.COVERED_CONDITIONAL}


def decided(engine, *, program="commercial", key=None, facts=None, diagnoses=("M17.11",), **line):
    claim = {
        "form": "professional",
        "patient": {"member_id": "1AB2CD3EF45", "first": "PAT", "birth_date": "1950-05-05"},
        "provider": {"npi": "1234567893", "state": "OH"},
        "payer": {"program": program, "key": key},
        "diagnoses": list(diagnoses),
        "facts": facts or {},
        "whole_day": True,
        "lines": [{"procedure": "97026", "service": "2026-03-10", "units": 1, "pointers": [1], "place": "11", **line}],
    }
    return next(iter(explain(engine.determine(lines_of(Case.model_validate(claim), file="case")))))


@pytest.mark.parametrize("diagnosis", ["M17.11", "E11.42"])
def test_on_a_medicare_line_the_national_decision_comes_first(answers, diagnosis):
    for facts in ({}, {"treatment intent": "neuropathy"}, {"treatment intent": "msk adjunct"}):
        line = answers(diagnoses=[diagnosis], facts=facts)[0]
        assert (line.checks[0].name, line.checks[0].ran) == ("national coverage determination", True)
    denied = answers(diagnoses=[diagnosis], facts={**IN_CLINIC, "treatment intent": "neuropathy"})[0]
    assert denied.documented.outcome is Outcome.NATIONALLY_NONCOVERED
    assert denied.citations[0].policy == "NCD-270.6"


@pytest.mark.parametrize("procedure", ["97110", "99213", "97014"])
def test_every_line_is_decided_whatever_its_code(answers, procedure):
    line = answers(diagnoses=["E11.42"], lines=[{"procedure": procedure, "units": 3}])[0]
    assert line.coded.outcome is Outcome.NOTHING_MET
    assert procedure != "99213" or Silence.NO_DETERMINATION in {silence.name for silence in line.documented.silences}
    assert [citation.policy for citation in line.citations if citation.policy == "NCD-270.6"] == []
    assert any(check.name == "pair edits" and check.ran for check in line.checks)


def test_nobody_says_that_the_evidence_was_insufficient(answers):
    """The decision says that the evidence was sufficient, and against the devices."""
    documents = [file for file in POLICIES.rglob("*") if file.suffix in {".md", ".yaml", ".csv"}]
    texts = [file.read_text("utf-8") for file in documents if file.name != "statements.csv"]
    for intent in ("neuropathy", "wound", "ulcer", "pain from ncd condition"):
        line = answers(diagnoses=["E11.42"], facts={"treatment intent": intent})[0]
        texts += [repr(line), *(citation.quote for citation in line.citations)]
    said = " ".join(texts).lower()
    assert "sufficient evidence to conclude" in said
    assert not re.search(r"\binsufficient (evidence|for medicare)|evidence (is|was) insufficient", said)


def test_the_national_decision_outranks_all_but_the_statute(library):
    program = library.programs["medicare-part-b"]
    assert program.ranks[: program.rank("NCD")] == (("statute",),)
    for kind in ("LCD", "article", "manual", "coding", "edit"):
        assert program.rank("NCD") < program.rank(kind)
    assert "NCD" in program.must_have


@pytest.mark.parametrize("key", ["hcsc", "aetna", None])
def test_no_commercial_line_is_covered_before_a_source_says_so(engine, key):
    record = {"supervision documented": True, "rationale documented": True, "response documented": True}
    for intent, day in product(("msk adjunct", "neuropathy", None), ("2020-01-06", "2026-03-10")):
        facts = {**record, "region documented": True, **({"treatment intent": intent} if intent else {})}
        line = decided(engine, key=key, facts=facts, service=day)
        assert not {line.coded.outcome, line.documented.outcome} & COVERS


def test_a_payer_counts_units_its_own_way_where_its_rule_is_loaded(engine, tmp_path):
    """Medicare's rule binds no other payer; one of the payer's own does, and has to say where it can be read."""
    clauses = {f.clause for f in decided(engine, key="aetna", units=2).findings if f.id == "CLM-UNITS"}
    assert clauses == {"PAYER-UNITS ONE"}  # what the code means, until the payer says otherwise
    desk = Path(shutil.copytree(POLICIES, tmp_path / "policies"))
    own = Path(shutil.copytree(desk / "medicare/therapy-billing/supervised-modality-units", desk / "aetna-units"))
    text = (own / "policy.md").read_text("utf-8").replace(f"id: {UNITS}", "id: AETNA-UNITS")
    text = re.sub("^applies to: .*$", "applies to: {programs: [commercial], payers: [aetna]}", text, flags=re.MULTILINE)
    text = text.replace("instrument: manual", "instrument: coding").replace("more than 1\n", "more than 2\n")
    (own / "policy.md").write_text(text, "utf-8")
    loaded = Engine(read_folder(desk).library, releases.load())
    told = {units: decided(loaded, key="aetna", units=units) for units in (2, 3)}
    assert not any(f.id == "CLM-UNITS" for f in told[2].findings)
    assert [f.clause for f in told[3].findings if f.id == "CLM-UNITS"] == ["AETNA-UNITS ONE"]
    assert "AETNA-UNITS" in {citation.policy for citation in told[3].citations}

    (own / "policy.md").write_text(re.sub(r"^source: .*\n", "", text, flags=re.MULTILINE), "utf-8")
    unsourced = read_folder(desk)
    assert unsourced.library.policy("AETNA-UNITS") is None
    assert any("source" in complaint.message for complaint in unsourced.complaints)


def test_no_advice_names_a_diagnosis_to_bill(library):
    """What would change an answer is the truth; no code is offered because it would pay."""
    code = re.compile(r"\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b|\b\d{3}\.\d{1,2}\b|\{(pointed|claim) diagnoses")
    advice = [
        (clause.name, text)
        for policy in library.policies
        for clause in policy.clauses
        for text in (clause.would_change, clause.ask)
        if text
    ]
    assert advice
    assert [told for told in advice if code.search(told[1])] == []


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("2007-02-01", "Skin Contact Monochromatic Infrared Energy (MIRE) Devices"),
        ("2014-02-28", "Skin Contact Monochromatic Infrared Energy (MIRE) Devices"),
        ("2014-03-01", "as a Technique to Treat Cutaneous Ulcers"),
        ("2015-05-14", "as a Technique to Treat Cutaneous Ulcers"),
        ("2015-05-15", "Skin Contact Monochromatic Infrared Energy (MIRE)"),
        ("2025-09-30", "Skin Contact Monochromatic Infrared Energy (MIRE)"),
        ("2025-10-01", "Infrared Therapy Devices"),
    ],
)
def test_hcsc_s_title_is_the_one_of_the_day(engine, day, title):
    line = decided(engine, key="hcsc", service=day)
    (shown,) = {citation.title for citation in line.citations if citation.policy == HCSC}
    assert shown == title or (title.startswith("as") and title in shown)


def test_only_the_written_position_of_hcsc_decides(library):
    policy = library.policy(HCSC)
    text = (POLICIES / policy.path / "policy.md").read_text("utf-8").splitlines()
    for clause in policy.clauses:
        if clause.channel is Channel.COVERAGE:
            heading = next(line for line in reversed(text[: clause.line]) if line.startswith("#"))
            assert heading in {"## The written position", "## The version before"}

"""What people state beside what files and claims carry: filled in, narrowed, disputed, never overwritten."""

import pytest

from claimwright.determine import stated
from claimwright.lines.answers import Finality, Outcome

SKILLED = {
    "intent": "MSK_adjunct",
    "poc.exists": True,
    "poc.lists_modality": True,
    "improvement potential": True,
    "comfort only": False,
    "supervision": True,
    "rationale": True,
    "region": True,
    "response": True,
    "furnished by": "PT",
    "setting": "clinic supervised",
    "device": "lamp",
    "contractor position": "no policy",
}


def ids(answer):
    return {finding.id for finding in answer.findings}


def test_words_are_read_whatever_their_case_dots_and_underscores(answers):
    line = answers(facts={**SKILLED, "certification": True}, lines=[{}, {"procedure": "97110"}])[0]
    assert line.documented.outcome is Outcome.COVERED_CONDITIONAL


def test_two_statements_that_exclude_each_other_block_and_leave_the_fact_unknown(answers):
    said = [{"value": "msk adjunct", "source": "chart"}, {"value": "neuropathy", "source": "person"}]
    line = answers(facts={**SKILLED, "intent": said}, lines=[{}, {"procedure": "97110"}])[0]
    assert line.documented.outcome is Outcome.INDETERMINATE
    conflict = next(finding for finding in line.findings if finding.id == "DOC-INTENT-CONFLICT")
    assert conflict.severity == "BLOCK"
    assert line.to_fix
    assert line.documented.next_question.fact == "treatment intent"


def test_a_purpose_that_is_one_of_two_keeps_both_outcomes_in_reach(answers):
    said = {"either": ["msk adjunct", "neuropathy"]}
    line = answers(facts={**SKILLED, "intent": said, "certification": True}, lines=[{}, {"procedure": "97110"}])[0]
    assert line.documented.finality is Finality.INDETERMINATE
    assert set(line.documented.reachable) >= {Outcome.NATIONALLY_NONCOVERED, Outcome.COVERED_CONDITIONAL}


@pytest.mark.parametrize(
    ("signed", "over", "outcome"), [(True, False, "COVERED_CONDITIONAL"), (True, True, "NEEDS_DOCUMENTATION")]
)
def test_a_certification_is_made_of_its_parts(answers, signed, over, outcome):
    facts = {
        **SKILLED,
        "plan signed": signed,
        "certified period over": over,
        "order on file": False,
        "days since first treatment": 60,
    }
    line = answers(facts=facts, lines=[{}, {"procedure": "97110"}])[0]
    assert line.documented.outcome == outcome


@pytest.mark.parametrize(
    ("service", "sent", "outcome"),
    [
        ("2024-12-31", 2, "NEEDS_DOCUMENTATION"),
        ("2025-01-02", 2, "COVERED_CONDITIONAL"),
        ("2025-01-02", 30, "COVERED_CONDITIONAL"),
        ("2025-01-02", 31, "NEEDS_DOCUMENTATION"),
    ],
)
def test_from_2025_an_order_and_a_plan_sent_in_time_certify(answers, service, sent, outcome):
    facts = {
        **SKILLED,
        "plan signed": False,
        "order on file": True,
        "days to sending": sent,
        "days since first treatment": 57,
    }
    line = answers(facts=facts, lines=[{"service": service}, {"procedure": "97110", "service": service}])[0]
    assert line.documented.outcome == outcome


def test_a_fact_that_is_made_of_others_is_refused_with_their_names(engine):
    said = stated.read('{"skilled plan of care": true}', engine.plan)
    assert "plan of care exists" in said.misread[0]


def test_a_whole_that_disagrees_with_its_parts_is_a_dispute(answers):
    parts = {"plan signed": True, "certified period over": False}
    line = answers(facts={**SKILLED, **parts, "certification": False}, lines=[{}, {"procedure": "97110"}])[0]
    assert "DOC-CONFLICT" in ids(line)
    assert set(line.documented.reachable) >= {Outcome.NEEDS_DOCUMENTATION, Outcome.COVERED_CONDITIONAL}

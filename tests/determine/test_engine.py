"""Invariants of the engine, on generated claims: order, batches, unknown facts and what is never said."""

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimwright.determine.explain import explain
from claimwright.lines.answers import Outcome
from claimwright.lines.case import Case, lines_of

SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

codes = st.sampled_from(
    ["97026", "97024", "97018", "97022", "97110", "97140", "97161", "97164", "97150", "97012", "E0221"]
)
modifiers = st.lists(st.sampled_from(["GP", "GO", "59", "XS", "KX", "GA", "GZ"]), max_size=3, unique=True)
diagnoses = st.lists(
    st.sampled_from(["E11.42", "M17.11", "G60.9", "L97.411", "E11.9", "M54.16", "G56.01"]),
    min_size=1,
    max_size=4,
    unique=True,
)
payers = st.sampled_from(
    [
        {"program": "medicare-part-b", "key": "medicare", "contractor": "cgs-j15"},
        {"program": "commercial", "key": "hcsc"},
        {"program": "commercial", "key": "aetna"},
        {"program": "workers-comp"},
    ]
)
days = st.sampled_from(
    ["2006-10-24", "2015-10-01", "2019-06-30", "2019-07-01", "2024-08-01", "2025-10-01", "2026-03-10"]
)
INTENT = st.sampled_from(["msk adjunct", "neuropathy", "wound", "ulcer", "pain from ncd condition", "other"])
YES_NO = st.booleans()
FACTS = {
    "treatment intent": INTENT,
    "supervision documented": YES_NO,
    "rationale documented": YES_NO,
    "region documented": YES_NO,
    "response documented": YES_NO,
    "plan of care exists": YES_NO,
    "plan lists modality": YES_NO,
    "improvement potential": YES_NO,
    "comfort only": YES_NO,
    "plan certified": YES_NO,
    "distinct documented": YES_NO,
    "contract position": st.sampled_from(["silent", "covers", "excludes"]),
    "regulating state": st.sampled_from(["Illinois", "another state"]),
    "funding": st.sampled_from(["fully insured", "self-funded"]),
}
facts = st.fixed_dictionaries({}, optional=FACTS)


@st.composite
def claims(draw, number=1):
    dx = draw(diagnoses)
    return {
        "claim": f"C{number}",
        "form": draw(st.sampled_from(["professional", "institutional"])),
        "patient": {"member_id": f"1AB2CD3EF{number}", "first": "PAT", "birth_date": "1950-05-05"},
        "provider": {"npi": "1234567893"},
        "payer": draw(payers),
        "diagnoses": dx,
        "whole_day": True,
        "facts": draw(facts),
        "lines": [
            {
                "procedure": draw(codes),
                "service": day,
                "modifiers": draw(modifiers),
                "units": draw(st.integers(1, 3)),
                "pointers": draw(st.lists(st.sampled_from(list(range(1, len(dx) + 1))), max_size=4, unique=True)),
            }
            for day in [draw(days)]
            for _ in range(draw(st.integers(1, 4)))
        ],
    }


def frame(case, index=1):
    return lines_of(Case.model_validate(case), claim_index=index)


def answered(engine, lines):
    return list(explain(engine.determine(lines)))


def told(answer):
    """What an answer says, apart from where the line stands, and from patterns over all claims of a provider."""
    return (
        answer.coded,
        answer.documented,
        sorted((f.id, f.clause, f.because, f.severity, f.views) for f in answer.findings if f.channel != "audit"),
        answer.checks,
    )


@given(case=claims())
@SETTINGS
def test_the_order_of_lines_never_changes_an_outcome(engine, case):
    lines = frame(case)
    forward = answered(engine, lines)
    backward = answered(engine, lines.reverse())[::-1]
    assert [(a.coded.outcome, a.documented.outcome) for a in forward] == [
        (a.coded.outcome, a.documented.outcome) for a in backward
    ]


@given(
    cases=st.lists(st.integers(1, 9), min_size=2, max_size=4, unique=True).flatmap(
        lambda numbers: st.tuples(*(claims(number=number) for number in numbers))
    )
)
@SETTINGS
def test_a_claim_alone_is_answered_as_it_is_among_others(engine, cases):
    frames = [frame(case, index) for index, case in enumerate(cases, start=1)]
    together = answered(engine, pl.concat(frames))
    alone = [answer for one in frames for answer in answered(engine, one)]
    assert [told(answer) for answer in together] == [told(answer) for answer in alone]


@given(case=claims())
@SETTINGS
def test_the_same_input_gives_the_same_answer_to_the_letter(engine, case):
    lines = frame(case)
    assert answered(engine, lines) == answered(engine, lines)


@given(case=claims())
@SETTINGS
def test_every_finding_cites_and_nothing_unknown_is_shown_as_clean(engine, case):
    for answer in answered(engine, frame(case)):
        for finding in answer.findings:
            assert finding.citation.quote or finding.citation.our_reading
            assert finding.citation.authority
        if answer.coded.outcome is Outcome.INDETERMINATE:
            assert answer.coded.silences or answer.coded.clause or len(answer.coded.reachable) > 1

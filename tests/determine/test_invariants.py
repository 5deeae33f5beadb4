"""What must hold of every answer, whatever the case: each property over thousands of generated cases.

`make test` takes a few hundred cases a property, `make nightly` some ten thousand.
"""

import random
import re
from dataclasses import replace
from datetime import date

import pytest
from generated_cases import (
    INTENT,
    NCD_INTENT,
    answered,
    but,
    decided,
    some,
    statable,
    told_of,
)

from claimwright.determine.engine import Engine
from claimwright.lines.answers import Finality, Outcome
from claimwright.reference import releases
from claimwright.report.as_json import line_record

MEDICARE = ("medicare-part-b", "medicare", None)
HUNDREDS, THOUSANDS = 250, 11_000
pytestmark = pytest.mark.parametrize(
    "many", [HUNDREDS, pytest.param(THOUSANDS, marks=pytest.mark.nightly)], ids=["hundreds", "thousands"]
)
SINCE_NCD = [date(2006, 10, 24), date(2015, 10, 1), date(2024, 8, 1), date(2026, 3, 10)]


def outcomes(combinations):
    return [(one.coded.answer.outcome, one.documented.answer.outcome) for one in combinations]


def without(library, *policies):
    return replace(library, policies=tuple(policy for policy in library.policies if policy.id not in policies))


def at_random(cases, seed, change):
    """Each case changed by a function of itself and of its own chance."""
    chance = random.Random(seed)
    return [change(case, chance) for case in cases]


def test_nothing_added_lifts_a_national_decision(engine, library, many):
    """With the purpose fixed, no document, modifier, authorization or unit changes it."""
    facts = statable(library)
    kept = {"treatment intent", "purposes recorded", "furnished by", "setting of use", "device", "student directed"}
    chance = random.Random(101)
    cases = [
        but(
            case,
            told={
                "treatment intent": chance.choice(NCD_INTENT),
                "furnished by": "PT",
                "setting of use": "clinic",
                "device": "ir lamp",
            },
        )
        for day in SINCE_NCD
        for case in some(library, 100 + day.year, many // 4, payer=MEDICARE, day=day, procedure="97026")
    ]
    for one in decided(engine, cases):
        assert one.documented.answer.outcome is Outcome.NATIONALLY_NONCOVERED

    def more(case, luck):
        added = {
            name: luck.choice(values) for name, values in facts.items() if name not in kept and luck.random() < 0.5
        }
        modifiers = luck.sample(["GP", "KX", "59", "XS", "GA", "76", "RT"], 3)
        fields = {f"modifier_{place}": code for place, code in enumerate(modifiers, start=1)}
        return but(case, told={**added, **told_of(case)}, prior_auth="PA1", **fields)

    for one in decided(engine, at_random(cases, 102, more)):
        assert one.documented.answer.outcome is Outcome.NATIONALLY_NONCOVERED


def test_the_order_of_diagnoses_and_lines_changes_nothing(engine, library, many):
    cases = some(library, 200, many)

    def shuffled(case, luck):
        names = [name for name in case[0] if name.startswith("dx_") and name != "dx_system" and case[0][name]]
        codes = [case[0][name] for name in names]
        luck.shuffle(codes)
        return [{**record, **dict(zip(names, codes, strict=True))} for record in case]

    assert outcomes(decided(engine, cases)) == outcomes(decided(engine, at_random(cases, 201, shuffled)))


def test_forgetting_a_fact_never_loses_the_outcome_it_led_to(engine, library, many):
    cases = [case for case in some(library, 300, many) if told_of(case)]

    def less(case, luck):
        told = told_of(case)
        told.pop(luck.choice(sorted(told)))
        return but(case, told=told)

    forgotten = at_random(cases, 301, less)
    for case, known, unknown in zip(cases, decided(engine, cases), decided(engine, forgotten), strict=True):
        before, after = known.documented.answer, unknown.documented.answer
        if "treatment intent" in known.asked.stated.conflicts:
            continue
        assert set(before.reachable) <= set(after.reachable), case
        if before.finality is Finality.FINAL and after.finality is Finality.FINAL:
            assert before.outcome is after.outcome, case
        assert known.coded.answer == unknown.coded.answer, case  # the claim alone never knew it


def test_answering_a_question_never_adds_an_outcome_and_every_question_separates(engine, library, many):
    for case, one in zip(cases := some(library, 400, many), decided(engine, cases), strict=True):
        answer = one.documented.answer
        if answer.next_question is None:
            continue
        led = [frozenset(outcomes_) for _, outcomes_ in answer.next_question.answers]
        assert len(set(led)) > 1, case
        assert all(reached <= {outcome.value for outcome in answer.reachable} for reached in led), case


def test_the_outcome_depends_on_the_day_of_service_and_not_on_that_of_receipt(engine, library, many):
    cases = some(library, 500, many)
    later = [[{**record, "received": date(2026, 11, 1)} for record in case] for case in cases]
    assert outcomes(decided(engine, cases)) == outcomes(decided(engine, later))


def test_lists_of_codes_in_a_payers_policy_have_no_effect(engine, library, many):
    hcsc = library.policy("HCSC-DME101.045")
    assert hcsc.codes == ()  # what it lists is prose; its rule reads what was furnished
    cases = some(library, 700, many, payer=("commercial", "hcsc", None), day=date(2025, 11, 2), procedure="97026")
    for one in decided(engine, cases):
        assert one.coded.answer.outcome in {Outcome.NOT_MEDICALLY_NECESSARY, Outcome.CODING_ERROR}


def test_no_advice_makes_more_than_one_unit_of_infrared(engine, library, many):
    for answer in answered(engine, some(library, 800, many, procedure="97026")):
        for finding in answer.findings:
            if finding.id in {"CLM-UNITS", "CLM-8MIN", "CLM-MUE"}:
                assert not re.search(r"\b([2-9]|two|three) units of 97026", finding.would_change)
        if float(answer.line.units) > 1 and answer.line.program == "medicare-part-b":
            assert {"CLM-UNITS"} & {finding.id for finding in answer.findings}


def test_minutes_of_infrared_never_change_timed_units(engine, library, many):
    chance = random.Random(900)

    def timed(minutes_of_infrared):
        return [
            [
                {**case[0], "stated": f'{{"minutes": {minutes_of_infrared(chance)}}}'},
                {**case[0], "line": 2, "procedure": "97110", "units": 2, "stated": '{"minutes": 22}'},
            ]
            for case in some(library, 901, many, payer=MEDICARE, day=date(2026, 3, 10), procedure="97026")
        ]

    def said(cases):
        return [
            sorted((f.id, f.because) for f in answer.findings if f.id == "CLM-8MIN" and "97026" not in f.because)
            for answer in answered(engine, cases)
        ]

    assert said(timed(lambda _: 0)) == said(timed(lambda luck: luck.randint(1, 60)))


def test_no_answer_promises_payment_or_lists_what_pays(engine, library, many):
    for answer in answered(engine, some(library, 1000, many)):
        assert not re.search(r"guarantee|will be paid|payable|sure to pay", str(answer).lower())


def test_every_finding_cites(engine, library, many):
    for answer in answered(engine, some(library, 1100, many)):
        for finding in answer.findings:
            assert finding.citation.quote or finding.citation.our_reading
            assert finding.citation.authority
            assert finding.citation.source


def test_a_comorbid_diagnosis_alone_never_makes_a_national_denial_as_documented(engine, library, many):
    cases = some(library, 1200, many)
    for intent in ("msk adjunct", None):
        changed = [
            but(
                case,
                told={
                    **{k: v for k, v in told_of(case).items() if k not in {"treatment intent", "purposes recorded"}},
                    **({"treatment intent": intent} if intent else {}),
                },
            )
            for case in cases
        ]
        for one in decided(engine, changed):
            assert one.documented.answer.outcome is not Outcome.NATIONALLY_NONCOVERED


def test_edits_and_distinctness_do_not_depend_on_which_line_comes_first(engine, library, many):
    """A pair is looked up in both orders, and whether two services were distinct is the same from either side."""
    regions = ["lumbar", "sacroiliac", "knee_R", "knee_L", "shoulder_R", "neck"]
    chance = random.Random(1300)
    pairs = []
    for case in some(library, 1301, many, payer=MEDICARE, day=date(2024, 8, 1)):
        one, two = chance.sample(["97026", "97024", "97018", "97016", "97022"], 2)
        ones, twos = (
            {"regions": [chance.choice(regions)], "own purpose documented": True, "own response documented": True}
            for _ in "ab"
        )
        lines = [
            but(case[:1], procedure=one, told=ones)[0],
            but(case[:1], procedure=two, told=twos, line=2, modifier_1="59")[0],
        ]
        pairs.append(lines)
    forward, backward = decided(engine, pairs), decided(engine, [lines[::-1] for lines in pairs])
    swapped = decided(engine, [[lines[1], lines[0]] for lines in pairs])
    assert outcomes(backward) == outcomes(swapped)
    again = decided(engine, pairs)
    assert outcomes(forward) == outcomes(again)


def test_the_same_input_gives_the_same_bytes(engine, library, many):
    cases = some(library, 1500, many)
    fresh = Engine(library, releases.load())
    assert [line_record(one) for one in answered(engine, cases)] == [line_record(one) for one in answered(fresh, cases)]


def test_what_is_denied_or_disputed_makes_no_national_intent(engine, library, many):
    """A purpose said not to be so makes none, and one that is denied here and affirmed there is a question."""
    chance = random.Random(1600)
    base = some(library, 1601, many, payer=MEDICARE, day=date(2026, 3, 10), procedure="97026")
    denied = [but(case, told={"treatment intent": {"not": chance.choice(NCD_INTENT)}}) for case in base]
    for one in decided(engine, denied):
        assert one.documented.answer.outcome is not Outcome.NATIONALLY_NONCOVERED
    said = [{"value": "msk adjunct", "source": "chart"}, {"value": "neuropathy", "source": "chart"}]
    for answer in answered(engine, [but(case, told={"treatment intent": said}) for case in base]):
        assert answer.documented.outcome is not Outcome.NATIONALLY_NONCOVERED
        if answer.documented.outcome is Outcome.INDETERMINATE:
            assert "DOC-INTENT-CONFLICT" in {finding.id for finding in answer.findings}


def test_medicares_national_text_changes_no_commercial_outcome(library, engine, many):
    cases = [
        but(case, told={**told_of(case), "treatment intent": random.Random(number).choice(INTENT)})
        for number, case in enumerate(some(library, 1800, many, payer=("commercial", "hcsc", None)))
    ]
    bare = Engine(without(library, "NCD-270.6"), releases.load())
    assert outcomes(decided(engine, cases)) == outcomes(decided(bare, cases))


def test_contracts_mandates_and_payers_policies_change_no_medicare_outcome(library, engine, many):
    others = [policy.id for policy in library.policies if "medicare-part-b" not in policy.programs and policy.programs]
    bare = Engine(without(library, *others), releases.load())
    cases = some(library, 1900, many, payer=MEDICARE)
    assert outcomes(decided(engine, cases)) == outcomes(decided(bare, cases))

    def with_plan(case, luck):
        plan = {
            "contract position": luck.choice(["covers", "excludes"]),
            "regulating state": "Illinois",
            "child": True,
            "policy position": "covered",
        }
        return but(case, told={**told_of(case), **plan})

    assert outcomes(decided(engine, cases)) == outcomes(decided(engine, at_random(cases, 1901, with_plan)))

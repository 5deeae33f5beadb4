"""Worked cases: what a biller, a therapist or a compliance officer must be told."""

import pytest

from claimwright.lines.answers import Finality, Likelihood, Outcome, Silence

GIVEN = {
    "furnished by": "PT",
    "setting of use": "clinic",
    "device": "ir lamp",
    "contractor position": "no policy",
}
RECORDED = {
    "supervision documented": True,
    "rationale documented": True,
    "region documented": True,
    "response documented": True,
}
SKILLED = {
    **GIVEN,
    "treatment intent": "msk adjunct",
    "plan of care exists": True,
    "plan lists modality": True,
    "improvement potential": True,
    "comfort only": False,
    **RECORDED,
    "plan certified": True,
}
EXERCISE = {"procedure": "97110", "units": 2}


def ids(answer):
    return {finding.id for finding in answer.findings}


def predicted(view):
    return [str(code) for code in view.predicted]


def test_a_line_that_points_only_to_neuropathy_is_predicted_to_deny_and_the_record_is_asked_for(answers):
    line = answers(diagnoses=["E11.42"], lines=[{}, EXERCISE])[0]
    assert line.coded.outcome is Outcome.NATIONALLY_NONCOVERED
    assert line.coded.likelihood is Likelihood.LIKELY
    assert predicted(line.coded) == ["CO-50 N386"]
    assert "CLM-DX-NCD" in ids(line)
    assert line.documented.outcome is Outcome.INDETERMINATE
    assert Silence.DOCUMENTATION_NOT_SEEN in {silence.name for silence in line.documented.silences}
    assert line.documented.next_question.fact == "treatment intent"
    assert line.to_fix


def test_a_line_for_a_knee_meets_nothing_but_is_not_called_clean(answers):
    line = answers(diagnoses=["M17.11"], lines=[{}, EXERCISE])[0]
    assert line.coded.outcome is Outcome.NOTHING_MET
    assert not line.to_fix
    assert any(not check.ran for check in line.checks)


def test_neuropathy_beside_the_treated_shoulder_warns_and_does_not_deny(answers):
    line = answers(diagnoses=["M25.611", "I10", "E11.42"], lines=[{"pointers": [1]}, EXERCISE])[0]
    assert line.coded.outcome is Outcome.NOTHING_MET
    assert [f.severity for f in line.findings if f.id == "CLM-DX-NCD"] == ["WARN"]
    assert not line.to_fix


def test_some_pointers_named_blocks_without_deciding(answers):
    line = answers(diagnoses=["E11.42", "M17.11"], lines=[{}, EXERCISE])[0]
    assert line.coded.outcome is Outcome.NOTHING_MET
    assert [f.severity for f in line.findings if f.id == "CLM-DX-NCD"] == ["BLOCK"]


def test_ga_moves_liability_as_coded(answers):
    line = answers(diagnoses=["E11.42"], lines=[{"modifiers": ["GP", "GA"]}, EXERCISE])[0]
    assert predicted(line.coded) == ["PR-50 N386"]


def test_purpose_decides_as_documented_and_nothing_in_the_chart_lifts_it(answers):
    line = answers(facts={**SKILLED, "treatment intent": "neuropathy"}, lines=[{}, EXERCISE])[0]
    assert line.documented.outcome is Outcome.NATIONALLY_NONCOVERED
    assert line.documented.finality is Finality.FINAL
    assert predicted(line.documented) == ["CO-50 N386"]


def test_paid_though_indefensible_is_named(answers):
    line = answers(facts={"treatment intent": "wound"}, lines=[{}, EXERCISE])[0]
    assert line.coded.outcome is Outcome.NOTHING_MET
    assert line.difference == "paid though indefensible"


def test_a_skilled_supervised_adjunct_is_covered_with_conditions(answers):
    line = answers(facts=SKILLED, lines=[{}, EXERCISE])[0]
    assert line.documented.outcome is Outcome.COVERED_CONDITIONAL
    assert line.coded.outcome is Outcome.NOTHING_MET


def test_denied_though_defensible_is_named(answers):
    line = answers(diagnoses=["E11.42"], facts=SKILLED, lines=[{}, EXERCISE])[0]
    assert line.difference == "denied though defensible"


@pytest.mark.parametrize(
    ("fact", "finding"),
    [
        ("supervision documented", "DOC-SUPERVISION"),
        ("rationale documented", "DOC-RATIONALE"),
        ("region documented", "DOC-REGION"),
        ("response documented", "DOC-RESPONSE"),
    ],
)
def test_each_missing_need_is_its_own_finding(answers, fact, finding):
    absent = answers(facts={**SKILLED, fact: False}, lines=[{}, EXERCISE])[0]
    assert absent.documented.outcome is Outcome.NEEDS_DOCUMENTATION
    assert finding in ids(absent)
    unknown = answers(facts={**SKILLED, fact: None}, lines=[{}, EXERCISE])[0]
    assert unknown.documented.outcome is Outcome.NEEDS_DOCUMENTATION
    assert unknown.documented.finality is Finality.PRESUMPTIVE
    assert set(unknown.documented.reachable) >= {Outcome.NEEDS_DOCUMENTATION, Outcome.COVERED_CONDITIONAL}
    assert unknown.documented.next_question.fact == fact


def test_no_skilled_plan_is_comfort_care_and_only_likely(answers):
    line = answers(facts={**SKILLED, "plan of care exists": False}, lines=[{}, EXERCISE])[0]
    assert line.documented.outcome is Outcome.NOT_MEDICALLY_NECESSARY
    assert line.documented.likelihood is Likelihood.LIKELY
    assert "COV-COMFORT" in ids(line)


def test_two_sources_that_exclude_each_other_leave_the_fact_unknown(answers):
    said = [{"value": "msk adjunct", "source": "chart"}, {"value": "neuropathy", "source": "person"}]
    line = answers(facts={"treatment intent": said}, lines=[{}, EXERCISE])[0]
    assert line.documented.outcome is Outcome.INDETERMINATE


def test_knowing_what_it_was_not_narrows_what_is_reachable(answers):
    open_ = answers(lines=[{}, EXERCISE])[0].documented.reachable
    not_ncd = answers(facts={"treatment intent": {"value": {"not": "wound"}}}, lines=[{}, EXERCISE])[
        0
    ].documented.reachable
    assert set(not_ncd) <= set(open_)


# HCSC ---------------------------------------------------------------------------------------------------------------

HCSC = {"program": "commercial", "key": "hcsc"}


@pytest.mark.parametrize("diagnosis", ["M17.11", "E11.42", "M54.50"])
def test_hcsc_denies_any_indication_from_its_day(answers, diagnosis):
    line = answers(payer=HCSC, diagnoses=[diagnosis], lines=[{"service": "2025-10-01"}])[0]
    assert line.coded.outcome is Outcome.NOT_MEDICALLY_NECESSARY
    assert line.coded.finality is Finality.PRESUMPTIVE
    assert "contract position" in line.coded.depends_on
    assert "COV-HCSC-NMN" in ids(line)


def test_hcsc_before_its_day_is_a_silence_with_a_name(answers):
    line = answers(payer=HCSC, lines=[{"service": "2025-09-30"}])[0]
    assert line.coded.outcome is Outcome.INDETERMINATE
    assert "COV-HCSC-PRIOR-VERSION" in ids(line)


def test_hcsc_self_funded_outside_illinois_does_not_ask_for_intent(answers):
    """Where every way the unknown facts could turn out gives one outcome, nothing is asked."""
    plan = {"regulating state": "another state", "funding": "self-funded", "contract position": "silent"}
    facts = {**GIVEN, **plan}
    line = answers(payer=HCSC, facts=facts, lines=[{"service": "2025-11-02"}])[0]
    assert line.documented.outcome is Outcome.NOT_MEDICALLY_NECESSARY
    assert line.documented.finality is Finality.FINAL
    assert line.documented.next_question is None


def test_a_contract_that_covers_beats_the_medical_policy(answers):
    facts = {**GIVEN, **RECORDED, "regulating state": "another state", "contract position": "covers"}
    line = answers(payer=HCSC, facts=facts, lines=[{"service": "2025-11-02"}])[0]
    assert line.documented.outcome is Outcome.COVERED
    assert line.coded.outcome is Outcome.NOT_MEDICALLY_NECESSARY


MANDATE = {
    "regulating state": "Illinois",
    "funding": "fully insured",
    "product": "PPO",
    "plan renewed": "2025-01-01",
    "child": True,
    "diagnosis basis": "genetic",
    "impairment": "neurological",
    "needed for quality of life": True,
}


CHILD = {"member_id": "1AB2CD3EF45", "first": "PAT", "birth_date": "2018-06-01"}


def test_the_illinois_mandate_covers(answers):
    told = {**GIVEN, **RECORDED, **MANDATE}
    line = answers(payer=HCSC, patient=CHILD, facts=told, lines=[{"service": "2025-11-01"}])[0]
    assert line.documented.outcome is Outcome.COVERED


def test_nobody_born_in_1950_is_a_child_because_somebody_says_so(answers):
    line = answers(payer=HCSC, facts={**GIVEN, **RECORDED, **MANDATE}, lines=[{"service": "2025-11-01"}])[0]
    assert line.documented.finality is Finality.INDETERMINATE
    assert "DOC-CONFLICT" in {finding.id for finding in line.findings}


@pytest.mark.parametrize(
    ("fact", "value"), [("funding", "self-funded"), ("product", "another product"), ("plan renewed", "2024-12-31")]
)
def test_each_condition_of_the_mandate_is_needed(answers, fact, value):
    facts = {**MANDATE, fact: value, "contract position": "silent"}
    line = answers(payer=HCSC, facts=facts, lines=[{"service": "2025-11-01"}])[0]
    assert line.documented.outcome is Outcome.NOT_MEDICALLY_NECESSARY


def test_an_unknown_renewal_day_is_asked(answers):
    facts = {key: value for key, value in MANDATE.items() if key != "plan renewed"}
    line = answers(payer=HCSC, facts={**facts, "contract position": "silent"}, lines=[{"service": "2025-11-01"}])[0]
    assert line.documented.outcome is Outcome.INDETERMINATE
    assert line.documented.next_question.fact == "plan renewed"


COMMERCIAL = {"program": "commercial"}
PLAN = {**GIVEN, **RECORDED, "regulating state": "another state", "authorization required": False}


def test_what_the_contract_covers_is_covered_and_not_merely_on_the_policy_s_conditions(answers):
    facts = {**PLAN, "contract position": "covers", "policy position": "covered", "benefit limit reached": False}
    line = answers(payer=COMMERCIAL, facts=facts)[0]
    assert line.documented.outcome is Outcome.COVERED
    assert line.documented.finality is Finality.FINAL


@pytest.mark.parametrize(
    ("position", "leans"), [(None, True), ("covered", False), ("silent", False), ("not medically necessary", False)]
)
def test_broad_pain_leans_only_while_nobody_has_looked_the_policy_up(answers, position, leans):
    """Also where the answer stays open for another reason: whether authorization is required is not said."""
    facts = {**PLAN, "authorization required": None, "contract position": "silent", "policy position": position}
    line = answers(payer=COMMERCIAL, diagnoses=["M54.50"], facts=facts)[0]
    assert (line.documented.leaning == "INVESTIGATIONAL/likely") is leans
    assert ("COV-INVEST" in ids(line)) is leans


@pytest.mark.parametrize(("state", "policy"), [("OH", "CGS-THERAPY-MODALITIES"), ("TX", "PRACTICE-SEVERAL-MODALITIES")])
def test_general_practice_is_silent_where_the_contractor_has_words_of_its_own(answers, state, policy):
    lines = answers(provider={"npi": "1234567893", "state": state}, lines=[{}, {"procedure": "97018"}, EXERCISE])
    found = [finding for line in lines for finding in line.findings if finding.id == "AUD-MULTIHEAT"]
    assert [finding.citation.policy for finding in found] == [policy]


# payers without a policy ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payer", "finding"),
    [
        ({"program": "workers-comp"}, "COV-POLICY-UNKNOWN"),
        ({"program": "tricare"}, "COV-POLICY-UNKNOWN"),
        ({"program": "commercial"}, "COV-POLICY-UNKNOWN"),
        ({"name": "NOBODY HAS HEARD OF IT"}, "CLM-PAYER-UNKNOWN"),
    ],
    ids=str,
)
def test_a_payer_without_a_policy_is_a_silence(answers, payer, finding):
    line = answers(payer=payer)[0]
    for view in (line.coded, line.documented):
        assert view.outcome is Outcome.INDETERMINATE
        assert finding in {silence.finding for silence in view.silences}


# edits --------------------------------------------------------------------------------------------------------------


def bundled(lines):
    return [line.line.procedure for line in lines if line.coded.outcome is Outcome.BUNDLED]


def test_the_column_2_code_of_a_pair_is_bundled_and_the_other_is_not(answers):
    lines = answers(form="institutional", lines=[{"procedure": "97024"}, {}, EXERCISE])
    assert bundled(lines) == ["97026"]
    assert predicted(lines[1].coded) == ["CO-236"]
    assert lines[1].coded.likelihood is Likelihood.LIKELY, "for hospitals the rule is a reading of ours"


def test_a_professional_pair_within_its_own_quarter_is_certain(answers):
    lines = answers(lines=[{"procedure": "97024", "service": "2024-08-01"}, {"service": "2024-08-01"}])
    assert bundled(lines) == ["97026"]
    assert lines[1].coded.likelihood is Likelihood.CERTAIN


def test_an_aged_table_accuses_and_never_acquits(answers):
    lines = answers(lines=[{"procedure": "97024"}, {}, EXERCISE])
    assert bundled(lines) == ["97026"]
    assert lines[1].coded.likelihood is Likelihood.LIKELY
    assert any("table that ended" in finding.because for finding in lines[1].findings)
    exercise = lines[2]
    assert exercise.coded.outcome is Outcome.NOTHING_MET
    assert Silence.EDIT_STATUS_UNKNOWN in {silence.name for silence in exercise.coded.silences}
    assert not next(check for check in exercise.checks if check.name == "pair edits").ran


def test_a_pair_across_two_claims_of_one_day_is_found(engine):
    import polars as pl  # noqa: PLC0415

    from claimwright.lines.case import Case, lines_of  # noqa: PLC0415  # only this test needs two claims

    def claim(number, procedure):
        return lines_of(
            Case.model_validate(
                {
                    "form": "institutional",
                    "patient": {"member_id": "1AB2CD3EF45", "first": "PAT", "birth_date": "1950-05-05"},
                    "provider": {"npi": "1234567893"},
                    "payer": {"program": "medicare-part-b"},
                    "diagnoses": ["M17.11"],
                    "whole_day": True,
                    "lines": [{"procedure": procedure, "service": "2026-03-10", "modifiers": ["GP"], "units": 1}],
                }
            ),
            claim_index=number,
        )

    determined = engine.determine(pl.concat([claim(1, "97024"), claim(2, "97026")]))
    outcomes = [determined.combinations[place].coded.answer.outcome for place in determined.combination]
    assert outcomes == [Outcome.NOTHING_MET, Outcome.BUNDLED]


def test_xs_on_column_2_lifts_an_indicator_1_edit(answers):
    lines = answers(form="institutional", lines=[{"procedure": "97024"}, {"modifiers": ["GP", "XS"]}, EXERCISE])
    assert bundled(lines) == []


def test_59_on_column_1_lifts_it_on_a_professional_claim_only(answers):
    pair = [{"procedure": "97024", "modifiers": ["GP", "59"]}, {}]
    professional = answers(lines=[{**line, "service": "2024-08-01"} for line in pair])
    assert bundled(professional) == []
    assert bundled(answers(form="institutional", lines=pair)) == ["97026"]


def test_indicator_0_is_lifted_by_nothing(answers):
    evaluation = [{"procedure": "97161"}, {"procedure": "97164", "modifiers": ["GP", "59"]}]
    lines = answers(form="institutional", lines=evaluation)
    assert bundled(lines) == ["97164"]
    assert "CLM-NCCI-0" in ids(lines[1])


@pytest.mark.parametrize(
    ("service", "expected"), [("2019-12-31", True), ("2020-01-01", False), ("2020-09-30", False), ("2020-10-01", True)]
)
def test_the_suspension_of_2020_is_dated(answers, service, expected):
    lines = answers(form="institutional", lines=[{"service": service}, {"procedure": "97164", "service": service}])
    assert (bundled(lines) == ["97164"]) is expected


def test_three_units_of_a_supervised_modality_block_without_an_outcome(answers):
    line = answers(lines=[{"units": 3}, EXERCISE])[0]
    assert line.coded.outcome is Outcome.NOTHING_MET
    assert {"CLM-UNITS"} <= ids(line)
    assert [f.severity for f in line.findings if f.id == "CLM-UNITS"] == ["BLOCK"]


def test_two_lines_of_one_modality_are_one_finding_on_the_last(answers):
    lines = answers(lines=[{}, {}, EXERCISE])
    assert ["CLM-UNITS" in ids(line) for line in lines] == [False, True, False]


def test_a_missing_discipline_modifier_is_to_fix(answers):
    line = answers(lines=[{"procedure": "97110", "modifiers": []}])[0]
    assert "CLM-GP" in ids(line)
    assert any(str(code) == "CO-16 N822" for finding in line.findings for code in finding.predicted)


def test_a_finding_in_both_views_is_counted_once(answers):
    line = answers(lines=[{"procedure": "97110", "modifiers": []}])[0]
    found = [finding for finding in line.findings if finding.id == "CLM-GP"]
    assert len(found) == 1
    assert len(found[0].views) == 2


def test_every_answer_cites_what_decides_it(answers):
    for line in answers(diagnoses=["E11.42"], lines=[{"units": 2}, {"procedure": "97024"}, EXERCISE]):
        for finding in line.findings:
            cited = finding.citation
            assert cited.authority
            assert cited.quote or cited.our_reading
            assert cited.in_force
            assert cited.source.startswith("http")
            assert cited.where.startswith("policies/")
        assert line.basis


def test_a_line_without_a_date_of_service_is_not_decided(answers):
    line = answers(lines=[{"service": None}])[0]
    assert line.coded.outcome is Outcome.INDETERMINATE
    assert Silence.NO_SERVICE_DATE in {silence.name for silence in line.coded.silences}


@pytest.mark.parametrize(("units", "over"), [(18, False), (19, True)])
def test_units_of_a_span_are_divided_by_its_days(answers, units, over):
    """97110 has a limit of 6 a day; three days hold 18."""
    span = {"from": "2024-08-05", "to": "2024-08-07"}
    line = answers(lines=[{"procedure": "97110", "units": units, "service": span}])[0]
    assert ("CLM-MUE" in ids(line)) is over

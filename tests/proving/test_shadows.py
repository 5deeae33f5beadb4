"""P011: which clauses never decide, and which look as if they did not but do."""

import pytest
from proving_folders import COVERS, folder, rule

from claimwright.proving import shadows

MANUAL = "instrument: manual\napplies to: {programs: [medicare-part-b]}"
LCD = "instrument: LCD\napplies to: {programs: [medicare-part-b]}"
FINDS = "channel: coding\nfinding: CLM-UNITS\nseverity: FIX\nlikelihood: likely"


@pytest.fixture
def shadowed(tmp_path):
    """The ids of the clauses that never decide."""

    def of(*rules, front=MANUAL, programs=("medicare-part-b",), **others):
        policies = {"FIRST": (front, *rules)} | {name.upper(): policy for name, policy in others.items()}
        _, plan = folder(tmp_path, policies, programs)
        found = shadows.complaints(plan, {policy.id for policy in plan.library.policies})
        return [complaint.message.split()[1] for complaint in found]

    return of


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("procedure: in [heat]", "procedure: in [infrared]"),
        ("procedure: in [heat]", "procedure: in [97026]"),
        ("procedure: is present", "procedure: in [infrared]"),
        ("procedure: not in [97110]", "procedure: in [infrared]"),
        ("claim diagnoses: in [joint]", "claim diagnoses: all in [knee]"),
        ("claim diagnoses: in [joint]", "claim diagnoses: partly in [knee]"),
        ("claim diagnoses: is present", "claim diagnoses: in [knee]"),
        ("modifiers: none in [59]", "modifiers: is absent"),
        ("purpose: in [a, b]", "purpose: is a"),
        ("purpose: not in [c]", "purpose: is a"),
        ("age: at least 18", "age: more than 18"),
        ("age: at most 64", "age: between 18 and 21"),
        ("renewed: at least 2025-01-01", "renewed: between 2025-01-01 and 2025-12-31"),
        ("noted: is yes", "in order: is yes"),
        ("in order: is no", "noted: is no"),
    ],
)
def test_a_clause_is_shadowed_by_a_wider_one_and_never_by_a_narrower(tmp_path, wide, narrow):
    both = "procedure: in [heat]\n"
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    wide, narrow = (text if text.startswith("procedure") else both + text for text in (wide, narrow))
    for root, first, second, expected in (("one", wide, narrow, ["B"]), ("two", narrow, wide, [])):
        rules = (rule("A", first), rule("B", second, COVERS))
        _, plan = folder(tmp_path / root, {"FIRST": (MANUAL, *rules)})
        assert [c.message.split()[1] for c in shadows.complaints(plan, {"FIRST"})] == expected


def test_the_stronger_outcome_shadows_wherever_it_stands(shadowed):
    assert shadowed(rule("MILD", then=COVERS), rule("STRONG")) == ["MILD"]


def test_of_equal_outcomes_in_one_document_the_later_one_is_shadowed(shadowed):
    assert shadowed(rule("ONE"), rule("TWO", "procedure: in [infrared]\npurpose: is a")) == ["TWO"]


def test_equal_outcomes_of_two_documents_are_two_authorities(shadowed):
    assert shadowed(rule("ONE"), second=(MANUAL, rule("TWO"))) == []


def test_a_stronger_outcome_in_another_document_of_the_rank_shadows(shadowed):
    assert shadowed(rule("ONE"), second=(MANUAL, rule("TWO", then=COVERS))) == ["TWO"]


def test_another_rank_does_not_shadow(shadowed):
    assert shadowed(rule("ONE"), second=(LCD, rule("TWO", then=COVERS))) == []


@pytest.mark.parametrize("narrower", ["forms: [professional]", "payers: [acme]", "contractors: [cgs-j15]"])
def test_a_document_that_reaches_less_far_does_not_shadow(shadowed, narrower):
    near = f"instrument: manual\napplies to: {{programs: [medicare-part-b], {narrower}}}"
    assert shadowed(rule("ONE"), front=near, second=(MANUAL, rule("TWO", then=COVERS))) == []


def test_a_document_for_fewer_programs_does_not_shadow(shadowed):
    wide = "instrument: manual\napplies to: {programs: [medicare-part-b, medicare-advantage]}"
    programs = ("medicare-part-b", "medicare-advantage")
    assert shadowed(rule("ONE"), programs=programs, second=(wide, rule("TWO", then=COVERS))) == []


def test_several_clauses_may_shadow_one_in_parts_of_its_span(shadowed):
    before, after = rule("OLD", span=".. 2019-12-31"), rule("NEW", span="2020-01-01 ..")
    assert shadowed(before, after, rule("ALWAYS", then=COVERS)) == ["ALWAYS"]


def test_a_day_between_them_is_enough(shadowed):
    before, after = rule("OLD", span=".. 2019-12-31"), rule("NEW", span="2020-01-02 ..")
    assert shadowed(before, after, rule("ALWAYS", then=COVERS)) == []


def test_several_clauses_may_shadow_one_between_them(shadowed):
    cases = [rule(name.upper(), f"procedure: in [heat]\npurpose: is {name}") for name in "abc"]
    assert shadowed(*cases, rule("ANY", then=COVERS)) == ["ANY"]


def test_one_value_left_over_is_enough(shadowed):
    cases = [rule(name.upper(), f"procedure: in [heat]\npurpose: is {name}") for name in "ab"]
    assert shadowed(*cases, rule("ANY", then=COVERS)) == []


def test_findings_on_what_is_known_leave_the_unknown_to_another(shadowed):
    cases = [rule(name.upper(), f"procedure: in [heat]\npurpose: is {name}", FINDS) for name in "abc"]
    assert shadowed(*cases, rule("ANY", then=FINDS)) == []


def test_code_sets_are_compared_on_every_day(shadowed):
    lately = rule("LATELY", "procedure: in [lately]")
    assert shadowed(lately, rule("ANY", then=COVERS)) == []


def test_a_set_may_hold_as_much_from_the_day_the_clause_begins(shadowed):
    lately = rule("LATELY", "procedure: in [lately]")
    assert shadowed(lately, rule("ANY", then=COVERS, span="2021-01-01 ..")) == ["ANY"]


def test_another_view_does_not_shadow(shadowed):
    assert shadowed(rule("ONE", view="coded"), rule("TWO", then=COVERS, view="both")) == []


def test_what_may_need_documentation_does_not_shadow_what_is_denied(shadowed):
    needing = rule("NEEDING", more="needs: [noted]")
    assert shadowed(needing, rule("PLAIN", then="then: prior auth required")) == []


def test_it_shadows_what_needs_no_less(shadowed):
    needing = rule("NEEDING", then=COVERS, more="needs: [noted, signed]")
    assert shadowed(needing, rule("LESS", then="then: covered", more="needs: [noted]")) == ["LESS"]


def test_a_milder_need_is_still_asked_for(shadowed):
    assert shadowed(rule("LESS", then=COVERS), rule("MORE", then=COVERS, more="needs: [noted]")) == []


def test_a_clause_that_is_excepted_shadows_nothing(shadowed):
    exception = rule("EXCEPTS", "procedure: in [infrared]\nnoted: is yes", COVERS, more="except: FIRST ANY")
    assert shadowed(rule("ANY"), exception, rule("B", "procedure: in [infrared]\npurpose: is b", COVERS)) == []


def test_a_mandate_that_covers_acts_even_where_it_does_not_decide(shadowed):
    mandate = "instrument: mandate\napplies to: {programs: [medicare-part-b]}"
    assert shadowed(rule("DENIES"), rule("COVERS", then="then: covered"), front=mandate) == []


def test_a_mandate_may_set_a_position_aside_and_let_the_milder_decide(shadowed):
    mandate = "instrument: mandate\napplies to: {programs: [medicare-part-b]}"
    covering = rule("COVERS", "procedure: in [infrared]\nnoted: is yes", "then: covered")
    assert shadowed(rule("ANY"), rule("MILD", then="then: prior auth required"), mandate=(mandate, covering)) == []


def test_what_stands_presumptively_shadows_nothing(shadowed):
    assert shadowed(rule("ONE", more="presumptive: yes"), rule("TWO", then=COVERS)) == []


def test_a_silence_stands_before_what_covers_and_behind_what_denies(shadowed):
    silent = rule("SILENT", then="then: silent", more="finding: COV-SILENT")
    assert shadowed(silent, rule("COVERS", then=COVERS)) == ["COVERS"]


def test_a_finding_is_not_found_twice(shadowed):
    units = rule("TWO", "procedure: in [infrared]\nage: more than 2", FINDS)
    assert shadowed(rule("ONE", then=FINDS), units) == ["TWO"]


@pytest.mark.parametrize(
    "other",
    [
        FINDS.replace("FIX", "WARN"),
        FINDS.replace("likely", "possible"),
        FINDS.replace("CLM-UNITS", "CLM-MUE"),
        FINDS.replace("coding", "audit"),
    ],
)
def test_a_milder_or_another_finding_is_not_the_same(shadowed, other):
    assert shadowed(rule("ONE", then=other), rule("TWO", then=FINDS)) == []


def test_a_clause_that_can_never_hold_is_not_shadowed(shadowed):
    impossible = rule("NEVER", "procedure:\n  - in [infrared]\n  - not in [heat]", COVERS)
    assert shadowed(rule("ANY"), impossible) == []


def test_the_complaint_names_the_clauses_that_come_before(tmp_path):
    rules = (rule("OLD", span=".. 2019-12-31"), rule("NEW", span="2020-01-01 .."))
    second = {"SECOND": (MANUAL, rule("ALWAYS", then=COVERS))}
    _, plan = folder(tmp_path, {"FIRST": (MANUAL, *rules)} | second)
    (complaint,) = shadows.complaints(plan, {"FIRST", "SECOND"})
    assert complaint.message == "clause ALWAYS never decides: whenever it holds, FIRST OLD or FIRST NEW comes before it"
    assert complaint.path == "SECOND/policy.md"

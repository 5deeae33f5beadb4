"""P013: what known facts lead nowhere, told by day, code and the fewest facts; and what is no hole."""

import pytest
from proving_folders import CODES, COVERS, folder, rule

from claimwright.proving import holes
from claimwright.proving.sweep import sweep

MANUAL = "instrument: manual\napplies to: {programs: [medicare-part-b]}"


@pytest.fixture
def swept(tmp_path):
    """What the sweep says, message by message."""

    def of(*rules, front=MANUAL, opens="", codes=CODES, **others):
        policies = {"FIRST": (front, *rules)} | {name.upper(): policy for name, policy in others.items()}
        shelf, plan = folder(tmp_path, policies, opens=opens, codes=codes)
        found = sweep(plan, {*shelf.library.programs, *(policy.id for policy in shelf.library.policies)})
        assert found.cut == ()
        return [complaint.message for complaint in found.complaints]

    return of


def says(text):
    return [f"in medicare-part-b nothing decides {text}"]


def of(purpose, then=COVERS, **more):
    return rule(purpose.upper(), f"procedure: in [infrared]\npurpose: in [{purpose}]", then, **more)


def test_every_value_of_every_fact_has_an_end(swept):
    assert swept(of("a"), of("b"), of("c", "then: silent", more="finding: COV-C")) == []


def test_a_value_that_nobody_thought_of_is_named(swept):
    assert swept(of("a"), of("b")) == says("97026 on every day, where purpose: c")


def test_values_that_fare_alike_are_named_together(swept):
    assert swept(of("a")) == says("97026 on every day, where purpose: b or c")


def test_a_lean_is_an_end(swept):
    leans = rule("LEANS", "procedure: in [infrared]\npurpose: in [b, c]", "then: leans investigational")
    assert swept(of("a"), leans) == []


def test_a_day_between_two_versions_is_found(swept):
    early, late = rule("ONE", span=".. 2019-12-31"), rule("ONE", span="2020-01-02 ..")
    assert swept(early, late, rule("KEEPS", "procedure: in [infrared]\npurpose: is a")) == says(
        "97026 from 2020-01-01 to 2020-01-01, where purpose: b or c"
    )


def test_a_day_on_which_no_clause_names_the_code_is_no_hole(swept):
    assert swept(rule("ONE", span="2020-01-01 ..")) == []


def test_before_the_first_modelled_day_the_silence_has_a_name(swept):
    late = of("a", span="2020-01-01 ..")
    front = f"{MANUAL}\nmodelled_from: 2020-01-01"
    assert swept(late, front=front) == says("97026 from 2020-01-01 on, where purpose: b or c")


def test_a_code_that_comes_later_has_its_own_days(swept):
    codes = f"{CODES}infrared,HCPCS,A4639,2021-01-01,2021-12-31,made up\n"
    assert swept(of("a, b"), codes=codes) == [
        *says("97026 on every day, where purpose: c"),
        *says("A4639 from 2021-01-01 to 2021-12-31, where purpose: c"),
    ]


def test_codes_that_fare_alike_are_named_together(swept):
    heat = rule("HEAT", "procedure: in [heat]\npurpose: in [a, b]", COVERS)
    assert swept(heat) == says("97018, 97026 on every day, where purpose: c")


def test_a_payer_without_his_own_document_is_a_hole_of_that_payer(swept):
    front = "instrument: manual\napplies to: {programs: [medicare-part-b], payers: [acme]}"
    assert swept(of("a, b"), front=front) == says("97026 on every day for the payer acme, where purpose: c")


def test_a_derived_fact_is_named_rather_than_what_it_is_made_of(swept):
    ordered = rule("ORDERED", "procedure: in [infrared]\nin order: is yes", COVERS)
    assert swept(ordered) == says("97026 on every day, where in order: no")


def test_what_else_is_read_of_its_parts_takes_it_apart(swept):
    ordered = rule("ORDERED", "procedure: in [infrared]\nin order: is yes", COVERS)
    unsigned = rule("UNSIGNED", "procedure: in [infrared]\nsigned: is no")
    assert swept(ordered, unsigned) == says("97026 on every day, where noted: no; signed: yes")


def test_numbers_and_days_are_told_by_their_predicates(swept):
    young = rule("YOUNG", "procedure: in [infrared]\nage: at most 17", COVERS)
    assert swept(young) == says("97026 on every day, where age: not at most 17")


def test_bounds_that_meet_leave_nothing_between_them(swept):
    young = rule("YOUNG", "procedure: in [infrared]\nage: at most 17", COVERS)
    old = rule("OLD", "procedure: in [infrared]\nage: more than 17", COVERS)
    assert swept(young, old) == []


def test_bounds_that_do_not_meet_leave_a_number_between_them(swept):
    young = rule("YOUNG", "procedure: in [infrared]\nage: at most 17", COVERS)
    old = rule("OLD", "procedure: in [infrared]\nage: at least 18", COVERS)
    assert swept(young, old) == says("97026 on every day, where age: not at most 17; age: not at least 18")


def test_a_list_is_seen_whole(swept):
    """Every list of diagnoses has none, some or only those of the set, whatever the predicates say apart."""
    cases = ("none in", "all in", "partly in")
    rules = [rule(f"R{n}", f"procedure: in [infrared]\nclaim diagnoses: {op} [knee]") for n, op in enumerate(cases)]
    assert swept(*rules) == []


def test_the_codes_of_the_day_include_the_line_itself(swept):
    alone = rule("ALONE", "procedure: in [infrared]\nprocedures that day: in [infrared]")
    assert swept(alone) == []


def test_an_edit_of_pairs_is_no_end(swept):
    edit = rule("EDIT", "procedure: in [infrared]", "then: bundled", more="each: pair of lines")
    assert swept(of("a, b"), edit) == says("97026 on every day, where purpose: c")


def test_a_clause_of_the_coded_view_answers_nothing_documented(swept):
    assert swept(rule("CODED", view="coded")) == says("97026 on every day, whatever is known")


OPEN = "open:\n  - when:\n      {}\n    why: nobody has read it"


def test_a_program_may_own_to_a_hole(swept):
    assert swept(of("a, b"), opens=OPEN.format("purpose: is c")) == []


def test_a_case_left_open_that_is_decided_is_told(swept):
    assert swept(rule("ANY"), opens=OPEN.format("purpose: is c")) == [
        "a case that the program leaves open is nowhere open: purpose: is c"
    ]


def test_of_several_holes_the_simplest_is_told(swept):
    signed = rule("SIGNED", "procedure: in [infrared]\npurpose: is a\nsigned: is yes", COVERS)
    other = rule("OTHER", "procedure: in [infrared]\npurpose: is b")
    assert swept(signed, other) == says("97026 on every day, where purpose: c (among others)")


def test_help_says_what_to_write(tmp_path):
    shelf, plan = folder(tmp_path, {"FIRST": (MANUAL, of("a"))})
    (complaint,) = sweep(plan, set(shelf.library.programs)).complaints
    assert complaint.path == "programs/medicare-part-b/program.md"
    assert "when `procedure: in [97026]`, `purpose: in [b, c]`, why nothing does" in complaint.help


def test_a_hole_in_the_program_of_others_is_told_where_ones_own_document_speaks(tmp_path):
    _, plan = folder(tmp_path, {"FIRST": (MANUAL, of("a"))})
    (complaint,) = sweep(plan, {"FIRST"}).complaints
    assert complaint.path == "FIRST/policy.md"
    assert sweep(plan, set()).complaints == ()


def test_a_walk_that_was_cut_off_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(holes, "STEPS", 0)
    shelf, plan = folder(tmp_path, {"FIRST": (MANUAL, of("a"), of("b"), of("c"))})
    found = sweep(plan, set(shelf.library.programs))
    assert found.complaints == ()
    assert found.cut == ("programs/medicare-part-b",)

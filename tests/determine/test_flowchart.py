"""The decision graph is what the policies say: the flowchart of infrared is in it, and the engine agrees with it."""

import itertools
import random
from datetime import date
from graphlib import TopologicalSorter

import polars as pl
import pytest
from flowcharts import DAY, engine_of, rule, small_chart, small_engine

from claimwright.determine.explain import explain
from claimwright.determine.graph import grow
from claimwright.determine.graph.build import chart, programs_of
from claimwright.determine.graph.claim import Branch
from claimwright.determine.graph.model import Kind
from claimwright.lines.answers import Likelihood, Outcome
from claimwright.lines.case import Case, lines_of

PAYER = "line of business"


def paths(graph):
    """(fact, answer) by (fact, answer) to the outcome, every answer a path of its own."""
    found = {}
    for steps, end in graph.paths():
        for answers in itertools.product(*(one for _, one in steps)):
            found[tuple(zip((fact for fact, _ in steps), answers, strict=True))] = end
    return found


# the flowchart of infrared --------------------------------------------------------------------------------------------

MSK, NAMED = "msk adjunct", ("neuropathy", "wound", "ulcer", "pain from these")


def test_the_flowchart_of_infrared_is_there_leaf_for_leaf():
    """A code, B purpose, C national decision, D payer, E skilled plan, F bill, G comfort, H position, I, J, K."""
    found = {path: end.outcome for path, end in paths(small_chart()).items()}
    b_d = (("treatment intent", MSK), (PAYER, "Medicare"))
    assert found[*b_d, ("skilled plan of care", "yes")] is Outcome.COVERED_CONDITIONAL  # F
    assert found[*b_d, ("skilled plan of care", "no")] is Outcome.NOT_MEDICALLY_NECESSARY  # G
    for purpose in (MSK, *NAMED):
        b_h = (("treatment intent", purpose), (PAYER, "Commercial"))
        assert found[*b_h, ("policy position", "investigational")] is Outcome.INVESTIGATIONAL  # I
        j = (*b_h, ("policy position", "covered"))
        assert found[*j, ("authorization required", "yes")] is Outcome.PRIOR_AUTH_REQUIRED  # K
        assert found[*j, ("authorization required", "no")] is Outcome.COVERED_CONDITIONAL  # F again
    for purpose in NAMED:
        assert found[("treatment intent", purpose), (PAYER, "Medicare")] is Outcome.NATIONALLY_NONCOVERED  # C
    assert len(found) == 2 + 5 * 3 + 4, "and there is no other way through it"


def test_it_begins_with_the_code_and_both_ways_to_bill_end_in_one_box():
    graph = small_chart()
    assert (graph.nodes[0].kind, graph.nodes[0].label) == (Kind.START, "97026")
    billed = [node for node in graph.nodes if node.outcome is Outcome.COVERED_CONDITIONAL]
    assert len(billed) == 1
    assert len([edge for edge in graph.edges if edge.target == billed[0].id]) == 2
    assert billed[0].clauses == ("SKILLED F", "POSITION F")
    assert [(need.fact, need.only) for need in billed[0].needs] == [
        ("supervision documented", ()),
        ("plan certified", ("Medicare",)),
    ]


def test_answers_that_lead_alike_are_one_edge_in_words():
    graph = small_chart()
    [asks] = [node for node in graph.nodes if node.fact == "treatment intent"]
    assert asks.detail == "What was treated?"
    assert [edge.label for edge in graph.leaving[asks.id]] == [
        "a muscle or joint, beside active therapy",
        "neuropathy, a wound, an ulcer, or pain from one of these",
    ]


def test_a_denial_says_how_sure_it_is_by_whom_and_with_which_codes():
    graph = small_chart("Medicare")
    decision = next(node for node in graph.nodes if node.outcome is Outcome.NATIONALLY_NONCOVERED)
    assert (decision.clauses, decision.findings) == (("DECISION C",), ("COV-DECISION",))
    assert (decision.codes, decision.likelihood) == (("50 N386",), Likelihood.CERTAIN)
    assert [(one.group, one.text) for one in decision.liability] == [
        ("PR", "the line reports a notice that stands"),
        ("CO", ""),
    ]
    comfort = next(node for node in graph.nodes if node.outcome is Outcome.NOT_MEDICALLY_NECESSARY)
    assert (comfort.codes, comfort.likelihood) == (("50", "202"), Likelihood.LIKELY)


def test_a_derived_fact_is_one_question_and_its_parts_are_not_asked():
    asked = {node.fact for node in small_chart(full=True).nodes if node.kind is Kind.QUESTION}
    assert {"skilled plan of care", "authorization stands"} <= asked
    assert not asked & {"plan of care exists", "plan lists modality", "authorization status"}


def test_what_is_needed_is_a_condition_and_no_question():
    asked = {node.fact for node in small_chart(full=True).nodes}
    assert not asked & {"supervision documented", "plan certified"}


def test_the_usual_is_taken_for_granted_and_said_and_a_full_chart_asks_it():
    plain, full = small_chart("Commercial"), small_chart("Commercial", full=True)
    assert "authorization stands: no" in plain.assumed
    assert "authorization stands" not in {node.fact for node in plain.nodes}
    assert "authorization stands" in {node.fact for node in full.nodes}
    assert not any("authorization stands" in one for one in full.assumed)
    other = small_chart("Commercial", usual=[("policy position", "covered")])
    assert "policy position: covers it" in other.assumed
    assert "policy position" not in {node.fact for node in other.nodes}


def test_a_payer_that_makes_no_difference_is_not_asked():
    assert PAYER not in {node.fact for node in small_chart("Medicare").nodes}
    engine = small_engine()
    twice = [Branch(name, {"program": "commercial"}) for name in ("One", "Another")]
    assert PAYER not in {node.fact for node in chart(engine, twice, "97026", DAY).nodes}


# the engine agrees ----------------------------------------------------------------------------------------------------


def outcomes(engine, cases):
    """What the engine says of each case as documented; a case is its payer and what is stated of it."""
    lines = [
        lines_of(
            Case.model_validate(
                {
                    "form": "professional",
                    "provider": {"npi": "1234567893"},
                    "payer": dict(payer),
                    "whole_day": True,
                    "received": str(DAY),
                    "facts": facts,
                    "lines": [{"procedure": "97026", "service": str(DAY), "modifiers": [], "units": 1, "place": "11"}],
                }
            ),
            claim_index=number,
        ).with_columns(patient=pl.lit(number, dtype=pl.UInt64))
        for number, (payer, facts) in enumerate(cases, start=1)
    ]
    determined = engine.determine(pl.concat(lines))
    return [answer.documented.outcome for answer in explain(determined)]


def test_every_way_through_it_ends_where_the_engine_ends():
    engine, graph = small_engine(), small_chart(full=True)
    yes_no = (True, False)
    cases, led = [], []
    for branch, purpose, exists, lists, position, wanted, status, names in itertools.product(
        programs_of(engine.library),
        (MSK, *NAMED),
        yes_no,
        yes_no,
        ("covered", "investigational"),
        yes_no,
        ("none", "pending", "approved"),
        yes_no,
    ):
        facts = {
            "treatment intent": purpose,
            "plan of care exists": exists,
            "plan lists modality": lists,
            "policy position": position,
            "authorization required": wanted,
            "authorization status": status,
            "authorization names the code": names,
            "supervision documented": True,
            "plan certified": True,
        }
        said = {
            **{fact: value for fact, value in facts.items() if isinstance(value, str)},
            PAYER: branch.name,
            "skilled plan of care": "yes" if exists and lists else "no",
            "authorization required": "yes" if wanted else "no",
            "authorization stands": "yes" if status == "approved" and names else "no",
        }
        cases.append((branch.payer, facts))
        led.append(graph.follow(said.__getitem__).outcome)
    assert outcomes(engine, cases) == led
    assert len(set(led)) == 5


_SKILLED = {
    True: {
        "plan of care exists": True,
        "plan lists modality": True,
        "improvement potential": True,
        "comfort only": False,
    },
    False: {"plan of care exists": False},
}


def _answers(library, graph, dice):
    """An answer to every question of a graph, as a reader gives it and as a case states it."""
    said, facts = {}, {}
    for node in graph.nodes:
        if node.kind is not Kind.QUESTION or node.fact in said:
            continue
        answers = [answer for edge in graph.leaving[node.id] for answer in edge.answers]
        said[node.fact] = dice.choice(answers)
        fact = library.facts.get(node.fact)
        if node.fact == "skilled plan of care":
            facts |= _SKILLED[said[node.fact] == "yes"]
        elif fact is not None:
            assert fact.type in {"choice", "yes/no"}, node.fact
            facts[fact.name] = said[fact.name] if fact.type == "choice" else said[fact.name] == "yes"
    return said, facts


def test_the_shipped_policies_lead_the_engine_where_their_full_chart_leads(engine, library):
    branch = Branch("Part B", {"program": "medicare-part-b"})
    graph = chart(engine, [branch], "97026", DAY, full=True)
    assert graph.left_out == 0
    dice = random.Random(97026)
    cases, led, wanted = [], [], set()
    for node in graph.nodes:
        wanted |= {need.fact for need in node.needs if need.fact}
    for _ in range(300):
        said, facts = _answers(library, graph, dice)
        led.append(graph.follow(said.__getitem__).outcome)
        cases.append((branch.payer, {**dict.fromkeys(wanted, True), **facts}))
    assert outcomes(engine, cases) == led
    assert {Outcome.NATIONALLY_NONCOVERED, Outcome.NOT_MEDICALLY_NECESSARY, Outcome.COVERED_CONDITIONAL} <= set(led)


def test_the_shipped_chart_of_part_b_denies_what_the_decision_names_and_bills_with_supervision(engine):
    graph = chart(engine, [Branch("Part B", {"program": "medicare-part-b"})], "97026", DAY)
    found = paths(graph)
    for purpose in ("neuropathy", "wound", "ulcer", "pain from ncd condition"):
        assert found[(("treatment intent", purpose),)].clauses == ("NCD-270.6 NC",)
    skilled = found[("treatment intent", "msk adjunct"), ("skilled plan of care", "yes")]
    assert skilled.outcome is Outcome.COVERED_CONDITIONAL
    assert "supervision documented" in {need.fact for need in skilled.needs}
    comfort = found[("treatment intent", "msk adjunct"), ("skilled plan of care", "no")]
    assert comfort.findings == ("COV-COMFORT",)


# shape ----------------------------------------------------------------------------------------------------------------


def test_no_edge_leads_back_every_box_is_reached_and_every_question_has_a_choice(engine, library):
    graph = chart(engine, programs_of(library), "97026", DAY, full=True, most=1000)
    assert not graph.left_out
    reached = {graph.nodes[0].id}
    assert len(graph.by_id) == len(graph.nodes)
    waiting = [graph.nodes[0].id]
    while waiting:
        for edge in graph.leaving[waiting.pop()]:
            if edge.target not in reached:
                reached.add(edge.target)
                waiting.append(edge.target)
    assert reached == set(graph.by_id)
    for node in graph.nodes:
        ways = graph.leaving[node.id]
        answers = [answer for edge in ways for answer in edge.answers]
        assert len(set(answers)) == len(answers)
        assert len({edge.target for edge in ways}) == len(ways)
        assert (len(ways) > 1) == (node.kind is Kind.QUESTION)
    TopologicalSorter({node: {edge.target for edge in ways} for node, ways in graph.leaving.items()}).prepare()


def test_the_same_policies_give_the_same_chart():
    assert small_chart(full=True) == small_chart(full=True)


def test_a_program_that_has_nothing_to_say_of_the_code_is_named_and_left_out(engine, library):
    graph = chart(small_engine(), programs_of(small_engine().library), "97110", DAY)
    assert [node.outcome for node in graph.nodes[1:]] == [Outcome.INDETERMINATE]
    assert graph.unspoken == ("Commercial",)
    supply = chart(engine, programs_of(library), "97110", DAY)
    assert not {node.fact for node in supply.nodes} & {"treatment intent", "skilled plan of care"}


def test_a_payer_without_an_order_of_authority_has_no_answer_and_says_why():
    branches = [*programs_of(small_engine().library), Branch("Veterans", {"program": "va"})]
    graph = chart(small_engine(), branches, "97026", DAY)
    assert graph.unspoken == ("Veterans",)
    alone = chart(small_engine(), branches[-1:], "97026", DAY)
    assert [node.outcome for node in alone.nodes[1:]] == [Outcome.INDETERMINATE]
    assert "va" in alone.nodes[1].detail


def test_before_its_first_day_a_clause_is_not_drawn(engine):
    branch = Branch("Part B", {"program": "medicare-part-b"})
    before = chart(engine, [branch], "97026", date(2006, 10, 23))
    after = chart(engine, [branch], "97026", date(2006, 10, 24))
    assert Outcome.NATIONALLY_NONCOVERED not in {node.outcome for node in before.nodes}
    assert Outcome.NATIONALLY_NONCOVERED in {node.outcome for node in after.nodes}


def test_a_graph_needs_somebody_to_bill():
    with pytest.raises(ValueError, match="a payer or a program"):
        chart(small_engine(), [], "97026", DAY)


# limits ---------------------------------------------------------------------------------------------------------------


def test_past_the_boxes_the_graph_is_cut_and_says_how_much_is_gone():
    whole, short = small_chart(), small_chart(most=6)
    assert len(short.nodes) == 6
    assert short.left_out == len(whole.nodes) - 5
    assert short.nodes[-1].kind is Kind.CUT
    assert f"{short.left_out} further boxes" in short.nodes[-1].detail
    assert {edge.target for edge in short.edges} <= set(short.by_id)
    assert small_chart(most=len(whole.nodes)) == whole


def test_past_the_steps_what_follows_is_not_worked_out_and_stands_as_a_box(monkeypatch):
    monkeypatch.setattr(grow, "STEPS", 2)
    graph = small_chart(full=True)
    assert Kind.CUT in {node.kind for node in graph.nodes}


# what edges say -------------------------------------------------------------------------------------------------------

FACTS = """
facts:
  procedure: {type: code, column: procedure, from: [claim], says: the code}
  claim diagnoses: {type: codes, column: dx, from: [claim], says: the diagnoses on the claim}
  age: {type: number, from: [person], says: years of age, ask: "How old?"}
  renewed: {type: date, from: [plan], says: the day, ask: "When was it renewed?"}
  who: {type: choice, values: {a: A, b: B, c: C, d: D, e: E, f: F}, from: [person], says: who, ask: "Who?"}
"""
PROGRAM = """---
id: medicare-part-b
title: a program
source: https://example.org
checked: 2026-01-01
---
```program
ranks: [NCD]
checks: []
silences: {no determination: next}
presume: {}
ask: [age, renewed, who]
end: {coded: nothing met, documented: indeterminate}
```
"""


def said_of(folder, rules):
    """The words of the edges that leave the first question, in their order."""
    engine = engine_of(folder, [("RULES", "NCD", rules)], FACTS, PROGRAM)
    graph = chart(engine, [Branch("B", {"program": "medicare-part-b"})], "97026", DAY)
    return graph, [edge.label for edge in graph.leaving[graph.nodes[1].id]]


def test_numbers_are_ranges_that_meet(tmp_path):
    rules = [rule("A", {"age": "between 0 and 17"}, "covered"), rule("B", {"age": "at least 65"}, "investigational")]
    _, said = said_of(tmp_path, rules)
    assert said == ["less than 0 or more than 17 and less than 65", "0 to 17", "65 or more"]


def test_days_are_before_and_from_on(tmp_path):
    _, said = said_of(tmp_path, [rule("A", {"renewed": "at least 2025-01-01"}, "covered")])
    assert said == ["before 2025-01-01", "2025-01-01 or later"]


def test_the_larger_part_of_many_answers_is_anything_else(tmp_path):
    graph, said = said_of(tmp_path, [rule("A", {"who": "is f"}, "investigational")])
    assert said == ["anything else", "F"]
    assert [edge.answers for edge in graph.leaving["n1"]] == [("a", "b", "c", "d", "e"), ("f",)]


def test_what_only_a_claim_can_show_is_asked_by_its_condition(tmp_path):
    graph, said = said_of(tmp_path, [rule("A", {"claim diagnoses": "in [M17]"}, "investigational")])
    assert said == ["yes", "no"]
    assert graph.nodes[1].detail == "Is this so of the diagnoses on the claim: in [M17]?"

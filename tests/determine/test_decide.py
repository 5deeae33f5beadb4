"""The walk over what is unknown, on small invented policies written the way real ones are."""

import textwrap
from datetime import date

import pytest

from claimwright.determine import decide as deciding
from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.lines.answers import Finality, Outcome
from claimwright.lines.case import Case, lines_of
from claimwright.policies.reading import read_folder
from claimwright.reference.releases import Releases

FACTS = """
facts:
  procedure: {type: code, column: procedure, from: [claim], says: the code}
  modifiers: {type: codes, column: modifier, from: [claim], says: the modifiers}
  claim diagnoses: {type: codes, column: dx, from: [claim], says: the diagnoses}
  purpose: {type: choice, values: {a: a, b: b, c: c}, from: [person], says: why, ask: "Why?"}
  noted: {type: yes/no, from: [chart], says: whether it is noted, ask: "Is it noted?", missing: DOC-NOTED}
  age: {type: number, from: [person], says: years of age, ask: "How old?"}
  service day: {type: date, column: service_from, from: [claim], says: the day}
  accident day: {type: date, column: accident, from: [claim], says: the day of the accident}
  covered by contract: {type: yes/no, from: [plan], says: whether, ask: "Is it?"}
"""

PROGRAM = """
---
id: medicare-part-b
title: a program
source: https://example.org
checked: 2026-01-01
---
```program
ranks: [contract, NCD, manual, edit]
checks: []
silences: {documentation not seen: DOC-NOT-SEEN}
presume: {noted: no}
ask: [purpose, noted, age]
end: {coded: nothing met, documented: indeterminate}
```
"""

POLICY = """
---
id: TEST
title: a policy
payer: nobody
authority: nobody
source: https://example.org
instrument: INSTRUMENT
applies to: {programs: [medicare-part-b]}
quote: paraphrase
checked: 2026-01-01
---
"""


def rule(name, when, then, **keys):
    lines = [f"```rule {name}", "in force: ..", "view: documented", "channel: coverage", "when:"]
    lines += [f"  {fact}: {predicate}" for fact, predicate in when.items()]
    lines += [f"then: {then}", *(f"{key}: {value}" for key, value in keys.items()), "because: so", "```"]
    return "> a sentence\n\n" + "\n".join(lines) + "\n\n"


@pytest.fixture
def explained(tmp_path):
    """Write policies (instrument → rules), then ask about one line with some facts."""

    def ask(policies, *, facts=None, claim=None, **line):
        (tmp_path / "facts.yaml").write_text(FACTS)
        (tmp_path / "program.md").write_text(PROGRAM.lstrip())
        for number, (instrument, rules) in enumerate(policies):
            folder = tmp_path / f"policy{number}"
            folder.mkdir(exist_ok=True)
            text = POLICY.lstrip().replace("INSTRUMENT", instrument).replace("id: TEST", f"id: P{number}")
            (folder / "policy.md").write_text(text + "".join(rules))
        shelf = read_folder(tmp_path)
        assert shelf.complaints == (), shelf.complaints
        case = {
            "form": "professional",
            "payer": {"program": "medicare-part-b"},
            "diagnoses": [],
            "facts": facts or {},
            "whole_day": True,
            **(claim or {}),
            "lines": [{"procedure": "97026", "service": str(date(2026, 3, 10)), "modifiers": [], "units": 1, **line}],
        }
        determined = Engine(shelf.library, Releases()).determine(lines_of(Case.model_validate(case)))
        return next(iter(explain(determined)))

    return ask


@pytest.fixture
def asked(explained):
    """The same, and what the record comes to."""
    return lambda *policies, **line: explained(*policies, **line).documented


def test_one_clause_denies_if_and_another_if_not_and_so_it_is_denied(asked):
    """Predicates on one fact are completed together: only a joint walk sees this."""
    answer = asked(
        [
            ("NCD", [rule("A", {"purpose": "in [a, b]"}, "not medically necessary")]),
            ("manual", [rule("B", {"purpose": "is c"}, "not medically necessary")]),
        ]
    )
    assert answer.outcome is Outcome.NOT_MEDICALLY_NECESSARY
    assert answer.finality is Finality.FINAL
    assert answer.next_question is None


def test_an_unknown_that_separates_outcomes_is_asked_and_its_answers_are_shown(asked):
    answer = asked([("NCD", [rule("A", {"purpose": "is a"}, "nationally noncovered")])])
    assert answer.outcome is Outcome.INDETERMINATE
    assert answer.next_question.fact == "purpose"
    assert dict(answer.next_question.answers)["a"] == ("NATIONALLY_NONCOVERED",)
    assert dict(answer.next_question.answers)["b"] == ("INDETERMINATE",)


def test_a_question_whose_answers_all_lead_to_the_same_place_is_not_asked(asked):
    answer = asked(
        [
            ("NCD", [rule("A", {"procedure": "in [97026]"}, "nationally noncovered")]),
            ("manual", [rule("B", {"purpose": "is a", "noted": "is yes"}, "not medically necessary")]),
        ]
    )
    assert answer.outcome is Outcome.NATIONALLY_NONCOVERED
    assert answer.finality is Finality.FINAL
    assert answer.depends_on == ()


def test_numbers_split_at_the_bounds_that_clauses_name(asked):
    young_and_old = [
        rule("YOUNG", {"age": "between 0 and 17"}, "covered"),
        rule("OLD", {"age": "at least 18"}, "covered"),
    ]
    answer = asked([("manual", young_and_old)])
    assert set(answer.reachable) == {Outcome.COVERED, Outcome.INDETERMINATE}, "17.5 is neither"
    known = asked([("manual", young_and_old)], facts={"age": 18})
    assert known.outcome is Outcome.COVERED


def test_an_exception_takes_away_the_clause_it_names(asked):
    policies = [
        ("NCD", [rule("DENY", {"procedure": "in [97026]"}, "not medically necessary")]),
        ("manual", [rule("BUT", {"purpose": "is a"}, "covered", **{"except": "P0 DENY"})]),
    ]
    assert asked(policies, facts={"purpose": "a"}).outcome is Outcome.COVERED
    assert asked(policies, facts={"purpose": "b"}).outcome is Outcome.NOT_MEDICALLY_NECESSARY
    assert set(asked(policies).reachable) == {Outcome.COVERED, Outcome.NOT_MEDICALLY_NECESSARY}


def test_a_contract_that_covers_silences_lower_positions_but_not_an_edit(asked):
    policies = [
        ("contract", [rule("COVERS", {"covered by contract": "is yes"}, "covered")]),
        ("manual", [rule("DENY", {"procedure": "in [97026]"}, "investigational")]),
    ]
    assert asked(policies, facts={"covered by contract": True}).outcome is Outcome.COVERED
    edit = ("edit", [rule("EDIT", {"procedure": "in [97026]"}, "bundled")])
    assert asked([*policies, edit], facts={"covered by contract": True}).outcome is Outcome.BUNDLED


def test_of_several_outcomes_the_order_picks_one_and_every_clause_that_gives_it_is_cited(asked):
    answer = asked(
        [
            ("manual", [rule("LOW", {"procedure": "in [97026]"}, "not medically necessary")]),
            ("NCD", [rule("HIGH", {"procedure": "in [97026]"}, "nationally noncovered")]),
            ("edit", [rule("ALSO", {"procedure": "in [97026]"}, "nationally noncovered")]),
        ]
    )
    assert answer.outcome is Outcome.NATIONALLY_NONCOVERED
    assert answer.clause == ("P1 HIGH", "P2 ALSO"), "the higher authority is cited first"


@pytest.mark.parametrize(
    ("sure", "outcome", "finality"),
    [
        ("statutorily excluded", Outcome.STATUTORILY_EXCLUDED, Finality.FINAL),  # nothing has to be presumed
        ("bundled", Outcome.NATIONALLY_NONCOVERED, Finality.PRESUMPTIVE),
    ],
)
def test_what_is_only_presumed_is_found_whatever_else_decides(explained, sure, outcome, finality):
    maybe = {"presumptive": "yes", "finding": "COV-MAYBE", "severity": "BLOCK", "likelihood": "likely"}
    policies = [
        ("contract", [rule("SURE", {"procedure": "in [97026]"}, sure)]),
        ("NCD", [rule("MAYBE", {"modifiers": "in [GP]"}, "nationally noncovered", **maybe)]),
    ]
    line = explained(policies, modifiers=["GP"])
    assert (line.documented.outcome, line.documented.finality) == (outcome, finality)
    assert [finding.id for finding in line.findings] == ["COV-MAYBE"]
    assert explained(policies).findings == ()


def test_what_is_only_presumed_and_set_aside_by_a_contract_is_not_found(explained):
    maybe = {"presumptive": "yes", "finding": "COV-MAYBE", "severity": "BLOCK", "likelihood": "likely"}
    policies = [
        ("contract", [rule("COVERS", {"procedure": "in [97026]"}, "covered")]),
        ("NCD", [rule("MAYBE", {"procedure": "in [97026]"}, "nationally noncovered", **maybe)]),
    ]
    line = explained(policies)
    assert line.documented.outcome is Outcome.COVERED
    assert line.findings == ()


def test_a_silent_clause_yields_to_a_denial_and_stands_before_what_covers(asked):
    silent = rule("UNREAD", {"procedure": "in [97026]"}, "silent", finding="COV-UNREAD")
    covers = rule("COVERS", {"procedure": "in [97026]"}, "covered")
    denies = rule("DENIES", {"procedure": "in [97026]"}, "investigational")
    assert asked([("manual", [silent, covers])]).outcome is Outcome.INDETERMINATE
    assert asked([("manual", [silent, denies])]).outcome is Outcome.INVESTIGATIONAL


def test_a_need_that_is_unknown_is_presumed_missing_and_one_that_is_absent_is_final(asked):
    policies = [("manual", [rule("OK", {"purpose": "is a"}, "covered conditional", needs="[noted]")])]
    unknown = asked(policies, facts={"purpose": "a"})
    assert (unknown.outcome, unknown.finality) == (Outcome.NEEDS_DOCUMENTATION, Finality.PRESUMPTIVE)
    absent = asked(policies, facts={"purpose": "a", "noted": False})
    assert (absent.outcome, absent.finality) == (Outcome.NEEDS_DOCUMENTATION, Finality.FINAL)
    met = asked(policies, facts={"purpose": "a", "noted": True})
    assert (met.outcome, met.finality) == (Outcome.COVERED_CONDITIONAL, Finality.FINAL)


def test_a_list_that_may_hold_more_gives_at_most(asked):
    rules = [
        rule("X", {"claim diagnoses": "in [M17]"}, "investigational"),
        rule("Y", {"claim diagnoses": "in [M18]"}, "covered"),
    ]
    answer = asked([("manual", rules)], pointers=None)
    assert answer.reachable_is == "exact", "an empty list is known absent"


def test_past_the_budget_the_answer_says_at_most_and_loses_nothing(asked, monkeypatch):
    rules = [
        rule(f"R{cell}", {"purpose": f"is {cell}"}, outcome)
        for cell, outcome in (("a", "investigational"), ("b", "covered"), ("c", "nationally noncovered"))
    ]
    exact = asked([("manual", rules)])
    monkeypatch.setattr(deciding, "BUDGET", 0)
    cut = asked([("manual", rules)])
    assert cut.reachable_is == "at most"
    assert set(cut.reachable) >= set(exact.reachable)


def test_the_example_in_the_readme_of_a_rule_is_read(tmp_path):
    """A rule block written by hand with every key is understood as it stands."""
    text = textwrap.dedent(
        """\
        > a sentence

        ```rule ALL.KEYS
        in force: 2006-10-24 ..
        view: coded
        channel: coverage
        each: line
        when:
          modifiers:
            - none in [GA]
            - in [GP, GO]
        then: nationally noncovered
        finding: CLM-X
        severity: BLOCK
        likelihood: likely
        codes: 16 N822 | 4
        liability: {GA: PR, otherwise: CO}
        because: because
        would change: what would
        ```
        """
    )
    (tmp_path / "facts.yaml").write_text(FACTS)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "policy.md").write_text(POLICY.lstrip().replace("INSTRUMENT", "NCD") + text)
    shelf = read_folder(tmp_path)
    assert shelf.complaints == ()
    clause = shelf.library.policies[0].clauses[0]
    assert (clause.codes.carc, clause.codes.rarc, clause.codes.alternatives) == ("16", ("N822",), ("4",))
    assert [str(condition) for condition in clause.when] == ["modifiers: none in [GA]", "modifiers: in [GP, GO]"]


@pytest.mark.parametrize(
    ("accident", "outcome"),
    [("2026-02-24", Outcome.COVERED), ("2026-02-23", Outcome.INDETERMINATE), ("2026-03-24", Outcome.COVERED)],
)
def test_days_of_a_claim_are_compared_with_each_other(asked, accident, outcome):
    policies = [("manual", [rule("SOON", {"service day": "within 14 days of accident day"}, "covered")])]
    assert asked(policies, claim={"accident": accident}).outcome is outcome

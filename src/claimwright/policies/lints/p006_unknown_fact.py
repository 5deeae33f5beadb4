"""P006: a word that is no fact, or a fact asked for what it cannot say, or read where nothing carries it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from claimwright.documents.complaints import Complaint, nearest
from claimwright.lines.answers import Channel
from claimwright.policies.lints.operands import wrong_predicate
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.walk import document, reads
from claimwright.policies.model import Clause, Condition, Fact, Library, Program
from claimwright.policies.predicates import OF_KNOWLEDGE, is_literal
from claimwright.policies.shelf import FACTS, Shelf

PAGE = Page(
    id="P006",
    name="unknown-fact",
    checks=(
        "Every subject, need, liability key and slot of a rule is a fact of facts.yaml; its predicate may stand on the "
        "fact's type, and its operands are among the fact's values. Needs are yes/no facts that raise a finding when "
        "missing. A `coded` or `both` clause reads, under `when`, only what a claim or a table carries; its needs and "
        "liability may name more, which then counts as not met. `except` names a clause that exists. Words that a "
        "program presumes or asks are facts too."
    ),
    why=(
        "A misspelt fact is never known, so the rule never fires or asks for ever. And a claim cannot show what only a "
        "chart knows: a coded clause that reads it would predict from nothing."
    ),
    wrong="""
view: coded
when:
  procedur: in [infrared]
  treatment intent: is neuropathy
""",
    right="""
view: coded
when:
  procedure: in [infrared]
  pointed diagnoses: all in [neuropathy]
""",
)
_SLOT = re.compile(r"\{([^{}]+)\}")
_DECLARE = "declare it in facts.yaml"


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    yield from _vocabulary(shelf.whole)
    for policy in shelf.library.policies:
        for clause in policy.clauses:
            for line, message, advice in _clause(clause, shelf.whole):
                yield Complaint(document(policy), line, "P006", f"clause {clause.id}: {message}", advice)
    for program in shelf.library.orders:
        yield from _program(program, shelf.whole)


Found = tuple[int, str, str]  # line, message, help


def _clause(clause: Clause, library: Library) -> Iterator[Found]:
    for condition in clause.when:
        wrong = _condition(condition, library)
        if wrong:
            yield condition.line, *wrong
        else:
            yield from _out_of_reach(clause, condition, library)
    for word in clause.needs:
        yield from ((clause.line, *wrong) for wrong in _need(word, library))
    for key, _ in clause.liability:
        yield from ((clause.line, *wrong) for wrong in _liability(key, library))
    for text in (clause.because, clause.would_change, clause.ask):
        yield from ((clause.line, *wrong) for wrong in _slots(text, clause, library))
    if clause.excepts:
        yield from ((clause.line, *wrong) for wrong in _exception(*clause.excepts, library))


def _condition(condition: Condition, library: Library) -> tuple[str, str] | None:
    """What is wrong with one condition by itself: its fact, its predicate, its operands."""
    if condition.fact in library.derived:
        if condition.predicate.op == "is" and condition.predicate.operands[0] in {"yes", "no"}:
            return None
        return f"the derived fact {condition.fact!r} is asked {str(condition.predicate)!r}", "ask `is yes` or `is no`"
    fact = library.fact(condition.fact)
    if fact is None:
        return f"nobody declares the fact {condition.fact!r}", nearest(condition.fact, _words(library), _DECLARE)
    return wrong_predicate(fact, condition.predicate, library)


def _out_of_reach(clause: Clause, condition: Condition, library: Library) -> Iterator[Found]:
    """Facts a clause cannot see: what no claim carries, in a view that has only the claim; pairs, on a single line."""
    for read in reads(condition, library):
        fact = library.fact(read.condition.fact)
        if fact is None:
            continue
        through = f" (through {read.through!r})" if read.through else ""
        if clause.view in {"coded", "both"} and not fact.carried:
            message = (
                f"a clause in the {clause.view} view reads {fact.name!r}{through}, which no claim or table carries"
            )
            advice = "write `view: documented`, or read a fact of the claim"
            yield condition.line, message.replace("the both view", "both views"), advice
        if read.condition.predicate.op in OF_KNOWLEDGE and (
            clause.channel is Channel.COVERAGE or clause.view != "documented"
        ):
            message = f"{str(condition.predicate)!r} speaks of what is known, which decides no coverage and no claim"
            yield condition.line, message, "ask it in a documented clause of another channel"
        if fact.each == "pair of lines" and clause.each != fact.each:
            message = f"{fact.name!r}{through} speaks of a pair of lines, and the clause of each {clause.each}"
            yield condition.line, message, "write `each: pair of lines`"


def _need(word: str, library: Library) -> Iterator[tuple[str, str]]:
    fact = library.derived.get(word) or library.fact(word)
    if fact is None:
        known = [fact.name for fact in library.facts.values() if fact.type == "yes/no"]
        yield f"it needs {word!r}, which is no fact", nearest(word, [*library.derived, *known], _DECLARE)
    elif isinstance(fact, Fact) and fact.type != "yes/no":
        yield f"it needs {word!r}, which is a {fact.type}", "a need is a yes/no fact"
    elif not fact.missing:
        advice = "name one under `missing:` in facts.yaml"
        yield f"it needs {word!r}, which raises no finding when it is missing", advice


def _liability(key: str, library: Library) -> Iterator[tuple[str, str]]:
    if key == "otherwise" or key in library.derived or (is_literal(key) and len(key) == 2):
        return
    fact = library.fact(key)
    if fact is None or fact.type != "yes/no":
        known = [
            *library.derived,
            *(fact.name for fact in library.facts.values() if fact.type == "yes/no"),
            "otherwise",
        ]
        advice = nearest(key, known, "a key is a yes/no fact, a modifier, or `otherwise`")
        yield f"nothing decides the liability key {key!r}", advice


def _slots(text: str, clause: Clause, library: Library) -> Iterator[tuple[str, str]]:
    asked = {fact.name for condition in clause.when if (fact := library.fact(condition.fact))}
    for slot in _SLOT.findall(text):
        word = slot.removesuffix(".matched")
        fact = library.fact(word)
        if fact is None and any(row.name == word for row in library.numbers):
            continue
        if fact is None:
            yield f"the slot {{{slot}}} is no fact", nearest(word, _words(library), "write the name of a fact")
        elif slot != word and fact.name not in asked:
            yield f"nothing is matched for the slot {{{slot}}}", f"ask {word!r} under `when`, or write {{{word}}}"


def _exception(policy_id: str, clause_id: str, library: Library) -> Iterator[tuple[str, str]]:
    policy = library.policy(policy_id)
    if policy is None:
        known = [policy.id for policy in library.policies]
        yield f"it excepts a clause of {policy_id!r}, which is no policy", nearest(policy_id, known, "name its id")
    elif clause_id not in {clause.id for clause in policy.clauses}:
        known = [clause.id for clause in policy.clauses]
        yield f"it excepts {clause_id!r}, which is no clause of {policy_id}", nearest(clause_id, known, "name its id")


def _vocabulary(library: Library) -> Iterator[Complaint]:
    owner: dict[str, str] = {}
    for fact in library.facts.values():
        for word in (fact.name, *fact.aka):
            if word in owner or word in library.derived:
                other = owner.get(word, word)
                message = f"the word {word!r} names both {other!r} and {fact.name!r}"
                yield Complaint(FACTS, fact.line, "P006", message, "a word names one fact")
            owner.setdefault(word, fact.name)
    for derived in library.derived.values():
        if derived.stated_as and derived.stated_as not in library.facts:
            message = f"the derived fact {derived.name} is stated as {derived.stated_as!r}, which is no fact"
            yield Complaint(FACTS, derived.line, "P006", message, nearest(derived.stated_as, library.facts, _DECLARE))
        for condition in derived.of.conditions():
            wrong = _condition(condition, library)
            if wrong:
                line = condition.line or derived.line
                yield Complaint(FACTS, line, "P006", f"the derived fact {derived.name}: {wrong[0]}", wrong[1])


def _program(program: Program, library: Library) -> Iterator[Complaint]:
    path = f"{program.path}/program.md"
    for word in (*(one.fact for one in program.presume), *(fact for fact, _ in program.usual), *_listed(program)):
        if word not in library.derived and library.fact(word) is None:
            message = f"program {program.id}: nobody declares the fact {word!r}"
            yield Complaint(path, program.line, "P006", message, nearest(word, _words(library), _DECLARE))
    for condition in program.conditions():
        wrong = _condition(condition, library)
        if wrong:
            yield Complaint(path, condition.line, "P006", f"program {program.id}: {wrong[0]}", wrong[1])
    for word, value in (*((one.fact, value) for one in program.presume for value in one.values), *program.usual):
        fact = library.fact(word)
        values = (
            ("yes", "no") if fact and fact.type == "yes/no" else tuple(name for name, _ in fact.values) if fact else ()
        )
        if values and value not in values:
            message = f"program {program.id} presumes {word!r} to be {value!r}"
            yield Complaint(path, program.line, "P006", message, f"one of: {', '.join(values)}")


def _listed(program: Program) -> tuple[str, ...]:
    return (*program.ask, *(fact for _, facts in program.checklists for fact in facts))


def _words(library: Library) -> list[str]:
    return [word for fact in library.facts.values() for word in (fact.name, *fact.aka)] + list(library.derived)

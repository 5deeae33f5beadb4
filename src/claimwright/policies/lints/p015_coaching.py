"""P015: advice that makes a claim fit a rule, where it should ask for the truth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from claimwright.documents.complaints import Complaint
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.walk import document
from claimwright.policies.model import Clause
from claimwright.policies.shelf import FACTS, Shelf

PAGE = Page(
    id="P015",
    name="coaching",
    checks=(
        "What a reader is told (`because`, `would change`, `ask`, `provided`, the questions of facts.yaml) names no "
        "diagnosis code to use, promises no payment, and asks for no wording, purpose or diagnosis to be chosen, left "
        "out, put in or dated back so that a line passes."
    ),
    why=(
        "The advice goes to people who write records and claims. One sentence that says what to write so that it is "
        "paid turns a check into a way to commit fraud, and a true diagnosis that is dropped harms a patient."
    ),
    wrong="""
would change: point the line to M17.11 instead, and leave neuropathy out of the note
""",
    right="""
would change: >-
  the purpose: if the record shows that another condition was treated, point the line to that one; a true diagnosis
  stays on the claim
""",
)
_DIAGNOSIS = re.compile(r"\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")
_TRUE = r"(?:diagnos[ie]s|neuropath\w+|wounds?|ulcers?|purpose|note|record)"
_COACHING: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (r"\b(guarantee\w*|will (be )?paid|will pay|sure to pay|gets? paid|getting paid|payable)\b", "payment"),
        (rf"\b(leave|take|keep|edit|strike)\b[^.;]{{0,40}}\b{_TRUE}\b[^.;]{{0,20}}\b(out|off|away)\b", "an omission"),
        (rf"\b(omit|delete|remove|drop|hide|avoid (mention\w*|saying))\b[^.;]{{0,60}}\b{_TRUE}\b", "an omission"),
        (r"\b(re-?write|re-?word|rephrase|back-?dat\w+|change the (note|record|wording|date))\b", "another record"),
        (r"\b(a diagnosis that (is covered|passes)|choose a(nother)? (diagnosis|purpose))\b", "a choice"),
    )
)
_ADVICE = "ask for what is true to be stated, and say what would follow from it"


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    for policy in shelf.library.policies:
        for clause in policy.clauses:
            for text in _told(clause):
                for wrong in coached(text):
                    yield Complaint(document(policy), clause.line, "P015", f"clause {clause.id} {wrong}", _ADVICE)
    for fact in shelf.library.facts.values():
        for wrong in coached(fact.ask):
            yield Complaint(FACTS, fact.line, "P015", f"the question about {fact.name} {wrong}", _ADVICE)


def coached(text: str) -> Iterator[str]:
    """What is wrong with a piece of advice.

    >>> list(coached("a true diagnosis stays on the claim"))
    []
    >>> list(coached("remove the neuropathy diagnosis"))
    ['asks for an omission: remove the neuropathy diagnosis']
    """
    found = _DIAGNOSIS.search(text)
    if found:
        yield f"names a diagnosis code: {found[0]}"
    for pattern, what in _COACHING:
        hit = pattern.search(text)
        if hit and not _negated(text, hit.start()):
            yield f"asks for {what}: {hit[0]}"


def _negated(text: str, at: int) -> bool:
    """Whether the words before say that it is not to be done."""
    return bool(re.search(r"\b(never|not|no|nothing|without|do not|don't)\b[^.;]{0,30}$", text[:at], re.IGNORECASE))


def _told(clause: Clause) -> tuple[str, ...]:
    return (clause.because, clause.would_change, clause.ask, *clause.provided)

"""P016: a clause that does more than ask for review, on a list that was derived through the mappings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from claimwright.documents.complaints import Complaint
from claimwright.lines.answers import Likelihood
from claimwright.policies.code_rows import GEM
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.walk import document, named_sets, sets_of
from claimwright.policies.model import Clause, CodeRow, Library
from claimwright.policies.shelf import Shelf

PAGE = Page(
    id="P016",
    name="gem-derived",
    checks=(
        "A clause that reads a set with rows marked `gem` in codes.csv (column `derived`) collects a finding, WARN or "
        "INFO, no more than `possible`, and predicts no denial code; it gives no outcome and leans to none. No program "
        "presumes anything by such a set."
    ),
    why=(
        "The General Equivalence Mappings say which codes are near each other, not which codes an authority listed. "
        "A list found through them holds too much: a hit means that somebody looks, and never that a claim is denied."
    ),
    wrong="""
severity: BLOCK
likelihood: likely
codes: 50 N386

codes.csv   neuropathy by mapping,ICD-10-CM,E11.42,2015-10-01,,2018 GEM from 250.60,gem
""",
    right="""
severity: WARN
likelihood: possible

codes.csv   neuropathy by mapping,ICD-10-CM,E11.42,2015-10-01,,2018 GEM from 250.60,gem
""",
)
_ADVICE = "make it a WARN that asks for review, or read a list that somebody checked"


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    whole = shelf.whole
    shared = _marked(whole.shared_codes)
    for policy in shelf.library.policies:
        own = _marked(policy.codes)
        for clause in policy.clauses:
            sets = sets_of(clause, whole)
            named = sorted((sets & own) | ((sets - policy.sets) & shared))
            wrong = _beyond_review(clause) if named else ""
            if wrong:
                message = f"clause {clause.id} {wrong}, by the set {named[0]!r}, which was derived through the mappings"
                yield Complaint(document(policy), clause.line, "P016", message, _ADVICE)
    yield from _programs(shelf.library, shared)


def _marked(rows: Iterable[CodeRow]) -> frozenset[str]:
    return frozenset(row.set for row in rows if row.derived == GEM)


def _beyond_review(clause: Clause) -> str:
    """What a clause does that a list of near codes cannot carry; "" where it asks for review only."""
    if clause.then is not None:
        return f"gives an outcome ({clause.then})"
    if clause.leans is not None:
        return f"leans to an outcome ({clause.leans})"
    if clause.codes is not None:
        return f"predicts a denial ({clause.codes.carc})"
    if clause.severity.needs_work:
        return f"is a {clause.severity}"
    if clause.likelihood is not Likelihood.POSSIBLE:
        return f"is {clause.likelihood}"
    return ""


def _programs(library: Library, shared: frozenset[str]) -> Iterator[Complaint]:
    for program in library.orders:
        for condition in program.conditions():
            for name in sorted(shared.intersection(named_sets(condition, library))):
                message = f"program {program.id} goes by the set {name!r}, which was derived through the mappings"
                yield Complaint(f"{program.path}/program.md", condition.line, "P016", message, _ADVICE)

"""P005: a code set is named that nobody defines, or defined and used by nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from claimwright.documents.complaints import Complaint, nearest
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.walk import document, named_sets, sets_of
from claimwright.policies.model import CodeRow, Library, Policy
from claimwright.policies.shelf import CODES, FACTS, Shelf

PAGE = Page(
    id="P005",
    name="unknown-or-unused-set",
    checks=(
        "Every set a rule or a fact names stands in the policy's own codes.csv or in the shared one, and every table a "
        "rule looks into is declared under `tables`. Every set of a policy's codes.csv is used by one of its rules, "
        "every shared set by a rule, a derived fact or a fact that `counts` it."
    ),
    why=(
        "An unknown name matches no code, so the rule never fires and nobody is told. A set that nothing uses is read "
        "by people as if it decided something."
    ),
    wrong="""
when:
  pointed diagnoses: all in [neuropathies]

codes.csv   neuropathy,ICD-10-CM,E11.42,2015-10-01,,curated from the wording
""",
    right="""
when:
  pointed diagnoses: all in [neuropathy]

codes.csv   neuropathy,ICD-10-CM,E11.42,2015-10-01,,curated from the wording
""",
)
_DEFINE = "add its codes to codes.csv"


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    library = shelf.library
    shared = {row.set for row in shelf.whole.shared_codes}
    for policy in library.policies:
        yield from _undefined(policy, library, shared)
    yield from _undefined_by_facts(library, shared)
    yield from _undefined_by_programs(library, shared)
    if any(complaint.id == "P000" for complaint in shelf.complaints):
        return  # what was not read may well use them
    for policy in library.policies:
        used = {name for clause in policy.clauses for name in sets_of(clause, library)}
        yield from _unused(policy.codes, used, f"{policy.path}/{CODES}", "no rule of the policy")
    yield from _unused(library.shared_codes, _shared_in_use(library), CODES, "no rule and no fact")


def _undefined(policy: Policy, library: Library, shared: set[str]) -> Iterator[Complaint]:
    known = policy.sets | shared
    tables = [name for name, _ in policy.tables]
    for clause in policy.clauses:
        for condition in clause.when:
            for name in named_sets(condition, library):
                if name not in known:
                    message = f"clause {clause.id} names the set {name!r}, which no codes.csv defines"
                    advice = nearest(name, known, _DEFINE)
                    yield Complaint(document(policy), condition.line, "P005", message, advice)
            if condition.predicate.op == "in table" and condition.predicate.operands[0] not in tables:
                name = condition.predicate.operands[0]
                message = f"clause {clause.id} looks into the table {name!r}, which the front matter does not declare"
                advice = nearest(name, tables, f"declare it: tables: {{{name}: ncci/ptp}}")
                yield Complaint(document(policy), condition.line, "P005", message, advice)


def _undefined_by_facts(library: Library, shared: set[str]) -> Iterator[Complaint]:
    for derived in library.derived.values():
        for condition in derived.of.conditions():
            for name in named_sets(condition, library):
                if name not in shared:
                    message = f"the derived fact {derived.name} names the set {name!r}, which codes.csv does not define"
                    line = condition.line or derived.line
                    yield Complaint(FACTS, line, "P005", message, nearest(name, shared, _DEFINE))
    for fact in library.facts.values():
        for verb, name in (("counts", fact.counts), ("sums", fact.sums), ("uses", fact.uses)):
            if name and name not in shared:
                message = f"the fact {fact.name} {verb} the set {name!r}, which codes.csv does not define"
                yield Complaint(FACTS, fact.line, "P005", message, nearest(name, shared, _DEFINE))


def _undefined_by_programs(library: Library, shared: set[str]) -> Iterator[Complaint]:
    for program in library.programs.values():
        for condition in program.conditions():
            for name in named_sets(condition, library):
                if name not in shared:
                    message = f"program {program.id} names the set {name!r}, which codes.csv does not define"
                    path = f"{program.path}/program.md"
                    yield Complaint(path, condition.line, "P005", message, nearest(name, shared, _DEFINE))


def _shared_in_use(library: Library) -> set[str]:
    used = {name for fact in library.facts.values() for name in (fact.counts, fact.sums, fact.uses)}
    for derived in library.derived.values():
        used.update(name for condition in derived.of.conditions() for name in named_sets(condition, library))
    for program in library.programs.values():
        used.update(name for condition in program.conditions() for name in named_sets(condition, library))
    for policy in library.policies:
        named = {name for clause in policy.clauses for name in sets_of(clause, library)}
        used |= named - policy.sets
    return used


def _unused(rows: Iterable[CodeRow], used: set[str], path: str, by_whom: str) -> Iterator[Complaint]:
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.set, row.line)
    for name, line in first.items():
        if name not in used:
            advice = nearest(name, used - {""}, "use it, or take its rows out")
            yield Complaint(path, line, "P005", f"the set {name!r} is used by {by_whom}", advice)

"""Traces statements: which clauses decide each, what proves that, and which of them have lost their proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from claimwright.policies.model import Clause, Library
from claimwright.policies.statements import Standing, Statement
from claimwright.proving.prove import Proof
from claimwright.proving.trace_cases import CaseProofs

_CASE = "case "
_KEPT = frozenset({Standing.SHAPE, Standing.TEXT})
_TEST = re.compile(r"^\s*(?:async )?def (test_\w+)\(", re.MULTILINE)


class Kind(StrEnum):
    EXAMPLE = "example"  # a row of a policy, which comes out differently without the clause
    CASE = "case"  # a worked case, which fails without the clause; of a shape, one that comes out
    TEST = "test"  # a test of the repository, by its node id
    DOCUMENT = "document"  # where a text stands


@dataclass(frozen=True)
class Shown:
    """One proof. `clause` and `in_force` name the clause version it proves, and are empty where it proves a shape."""

    kind: Kind
    name: str  # the case of an example, the id of a case, the node of a test, the path of a document
    place: str  # file:line, where known
    clause: str = ""
    in_force: str = ""


@dataclass(frozen=True)
class Traced:
    """One statement: the clause versions that state it, what proves it, and in words what is missing."""

    statement: Statement
    clauses: tuple[Clause, ...]
    proofs: tuple[Shown, ...]
    lost: tuple[str, ...]


def stating(library: Library, statements: Iterable[Statement]) -> dict[str, tuple[Clause, ...]]:
    """For each statement the clause versions that say they decide it, in the order of the policies."""
    found: dict[str, list[Clause]] = {statement.id: [] for statement in statements}
    for policy in library.policies:
        for clause in policy.clauses:
            for name in clause.states:
                if name in found:
                    found[name].append(clause)
    return {name: tuple(clauses) for name, clauses in found.items()}


def cases_wanted(statements: Iterable[Statement]) -> frozenset[str]:
    """The ids of the cases that statements name."""
    named = (place for statement in statements for place in statement.where if place.startswith(_CASE))
    return frozenset(place.removeprefix(_CASE) for place in named)


@dataclass(frozen=True)
class Evidence:
    """What was run: the proofs of policies by id, and the cases. `root` is the folder that holds the policies' own."""

    library: Library
    proofs: Mapping[str, Proof]
    cases: CaseProofs
    root: Path

    def path(self, policy: str) -> str:
        found = self.library.policy(policy)
        return f"{found.path}/policy.md" if found else policy


def trace(statements: Sequence[Statement], evidence: Evidence) -> tuple[Traced, ...]:
    """Each statement with its proofs. Nothing is run here."""
    clauses = stating(evidence.library, statements)
    return tuple(_traced(statement, clauses[statement.id], evidence) for statement in statements)


def _traced(statement: Statement, clauses: tuple[Clause, ...], evidence: Evidence) -> Traced:
    proofs: list[Shown] = []
    lost: list[str] = []
    for clause in clauses:
        shown = [*_examples(clause, evidence), *_cases(statement, clause, evidence)]
        proofs += shown
        if not shown:
            lost.append(f"{clause.name} ({clause.in_force}) is proved by no example and no case")
    if statement.standing is Standing.DECIDED and not clauses:
        proposed = [place for place in statement.where if not _is_proof(place)]
        lost.append(f"no clause states it ({' or '.join(proposed)} ought to)" if proposed else "no clause states it")
    for id_ in evidence.cases.of.get(statement.id, ()):
        lost += _case_lost(statement, id_, clauses, evidence)
        if not clauses and id_ in evidence.cases.came_out:
            proofs.append(Shown(Kind.CASE, id_, evidence.cases.places[id_]))
    for place in statement.where:
        if statement.standing in _KEPT or _is_proof(place):
            found = _named(place, evidence)
            proofs += [found] if isinstance(found, Shown) else []
            lost += [found] if isinstance(found, str) else []
    return Traced(statement, clauses, tuple(proofs), tuple(dict.fromkeys(lost)))


def _is_proof(place: str) -> bool:
    """True of a case or a test; of a decided statement, anything else names a policy."""
    return place.startswith(_CASE) or "::" in place


def _examples(clause: Clause, evidence: Evidence) -> Iterator[Shown]:
    """The examples that come out as their rows say, and differently without the clause."""
    proof = evidence.proofs[clause.policy]
    path = evidence.path(clause.policy)
    for one in proof.clauses:
        if one.clause is clause:
            for example in one.by:
                if example.line not in proof.failing:
                    where = f"{path}:{example.line}"
                    yield Shown(Kind.EXAMPLE, example.case, where, clause.name, str(clause.in_force))


def _cases(statement: Statement, clause: Clause, evidence: Evidence) -> Iterator[Shown]:
    for id_ in evidence.cases.of.get(statement.id, ()):
        if (id_, clause.name) in evidence.cases.rests_on:
            yield Shown(Kind.CASE, id_, evidence.cases.places[id_], clause.name, str(clause.in_force))


def _case_lost(statement: Statement, id_: str, clauses: Sequence[Clause], evidence: Evidence) -> Iterator[str]:
    """What is wrong with a case that says it proves a statement."""
    if id_ not in evidence.cases.came_out:
        yield f"case {id_}, which should prove it, does not come out"
    elif clauses and not any((id_, clause.name) in evidence.cases.rests_on for clause in clauses):
        yield f"case {id_} says it proves it, and comes out the same without the clauses that state it"
    elif not clauses and statement.standing is Standing.DECIDED:
        yield f"case {id_} says it proves it, and no clause does"


def _named(place: str, evidence: Evidence) -> Shown | str:
    """The proof that a place names, or what is wrong with it."""
    if place.startswith(_CASE):
        id_ = place.removeprefix(_CASE)
        if id_ not in evidence.cases.places:
            return f"there is no case {id_}"
        if id_ not in evidence.cases.came_out:
            return f"case {id_} does not come out"
        return Shown(Kind.CASE, id_, evidence.cases.places[id_])
    path, _, test = place.partition("::")
    file = evidence.root / path
    if not file.is_file():
        return f"there is no file {path}"
    if not test:
        return Shown(Kind.DOCUMENT, path, path)
    line = _tests(file).get(test)
    if line is None:
        return f"{path} has no test {test}"
    return Shown(Kind.TEST, place, f"{path}:{line}")


def _tests(file: Path) -> dict[str, int]:
    """The tests of a file, with their lines; read as text, for tests are not imported to be counted."""
    text = file.read_text("utf-8")
    return {found[1]: text.count("\n", 0, found.start(1)) + 1 for found in _TEST.finditer(text)}

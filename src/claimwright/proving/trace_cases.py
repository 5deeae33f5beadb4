"""What worked cases prove: a case that says which statements it proves is run again without the clauses behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claimwright.documents.complaints import Complaint
from claimwright.policies.model import Clause
from claimwright.policies.statements import NAME, Statement
from claimwright.proving import cases
from claimwright.proving.case_files import WorkedCase
from claimwright.proving.cases import Bench


@dataclass(frozen=True)
class CaseProofs:
    """Cases that were run, by id; for each statement those that say they prove it, and what each rests on.

    `rests_on` holds a case and a clause, by name, without which the case does not come out.
    """

    places: Mapping[str, str]  # id → file:line
    came_out: frozenset[str]
    of: Mapping[str, tuple[str, ...]]
    rests_on: frozenset[tuple[str, str]]


NONE = CaseProofs({}, frozenset(), {}, frozenset())


def prove(
    every: Sequence[WorkedCase],
    bench: Bench,
    stating: Mapping[str, Sequence[Clause]],
    *,
    progress: Callable[[int], None] = lambda _: None,
) -> CaseProofs:
    """Run cases as they are, and those that prove a statement once more without each clause that states it.

    Where no clause alone is missed, for another says the same, all that state it are taken away together; the case then
    rests on each. `stating` holds the clauses by statement. `progress` hears how many of the `runs` are done.
    """
    came_out = frozenset(result.case.id for result in cases.run(every, bench) if result.ok)
    progress(1)
    sound = [case for case in every if case.id in came_out]
    rests_on: set[tuple[str, str]] = set()
    for done, (name, states) in enumerate(_by_clause(stating).items(), start=2):
        wanting = [case for case in sound if states & set(case.proves)]
        rests_on |= {(id_, name) for id_ in _without(wanting, bench, [name])}
        progress(done)
    for statement, clauses in stating.items():
        names = list(dict.fromkeys(clause.name for clause in clauses))
        wanting = [
            case
            for case in sound
            if statement in case.proves and not any((case.id, name) in rests_on for name in names)
        ]
        if len(names) > 1:
            rests_on |= {(id_, name) for id_ in _without(wanting, bench, names) for name in names}
    of: dict[str, list[str]] = {}
    for case in every:
        for statement in case.proves:
            of.setdefault(statement, []).append(case.id)
    return CaseProofs(
        {case.id: f"{case.file}:{case.line}" for case in every},
        came_out,
        {statement: tuple(ids) for statement, ids in of.items()},
        frozenset(rests_on),
    )


def unknown(every: Sequence[WorkedCase], statements: Iterable[Statement]) -> Iterator[Complaint]:
    """Cases that say they prove a statement which is not listed."""
    known = {statement.id for statement in statements}
    for case in every:
        for name in case.proves:
            if name not in known:
                message = f"case {case.id} proves {name}, which {NAME} does not list"
                help_ = f"write the id of the statement it proves, or add a row to {NAME}"
                yield Complaint(case.file, case.line, "CASE", message, help_)


def runs(stating: Mapping[str, Sequence[Clause]]) -> int:
    """How often `prove` runs cases, near enough for a progress bar."""
    return 1 + len(_by_clause(stating))


def _by_clause(stating: Mapping[str, Sequence[Clause]]) -> dict[str, set[str]]:
    """The statements of each clause, by its name: all its versions go together."""
    found: dict[str, set[str]] = {}
    for statement, clauses in stating.items():
        for clause in clauses:
            found.setdefault(clause.name, set()).add(statement)
    return found


def _without(wanting: Sequence[WorkedCase], bench: Bench, names: Iterable[str]) -> list[str]:
    """The ids of the cases that do not come out without these clauses."""
    if not wanting:
        return []
    return [result.case.id for result in cases.run_without(wanting, bench, names) if not result.ok]

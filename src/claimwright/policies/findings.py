"""The findings that a library can raise: by which clauses, for want of which facts, or by the name of a silence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from claimwright.lines.answers import Severity
from claimwright.policies.model import Clause, Derived, Fact, Library, Program


@dataclass(frozen=True)
class FindingPage:
    """One finding id. `missing`: facts that a clause needs and that are not there; `conflicts`: facts about which
    sources disagree; `silences`: what an order of authority calls by it.
    """

    id: str
    raised: tuple[Clause, ...]
    missing: tuple[Fact | Derived, ...]
    conflicts: tuple[Fact, ...]
    silences: tuple[tuple[Program, str], ...]

    @property
    def says(self) -> str:
        """What it means in a line: the reason of the strictest clause that raises it, else what is wanting."""
        if self.raised:
            return min(self.raised, key=lambda one: one.severity.order).because
        if self.missing:
            return "not there though a clause needs it: " + ", ".join(fact.says for fact in self.missing)
        if self.conflicts:
            return "sources disagree about it: " + ", ".join(fact.says for fact in self.conflicts)
        return "; ".join(dict.fromkeys(silence for _, silence in self.silences))

    @property
    def severities(self) -> tuple[Severity, ...]:
        return tuple(sorted({clause.severity for clause in self.raised}, key=lambda one: one.order))


# what a silence is called where an order of authority leaves its finding to the next one
_NO_FINDING = "next"


def findings(library: Library) -> dict[str, FindingPage]:
    """Every finding by its id, in the order of the ids."""
    return _findings(_Same(library))


class _Same:
    """A library as a key: itself, and no other that is equal (comparing two takes longer than building this)."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.library is other.library

    def __hash__(self) -> int:
        return id(self.library)


@lru_cache(maxsize=4)
def _findings(key: _Same) -> dict[str, FindingPage]:
    library = key.library
    raised: defaultdict[str, list[Clause]] = defaultdict(list)
    missing: defaultdict[str, list[Fact | Derived]] = defaultdict(list)
    conflicts: defaultdict[str, list[Fact]] = defaultdict(list)
    silences: defaultdict[str, list[tuple[Program, str]]] = defaultdict(list)
    for policy in library.policies:
        for clause in policy.clauses:
            raised[clause.finding].append(clause)
    for fact in library.facts.values():
        missing[fact.missing].append(fact)
        conflicts[fact.conflict].append(fact)
    for derived in library.derived.values():
        missing[derived.missing].append(derived)
    for program in library.orders:
        for silence, name in program.silences:
            silences[name].append((program, silence))
    ids = ({*raised, *missing, *conflicts, *silences}) - {"", _NO_FINDING}
    return {
        name: FindingPage(
            name, tuple(raised[name]), tuple(missing[name]), tuple(conflicts[name]), tuple(silences[name])
        )
        for name in sorted(ids)
    }

"""What sources other than the claim say: each fact a set of values it may still have.

Unknown is the whole domain, known is one value, and "not a wound" is the domain without it. Two sources that exclude
each other make a conflict: the fact is unknown again, and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

import orjson
import polars as pl

from claimwright.determine import truth
from claimwright.determine.plan import Plan
from claimwright.determine.trees import Leaf
from claimwright.documents.complaints import nearest
from claimwright.policies.model import Fact, plain
from claimwright.policies.predicates import OF_KNOWLEDGE

Cell = str | bool | float | date


@dataclass(frozen=True)
class Stated:
    """What one line's sources say. `values`: fact → what it may be; `sources`: fact → who says so."""

    values: tuple[tuple[str, frozenset[Cell]], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[str, ...] = ()
    misread: tuple[str, ...] = ()  # what was stated but could not be understood, with help
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()  # facts that are lists of codes

    @property
    def of_the_record(self) -> bool:
        """True when somebody spoke from the record: a note, or a person who knows."""
        return any(source in {"chart", "person"} for _, source in self.sources)

    @cached_property
    def _by_fact(self) -> dict[str, frozenset[Cell]]:
        return dict(self.values)

    def possible(self, fact: str) -> frozenset[Cell] | None:
        """The values a fact may have; None when nothing is known of it."""
        return self._by_fact.get(fact)

    def single(self, fact: str) -> Cell | None:
        """The one value of a fact that is known; None when it is not, or only partly."""
        cells = self.possible(fact)
        return next(iter(cells)) if cells is not None and len(cells) == 1 else None

    def listed(self, fact: str) -> tuple[str, ...] | None:
        """The codes of a list that is known."""
        return next((codes for name, codes in self.lists if name == fact), None)


NOTHING = Stated()
_IN_WRITING = "it is not taken from memory; name the payer's own document in the site's settings, or as the source"
NOT_SEEN = "no note was given, and nobody answered for the record"  # why nothing was `of_the_record`
_SAYS_NOTHING = frozenset({"unknown", "not known", "none", ""})


def read(text: str | None, plan: Plan) -> Stated:
    """Read the `stated` column of one line: a JSON object, fact → value, {value, source}, {not: …}, {either: […]}, or a
    list of these.

    What names no fact, or no value of the fact, lands in `misread` and leaves the fact unknown.
    """
    if not text:
        return NOTHING
    found = _Heard()
    for word, said in orjson.loads(text).items():
        fact = _fact(word, plan)
        if fact is None or not fact.statable:
            found.misread.append(f"{word}: {_no_fact(word, plan)}")
        elif fact.type == "codes":
            found.listed(fact, said)
        else:
            found.scalar(fact, word, said)
    return Stated(
        tuple(found.values),
        tuple(found.sources),
        tuple(found.conflicts),
        tuple(found.misread),
        tuple(found.lists),
    )


@dataclass
class _Heard:
    """What was heard so far of one line."""

    values: list[tuple[str, frozenset[Cell]]] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)
    lists: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def listed(self, fact: Fact, said: Any) -> None:
        """A list of codes; several sources have to name the same ones."""
        told = tuple(_listed(said))
        self.sources.extend((fact.name, source) for source, _ in told)
        if len({frozenset(codes) for _, codes in told}) == 1:
            self.lists.append((fact.name, told[0][1]))
        elif told:
            self.conflicts.append(fact.name)

    def scalar(self, fact: Fact, word: str, said: Any) -> None:
        """One value; several sources have to leave one possible."""
        possible: frozenset[Cell] | None = None
        for value, source in _statements(said):
            from_memory = fact.in_writing and source not in fact.sources
            cells = None if from_memory else _cells(value, fact)
            if cells is None:
                self.misread.append(f"{word}: {_IN_WRITING if from_memory else _allowed(fact)}")
                continue
            if not cells:  # said to be unknown
                continue
            self.sources.append((fact.name, source))
            if possible is not None and not possible & cells:
                self.conflicts.append(fact.name)
                return
            possible = cells if possible is None else possible & cells
        if possible is not None:
            self.values.append((fact.name, possible))


def _fact(word: str, plan: Plan) -> Fact | None:
    """The fact of a word; for a derived fact the one that holds what is said of it as a whole."""
    derived = plan.library.derived_as(word)
    return plan.library.fact(derived.stated_as if derived and derived.stated_as else word)


def _no_fact(word: str, plan: Plan) -> str:
    derived = plan.library.derived_as(word)
    if derived is not None:
        made_of = ", ".join(dict.fromkeys(condition.fact for condition in derived.of.conditions()))
        return f"it is made of other facts; state them: {made_of}"
    known = [fact.name for fact in plan.library.facts.values() if fact.statable]
    return f"not a fact that can be stated; {nearest(plain(word), known, 'see the vocabulary')}"


def _statements(said: Any) -> Iterator[tuple[Any, str]]:
    """Each value with its source, `person` where none is named."""
    for claim in said if isinstance(said, list) else [said]:
        if isinstance(claim, dict) and "value" in claim:
            yield claim["value"], str(claim.get("source", "person"))
        else:
            yield claim, "person"


def _listed(said: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each list of codes with its source: what is in no object with a value is one list of a person's."""
    bare: list[Any] = []
    for claim in said if isinstance(said, list) else [said]:
        if isinstance(claim, dict) and "value" in claim:
            yield str(claim.get("source", "person")), _codes(claim["value"])
        else:
            bare.append(claim)
    if bare or said == []:
        yield "person", tuple(code for one in bare for code in _codes(one))


def _codes(value: Any) -> tuple[str, ...]:
    codes = value if isinstance(value, list) else str(value).replace(",", " ").split()
    return tuple(str(code) for code in codes)


def _allowed(fact: Fact) -> str:
    if fact.type == "choice":
        return "one of " + ", ".join(name for name, _ in fact.values)
    return {"yes/no": "true or false", "date": "a date like 2026-03-10"}.get(fact.type, "a number")


def _cells(value: Any, fact: Fact) -> frozenset[Cell] | None:
    """The values a statement leaves possible: none when it says "unknown", None when it is not understood."""
    if isinstance(value, dict):
        if set(value) == {"not"}:
            excluded = _cells(value["not"], fact)
            domain = frozenset[Cell](name for name, _ in fact.values)
            return domain - excluded if excluded and domain else None
        if set(value) == {"either"}:
            parts = [_cells(each, fact) for each in value["either"]]
            return None if any(part is None for part in parts) else frozenset().union(*(part for part in parts if part))
        return None
    if fact.type == "choice":
        return _chosen(value, fact)
    if isinstance(value, str) and plain(value) in _SAYS_NOTHING:
        return frozenset()
    if fact.type == "yes/no":
        answer = {"yes": True, "no": False}.get(value.lower(), value) if isinstance(value, str) else value
        return frozenset({answer}) if isinstance(answer, bool) else None
    if fact.type == "date":
        try:
            return frozenset({date.fromisoformat(value)})
        except (TypeError, ValueError):
            return None
    return frozenset({float(value)}) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _chosen(value: Any, fact: Fact) -> frozenset[Cell] | None:
    """The values a word stands for: its own, those of another word for it, or what every unlisted word stands for."""
    if not isinstance(value, str):
        return None
    word = plain(value)
    named = {plain(name): (name,) for name, _ in fact.values} | {plain(name): values for name, values in fact.also}
    if word in named:
        return frozenset(named[word])
    if word in _SAYS_NOTHING:
        return frozenset()
    return frozenset({fact.otherwise}) if fact.otherwise else None


def of_word(word: str) -> Cell:
    """The value that a program writes: `yes` and `no` are truth values."""
    return {"yes": True, "no": False}.get(word, word)


def cells_of(fact: Fact, leaves: Iterable[Leaf]) -> tuple[Cell, ...]:
    """The domain of a fact cut by the predicates that read it: one value for each way it can turn out.

    For numbers and dates these are the values at and around every bound that a predicate names.
    """
    if fact.type == "yes/no":
        return (True, False)
    if fact.type == "choice":
        return tuple(name for name, _ in fact.values)
    bounds = [operand for leaf in leaves for operand in leaf.predicate.operands if operand != "nan"]
    if fact.type == "date":
        days = sorted({date.fromisoformat(bound) for bound in bounds})
        around = {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}
        return tuple(sorted(around)) or (date(2000, 1, 1),)
    numbers = sorted({float(bound) for bound in bounds})
    return tuple(sorted({number + step for number in numbers for step in (-0.5, 0, 0.5)})) or (0.0,)


@lru_cache(maxsize=4096)
def leaf_over(leaf: Leaf, kind: str, cells: tuple[Cell, ...]) -> tuple[int, ...]:
    """The truth of a leaf for each value of its fact, by the same predicates that run over columns."""
    values = pl.Series(list(cells), dtype=pl.Float64) if kind == "number" else pl.Series(list(cells))
    return tuple(int(value) for value in truth.of_scalar(leaf.predicate, values, None))


def leaf_truth(leaf: Leaf, fact: Fact, stated: Stated) -> int:
    """The truth of a leaf given what is stated of its fact: unknown unless all values it may have agree."""
    possible = stated.possible(fact.name)
    if leaf.predicate.op in OF_KNOWLEDGE:
        conflict = fact.name in stated.conflicts
        known = possible is not None and len(possible) == 1
        asked = {"is in conflict": conflict, "is known": known, "is unknown": possible is None and not conflict}
        return truth.TRUE if asked[leaf.predicate.op] else truth.FALSE
    if not fact.scalar:
        return truth.UNKNOWN
    if possible:
        return _over_possible(leaf, fact.type, possible)
    return _agreed(leaf_over(leaf, fact.type, cells_of(fact, (leaf,))))


@lru_cache(maxsize=65536)
def _over_possible(leaf: Leaf, kind: str, possible: frozenset[Cell]) -> int:
    """The truth of a leaf where its fact may have some values: unknown unless all agree."""
    return _agreed(leaf_over(leaf, kind, tuple(sorted(possible, key=str))))


def _agreed(outcomes: Iterable[int]) -> int:
    found = set(outcomes)
    return found.pop() if len(found) == 1 else truth.UNKNOWN

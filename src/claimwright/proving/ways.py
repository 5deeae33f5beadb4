"""The ways in which facts can turn out on a day, as far as some leaves can tell them apart, and a search through them.

A walk over what is unknown splits a list of codes predicate by predicate, which may join what no list can be. Here a
list is seen whole: which kinds of code it holds. So what is found can happen, and what is not found cannot.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from claimwright.determine import stated as stating
from claimwright.determine import truth
from claimwright.determine.membership import EPOCH_0, code_numbers
from claimwright.determine.plan import Plan
from claimwright.determine.stated import Cell
from claimwright.determine.trees import Leaf, Open, leaves, reduce
from claimwright.determine.truth import FALSE, TRUE, UNKNOWN
from claimwright.policies.families import bounds
from claimwright.policies.model import CodeRow
from claimwright.policies.predicates import OF_KNOWLEDGE, SET_PREDICATES

MANY = 10  # kinds of code a list may hold; past it each predicate on the list goes by itself
_SOME_MEMBER = "~"  # after the beginning of a family: a code of the family that no row names by itself

Variable = tuple[str, ...]
_Rest = tuple[frozenset[Open], frozenset[Open], frozenset[Variable]]  # what has to hold, to fail, and is not known
Choice = Mapping[Variable, tuple[int, ...]]  # the ways of each variable that are still left


@dataclass(frozen=True)
class Way:
    """One way a variable can turn out: its value (None where nobody knows it, and for codes), and what leaves say."""

    cell: Cell | None
    truths: Mapping[Leaf, int]


@dataclass(frozen=True)
class Ways:
    """Every variable that some leaves read, with the ways it can turn out."""

    of: Mapping[Variable, tuple[Way, ...]]
    variable: Mapping[Leaf, Variable]

    def every(self) -> dict[Variable, tuple[int, ...]]:
        return {variable: tuple(range(len(ways))) for variable, ways in self.of.items()}

    def known(self, choice: Choice) -> Callable[[Leaf], int]:
        """The truth of a leaf over the ways that are left: unknown unless all of them agree."""

        def truth_of(leaf: Leaf) -> int:
            variable = self.variable.get(leaf)
            if variable is None or variable not in choice:
                return UNKNOWN
            ways = self.of[variable]
            found = {ways[place].truths[leaf] for place in choice[variable]}
            return found.pop() if len(found) == 1 else UNKNOWN

        return truth_of


def ways_of(
    plan: Plan, read: Iterable[Leaf], day: date, fixed: Mapping[str, Cell] | None = None, *, unknown: bool = False
) -> Ways:
    """The ways in which what these leaves read can turn out on a day.

    `fixed`: column → its value. With `unknown`, a fact that has one value may also be one that nobody knows (it may be
    absent wherever a leaf asks). A leaf on a fact that is not declared stands for itself.
    """
    given = fixed or {}
    by_variable: dict[Variable, dict[Leaf, None]] = {}
    for leaf in read:
        by_variable.setdefault(_variable(leaf, plan), {})[leaf] = None
    found: dict[Variable, tuple[Way, ...]] = {}
    variable_of: dict[Leaf, Variable] = {}
    for variable, of in by_variable.items():
        kind = variable[0]
        if kind == "value":
            found[variable] = _values(plan, tuple(of), given, unknown=unknown)
        elif kind == "codes":
            parts = _codes(plan, tuple(of), day, given)
            if parts is None:
                found.update((_by_itself(leaf), _alone((leaf,))) for leaf in of)
                variable_of.update((leaf, _by_itself(leaf)) for leaf in of)
                continue
            found[variable] = parts
        else:
            found[variable] = _alone(of)
        variable_of.update(dict.fromkeys(of, variable))
    return Ways(found, variable_of)


def _variable(leaf: Leaf, plan: Plan) -> Variable:
    fact = plan.library.facts.get(leaf.fact)
    if fact is None or fact.type == "row of a table" or leaf.predicate.op in {"within", *OF_KNOWLEDGE}:
        return _by_itself(leaf)
    return ("value", fact.name) if fact.scalar else ("codes", fact.column or fact.name, fact.over)


def _by_itself(leaf: Leaf) -> Variable:
    return "alone", leaf.scope, str(leaf)


def _alone(of: Iterable[Leaf]) -> tuple[Way, ...]:
    """A leaf whose truth hangs on nothing that is seen here."""
    same = tuple(of)
    return Way(True, dict.fromkeys(same, TRUE)), Way(False, dict.fromkeys(same, FALSE))


def _values(plan: Plan, of: tuple[Leaf, ...], fixed: Mapping[str, Cell], *, unknown: bool) -> tuple[Way, ...]:
    """A fact that has one value: each cell of its domain that the leaves can tell from the others."""
    fact = plan.fact(of[0])
    if fact.column in fixed:
        cells: tuple[Cell | None, ...] = (fixed[fact.column],)
    else:
        domain = stating.cells_of(fact, of)
        cells = tuple(cell for cell in domain if not (isinstance(cell, float) and math.isnan(cell))) or (0.0,)
        by_presence = any(leaf.predicate.op in {"is present", "is absent"} for leaf in of)
        cells = (*cells, None) if unknown or by_presence else cells
    truths = [stating.leaf_over(leaf, fact.type, cells) for leaf in of]
    return tuple(
        Way(cell, {leaf: values[place] for leaf, values in zip(of, truths, strict=True)})
        for place, cell in enumerate(cells)
    )


def _codes(plan: Plan, of: tuple[Leaf, ...], day: date, fixed: Mapping[str, Cell]) -> tuple[Way, ...] | None:
    """A code, or a list of codes; None where the kinds of code are too many for a list to be seen whole."""
    fact = plan.fact(of[0])
    own = fixed.get(fact.column)
    named = sorted({code for leaf in of for code in named_codes(plan, leaf, day)} | ({str(own)} if own else set()))
    held = _held(plan, of, named, day)
    every = list(dict.fromkeys([*(tuple(row) for row in held), (False,) * len(of)]))
    if fact.type == "code":
        if own is not None:
            every = [tuple(held[named.index(str(own))])]
        return _of_one(of, every, may_lack=own is None)
    must = every.index(tuple(held[named.index(str(own))])) if own is not None and fact.over else None
    return _of_list(of, every, must) if len(every) <= MANY else None


def named_codes(plan: Plan, leaf: Leaf, day: date | None = None) -> Iterator[str]:
    """Codes that stand for every kind of code a leaf can tell apart on a day (None: on any); not for the rest."""
    for name in leaf.predicate.operands if leaf.predicate.op in SET_PREDICATES else ():
        rows = _rows(plan, leaf.scope, name)
        if rows is None:
            yield name
        else:
            yield from (_member(row) for row in rows if day is None or day in row.span)


def _rows(plan: Plan, scope: str, name: str) -> list[CodeRow] | None:
    """The rows of a set as a policy sees it; None for a name that no set has, which is a code itself."""
    policy = plan.library.policy(scope)
    rows = policy.codes if policy and name in policy.sets else plan.library.shared_codes
    return [row for row in rows if row.set == name] or None


def _member(row: CodeRow) -> str:
    ends = bounds(row.code)
    return ends[0] + _SOME_MEMBER if ends else row.code


def _held(plan: Plan, of: tuple[Leaf, ...], codes: list[str], day: date) -> list[list[bool]]:
    """For each code, which of the leaves' operands hold it."""
    numbers = code_numbers(pl.Series(codes, dtype=pl.String))
    days = np.full(len(codes), (day - EPOCH_0).days, dtype=np.int32)
    columns = []
    for leaf in of:
        table = plan.membership.get(leaf.scope)
        if leaf.predicate.op not in SET_PREDICATES or table is None:
            columns.append([False] * len(codes))
        else:
            bit = np.uint64(table.bit(leaf.predicate.operands))
            columns.append(((table.bits(numbers, days) & bit) != 0).tolist())
    return [list(row) for row in zip(*columns, strict=True)]


def _of_one(of: tuple[Leaf, ...], kinds: list[tuple[bool, ...]], *, may_lack: bool) -> tuple[Way, ...]:
    present = np.array([True] * len(kinds) + [False] * may_lack)
    held = np.array([*kinds, *([(False,) * len(of)] if may_lack else [])], dtype=np.bool_)
    truths = [truth.of_code(leaf.predicate, held[:, at], present, None) for at, leaf in enumerate(of)]
    return _distinct(of, truths)


def _of_list(of: tuple[Leaf, ...], kinds: list[tuple[bool, ...]], must: int | None) -> tuple[Way, ...]:
    """Every set of kinds that a list can hold; `must` is one that it does hold."""
    lists = np.arange(2 ** len(kinds))
    if must is not None:
        lists = lists[(lists >> must) & 1 == 1]
    present = [((lists >> place) & 1) == 1 for place in range(len(kinds))]
    truths = []
    for at, leaf in enumerate(of):
        held = [there & kind[at] for there, kind in zip(present, kinds, strict=True)]
        truths.append(truth.of_codes(leaf.predicate, held, present, None))
    return _distinct(of, truths)


def _distinct(of: tuple[Leaf, ...], truths: list[truth.Truth]) -> tuple[Way, ...]:
    """One way for each different row of truth values."""
    rows = dict.fromkeys(tuple(int(value) for value in row) for row in zip(*truths, strict=True))
    return tuple(Way(None, dict(zip(of, row, strict=True))) for row in rows)


@dataclass
class Search:
    """Looks for a way in which all of some trees hold and none of others does.

    A tree that stays open, because nobody knows or because sources dispute it, does not hold; where the search is
    `settled` it does not fail either. `steps` counts what was tried; `cut` is true once something was left untried
    because of the limit.
    """

    ways: Ways
    limit: int
    order: Callable[[Variable], int] = lambda _: 0
    settled: bool = False
    steps: int = 0
    cut: bool = False
    passed: list[Choice] = field(default_factory=list)  # what was found before and is not to be found again
    _passes: int = 0
    _nothing: set[_Rest] = field(default_factory=set)  # remainders without a way

    def find(self, hold: tuple[Open, ...], fail: tuple[Open, ...]) -> Choice | None:
        """One way of each variable that matters; None when there is none, or none within the limit (`cut`)."""
        return self._find(frozenset(hold), frozenset(fail), {})

    def _find(
        self, hold: frozenset[Open], fail: frozenset[Open], chosen: dict[Variable, tuple[int, ...]]
    ) -> Choice | None:
        hold, fail = hold - {TRUE}, fail - {FALSE}
        if FALSE in hold or TRUE in fail:
            return None
        read = self._read((*hold, *fail))
        rest = (hold, fail, read.intersection(chosen))  # what is read and known to be unknown will not be known
        if rest in self._nothing:
            return None
        if any(_within(chosen, one) for one in self.passed):
            self._passes += 1
            return None
        if self.steps >= self.limit:
            self.cut = True
            return None
        self.steps += 1
        variable = min(read.difference(chosen), key=self._place, default=None)
        if variable is None:
            return None if hold or (fail and self.settled) else dict(chosen)
        fact = variable[1] if variable[0] == "value" else None
        passes = self._passes
        for place in range(len(self.ways.of[variable])):
            known = self.ways.known({variable: (place,)})
            found = self._find(
                frozenset(reduce(tree, known, fact) for tree in hold),
                frozenset(reduce(tree, known, fact) for tree in fail),
                {**chosen, variable: (place,)},
            )
            if found is not None:
                return found
        if not self.cut and passes == self._passes:
            self._nothing.add(rest)
        return None

    def _read(self, left: Iterable[Open]) -> frozenset[Variable]:
        """The variables that open trees read; a leaf that is disputed reads none."""
        open_leaves = (leaf for tree in left if not isinstance(tree, int) for leaf in leaves(tree))
        return frozenset(self.ways.variable[leaf] for leaf in open_leaves if leaf in self.ways.variable)

    def _place(self, variable: Variable) -> tuple[int, Variable]:
        return self.order(variable), variable

    def widened(self, choice: Choice, fail: tuple[Open, ...]) -> dict[Variable, tuple[int, ...]]:
        """What was found, as wide as it can be made while every tree still fails, without what then does not matter."""
        wide = {**self.ways.every(), **choice}
        for variable in reversed(list(choice)):
            every = tuple(range(len(self.ways.of[variable])))
            if self._all_fail({**wide, variable: every}, fail):
                wide[variable] = every
                continue
            for place in every:
                wider = tuple(sorted({*wide[variable], place}))
                if self._all_fail({**wide, variable: wider}, fail):
                    wide[variable] = wider
        return {variable: places for variable, places in wide.items() if len(places) < len(self.ways.of[variable])}

    def _all_fail(self, choice: Choice, fail: tuple[Open, ...]) -> bool:
        known = self.ways.known(choice)
        return all(reduce(tree, known) == FALSE for tree in fail)


def _within(chosen: Choice, wide: Choice) -> bool:
    """Whether everything chosen lies in what was found before."""
    return all(variable in chosen and set(chosen[variable]) <= set(places) for variable, places in wide.items())

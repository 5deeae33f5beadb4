"""Leaves as columns: every predicate of a clause in force, as one three-valued column over the rows it may touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine import truth
from claimwright.determine.facts.visits import Visits
from claimwright.determine.membership import ABSENT, Bits, Numbers, all_code_numbers
from claimwright.determine.plan import Plan
from claimwright.determine.trees import All, AnyOf, Leaf, Not, Told, Tree
from claimwright.determine.truth import Mask, Truth
from claimwright.lines.arrays import left_open
from claimwright.lines.schema import Unstated
from claimwright.policies.model import Fact, Predicate
from claimwright.policies.predicates import OF_KNOWLEDGE, SET_PREDICATES

_FEW = 4096  # of so few rows every leaf is judged on all at once, for what a judgement costs is its beginning
_MANY = 4  # from one row in so many on, the codes of a column are numbered once for all rows

# which group of claim fields an unstated flag leaves open, by the fact's column
LEFT_OPEN = {
    "dx": Unstated.DIAGNOSES,
    "pointed": Unstated.POINTERS,
    "modifier": Unstated.MODIFIERS,
    "column1_modifier": Unstated.MODIFIERS,
    "units": Unstated.UNITS,
    "place": Unstated.PLACE,
    "form": Unstated.FORM,
}


@dataclass
class Rows:
    """Some rows of a frame, with the truth of each leaf over them, computed once when first asked for.

    `number` holds the rows' places in the frame, by which visits know them; None takes every row. `days` (of the rows)
    counts from 1970-01-01. `stated` gives the truth of a leaf on a fact no column carries.
    """

    plan: Plan
    frame: pl.DataFrame
    days: npt.NDArray[np.int32]
    stated: Callable[[Leaf], Truth]
    number: npt.NDArray[np.int64] | None = None
    visits: Visits | None = None
    whole: Rows | None = None
    _columns: dict[str, pl.Series] = field(default_factory=dict)
    _truths: dict[Leaf, Truth] = field(default_factory=dict)
    _bits: dict[tuple[str, str], Bits] = field(default_factory=dict)
    _numbers: dict[str, Numbers] = field(default_factory=dict)
    _places: dict[str, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.frame.height if self.number is None else self.number.size

    def knowing(self, column: str, numbers: Numbers) -> Rows:
        """The same, told the code numbers of a column beforehand."""
        self._numbers[column] = numbers
        return self

    def places(self, column: str) -> list[str]:
        """The columns of a list; of those that are empty on every row of the frame, none but the first."""
        if self.whole is not None:
            return self.whole.places(column)
        found = self._places.get(column)
        if found is None:
            named = [name for name in self.frame.columns if stem(name) == column]
            found = [name for name in named if self.frame[name].null_count() < self.frame.height] or named[:1]
            self._places[column] = found
        return found

    def has(self, name: str) -> bool:
        """Whether anything fills the column; one that nothing fills is unknown on every row."""
        return name in self.frame.columns

    def column(self, name: str) -> pl.Series:
        """One column of the frame, over these rows."""
        found = self._columns.get(name)
        if found is None:
            found = self.frame[name] if self.number is None else self.frame[name][self.number]
            self._columns[name] = found
        return found

    def tree(self, tree: Tree) -> Truth:
        match tree:
            case Leaf():
                return self.leaf(tree)
            case Not(part):
                return truth.negated(self.tree(part))
            case All(parts):
                return truth.all_of([self.tree(part) for part in parts])
            case AnyOf(parts):
                return truth.any_of([self.tree(part) for part in parts])
            case Told(whole, parts):
                return truth.told(self.leaf(whole), self.tree(parts))

    def leaf(self, leaf: Leaf) -> Truth:
        found = self._truths.get(leaf)
        if found is None:
            of_all = self.whole if self.whole is not None and len(self.whole) <= _FEW else None
            by_row = self.plan.fact(leaf).over != "visit"
            found = of_all.leaf(leaf)[self.number] if of_all is not None and by_row else self._leaf(leaf)
            self._truths[leaf] = found
        return found

    def numbers(self, column: str) -> Numbers:
        """The code numbers of one column."""
        found = self._numbers.get(column)
        if found is None:
            # the places of a list are all wanted, or none
            beside = self.places(stem(column))
            if self.number is not None and self.whole is not None and len(self) * _MANY > len(self.whole):
                for name in beside:
                    self._numbers[name] = self.whole.numbers(name)[self.number]
            else:
                self._numbers.update(all_code_numbers(pl.DataFrame([self.column(name) for name in beside])))
            found = self._numbers[column]
        return found

    def _leaf(self, leaf: Leaf) -> Truth:
        fact = self.plan.fact(leaf)
        if not self.plan.carried(leaf):
            return self.stated(leaf)
        if not fact.statable:
            return self._by_column(leaf, fact)
        if leaf.predicate.op in OF_KNOWLEDGE:
            return self._of_knowledge(leaf, fact)
        # what is stated was laid into the column where it is one value; what it says beyond that is only partly known
        stated = self.stated(leaf)
        if not self.has(fact.column):
            return stated
        by_column = self._by_column(leaf, fact)
        # a column that does not hold the one value stated holds none, for the two disagree
        left = (by_column == truth.UNKNOWN) & (self._stated_once(leaf) != truth.TRUE)
        return np.where(left, stated, by_column)

    def _stated_once(self, leaf: Leaf) -> Truth:
        """Whether one value is stated of the fact, so that its column holds it unless the two disagree."""
        return self.stated(replace(leaf, predicate=Predicate("is known", ())))

    def _of_knowledge(self, leaf: Leaf, fact: Fact) -> Truth:
        """Whether anything is known of the fact: by its column, or as stated."""
        stated = self.stated(leaf)
        if not self.has(fact.column):
            return stated
        filled = truth.known(self.column(fact.column).is_not_null().to_numpy())
        if leaf.predicate.op == "is known":
            return filled
        if leaf.predicate.op == "is in conflict":
            return truth.any_of([stated, truth.all_of([self._stated_once(leaf), truth.negated(filled)])])
        return truth.all_of([stated, truth.negated(filled)])

    def _by_column(self, leaf: Leaf, fact: Fact) -> Truth:
        if fact.column and fact.scalar and not self.has(fact.column):
            return np.full(len(self), truth.UNKNOWN, dtype=np.uint8)
        match fact.type:
            case "code":
                return self._code(leaf, fact)
            case "codes" if fact.over == "visit":
                return self._over_visit(leaf, fact)
            case "codes":
                return self._codes(leaf, fact)
            case "row of a table":
                column = dict(fact.columns)[leaf.predicate.operands[1]]
                return truth.from_bools(self.column(column) == int(leaf.predicate.operands[2]))
            case "date" if leaf.predicate.op == "within":
                other = self.plan.library.fact(leaf.predicate.operands[1])
                assert other is not None
                return truth.of_dates(leaf.predicate, self.column(fact.column), self.column(other.column))
            case "number":
                numbers = self.column(fact.column).cast(pl.Float64)
                return truth.of_scalar(leaf.predicate, numbers, self._open(fact), self._growing(fact))
            case _:
                return truth.of_scalar(leaf.predicate, self.column(fact.column), self._open(fact))

    def _open(self, fact: Fact) -> Mask | None:
        if self.has(f"{fact.column}_open"):  # of a list that a kernel made
            may_hold_more: Mask = self.column(f"{fact.column}_open").to_numpy()
            return may_hold_more if may_hold_more.any() else None
        flag = LEFT_OPEN.get(fact.column)
        if flag is None or "unstated" not in self.frame.columns:
            return None
        marks = left_open(self.column("unstated"), flag)
        return marks if marks.any() else None

    def _growing(self, fact: Fact) -> Mask | None:
        """Rows whose count may be larger than what was seen."""
        more = f"{fact.column}_more"
        if not fact.grows or not self.has(more):
            return None
        marks: Mask = self.column(more).to_numpy()
        return marks

    def _held(self, leaf: Leaf, column: str) -> Mask:
        if leaf.predicate.op not in SET_PREDICATES:
            return np.zeros(len(self), dtype=np.bool_)
        table = self.plan.membership[leaf.scope]
        key = (leaf.scope, column)
        if key not in self._bits:
            self._bits[key] = table.bits(self.numbers(column), self.days)
        held: Mask = (self._bits[key] & np.uint64(table.bit(leaf.predicate.operands))) != 0
        return held

    def _code(self, leaf: Leaf, fact: Fact) -> Truth:
        present = self.numbers(fact.column) != ABSENT
        return truth.of_code(leaf.predicate, self._held(leaf, fact.column), present, self._open(fact))

    def _codes(self, leaf: Leaf, fact: Fact) -> Truth:
        places = self.places(fact.column)
        held = [self._held(leaf, name) for name in places]
        present = [self.numbers(name) != ABSENT for name in places]
        open_ = self._open(fact)
        found = truth.of_codes(leaf.predicate, held, present, open_)
        among = self.places("dx") if fact.column == "pointed" else []
        if not among or open_ is None:
            return found
        # a line points to diagnoses of its claim, whichever they are
        of_claim = [self._held(leaf, name) for name in among]
        listed = left_open(self.column("unstated"), Unstated.DIAGNOSES)
        by_claim = truth.of_some_of(leaf.predicate, of_claim, [self.numbers(name) != ABSENT for name in among])
        return np.where(open_ & ~listed & (found == truth.UNKNOWN), by_claim, found)

    def _over_visit(self, leaf: Leaf, fact: Fact) -> Truth:
        """A list gathered over the visit: two places, *some code inside the operand* and *some code outside it*."""
        assert self.visits is not None
        assert self.whole is not None
        inside = self.whole._held(leaf, fact.column)  # noqa: SLF001  # the same class, over all rows
        some_in, some_out = np.uint64(1), np.uint64(2)
        assert self.number is not None
        here = self.visits.gather_bits(np.where(inside, some_in, some_out))[self.number]
        held = [(here & some_in) != 0, np.zeros(len(self), dtype=np.bool_)]
        present = [held[0], (here & some_out) != 0]
        open_ended = self.visits.open_ended[self.number]
        return truth.of_codes(leaf.predicate, held, present, open_ended if open_ended.any() else None)


def stem(name: str) -> str:
    """What a column of a list is called without its place: dx_3 is of dx; a column of no list is its own stem."""
    before, _, place = name.rpartition("_")
    return before if place.isdigit() else name

"""From truth values to an outcome: the order of authority, walked once for each distinct combination.

Nothing here is columnar. A combination may have unknown facts; the walk then splits on the first one that matters and
unites what its answers lead to, so that predicates on one fact are always completed together. What cannot be split (a
table that was not loaded, a list that may hold more) is completed predicate by predicate, which can only add outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from claimwright.determine import stated as stating
from claimwright.determine.docket import Docket
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.stated import Cell, Stated
from claimwright.determine.trees import All, Leaf, Open, Tree, leaves, reduce
from claimwright.determine.truth import FALSE, TRUE, UNKNOWN
from claimwright.lines.answers import DENIALS, Outcome, View
from claimwright.policies.model import Predicate

BUDGET = 20_000  # steps of one walk; past it the answer says `at most`
OVERRIDING = frozenset({"mandate", "contract"})  # instruments whose `covered` silences lower positions
# what a contract or a mandate that covers takes the place of
POSITIONS = frozenset(
    {
        Outcome.COVERED_CONDITIONAL,
        Outcome.INVESTIGATIONAL,
        Outcome.NOT_MEDICALLY_NECESSARY,
        Outcome.BENEFIT_EXCLUDED,
        Outcome.NATIONALLY_NONCOVERED,
        Outcome.INDETERMINATE,
    }
)


@dataclass(frozen=True)
class Verdict:
    """Where one walk ends: the outcome, the clauses that give it (first authority first), and all that stand.

    A clause that an exception names, or that a mandate or a contract takes the place of, does not stand.
    """

    outcome: Outcome
    by: tuple[Ready, ...]
    fired: tuple[Ready, ...]


@dataclass(frozen=True)
class Known:
    """What is known of one combination: the truth of each carried leaf, and what sources state.

    `whole` has the truth of pair clauses, which are judged on pairs and one leaf here.
    """

    carried: Mapping[Leaf, int]
    stated: Stated
    whole: Mapping[int, int] = field(default_factory=dict)  # clause number → truth of all its conditions
    seen: bool = False  # whether anybody spoke from the record

    def of_the_claim(self, plan: Plan) -> Known:
        """What the claim and the tables alone know of it."""
        carried = {leaf: value for leaf, value in self.carried.items() if plan.fact(leaf).carried}
        return Known(carried, stating.NOTHING, self.whole)


Variable = str | Leaf  # an unknown fact; or an unknown leaf that no fact's domain can settle


class State(NamedTuple):
    """What is left to know: for each speaking clause its conditions, and its needs in order."""

    when: tuple[Open, ...]
    needs: tuple[tuple[Open, ...], ...]


class _Stands(NamedTuple):
    """The outcome that each clause gives which fired and stands, and the best place in their order."""

    outcomes: dict[int, Outcome]
    best: float


_VIRTUAL = frozenset({"whole", "presumed", "disputed"})  # leaves that stand for a clause, and read no fact


def whole(ready: Ready) -> Leaf:
    """The leaf that stands for all conditions of a clause judged elsewhere, such as over the pairs of a line."""
    return Leaf(ready.policy.id, f"clause {ready.clause.id}", Predicate("whole", (str(ready.number),)))


def presumed(ready: Ready) -> Leaf:
    """The leaf that no source can settle, of a clause whose outcome is never more than presumed."""
    return Leaf(ready.policy.id, f"clause {ready.clause.id}", Predicate("presumed", (str(ready.number),)))


def _is_presumption(variable: Variable) -> bool:
    return isinstance(variable, Leaf) and variable.predicate.op == "presumed"


@dataclass
class Walk:
    """One view of one combination; remembers where it has been, so that equal remainders are walked once."""

    docket: Docket
    view: View
    known: Known
    cells: dict[str, tuple[Cell, ...]]
    steps: int = 0
    exact: bool = True
    split: dict[Variable, None] = field(default_factory=dict)  # what mattered, in the order it was met
    _been: dict[State, dict[Outcome, Verdict]] = field(default_factory=dict)

    @cached_property
    def speaking(self) -> tuple[Ready, ...]:
        return tuple(r for r in self.docket.clauses if r.speaks(self.view) and r.clause.then is not None)

    @cached_property
    def start(self) -> State:
        """What is left to know before anything unknown is fixed."""
        when = tuple(reduce(All(self.conditions(ready)), self.leaf) for ready in self.speaking)
        needs = tuple(tuple(reduce(tree, self.leaf) for _, tree in ready.needs) for ready in self.speaking)
        return State(when, needs)

    @property
    def certain(self) -> tuple[Ready, ...]:
        """The clauses that hold whatever the unknown facts turn out to be."""
        return tuple(ready for ready, left in zip(self.speaking, self.start.when, strict=True) if left == TRUE)

    def conditions(self, ready: Ready) -> tuple[Tree, ...]:
        """All conditions of a clause; those judged elsewhere as one leaf, those a source has to state still open."""
        when = ready.when
        if ready.number in self.known.whole:
            when = (whole(ready), *self.docket.plan.left_to_stated(ready))
        return (*when, presumed(ready)) if ready.clause.presumptive else when

    def leaf(self, leaf: Leaf) -> int:
        """What is known of a leaf before anything is split or presumed."""
        if leaf.predicate.op in _VIRTUAL:
            return self.known.whole[int(leaf.predicate.operands[0])] if leaf.predicate.op == "whole" else UNKNOWN
        fact = self.docket.plan.fact(leaf)
        if self.view is View.CODED and not fact.carried:
            return UNKNOWN  # the claim alone does not show it
        value = self.known.carried.get(leaf, UNKNOWN)
        return (
            self._over(leaf, self.cells[leaf.fact]) if value == UNKNOWN and self.docket.plan.by_domain(leaf) else value
        )

    def _over(self, leaf: Leaf, cells: tuple[Cell, ...]) -> int:
        outcomes = set(stating.leaf_over(leaf, self.docket.plan.fact(leaf).type, cells))
        return outcomes.pop() if len(outcomes) == 1 else UNKNOWN

    def reach(self, fixed: Mapping[Variable, Cell]) -> dict[Outcome, Verdict]:
        """Every outcome the unknown facts can still lead to once some are fixed, each with a verdict that gives it."""
        state = self.start
        for variable, cell in fixed.items():
            state = self.fix(state, variable, cell)
        return self._reach(state)

    def truth(self, tree: Tree, fixed: Mapping[Variable, Cell]) -> int:
        """The truth of a tree once some unknowns are fixed."""
        left = reduce(tree, self.leaf)
        for variable, cell in fixed.items():
            left = reduce(left, self._learning(variable, cell), _named(variable))
        return left if isinstance(left, int) else UNKNOWN

    def _reach(self, state: State) -> dict[Outcome, Verdict]:
        found = self._been.get(state)
        if found is not None:
            return found
        self.steps += 1
        ended = self.settle(state)
        if isinstance(ended, Verdict):
            found = {ended.outcome: ended}
        elif self.steps > BUDGET:
            return self._superset(state)
        else:
            self.split[ended] = None
            found = {}
            for cell in self.ways(ended):
                for outcome, verdict in self._reach(self.fix(state, ended, cell)).items():
                    if verdict.by or not (found and _is_presumption(ended)):  # silence is no other outcome
                        found.setdefault(outcome, verdict)
        self._been[state] = found
        return found

    def ways(self, variable: Variable) -> tuple[Cell, ...]:
        """The different ways an unknown can turn out: for a fact, one value for each cell of its domain."""
        if isinstance(variable, str):
            return self.cells[variable]
        if variable.predicate.op not in _VIRTUAL:
            self.exact = False
        return (True, False)

    def _learning(self, variable: Variable, cell: Cell) -> Callable[[Leaf], int]:
        if isinstance(variable, str):
            return lambda leaf: self._over(leaf, (cell,)) if leaf.fact == variable else UNKNOWN
        return lambda leaf: (TRUE if cell else FALSE) if leaf == variable else UNKNOWN

    def fix(self, state: State, variable: Variable, cell: Cell) -> State:
        """What is left to know once one unknown is known."""
        learned, fact = self._learning(variable, cell), _named(variable)
        return State(
            tuple(reduce(tree, learned, fact) for tree in state.when),
            tuple(tuple(reduce(tree, learned, fact) for tree in needs) for needs in state.needs),
        )

    def settle(self, state: State) -> Verdict | Variable:
        """The verdict, if nothing unknown matters; else the first unknown thing that does."""
        stands = self._stands(state)
        for trees in self._mattering(state, stands):
            return self._first_unknown(trees)
        # one that is only presumed, and that a stronger outcome left no need to presume, holds as well
        hold = self._standing([place for place, left in enumerate(state.when) if self._holds(place, left)])
        fired = tuple(self.speaking[place] for place in hold)
        if not stands.outcomes:
            return Verdict(self._end(), (), fired)
        by = [place for place, outcome in stands.outcomes.items() if order(outcome) == stands.best]
        return Verdict(stands.outcomes[by[0]], tuple(self.speaking[place] for place in by), fired)

    def _holds(self, place: int, left: Open) -> bool:
        return left == TRUE or left == presumed(self.speaking[place])

    def first_asked(self, state: State) -> Variable | None:
        """Of all unknown things that matter the one the program asks first; None when there is none."""
        open_trees = [tree for trees in self._mattering(state, self._stands(state)) for tree in trees]
        return self._first_unknown(open_trees) if open_trees else None

    def _stands(self, state: State) -> _Stands:
        fired = [place for place, value in enumerate(state.when) if value == TRUE]
        outcomes = {place: self._outcome(place, state) for place in self._standing(fired)}
        return _Stands(outcomes, min((order(outcome) for outcome in outcomes.values()), default=len(Outcome)))

    def _mattering(self, state: State, stands: _Stands) -> Iterator[list[Tree]]:
        """What is open and can still change the outcome: conditions of a clause, or needs of one that stands."""
        for place, left in enumerate(state.when):
            if isinstance(left, int):
                continue
            ready = self.speaking[place]
            if ready.clause.excepts or overrides(ready) or _could_be(ready) < stands.best:
                yield [left]
        for place in stands.outcomes:
            still = [need for need in state.needs[place] if not isinstance(need, int)]
            if FALSE not in state.needs[place] and still and _could_be(self.speaking[place]) <= stands.best:
                yield still

    def _end(self) -> Outcome:
        program = self.docket.program
        return program.end_coded if self.view is View.CODED else program.end_documented

    def _standing(self, fired: list[int]) -> list[int]:
        """What fired, without what an exception names or a mandate or contract overrides."""
        ready = self.speaking
        excepted = {ready[place].clause.excepts for place in fired if ready[place].clause.excepts}
        floor = min((self.docket.rank(ready[place]) for place in fired if overrides(ready[place])), default=None)
        return [
            place
            for place in fired
            if (ready[place].clause.policy, ready[place].clause.id) not in excepted
            and not (floor is not None and self.docket.rank(ready[place]) > floor and position(ready[place]))
        ]

    def _outcome(self, place: int, state: State) -> Outcome:
        then = self.speaking[place].clause.then
        if not isinstance(then, Outcome):
            return Outcome.INDETERMINATE
        return Outcome.NEEDS_DOCUMENTATION if any(need != TRUE for need in state.needs[place]) else then

    def _first_unknown(self, open_trees: list[Tree]) -> Variable:
        found = [leaf for tree in open_trees for leaf in leaves(tree)]
        last = len(self.docket.questions)
        first = min(found, key=lambda leaf: self.docket.questions.get(leaf.fact, last))
        by_fact = first.predicate.op not in _VIRTUAL and self.docket.plan.by_domain(first)
        return first.fact if by_fact else first

    def _superset(self, state: State) -> dict[Outcome, Verdict]:
        """Past the budget: whatever any clause that is not false could give, and the end of the path."""
        self.exact = False
        found = {self._end(): Verdict(self._end(), (), ())}
        for ready, left in zip(self.speaking, state.when, strict=True):
            if left != FALSE:
                then = ready.clause.then if isinstance(ready.clause.then, Outcome) else Outcome.INDETERMINATE
                for outcome in (then, Outcome.NEEDS_DOCUMENTATION) if ready.needs else (then,):
                    found.setdefault(outcome, Verdict(outcome, (ready,), (ready,)))
        return found


def _named(variable: Variable) -> str:
    return variable if isinstance(variable, str) else variable.fact


def overrides(ready: Ready) -> bool:
    return ready.clause.then is Outcome.COVERED and ready.policy.instrument in OVERRIDING


def _could_be(ready: Ready) -> float:
    """The strongest place the clause can take in the order of outcomes."""
    then = ready.clause.then
    strongest = order(then if isinstance(then, Outcome) else Outcome.INDETERMINATE)
    return min(strongest, order(Outcome.NEEDS_DOCUMENTATION)) if ready.needs else strongest


def order(outcome: Outcome) -> float:
    """Place in the order of outcomes; a silence yields to denials and stands before everything that covers."""
    if outcome is Outcome.INDETERMINATE:
        return max(denial.order for denial in DENIALS) + 0.5
    return outcome.order


def position(ready: Ready) -> bool:
    return ready.clause.then == "silent" or ready.clause.then in POSITIONS


def begin(docket: Docket, view: View, known: Known) -> Walk:
    """A walk over what is known, each fact cut to the values it may have; the claim alone knows nothing stated."""
    cells = dict(docket.domains)
    for fact in cells:
        possible = known.stated.possible(fact)
        if possible is not None and view is View.DOCUMENTED:
            cells[fact] = docket.narrowed(fact, possible)
    return Walk(docket, view, known, cells)

"""From truth values to an outcome: the order of authority, walked once for each distinct combination.

Nothing here is columnar. A combination may have unknown facts; the walk then splits on the first one that matters and
unites what its answers lead to, so that predicates on one fact are always completed together. What cannot be split (a
table that was not loaded, a list that may hold more) is completed predicate by predicate, which can only add outcomes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from claimwright.determine import stated as stating
from claimwright.determine.plan import All, AnyOf, Leaf, Not, Plan, Ready, Tree, leaves
from claimwright.determine.stated import Cell, Stated
from claimwright.determine.truth import FALSE, TRUE, UNKNOWN
from claimwright.lines.answers import DENIALS, Outcome, View
from claimwright.policies.model import Program

BUDGET = 20_000  # steps of one walk; past it the answer says `at most`
OVERRIDING = frozenset({"mandate", "contract"})  # instruments whose `covered` silences lower positions
POSITIONS = frozenset(
    {
        Outcome.INVESTIGATIONAL,
        Outcome.NOT_MEDICALLY_NECESSARY,
        Outcome.BENEFIT_EXCLUDED,
        Outcome.NATIONALLY_NONCOVERED,
        Outcome.INDETERMINATE,
    }
)


@dataclass(frozen=True)
class Docket:
    """The coverage clauses that lines of one kind have to face, first authority first."""

    plan: Plan
    program: Program
    clauses: tuple[Ready, ...]

    def rank(self, ready: Ready) -> int:
        return self.program.rank(ready.policy.instrument)


@dataclass(frozen=True)
class Verdict:
    """Where one walk ends: the outcome, the clauses that give it (first authority first), and all that fired."""

    outcome: Outcome
    by: tuple[Ready, ...]
    fired: tuple[Ready, ...]
    missing: tuple[str, ...] = ()  # needs known to be absent


@dataclass(frozen=True)
class Known:
    """What is known of one combination: the truth of each carried leaf, and what sources state.

    `whole` names pair clauses and the like that are one leaf here; `tables` are leaves left unknown by a table.
    """

    carried: Mapping[Leaf, int]
    stated: Stated
    whole: Mapping[int, int] = field(default_factory=dict)  # clause number → truth of all its conditions


Variable = str | Leaf | int  # an unknown fact; or an unknown carried leaf, or whole clause, that only splits in two


@dataclass
class Walk:
    """One view of one combination. `fixed` holds what a split, or a presumption, has settled."""

    docket: Docket
    view: View
    known: Known
    cells: dict[str, tuple[Cell, ...]]
    steps: int = 0
    exact: bool = True

    def reach(self, fixed: dict[Variable, Cell]) -> dict[Outcome, Verdict]:
        """Every outcome the unknown facts can still lead to, each with a verdict that gives it."""
        self.steps += 1
        ended = self._settle(fixed)
        if isinstance(ended, Verdict):
            return {ended.outcome: ended}
        if self.steps > BUDGET:
            return self._superset(fixed)
        if isinstance(ended, Leaf):
            self.exact = False
        found: dict[Outcome, Verdict] = {}
        for cell in self._ways(ended):
            for outcome, verdict in self.reach({**fixed, ended: cell}).items():
                found.setdefault(outcome, verdict)
        return found

    def _superset(self, fixed: dict[Variable, Cell]) -> dict[Outcome, Verdict]:
        """Past the budget: whatever any clause that is not false could give, and the end of the path."""
        self.exact = False
        end = self.docket.program.end_coded if self.view is View.CODED else self.docket.program.end_documented
        found = {end: Verdict(end, (), ())}
        for ready in self.docket.clauses:
            if ready.speaks(self.view) and self.clause(ready, fixed) != FALSE:
                then = ready.clause.then if isinstance(ready.clause.then, Outcome) else Outcome.INDETERMINATE
                for outcome in (then, Outcome.NEEDS_DOCUMENTATION) if ready.needs else (then,):
                    found.setdefault(outcome, Verdict(outcome, (ready,), (ready,)))
        return found

    def _ways(self, variable: Variable) -> tuple[Cell, ...]:
        """The different ways an unknown can turn out: for a fact, one value for each cell of its domain."""
        if not isinstance(variable, str):
            return (True, False)
        cells = self.cells[variable]
        distinct: dict[tuple[int, ...], Cell] = {}
        readers = self._readers(variable)
        for cell in cells:
            truths = tuple(stating.leaf_over(leaf, self._kind(leaf), (cell,))[0] for leaf in readers)
            distinct.setdefault(truths, cell)
        return tuple(distinct.values())

    def _readers(self, fact: str) -> tuple[Leaf, ...]:
        found = (leaf for ready in self.docket.clauses for leaf in ready.all_leaves if leaf.fact == fact)
        return tuple(dict.fromkeys(found))

    def _kind(self, leaf: Leaf) -> str:
        return self.docket.plan.fact(leaf).type

    def truth(self, tree: Tree, fixed: dict[Variable, Cell]) -> int:
        match tree:
            case Leaf():
                return self._leaf(tree, fixed)
            case Not(part):
                return TRUE - self.truth(part, fixed)
            case All(parts):
                return min(self.truth(part, fixed) for part in parts)
            case AnyOf(parts):
                return max(self.truth(part, fixed) for part in parts)

    def _leaf(self, leaf: Leaf, fixed: dict[Variable, Cell]) -> int:
        if self.docket.plan.carried(leaf):
            value = self.known.carried.get(leaf, UNKNOWN)
            if value == UNKNOWN and leaf in fixed:
                return TRUE if fixed[leaf] else FALSE
            return value
        cells = (fixed[leaf.fact],) if leaf.fact in fixed else self.cells[leaf.fact]
        outcomes = set(stating.leaf_over(leaf, self._kind(leaf), cells))
        return outcomes.pop() if len(outcomes) == 1 else UNKNOWN

    def clause(self, ready: Ready, fixed: dict[Variable, Cell]) -> int:
        """The truth of all conditions of a clause."""
        if ready.number in self.known.whole:
            value = self.known.whole[ready.number]
            if value == UNKNOWN and ready.number in fixed:
                return TRUE if fixed[ready.number] else FALSE
            return value
        return min((self.truth(tree, fixed) for tree in ready.when), default=TRUE)

    def _settle(self, fixed: dict[Variable, Cell]) -> Verdict | Variable:
        """The verdict, if nothing unknown matters; else the first unknown thing that does."""
        speaking = [ready for ready in self.docket.clauses if ready.speaks(self.view)]
        truths = {ready.number: self.clause(ready, fixed) for ready in speaking}
        fired = [ready for ready in speaking if truths[ready.number] == TRUE]
        open_ones = [ready for ready in speaking if truths[ready.number] == UNKNOWN]
        standing = self._standing(fired)
        removers = [ready for ready in open_ones if ready.clause.excepts or self._overrides(ready)]
        best = min((self._order(ready, fixed) for ready in standing), default=len(Outcome))
        matters = [ready for ready in open_ones if ready in removers or self._could_be(ready) < best]
        for ready in matters:
            variable = self._first_unknown(ready, fixed, needs=False)
            if variable is not None:
                return variable
        for ready in standing:
            if self._could_be(ready) <= best:
                variable = self._first_unknown(ready, fixed, needs=True)
                if variable is not None:
                    return variable
        if not standing:
            end = self.docket.program
            outcome = end.end_coded if self.view is View.CODED else end.end_documented
            return Verdict(outcome, (), tuple(fired))
        outcomes = {ready.number: self._outcome(ready, fixed) for ready in standing}
        by = tuple(ready for ready in standing if self._order(ready, fixed) == best)
        absent = tuple(fact for ready in by for fact, tree in ready.needs if self.truth(tree, fixed) == FALSE)
        return Verdict(outcomes[by[0].number], by, tuple(fired), tuple(dict.fromkeys(absent)))

    def _standing(self, fired: list[Ready]) -> list[Ready]:
        """What fired, without what an exception names or a mandate or contract overrides."""
        excepted = {ready.clause.excepts for ready in fired if ready.clause.excepts}
        overriding = [self.docket.rank(ready) for ready in fired if self._overrides(ready)]
        floor = min(overriding, default=None)
        return [
            ready
            for ready in fired
            if (ready.clause.policy, ready.clause.id) not in excepted
            and not (floor is not None and self.docket.rank(ready) > floor and _position(ready))
        ]

    def _overrides(self, ready: Ready) -> bool:
        return ready.clause.then is Outcome.COVERED and ready.policy.instrument in OVERRIDING

    def _outcome(self, ready: Ready, fixed: dict[Variable, Cell]) -> Outcome:
        then = ready.clause.then
        if then == "silent" or then is None:
            return Outcome.INDETERMINATE
        lacking = any(self.truth(tree, fixed) != TRUE for _, tree in ready.needs)
        return Outcome.NEEDS_DOCUMENTATION if lacking else then

    def _order(self, ready: Ready, fixed: dict[Variable, Cell]) -> float:
        return order(self._outcome(ready, fixed))

    def _could_be(self, ready: Ready) -> float:
        """The strongest place the clause can take in the order of outcomes."""
        then = ready.clause.then
        strongest = order(then if isinstance(then, Outcome) else Outcome.INDETERMINATE)
        return min(strongest, order(Outcome.NEEDS_DOCUMENTATION)) if ready.needs else strongest

    def _first_unknown(self, ready: Ready, fixed: dict[Variable, Cell], *, needs: bool) -> Variable | None:
        if not needs and ready.number in self.known.whole:
            return ready.number if self.clause(ready, fixed) == UNKNOWN else None
        trees = [tree for _, tree in ready.needs] if needs else list(ready.when)
        unknown = [leaf for tree in trees for leaf in leaves(tree) if self._leaf(leaf, fixed) == UNKNOWN]
        unknown = [leaf for leaf in unknown if self._matters_in(leaf, trees, fixed)]
        if not unknown:
            return None
        first = min(unknown, key=lambda leaf: self._place(leaf.fact))
        return first if self.docket.plan.carried(first) else first.fact

    def _matters_in(self, leaf: Leaf, trees: list[Tree], fixed: dict[Variable, Cell]) -> bool:
        """A leaf of a tree that is already settled cannot matter."""
        return any(leaf in leaves(tree) and self.truth(tree, fixed) == UNKNOWN for tree in trees)

    def _place(self, fact: str) -> int:
        order_of_questions = questions(self.docket)
        return order_of_questions.index(fact) if fact in order_of_questions else len(order_of_questions)


def order(outcome: Outcome) -> float:
    """Place in the order of outcomes; a silence yields to denials and stands before everything that covers."""
    if outcome is Outcome.INDETERMINATE:
        return max(denial.order for denial in DENIALS) + 0.5
    return outcome.order


def _position(ready: Ready) -> bool:
    return ready.clause.then == "silent" or ready.clause.then in POSITIONS


def questions(docket: Docket) -> tuple[str, ...]:
    """Facts in the order in which the program asks; a derived fact stands for those it is made of."""
    library = docket.plan.library
    asked: dict[str, None] = {}

    def add(name: str) -> None:
        derived = library.derived.get(name)
        if derived is None:
            fact = library.fact(name)
            asked[fact.name if fact else name] = None
            return
        for condition in _conditions(derived.of):
            add(condition)

    for name in docket.program.ask:
        add(name)
    for ready in docket.clauses:
        for leaf in ready.all_leaves:
            asked.setdefault(leaf.fact, None)
    return tuple(asked)


def _conditions(of: object) -> Iterator[str]:
    for part in getattr(of, "parts", ()):
        if hasattr(part, "parts"):
            yield from _conditions(part)
        else:
            yield part.fact


def begin(docket: Docket, view: View, known: Known) -> Walk:
    """A walk over what is known, each stated fact cut to the values it may have."""
    cells: dict[str, tuple[Cell, ...]] = {}
    readers: dict[str, list[Leaf]] = {}
    for ready in docket.clauses:
        for leaf in ready.all_leaves:
            if not docket.plan.carried(leaf):
                readers.setdefault(leaf.fact, []).append(leaf)
    for fact, read_by in readers.items():
        possible = known.stated.possible(fact)
        domain = stating.cells_of(docket.plan.library.facts[fact], read_by)
        if possible is None:
            cells[fact] = domain
        else:
            cells[fact] = tuple(cell for cell in domain if cell in possible) or tuple(possible)
    return Walk(docket, view, known, cells)

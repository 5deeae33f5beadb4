"""What is missing between some clauses: the fewest known facts that leave none of them to speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from claimwright.determine.plan import SHARED, Plan
from claimwright.determine.stated import Cell
from claimwright.determine.trees import All, Leaf, Not, Tree, leaves
from claimwright.determine.truth import TRUE
from claimwright.policies.model import Condition, Predicate
from claimwright.proving.ways import Search, Ways, ways_of

STEPS = 3_000  # of one search
MOST = 8  # holes looked at in one search

Conditions = tuple[tuple[Condition, Tree], ...]  # of one clause, each as it is written and as a tree


@dataclass(frozen=True)
class Hole:
    """The facts that leave nothing to speak, each with its values in words.

    `when` says the same in predicates, for `open:`; it is empty where the closed list has no word for one of them.
    """

    where: tuple[str, ...]
    when: tuple[str, ...]
    among_others: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Found:
    hole: Hole | None = None  # of several, the one that fewest facts make
    open: frozenset[int] = frozenset()  # which of the cases left open are so
    steps: int = 0
    cut: bool = False  # the search ended before it was through


def find(
    plan: Plan,
    clauses: tuple[Conditions, ...],
    left_open: tuple[Conditions, ...],
    *,
    day: date,
    fixed: Mapping[str, Cell],
    order: Mapping[str, int],
) -> Found:
    """A hole between these clauses and the cases left open on a day; `order` says which facts are told first.

    `fixed`: what is settled beforehand, column → value.
    """
    every = (*clauses, *left_open)
    named = _standing_for_themselves(plan, every, day, fixed)
    trees = tuple(All(tuple(_tree(condition, tree, named) for condition, tree in of)) for of in every)
    ways = ways_of(plan, [leaf for tree in trees for leaf in leaves(tree)], day, fixed)
    place = {variable: order.get(leaf.fact, len(order)) for leaf, variable in ways.variable.items()}
    search = Search(ways, STEPS, place.__getitem__, settled=True)
    speak = trees[: len(clauses)]
    are_open = frozenset(at for at, tree in enumerate(trees[len(clauses) :]) if search.find((tree,), speak) is not None)
    found: list[Hole] = []
    while len(found) < MOST and (choice := search.find((), trees)) is not None:
        wide = search.widened(choice, trees)
        search.passed.append(wide)
        facts = sorted(wide, key=place.__getitem__)
        said = [part for variable in facts for part in _said(plan, ways, variable, wide[variable])]
        when = tuple(predicate for _, predicate in said)
        found.append(Hole(tuple(text for text, _ in said), when if all(when) else ()))
    fewest = min(found, key=lambda hole: len(hole.where), default=None)
    told = fewest and replace(fewest, among_others=len(found) > 1)
    return Found(told, are_open, search.steps, search.cut)


def _standing_for_themselves(
    plan: Plan, clauses: tuple[Conditions, ...], day: date, fixed: Mapping[str, Cell]
) -> frozenset[str]:
    """Derived facts that need not be taken apart, because nothing else reads what they are made of."""
    ways = ways_of(plan, [leaf for of in clauses for _, tree in of for leaf in leaves(tree)], day, fixed)
    readers: dict[tuple[str, ...], set[str]] = {}
    trees: dict[str, Tree] = {}
    for condition, tree in (one for of in clauses for one in of):
        derived = condition.fact if condition.fact in plan.library.derived else ""
        if derived:
            trees[derived] = tree
        for leaf in leaves(tree):
            readers.setdefault(ways.variable[leaf], set()).add(derived)

    def either(tree: Tree) -> bool:
        search = Search(ways, STEPS)
        return search.find((tree,), ()) is not None and search.find((), (tree,)) is not None

    return frozenset(
        name
        for name, tree in trees.items()
        if all(readers[ways.variable[leaf]] == {name} for leaf in leaves(tree)) and either(tree)
    )


def _tree(condition: Condition, tree: Tree, named: frozenset[str]) -> Tree:
    if condition.fact not in named:
        return tree
    leaf = Leaf(SHARED, condition.fact, Predicate("is", ("yes",)))
    return leaf if condition.predicate == leaf.predicate else Not(leaf)


def _said(plan: Plan, ways: Ways, variable: tuple[str, ...], places: Iterable[int]) -> Iterator[tuple[str, str]]:
    """What is left of a variable, in words and as a predicate ("" where there is none)."""
    left = [ways.of[variable][place] for place in places]
    read = [leaf for leaf, of in ways.variable.items() if of == variable]
    name = read[0].fact
    fact = plan.library.facts.get(name)
    if fact is None or fact.type == "yes/no":
        values = ["yes" if way.cell else "no" for way in left]
        yield f"{name}: {' or '.join(values)}", f"{name}: is {values[0]}"
    elif fact.type == "choice":
        values = [str(way.cell) for way in left]
        yield f"{name}: {' or '.join(values)}", f"{name}: in [{', '.join(values)}]"
    else:
        for leaf in read:
            truths = {way.truths[leaf] for way in left}
            if len(truths) == 1:
                holds = truths == {TRUE}
                yield f"{leaf.fact}: {'' if holds else 'not '}{leaf.predicate}", str(leaf) if holds else ""

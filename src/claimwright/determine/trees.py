"""Conditions as small trees of all, any and not; and what is left of one once some of its leaves are known.

Trees are hashed over and over as parts of states that a walk has been in, so each node keeps its hash, and knows which
facts it reads: what a fact cannot touch is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from claimwright.determine.truth import FALSE, TRUE, UNKNOWN
from claimwright.policies.model import Predicate


@dataclass(frozen=True)
class Leaf:
    """One predicate on one fact; `scope` is the policy whose code sets it reads."""

    scope: str
    fact: str
    predicate: Predicate

    @cached_property
    def facts(self) -> frozenset[str]:
        return frozenset({self.fact})

    @cached_property
    def _hash(self) -> int:
        return hash((self.scope, self.fact, self.predicate))

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        return f"{self.fact} {self.predicate}"


@dataclass(frozen=True)
class _Many:
    parts: tuple[Tree, ...]

    @cached_property
    def facts(self) -> frozenset[str]:
        return frozenset().union(*(part.facts for part in self.parts))

    @cached_property
    def _hash(self) -> int:
        return hash((type(self), self.parts))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True)
class All(_Many):
    __hash__ = _Many.__hash__


@dataclass(frozen=True)
class AnyOf(_Many):
    __hash__ = _Many.__hash__


@dataclass(frozen=True)
class Not:
    part: Tree

    @cached_property
    def facts(self) -> frozenset[str]:
        return self.part.facts

    @cached_property
    def _hash(self) -> int:
        return hash((Not, self.part))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True)
class Told:
    """What somebody says of a thing as a whole, or what its parts make of it; unknown where the two disagree."""

    whole: Leaf
    parts: Tree

    @cached_property
    def facts(self) -> frozenset[str]:
        return self.whole.facts | self.parts.facts

    @cached_property
    def _hash(self) -> int:
        return hash((Told, self.whole, self.parts))

    def __hash__(self) -> int:
        return self._hash


Tree = Leaf | All | AnyOf | Not | Told
Open = int | Tree  # a truth value, or what is left of a tree once everything known is taken out of it


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Every leaf, from left to right."""
    match tree:
        case Leaf():
            yield tree
        case Not(part):
            yield from leaves(part)
        case Told(whole, parts):
            yield whole
            yield from leaves(parts)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)


def reduce(tree: Open, known: Callable[[Leaf], int], touching: str | None = None) -> Open:
    """The tree without what is known of its leaves; a truth value once nothing is left open.

    `touching` names the one fact about which something was learned, where it is only one.
    """
    if isinstance(tree, int) or (touching is not None and touching not in tree.facts):
        return tree
    match tree:
        case Leaf():
            value = known(tree)
            return tree if value == UNKNOWN else value
        case Not(part):
            inner = reduce(part, known, touching)
            return TRUE - inner if isinstance(inner, int) else Not(inner)
        case All(parts):
            return _gathered([reduce(part, known, touching) for part in parts], FALSE, All)
        case AnyOf(parts):
            return _gathered([reduce(part, known, touching) for part in parts], TRUE, AnyOf)
        case Told(whole, parts):
            return _told(whole, reduce(whole, known, touching), reduce(parts, known, touching))


def _told(whole: Leaf, said: Open, made: Open) -> Open:
    if isinstance(said, int) and isinstance(made, int):
        # nothing settles what two sources dispute
        return said if said == made else Leaf(whole.scope, whole.fact, Predicate("disputed"))
    if isinstance(said, int):
        return said
    return made if isinstance(made, int) else Told(whole, made)


def _gathered(parts: list[Open], settles: int, kind: type[All | AnyOf]) -> Open:
    if settles in parts:
        return settles
    left = tuple(part for part in parts if not isinstance(part, int))
    if not left:
        return TRUE - settles
    return left[0] if len(left) == 1 else kind(left)

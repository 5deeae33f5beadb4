"""The rules of the language over a note: where labels stand together, a fact is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimwright.chart.analysed import Analysed, Marked
from claimwright.chart.language import Rule, Wanted
from claimwright.chart.told import Status

Parts = Sequence[tuple[int, int]]
_UNSAID = frozenset({Status.NEGATED, Status.FAMILY, Status.HYPOTHETICAL, Status.PLANNED})


def shown(note: Analysed, rule: Rule, reaches: Mapping[str, Parts]) -> tuple[Marked, ...]:
    """The mentions by which a note shows a rule; none where it does not."""
    for parts in _scopes(note, rule, reaches):
        if any(_first(note, wanted, parts, -1) for wanted in rule.without):
            continue
        found = [_in_order(note, row, parts) for row in rule.shows]
        if all(found):
            return tuple(one for row in found for one in row)
    return ()


def _in_order(note: Analysed, row: Sequence[Wanted], parts: Parts) -> tuple[Marked, ...]:
    """The mentions of a row of labels, each behind the one before; none where one is missing."""
    found: list[Marked] = []
    after = -1
    for wanted in row:
        one = _first(note, wanted, parts, after)
        if one is None:
            return ()
        found.append(one)
        after = one.found.end - 1
    return tuple(found)


def _scopes(note: Analysed, rule: Rule, reaches: Mapping[str, Parts]) -> Sequence[Parts]:
    if rule.within == "sentence":
        return [[(sentence.start, sentence.end)] for sentence in note.sentences]
    return [reaches[rule.within]]


def _first(note: Analysed, wanted: Wanted, parts: Parts, after: int) -> Marked | None:
    for one in note.within(wanted.label, parts):
        if one.found.start > after and one.status not in _UNSAID and (not wanted.values or one.found.value in wanted.values):
            return one
    return None

"""The rules of the language over a note: where labels stand together, a fact is told."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from claimwright.chart.analysed import Analysed, Marked
from claimwright.chart.language import Rule, Wanted
from claimwright.chart.told import Status

Parts = Sequence[tuple[int, int]]
_UNSAID = frozenset({Status.NEGATED, Status.FAMILY, Status.HYPOTHETICAL, Status.PLANNED})


def shown(note: Analysed, rule: Rule, reaches: Mapping[str, Parts]) -> tuple[Marked, ...]:
    """The mentions by which a note shows a rule; none where it does not."""
    if not rule.labels <= note.by_label.keys():
        return ()
    for parts in _scopes(note, rule, reaches):
        if any(_all(note, wanted, parts) for wanted in rule.without):
            continue
        found: list[Marked] = []
        for row in rule.shows:
            in_order = _in_order(note, row, parts)
            if not in_order:
                break
            found += in_order
        else:
            return tuple(found)
    return ()


def _in_order(note: Analysed, row: Sequence[Wanted], parts: Parts) -> tuple[Marked, ...]:
    """The mentions of a row of labels, each behind the one before and the nearest to it; none where one is missing."""
    firsts, *others = (_all(note, wanted, parts) for wanted in row)
    starts = [[one.found.start for one in ones] for ones in others]
    best: tuple[Marked, ...] = ()
    shortest = _FARTHEST
    for first in firsts:
        found = [first]
        for ones, begins in zip(others, starts, strict=True):
            at = bisect_left(begins, found[-1].found.end)
            if at == len(ones):
                break
            found.append(ones[at])
        length = found[-1].found.start - first.found.end
        if len(found) == len(row) and length < shortest:
            best, shortest = tuple(found), length
    return best


_FARTHEST = 200  # characters over which a row of labels may be spread


def _scopes(note: Analysed, rule: Rule, reaches: Mapping[str, Parts]) -> Sequence[Parts]:
    if rule.within == "sentence":
        shown = sorted({one.sentence for one in note.of(rule.shows[0][0].label)})
        return [[(note.sentences[place].start, note.sentences[place].end)] for place in shown]
    return [reaches[rule.within]]


def _all(note: Analysed, wanted: Wanted, parts: Parts) -> list[Marked]:
    return [
        one
        for one in note.within(wanted.label, parts)
        if one.status not in _UNSAID and (not wanted.values or one.found.value in wanted.values)
    ]

"""The rules of the language over a note: where labels stand together, a fact is told."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from claimwright.chart.analysed import Analysed, Marked
from claimwright.chart.language import Rule, Wanted
from claimwright.chart.told import Status

Parts = Sequence[tuple[int, int]]
_UNSAID = frozenset({Status.NEGATED, Status.FAMILY, Status.HYPOTHETICAL, Status.PLANNED})


def shown(note: Analysed, rule: Rule, reaches: Mapping[str, Parts]) -> tuple[Marked, ...]:
    """The mentions by which a note shows a rule; none where it does not."""
    for parts in _scopes(note, rule, reaches):
        if any(True for wanted in rule.without for _ in _all(note, wanted, parts)):
            continue
        found = [_in_order(note, row, parts) for row in rule.shows]
        if all(found):
            return tuple(one for row in found for one in row)
    return ()


def _in_order(note: Analysed, row: Sequence[Wanted], parts: Parts) -> tuple[Marked, ...]:
    """The mentions of a row of labels, each behind the one before and the nearest to it; none where one is missing."""
    firsts, *others = ([*_all(note, wanted, parts)] for wanted in row)
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
        return [[(sentence.start, sentence.end)] for sentence in note.sentences]
    return [reaches[rule.within]]


def _all(note: Analysed, wanted: Wanted, parts: Parts) -> Iterator[Marked]:
    for one in note.within(wanted.label, parts):
        if one.status not in _UNSAID and (not wanted.values or one.found.value in wanted.values):
            yield one

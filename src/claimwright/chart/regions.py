"""Regions of the body with their sides, as the vocabulary writes them: `knee_R`, `lumbar`."""

from __future__ import annotations

from collections.abc import Sequence

from claimwright.chart.analysed import Analysed, Marked
from claimwright.chart.told import Span

MIDDLE = frozenset({"neck", "thoracic", "lumbar", "sacroiliac", "head", "chest", "abdomen"})
_BEFORE, _AFTER = 32, 6  # characters between a side and its region
Region = tuple[str, Span]


def regions_within(note: Analysed, parts: Sequence[tuple[int, int]]) -> list[Region]:
    """The regions named within parts of a note, each once, in reading order, with the words that name them."""
    found: dict[str, Span] = {}
    sides = note.of("side")
    named = sorted(
        [*note.within("region", parts), *note.within("both", parts)], key=lambda one: (one.found.start, -one.found.end)
    )
    end = -1
    for one in named:
        if one.found.end <= end:
            continue  # `calves` stands for the pair alone
        end = one.found.end
        name = one.found.value
        span = note.plain.span(one.found.start, one.found.end)
        if name in MIDDLE:
            found.setdefault(name, span)
            continue
        for side in _sides(note, one, sides, named):
            found.setdefault(f"{name}_{side}" if side else name, span)
    return list(found.items())


def _sides(note: Analysed, one: Marked, sides: list[Marked], named: list[Marked]) -> tuple[str, ...]:
    low = note.plain.low
    before = [
        side
        for side in sides
        if side.sentence == one.sentence
        and side.found.end <= one.found.start <= side.found.end + _BEFORE
        and not _parting(low[side.found.end : one.found.start])
    ]
    after = [
        side
        for side in sides
        if side.sentence == one.sentence
        and one.found.end <= side.found.start <= one.found.end + _AFTER
        and not _parting(low[one.found.end : side.found.start])
        and not any(side.found.end <= other.found.start <= side.found.end + 2 for other in named)
    ]
    before = [side for side in before if not _mere_both(note, side, one)]
    value = before[-1].found.value if before else after[0].found.value if after else ""
    if value == "B" or (not value and one.found.label == "both"):
        return ("L", "R")
    return (value,)


def _mere_both(note: Analysed, side: Marked, one: Marked) -> bool:
    """`both the hip arthritis and …` speaks of two things, not of two hips."""
    word = note.plain.low[side.found.start : side.found.end]
    return word == "both" and one.found.label != "both" and one.found.start - side.found.end > 1


def _parting(between: str) -> bool:
    return any(sign in between for sign in (";", ".", ":", "\n"))


def with_sides(regions: list[Region], elsewhere: list[Region]) -> list[Region]:
    """Regions whose side is not said where they stand take the one side that the note gives them elsewhere."""
    sides: dict[str, set[str]] = {}
    for name, _ in elsewhere:
        bare, _, side = name.partition("_")
        if side:
            sides.setdefault(bare, set()).add(side)
    settled: dict[str, Span] = {}
    for name, span in regions:
        known = sides.get(name, set())
        settled.setdefault(f"{name}_{next(iter(known))}" if len(known) == 1 and name not in MIDDLE else name, span)
    return list(settled.items())

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
        for side in _sides(note, one):
            found.setdefault(f"{name}_{side}" if side else name, span)
    return list(found.items())


def _sides(note: Analysed, one: Marked) -> tuple[str, ...]:
    low, sides = note.plain.low, note.in_sentence("side", one.sentence)
    named = [*note.in_sentence("region", one.sentence), *note.in_sentence("both", one.sentence)]
    before = [
        side
        for side in sides
        if side.found.end <= one.found.start <= side.found.end + _BEFORE
        and not _parting(low[side.found.end : one.found.start])
        and not _mere_both(note, side, one)
    ]
    after = [
        side
        for side in sides
        if one.found.end <= side.found.start <= one.found.end + _AFTER
        and not _parting(low[one.found.end : side.found.start])
        and not any(side.found.end <= other.found.start <= side.found.end + 2 for other in named)
    ]
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


def with_sides(regions: list[Region], elsewhere: list[Region], named: frozenset[str]) -> list[Region]:
    """Regions whose side is not said where they stand take the side that the note gives them elsewhere, else the only
    one it gives anything (`named` are all it names). One that stands with its side beside is named once.
    """
    sides: dict[str, set[str]] = {}
    for name, _ in (*elsewhere, *regions):
        bare, _, side = name.partition("_")
        if side:
            sides.setdefault(bare, set()).add(side)
    here = {bare for name, _ in regions if (bare := name.partition("_")[0]) != name}
    settled: dict[str, Span] = {}
    for name, span in regions:
        if "_" in name or name in MIDDLE:
            settled.setdefault(name, span)
        elif name not in here:
            known = sides.get(name, named)
            side = f"_{next(iter(known))}" if len(known) == 1 else ""
            settled.setdefault(name + side, span)
    return list(settled.items())

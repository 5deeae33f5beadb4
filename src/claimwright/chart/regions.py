"""Regions of the body with their sides, as the vocabulary writes them, and which of them a service was applied to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from claimwright.chart.analysed import INFRARED, Analysed, Application, Marked
from claimwright.chart.reach import Parts, around, parts_of
from claimwright.chart.references import referred
from claimwright.chart.told import Span, Status

MIDDLE = frozenset({"neck", "thoracic", "lumbar", "sacroiliac", "head", "chest", "abdomen"})
_BEFORE, _AFTER = 32, 6  # characters between a side and its region
_DENIED = frozenset({Status.NEGATED})
_ASIDE = _DENIED | {Status.FAMILY, Status.HYPOTHETICAL, Status.ELSEWHERE, Status.PLANNED}
Region = tuple[str, Span]


def regions_of(note: Analysed, service: str) -> list[Region]:
    """Where a service was applied: by the words right behind it, those before it, all of its own, or those around.

    Sides that are not said there come from the whole note.
    """
    given = note.given(service)
    if not given:
        return []
    found = _where(note, given, service)
    if all("_" in name or name in MIDDLE for name, _ in found):
        return found
    sides = frozenset(one.found.value for one in note.of("side"))
    return _with_sides(found, regions_within(note, [(0, len(note.plain.low))]), sides)


def _where(note: Analysed, given: Sequence[Application], service: str) -> list[Region]:
    behind, ahead = _beside(note, given, service)
    fields = [(part.start, part.end) for part in given if not part.named]
    own = parts_of(given)
    for parts in (behind, _put(note, given)):
        if found := _named(note, [one for part in parts for one in _listed(note, part)]):
            return found
    if found := regions_within(note, fields, _DENIED):
        return found
    near = around(note, given)
    for parts in (ahead, own, referred(note, given), *_nearest(note, given, near)):
        if found := regions_within(note, parts, _ASIDE):
            return found
    return regions_within(note, own) or _where_it_is(note)


def _put(note: Analysed, given: Sequence[Application]) -> Parts:
    """What stands behind words of putting it somewhere, in its own sentence or soon behind: `strapped it round …`."""
    first = min(one.sentence for one in given)
    last = max(one.sentence for one in given)
    parts: Parts = []
    for place in range(first, min(last + 1 + _SOON, len(note.sentences))):
        sentence = note.sentences[place]
        if any(one.found.value != INFRARED for one in note.in_sentence("service", place)):
            continue
        for found in _PUT.finditer(note.plain.low, sentence.start, sentence.end):
            ends = [one.found.start for one in note.in_sentence("aim", place) if one.found.start >= found.end()]
            parts.append((found.end(), min([*ends, sentence.end])))
    return parts


_SOON = 2  # sentences behind a service in which it may be said where it was put
_PUT = re.compile(
    r"\b(?:(?:applied|placed|put|strapped|wrapped|held|gave|shone|aimed|directed|trained|used|set|hung|swung|"
    r"moved|gave) "
    r"(?:it|this|them|that|the (?:pads?|lamp|light|panel|heat|infrared)|the same)"
    r"|(?:pads?|lamp|light|panel|heat|it) (?:was|were|is|are|went)(?: (?:put|placed|strapped|wrapped|held|"
    r"applied|aimed|"
    r"directed|used|given|hung|set|fixed|left|positioned))?|minutes?|min|'),?(?: today)?,? (?:to|on|onto|over|"
    r"round|around|"
    r"across|at|along|(?=(?:the |both |right |left |low |upper |mid ))) ?"
)


def _nearest(note: Analysed, given: Sequence[Application], near: Parts) -> Iterator[Parts]:
    """The sentences around a service one by one: what was said before goes before what comes after."""
    named = [one.sentence for one in given if one.named] or [one.sentence for one in given]
    for place in (min(named) - 1, min(named) - 2, max(named) + 1, max(named) + 2):
        if 0 <= place < len(note.sentences):
            sentence = note.sentences[place]
            yield [part for part in near if sentence.start <= part[0] < sentence.end]
    yield near


def _beside(note: Analysed, given: Sequence[Application], service: str) -> tuple[Parts, Parts]:
    """What stands right behind the name of a service, up to what it was for, and what stands before it."""
    behind: Parts = []
    ahead: Parts = []
    for part in (part for part in given if part.named):
        one = next(note.within("service", [(part.start, part.end)]), None)
        if one is None or one.found.value != service:
            continue
        clause = note.layout.clause_of(note.sentences[one.sentence], one.found.start)
        ends = [clause[1], part.end] + [
            other.found.start
            for label in ("aim", "link")
            for other in note.in_sentence(label, one.sentence)
            if other.found.start >= one.found.end and other.found.value != "next"
        ]
        behind.append((one.found.end, max(min(ends), one.found.end)))
        ahead.append((max(part.start, clause[0]), one.found.start))
    return behind, ahead


def _listed(note: Analysed, part: tuple[int, int]) -> Iterator[Marked]:
    """The regions of a part that stand in one list; what follows other words is not where the service went."""
    end = 0
    for one in _regions(note, [part]):
        if end and (one.found.start - end > _LIST or _PARTS_A_LIST.search(note.plain.low, end, one.found.start)):
            return
        end = one.found.end
        if one.status not in _DENIED:
            yield one


_LIST = 60  # characters between two regions of a list
_PARTS_A_LIST = re.compile(
    r"\b(?:with|while|because|since|as|so|until|where|which|who|in (?:his|her|the)|not|hand|held|bell|then|"
    r"after|before"
    r"|but|she|he|i|we|on an?|towel|over the)\b"
)


def _regions(note: Analysed, parts: Sequence[tuple[int, int]]) -> list[Marked]:
    """The regions named in parts of a note; where words stand for two sides they are not also one."""
    named = sorted(
        [*note.within("region", parts), *note.within("both", parts)], key=lambda one: (one.found.start, -one.found.end)
    )
    kept: list[Marked] = []
    for one in named:
        last = kept[-1] if kept else None
        if last is None or one.found.end > last.found.end or one.found[:2] == last.found[:2]:
            kept.append(one)
    return kept


def regions_within(
    note: Analysed, parts: Sequence[tuple[int, int]], without: frozenset[Status] = frozenset()
) -> list[Region]:
    """The regions named within parts of a note, each once, in reading order, with the words that name them."""
    return _named(note, (one for one in _regions(note, parts) if one.status not in without))


def _named(note: Analysed, regions: Iterable[Marked]) -> list[Region]:
    found: dict[str, Span] = {}
    last: Marked | None = None
    for one in regions:
        if last is not None and last.found[:2] == one.found[:2] and last.found.value == one.found.value:
            continue  # `calves` stands for the pair alone
        last = one
        span = note.plain.span(one.found.start, one.found.end)
        for name in one.found.value.split(" + "):
            for side in ("",) if name in MIDDLE else _sides(note, one):
                found.setdefault(f"{name}_{side}" if side else name, span)
    return list(found.items())


def _sides(note: Analysed, one: Marked) -> tuple[str, ...]:
    low, sides = note.plain.low, note.in_sentence("side", one.sentence)
    named = [*note.in_sentence("region", one.sentence), *note.in_sentence("both", one.sentence)]
    inside = [side for side in sides if one.found.start <= side.found.start and side.found.end <= one.found.end]
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
    nearest = inside[:1] or before[-1:] or after[:1]
    value = nearest[0].found.value if nearest else ""
    if value == "B" or (not value and one.found.label == "both"):
        return ("L", "R")
    return (value,)


def _mere_both(note: Analysed, side: Marked, one: Marked) -> bool:
    """`both the hip arthritis and …` speaks of two things, not of two hips."""
    word = note.plain.low[side.found.start : side.found.end]
    return word == "both" and one.found.label != "both" and one.found.start - side.found.end > 1


def _parting(between: str) -> bool:
    return any(sign in between for sign in (";", ".", ":", "\n"))


def _with_sides(regions: list[Region], elsewhere: list[Region], named: frozenset[str]) -> list[Region]:
    """Regions whose side is not said where they stand take the sides that the note gives them elsewhere, else the only
    one it gives anything (`named` are all it names). One that stands with its side beside is named once.
    """
    sides: dict[str, set[str]] = {}
    for name, _ in (*elsewhere, *regions):
        bare, _, side = name.partition("_")
        if side:
            sides.setdefault(bare, set()).add(side)
    here = {bare for name, _ in regions if (bare := name.partition("_")[0]) != name}
    only = {"L", "R"} if named == {"B"} else named - {"B"}
    listed = {name.partition("_")[2] for name, _ in regions if "_" in name}
    settled: dict[str, Span] = {}
    for name, span in regions:
        if "_" in name or name in MIDDLE:
            settled.setdefault(name, span)
        elif name not in here:
            # one without its side takes that of the list it stands in: `the right elbow and biceps`
            known: Iterable[str] = sides.get(name) or (listed if len(listed) == 1 else ())
            known = known or (only if len(only) == 1 or named == {"B"} else ("",))
            for side in sorted(known):
                settled.setdefault(f"{name}_{side}" if side else name, span)
    return list(settled.items())


def _where_it_is(note: Analysed) -> list[Region]:
    """Where a wound, an ulcer or a neuropathy of the patient's is, else the one region that the note names at all."""
    named = {one.sentence for one in note.of("condition") if one.affirmed}
    sentences = [(note.sentences[place].start, note.sentences[place].end) for place in sorted(named)]
    found = regions_within(note, sentences)
    everything = regions_within(note, [(0, len(note.plain.low))])
    return found or (everything if len({name.partition("_")[0] for name, _ in everything}) == 1 else [])

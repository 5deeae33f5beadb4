"""Which parts of a note belong to a service, stand around it, or belong to none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from claimwright.chart.analysed import INFRARED, Analysed, Application, Marked

Parts = list[tuple[int, int]]


def parts_of(given: Iterable[Application]) -> Parts:
    """The parts of the plain text, from and to, that belong to applications."""
    return [(one.start, one.end) for one in given]


def around(note: Analysed, given: Sequence[Application], behind: int = 2) -> Parts:
    """The sentences of the applications and their neighbours, two before and some behind.

    What belongs to another modality or to the care of a wound is left out.
    """
    key = (behind, *(one.start for one in given))
    if key not in note.found:
        note.found[key] = _around(note, given, behind)
    return note.found[key]


def _around(note: Analysed, given: Sequence[Application], behind: int) -> Parts:
    shared = any(_says_both(note, one) for one in note.of("side")) or _together(note.plain.low)
    wanted = {place for one in {one.sentence for one in given} for place in _neighbours(note, one, behind)}
    ours: dict[int, list[Application]] = {}
    for one in given:
        ours.setdefault(one.sentence, []).append(one)
    others = [
        one
        for one in note.applications
        if one.service != INFRARED
        and one.end > one.start
        and (one.kind == "wound care" or (one.kind in {"heat", "modality"} and not shared))
        and not any(our.start < one.start < our.end for our in ours.get(one.sentence, ()))  # what both share
    ]
    of_sentence: dict[int, list[Application]] = {}
    for other in others:
        of_sentence.setdefault(other.sentence, []).append(other)
    fields = {(note.sentences[place].line, note.sentences[place].header) for place in ours}
    parts: Parts = []
    for place in sorted(wanted):
        sentence = note.sentences[place]
        if note.aside(sentence) and (sentence.line, sentence.header) not in fields:
            continue
        start = sentence.start
        for other in of_sentence.get(place, ()):
            if other.start > start:
                parts.append((start, other.start))
            start = max(start, other.end)
        if start < sentence.end:
            parts.append((start, sentence.end))
    return parts


def _neighbours(note: Analysed, place: int, behind: int) -> Iterator[int]:
    """A sentence, two before it and some behind; what is hardly one (`Y. Corrigan`, `PTA.`) is not counted."""
    yield place
    sentences = note.sentences
    for step, wanted in ((-1, 2), (1, behind)):
        at, counted = place + step, 0
        while counted < wanted and 0 <= at < len(sentences):
            yield at
            counted += sentences[at].end - sentences[at].start > _HARDLY
            at += step


_HARDLY = 10  # characters of a name or a number that stands as a sentence
# by what stands in all of what each finds: most notes have none of it, and are not searched
_TOGETHER = {
    stands: re.compile(expression)
    for stands, expression in (
        ("on top of", r"\bon top of (?:it|that)\b"),
        (
            "same",
            r"\bsame (?:area|region|site|time|spot|place|hands?|feet|knees?|shoulders?|joints?|muscles?|purpose)\b",
        ),
        ("together", r"\btogether\b"),
        ("next to it", r"\bright next to it\b"),
        ("both", r"\(both\)|\bboth (?:for|against|were for|to (?:reduce|ease|loosen)|(?:kinds of )?heats?)\b"),
        ("two", r"\btwo (?:kinds of )?heats?\b"),
        ("2 ", r"\b2 (?:kinds of )?heats?\b"),
        ("one time", r"\bat one time\b"),
    )
}


def _together(low: str) -> bool:
    """Whether a note says that several things were applied to one place, or for one purpose."""
    return any(stands in low and expression.search(low) for stands, expression in _TOGETHER.items())


def _says_both(note: Analysed, side: Marked) -> bool:
    """`both are tight` speaks of two applications; `both knees` of two sides."""
    return note.plain.low[side.found.start : side.found.end + 4] in {"both are", "both for", "both to ", "both wer"}


def everywhere(note: Analysed) -> Parts:
    """All of a note but what belongs to other services than infrared."""
    others = [one for one in note.applications if one.service != INFRARED and one.end > one.start]
    parts, start = [], 0
    for other in others:
        if other.start > start:
            parts.append((start, other.start))
        start = max(start, other.end)
    parts.append((start, len(note.plain.low)))
    return parts

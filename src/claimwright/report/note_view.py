"""What one note shows to a reader: its text cut where it supports something, what is missing, and what to ask.

A question is the fact's own, from the vocabulary; no sentence for the note is ever proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from claimwright.chart.told import Said, Told
from claimwright.determine.notes.joining import words
from claimwright.determine.notes.saying import of_line
from claimwright.policies.model import Fact, Library

# what words of a note support, and how a legend says it; the first that fits colours words that support several
KINDS: Mapping[str, str] = {
    "risk": "worth a second look",
    "purpose": "what was treated, and why",
    "who": "who gave it, supervised it, signed it",
    "where": "where",
    "response": "what came of it",
    "given": "what was given, and how long",
    "other": "something else that policies ask about",
}
_KIND_OF: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("risk words", "comfort words", "cloned words", "comfort only", "nerve root symptoms treated"),
            *("only the modality documented", "rationale is pain alone"),
        ),
        "risk",
    ),
    **dict.fromkeys(
        (
            *("treatment intent", "purposes recorded", "rationale documented", "goal link documented"),
            *("modality reason documented", "own purpose documented", "diagnoses in the note"),
        ),
        "purpose",
    ),
    **dict.fromkeys(
        (
            *("supervision documented", "furnished by", "note signed", "student directed", "assistant share"),
            "separate practitioner",
        ),
        "who",
    ),
    **dict.fromkeys(("regions", "region documented", "distinct structure"), "where"),
    **dict.fromkeys(("response documented", "own response documented"), "response"),
    **dict.fromkeys(
        (
            *("minutes", "units in the note", "total treatment minutes", "total treatment minutes documented"),
            *("timed minutes that day", "device", "setting of use", "skilled procedure documented"),
        ),
        "given",
    ),
}
# whatever a note leaves out of these is a gap, though nothing in it says no
_ALWAYS_ASKED = ("treatment intent",)


@dataclass(frozen=True, repr=False)  # a note's words have no place in a message
class Supported:
    """A fact that words of the note say."""

    fact: str
    says: str
    value: str
    kind: str
    of: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    rule: str


@dataclass(frozen=True)
class Gap:
    """A fact that the note does not tell, or not in one way only, and the vocabulary's question for it."""

    fact: str
    why: str
    question: str
    who: str


@dataclass(frozen=True, repr=False)
class Piece:
    """Characters `start` to `end` of the note, what they support (a kind, or "" for nothing) and the facts."""

    start: int
    end: int
    text: str
    kind: str
    facts: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class NoteView:
    """A note as it is shown; `services` are those it shows as given, `problems` what could not be read."""

    name: str
    told: Told
    supported: tuple[Supported, ...]
    gaps: tuple[Gap, ...]
    pieces: tuple[Piece, ...]

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The legend: the kinds that colour something here, and their words."""
        used = {piece.kind for piece in self.pieces}
        return tuple((kind, said) for kind, said in KINDS.items() if kind in used)


def view(name: str, told: Told, library: Library, procedure: str = "") -> NoteView:
    """What a note shows, of all it speaks of or of one service."""
    said = of_line(told, procedure) if procedure else list(told.said)
    supported = tuple(_supported(one, library) for one in said if one.spans and one.value is not False)
    return NoteView(name, told, supported, tuple(_gaps(said, library)), tuple(_pieces(told.text, supported)))


def _supported(said: Said, library: Library) -> Supported:
    fact = library.facts.get(said.fact)
    spans = tuple((start, end) for start, end in said.spans)
    kind = _KIND_OF.get(said.fact, "other")
    return Supported(said.fact, fact.says if fact else "", words(said), kind, said.of, spans, said.rule)


def _gaps(said: Iterable[Said], library: Library) -> Iterable[Gap]:
    """What the note, read whole, does not say; what it leaves open; and what it says in two ways."""
    by_fact: dict[str, list[Said]] = {}
    for one in said:
        by_fact.setdefault(one.fact, []).append(one)
    for name in (*(name for name in _ALWAYS_ASKED if name not in by_fact), *by_fact):
        fact = library.facts.get(name)
        if fact is None or not fact.ask or _KIND_OF.get(name) == "risk":
            continue
        why = _why(by_fact.get(name, []), fact)
        if why:
            yield Gap(name, why, fact.ask, fact.who)


def _why(said: list[Said], fact: Fact) -> str:
    if not said:
        return "the note does not say"
    if fact.scalar and len({(one.of, one.value) for one in said}) > len({one.of for one in said}):
        return "the note says it in two ways"
    if any(one.either for one in said):
        return "the note leaves it open"
    absent = any(one.value is False and not one.spans for one in said)
    return "the note does not say" if absent and not any(one.spans for one in said) else ""


def _pieces(text: str, supported: Iterable[Supported]) -> Iterable[Piece]:
    """The whole text, cut wherever words begin or cease to support something."""
    facts = list(supported)
    starts: dict[int, list[Supported]] = {}
    ends: dict[int, list[Supported]] = {}
    for one in facts:
        for start, end in one.spans:
            if 0 <= start < end <= len(text):
                starts.setdefault(start, []).append(one)
                ends.setdefault(end, []).append(one)
    order = list(KINDS)
    held: list[Supported] = []
    for start, end in pairwise(sorted({0, len(text), *starts, *ends})):
        for one in ends.get(start, ()):
            held.remove(one)
        held += starts.get(start, ())
        kind = min((one.kind for one in held), key=order.index, default="")
        yield Piece(start, end, text[start:end], kind, tuple(dict.fromkeys(one.fact for one in held)))

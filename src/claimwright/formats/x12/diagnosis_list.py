"""The diagnoses of a claim as one ordered list, over however many HI segments they are spread."""

from __future__ import annotations

from dataclasses import dataclass

from claimwright.formats.x12.edits import FIELDS, Value
from claimwright.formats.x12.working_claim import Segment, WorkingClaim

_FIRST, _OTHERS = {"ABK", "BK"}, {"ABF": "ABF", "ABK": "ABF", "BF": "BF", "BK": "BF"}
_A_SEGMENT = 12  # elements of an HI


@dataclass(frozen=True, slots=True)
class Listed:
    """The codes in claim order, and the segment and element of each."""

    codes: Value
    slots: tuple[tuple[Segment, int], ...]


def read(claim: WorkingClaim) -> Listed | str:
    """The diagnoses; why they cannot be told where they cannot."""
    plain = FIELDS["diagnoses"].plain
    codes: list[str] = []
    slots: list[tuple[Segment, int]] = []
    for segment in claim.segments:
        if segment.tag != "HI" or segment.gone:
            continue
        for element in range(1, len(segment.elements)):
            parts = segment.parts(element)
            if len(parts) < 2 or not parts[1].strip():
                return "an element of HI has no qualifier and code together"
            if parts[0] in _OTHERS:
                code = plain(parts[1])
                if len(code) != 1:
                    return "a diagnosis of HI is no single code"
                codes += code
                slots.append((segment, element))
    return Listed(tuple(codes), tuple(slots))


def write(claim: WorkingClaim, listed: Listed, now: Value) -> None:
    """Write another list: qualifiers stay with their places, what else was said of a diagnosis goes with its code."""
    said: dict[str, list[str]] = {}
    for code, (segment, element) in zip(listed.codes, listed.slots, strict=True):
        said.setdefault(code, segment.raw(element).split(segment.component)[2:])
    for code, old, (segment, element) in zip(now, listed.codes, listed.slots, strict=False):
        if code != old:
            qualifier = segment.raw(element).split(segment.component)[0]
            segment.put(element, segment.component.join((qualifier, code, *said.get(code, ()))))
    for segment, element in reversed(listed.slots[len(now) :]):
        del segment.elements[element]
        segment.gone = len(segment.elements) == 1
    _append(claim, listed, now, said)


def _append(claim: WorkingClaim, listed: Listed, now: Value, said: dict[str, list[str]]) -> None:
    """Write the diagnoses for which there is no place yet."""
    more = list(now[len(listed.codes) :])
    if not more:
        return
    segment, qualifier = None, "ABF"
    if listed.slots:
        segment, last = listed.slots[-1]
        principal = segment.parts(last)[0]
        qualifier = _OTHERS[principal]
        if principal in _FIRST and not claim.professional:
            segment = None  # in an 837I the principal diagnosis stands alone in its HI
    else:
        head, rest = (1, more[1:]) if not claim.professional else (len(more), [])
        first = [claim.component.join(("ABK" if n == 0 else qualifier, code)) for n, code in enumerate(more[:head])]
        claim.insert(None, ["HI", *first])
        more = rest
    if segment is not None:
        room = max(0, _A_SEGMENT + 1 - len(segment.elements))
        segment.elements += [segment.component.join((qualifier, code, *said.get(code, ()))) for code in more[:room]]
        more = more[room:]
    while more:
        elements = [claim.component.join((qualifier, code, *said.get(code, ()))) for code in more[:_A_SEGMENT]]
        claim.insert(None, ["HI", *elements])
        more = more[_A_SEGMENT:]

"""What the words of a service refer to elsewhere: a numbered problem, or a sentence that tells its purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimwright.chart.analysed import INFRARED, Analysed, Application
from claimwright.chart.reach import Parts

_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_NUMBER = r"([1-9]|one|two|three|four|five)\b(?![./:]?\d)"
_KINDS = "problem|prob|item|barrier|impairment|deficit|concern|issue|finding|goal|number|wound|ulcer|dx|no|q|p|#"
_NAMED = re.compile(rf"(?<![a-z0-9])({_KINDS})\.? ?#? ?{_NUMBER}")
_LISTED = re.compile(r"(?:(?<=\n)|(?<=^)) ?(?:-|\*|\[.?\])? ?()([1-9])(?:\.|\)|:)(?= )")
_SOON = 3  # sentences behind a service in which its purpose may be told
_LEAD = 30  # characters with which such a sentence begins
_POINTS = re.compile(
    r"\b(?:for|bc of|b/c of|because of|due to|d/t|at|to (?:treat|ease|dull|calm|address|target|help|settle|reduce|"
    r"blunt|lessen|take the edge off)|on account of|owing to|treating|easing|aimed at) "
    r"(?:(?:just|only|all(?: of)?|expressly|exactly|both(?: of)?|the pain of|that pain of) )*"
    r"(?:(?:this|that|the same|these|those) reasons?(?=[,.;]| and )|"
    r"(?:the )?(?:above|same|said|aforementioned|foregoing)\b|"
    r"(?:that|this|these|those)"
    r"(?! (?:reason|visit|time|day|week|purpose|long|many|morning|afternoon|session))\b|"
    r"it\b|them\b|all of (?:this|it|that)\b)"
)
_BACK = 3  # sentences before a service in which what it points to is looked for
_POINTED = ("condition", "impairment", "vague", "sign")


def referred(note: Analysed, given: Sequence[Application]) -> Parts:
    """The parts that say what a service was for, because its own words name their number or they speak of it."""
    told = [*_telling(note, given)]
    own = [(one.start, one.end) for one in given]
    told += [part for part in (*_fields(note), *_of_entry(note, given)) if part not in told]
    return [*told, *_numbered(note, [*own, *told]), *_pointed(note, given, told)]


def _pointed(note: Analysed, given: Sequence[Application], told: Parts) -> Iterator[tuple[int, int]]:
    """What stood before a service that was given `for that`, `for the same`: the last words that name a trouble."""
    for one in given:
        parts = [(one.start, one.end), *(part for part in told if part[0] >= one.end)]
        if not any(_POINTS.search(note.plain.low, *part) for part in parts):
            continue
        ahead = note.sentences[one.sentence].start
        if ahead < one.start and any(True for label in _POINTED for _ in note.within(label, [(ahead, one.start)])):
            yield ahead, one.start
            return
        for place in range(one.sentence - 1, max(-1, one.sentence - 1 - _BACK), -1):
            if any(note.in_sentence(label, place) for label in _POINTED):
                yield note.sentences[place].start, note.sentences[place].end
                return


def _telling(note: Analysed, given: Sequence[Application]) -> Iterator[tuple[int, int]]:
    """Sentences soon behind a service that begin with words of purpose: `It is there to …`, `Why: …`."""
    if not given:
        return
    first = min(one.sentence for one in given) - 1
    if first >= 0 and note.in_sentence("foretelling", first):
        yield note.sentences[first].start, note.sentences[first].end
    last = max(one.sentence for one in given)
    mine = {one.sentence for one in given}
    for place in range(last + 1, min(last + 1 + _SOON, len(note.sentences))):
        sentence = note.sentences[place]
        if place in mine or any(one.found.value != INFRARED for one in note.in_sentence("service", place)):
            return
        telling = any(one.found.start - sentence.start <= _LEAD for one in note.in_sentence("telling", place))
        if telling or (place <= last + _RIGHT_BEHIND and _GOES_ON.match(note.plain.low, sentence.start)):
            yield sentence.start, sentence.end


_RIGHT_BEHIND = 2  # sentences
# a sentence that goes on about the one before it: `-> healing of ulcer`, `Twenty minutes over the hip, for closure`
_GOES_ON = re.compile(
    r"\W*(?:(?<=>) |(?:for|over|about|a|full|some) )?(?:(?<=> )|"
    r"(?:\d+|five|six|seven|eight|nine|ten|twelve|fifteen|twenty(?:[- ]five)?|thirty|forty) ?(?:min|'|m\b))"
)


def _fields(note: Analysed) -> Iterator[tuple[int, int]]:
    """The fields of a form that tell what the modality was for, wherever they stand, where infrared is the only one."""
    if any(one.named and one.kind in _OTHERS and one.service != INFRARED for one in note.applications):
        return
    for sentence in note.sentences:
        if _WHY.match(sentence.header) or _AFTERWARDS.search(note.plain.low, sentence.start, sentence.end):
            yield sentence.start, sentence.end


_OTHERS = frozenset({"heat", "modality", "wound care"})
_AFTERWARDS = re.compile(
    r"\b(?:less|reduced|decreased|down|softer|looser|eased|improved|better|freer|easier) ?"
    r"(?:after|following|post|with|p) (?:the )?(?:heat|light|lamp|warmth|modality)\b"
)
_WHY = re.compile(
    r"(?:indications?|purpose|rationale|justification|why|for what|aims?|intent|clinical (?:need|reasoning)|"
    r"effect (?:sought|desired)|desired effect|(?:dx|condition|complaint|problem) treated|"
    r"qualifying (?:condition|dx|diagnosis)|treats|"
    r"to (?:address|treat|reduce|ease)|tx goal|"
    r"reason(?! for (?:referral|visit|consult|admission|ref|appt|d/c|discharge|hold|not))|"
    r"(?:goal|object|objective) of (?:ir|infrared|modality|tx|light|heat|procedure)|target tissue)\b"
)


def _of_entry(note: Analysed, given: Sequence[Application]) -> Iterator[tuple[int, int]]:
    """What a note says of the entry in which a service stands: `Effect of [1]: band softer`, `Justification #1:`."""
    low = note.plain.low
    numbers = {
        found.group(1)
        for one in given
        for service in note.in_sentence("service", one.sentence)
        if one.named and (found := _ENTRY.search(low, max(0, service.found.start - _BESIDE), service.found.start))
    }
    if not numbers:
        return
    mine = {one.sentence for one in given}
    for place, sentence in enumerate(note.sentences):
        if place not in mine and sentence.header:
            named = _ENTRY_NAMED.finditer(low, sentence.start, sentence.end)
            if any(found.group(1) in numbers for found in named):
                yield sentence.start, sentence.end


_BESIDE = 6  # characters before a service in which the number of its entry stands
_ENTRY = re.compile(r"[\[#(]([1-9])[\])]?\s*$")
_ENTRY_NAMED = re.compile(r"[\[#/]{1,2}([1-9])\b")


def _numbered(note: Analysed, own: Parts) -> Iterator[tuple[int, int]]:
    """The entries of a list whose number the service's own words name."""
    low = note.plain.low
    named = {number for start, end in own for _, number, _ in _places(_NAMED, low, start, end)}
    if not named:
        return
    entries = sorted([*_places(_NAMED, low, 0, len(low)), *_places(_LISTED, low, 0, len(low))], key=lambda one: one[2])
    for at, (_, number, start) in enumerate(entries):
        if number not in named or any(first <= start < end for first, end in own):
            continue
        line = low.find("\n", start)
        following = entries[at + 1][2] if at + 1 < len(entries) else len(low)
        yield start, min(line if line >= 0 else len(low), following)


def _places(pattern: re.Pattern[str], low: str, start: int, end: int) -> Iterator[tuple[str, str, int]]:
    for found in pattern.finditer(low, start, end):
        yield found.group(1), _NUMBERS.get(found.group(2), found.group(2)), found.start()

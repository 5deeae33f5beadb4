"""Who applied the infrared, from words of applying, `by`, the fields of a form, and who is named beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from claimwright.chart.analysed import INFRARED, Analysed, Marked
from claimwright.chart.presence import LICENSED, Staff, doer, signer_of, staff_of
from claimwright.chart.told import Status

_NEAR = 60  # characters between a word of applying and who did it


def furnished_by(note: Analysed, parts: Sequence[tuple[int, int]]) -> tuple[str, tuple[Marked, ...]]:
    """Who applied the infrared, where the note says; the writer who says `I` is who signed, or who is introduced."""
    staff = staff_of(note)
    for who, one in chain(
        _doing(note, staff), _by(note, staff, parts), _listed(note, staff), _beneath(note, staff, parts)
    ):
        if applied := _named(note, staff, who, one):
            return applied, (one,)
    return "", ()


def _named(note: Analysed, staff: Staff, who: str, one: Marked) -> str:
    """Who is meant: the writer by what the note is signed with, a doctor by what kind of one signs."""
    if who == "therapist":
        return signer_of(note)[0] or _introduced(note, staff) or _the_only_one(staff)
    return "chiropractor" if who == "physician" and _chiropractor(note, one) else who


def _doing(note: Analysed, staff: Staff) -> Iterator[tuple[str, Marked]]:
    """Who stands with a word of applying that speaks of the infrared."""
    others = [
        (one.start, one.end)
        for one in note.applications
        if one.service != INFRARED and one.end > one.start and one.status is Status.AFFIRMED
    ]
    own = [(one.start, one.end) for one in note.given(INFRARED)]
    mine = {one.found.start for one in note.within("hands on", own)}
    theirs = {one.found.start for one in note.within("hands on", others)} - mine
    selves = [one for one in note.of("hands on") if one.found.value == "self"]
    for one in note.of("hands on"):
        gives = one.found.value == "doing" and _gives_it(note, one)
        if not gives and (one.found.start in theirs or (one.found.value == "doing" and _something_else(note, one))):
            continue
        if note.plain.low.startswith("provider", one.found.start) and _signs(note, one):
            continue
        if one.found.value == "by" and any(0 <= own.found.start - one.found.end <= _NEAR for own in selves):
            yield "patient", one  # `Operator: patient self-applied`
        elif note.plain.low[one.found.end - 1] == "?":
            yield from ((person.found.value, person) for person in staff.get(one.sentence + 1, [])[:1])
        else:
            yield doer(note, one, staff), one


def _signs(note: Analysed, one: Marked) -> bool:
    """Whether a field only names who signs: `Provider: Wes Garrity DC` in the last line."""
    return any(one.sentence == signer.sentence for signer in signer_of(note)[1])


def _gives_it(note: Analysed, one: Marked) -> bool:
    """Whether the infrared is named right behind a word of doing, as what was done."""
    end = one.found.end
    return any(
        service.found.value == INFRARED
        and service.sentence == one.sentence
        and not _STOPS.search(note.plain.low, end, service.found.start)
        for service in note.within("service", [(end, end + _OBJECT + 1)])
    )


def _something_else(note: Analysed, one: Marked) -> bool:
    """Whether what was done is not the infrared: `then I did the cross friction`, `while I did intake`."""
    start, low = one.found.end, note.plain.low
    if _DONE.match(low, start) and _CREDENTIAL.search(low, one.found.start - _SHORT_NAME, one.found.start):
        return False  # `OTA Bright did; OTR in next room`
    return bool(_ANY_DEED.fullmatch(low, one.found.start, start) and not _THE_LIGHT.match(low, start, start + _OBJECT))


_SHORT_NAME = 24
_DONE = re.compile(r" ?(?:[;,.]|$)")
_CREDENTIAL = re.compile(r"\b(?:aide|tech|pta|ota|cota|atc|at|spt|student|assistant)\b")
_OBJECT = 60  # characters behind a word of doing in which it says what was done
_ANY_DEED = re.compile(r"did|put|set|gave|used|kept|held|placed|heated|laid|fixed|spread|brought|started|directed")
_STOPS = re.compile(r"[.;:\n]|, (?:and|then|while)\b")
_THE_LIGHT = re.compile(
    r" ?(?:up\b|on\b|off\b|by\b|(?:it|this|that|them|these|both|same)\b|"
    r"(?:[^.;,\n]{0,40}\b)?(?:lamps?|lights?|pads?|panels?|heat|modality|unit|probe|laser|timer|bulb|treatment|tx|"
    r"min(?:ute)?s?)\b|.amp\b)"
)


def _by(note: Analysed, staff: Staff, parts: Sequence[tuple[int, int]]) -> Iterator[tuple[str, Marked]]:
    """Who stands behind a bare `by` near the infrared: `to the soles by S. Boone, PTA`."""
    for person in (one for here in staff.values() for one in here):
        begins = max(note.sentences[person.sentence].start, person.found.start - _LONG_NAME)
        by = _BY_ALONE.search(note.plain.low, begins, person.found.start)
        if (
            by is None
            or person.found.value == "therapist"
            or _OTHERS.search(note.plain.low, max(0, by.start() - _BEFORE_BY), by.start())
            or not any(start <= person.found.start < end for start, end in parts)
        ):
            continue
        overseen = note.in_sentence("oversight", person.sentence)
        if not any(one.found.start <= by.start() < one.found.end for one in overseen):
            yield person.found.value, person


_LONG_NAME = 34
_BEFORE_BY = 70  # characters before `by` in which it may be said that something else was done
_OTHERS = re.compile(
    r"\b(?:diagnosed|ordered|prescribed|referred|managed|followed|treated|supervised|seen)\b[^.;]{0,60}$|"
    r"\b(?:note|record|report|letter|attributed|signed(?: off)?|requested|dressed|packed|dictated|transcribed|"
    r"authenticated|reviewed|"
    r"chk|checks?|ck|measured|wrap|wrapped|wanted|asked|written|massage|read|cleaned|brought)\b[^.;]{0,16}$"
)
_BY_ALONE = re.compile(r"\bby (?:(?:the|an?|our|my) )?(?:[a-z][a-z'.-]*(?: \.)?,? (?:, )?){0,4}\(?$")


def _listed(note: Analysed, staff: Staff) -> Iterator[tuple[str, Marked]]:
    """Who is one item of the list that tells of the infrared: `IR 8 min dorsal wrist for stiffness, OTR.`"""
    for part in note.given(INFRARED):
        for person in _few(staff, part.sentence):
            start, end = person.found.start, person.found.end
            if not (part.start <= start < part.end) or person.found.value == "therapist":
                continue
            opens = _OPENS.search(note.plain.low, max(part.start, start - _ITEM), start)
            if opens and _CLOSES.match(note.plain.low, end) and not _watching(note, person, staff):
                yield person.found.value, person


_ITEM = 4  # characters before an item
_OPENS = re.compile(r"(?:[,|;(]|\.{2,}| -{1,2}) ?$")
_CLOSES = re.compile(r" ?(?:only\b|applied\b|$|[|;,.)\n]|\.{2,})")


def _beneath(note: Analysed, staff: Staff, parts: Sequence[tuple[int, int]]) -> Iterator[tuple[str, Marked]]:
    """An aide or assistant named beside the infrared with whoever watched, or with nobody: `aide, PT supervising`."""
    for person in (one for place in staff for one in _few(staff, place)):
        if person.found.value not in _ASSISTING or not any(start <= person.found.start < end for start, end in parts):
            continue
        if not note.in_sentence("oversight", person.sentence) or _NO.search(
            note.plain.low, max(0, person.found.start - _SHORT_NAME), person.found.start
        ):
            continue
        if _ELSEWHERE.match(note.plain.low, person.found.start) or (
            person.found.value != "aide" and _overseeing(note, person, staff)
        ):
            continue
        alone = {other.found.value for other in staff[person.sentence]} <= {"aide"}
        if (person.found.value == "aide" and alone) or not _watching(note, person, staff):
            yield person.found.value, person


def _few(staff: Staff, sentence: int) -> Sequence[Marked]:
    """Those a sentence names, if they are as few as can be at a treatment."""
    here = staff.get(sentence, [])
    return here if len(here) <= _AT_MOST else ()


_AT_MOST = 8


def _overseeing(note: Analysed, person: Marked, staff: Staff) -> bool:
    """Whether words of overseeing go on behind a person: `PTA K. Smith present`, `PTA nearby`."""
    others = [other.found.start for other in staff[person.sentence] if other.found.start > person.found.start]
    return any(
        0 <= one.found.start - person.found.end <= _SHORT_NAME
        and not any(person.found.end <= place <= one.found.start for place in others)
        for one in note.in_sentence("oversight", person.sentence)
    )


_ELSEWHERE = re.compile(r"(?:front|host|staff|clerk|office|volunteer|reception)|[a-z]+ ?\[ ?\]")
_ASSISTING = frozenset({"aide", "PTA", "OTA", "athletic trainer"})
_NO = re.compile(r"\b(?:no|not|without|nor|told|asked|taught|instructed) (?:an? |the |any )?$")


def _watching(note: Analysed, person: Marked, staff: Staff) -> bool:
    """Whether a person is the one that a word of overseeing in the sentence speaks of: the nearest to it."""
    here = staff[person.sentence]
    return any(
        min(here, key=lambda other: _apart(other, one)) is person
        for one in note.in_sentence("oversight", person.sentence)
        if one.found.value == "strong"
    )


def _apart(one: Marked, other: Marked) -> int:
    return max(one.found.start - other.found.end, other.found.start - one.found.end, 0)


def _chiropractor(note: Analysed, one: Marked) -> bool:
    """Whether the doctor of a note is its chiropractor: the title of who signs as one, or says so."""
    return signer_of(note)[0] == "chiropractor" or bool(
        _CHIROPRACTIC.search(note.plain.low, one.found.start - _NEAR, one.found.end + _NEAR)
    )


_CHIROPRACTIC = re.compile(r"\bchiropract|\bd\.?c\.?\b")


def _the_only_one(staff: Staff) -> str:
    """The one credential of a therapist that a note names at all."""
    named = {one.found.value for here in staff.values() for one in here} & (LICENSED - {"physician"})
    return named.pop() if len(named) == 1 else ""


def _introduced(note: Analysed, staff: Staff) -> str:
    """Who says `this is …` or `I am the …` with a credential."""
    for person in (one for here in staff.values() for one in here):
        sentence = note.sentences[person.sentence]
        if re.search(r"\b(?:this is|i am|i'm)\b", note.plain.low[sentence.start : person.found.start]):
            return person.found.value
    return ""

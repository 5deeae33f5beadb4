"""Who supervised, who applied, and who signed, from names, credentials and words of supervising."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimwright.chart.analysed import Analysed, Marked
from claimwright.chart.told import Status

_LICENSED = frozenset({"PT", "OT", "PTA", "OTA", "physician", "chiropractor", "NPP"})
_NEAR = 60  # characters between a word of supervising and who did it
_NAME = re.compile(r"[A-Z][A-Za-z.'-]*[ ,]")


@dataclass(frozen=True)
class Presence:
    """`supervised` is documented, ambiguous, negative or absent."""

    supervised: str
    evidence: tuple[Marked, ...] = ()


Staff = dict[int, list[Marked]]


def staff_of(note: Analysed) -> Staff:
    """The credentials in each sentence of a note, without the `pt` that is the patient."""
    if note.staff is None:
        found: Staff = {}
        for one in note.of("staff"):
            if not _patient(note, one):
                found.setdefault(one.sentence, []).append(one)
        note.staff = {
            place: [one for at, one in enumerate(ones) if not _titled(note, ones, at)] for place, ones in found.items()
        }
    return note.staff


def _titled(note: Analysed, ones: Sequence[Marked], at: int) -> bool:
    """Whether `Dr.` only stands before the name of somebody whose credential follows it: `Dr. Pell DC`.

    `ones` are the credentials of a sentence in their order; only those near it are looked at, however many there are.
    """
    one = ones[at].found
    if note.plain.low[one.start : one.end] not in {"dr.", "dr", "doctor"}:
        return False
    near = range(max(0, at - _NEAR), min(len(ones), at + _NEAR + 1))
    return any(
        other.value in _LICENSED and (0 < other.start - one.end <= _NAME_LENGTH or 0 <= one.start - other.end <= 2)
        for other in (ones[place].found for place in near if place != at)
    )


_NAME_LENGTH = 24  # characters between a title and a credential
_NEAR = _NAME_LENGTH  # credentials: no more stand in so many characters


def _patient(note: Analysed, one: Marked) -> bool:
    """Whether `pt` is the patient: in small letters, where no name and no word of supervising stands beside it."""
    if note.plain.low[one.found.start : one.found.end] != "pt":
        return False
    written = note.plain.text[one.found.start : one.found.end]
    if written == "PT":
        return False
    before = note.plain.text[max(0, one.found.start - 24) : one.found.start]
    return not (written != "Pt" and _NAMED_BEFORE.search(before))


_NAMED_BEFORE = re.compile(r"(?:by|under|w/|with|with the) $|[A-Z][a-z]+,? $")


def presence_of(note: Analysed) -> Presence:
    """What the note says of supervision during the infrared: what is named beats what is only hinted at."""
    staff = staff_of(note)
    strengths: dict[str, list[Marked]] = {"strong": [], "weak": [], "none": []}
    for one in note.of("oversight"):
        strength = _strength(note, one, staff)
        if strength:
            strengths[strength].append(one)
    strengths["strong"] += [one for here in staff.values() for one in here if _named_in_a_field(note, one)]
    if strengths["strong"]:
        return Presence("documented", tuple(strengths["strong"]))
    if strengths["weak"]:
        return Presence("ambiguous", tuple(strengths["weak"]))
    alone = strengths["none"] or [one for one in note.of("hands on") if _doer(note, one, staff) in {"aide", "patient"}]
    return Presence("negative", tuple(alone)) if alone else Presence("absent")


def _strength(note: Analysed, one: Marked, staff: Staff) -> str:
    """How strong a word of supervising is: as its table says, if somebody with a credential did it."""
    if one.found.value == "none":
        return "" if one.status is Status.HYPOTHETICAL else "none"
    if one.status in {Status.HYPOTHETICAL, Status.PLANNED}:
        return ""
    if one.status is Status.NEGATED:
        others = [other.found.value for other in note.in_sentence("oversight", one.sentence)]
        return "" if one.found.value == "strong" or "none" in others else "weak"
    if one.found.value == "weak":
        return "weak"
    if _BLANK.match(note.plain.low, one.found.end):
        return ""
    weaker = _weaker(note, one)
    if weaker:
        return weaker
    if _MINE.search(note.plain.low, one.found.start, one.found.end):
        return "strong"
    who = _who(note, one, staff)
    if who in {"aide", "student"}:
        return "none" if who == "aide" else ""
    return "strong" if who or _self_evident(note, one) else ""


_BLANK = re.compile(r"[a-z ]{0,40}: ?(?:\[?blank|_{2,}|none\b|n/a|-{2,}|\[ ?\])")
_MINE = re.compile(r"\b(?:my|me|i)\b")


def _weaker(note: Analysed, one: Marked) -> str:
    """What takes the strength from a word of supervising that is a mere title, or beside it: a place away."""
    words = note.plain.low[one.found.start : one.found.end]
    title = bool(_TITLE.fullmatch(words)) and not _OF_THE_HEAT.match(note.plain.low, one.found.end)
    for other in note.in_sentence("oversight", one.sentence):
        if other.found.value == "strong" or other.status is Status.NEGATED:
            continue
        beside = other.found.start - one.found.end <= 1 and one.found.start - other.found.end <= 1
        bell = bool(_BELL.search(note.plain.low, other.found.start, other.found.end))
        if beside or (title and not bell):
            return other.found.value
    return ""


_TITLE = re.compile(r"superv[a-z]*(?: of [a-z]+)? ?:?|supv ?:?|sup ?:?|in (?:the )?(?:same )?room")
_OF_THE_HEAT = re.compile(r" (?:the )?(?:heat|infrared|ir|lamp|modality|treatment|light|tx)\b")
_BELL = re.compile(r"bell|light|timer|buzzer|button")
_FIELDS = ("supervis", "sup ", "monitored", "attended", "provider present", "observed")


def _named_in_a_field(note: Analysed, one: Marked) -> bool:
    """Whether a template's field for supervision holds a credential."""
    header = note.sentences[one.sentence].header + " "
    away = any(
        other.found.value != "strong" and not _BELL.search(note.plain.low, other.found.start, other.found.end)
        for other in note.in_sentence("oversight", one.sentence)
    )
    return not away and one.found.value not in {"aide", "patient"} and header.startswith(_FIELDS)


def _who(note: Analysed, one: Marked, staff: Staff) -> str:
    """Who supervised: behind `by`, else the nearest credential before it, else after it, in the sentence."""
    here = staff.get(one.sentence, [])
    before = [person for person in here if 0 <= one.found.start - person.found.end <= _BEFORE]
    after = [person for person in here if 0 <= person.found.start - one.found.end <= _NEAR]
    inside = [person for person in here if one.found.start <= person.found.start and person.found.end <= one.found.end]
    by = note.plain.low[one.found.start : one.found.end].endswith(_BY)
    around = [person for person in here if person.found.start <= one.found.start < person.found.end]
    named = [person for person in around if _NAME.match(note.plain.text[person.found.end :].lstrip(" ,:("))]
    for nearest in (inside[:1], named[:1], after[:1] if by else [], before[-1:], after[:1]):
        if nearest:
            return nearest[0].found.value
    if here or one.found.start - note.sentences[one.sentence].start > _LEAD:
        return ""
    # `Applied by the PTA. Stayed.`, `Attendant: …, PTA` and, on the next line, `With patient for duration: yes`
    earlier = [person for person in staff.get(one.sentence - 1, []) if person.found.value not in {"aide", "student"}]
    return earlier[-1].found.value if earlier else ""


_LEAD = 34  # characters with which a sentence begins that goes on about who was named before it
_BY = ("by", ":", " of", "with", "w/")
_BEFORE = 300  # a sentence's length: `I set up the lamp …, staying beside her`


def _self_evident(note: Analysed, one: Marked) -> bool:
    """Whether a name follows the word of supervising, or the words say that the writer did it."""
    low, text = note.plain.low, note.plain.text
    after = text[one.found.end : one.found.end + 24]
    if low[one.found.start : one.found.end].endswith(("by", ":")) and _NAME.match(after.lstrip(" :")):
        return True
    if low.startswith("superv", one.found.start) and _TWO_NAMES.search(
        text[max(0, one.found.start - 40) : one.found.start]
    ):
        return True
    if re.match(r" ?me\b", low[one.found.end : one.found.end + 4]):
        return True
    before = low[max(0, one.found.start - 30) : one.found.start]
    return bool(re.search(r"\bi\b|\bme\b|\bmy\b", before + low[one.found.start : one.found.end]))


_TWO_NAMES = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+(?:-[A-Z][a-z]+)? $")


def _doer(note: Analysed, one: Marked, staff: Staff) -> str:
    if one.found.value == "self":
        return "patient"
    if one.found.value == "by" and re.match(r" ?me\b", note.plain.low[one.found.end : one.found.end + 4]):
        return "therapist"
    here = staff.get(one.sentence, [])
    inside = [person for person in here if one.found.start <= person.found.start < one.found.end]
    if one.found.value == "by":
        following = [person for person in here if 0 <= person.found.start - one.found.end <= _NEAR]
        for person in (*following, *(person for person in inside if person.found.value == "aide")):
            return person.found.value
        return ""
    if inside:
        return inside[0].found.value
    before = [person for person in here if person.found.end <= one.found.start <= person.found.end + _NEAR]
    return before[-1].found.value if before else ""


def furnished_by(note: Analysed, parts: Sequence[tuple[int, int]]) -> tuple[str, tuple[Marked, ...]]:
    """Who applied the infrared, where the note says; the writer who says `I` is who signed, or who is introduced."""
    staff = staff_of(note)
    others = [(one.start, one.end) for one in note.applications if one.service != "infrared" and one.end > one.start]
    theirs = {one.found.start for one in note.within("hands on", others)}
    for one in note.of("hands on"):
        if one.found.start in theirs:
            continue
        who = _doer(note, one, staff)
        if who == "therapist":
            who = signer_of(note)[0] or _introduced(note, staff) or _the_only_one(staff)
        if one.found.value == "by" and any(
            other.found.value == "self" and 0 <= other.found.start - one.found.end <= _NEAR
            for other in note.of("hands on")
        ):
            who = "patient"  # `Operator: patient self-applied`
        if who:
            return who, (one,)
    for person in (one for here in staff.values() for one in here):
        by = _BY_ALONE.search(note.plain.low, max(0, person.found.start - 24), person.found.start)
        if (
            by is None
            or _OTHERS.search(note.plain.low, max(0, by.start() - _BEFORE_BY), by.start())
            or not any(start <= person.found.start < end for start, end in parts)
        ):
            continue
        overseen = note.in_sentence("oversight", person.sentence)
        if not any(one.found.start <= by.start() < one.found.end for one in overseen):
            return person.found.value, (person,)
    return "", ()


_BEFORE_BY = 24  # characters before `by` in which it may be said that something else was done
_OTHERS = re.compile(
    r"\b(?:followed|managed|attributed|ordered|signed(?: off)?|referred|seen|treated|diagnosed|requested|"
    r"prescribed|dressed|packed|"
    r"chk|checks?|ck|measured|wrap|wrapped|wanted|asked|written|massage|read|cleaned|brought)\b[^.;]{0,16}$"
)
_BY_ALONE = re.compile(r"\bby (?:[a-z.]+ ){0,2}$")


def _the_only_one(staff: Staff) -> str:
    """The one credential of a therapist that a note names at all."""
    named = {one.found.value for here in staff.values() for one in here} & (_LICENSED - {"physician"})
    return named.pop() if len(named) == 1 else ""


def _introduced(note: Analysed, staff: Staff) -> str:
    """Who says `this is …` or `I am the …` with a credential."""
    for person in (one for here in staff.values() for one in here):
        sentence = note.sentences[person.sentence]
        if re.search(r"\b(?:this is|i am|i'm)\b", note.plain.low[sentence.start : person.found.start]):
            return person.found.value
    return ""


def signer_of(note: Analysed) -> tuple[str, tuple[Marked, ...]]:
    """The credential with which a note is signed: at its end, behind a name; empty where it is not."""
    staff = [one for here in staff_of(note).values() for one in here if one.found.value in _LICENSED]
    for one in reversed(staff):
        signs = note.in_sentence("signature", one.sentence)
        if any(sign.found.end <= one.found.start <= sign.found.end + _NEAR for sign in signs):
            return one.found.value, (one,)
        sentence = note.sentences[one.sentence]
        if _NOTHING_BUT_A_DATE.fullmatch(note.plain.text, one.found.end) and _ALONE.fullmatch(
            note.plain.text[sentence.start : one.found.start]
        ):
            return one.found.value, (one,)
    return "", ()


# behind the last credential: others, numbers of a license, a date
_NOTHING_BUT_A_DATE = re.compile(
    r"[\s.,/)(-]*+(?:(?:Lic\S*+|[A-Z][A-Za-z.]{0,5}+|[\d#/:.-]++|am|pm)[\s.,/)(-]*+){0,8}+"
)
# before it: a name, behind a word like `PT:` or a dash
_ALONE = re.compile(r"[\s\-/~_*]*(?:[A-Za-z#]{2,14}\s?:\s*)?(?:[A-Za-z][A-Za-z.'-]*+[ ,/]*+){1,6}+[\s,/.]*|[\s\-_/]*")

"""Who supervised, who applied, and who signed, from names, credentials and words of supervising."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimwright.chart.analysed import Analysed, Marked
from claimwright.chart.told import Status

LICENSED = frozenset({"PT", "OT", "PTA", "OTA", "physician", "chiropractor", "NPP"})
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
    near = range(max(0, at - _BESIDE), min(len(ones), at + _BESIDE + 1))
    return any(
        other.value in LICENSED and (0 < other.start - one.end <= _NAME_LENGTH or 0 <= one.start - other.end <= 2)
        for other in (ones[place].found for place in near if place != at)
    )


_NAME_LENGTH = 24  # characters between a title and a credential
_BESIDE = _NAME_LENGTH  # credentials: no more stand in so many characters


def _patient(note: Analysed, one: Marked) -> bool:
    """Whether `pt` is the patient: in small letters, where no name and no word of supervising stands beside it."""
    low, written = (text[one.found.start : one.found.end] for text in (note.plain.low, note.plain.text))
    if low != "pt":
        return written == "P t"  # scanned; what is spoken as `p t` treats
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
    alone = strengths["none"] or [one for one in note.of("hands on") if doer(note, one, staff) in {"aide", "patient"}]
    return Presence("negative", tuple(alone)) if alone else Presence("absent")


def _strength(note: Analysed, one: Marked, staff: Staff) -> str:
    """How strong a word of supervising is: as its table says, if somebody with a credential did it."""
    if one.found.value == "none":
        return "" if one.status is Status.HYPOTHETICAL else "none"
    if one.status is Status.HYPOTHETICAL and _answered(note, one, staff):
        return "strong"  # `Who kept watch?   D. Roche, PTA`
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


def _answered(note: Analysed, one: Marked, staff: Staff) -> bool:
    """Whether a form asks who watched, and a credential answers."""
    behind = note.sentences[one.sentence].end
    asks = note.plain.low[behind - 1 : behind] == "?" and behind - one.found.end <= _LEAD
    return asks and any(
        person.found.value in LICENSED and person.found.start - behind <= _LEAD
        for person in staff.get(one.sentence + 1, [])
    )


_BLANK = re.compile(r"[a-z ]{0,40}: ?(?:\[?blank|_{2,}|none\b|n/a|-{2,}|\[ ?\])")
_MINE = re.compile(r"\b(?:my|me|i)\b")


def _weaker(note: Analysed, one: Marked) -> str:
    """What takes the strength from a word of supervising that is a mere title, or beside it: a place away."""
    words = note.plain.low[one.found.start : one.found.end]
    here = staff_of(note).get(one.sentence, ())
    if (
        _VERB.fullmatch(words)
        and any(0 <= one.found.start - person.found.end <= _NAMED for person in here)
        and not any(0 <= person.found.start - one.found.end <= 1 for person in here)
    ):
        return ""  # `PT Okeke supervising in gym`; a `supervising PT in the office` is a mere title
    title = bool(_TITLE.fullmatch(words)) and not _OF_THE_HEAT.match(note.plain.low, one.found.end)
    for other in note.in_sentence("oversight", one.sentence):
        if other.found.value == "strong" or other.status is Status.NEGATED:
            continue
        beside = other.found.start - one.found.end <= 1 and one.found.start - other.found.end <= 1
        bell = bool(_BELL.search(note.plain.low, other.found.start, other.found.end))
        if beside or (title and not bell):
            return other.found.value
    return ""


_NAMED = 40  # characters of a name and of where somebody is
_VERB = re.compile(r"supervis(?:ing|ed)|superv|supv'?d?|sup'?d")
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


def doer(note: Analysed, one: Marked, staff: Staff) -> str:
    """Who did what a word of applying says: the credential that stands with it."""
    if one.found.value == "self":
        return "patient"
    if one.found.value == "by" and re.match(
        r" ?(?:me|my ?self|the undersigned)\b", note.plain.low[one.found.end : one.found.end + 16]
    ):
        return "therapist"
    if note.plain.low[one.found.start : one.found.end].endswith(" me"):
        return "therapist"  # `that was me`
    here = staff.get(one.sentence, [])
    inside = [person for person in here if one.found.start <= person.found.start < one.found.end]
    if one.found.value == "by":
        following = [person for person in here if 0 <= person.found.start - one.found.end <= _NEAR]
        for person in (*(person for person in inside if person.found.value == "aide"), *following):
            return person.found.value
        return ""
    if inside:
        return inside[0].found.value
    before = [person for person in here if person.found.end <= one.found.start <= person.found.end + _NEAR]
    return before[-1].found.value if before else ""


def signer_of(note: Analysed) -> tuple[str, tuple[Marked, ...]]:
    """The credential with which a note is signed: at its end, with a name; empty where it is not."""
    if note.signer is None:
        note.signer = _signer(note)
    return note.signer


def _signer(note: Analysed) -> tuple[str, tuple[Marked, ...]]:
    text = note.plain.text
    signing = [one for here in staff_of(note).values() for one in here if one.found.value in _SIGNING]
    for one in reversed(signing):
        start, end = one.found.start, one.found.end
        if any(sign.sentence == one.sentence for sign in note.within("signature", [(start - _NEAR - _LONG, start)])):
            return one.found.value, (one,)
        if len(text) - end > _LAST_LINE:
            continue
        ahead = text[max(note.sentences[one.sentence].start, start - _LAST_LINE) : start]
        spoken = " " in text[start:end].strip()
        if _NOTHING_BUT_A_DATE.fullmatch(text, end):
            if _oversees(note, one) or _NO_NAME.search(ahead.lower()):
                continue  # `Supervised T. Quill PT.`
            alone = _ALONE.fullmatch(ahead) and (ahead.strip() or _LETTER.search(text, end))
            if alone or _NAME_LAST.search(ahead) or (spoken and _SPOKEN_NAME.search(ahead)):
                return one.found.value, (one,)
        elif spoken and _BEGINS.search(ahead) and _NAME_BEHIND.fullmatch(text, end):
            return one.found.value, (one,)  # a dictation that ends in `Pee tee Marguerite Dunn`
    return "", ()


_LONG = 30  # characters of a word of signing
_LAST_LINE = 200  # characters from the end of a note, or before a credential, that are looked at
_SIGNING = LICENSED | {"athletic trainer"}
# behind the last credential: others, numbers of a license, a date
_NOTHING_BUT_A_DATE = re.compile(
    r"[\s.,/)(\-\[\]]*+(?:(?:Lic\S*+|e-?sig\w*+|on|file|sig|signature|registered|supervising|"
    r"[A-Z][A-Za-z.]{0,5}+|[\d#/:.-]++|am|pm)[\s.,/)(\-\[\]]*+){0,8}+"
)
_LETTER = re.compile(r"[A-Za-z]")
# before it: a name, behind a word like `PT:` or a dash
_ALONE = re.compile(
    r"[\s\-/~_*:\\]*(?:[A-Za-z#]{2,14}\s?:\s*)?(?:[A-Za-z01|][A-Za-z01|.'-]*+[ ,/(]*+){1,6}+[\s,/.(]*|[\s\-_/]*"
)
# or a name as it is written, at the end of a line that says something else
_NAME_LAST = re.compile(
    r"(?:^|[\s.>])(?:(?:[A-Z0]\. ?){1,2}[A-Z0][A-Za-z01|'-]+(?: ?- ?[A-Z][a-z]+)?|"
    r"(?:[A-Z][a-z'-]+ ){1,2}[A-Z][a-z'-]+) ?,? ?\(?$"
)
_SPOKEN_NAME = re.compile(
    r"(?:^|[.,:;] ?|\b(?:stop|note|dictation|all|thanks|thank you|over|out|done) )(?:[a-z'-]+ ){1,3}$"
)
_NO_NAME = re.compile(
    r"\b(?:with|w/|(?<!this )is|was|the|per|(?<!dictated )(?<!signed )by|under|and|or|aide|tech|no)"
    r"(?: [a-z.'-]+){0,2} ?$"
)
_BEGINS = re.compile(r"(?:^|[.,;:!?\n] ?|\b(?:total|dictation|all|note|stop|done) ?)\s*$")
_NAME_BEHIND = re.compile(
    r" (?:[A-Z][a-z'-]+ ?){2,3}\.?\s*| (?!(?:in|on|at|to|the|was|is|did|will|down|and|out|off|not|had|has)\b)[a-z'-]+ "
    r"(?!(?:in|on|at|to|the|was|is|did|will|down|and|out|off|not|had|has)\b)[a-z'-]{3,}(?<!ed)(?<!ing)\.?\s*"
)


def _oversees(note: Analysed, one: Marked) -> bool:
    """Whether words of overseeing lead up to a credential, which then tells who watched and not who signed."""
    ahead = [(one.found.start - _NEAR - _LONG, one.found.start)]
    return any(
        other.sentence == one.sentence and not note.plain.low.startswith("provider", other.found.start)
        for label in ("oversight", "hands on")
        for other in note.within(label, ahead)
    )

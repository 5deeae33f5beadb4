"""Whether words around infrared are tied to it as its purpose, or only say what the patient has.

A diagnosis in a header, an assessment or beside a code is no purpose: else one that nobody told would look documented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimwright.chart.analysed import INFRARED, Analysed, Application, Marked
from claimwright.chart.purpose_words import of_a_name
from claimwright.chart.reach import Parts, parts_of

_NAMED = frozenset({"ache", "joint", "soft tissue", "after surgery"})  # impairments that are names of diagnoses
_LISTS = frozenset({"diagnosis", "history"})
_A_DIAGNOSIS = re.compile(r"[^a-z0-9]*(?:\w+ )?(?:dx|diag|diagnos[ie]s|imp|impression|icd(?:-?10)?)\b")
_PROGRAM = re.compile(r"[a-z ]{0,14}\b(?:program(?:me)?|protocol|treatment|therapy|sessions?|tx|rehab)\b")
_THERE = re.compile(r"\b(?:that|this|same|said) ([a-z]{4,})")
_UPON_IT = re.compile(
    r"\b(?:over|around|round|to|at|near|beside) (?:it|them|the (?:site|area|edges?|margins?|bed))\b(?! was| is)"
)
_FIGURES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|(?:twenty|thirty|forty)"
_HOW_LONG = re.compile(
    rf"[^a-z0-9]*(?:(?:the|a|about|approx|only|just|another|total|full|of)\b\W*)*(?:(?<!#)\d|(?:{_FIGURES})\b)"
)
_BEFORE = 34  # characters between words of purpose and what they aim at


def is_tied(note: Analysed, evidence: Sequence[Marked], given: Sequence[Application], told: Parts, near: Parts) -> bool:
    """Whether the evidence of a purpose is more than a diagnosis that stands in the sentences `near` infrared.

    `told` are the parts that infrared's own words refer to.
    """
    if any(_is_a_state(note, one) or _aimed_at(note, one) or _comes_with(note, one) for one in evidence):
        return True
    mine = [*parts_of(given), *told, *_beside(note, given, near)]
    return _says_why(note, mine) or any(_pointed_at(note, one, mine) for one in evidence)


def only_beside(note: Analysed, evidence: Sequence[Marked], own: Parts) -> bool:
    """Whether diagnoses alone stand before infrared in its own sentence, and nothing says that it was for them:
    `(L) shoulder impingement  IR 10 min`.
    """
    if not all(_names_only(note, one) for one in evidence):
        return False
    first: dict[int, int] = {}
    for service in note.of("service"):
        if service.found.value == INFRARED:
            first.setdefault(service.sentence, service.found.start)
    ahead = all(one.found.start < first.get(one.sentence, 0) for one in evidence)
    return ahead and not _says_why(note, own) and not any(_aimed_at(note, one) for one in evidence)


def _names_only(note: Analysed, one: Marked) -> bool:
    """A diagnosis of muscles and joints by its name, or a condition that a sentence tells as the diagnosis."""
    if one.found.label == "impairment":
        return one.found.value in _NAMED
    return one.found.label == "condition" and bool(
        _A_DIAGNOSIS.match(note.plain.low, note.sentences[one.sentence].start)
    )


def _says_why(note: Analysed, mine: Parts) -> bool:
    """Whether words of infrared's own aim at something, or at what it made possible."""
    return any(True for _ in _aims(note, mine)) or any(one.found.value == "enable" for one in note.within("link", mine))


def _pointed_at(note: Analysed, one: Marked, mine: Parts) -> bool:
    """`a sinus at its outer corner … the lamp was trained on that corner`."""
    low = note.plain.low
    nouns = {found.group(1) for start, end in mine for found in _THERE.finditer(low, start, end)}
    if one.found.value in {"wound", "ulcer"} and any(_UPON_IT.search(low, start, end) for start, end in mine):
        return True
    return any(noun in low[one.found.start : one.found.end] for noun in nouns)


def _beside(note: Analysed, given: Sequence[Application], near: Parts) -> Iterator[tuple[int, int]]:
    """What stands in the sentences of infrared and belongs to no other service."""
    for place in {one.sentence for one in given}:
        sentence = note.sentences[place]
        for start, end in near:
            if start < sentence.end and sentence.start < end:
                yield max(start, sentence.start), min(end, sentence.end)


def _is_a_state(note: Analysed, one: Marked) -> bool:
    """What was found of the patient, such as a tightness, and not the name of what the patient has."""
    return one.found.label == "impairment" and one.found.value not in _NAMED and not _listed(note, one)


def _listed(note: Analysed, one: Marked) -> bool:
    sentence = note.sentences[one.sentence]
    return sentence.section in _LISTS or bool(_A_DIAGNOSIS.match(note.plain.low, sentence.start))


def _aims(note: Analysed, parts: Parts) -> Iterator[Marked]:
    """Words of purpose that do not only say how long: `for ten minutes`."""
    for one in note.within("aim", parts):
        if not _HOW_LONG.match(note.plain.low, one.found.end):
            yield one


def _aimed_at(note: Analysed, one: Marked) -> bool:
    """Whether words of purpose stand before it that are not the visit's: `seen by the doctor for low back pain`."""
    start = note.sentences[one.sentence].start
    return any(
        0 <= one.found.start - aim.found.end <= _BEFORE or aim.found.start <= one.found.start < aim.found.end
        for aim in note.in_sentence("aim", one.sentence)
        if not _OF_THE_VISIT.search(note.plain.low, start, aim.found.start)
    )


_OF_THE_VISIT = re.compile(
    r"\b(?:seen|presents?|presented|presenting|ref|referred|referral|comes?|came|back|returns?|returned|evaluated|admitted|"
    r"sent|script|order(?:s|ed)?|visit|episode|session|follow[- ]?up|f/u|physical therapy|occupational therapy|rehab|"
    r"here|consult(?:ed)?|hospitali[sz]ed|attends?|attending|treated)\b[^.;:]{0,60}$"
)


def _comes_with(note: Analysed, one: Marked) -> bool:
    """A condition that stands with a symptom of it, in the name of a program, or of which the sentence says more."""
    if one.found.label != "condition":
        return False
    if _PROGRAM.match(note.plain.low, one.found.end):
        return True
    return any(
        other.affirmed and not of_a_name(note, other)
        for label in ("symptom", "sign")
        for other in note.in_sentence(label, one.sentence)
    )

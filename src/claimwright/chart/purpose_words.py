"""The words of a note that can be a purpose: conditions, muscles and joints, and what decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from claimwright.chart.analysed import INFRARED, Analysed, Marked
from claimwright.chart.reach import Parts, parts_of
from claimwright.chart.told import Status

PAIN = "pain from ncd condition"


@dataclass
class Words:
    """What stands within `parts` of a note. `own`: they belong to the infrared; `whole`: they are all of the note."""

    note: Analysed
    parts: Parts
    rule: str

    @property
    def own(self) -> bool:
        return self.rule in {"own", "told"}

    @cached_property
    def told_not(self) -> frozenset[str]:
        return told_not(self.note, parts_of(self.note.given(INFRARED)))

    @cached_property
    def conditions(self) -> list[Marked]:
        """Neuropathies, wounds and ulcers that can be the purpose."""
        found = [
            one
            for one in self.note.within("condition", self.parts)
            if counts(self.note, one) and one.found.value not in self.told_not
        ]
        if self.rule == "note":
            return [one for one in found if symptomatic(self.note, one)]
        return aimed_at(self.note, found, self.muscles) if self.own else found

    @cached_property
    def signs(self) -> list[Marked]:
        """Words that name no condition and speak of one: granulation, a dressing, a code."""
        return [one for one in self.note.within("sign", self.parts) if one.affirmed]

    @cached_property
    def described(self) -> list[Marked]:
        """Conditions the patient has, those that only describe the person included."""
        return [one for one in self.note.within("condition", self.parts) if one.affirmed]

    @cached_property
    def weighed(self) -> list[Marked]:
        return [one for one in self.note.within("condition", self.parts) if one.status is Status.HYPOTHETICAL]

    @cached_property
    def muscles(self) -> list[Marked]:
        """Muscles, joints and soft tissue; over a whole note they are nobody's purpose."""
        if self.rule == "note":
            return []
        return [
            one
            for one in self.note.within("impairment", self.parts)
            if one.affirmed
            and not (one.found.value == "range" and _exercised(self.note, one))
            and not (one.background and one.found.value in _DIAGNOSED and not self.own)
        ]

    @cached_property
    def firm(self) -> list[Marked]:
        """Muscles and joints that stand against a condition: not only the joint whose wound is treated."""
        return [one for one in self.muscles if one.found.value not in _WEAK and not _of_a_condition(self.note, one)]

    @cached_property
    def vague(self) -> list[Marked]:
        return [one for one in self.note.within("vague", self.parts) if one.affirmed or one.status is Status.QUOTED]

    @cached_property
    def healed(self) -> list[Marked]:
        """Claims that a wound heals or a nerve recovers."""
        return [one for one in self.note.within("risk", self.parts) if one.affirmed and one.found.value in _CLAIMED]

    @cached_property
    def symptoms(self) -> list[Marked]:
        return symptoms_aimed_at(self.note, self.parts)

    @cached_property
    def enabled(self) -> tuple[Marked, ...]:
        return made_possible(self.note, self.parts)

    @cached_property
    def others(self) -> list[Marked]:
        return [one for one in self.note.within("another", self.parts) if one.affirmed]


_WEAK = frozenset({"after surgery", "range"})
_DIAGNOSED = frozenset({"joint", "after surgery"})
_CLAIMED = frozenset({"heals", "nerve"})
_AIMED = 34  # characters between words of purpose and what they aim at
_NEAR = 12  # characters
_AT = 20  # characters between words of purpose and a symptom: `the purpose of dulling that pain`
_LINKED = 40  # characters between the words that make possible and what is
_BESIDES = frozenset(
    {"medical dx", "med dx", "medical diagnosis", "secondary dx", "other dx", "other diagnoses", "comorbidities"}
    | {"co-morbidities", "comorbids", "comorbs", "secondary diagnosis", "secondary diagnoses"}
)
_OF_PAIN = ("neuropathic", "neuropathy", "pn", "cidp", "cipn", "cmt", "ulcer", "wound", "sore")  # `ulcer pain`


def aimed_at(note: Analysed, conditions: list[Marked], muscles: list[Marked]) -> list[Marked]:
    """The conditions that stay where words of purpose stand before a muscle or joint: those before which they stand as
    well, and those that infrared was applied *to*.
    """

    def aimed(one: Marked) -> bool:
        aims = [aim.found for label in ("aim", "risk") for aim in note.in_sentence(label, one.sentence)]
        return any(0 <= one.found.start - aim.end <= _AIMED or aim.start <= one.found.start < aim.end for aim in aims)

    def under(one: Marked) -> bool:
        low = note.plain.low
        return any(
            0 <= one.found.start - service.found.end <= _AIMED
            and not any(sign in low[service.found.end : one.found.start] for sign in (",", ";", "."))
            for service in note.in_sentence("service", one.sentence)
            if service.found.value == INFRARED
        )

    if not any(aimed(one) for one in muscles):
        return conditions
    return [one for one in conditions if aimed(one) or under(one)]


_AT_IT = re.compile(r" for |\b(?:not|never) (?:treating|addressing|targeting) ")
_NOT_FOR = re.compile(
    r"\b(?:not|isn't|wasn't|never) (?:being )?(?:used |given |meant )?(?:for|about|because of) (?:that|it|this|those)\b"
)


def told_not(note: Analysed, own: Parts) -> frozenset[str]:
    """The conditions that infrared is told not to be for: `it was not for the neuropathy`, `was not for that`."""
    denied = {
        one.found.value
        for one in note.within("condition", own)
        if one.status in {Status.NEGATED, Status.ELSEWHERE}
        and _AT_IT.search(note.plain.low, max(0, one.found.start - _AIMED), one.found.start)
    }
    if any(_NOT_FOR.search(note.plain.low, start, end) for start, end in own):
        denied |= {one.found.value for one in note.of("condition")}
    return frozenset(denied)


def symptoms_aimed_at(note: Analysed, own: Parts) -> list[Marked]:
    """A pain or another symptom that the words of purpose stand before."""
    return [
        one
        for one in note.within("symptom", own)
        if one.affirmed
        and (
            any(0 <= one.found.start - aim.found.end <= _AT for aim in note.in_sentence("aim", one.sentence))
            or note.in_sentence("foretelling", one.sentence)
        )
    ]


def _exercised(note: Analysed, one: Marked) -> bool:
    """Whether a movement is what infrared was to make possible: `ahead of knee PROM`, `before ROM`."""
    return any(
        link.found.value in {"enable", "next"} and 0 <= one.found.start - link.found.end <= _AT
        for link in note.in_sentence("link", one.sentence)
    )


def made_possible(note: Analysed, parts: Parts) -> tuple[Marked, ...]:
    """An active treatment that the infrared made possible, by words that say so."""
    for activity in note.within("activity", parts):
        for link in note.in_sentence("link", activity.sentence):
            if link.found.value == "enable" and 0 <= activity.found.start - link.found.end <= _LINKED:
                return link, activity
    return ()


def _of_a_condition(note: Analysed, one: Marked) -> bool:
    """Whether a cramp is told as a symptom that comes from a condition."""
    same = [symptom for symptom in note.in_sentence("symptom", one.sentence) if symptom.found.start == one.found.start]
    return any(
        _caused(note, symptom, condition)
        for symptom in same
        for condition in note.in_sentence("condition", one.sentence)
    )


def counts(note: Analysed, one: Marked) -> bool:
    """Whether a condition can be a purpose: the patient has it now, and it does more than describe the person."""
    if not one.affirmed:
        return False
    listed = note.sentences[one.sentence].header in _BESIDES and bool(note.treated_for)
    return not (one.background or listed) or any(
        symptom.affirmed and _caused(note, symptom, one) for symptom in note.in_sentence("symptom", one.sentence)
    )


def symptomatic(note: Analysed, condition: Marked) -> bool:
    """Whether a symptom is told of a condition in its sentence or beside it."""
    near = (condition.sentence - 1, condition.sentence, condition.sentence + 1)
    return any(
        one.affirmed for place in near for label in ("symptom", "vague") for one in note.in_sentence(label, place)
    )


def national(note: Analysed, conditions: list[Marked], parts: Parts) -> str:
    """Which of the national decision's purposes: the condition, or a symptom that the note says comes from it."""
    values = [one.found.value for one in conditions]
    value = "ulcer" if "ulcer" in values else values[0]
    if value == "wound" and any(one.affirmed and one.found.value == "ulcer" for one in note.of("condition")):
        value = "ulcer"  # what it is called where it is named, is named a wound where it is treated
    for condition in conditions:
        for symptom in note.in_sentence("symptom", condition.sentence):
            if of_a_name(note, symptom):
                continue
            told = note.plain.low[condition.found.start : condition.found.end]
            if told.endswith(_OF_PAIN) and 0 <= symptom.found.start - condition.found.end <= _NEAR and symptom.affirmed:
                return PAIN
            if symptom.affirmed and _caused(note, symptom, condition):
                return PAIN
    symptoms = [one for one in note.within("symptom", parts) if one.affirmed and not of_a_name(note, one)]
    if any(
        aim.found.end <= symptom.found.start <= aim.found.end + _NEAR
        for symptom in symptoms
        for aim in note.in_sentence("aim", symptom.sentence)
    ):
        return PAIN
    return value


def of_a_name(note: Analysed, symptom: Marked) -> bool:
    """Whether a word belongs to what a condition is called: `burn wound`, `to get the sore to close`."""
    if note.plain.low[symptom.found.start : symptom.found.end] not in _NAMING:
        return False
    return any(
        one.found.start <= symptom.found.start < one.found.end
        for label in ("condition", "risk")
        for one in note.in_sentence(label, symptom.sentence)
    )


_NAMING = frozenset({"burn", "burns", "sore", "sores", "raw"})


def _caused(note: Analysed, symptom: Marked, condition: Marked) -> bool:
    """Whether words between a symptom and a condition, in either order, make the one come from the other."""
    first, last = sorted((symptom.found, condition.found))
    between = [(first.start, last.end)]
    if symptom.found < condition.found:
        return any(True for _ in note.within("cause", between))
    tail = note.plain.low[symptom.found.end : symptom.found.end + 24]
    return " from it" in tail or " from that" in tail or " from this" in tail or " due to it" in tail

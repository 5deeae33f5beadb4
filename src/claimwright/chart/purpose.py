"""What the infrared of a visit was for, from the words that belong to it and, where those say nothing, from those around.

The decision table is that of the labelling guide: purpose decides, not the list of problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claimwright.chart.analysed import Analysed, Application, Marked
from claimwright.chart.told import Status

MSK, PAIN, OTHER, UNKNOWN, NONE = "msk adjunct", "pain from ncd condition", "other", "unknown", "none"
NATIONAL = frozenset({"neuropathy", "wound", "ulcer", PAIN})
Parts = list[tuple[int, int]]
_WEAK = frozenset({"after surgery", "range"})  # said of a joint whose wound is treated too


@dataclass(frozen=True)
class Purpose:
    """`intent` is a value of the fact, or unknown, or none where no infrared was given. `either`: not told apart."""

    intent: str
    evidence: tuple[Marked, ...] = ()
    either: tuple[str, ...] = ()
    rule: str = ""


def parts_of(given: Iterable[Application]) -> Parts:
    return [(one.start, one.end) for one in given]


def around(note: Analysed, given: Sequence[Application], behind: int = 1) -> Parts:
    """The sentences of the applications and their neighbours, two before and some behind, without what belongs to others."""
    shared = any(_says_both(note, one) for one in note.of("side")) or bool(_TOGETHER.search(note.plain.low))
    wanted = {place + step for place in {one.sentence for one in given} for step in range(-2, behind + 1)}
    others = [
        one
        for one in note.applications
        if one.service != "infrared" and one.end > one.start
        and (one.kind == "wound care" or (one.kind in {"heat", "modality"} and not shared))
    ]
    parts: Parts = []
    for place in sorted(wanted & set(range(len(note.sentences)))):
        sentence = note.sentences[place]
        if note.aside(sentence) and not any(one.sentence == place for one in given):
            continue
        start = sentence.start
        for other in (one for one in others if one.sentence == place):
            if other.start > start:
                parts.append((start, other.start))
            start = max(start, other.end)
        if start < sentence.end:
            parts.append((start, sentence.end))
    return parts


_TOGETHER = re.compile(r"\bon top of (?:it|that)\b|\bsame (?:area|region|site|time)\b|\btogether\b|\bright next to it\b")


def _aimed(note: Analysed, conditions: list[Marked], muscles: list[Marked]) -> tuple[list[Marked], list[Marked]]:
    """Where the words of purpose stand before some of them, those; what infrared was applied *to* counts as well."""
    aims = [one.found for one in [*note.of("aim"), *note.of("risk")]]

    def aimed(one: Marked) -> bool:
        return any(0 <= one.found.start - aim.end <= _AIMED or aim.start <= one.found.start < aim.end for aim in aims)

    def under(one: Marked) -> bool:
        low = note.plain.low
        return any(
            0 <= one.found.start - service.found.end <= _AIMED
            and not any(sign in low[service.found.end : one.found.start] for sign in (",", ";", "."))
            for service in note.of("service")
            if service.found.value == "infrared"
        )

    if not any(aimed(one) for one in muscles):
        return conditions, muscles
    return [one for one in conditions if aimed(one) or under(one)], muscles


_AIMED = 34  # characters


def _says_both(note: Analysed, side: Marked) -> bool:
    """`both are tight` speaks of two applications; `both knees` of two sides."""
    return note.plain.low[side.found.start : side.found.end + 4] in {"both are", "both for", "both to ", "both wer"}


def purpose_of(note: Analysed) -> Purpose:
    """The purpose of the infrared given in the visit."""
    given = note.given("infrared")
    if not given:
        return Purpose(NONE)
    own = parts_of(given)
    unsure = None
    for rule, parts in (("own", own), ("around", around(note, given)), ("note", _everywhere(note))):
        found = _decided(note, parts, rule)
        if found is not None and (found.intent != UNKNOWN or found.either):
            # what only may be meant is settled by a condition around it, and by nothing milder
            return found if unsure is None or found.intent not in {MSK, OTHER} else unsure
        unsure = unsure or found
    return unsure or Purpose(UNKNOWN)


def _everywhere(note: Analysed) -> Parts:
    others = [one for one in note.applications if one.service != "infrared" and one.end > one.start]
    parts, start = [], 0
    for other in others:
        if other.start > start:
            parts.append((start, other.start))
        start = max(start, other.end)
    parts.append((start, len(note.plain.low)))
    return parts


def _decided(note: Analysed, parts: Parts, rule: str) -> Purpose | None:
    conditions = [one for one in note.within("condition", parts) if _counts(note, one)]
    weighed = [one for one in note.within("condition", parts) if one.status is Status.HYPOTHETICAL]
    muscles = [one for one in note.within("impairment", parts) if one.affirmed and not one.background]
    if rule == "note":
        conditions = [one for one in conditions if _symptomatic(note, one)]
        muscles = []
    conditions, muscles = _aimed(note, conditions, muscles) if rule == "own" else (conditions, muscles)
    firm = [one for one in muscles if one.found.value not in _WEAK]
    if conditions and firm:
        intents = tuple(dict.fromkeys((MSK, _national(note, conditions, parts))))
        return Purpose(UNKNOWN, (*conditions, *firm), intents, f"PURPOSE.mixed.{rule}")
    if conditions and any(one.found.value == "phantom" for one in note.within("vague", parts)):
        return Purpose(UNKNOWN, tuple(conditions), rule="PURPOSE.phantom")
    healed = [one for one in note.within("risk", parts) if one.affirmed and one.found.value in _CLAIMED]
    if rule == "own" and healed and not conditions and not firm:
        known = [one for one in note.of("condition") if one.affirmed]
        if known:
            return Purpose(_national(note, known, parts), (*healed, *known), rule="PURPOSE.claimed")
        if healed[0].found.value == "heals":
            return Purpose("wound", tuple(healed), rule="PURPOSE.claimed")
    if conditions:
        return Purpose(_national(note, conditions, parts), tuple(conditions), rule=f"PURPOSE.national.{rule}")
    enabled = _made_possible(note, parts)
    vague = [one for one in note.within("vague", parts) if one.affirmed or one.status is Status.QUOTED]
    if rule == "own" and muscles and not weighed and not any(one.found.value != "root" for one in vague):
        return Purpose(MSK, tuple(muscles), rule="PURPOSE.msk.own")
    if rule != "own" and muscles and not vague:
        return Purpose(MSK, tuple(muscles), rule=f"PURPOSE.msk.{rule}")
    others = [one for one in note.within("another", parts) if one.affirmed]
    if others and not muscles and not vague:
        return Purpose(OTHER, tuple(others), rule="PURPOSE.another")
    if rule == "own" and enabled and not weighed and not vague:
        return Purpose(MSK, enabled, rule="PURPOSE.msk.enabled")
    described = [one for one in note.within("condition", parts) if one.affirmed]
    if rule == "around" and described and not vague:
        return Purpose(_national(note, described, parts), tuple(described), rule="PURPOSE.national.described")
    if rule == "own" and (weighed or vague):
        return Purpose(UNKNOWN, tuple(weighed or vague), rule="PURPOSE.vague")
    comfort = list(note.within("comfort", parts))
    if rule == "around" and not muscles and not vague and not weighed and note.of("comfort"):
        return Purpose(OTHER, tuple(comfort or note.of("comfort")), rule="PURPOSE.comfort")
    return None


def _made_possible(note: Analysed, parts: Parts) -> tuple[Marked, ...]:
    """An active treatment that the infrared made possible, by words that say so."""
    links = [one for one in note.within("link", parts) if one.found.value == "enable"]
    for activity in note.within("activity", parts):
        for link in links:
            if 0 <= activity.found.start - link.found.end <= _LINKED and link.sentence == activity.sentence:
                return link, activity
    return ()


_CLAIMED = frozenset({"heals", "nerve"})
_OF_PAIN = ("neuropathic", "neuropathy", "pn", "cidp", "cipn", "cmt", "ulcer", "wound", "sore")  # `ulcer pain`
_NEAR = 12  # characters
_LINKED = 40  # characters between the words that make possible and what is


def _counts(note: Analysed, one: Marked) -> bool:
    """Whether a condition can be a purpose: the patient has it now, and it does more than describe the person."""
    if not one.affirmed:
        return False
    return not one.background or any(
        symptom.sentence == one.sentence and symptom.affirmed and _caused(note, symptom, one)
        for symptom in note.of("symptom")
    )


def _symptomatic(note: Analysed, condition: Marked) -> bool:
    """Whether a symptom is told of a condition in its sentence or beside it."""
    near = (condition.sentence - 1, condition.sentence, condition.sentence + 1)
    return any(one.affirmed and one.sentence in near for one in [*note.of("symptom"), *note.of("vague")])


def _national(note: Analysed, conditions: list[Marked], parts: Parts) -> str:
    """Which of the national decision's purposes: the condition, or a symptom that the note says comes from it."""
    values = [one.found.value for one in conditions]
    value = "ulcer" if "ulcer" in values else values[0]
    if value == "wound" and any(one.affirmed and one.found.value == "ulcer" for one in note.of("condition")):
        value = "ulcer"  # what it is called where it is named, is named a wound where it is treated
    for condition in conditions:
        for symptom in note.of("symptom"):
            told = note.plain.low[condition.found.start : condition.found.end]
            if told.endswith(_OF_PAIN) and 0 <= symptom.found.start - condition.found.end <= _NEAR and symptom.affirmed:
                return PAIN
            if symptom.sentence == condition.sentence and symptom.affirmed and _caused(note, symptom, condition):
                return PAIN
    symptoms = [one for one in note.within("symptom", parts) if one.affirmed]
    aims = list(note.within("aim", parts))
    if any(aim.found.end <= symptom.found.start <= aim.found.end + _NEAR for aim in aims for symptom in symptoms):
        return PAIN
    return value


def _caused(note: Analysed, symptom: Marked, condition: Marked) -> bool:
    """Whether words between a symptom and a condition, in either order, make the one come from the other."""
    first, last = sorted((symptom.found, condition.found))
    between = [(first.start, last.end)]
    if symptom.found < condition.found:
        return any(True for _ in note.within("cause", between))
    tail = note.plain.low[symptom.found.end : symptom.found.end + 24]
    return " from it" in tail or " from that" in tail or " from this" in tail or " due to it" in tail

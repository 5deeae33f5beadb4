"""What the infrared of a visit was for: from the words that belong to it, else from those around it.

The decision table is that of the labelling guide: purpose decides, not the list of problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from claimwright.chart.analysed import INFRARED, Analysed, Marked
from claimwright.chart.purpose_words import PAIN, Words, counts, national, symptomatic, told_not
from claimwright.chart.reach import Parts, around, everywhere, parts_of
from claimwright.chart.references import referred
from claimwright.chart.regions import regions_within
from claimwright.chart.tied import is_tied, only_beside
from claimwright.chart.told import Status

MSK, OTHER, UNKNOWN, NONE = "msk adjunct", "other", "unknown", "none"
NATIONAL = frozenset({"neuropathy", "wound", "ulcer", PAIN})


@dataclass(frozen=True)
class Purpose:
    """`intent` is a value of the fact, or unknown, or none where no infrared was given. `either`: not told apart."""

    intent: str
    evidence: tuple[Marked, ...] = ()
    either: tuple[str, ...] = ()
    rule: str = ""


def purpose_of(note: Analysed) -> Purpose:
    """The purpose of the infrared given in the visit."""
    given = note.given(INFRARED)
    if not given:
        return Purpose(NONE)
    own = parts_of(given)
    unsure = None
    told = referred(note, given)
    reaches = [("own", own), ("told", told), ("around", around(note, given)), ("note", everywhere(note))]
    for rule, parts in reaches:
        if not parts:
            continue
        found = next(_decided(Words(note, parts, rule)), None)
        if found is not None and (found.intent != UNKNOWN or found.either):
            # what only may be meant is settled by a condition around it, and by nothing milder
            if unsure is not None and found.intent in {MSK, OTHER}:
                return unsure
            if unsure is not None and unsure.rule == "PURPOSE.symptom" and found.intent in NATIONAL:
                return replace(found, intent=PAIN)
            loose = found.rule in _LOOSE and not is_tied(note, found.evidence, given, told, around(note, given))
            if loose or (found.rule in _STRICT and only_beside(note, found.evidence, own)):
                return Purpose(UNKNOWN, found.evidence, rule="PURPOSE.untied")
            return _doubted(note, found, own) if found.intent == MSK else _contradicted(note, found)
        unsure = unsure or found
    if unsure is not None and unsure.rule == "PURPOSE.symptom":
        return _of_the_patient(note, unsure)
    return unsure or Purpose(UNKNOWN)


# rules by which what stands beside infrared, and does not belong to it, is its purpose
_LOOSE = frozenset(
    {"PURPOSE.msk.around", "PURPOSE.national.around", "PURPOSE.national.described", "PURPOSE.national.note"}
)


_STRICT = frozenset({"PURPOSE.msk.own", "PURPOSE.national.own"})


def _of_the_patient(note: Analysed, unsure: Purpose) -> Purpose:
    """A symptom that infrared was for, where the one kind of condition told with symptoms is a national one."""
    conditions = [
        one for one in note.of("condition") if counts(note, one) and not _listed(note, one) and symptomatic(note, one)
    ]
    if len({one.found.value for one in conditions}) != 1:
        return unsure
    return Purpose(PAIN, (*unsure.evidence, *conditions), rule="PURPOSE.symptom.condition")


def _decided(words: Words) -> Iterator[Purpose]:
    """The purposes that words within a reach show, the strongest first."""
    for step in _STEPS:
        found = step(words)
        if found is not None:
            yield found


def _mixed(words: Words) -> Purpose | None:
    if not (words.conditions and words.firm):
        return None
    intents = tuple(dict.fromkeys((MSK, national(words.note, words.conditions, words.parts))))
    return Purpose(UNKNOWN, (*words.conditions, *words.firm), intents, f"PURPOSE.mixed.{words.rule}")


def _phantom(words: Words) -> Purpose | None:
    phantom = any(one.found.value == "phantom" for one in words.note.within("vague", words.parts))
    return Purpose(UNKNOWN, tuple(words.conditions), rule="PURPOSE.phantom") if words.conditions and phantom else None


def _claimed(words: Words) -> Purpose | None:
    if not (words.own and words.healed) or words.conditions or words.firm:
        return None
    known = [one for one in words.note.of("condition") if one.affirmed]
    if known:
        evidence = (*words.healed, *known)
        return Purpose(national(words.note, known, words.parts), evidence, rule="PURPOSE.claimed")
    if words.healed[0].found.value == "heals":
        return Purpose("wound", tuple(words.healed), rule="PURPOSE.claimed")
    return None


def _condition(words: Words) -> Purpose | None:
    if not words.conditions:
        return None
    intent = national(words.note, words.conditions, words.parts)
    return Purpose(intent, tuple(words.conditions), rule=f"PURPOSE.national.{words.rule}")


def _signed(words: Words) -> Purpose | None:
    """Where only signs of a wound or an ulcer belong to infrared, it was for that."""
    if not (words.own or words.rule == "around") or not words.signs or words.conditions or words.firm:
        return None
    known = [one for one in words.note.of("condition") if one.affirmed and one.found.value not in words.told_not]
    if words.rule == "around" and not (known or any(one.found.value == "neuropathy" for one in words.signs)):
        return None
    intent = national(words.note, known or words.signs, words.parts)
    return Purpose(intent, (*words.signs, *known), rule=f"PURPOSE.signs.{words.rule}")


def _bare_symptom(words: Words) -> Purpose | None:
    if words.own and words.symptoms and not words.muscles:
        return Purpose(UNKNOWN, tuple(words.symptoms), rule="PURPOSE.symptom")
    return None


def _muscles(words: Words) -> Purpose | None:
    vague = [one for one in words.vague if not words.own or one.found.value != "root"]
    if words.muscles and not vague and not (words.own and words.weighed):
        return Purpose(MSK, tuple(words.muscles), rule=f"PURPOSE.msk.{words.rule}")
    return None


def _something_else(words: Words) -> Purpose | None:
    if words.others and not words.muscles and not words.vague:
        return Purpose(OTHER, tuple(words.others), rule="PURPOSE.another")
    return None


def _enabled(words: Words) -> Purpose | None:
    if words.own and words.enabled and not words.weighed and not words.vague:
        return Purpose(MSK, words.enabled, rule="PURPOSE.msk.enabled")
    return None


def _described(words: Words) -> Purpose | None:
    if words.rule != "around" or not words.described or words.vague:
        return None
    intent = national(words.note, words.described, words.parts)
    return Purpose(intent, tuple(words.described), rule="PURPOSE.national.described")


def _undecided(words: Words) -> Purpose | None:
    if words.own and (words.weighed or words.vague):
        return Purpose(UNKNOWN, tuple(words.weighed or words.vague), rule="PURPOSE.vague")
    return None


def _comfort(words: Words) -> Purpose | None:
    if words.rule != "around" or words.muscles or words.vague or words.weighed:
        return None
    comfort = list(words.note.within("comfort", words.parts)) or words.note.of("comfort")
    return Purpose(OTHER, tuple(comfort), rule="PURPOSE.comfort") if comfort else None


_STEPS: tuple[Callable[[Words], Purpose | None], ...] = (
    _mixed,
    _phantom,
    _claimed,
    _condition,
    _signed,
    _bare_symptom,
    _muscles,
    _something_else,
    _enabled,
    _described,
    _undecided,
    _comfort,
)


def _doubted(note: Analysed, found: Purpose, own: Parts) -> Purpose:
    """A musculoskeletal purpose, or both where the note has a condition that infrared may have been for as well.

    To take a wound's treatment for a joint's is the worst this reader can do; to ask once too often is not.
    """
    not_for = told_not(note, own)
    own_words = {id(one) for one in note.within("condition", own)}
    firm = found.rule in {"PURPOSE.msk.own", "PURPOSE.msk.told"}
    conditions = [
        one
        for one in note.of("condition")
        if one.affirmed
        and (not one.background or any(_side_by_side(note, one, other) for other in found.evidence))
        and one.found.value not in not_for
        and (id(one) in own_words or not firm)
        and not _listed(note, one)
    ]
    if not conditions and not firm:
        conditions = [one for one in note.of("sign") if one.affirmed and not _listed(note, one)]
    if not conditions and not all(_meant(note, one) for one in found.evidence):
        conditions = _hints(note, own, not_for)
    if not conditions:
        loose = found.rule == "PURPOSE.msk.around" and _elsewhere(note, found, own)
        return Purpose(UNKNOWN, found.evidence, rule="PURPOSE.loose") if loose else found
    either = (MSK, national(note, conditions, own))
    return Purpose(UNKNOWN, (*found.evidence, *conditions), either, "PURPOSE.doubted")


def _listed(note: Analysed, one: Marked) -> bool:
    return note.sentences[one.sentence].section in _LISTS


def _elsewhere(note: Analysed, found: Purpose, own: Parts) -> bool:
    """Whether muscles are told only behind infrared, in sentences about another region than that it was given to."""
    last = max(end for _, end in own)
    if any(one.found.start < last for one in found.evidence):
        return False
    mine = {name for name, _ in regions_within(note, own) or regions_within(note, [(0, last)])}
    sentences = [note.sentences[one.sentence] for one in found.evidence]
    theirs = {name for name, _ in regions_within(note, [(one.start, one.end) for one in sentences])}
    return bool(mine and theirs) and not {one.partition("_")[0] for one in mine} & {
        one.partition("_")[0] for one in theirs
    }


def _meant(note: Analysed, muscle: Marked) -> bool:
    """Whether words of purpose stand between infrared and a muscle, and nothing else that was done does."""
    services = [one for one in note.in_sentence("service", muscle.sentence) if one.found.value == INFRARED]
    aims = [one.found for one in note.in_sentence("aim", muscle.sentence)]
    done = [one.found for one in note.in_sentence("activity", muscle.sentence)]
    return any(
        service.found.end <= aim.start <= muscle.found.start
        and not any(service.found.end <= one.start < muscle.found.start for one in done)
        for service in services
        for aim in aims
    )


def _hints(note: Analysed, own: Parts, not_for: frozenset[str]) -> list[Marked]:
    """What hints at a wound or a neuropathy in the sentences of infrared and beside them."""
    places = {
        place
        for place, one in enumerate(note.sentences)
        if any(one.start < end and start < one.end for start, end in own)
    }
    near = {place + step for place in places for step in (-2, -1, 0, 1)}
    return [
        one
        for one in note.of("suspect")
        if one.affirmed
        and one.sentence in near
        and one.found.value not in not_for
        and not _listed(note, one)
        and not any(
            _overlap(one, named) and not named.affirmed for named in note.in_sentence("condition", one.sentence)
        )
    ]


def _overlap(one: Marked, other: Marked) -> bool:
    return one.found.start < other.found.end and other.found.start < one.found.end


def _side_by_side(note: Analysed, one: Marked, other: Marked) -> bool:
    """`both neuropathy and tight calves`: a condition that stands beside a muscle as its equal."""
    first, last = sorted((one.found, other.found))
    return one.sentence == other.sentence and note.plain.low[first.end : last.start] in {" and ", " & ", " plus "}


def _contradicted(note: Analysed, found: Purpose) -> Purpose:
    """Unknown where the note denies in one place the neuropathy that another place tells infrared was for.

    A wound denied is mostly another one: `no open areas elsewhere`.
    """
    if found.either or found.intent not in NATIONAL:
        return found
    mine = {one.sentence for one in found.evidence}
    kinds = {one.found.value for one in found.evidence if one.found.label == "condition"}
    denied = [
        one
        for one in note.of("condition")
        if one.status is Status.NEGATED and one.found.value in kinds & {"neuropathy"} and one.sentence not in mine
    ]
    return Purpose(UNKNOWN, (*found.evidence, *denied), rule="PURPOSE.contradicted") if denied else found


_LISTS = frozenset({"diagnosis", "history", "family", "review"})  # where a condition stands that is only listed


_TIED = ("own", "told", "enabled", "claimed", "around")


def led_to(note: Analysed, what: Purpose) -> tuple[Marked, ...]:
    """A purpose that is told, and what the note says followed the infrared; nothing where either is missing."""
    if what.intent not in {MSK, *NATIONAL} or what.either or not what.rule.endswith(_TIED):
        return ()
    given = note.given(INFRARED)
    first = min((one.start for one in given), default=0)
    followed = [one for one in note.within("sequel", around(note, given, behind=3)) if one.found.start >= first]
    return (*what.evidence, followed[0]) if followed else ()

"""A note taken apart: its plain text, its sentences, what they mention with what status, and what each service owns."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from claimwright.chart.again import named_again
from claimwright.chart.assertion import Near, background_of, status_of
from claimwright.chart.language import CUE, GIVEN, Language, shipped
from claimwright.chart.layout import Layout, Sentence, layout
from claimwright.chart.lines import Lines
from claimwright.chart.mentions import Found
from claimwright.chart.plain import Plain, made_plain
from claimwright.chart.told import Status

INFRARED = "infrared"
SALE = "sale or rental"
_AWAY = frozenset({SALE, "home unattended"})
_OF_THE_PATIENT = frozenset({Status.AFFIRMED, Status.QUOTED, Status.FAMILY})
_TREATED = frozenset({"treatment dx", "tx dx", "treatment diagnosis", "therapy dx", "rehab dx", "pt dx", "ot dx"})
_REFUSED = re.compile(
    r"[\[{(*-]* ?(?:status|given|done|performed|delivered|provided|outcome|result|completed)[}*]* ?[?:] ?(?:pt )?"
    r"(?:refused|held|declined|deferred|omitted|cancel|withheld|no\b(?! (?:change|adverse|complaint|issue))|not\b|n\b)"
)
_APPLIED = frozenset({"infrared", "heat", "modality"})


class Marked(NamedTuple):
    """A phrase with what the note says of it. `background`: it only describes the person."""

    found: Found
    sentence: int
    status: Status = Status.AFFIRMED
    background: bool = False

    @property
    def affirmed(self) -> bool:
        return self.status is Status.AFFIRMED


class Application(NamedTuple):
    """A part of the note, `low[start:end]`, that belongs to a service given or named there."""

    service: str
    kind: str
    status: Status
    sentence: int
    start: int
    end: int
    named: bool  # false where the part only goes on about it


@dataclass(repr=False)
class Analysed:
    """Everything the rules look at. `marked` is in reading order; `by_label` are its places by label."""

    plain: Plain
    layout: Layout
    marked: tuple[Marked, ...]
    applications: tuple[Application, ...]
    about: frozenset[str] = frozenset()
    by_label: dict[str, list[Marked]] = field(default_factory=dict)
    by_sentence: dict[str, dict[int, list[Marked]]] = field(default_factory=dict)
    starts: dict[str, list[int]] = field(default_factory=dict)
    found: dict[object, list[tuple[int, int]]] = field(default_factory=dict)  # reaches, found once
    staff: dict[int, list[Marked]] | None = None  # who is named in each sentence, found once
    services: dict[str, list[Application]] = field(default_factory=dict)  # what was given, found once

    @property
    def treated_for(self) -> bool:
        """Whether a header tells the diagnosis that is treated apart from the others."""
        return any(one.header in _TREATED for one in self.sentences)

    def aside(self, sentence: Sentence) -> bool:
        """Whether a sentence is a template's field of its own, about something else than what stands around it."""
        return bool(sentence.header) and not {sentence.header, sentence.header.split()[0]} & self.about

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.layout.sentences

    def of(self, label: str) -> list[Marked]:
        return self.by_label.get(label, [])

    def in_sentence(self, label: str, sentence: int) -> list[Marked]:
        """The mentions of a label in one sentence, by its place."""
        placed = self.by_sentence.get(label)
        if placed is None:
            placed = self.by_sentence[label] = {}
            for one in self.of(label):
                placed.setdefault(one.sentence, []).append(one)
        return placed.get(sentence, [])

    def within(self, label: str, parts: Sequence[tuple[int, int]]) -> Iterator[Marked]:
        """The mentions of a label that begin within some parts of the text, in reading order."""
        marked, seen = self.of(label), 0
        if not marked:
            return iter(())
        starts = self.starts.get(label)
        if starts is None:
            starts = self.starts[label] = [one.found.start for one in marked]
        found: list[Marked] = []
        for start, end in sorted(parts) if len(parts) > 1 else parts:
            first = max(bisect_left(starts, start), seen)
            seen = max(bisect_left(starts, end), first)
            found += marked[first:seen]
        return iter(found)

    def _of_a_part(self, sentence: int) -> bool:
        """Whether a sentence says of a place or a complaint, and not of the visit, that nothing was done."""
        return any(self.in_sentence(label, sentence) for label in ("region", "both", "another"))

    def given(self, service: str) -> list[Application]:
        """What belongs to a service that was given in this visit, and not only sold or lent for the home."""
        if service not in self.services:
            self.services[service] = self._given(service)
        return self.services[service]

    def _given(self, service: str) -> list[Application]:
        # a service that is itself denied there does not say that something was given
        denied = {one.sentence for one in self.of("service") if one.found.value == INFRARED and not one.affirmed}
        served = {one.sentence for one in self.of("service") if one.affirmed or one.sentence not in denied}
        if service == INFRARED and any(
            one.sentence not in served
            and not (one.found.value != "neither" and self._of_a_part(one.sentence))
            and not (one.found.value == "none of it" and self._of_something(one))
            for one in self.of("not treated")
        ):
            return []
        settings = [one for one in self.of("setting") if one.status in _OF_THE_PATIENT]
        away = {one.sentence for one in settings if one.found.value in _AWAY}
        if any(one.sentence == 0 and one.found.value == SALE for one in settings):
            return []  # the record of a sale
        refused = self._refused()
        return [
            one
            for one in self.applications
            if one.service == service
            and one.status is Status.AFFIRMED
            and one.sentence not in away
            and one.sentence not in refused
        ]

    def _refused(self) -> set[int]:
        """The sentences of a block whose field says that it was not given: `Status: refused by pt`."""
        refused: set[int] = set()
        for place, sentence in enumerate(self.sentences):
            if sentence.header and _REFUSED.match(self.plain.low, sentence.start):
                named = [one.sentence for one in self.applications if one.named and one.sentence <= place]
                refused.update(range(max(named, default=place), place + 1))
        return refused

    def _of_something(self, denial: Marked) -> bool:
        """Whether `none today`, `not treated today` speaks of a trouble that stands before it in the sentence."""
        return any(
            one.found.start < denial.found.start
            for label in ("condition", "impairment", "symptom", "another", "vague")
            for one in self.in_sentence(label, denial.sentence)
        )


@dataclass(frozen=True)
class Reader:
    """A language ready to read with."""

    language: Language
    lines: Lines
    sections: dict[str, str]
    details: frozenset[str]
    about: frozenset[str]  # all headers


@lru_cache(maxsize=1)
def shipped_reader() -> Reader:
    """The shipped language, ready to read with; made once per process."""
    language = shipped()
    sections = {term.pattern.phrase: term.value for term in language.terms if term.label == "section"}
    details = frozenset(term.pattern.phrase for term in language.terms if term.label == "detail")
    return Reader(language, Lines(language), sections, details, details | frozenset(sections))


def analyse(text: str, reader: Reader) -> Analysed:
    """Take a note apart."""
    plain, found = reader.lines.of(made_plain(text))
    laid = layout(plain.text, reader.sections, reader.details)
    found = named_again(found, reader.language)
    marked, per_sentence = _marked(found, laid, plain.text)
    applications = _applications(plain, laid, per_sentence, reader)
    analysed = Analysed(plain, laid, tuple(marked), tuple(applications), reader.about)
    for one in marked:
        analysed.by_label.setdefault(one.found.label, []).append(one)
    return analysed


def _marked(found: list[Found], laid: Layout, text: str) -> tuple[list[Marked], list[list[Marked]]]:
    """Every phrase with its sentence and status."""
    sentences = laid.sentences
    per_sentence: list[list[Found]] = [[] for _ in sentences]
    at = 0
    for one in found:
        while at < len(sentences) - 1 and one.start >= sentences[at].end:
            at += 1
        if sentences and sentences[at].start <= one.start < sentences[at].end:
            per_sentence[at].append(one)
    marked: list[Marked] = []
    listed: list[list[Marked]] = []
    for place, (sentence, ones) in enumerate(zip(sentences, per_sentence, strict=True)):
        labelled: dict[str, list[Found]] = {}
        for one in ones:
            labelled.setdefault(one.label, []).append(one)
        backgrounds = labelled.get("background")
        near = Near(laid, text, labelled.get(CUE, ()), labelled.get("service", ()), labelled.get("condition", ()))
        near_service = near._replace(cues=labelled.get(GIVEN, ()))
        here = []
        for one in ones:
            label = one.label
            if label in _WITH_STATUS:
                status = status_of(one, sentence, near_service if label == "service" else near)
                following = place + 1
                if (
                    label == "condition"
                    and status is Status.AFFIRMED
                    and not near.services
                    and following < len(sentences)
                ):
                    begins = sentences[following].start
                    pronoun = _PRONOUN.match(text, begins) is not None
                    status = _taken_up(per_sentence[following], begins, pronoun=pronoun) or status
                background = backgrounds is not None and background_of(one, sentence, laid, backgrounds)
                here.append(Marked(one, place, status, background))
            elif label not in _CUES:
                here.append(Marked(one, place))
        marked += here
        listed.append(here)
    return marked, listed


_CUES = frozenset({CUE, GIVEN})
_PRONOUN = re.compile(r" ?(?:It|This|That|it|this|that)(?:'s)? ")


def _taken_up(ones: list[Found], start: int, *, pronoun: bool) -> Status | None:
    """What the next sentence says of a condition that it takes up: `It is not why she was referred.`, `RN dresses it.`

    Without a pronoun first it has to begin with whose it is, and name no condition or service of its own.
    """
    if not pronoun and any(one.label in {"condition", "service"} for one in ones):
        return None
    told = [one for one in ones if one.label == CUE and one.value == Status.ELSEWHERE and one.term.reaches == "before"]
    return Status.ELSEWHERE if any(pronoun or one.start - start <= _FIRST for one in told) else None


_FIRST = 2  # characters


_WITH_STATUS = frozenset(
    {
        "condition",
        "impairment",
        "vague",
        "symptom",
        "sign",
        "suspect",
        "service",
        "comfort",
        "risk",
        "setting",
        "oversight",
        "another",
        "activity",
        "region",
        "both",
    }
)


def _applications(
    plain: Plain, laid: Layout, per_sentence: list[list[Marked]], reader: Reader
) -> Iterator[Application]:
    """Which part of each sentence belongs to which service; a template's fields go on about those before them."""
    block: list[Application] = []
    kinds = reader.language.kinds
    for place, (sentence, ones) in enumerate(zip(laid.sentences, per_sentence, strict=True)):
        services = _apart(plain.low, ones, kinds, in_field=sentence.header in reader.details)
        if not services:
            if block and _goes_on(plain.text, sentence, block[-1], laid, reader):
                block = [
                    Application(one.service, one.kind, one.status, place, sentence.start, sentence.end, named=False)
                    for one in block
                ]
                yield from block
            else:
                block = []
            continue
        starts, ends = [sentence.start], []
        for one, following in itertools.pairwise(services):
            ends.append(_parted(plain.low, one.found.end, following.found.start))
            starts.append(ends[-1])
        ends.append(sentence.end)
        for at in range(len(services) - 2, -1, -1):
            if _joined(plain.low, services[at], services[at + 1], kinds):
                ends[at] = ends[at + 1]
        here = [
            Application(one.found.value, kinds[one.found.value], one.status, place, start, end, named=True)
            for one, start, end in zip(services, starts, ends, strict=True)
        ]
        yield from here
        applied = [one for one in here if one.kind in _APPLIED]
        if block and here[-1].sentence - block[-1].sentence == 1 and all(one.status is Status.NEGATED for one in here):
            continue  # `E-stim: no` among the lines of a form
        # fields go on about the modalities of their block, not about the exercises named on the same line
        adjoining = bool(applied and block) and place - block[-1].sentence == 1
        block = [*block, *applied] if adjoining else applied


def _apart(low: str, ones: list[Marked], kinds: Mapping[str, str], *, in_field: bool) -> list[Marked]:
    """The services of a sentence that own a part of it: not one named again, nor what another makes possible."""
    links = [one.found for one in ones if one.found.label == "link"]
    kept: list[Marked] = []
    services = [one for one in ones if one.found.label == "service"]
    for at, one in enumerate(services):
        ahead = in_field or any(kinds[other.found.value] in _APPLIED for other in services[at + 1 :])
        if (
            kinds[one.found.value] == "procedure"
            and ahead
            and any(0 <= one.found.start - link.end <= 1 for link in links)
        ):
            continue  # `so before gait training he lay under the lamp`
        if kept:
            last = kept[-1]
            if last.found.value == one.found.value and last.status is one.status:
                continue
            between = (last.found.end, one.found.start)
            if one.status is Status.NEGATED and last.affirmed and _PASSED_OVER.search(low, *between):
                continue  # `infrared rather than the hot pack, for guarding`
            if kinds[one.found.value] == "procedure" and kinds[last.found.value] in _APPLIED:
                hard = max(low.rfind(sign, *between) for sign in (";", "\n", ". "))
                if any(max(hard, between[0]) <= link.start <= between[1] for link in links):
                    continue
        kept.append(one)
    return kept


_PASSED_OVER = re.compile(
    r"\b(?:rather th[ae]n|instead of|in (?:place|lieu) of|chosen over|over|not|without)(?: (?:the|a|any|use of))? ?$"
)


def _joined(low: str, one: Marked, following: Marked, kinds: Mapping[str, str]) -> bool:
    """Whether two modalities stand side by side, so that what follows is told of both: `IR + MHP to L/S for spasm`."""
    return (
        kinds[one.found.value] in _APPLIED
        and kinds[following.found.value] in _APPLIED
        and one.affirmed
        and following.affirmed
        and following.found.start - one.found.end <= _SIDE_BY_SIDE
        and bool(_JOINED.fullmatch(low, one.found.end, following.found.start))
    )


_SIDE_BY_SIDE = 24  # characters
_JOINED = re.compile(
    r" ?(?:,|/|\+|&|,? and|plus|with|w/|in combination with|combined with|along with|together with|as well as)"
    r" ?(?:a |an |the |some )?(?:moist |cont |pulsed |low )?"
)


def _parted(low: str, after: int, before: int) -> int:
    """Where what belongs to one service ends and the next one's begins: the last sign between them that parts."""
    for sign in (";", ". ", "\n", " [x] ", " then ", ", ", " and ", " + ", " with "):
        at = low.rfind(sign, after, before)
        if at >= 0:
            return at + 1
    return before


def _goes_on(text: str, sentence: Sentence, last: Application, laid: Layout, reader: Reader) -> bool:
    """Whether a sentence without a service goes on about the last one: the field of a template, in the same block."""
    before = laid.sentences[last.sentence]
    if sentence.line - before.line > _FIELDS:
        return False
    if text[sentence.start] in _BULLETS and (not last.named or text[sentence.start] == "["):
        return True
    header = sentence.header or (before.header if not last.named and before.end - before.start <= _HEADER_ALONE else "")
    return bool(header) and (header in reader.details or header.split()[0] in reader.details)


_BULLETS = "[-*."
_HEADER_ALONE = 40  # characters of a line that holds a header and no more
_FIELDS = 8  # lines that a template's block about one modality may have

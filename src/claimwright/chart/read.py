"""Read a note: from its text to what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimwright.chart import minutes, presence, purpose, regions
from claimwright.chart.analysed import INFRARED, Analysed, Marked, Reader, analyse, shipped_reader
from claimwright.chart.compared import compared
from claimwright.chart.figures import figures
from claimwright.chart.plain import LONGEST
from claimwright.chart.reach import Parts, around, parts_of
from claimwright.chart.rules import shown
from claimwright.chart.told import Mention, Said, Span, Status, Told

_LOOKED_BEHIND = 50  # names of a service behind which a bare number may be its minutes
_WITHOUT_MINUTES = ("wound care",)  # what a note gives no minutes for
_MENTIONED = frozenset({"condition", "vague", "comfort", "risk"})
# facts that a note which was read whole denies by not saying them
DENIED = (
    "supervision documented",
    "rationale documented",
    "region documented",
    "response documented",
    "goal link documented",
    "modality reason documented",
    "skilled procedure documented",
    "total treatment minutes documented",
    "note signed",
    "comfort words",
    "risk words",
    "cloned words",
)
_OF_INFRARED = frozenset(DENIED[:6])


def read(text: str) -> Told:
    """What a note tells.

    Never raises on any text; time is bounded by the text's length.
    """
    reader = shipped_reader()
    note = analyse(text, reader)
    given = note.given(INFRARED)
    codes = _codes_of(note, reader)
    said = list(_said(note, reader, codes))
    services = tuple(
        dict.fromkeys(
            code
            for one in note.applications
            if one.named and one.status is Status.AFFIRMED and (given or one.service != INFRARED)
            for code in codes[one.service]
        )
    )
    problems = ("the note is longer than is read; its end was left out",) if len(text) > LONGEST else ()
    return Told(text, tuple(said), tuple(_mentions(note)), services, problems)


def _codes_of(note: Analysed, reader: Reader) -> dict[str, tuple[str, ...]]:
    """The codes of each service as the note names it: a laser that is read as infrared keeps those of a laser."""
    services = reader.language.services
    named = {(one.found.value, one.found.term.value) for one in note.of("service")}
    return services | {
        value: services[value] + services[name] for value, name in named if name != value and name in services
    }


def _mentions(note: Analysed) -> Iterator[Mention]:
    for one in note.marked:
        if one.found.label in _MENTIONED:
            yield Mention(one.found.label, one.found.value, note.plain.span(one.found.start, one.found.end), one.status)


def _spans(note: Analysed, marked: Iterable[Marked]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(note.plain.span(one.found.start, one.found.end) for one in marked))


def _said(note: Analysed, reader: Reader, codes_of: dict[str, tuple[str, ...]]) -> Iterator[Said]:
    codes = codes_of[INFRARED]
    given = note.given(INFRARED)
    yes: dict[str, Said] = {}
    own = parts_of(given)
    reaches = {
        "service": own,
        "around": around(note, given) if given else [],
        "near": around(note, given, behind=3) if given else [],
        "note": [(0, len(note.plain.low))],
    }
    for rule in reader.language.rules:
        if rule.fact not in yes and (evidence := shown(note, rule, reaches)):
            of = codes if rule.fact in _OF_INFRARED else ()
            yes[rule.fact] = Said(rule.fact, True, _spans(note, evidence), of, rule.id)
    if "response documented" not in yes and (held := compared(note)):
        of = codes if "response documented" in _OF_INFRARED else ()
        yes["response documented"] = Said("response documented", True, held, of, "RESPONSE.compared")
    signer, evidence = presence.signer_of(note)
    if signer:
        yes["note signed"] = Said("note signed", True, _spans(note, evidence), (), "SIGNED")
    if given:
        yield from _of_infrared(note, own, reaches["around"], codes, yes)
    for fact in DENIED:
        if fact in yes:
            yield yes[fact]
        elif fact not in _OF_INFRARED or (given and fact != "supervision documented"):
            yield Said(fact, False, (), codes if fact in _OF_INFRARED else (), "UNSAID")
    yield from _setting(note, codes if given else ())
    yield from _of_services(note, reader, codes_of)
    yield from figures(note)


def _of_services(note: Analysed, reader: Reader, codes_of: dict[str, tuple[str, ...]]) -> Iterator[Said]:
    """The minutes of every service given, and where the heats beside infrared were applied."""
    for service in dict.fromkeys(one.service for one in note.applications if one.named):
        given, codes = note.given(service), codes_of[service]
        if not given:
            continue
        parts = parts_of(given)
        ends = [one.found.end for one in note.within("service", parts) if one.found.value == service][:_LOOKED_BEHIND]
        took = (
            minutes.minutes_in_columns(note, codes)
            or minutes.minutes_beside(note, parts, service)
            or minutes.minutes_in(note, parts)
            or minutes.minutes_behind(note, ends)
        )
        if took is None and service == INFRARED:
            took = minutes.minutes_around(note, around(note, given)) or minutes.minutes_of_the_only_one(
                note, (INFRARED, *_WITHOUT_MINUTES)
            )
        if took is not None:
            yield Said("minutes", took[0], (took[1],), codes, "MINUTES")
        if reader.language.kinds[service] == "heat" and (where := regions.regions_of(note, service)):
            names, spans = zip(*where, strict=True)
            yield Said("regions", names, spans, codes, "REGIONS")


def _of_infrared(
    note: Analysed, own: Parts, near: Parts, codes: tuple[str, ...], yes: dict[str, Said]
) -> Iterator[Said]:
    what = purpose.purpose_of(note)
    if what.either:
        yield Said(
            "treatment intent", what.either[0], _spans(note, what.evidence), codes, what.rule, either=what.either
        )
    elif what.intent not in {purpose.UNKNOWN, purpose.NONE}:
        yield Said("treatment intent", what.intent, _spans(note, what.evidence), codes, what.rule)
        if what.intent in purpose.NATIONAL and what.rule.endswith(".own"):
            # a purpose that the national decision names is what the risk words are about
            yes.setdefault("risk words", Said("risk words", True, _spans(note, what.evidence), (), what.rule))
    if "rationale documented" not in yes and (led := purpose.led_to(note, what)):
        yes["rationale documented"] = Said("rationale documented", True, _spans(note, led), codes, "RATIONALE.purpose")
    where = regions.regions_of(note, INFRARED)
    if where:
        yield Said("regions", tuple(name for name, _ in where), tuple(span for _, span in where), codes, "REGIONS")
        yes["region documented"] = Said("region documented", True, tuple(span for _, span in where), codes, "REGIONS")
    there = presence.presence_of(note)
    if there.supervised == "documented":
        yes["supervision documented"] = Said(
            "supervision documented", True, _spans(note, there.evidence), codes, "SUPERVISION.strong"
        )
    elif there.supervised != "ambiguous":
        yield Said(
            "supervision documented", False, _spans(note, there.evidence), codes, f"SUPERVISION.{there.supervised}"
        )
    who, evidence = presence.furnished_by(note, near)
    if who:
        yield Said("furnished by", who, _spans(note, evidence), codes, "FURNISHED")
    for device in [*note.within("device", own), *note.within("device", near), *note.of("device")][:1]:
        yield Said("device", device.found.value, _spans(note, [device]), codes, "DEVICE")


def _setting(note: Analysed, codes: tuple[str, ...]) -> Iterator[Said]:
    for value in ("sale or rental", "home unattended", "home with therapist", "clinic"):
        marked = [one for one in note.of("setting") if one.found.value == value and one.status is Status.AFFIRMED]
        if marked:
            yield Said("setting of use", value, _spans(note, marked[:1]), codes, "SETTING")
            return

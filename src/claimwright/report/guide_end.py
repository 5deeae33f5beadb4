"""What follows from a guided check, for every face: what to document and append, who pays, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claimwright.determine.guide import Guide, Step
from claimwright.lines.answers import Channel, Finding, LineAnswer
from claimwright.report import wording

NOTHING = "nothing that was asked about"
_WHO = {
    "CO": "the provider: the patient may not be billed",
    "PR": "the patient, if the notice behind it is valid",
    "OA": "neither, as an adjustment",
    "PI": "the payer's own decision",
}


@dataclass(frozen=True)
class End:
    """Where a guided check ends. `todo` has always the same rows, some of them perhaps empty."""

    to_document: tuple[str, ...]
    to_append: tuple[str, ...]
    stands_on: tuple[str, ...]
    who_pays: str
    would_change: tuple[str, ...]
    still_open: tuple[str, ...]

    @property
    def todo(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (
            ("to document", self.to_document),
            ("to append", self.to_append),
            ("stands on", self.stands_on),
            ("who pays", (self.who_pays,)),
        )


def end_of(guide: Guide) -> End:
    answer = guide.answer
    return End(
        to_document=_asked(answer, Channel.DOCUMENTATION),
        to_append=_asked(answer, Channel.CODING),
        stands_on=answer.documented.conditions,
        who_pays=_payer(answer),
        would_change=_asked(answer, Channel.COVERAGE),
        still_open=tuple(step.question.text for step in guide.steps if not step.answer),
    )


def not_taken(step: Step) -> tuple[tuple[str, str], ...]:
    """The answers that were not given, those that lead alike together, and where they would have led."""
    alike: dict[str, list[str]] = {}
    for label, outcomes in step.not_taken if step.answer else ():
        alike.setdefault(wording.led(outcomes), []).append(label)
    return tuple((wording.either(labels), led) for led, labels in alike.items())


def _asked(answer: LineAnswer, channel: Channel) -> tuple[str, ...]:
    found: Iterable[Finding] = (one for one in answer.findings if one.channel is channel)
    return tuple(f"{one.id}: {one.would_change}" for one in found if one.would_change and one.severity.needs_work)


def _payer(answer: LineAnswer) -> str:
    """Who bears a denial, where a group code says so."""
    group = answer.documented.liability or answer.coded.liability
    if group is None and answer.documented.predicted:
        return "open: it turns on what was not said, such as the line's modifiers and the notice behind them"
    if group is None:
        return "nobody has to, as far as is known: no denial is expected"
    return f"{group}, {_WHO.get(group, group)}, if it is denied"

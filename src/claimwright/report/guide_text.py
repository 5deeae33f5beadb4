"""The guided check on a terminal: a question and where its answers lead, the path, and what to do at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console

from claimwright.determine.guide import Guide, Step
from claimwright.lines.answers import Channel, Finding, LineAnswer, Question
from claimwright.report import wording
from claimwright.report.layout import entry, heading, write

_LABELS = 16
_WHO = {
    "CO": "the provider: the patient may not be billed",
    "PR": "the patient, if the notice behind it is valid",
    "OA": "neither, as an adjustment",
    "PI": "the payer's own decision",
}
HELP = "number or words · ? I don't know · b back · q end here"


def render_question(question: Question, number: int, console: Console) -> None:
    """One question, its answers numbered, each with where it leads."""
    console.print()
    who = f" ({question.who} usually knows)" if question.who else ""
    write(console, (f"{number}. {question.text}", "bold"), who)
    common = wording.whatever(question)
    for place, (answer, outcomes) in enumerate(question.answers, start=1):
        entry(console, f"  {place}", f"{answer} → {wording.led(outcomes, common)}", indent=0, hang=5)
    if common:
        entry(console, "", f"whatever the answer, still possible: {wording.led(common)}", indent=5, style="dim")
    if question.why:
        entry(console, "", question.why, indent=5, style="dim")
    if number == 1:
        entry(console, "", HELP, indent=5, style="dim")


def render_end(guide: Guide, console: Console) -> None:
    """The path taken and not taken, and what follows: documents, modifiers, who pays, and the checklists."""
    answer = guide.answer
    console.print()
    heading(console, "The path")
    for number, step in enumerate(guide.steps, start=1):
        _step(step, number, console)
    if not guide.steps:
        entry(console, "", "nothing had to be asked", indent=2)
    console.print()
    heading(console, "Where it ends")
    for label, view in (("as coded", answer.coded), ("as documented", answer.documented)):
        codes = wording.codes(view.predicted)
        entry(
            console,
            label,
            " · ".join(part for part in (wording.outcome(view), codes, wording.beside(view)) if part),
            hang=_LABELS,
        )
    todo = (
        ("to document", _documents(answer)),
        ("to append", _coding(answer)),
        ("stands on", list(answer.documented.conditions)),
        ("who pays", [_payer(answer)]),
    )
    for label, texts in todo:
        _listed(label, texts or ["nothing that was asked about"], console)
    _listed("would change", _coverage(answer), console)
    _listed("still open", [step.question.text for step in guide.steps if not step.answer], console)
    for title, marks in guide.checklists:
        console.print()
        heading(console, title)
        for mark, text in marks:
            entry(console, mark, text, indent=2, hang=9)
    console.print()
    entry(console, "", wording.NO_PROMISE, indent=0, style="dim")


def _step(step: Step, number: int, console: Console) -> None:
    said = step.answer or "I don't know"
    entry(console, f"{number}", f"{step.question.text} — {said}", indent=2, hang=4)
    alike: dict[str, list[str]] = {}
    for label, outcomes in step.not_taken if step.answer else ():
        alike.setdefault(wording.led(outcomes, wording.whatever(step.question)), []).append(label)
    for led, labels in alike.items():
        entry(console, "", f"not taken: {wording.either(labels)} → {led}", indent=6, style="dim")


def _documents(answer: LineAnswer) -> list[str]:
    return _asks(finding for finding in answer.findings if finding.channel is Channel.DOCUMENTATION)


def _coverage(answer: LineAnswer) -> list[str]:
    return _asks(finding for finding in answer.findings if finding.channel is Channel.COVERAGE)


def _coding(answer: LineAnswer) -> list[str]:
    return _asks(finding for finding in answer.findings if finding.channel is Channel.CODING)


def _asks(findings: Iterable[Finding]) -> list[str]:
    return [
        f"{finding.id}: {finding.would_change}"
        for finding in findings
        if finding.would_change and finding.severity.needs_work
    ]


def _payer(answer: LineAnswer) -> str:
    """Who bears a denial, where a group code says so."""
    group = answer.documented.liability or answer.coded.liability
    if group is None and answer.documented.predicted:
        return "open: it turns on what was not said, such as the line's modifiers and the notice behind them"
    if group is None:
        return "nobody has to, as far as is known: no denial is expected"
    return f"{group}, {_WHO.get(group, group)}, if it is denied"


def _listed(label: str, texts: Sequence[str], console: Console) -> None:
    for place, text in enumerate(texts):
        entry(console, "" if place else label, text, hang=_LABELS)

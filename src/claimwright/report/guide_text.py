"""The guided check on a terminal: a question and where its answers lead, the path, and what to do at its end."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from claimwright.determine.guide import Guide, Step
from claimwright.lines.answers import Question
from claimwright.report import wording
from claimwright.report.guide_end import NOTHING, end_of, not_taken
from claimwright.report.layout import entry, heading, write

_LABELS = 16
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
    end = end_of(guide)
    for label, texts in end.todo:
        _listed(label, texts or (NOTHING,), console)
    _listed("would change", end.would_change, console)
    _listed("still open", end.still_open, console)
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
    for labels, led in not_taken(step):
        entry(console, "", f"not taken: {labels} → {led}", indent=6, style="dim")


def _listed(label: str, texts: Sequence[str], console: Console) -> None:
    for place, text in enumerate(texts):
        entry(console, "" if place else label, text, hang=_LABELS)

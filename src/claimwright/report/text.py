"""One line's answer, and the list of lines to fix, on a terminal or through a pipe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from rich.console import Console

from claimwright.lines.answers import Check, Citation, Finding, LineAnswer, LineRef, Question, Severity, ViewAnswer
from claimwright.report import wording
from claimwright.report.layout import entry, glued, heading, width, write
from claimwright.report.text_money import render_money
from claimwright.report.worklist import ClaimToFix, Worklist, in_order, worklist

SEVERITY_STYLE = {
    Severity.BLOCK: "bold red",
    Severity.FIX: "bold yellow",
    Severity.WARN: "cyan",
    Severity.INFO: "dim",
}
PIPED_WIDTH = 100
_LABELS = 16  # room for "why it matters" and its gap


def console_for(stream: IO[str], *, colour: bool | None = None) -> Console:
    """A console that writes plain text of 100 columns into a pipe or a file. `colour` overrides what it finds out."""
    terminal = stream.isatty()
    return Console(
        file=stream,
        width=None if terminal else PIPED_WIDTH,
        no_color=None if colour is None else not colour,
        force_terminal=True if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


def render_line(answer: LineAnswer, console: Console) -> None:
    """Everything one line's answer holds, most urgent first."""
    line = answer.line
    which, beside = _which(line), _beside(line, claim=True)
    if len(which) + len(beside) + 3 <= width(console):
        write(console, (which, "bold"), "   ", beside)
    else:
        write(console, (which, "bold"))
        entry(console, "", beside)
    _views(answer, console, indent=2, whole=True)
    cited: set[Citation] = set()
    for finding in in_order(answer.findings):
        console.print()
        _finding(finding, console, indent=2)
        _because(finding, console, cited)
    for citation in answer.citations:
        if citation not in cited:
            console.print()
            entry(console, "", wording.authority(citation))
            entry(console, "", wording.quoted(citation), style="italic")
    if answer.money:
        console.print()
        render_money(answer.money, console, indent=2, steps=True)
    console.print()
    _foot(answer, console)


def render_worklist(
    answers: Iterable[LineAnswer],
    console: Console,
    *,
    limit: int | None = None,
    rest: str = "The JSON, CSV and HTML reports hold them all.",
) -> None:
    """The lines to fix, grouped by claim. Past `limit` lines the list ends and `rest` says how to see the others."""
    todo = worklist(answers, limit)
    if todo.total:
        _list(todo, console, rest)
    if todo.warned_total:
        carry = "line carries" if todo.warned_total == 1 else "lines carry"
        entry(console, "", f"{todo.warned_total:,} {carry} a warning and nothing to fix.", indent=0)
        console.print()


def _list(todo: Worklist, console: Console, rest: str) -> None:
    heading(console, f"Lines to fix: {todo.total:,}")
    cited: set[Citation] = set()
    for claim in todo.claims:
        console.print()
        _claim(claim, console, cited)
    console.print()
    unseen = todo.total - todo.shown
    if unseen:
        more = "more line to fix is" if unseen == 1 else "more lines to fix are"
        write(console, (f"{unseen:,} {more} not shown. ", "bold"), rest)
        console.print()


def _claim(claim: ClaimToFix, console: Console, cited: set[Citation]) -> None:
    payers = wording.either(tuple(dict.fromkeys(answer.line.payer for answer in claim.lines)), "and")
    amount = f" · {wording.dollars(claim.charge)}" if claim.charge else ""
    todo = f"{wording.count(len(claim.lines), 'line')} to fix{amount}"
    write(console, (f"claim {claim.claim}", "bold underline"), " · ".join(("", payers or "payer unknown", todo)))
    for number, answer in enumerate(claim.lines):
        if number:
            console.print()
        write(console, "  ", (_which(answer.line), "bold"), "   ", _beside(answer.line, claim=False))
        _views(answer, console, indent=4, whole=False)
        quiet = 0
        for finding in in_order(answer.findings):
            if finding.severity is Severity.INFO or (finding.unknown_only and finding.severity.needs_work):
                quiet += 1
                continue
            _finding(finding, console, indent=4)
            _work(finding, console, indent=11, cited=cited)
        render_money(answer.money, console, indent=4)
        if quiet:
            said = wording.count(quiet, "further finding")
            entry(console, "", f"{said} for information or for want of a fact", indent=4, style="dim")


def _which(line: LineRef) -> str:
    number = f"line {line.line}" if line.line is not None else "line"
    return f"{number}   {wording.service(line)}   {line.service or 'no date of service'}"


def _beside(line: LineRef, *, claim: bool) -> str:
    points = f"points to {' '.join(line.points_to)}" if line.points_to and not claim else ""
    named = ("" if line.claim.startswith("#") else f"claim {line.claim}", line.payer) if claim else ()
    return " · ".join(part for part in (*named, wording.charge(line), points) if part)


def _views(answer: LineAnswer, console: Console, *, indent: int, whole: bool) -> None:
    for label, view in (("as coded", answer.coded), ("as documented", answer.documented)):
        said = "  ".join(glued(part) for part in (wording.outcome(view), wording.codes(view.predicted)) if part)
        more = [wording.beside(view), wording.reachable(view) if whole else ""]
        text = " · ".join((said, *(part for part in more if part)))
        entry(console, label, text, indent=indent, hang=_LABELS, label_style="dim")
    if answer.difference:
        entry(console, "difference", answer.difference, indent=indent, hang=_LABELS, label_style="dim", style="bold")


def _finding(finding: Finding, console: Console, *, indent: int) -> None:
    style = SEVERITY_STYLE[finding.severity]
    facts = [wording.views(finding), finding.likelihood.value, wording.codes(finding.predicted)]
    if finding.unknown_only:
        facts.append("only because a fact is unknown")
    beside = " · ".join(fact for fact in facts if fact)
    label = f"{finding.severity.value:<5}  {finding.id}"
    entry(console, label, beside, indent=indent, label_style=style, style="dim")


def _because(finding: Finding, console: Console, cited: set[Citation]) -> None:
    """The authority, what it makes of this line, and its sentence."""
    citation, indent = finding.citation, 9
    entry(console, "", wording.authority(citation), indent=indent, style="dim")
    entry(console, "", wording.sentence(finding.because), indent=indent)
    if wording.quoted(citation) and citation not in cited:
        entry(console, "", wording.quoted(citation), indent=indent, style="italic")
    cited.add(citation)


def _work(finding: Finding, console: Console, *, indent: int, cited: set[Citation]) -> None:
    """What was found, what to do about it, and the rule; its sentence is quoted once in a list."""
    entry(console, "", wording.sentence(finding.because), indent=indent)
    if not finding.severity.needs_work:
        return
    citation = finding.citation
    if finding.would_change:
        entry(console, "to do", wording.sentence(finding.would_change), indent=indent, hang=7, label_style="dim")
    again = " · quoted above" if citation in cited and wording.quoted(citation) else ""
    entry(console, "rule", wording.authority(citation) + again, indent=indent, hang=7, label_style="dim")
    if wording.quoted(citation) and not again:
        entry(console, "", wording.quoted(citation), indent=indent + 7, style="italic")
    cited.add(citation)


def _foot(answer: LineAnswer, console: Console) -> None:
    """What was looked at and what was not, what would change the answer, what to ask, and where to read it."""
    changing = dict.fromkeys((*answer.would_change, *(finding.would_change for finding in answer.findings)))
    silent = dict.fromkeys((*answer.coded.silences, *answer.documented.silences))
    rows = (
        ("looked at", [" · ".join(answer.looked_at)]),
        ("not looked at", [" · ".join(answer.not_looked_at)]),
        ("did not run", [" · ".join(_why(check) for check in answer.checks if not check.ran)]),
        ("help", dict.fromkeys(check.help for check in answer.checks)),
        ("not said", [f"{silence.name.value}: {silence.why}" for silence in silent]),
        ("stands on", [" · ".join(dict.fromkeys((*answer.coded.conditions, *answer.documented.conditions)))]),
        ("leans to", dict.fromkeys(filter(None, (answer.coded.leaning, answer.documented.leaning)))),
        ("depends on", [" · ".join(_depends(answer.coded, answer.documented))]),
        ("from the note", [wording.evidence(one) for one in answer.evidence]),
        ("settings", [f"{one.name}: {one.value} ({one.source})" for one in answer.settings]),
        ("would change", changing),
        ("read it", [" · ".join(filter(None, (one.where, one.source))) for one in answer.citations]),
    )
    for label, texts in rows:
        for number, said in enumerate(filter(None, texts)):
            entry(console, "" if number else label, said, hang=_LABELS, label_style="dim")
    question = answer.documented.next_question or answer.coded.next_question
    if question:
        console.print()
        _question(question, console)


def _why(check: Check) -> str:
    return f"{check.name} ({check.why})" if check.why else check.name


def _depends(*views: ViewAnswer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for view in views for fact in view.depends_on))


def _question(question: Question, console: Console) -> None:
    who = f" ({question.who} usually knows)" if question.who else ""
    entry(console, "next question", question.text + who, hang=_LABELS, label_style="dim", style="bold")
    for said in wording.answers(question):
        entry(console, "", said, hang=_LABELS)
    if shared := wording.whatever(question):
        entry(console, "", f"whatever the answer, still possible: {wording.led(shared)}", hang=_LABELS, style="dim")
    if question.why:
        entry(console, "why it matters", question.why, hang=_LABELS, label_style="dim")

"""A run in numbers, what it could not check, and what was wrong with the input, on a terminal or through a pipe."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from claimwright.lines.answers import Severity
from claimwright.lines.problems import Gravity, Problem
from claimwright.lines.summary import PROGRAM_UNKNOWN, Summary, Tally
from claimwright.report import wording
from claimwright.report.layout import entry, glued, heading, table, write
from claimwright.report.text import SEVERITY_STYLE
from claimwright.report.text_money import render_stakes

_TELL_PROGRAM = (
    "help: nothing tells these payers' line of business; give a column filing (CI, BL, 16, MB …) or program "
    "(commercial, medicare-advantage …), or your own table with --payers"
)
_GRAVITY_STYLE = {Gravity.ERROR: "bold red", Gravity.WARNING: "bold yellow"}


def render_summary(summary: Summary, console: Console, *, top: int = 10, problems: int | None = 20) -> None:
    """Counts and charges, the `top` findings, what could not be checked, and the first `problems` of the input."""
    files = wording.either(summary.files, "and") or "the input"
    write(console, (files, "bold"))
    size = [wording.count(summary.claims, "claim"), wording.count(summary.all.lines, "line")]
    entry(console, "", " · ".join((*size, wording.dollars(summary.all.charge))))
    _counts(summary, console)
    _payers(summary, console)
    _findings(summary, console, top)
    render_stakes(summary.money, console)
    _differences(summary, console)
    _not_run(summary, console)
    _silences(summary, console)
    if summary.problems:
        render_problems(summary.problems, console, limit=problems)


def render_problems(problems: Sequence[Problem], console: Console, *, limit: int | None = None) -> None:
    """Each problem of the input with its place and its help; errors, which cost something, before warnings."""
    if not problems:
        return
    heading(console, f"Problems of the input: {len(problems):,}")
    shown = sorted(problems, key=lambda problem: list(Gravity).index(problem.gravity))[:limit]
    for problem in shown:
        style = _GRAVITY_STYLE[problem.gravity]
        entry(console, f"{problem.gravity.value} {problem.id}", problem.message, label_style=style)
        if problem.where():
            entry(console, "-->", problem.where(), indent=4, hang=6, label_style="dim")
        entry(console, "help:", problem.help, indent=4, hang=6, label_style="dim")
    if len(shown) < len(problems):
        entry(console, "", f"{wording.count(len(problems) - len(shown), 'more problem')} not shown here.")


def _counts(summary: Summary, console: Console) -> None:
    console.print()
    rows = [
        ("to fix", *_tally(summary.to_fix)),
        ("clean as coded", *_tally(summary.clean)),
        ("nothing to fix, not fully checked", *_tally(summary.unchecked)),
        ("all lines", *_tally(summary.all)),
    ]
    styles = ["bold red" if summary.to_fix.lines else "", "green", "yellow" if summary.unchecked.lines else "", ""]
    table(console, rows, header=("", "lines", "charges"), right=frozenset({1, 2}), styles=styles)
    if summary.withdrawn:
        withdrawn = wording.count(summary.withdrawn, "line")
        entry(console, "", f"{withdrawn} of claims that the input itself voids or replaces stand aside.")


def _payers(summary: Summary, console: Console) -> None:
    if summary.by_payer:
        heading(console, "By payer")
        rows = [
            (*_tally(lines), *_tally(to_fix), payer or "payer unknown") for payer, lines, to_fix in summary.by_payer
        ]
        header = ("lines", "charges", "to fix", "charges", "payer")
        table(console, rows, header=header, right=frozenset({0, 1, 2, 3}))
        if any(payer and payer.endswith(PROGRAM_UNKNOWN) for payer, *_ in summary.by_payer):
            entry(console, "", _TELL_PROGRAM, style="dim")


def _findings(summary: Summary, console: Console, top: int) -> None:
    if summary.findings:
        heading(console, "Findings")
        shown = summary.findings[:top]
        rows = [
            (row.severity, row.finding, *_tally(row.tally), f"{glued(row.clause)} · {row.payer or 'payer unknown'}")
            for row in shown
        ]
        styles = [SEVERITY_STYLE[Severity(row.severity)] for row in shown]
        header = ("", "finding", "lines", "charges", "clause · payer")
        table(console, rows, header=header, right=frozenset({2, 3}), styles=styles)
        if len(shown) < len(summary.findings):
            entry(console, "", f"and {wording.count(len(summary.findings) - len(shown), 'more finding')}")


def _differences(summary: Summary, console: Console) -> None:
    if any(lines for _, lines in summary.differences):
        heading(console, "Where the two views differ")
        rows = [(f"{lines:,}", said) for said, lines in summary.differences if lines]
        table(console, rows, right=frozenset({0}))


def _not_run(summary: Summary, console: Console) -> None:
    if summary.not_run:
        heading(console, "Checks that could not run")
        rows = [(f"{row.lines:,}", row.check, row.why) for row in summary.not_run]
        table(console, rows, header=("lines", "check", "why"), right=frozenset({0}))
        for help_ in dict.fromkeys(row.help for row in summary.not_run if row.help):
            entry(console, "help", help_, hang=6, label_style="dim")


def _silences(summary: Summary, console: Console) -> None:
    if summary.silences:
        heading(console, "Silences, none of which means clean")
        table(console, [(f"{lines:,}", name) for name, lines in summary.silences], right=frozenset({0}))


def _tally(tally: Tally) -> tuple[str, str]:
    return f"{tally.lines:,}", wording.dollars(tally.charge)

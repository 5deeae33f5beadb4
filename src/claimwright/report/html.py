"""A report as one HTML file to hand on: no script, no network, light and dark, and fit to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from claimwright.lines.answers import Finding, LineAnswer, LineRef, Outcome, Severity
from claimwright.lines.summary import FindingTally, Summary, Tally
from claimwright.report import wording
from claimwright.report.as_json import RunIdentity
from claimwright.report.charts import Bar, bars, shares
from claimwright.report.worklist import Worklist, in_order, worklist

LIMIT = 500  # lines; past it a browser has more to do than a reader
_LINKS = 12


@dataclass(frozen=True)
class Entry:
    """One row of the index: a finding of one clause over all payers, and the lines on the page that carry it."""

    finding: str
    clause: str
    severity: str
    channel: str
    payers: tuple[str, ...]
    tally: Tally
    lines: tuple[LineRef, ...]
    unlinked: int

    @property
    def at_risk(self) -> bool:
        return Severity(self.severity).needs_work


@dataclass(frozen=True)
class Overview:
    """What a summary looks like: a band of shares, charts (title, what the lengths mean, drawing), and its findings."""

    band: Markup
    charts: tuple[tuple[str, str, Markup], ...]
    index: tuple[Entry, ...]


def overview(summary: Summary) -> Overview:
    """For a page that shows a run without its lines."""
    index = _index(summary, worklist(()))
    return Overview(_band(summary), tuple(_charts(summary, index)), index)


def page(
    identity: RunIdentity,
    summary: Summary,
    answers: Iterable[LineAnswer],
    *,
    limit: int | None = LIMIT,
    rest: str = "The JSON and CSV reports hold them all.",
) -> str:
    """The whole page. Answers may come from a stream; the first `limit` lines to fix are kept and shown."""
    todo = worklist(answers, limit)
    anchors = _anchors(todo)
    index = _index(summary, todo)
    template = environment().get_template("report.html.j2")
    return template.render(
        identity=identity,
        summary=summary,
        todo=todo,
        rest=rest,
        index=index,
        band=_band(summary),
        charts=_charts(summary, index),
        anchor=lambda line: anchors[id(line)],
    )


def line_page(identity: RunIdentity, answer: LineAnswer) -> str:
    """One line's answer as a page of its own, whatever it says."""
    return environment().get_template("line.html.j2").render(identity=identity, answer=answer)


def note_template() -> Template:
    """The page of one note."""
    return environment().get_template("note.html.j2")


@cache
def environment() -> Environment:
    """How the templates of reports are read, and what they know: escaped, and nothing undefined passes."""
    made = Environment(
        loader=PackageLoader("claimwright.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    made.globals |= {"w": wording, "in_order": in_order, "Outcome": Outcome}
    made.filters |= {"money": wording.dollars, "number": "{:,}".format, "severities": _severities}
    return made


def _finalized(value: Any) -> Any:
    """What no reader can see is written out; HTML forbids most of it anyway."""
    return wording.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _to_fix(todo: Worklist) -> Iterable[LineAnswer]:
    return (answer for claim in todo.claims for answer in claim.lines)


def _anchors(todo: Worklist) -> dict[int, str]:
    """Where each line stands on the page, by the identity of its reference."""
    to_fix = {id(answer.line): f"line-{number}" for number, answer in enumerate(_to_fix(todo), start=1)}
    return to_fix | {id(answer.line): f"risk-{number}" for number, answer in enumerate(todo.warned, start=1)}


def _severities(answer: LineAnswer) -> dict[str, list[Finding]]:
    """The findings to act on, and those that are only to be known."""
    ordered = in_order(answer.findings)
    return {
        "work": [one for one in ordered if one.severity.needs_work and not one.unknown_only],
        "other": [one for one in ordered if not one.severity.needs_work or one.unknown_only],
    }


def _index(summary: Summary, todo: Worklist) -> tuple[Entry, ...]:
    """The findings of the run, those of one clause added up over the payers, in the order of the summary."""
    rows: dict[tuple[str, str, str], list[FindingTally]] = {}
    for row in summary.findings:
        rows.setdefault((row.finding, row.clause, row.severity), []).append(row)
    carried: dict[tuple[str, str, str], list[LineRef]] = {}
    for answer in (*_to_fix(todo), *todo.warned):
        for key in dict.fromkeys((one.id, one.clause, one.severity.value) for one in answer.findings):
            carried.setdefault(key, []).append(answer.line)
    return tuple(_entry(key, found, carried.get(key, [])) for key, found in rows.items())


def _entry(key: tuple[str, str, str], rows: list[FindingTally], lines: list[LineRef]) -> Entry:
    tally = sum((row.tally for row in rows), Tally())
    payers = tuple(dict.fromkeys(row.payer for row in rows))
    finding, clause, severity = key
    linked = tuple(lines[:_LINKS])
    return Entry(finding, clause, severity, rows[0].channel, payers, tally, linked, len(lines) - len(linked))


def _band(summary: Summary) -> Markup:
    rows = [
        _share("to fix", summary.to_fix, "fix"),
        _share("clean as coded", summary.clean, "clean"),
        _share("nothing to fix, not fully checked", summary.unchecked, "unchecked"),
    ]
    return shares("Lines of this run", rows, 0)


def _share(label: str, tally: Tally, kind: str) -> Bar:
    return Bar(label, tally.lines, wording.count(tally.lines, "line"), kind)


def _charts(summary: Summary, index: tuple[Entry, ...]) -> list[tuple[str, str, Markup]]:
    """Title, what the lengths mean, and the drawing; a chart with nothing to show is left out."""
    outcomes = [
        Bar(Outcome(name).words, tally.lines, f"{tally.lines:,}", _kind(Outcome(name)))
        for name, tally in summary.coded
        if tally.lines
    ]
    risk: dict[str, Decimal] = {}
    for entry in index:
        if entry.at_risk:
            risk[entry.finding] = risk.get(entry.finding, Decimal(0)) + entry.tally.charge
    findings = [Bar(name, float(amount), wording.dollars(amount), "fix") for name, amount in _largest(risk) if amount]
    payers = [
        Bar(payer or "payer unknown", lines.lines, f"{to_fix.lines:,} of {lines.lines:,}", "fix", to_fix.lines)
        for payer, lines, to_fix in summary.by_payer
        if lines.lines
    ]
    told = (
        ("Outcome as coded", "lines", outcomes),
        ("Charges by finding to correct", "US dollars of the lines that carry it", findings),
        ("To fix by payer", "lines to fix, of all the payer’s lines", payers[:10]),
    )
    return [
        (title, unit, bars(title, rows, number)) for number, (title, unit, rows) in enumerate(told, start=1) if rows
    ]


def _largest(amounts: Mapping[str, Decimal], most: int = 8) -> list[tuple[str, Decimal]]:
    return sorted(amounts.items(), key=lambda pair: -pair[1])[:most]


def _kind(outcome: Outcome) -> str:
    if outcome is Outcome.NOTHING_MET:
        return "clean"
    return "unchecked" if outcome is Outcome.INDETERMINATE else "fix" if outcome.order <= 8 else "plain"

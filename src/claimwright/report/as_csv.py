"""A table for a spreadsheet: one row for each finding, in RFC 4180, with nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

from claimwright.lines.answers import Finding, LineAnswer
from claimwright.report import wording
from claimwright.report.worklist import in_order

BOM = "\ufeff"  # by which Excel knows UTF-8
COLUMNS = (
    "to fix",
    "severity",
    "finding",
    "claim",
    "line",
    "date of service",
    "payer",
    "procedure",
    "modifiers",
    "units",
    "charge",
    "points to",
    "because",
    "what to do",
    "as coded",
    "as documented",
    "expected codes",
    "likelihood",
    "seen in",
    "channel",
    "only for want of a fact",
    "difference",
    "policy",
    "policy title",
    "clause",
    "in force",
    "standing",
    "sentence",
    "read it",
    "checks that did not run",
    "program",
    "file",
    "segment",
    "expected allowed",
    "expected payment",
    "why no amount",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_rows(answers: Iterable[LineAnswer], *, all_lines: bool = False, bom: bool = False) -> Iterator[str]:
    """The table as text, header first, each row with its CRLF.

    With `all_lines` a line without findings has a row too, with its answer and no finding. Write it with
    `newline=""`, in UTF-8.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")

    def row(cells: Iterable[str]) -> str:
        writer.writerow([inert(cell) for cell in cells])
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text

    yield (BOM if bom else "") + row(COLUMNS)
    for answer in answers:
        for finding in in_order(answer.findings):
            yield row(_row(answer, finding))
        if all_lines and not answer.findings:
            yield row(_row(answer, None))


def inert(cell: str) -> str:
    """The cell, with a `'` before anything that a spreadsheet takes for a formula.

    >>> inert("=cmd|' /C calc'!A0")
    "'=cmd|' /C calc'!A0"
    """
    shown = wording.visible(cell)
    risky = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    return f"'{shown}" if risky else shown


def _row(answer: LineAnswer, finding: Finding | None) -> list[str]:
    line = answer.line
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {
        "to fix": "yes" if answer.to_fix else "no",
        "claim": line.claim,
        "line": _number(line.line),
        "date of service": line.service,
        "payer": line.payer,
        "procedure": line.procedure,
        "modifiers": " ".join(line.modifiers),
        "units": line.units,
        "charge": line.charge,
        "points to": " ".join(line.points_to),
        "as coded": wording.headline(answer.coded),
        "as documented": wording.headline(answer.documented),
        "difference": answer.difference or "",
        "checks that did not run": "; ".join(_why(check.name, check.why) for check in answer.checks if not check.ran),
        "program": line.program,
        "file": line.file,
        "segment": _number(line.segment),
    }
    if answer.money:
        cells |= {
            "expected allowed": _amount(answer.money.allowed),
            "expected payment": _amount(answer.money.payment),
            "why no amount": answer.money.unknown,
        }
    if finding:
        cells |= _finding(finding)
    return list(cells.values())


def _finding(finding: Finding) -> dict[str, str]:
    citation = finding.citation
    return {
        "to fix": "yes" if finding.severity.needs_work and not finding.unknown_only else "no",
        "severity": finding.severity.value,
        "finding": finding.id,
        "because": wording.sentence(finding.because),
        "what to do": wording.sentence(finding.would_change),
        "expected codes": wording.codes(finding.predicted),
        "likelihood": finding.likelihood.value,
        "seen in": wording.views(finding),
        "channel": finding.channel.value,
        "only for want of a fact": "yes" if finding.unknown_only else "no",
        "policy": citation.policy,
        "policy title": citation.title,
        "clause": wording.clause(citation),
        "in force": wording.in_force(citation).removeprefix("in force "),
        "standing": "; ".join(wording.marks(citation)),
        "sentence": wording.quoted(citation),
        "read it": citation.source or citation.where,
    }


def _why(name: str, why: str) -> str:
    return f"{name} ({why})" if why else name


def _amount(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)

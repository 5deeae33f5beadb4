"""A determined run as lines to work: one row each, with what lists sort and filter by, and the whole answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from claimwright.desk import kept
from claimwright.desk.tables import LineState, new_id
from claimwright.determine.explain import explain
from claimwright.determine.run import Determined
from claimwright.determine.summarise import Standing, standing
from claimwright.lines.answers import Finding, LineAnswer, Severity
from claimwright.lines.schema import modifier_columns
from claimwright.report.worklist import in_order

NOTHING = len(Severity)  # the place in `Severity` of a line on which nothing was found
LONGEST = 80  # characters of a text that lists sort and filter by; the answer has it whole
_READ = ("claim", "line", "patient_first", "patient_last", "service_from", "procedure", "rendering_npi", "billing_npi")


@dataclass(frozen=True)
class Filled:
    """A line to work and its marks, by column: ready to be inserted many at a time, or to renew what is there."""

    line: dict[str, Any]
    marks: tuple[dict[str, Any], ...]


def filled(determined: Determined, rows: Sequence[int] | None = None) -> Iterator[Filled]:
    """The lines of a run (some, by their row, or all), in order. `batch_id` is left for whoever keeps them."""
    stands = standing(determined)
    wanted = range(determined.lines.height) if rows is None else rows
    columns = determined.lines.select(*_READ, "charge", *modifier_columns)
    for row, answer in zip(wanted, explain(determined, list(wanted)), strict=True):
        yield _filled(row, columns.row(row, named=True), answer, _state(stands, row))


def _state(stands: Standing, row: int) -> LineState:
    if stands.withdrawn[row]:
        return LineState.WITHDRAWN
    if stands.to_fix[row]:
        return LineState.TO_FIX
    return LineState.UNCHECKED if stands.unchecked[row] else LineState.CLEAN


def _filled(row: int, told: dict[str, Any], answer: LineAnswer, state: LineState) -> Filled:
    first = _first(answer.findings)
    allowed = answer.money.allowed if answer.money else None
    identity = new_id()
    line = {
        "id": identity,
        "row": row,
        "claim": answer.line.claim[:LONGEST],
        "line": told["line"],
        "initials": initials(told["patient_first"], told["patient_last"]),
        "service": told["service_from"],
        "payer": answer.line.payer[:LONGEST],
        "program": answer.line.program,
        "procedure": (told["procedure"] or "")[:LONGEST],
        "modifiers": " ".join(said for column in modifier_columns if (said := told[column])),
        "provider": (told["rendering_npi"] or told["billing_npi"] or "")[:LONGEST],
        "charge": told["charge"],
        "at_risk": _at_risk(state, allowed),
        "state": state,
        "severity": first.severity.order if first else NOTHING,
        "finding": first.id if first else "",
        "clause": first.clause if first else "",
        "coded": answer.coded.outcome.value,
        "documented": answer.documented.outcome.value,
        "difference": answer.difference or "",
        "answer": kept.packed(answer),
    }
    seen = dict.fromkeys((one.id, one.clause, one.severity.order, one.unknown_only) for one in answer.findings)
    marks = tuple(
        {"line_id": identity, "finding": finding, "clause": clause, "severity": severity, "unknown_only": unknown}
        for finding, clause, severity, unknown in seen
    )
    return Filled(line, marks)


def _first(findings: Iterable[Finding]) -> Finding | None:
    """The finding to act on first; what exists only because a fact is unknown comes after all others."""
    ordered = in_order(findings)
    return next((one for one in ordered if not one.unknown_only), next(iter(ordered), None))


def _at_risk(state: LineState, allowed: Decimal | None) -> Decimal | None:
    """The expected allowed amount of a line to fix; nothing is at risk on others, and unknown is not nothing."""
    return allowed if state is LineState.TO_FIX else Decimal(0)


def initials(first: str | None, last: str | None) -> str:
    """A patient in a list: two letters, as worklists show them."""
    return "".join(name.strip()[0].upper() for name in (first, last) if name and name.strip())

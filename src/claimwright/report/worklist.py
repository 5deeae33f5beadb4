"""The lines to fix, grouped by claim in the order of the input, as many as a face can show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from claimwright.lines.answers import Finding, LineAnswer


@dataclass(frozen=True)
class ClaimToFix:
    file: str
    claim: str
    lines: tuple[LineAnswer, ...]

    @property
    def charge(self) -> Decimal:
        """US dollars of the lines to fix that state one."""
        return sum((_amount(answer.line.charge) for answer in self.lines), Decimal(0))


@dataclass(frozen=True)
class Worklist:
    """`total` counts every line to fix, `shown` those that stand in `claims`."""

    claims: tuple[ClaimToFix, ...]
    shown: int
    total: int


def worklist(answers: Iterable[LineAnswer], limit: int | None = None) -> Worklist:
    """The first `limit` lines to fix; claims that the limit cuts keep the lines before it.

    Answers may come from a stream: only the lines that are shown are kept.
    """
    claims: dict[tuple[str, str], list[LineAnswer]] = {}
    shown = total = 0
    for answer in answers:
        if not answer.to_fix:
            continue
        total += 1
        if limit is None or shown < limit:
            claims.setdefault((answer.line.file, answer.line.claim), []).append(answer)
            shown += 1
    groups = tuple(ClaimToFix(file, claim, tuple(lines)) for (file, claim), lines in claims.items())
    return Worklist(groups, shown, total)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """What has to be done first comes first; what exists only because a fact is unknown comes last of its kind."""
    return sorted(findings, key=lambda finding: (finding.severity.order, finding.unknown_only))


def _amount(charge: str) -> Decimal:
    try:
        amount = Decimal(charge)
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)

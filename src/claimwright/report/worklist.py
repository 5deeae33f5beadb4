"""The lines to fix, grouped by claim in the order of the input, as many as a face can show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from claimwright.lines.answers import Finding, LineAnswer, Severity


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
    """`total` counts every line to fix, `shown` those that stand in `claims`.

    `warned` are lines with a warning and nothing to fix, of which `warned_total` counts all.
    """

    claims: tuple[ClaimToFix, ...]
    shown: int
    total: int
    warned: tuple[LineAnswer, ...]
    warned_total: int


def worklist(answers: Iterable[LineAnswer], limit: int | None = None) -> Worklist:
    """The first `limit` lines to fix, and as many with warnings only; a claim that the limit cuts keeps what is before.

    Answers may come from a stream: only the lines that are shown are kept.
    """
    claims: dict[tuple[str, str], list[LineAnswer]] = {}
    warned: list[LineAnswer] = []
    shown = total = warned_total = 0
    for answer in answers:
        if answer.to_fix:
            total += 1
            if limit is None or shown < limit:
                claims.setdefault((answer.line.file, answer.line.claim), []).append(answer)
                shown += 1
        elif any(finding.severity is Severity.WARN for finding in answer.findings):
            warned_total += 1
            if limit is None or len(warned) < limit:
                warned.append(answer)
    groups = tuple(ClaimToFix(file, claim, tuple(lines)) for (file, claim), lines in claims.items())
    return Worklist(groups, shown, total, tuple(warned), warned_total)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """What has to be done first comes first; what exists only because a fact is unknown comes last of its kind."""
    return sorted(findings, key=lambda finding: (finding.severity.order, finding.unknown_only))


def _amount(charge: str) -> Decimal:
    try:
        amount = Decimal(charge)
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)

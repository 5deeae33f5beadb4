"""What a site found in documents of others and writes into its settings, dated: contractors' policies, unit rules."""

from __future__ import annotations

from dataclasses import dataclass

from claimwright.days import Span


@dataclass(frozen=True)
class ContractorPosition:
    """What a Medicare contractor's local policy says, as a site found it, for a span of days."""

    contractor: str
    position: str
    span: Span
    source: str


@dataclass(frozen=True)
class UnitRule:
    """How a payer counts the units of some codes by a document of its own, for a span of days.

    `payer` is a key of the payer table or the payer's name, `code` a code or a shared code set.
    """

    payer: str
    code: str
    rule: str
    span: Span
    source: str

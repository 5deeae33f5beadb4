"""What a finding of the findings frame is called, and how urgent it is.

A finding is what its clause says, unless it says that a fact the clause needs is missing, or that sources disagree
about a fact the clause reads: these have ids of their own, which the vocabulary gives.
"""

from __future__ import annotations

from typing import NamedTuple

from claimwright.determine.plan import Plan
from claimwright.lines.answers import Channel, Severity

MISSING, CONFLICT = "DOC-NOT-SEEN", "DOC-CONFLICT"


class Raised(NamedTuple):
    id: str
    severity: Severity
    channel: Channel


def raised(plan: Plan, clause: int, missing: str | None, conflict: str | None) -> Raised:
    """Id, severity and channel of one row of the findings frame."""
    if missing is not None:
        return Raised(plan.library.asked(missing).missing or MISSING, Severity.FIX, Channel.DOCUMENTATION)
    if conflict is not None:
        return Raised(plan.library.facts[conflict].conflict or CONFLICT, Severity.BLOCK, Channel.DOCUMENTATION)
    said = plan.clauses[clause].clause
    return Raised(said.finding, said.severity, said.channel)

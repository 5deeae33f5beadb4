"""How Medicare Part B gets from a fee to a payment: dated percentages, with their sources and how far they hold.

They stand apart from the numbers of policies, because none of them ever decides an outcome.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claimwright.days import Span
from claimwright.reference import shipped_rows

SHIPPED = Path(__file__).parent / "payment.csv"
NAME = "medicare-payment"  # under which the table stands in the basis of an answer

HALVED = "practice expense after the first"
LESSER = "lesser of charge and schedule"
SHARE = "patient share"
ASSISTANT = "assistant services"
SEQUESTRATION = "sequestration"


@dataclass(frozen=True)
class Percent:
    """One percentage, from when to when, who says so, and whether that was verified (yes, in part, no)."""

    name: str
    value: int
    span: Span
    verified: str
    source: str

    @property
    def cited(self) -> str:
        """The source as a report shows it."""
        mark = {"yes": "", "in part": "verified in part: "}.get(self.verified, "unverified: ")
        return f"{mark}{self.source}"


@functools.cache
def load() -> tuple[Percent, ...]:
    """The percentages that come with the package."""
    return tuple(
        Percent(row["name"], int(row["value"]), shipped_rows.span(row), row["verified"], row["source"])
        for row in shipped_rows.rows(SHIPPED)
    )


@functools.cache
def digest() -> str:
    """The hash of the table."""
    return shipped_rows.digest(SHIPPED)


def on(name: str, day: date) -> Percent | None:
    """The percentage of a day; None where there is none."""
    return next((one for one in load() if one.name == name and day in one.span), None)

"""The published shape of amounts: those of a line, and those of a run. Part of version 1, see `shape`."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class MoneyStepJson(TypedDict):
    """One step from the fee to the payment."""

    step: str
    of: Literal["allowed", "payment"]
    """Steps of `allowed` add up to the allowed amount; all steps together to the payment."""
    figure: str
    """The arithmetic."""
    amount: str
    """US dollars that are added, as a string; below zero for what is taken off."""
    source: str


class MoneyJson(TypedDict):
    """What the payer is expected to allow for the line if it pays it as billed. It never decides an outcome."""

    allowed: str | None
    """US dollars, as a string; null where it is not known."""
    payment: str | None
    """What Medicare itself pays, after the patient's share; null where that is not known."""
    steps: list[MoneyStepJson]
    basis: str
    """The tables, the place, and what was taken for granted."""
    unknown: str
    """Why the amount is not known; empty where it is."""
    help: NotRequired[str]


class StakeJson(TypedDict):
    """The dollars of a group of lines: what is expected where the fee is known, and what the other lines charge."""

    priced: int
    """Lines whose fee is known."""
    expected: str
    """What they are expected to be allowed, in US dollars, as a string."""
    unpriced: int
    """Lines whose fee is not known."""
    charge: str
    """What these charge, in US dollars, as a string."""


class UnpricedJson(TypedDict):
    """Why the fee of some lines is not known."""

    why: str
    lines: int
    help: NotRequired[str]


class NamedStakeJson(TypedDict):
    """The dollars of the lines to fix that one finding, payer or clause has; a line may stand under several."""

    name: str
    stake: StakeJson


class StakesJson(TypedDict):
    """The dollars of a run. `recoverable`, `lost` and `open` add up to `at_risk`."""

    all: StakeJson
    at_risk: StakeJson
    """Lines to fix."""
    recoverable: StakeJson
    """Everything to fix on the line is to be corrected (FIX): what corrections would recover."""
    lost: StakeJson
    """As documented, only a denial is left that no correction of the claim lifts."""
    open: StakeJson
    """The other lines to fix."""
    by_finding: list[NamedStakeJson]
    by_payer: list[NamedStakeJson]
    by_clause: list[NamedStakeJson]
    unpriced: list[UnpricedJson]

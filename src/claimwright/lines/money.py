"""What a line is expected to bring, step by step; and what that comes to over a run. It never decides an outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True)
class Step:
    """One step from the fee to the payment.

    `amount` is added, below zero for what is taken off: the steps that are `of` the allowed amount add up to it, and
    all steps together to the payment. `figure` shows the arithmetic; `source` says who says so.
    """

    name: str
    of: Literal["allowed", "payment"]
    figure: str
    amount: Decimal
    source: str


@dataclass(frozen=True)
class Money:
    """The amount a payer is expected to allow for a line that it pays as billed, or why that is not known.

    `payment` is what Medicare itself pays of it, after the patient's share; None where the member's share is not known.
    """

    allowed: Decimal | None = None
    payment: Decimal | None = None
    steps: tuple[Step, ...] = ()
    basis: str = ""
    unknown: str = ""
    help: str = ""


@dataclass(frozen=True)
class Stake:
    """A group of lines: those whose fee is known with what is expected for them, the others with what they charge."""

    priced: int = 0
    expected: Decimal = Decimal(0)
    unpriced: int = 0
    charge: Decimal = Decimal(0)

    def __add__(self, other: Stake) -> Stake:
        return Stake(
            self.priced + other.priced,
            self.expected + other.expected,
            self.unpriced + other.unpriced,
            self.charge + other.charge,
        )

    @property
    def lines(self) -> int:
        return self.priced + self.unpriced


@dataclass(frozen=True)
class Unpriced:
    """Why the fee of some lines is not known, and what would tell it ("" where nothing can)."""

    why: str
    lines: int
    help: str = ""


@dataclass(frozen=True)
class Stakes:
    """The dollars of a run. `recoverable`, `lost` and `open` make `at_risk`, which are the lines to fix.

    `recoverable`: every finding that makes work is one to correct (FIX). `lost`: as documented nothing but a denial is
    left that no correction lifts. `open`: the others.
    """

    all: Stake = field(default_factory=Stake)
    at_risk: Stake = field(default_factory=Stake)
    recoverable: Stake = field(default_factory=Stake)
    lost: Stake = field(default_factory=Stake)
    open: Stake = field(default_factory=Stake)
    by_finding: tuple[tuple[str, Stake], ...] = ()
    by_payer: tuple[tuple[str, Stake], ...] = ()
    by_clause: tuple[tuple[str, Stake], ...] = ()
    unpriced: tuple[Unpriced, ...] = ()

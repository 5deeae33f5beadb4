"""Amounts in the published JSON."""

from __future__ import annotations

from decimal import Decimal

from claimwright.lines.money import Money, Stake, Stakes, Unpriced
from claimwright.report import money_shape as shape


def money(amount: Decimal) -> str:
    """At least two decimals, and as many as the amount has: `48.00`."""
    decimals = amount.as_tuple().exponent
    return f"{amount:.2f}" if isinstance(decimals, int) and decimals >= -2 else f"{amount:f}"


def money_object(told: Money) -> shape.MoneyJson:
    found: shape.MoneyJson = {
        "allowed": None if told.allowed is None else money(told.allowed),
        "payment": None if told.payment is None else money(told.payment),
        "steps": [
            {
                "step": one.name,
                "of": one.of,
                "figure": one.figure,
                "amount": money(one.amount),
                "source": one.source,
            }
            for one in told.steps
        ],
        "basis": told.basis,
        "unknown": told.unknown,
    }
    return {**found, "help": told.help} if told.help else found


def stakes_object(told: Stakes) -> shape.StakesJson:
    return {
        "all": _stake(told.all),
        "at_risk": _stake(told.at_risk),
        "recoverable": _stake(told.recoverable),
        "lost": _stake(told.lost),
        "open": _stake(told.open),
        "by_finding": _named(told.by_finding),
        "by_payer": _named(told.by_payer),
        "by_clause": _named(told.by_clause),
        "unpriced": [_unpriced(one) for one in told.unpriced],
    }


def _named(stakes: tuple[tuple[str, Stake], ...]) -> list[shape.NamedStakeJson]:
    return [{"name": name, "stake": _stake(stake)} for name, stake in stakes]


def _stake(stake: Stake) -> shape.StakeJson:
    return {
        "priced": stake.priced,
        "expected": money(stake.expected),
        "unpriced": stake.unpriced,
        "charge": money(stake.charge),
    }


def _unpriced(one: Unpriced) -> shape.UnpricedJson:
    found: shape.UnpricedJson = {"why": one.why, "lines": one.lines}
    return {**found, "help": one.help} if one.help else found

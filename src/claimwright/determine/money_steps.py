"""The amount of one line that is shown, in steps that add up to it, each with its figure and its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from claimwright.determine.facts.visits import DIVIDED
from claimwright.determine.money import Priced
from claimwright.determine.schedule import ASSISTANTS, INSTITUTIONAL, NOT_LOADED
from claimwright.lines.money import Money, Step
from claimwright.lines.schema import modifier_columns
from claimwright.reference import fees, payment
from claimwright.reference.localities import Locality

CONTRACT = "contract fee"
FEE = "fee schedule"
MPPR = "therapy after the first unit of the day"
LESSER = "no more than the charge"
SHARE = "patient's share"
ASSISTANT = "assistant"
SEQUESTRATION = "sequestration"


def money_of(priced: Priced, part: Mapping[str, Any]) -> Money:
    """What is expected for a line, or why nothing is known; `part` is its row of the frame."""
    if part["why"] is not None:
        if part["why"] != NOT_LOADED:
            return Money(unknown=part["why"])
        day: date = part["service_from"]
        return Money(unknown=f"no relative values of {day.year} are loaded", help=fees.remedy(day))
    if part["contracted"]:
        figure = f"{_dollars(part['unit'])} a unit × {_plain(part['milli'], 1000)}"
        step = Step(
            CONTRACT, "allowed", figure, _cents(part["allowed"]), f"row {part['contract_fee_row']} of the fee file"
        )
        return Money(_cents(part["allowed"]), None, (step,), "contract fee schedule")
    place = priced.localities[part["locality"]]
    steps = tuple(_steps(part))
    return Money(_cents(part["allowed"]), _cents(part["payment"]), steps, _basis(part, place))


def _basis(part: Mapping[str, Any], place: Locality) -> str:
    """Which tables, for which place, and what had to be taken for granted."""
    table = part["release"] if part["exact"] else f"{part['release']}, of another quarter of the year"
    where = f"locality {place.name}" if place.release else f"national amount: {place.why}"
    where += f" ({place.note})" if place.note else ""
    rate = "facility" if part["facility"] else "non-facility"
    rate += ", as institutions are paid (42 USC 1395m(k), verified in part)" if part["form"] == INSTITUTIONAL else ""
    split = f"; units divided by days ({DIVIDED}; for amounts our reading)" if part["days"] > 1 else ""
    more = "; other therapy of the day is not known, and might lower it" if part["more"] else ""
    return f"Medicare physician fee schedule ({table}), {rate}, {where}; the deductible is taken as met{split}{more}"


def _steps(part: Mapping[str, Any]) -> Iterator[Step]:
    day: date = part["service_from"]
    yield Step(FEE, "allowed", _fee(part), _cents(part["gross"]), part["release"])
    cuts = (
        (MPPR, "allowed", "mppr", payment.HALVED, _halved),
        (LESSER, "allowed", "over_charge", payment.LESSER, _charged),
        (SHARE, "payment", "patient_share", payment.SHARE, _share),
        (ASSISTANT, "payment", "assistant", payment.ASSISTANT, _assistant),
        (SEQUESTRATION, "payment", "sequester", payment.SEQUESTRATION, _sequestration),
    )
    for name, of, column, rule, figure in cuts:
        percent = payment.on(rule, day)
        if part[column] and percent is not None:
            yield Step(name, of, figure(part), -_cents(part[column]), percent.cited)  # type: ignore[arg-type]


def _fee(part: Mapping[str, Any]) -> str:
    products = " + ".join(f"{_plain(part[name])} × {_plain(part[f'gpci_{name}'])}" for name in ("work", "pe", "mp"))
    units = _plain(part["milli"], 1000)
    days = f" over {part['days']} days" if part["days"] > 1 else ""
    return f"({products}) × {_plain(part['conversion_factor'])} = {_dollars(part['unit'])} a unit × {units}{days}"


def _halved(part: Mapping[str, Any]) -> str:
    rest = _plain(part["milli"] - part["full"], 1000)
    percent = part[payment.HALVED]
    return (
        f"practice expense at {percent} percent: {_dollars(part['less'])} a unit instead of {_dollars(part['unit'])} "
        f"× {rest}"
    )


def _charged(part: Mapping[str, Any]) -> str:
    return f"{_dollars(part['charged'])} is charged"


def _share(part: Mapping[str, Any]) -> str:
    return f"{part[payment.SHARE]} percent of {_dollars(part['allowed'])}"


def _assistant(part: Mapping[str, Any]) -> str:
    own = part["allowed"] - part["patient_share"]
    carried = next(part[name] for name in modifier_columns if part[name] in ASSISTANTS)
    return f"{carried}: {part[payment.ASSISTANT]} percent of {_dollars(own)}"


def _sequestration(part: Mapping[str, Any]) -> str:
    left = part["allowed"] - part["patient_share"] - part["assistant"]
    return f"{part[payment.SEQUESTRATION]} percent of {_dollars(left)}"


def _cents(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


def _dollars(amount: int) -> str:
    return f"${_cents(amount):,.2f}"


def _plain(number: int, scale: int = fees.SCALE) -> str:
    """A whole number of parts as people write it: `0.06`, `1`, `32.3465`."""
    text = f"{Decimal(number) / scale:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

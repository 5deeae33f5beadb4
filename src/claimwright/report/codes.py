"""Predicted codes as the segments a remittance (835) would carry them in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claimwright.lines.answers import Predicted

_CARC = re.compile(r"[A-Z0-9]{1,3}")
_RARC = re.compile(r"[A-Z]{1,2}\d{1,4}")
_GROUPS = frozenset({"CO", "PR", "OA", "PI", "CR"})


def segments(predicted: Predicted, amount: Decimal) -> tuple[str, ...]:
    """`CAS*CO*50*48~` with the amount at stake in US dollars, then one `LQ*HE*N386~` for each remark.

    Without a group code nothing says who bears it, so there is no CAS. Alternatives are not rendered. What is no code
    is left out, so that nothing can forge a segment.
    """
    found = []
    if predicted.group in _GROUPS and _CARC.fullmatch(predicted.carc):
        found.append(f"CAS*{predicted.group}*{predicted.carc}*{_plain(amount)}~")
    return (*found, *(f"LQ*HE*{remark}~" for remark in predicted.rarc if _RARC.fullmatch(remark)))


def remittance(predicted: Sequence[Predicted], amount: Decimal) -> str:
    """All segments of some predictions, one on each text line."""
    return "\n".join(segment for one in predicted for segment in segments(one, amount))


def _plain(amount: Decimal) -> str:
    """X12 decimals: no trailing zeros, no exponent."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

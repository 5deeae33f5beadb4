"""Where a segment stands among others of its loop, by the guides X222A1 (837P) and X223A2 (837I)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimwright.formats.x12.edits import INSTITUTIONAL, PROFESSIONAL

Order = Mapping[str, int]

# `REF*G1` is a segment by its qualifier; the bare name that follows is the same segment with any other one.
_2300_P = (
    "CLM DTP PWK CN1 AMT REF*4N REF*F5 REF*EW REF*9F REF*G1 REF*F8 REF*X4 REF*9A REF*9C REF*LX REF*D9 REF*EA REF*P4 "
    "REF*1J REF K3 NTE CR1 CR2 CRC HI*ABK HI*BK HI*ABF HI*BF HI*BP HI*BG HI HCP"
)
_2400_P = (
    "LX SV1 SV5 PWK CR1 CR3 CRC DTP*472 DTP QTY MEA CN1 REF*9B REF*9D REF*G1 REF*6R REF*EW REF*X4 REF*F4 REF*BT REF*9F "
    "REF AMT K3 NTE PS1 HCP"
)
_2300_I = (
    "CLM DTP CL1 PWK CN1 AMT REF*4N REF*9F REF*G1 REF*F8 REF*9A REF*9C REF*LX REF*D9 REF*LU REF*EA REF*P4 REF*G4 REF "
    "K3 NTE NTE*ADD CRC HI*ABK HI*BK HI*ABJ HI*BJ HI*APR HI*PR HI*ABN HI*BN HI*DR HI*ABF HI*BF HI*BBR HI*BR HI*BBQ "
    "HI*BQ HI*BI HI*BH HI*BE HI*BG HI*TC HI HCP"
)
_2400_I = "LX SV2 PWK DTP*472 DTP REF*6R REF*9B REF*9D REF AMT NTE HCP"

LOOPS = frozenset(("NM1", "SBR", "LX", "LIN", "SVD", "LQ"))  # segments that open another loop below 2300 or 2400


def _order(listed: str) -> Order:
    return {name: rank for rank, name in enumerate(listed.split())}


OF_CLAIM: Mapping[str, Order] = {PROFESSIONAL: _order(_2300_P), INSTITUTIONAL: _order(_2300_I)}
OF_LINE: Mapping[str, Order] = {PROFESSIONAL: _order(_2400_P), INSTITUTIONAL: _order(_2400_I)}


def rank(order: Order, elements: Sequence[str], component: str) -> int | None:
    """The place of a segment; None for one that the guide does not have in this loop."""
    qualifier = elements[1].split(component)[0].strip() if len(elements) > 1 else ""
    return order.get(f"{elements[0]}*{qualifier}", order.get(elements[0]))

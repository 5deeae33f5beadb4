"""Who pays first, second or third, and what the payers before this one decided, as people write it in a case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from claimwright.lines.case_values import Key, Money, upper

PLACES = {"primary": "P", "secondary": "S", "tertiary": "T", None: None}  # as SBR01 writes them
_REASON = re.compile(r"^(?:(CO|PR|OA|PI)-?)?([0-9A-Z]{1,3})$")


Responsibility = Literal["primary", "secondary", "tertiary"]
Reason = Annotated[str, BeforeValidator(upper), StringConstraints(pattern=_REASON.pattern)]


class EarlierPayer(BaseModel):
    """A payer that decided before this one: what it paid, and the reasons (CARC) with which it adjusted, `CO-50`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Key | None = None
    responsibility: Responsibility | None = None
    paid: Money | None = None
    reasons: Annotated[list[Reason], Field(max_length=30)] | None = None


def columns_of(earlier: Sequence[EarlierPayer]) -> dict[str, Any]:
    """The columns `other_payers` and `adjustments` of a claim's lines."""
    payers = [{"name": one.name, "responsibility": PLACES[one.responsibility], "paid": one.paid} for one in earlier]
    adjustments = [
        {"payer": one.name, "group": found[1], "reason": found[2]}
        for one in earlier
        for reason in one.reasons or ()
        if (found := _REASON.match(reason))
    ]
    return {"other_payers": payers or None, "adjustments": adjustments or None}

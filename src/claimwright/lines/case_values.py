"""The values a case is made of: codes, days, units and amounts as people type them, and what cannot be meant."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from claimwright.lines.lookalikes import LOOKALIKE, meant
from claimwright.lines.statements import read_facts

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000_000)]

EARLIEST, LATEST = date(1850, 1, 1), date(2199, 12, 31)


class MistakeError(ValueError):
    """A value that cannot be meant: what is wrong, what to do, and where when the field alone does not say it."""

    def __init__(self, message: str, help_: str, path: str = "") -> None:
        super().__init__(message)
        self.help, self.path = help_, path


def upper(value: Any) -> Any:
    """A text without blanks, in upper case; anything else as it is."""
    return "".join(value.split()).upper() if isinstance(value, str) else value


def undotted(value: Any) -> Any:
    """A text as `upper` gives it, without dots."""
    return upper(value).replace(".", "") if isinstance(value, str) else value


def _iso(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*", value):
        return value.strip()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("write a day like 2026-03-10")  # pydantic would read 20260310 as seconds since 1970


def _number_only(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("write a number")  # noqa: TRY004 # pydantic reports ValueErrors; true would count as 1
    return value


def _truth(value: Any) -> Any:
    """A truth, or the words in which YAML files write one; pydantic would read 0, "f" and "off" too."""
    if isinstance(value, str):
        value = {"yes": True, "true": True, "no": False, "false": False}.get(value.strip().lower())
    if not isinstance(value, bool):
        raise ValueError("write true or false")  # noqa: TRY004 # pydantic reports ValueErrors
    return value


def or_nothing(value: Any) -> Any:
    return {} if value is None else value


def _digits(code: str) -> str:
    if re.match(LOOKALIKE, code):
        raise MistakeError(
            f"{code} is no code: it has a letter where a digit belongs",
            f"if {meant(code)} was meant, correct the code; it is not changed for you",
        )
    return code


def _believable(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"a day between {EARLIEST} and {LATEST} is meant here")
    return day


Procedure = Annotated[str, BeforeValidator(upper), StringConstraints(pattern=r"^[0-9A-Z]{5}$"), AfterValidator(_digits)]
Modifier = Annotated[str, BeforeValidator(upper), StringConstraints(pattern=r"^[0-9A-Z]{2}$")]
Diagnosis = Annotated[str, BeforeValidator(undotted), StringConstraints(pattern=r"^[0-9A-Z]{3,7}$")]
Units = Annotated[  # SV104 of the 837 holds eight digits before the point
    Decimal, BeforeValidator(_number_only), Field(gt=0, lt=10**8, decimal_places=3, allow_inf_nan=False)
]
Zip = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{5}(-?[0-9]{4})?$")]
Money = Annotated[Decimal, BeforeValidator(_number_only), Field(max_digits=14, decimal_places=2, allow_inf_nan=False)]
Day = Annotated[date, BeforeValidator(_iso), AfterValidator(_believable)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Stated = Annotated[dict[Key, Any], BeforeValidator(or_nothing), AfterValidator(read_facts)]

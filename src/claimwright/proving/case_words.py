"""The words of expectations: lists that may be one text, records that may be one line, and advice on a wrong word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema

from claimwright.documents.complaints import nearest
from claimwright.lines.answers import Finality, Likelihood, Outcome, Predicted, Severity, Silence, View
from claimwright.lines.case_values import MistakeError
from claimwright.policies.model import plain

NONE = "none"
_TEXT = {"type": "string"}
_TEXT_OR_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_CODE = re.compile(
    r"^(?:(?P<group>CO|PR|OA|PI)-)?(?P<carc>[0-9]{1,3}|[ABDPWY][0-9]{1,2})(?P<rarc>(?: (?:MA|M|N)[0-9]{1,4})*)$"
)


class Short(BaseModel):
    """A record that may also be written as one text, or as the list that is its `rows`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @classmethod
    def short(cls, text: str) -> dict[str, Any]:
        """The record that a text stands for. Raises MistakeError."""
        raise MistakeError(f"{text!r} is one text", "write keys and values")

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, value: Any) -> Any:
        if isinstance(value, str):
            return cls.short(" ".join(value.split()))
        return {"rows": value} if isinstance(value, list) and "rows" in cls.model_fields else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler.resolve_ref_schema(handler(core_schema))
        forms: list[dict[str, Any]] = [_TEXT, {**schema}]
        if "rows" in cls.model_fields:
            forms.insert(1, schema["properties"]["rows"])
        return {"title": cls.__name__, "description": schema.get("description", ""), "anyOf": forms}


def listed(value: Any) -> Any:
    """One text as a list of one, `none` as an empty list."""
    if isinstance(value, str):
        return () if value.strip().lower() == NONE else (value.strip(),)
    return value


def _each(value: Any, read: Callable[[str], Any]) -> Any:
    items = listed(value)
    return tuple(read(item) if isinstance(item, str) else item for item in items) if items is not None else None


def word(kind: type[StrEnum], text: str, what: str) -> Any:
    """The member of a closed list of words that a text names, as CONSTANT or in words. Raises MistakeError."""
    said_ = plain(text)
    for member in kind:
        if plain(member.value) == said_:
            return member
    known = [plain(member.value) for member in kind]
    raise MistakeError(f"{text!r} is no {what}", nearest(said_, known, f"one of: {', '.join(known)}"))


@dataclass(frozen=True)
class Code:
    """A denial code as expectations write it: `CO-50 N386`, `50 N386` or `50`. What is left out is not compared."""

    group: str
    carc: str
    rarc: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join((f"{self.group}-{self.carc}" if self.group else self.carc, *self.rarc))

    def fits(self, other: Code) -> bool:
        return (
            self.carc == other.carc
            and self.group in {"", other.group}
            and (not self.rarc or set(self.rarc) == set(other.rarc))
        )

    def is_among(self, predicted: Iterable[Predicted]) -> bool:
        return any(self.fits(Code(one.group or "", one.carc, one.rarc)) for one in predicted)


def code(text: str) -> Code:
    """Read a denial code. Raises MistakeError."""
    found = _CODE.match(" ".join(text.upper().split()))
    if not found:
        raise MistakeError(f"{text!r} is no denial code", "write a CARC with its remarks, like 50 N386 or CO-50 N386")
    return Code(found["group"] or "", found["carc"], tuple(found["rarc"].split()))


def is_code(text: str) -> bool:
    return _CODE.match(" ".join(text.upper().split())) is not None


def outcome(text: str) -> Outcome:
    found: Outcome = word(Outcome, text, "outcome")
    return found


Texts = Annotated[tuple[str, ...], BeforeValidator(listed), WithJsonSchema(_TEXT_OR_TEXTS)]
Outcomes = Annotated[
    tuple[Outcome, ...], BeforeValidator(lambda value: _each(value, outcome)), WithJsonSchema(_TEXT_OR_TEXTS)
]
Silences = Annotated[
    tuple[Silence, ...],
    BeforeValidator(lambda value: _each(value, lambda text: word(Silence, text, "silence"))),
    WithJsonSchema(_TEXT_OR_TEXTS),
]
Codes = Annotated[tuple[Code, ...], BeforeValidator(lambda value: _each(value, code)), WithJsonSchema(_TEXT_OR_TEXTS)]


def _reads(kind: type[StrEnum], what: str) -> Any:
    def read(value: Any) -> Any:
        return word(kind, value, what) if isinstance(value, str) else value

    return BeforeValidator(read)


AFinality = Annotated[Finality, _reads(Finality, "finality")]
ALikelihood = Annotated[Likelihood, _reads(Likelihood, "likelihood")]
ASeverity = Annotated[Severity, _reads(Severity, "severity")]
AView = Annotated[View, _reads(View, "view")]


def said(items: Iterable[object]) -> str:
    """Things as a cell shows them; `none` when there are none."""
    return ", ".join(str(item) for item in items) or NONE

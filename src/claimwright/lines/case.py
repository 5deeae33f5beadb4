"""The case: one claim, and what is known beyond it, as people type it or programs send it.

A field that is missing or null is unknown; an empty list is known absent; an empty text is a mistake. `lines_of` turns
a case into rows of the one schema, so that a question goes the same way as a file of a million claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

import orjson
import polars as pl
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from claimwright.lines.case_earlier import PLACES, EarlierPayer, Responsibility, columns_of
from claimwright.lines.case_values import (
    Day,
    Diagnosis,
    Key,
    MistakeError,
    Modifier,
    Money,
    Note,
    Procedure,
    Stated,
    Text,
    Truth,
    Units,
    Zip,
    or_nothing,
    undotted,
    upper,
)
from claimwright.lines.code_set import told_by
from claimwright.lines.identities import in_numbers, known_by
from claimwright.lines.schema import (
    DIAGNOSES,
    LINE_SCHEMA,
    MODIFIERS,
    POINTERS,
    Unstated,
    dx_columns,
    modifier_columns,
    pointed_columns,
)
from claimwright.lines.statements import merged_facts


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(_Strict):
    """Days of service, both included; `to` missing means one day."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    first: Day = Field(alias="from")
    last: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise ValueError("the service ends before it begins")
        return self


def _day_or_period(value: Any) -> str:
    return "Period" if isinstance(value, (dict, Period)) else "day"


class Patient(_Strict):
    member_id: Key | None = None
    first: Key | None = None
    last: Key | None = None
    birth_date: Day | None = None
    sex: Literal["F", "M", "U"] | None = None
    relationship: Key | None = None


class Provider(_Strict):
    """Who bills, and who treats: `npi`, `tax_id` and `taxonomy` are the billing provider's."""

    npi: Key | None = None
    tax_id: Key | None = None
    taxonomy: Key | None = None
    state: Annotated[str, BeforeValidator(upper), StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    zip: Zip | None = None
    rendering_npi: Key | None = None
    rendering_taxonomy: Key | None = None
    referring_npi: Key | None = None
    supervising_npi: Key | None = None
    facility_npi: Key | None = None
    facility_state: Annotated[str, BeforeValidator(upper), StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    facility_zip: Zip | None = None


class Payer(_Strict):
    """`program` is a stated line of business, `key` a payer of the payer table, `contractor` a Medicare contractor."""

    id: Key | None = None
    name: Key | None = None
    filing: Annotated[str, BeforeValidator(upper), StringConstraints(pattern=r"^[0-9A-Z]{2}$")] | None = None
    program: Key | None = None
    key: Key | None = None
    contractor: Key | None = None
    responsibility: Responsibility | None = None
    group_number: Key | None = None
    plan_name: Key | None = None


class Line(_Strict):
    """One service. `pointers` name diagnoses of the claim by number from 1, by letter, or by their code.

    A modifier written with its code, `97026-59`, is read as a modifier.
    """

    procedure: Procedure
    service: (
        Annotated[Annotated[Day, Tag("day")] | Annotated[Period, Tag("Period")], Discriminator(_day_or_period)] | None
    ) = None
    modifiers: Annotated[list[Modifier], Field(max_length=MODIFIERS)] | None = None
    unit_basis: Literal["UN", "MJ", "DA"] | None = None
    units: Units | None = None
    pointers: Annotated[list[int | Key], Field(max_length=POINTERS)] | None = None
    charge: Money | None = None
    place: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")] | None = None
    revenue: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,4}$")] | None = None
    description: Text | None = None
    note: Note | None = None
    facts: Stated = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _apart(cls, value: Any) -> Any:
        glued = _GLUED.match(upper(value["procedure"])) if isinstance(value, dict) and _is_text(value) else None
        if glued is None:
            return value
        beside = value.get("modifiers") or []
        if isinstance(beside, list):
            there = {upper(modifier) for modifier in beside if isinstance(modifier, str)}
            own = [modifier for modifier in re.findall(r"[0-9A-Z]{2}", glued[2]) if modifier not in there]
            return {**value, "procedure": glued[1], "modifiers": [*own, *beside]}
        return value

    @field_validator("units")
    @classmethod
    def _whole(cls, units: Decimal | None, info: ValidationInfo) -> Decimal | None:
        counted = re.fullmatch(r"[0-9]{5}", info.data.get("procedure") or "") and info.data.get("unit_basis") != "MJ"
        if units is not None and counted and units != units.to_integral_value():
            raise MistakeError(
                "such procedures are counted in whole units",
                "write how often it was done, like 1; minutes and parts of a session are no units",
            )
        return units

    @field_validator("modifiers")
    @classmethod
    def _once(cls, modifiers: list[str] | None) -> list[str] | None:
        if modifiers is not None and len(set(modifiers)) < len(modifiers):
            raise ValueError("a modifier stands twice")
        return modifiers


_GLUED = re.compile(r"^([0-9A-Z]{5})((?:[-:][0-9A-Z]{2})+)$")


def _is_text(line: dict[str, Any]) -> bool:
    return isinstance(line.get("procedure"), str)


class Case(_Strict):
    """One claim. `whole_day` says that the lines are all that was done for the patient on their days.

    `received` is the day on which the payer receives it.
    """

    claim: Key | None = None
    form: Literal["professional", "institutional"] | None = None
    frequency: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]$")] | None = None
    bill_type: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}[0-9A-Z]?$")] | None = None
    original_claim: Key | None = None
    patient: Annotated[Patient, BeforeValidator(or_nothing)] = Field(default_factory=Patient)
    provider: Annotated[Provider, BeforeValidator(or_nothing)] = Field(default_factory=Provider)
    payer: Annotated[Payer, BeforeValidator(or_nothing)] = Field(default_factory=Payer)
    diagnoses: Annotated[list[Diagnosis], Field(max_length=DIAGNOSES)] | None = None
    dx_system: Literal["ICD-10-CM", "ICD-9-CM"] | None = None
    prior_auth: Key | None = None
    earlier_payers: list[EarlierPayer] | None = None
    referral: Key | None = None
    attachment: Key | None = None
    note: Note | None = None
    onset: Day | None = None
    initial_treatment: Day | None = None
    accident: Day | None = None
    last_seen: Day | None = None
    received: Day | None = None
    whole_day: Truth | None = None
    lines: Annotated[list[Line], Field(min_length=1, max_length=999)]
    facts: Stated = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        born = self.patient.birth_date
        for number, line in enumerate(self.lines):
            if self.diagnoses is not None:
                for place, pointer in enumerate(line.pointers or ()):
                    if pointed(pointer, self.diagnoses) is None:
                        raise MistakeError(
                            f"the pointer names none of the {len(self.diagnoses)} diagnoses",
                            "point to the claim's diagnoses by their number, the first one is 1",
                            f"lines[{number}].pointers[{place}]",
                        )
            first = line.service.first if isinstance(line.service, Period) else line.service
            if born is not None and first is not None and born > first:
                raise MistakeError(
                    "the birth date is after the date of service", "correct one of the two", "patient.birth_date"
                )
            if self.received is not None and first is not None and first > self.received:
                raise MistakeError(
                    f"the service, {first}, is after the day on which the payer receives the claim, {self.received}",
                    "correct one of the two; what was not yet done cannot be billed",
                    f"lines[{number}].service",
                )
        return self


def pointed(pointer: int | str, diagnoses: list[str] | None) -> str | None:
    """The diagnosis a pointer names: by number from 1, by letter from A, or by its code; None when it names none."""
    text = undotted(str(pointer))
    if text.isdecimal() and len(text) <= 2:
        place = int(text) - 1
    elif re.fullmatch(r"[A-L]", text):
        place = ord(text) - ord("A")
    elif diagnoses is None:
        return text if re.fullmatch(r"[0-9A-Z]{3,7}", text) else None
    else:
        return text if text in diagnoses else None
    return diagnoses[place] if diagnoses is not None and 0 <= place < len(diagnoses) else None


def lines_of(case: Case, *, file: str = "", claim_index: int = 1) -> pl.DataFrame:
    """The lines of a case as rows of `LINE_SCHEMA`, a line a row; what the case leaves open is in `unstated`."""
    return lines_of_all([(file, claim_index, case)])


def lines_of_all(cases: Iterable[tuple[str, int, Case]]) -> pl.DataFrame:
    """The lines of many cases, each with its file and its place there, in one frame: its cost is that of columns."""
    claims = [(case, _claim_values(case) | {"file": file, "claim_index": at}) for file, at, case in cases]
    in_numbers([values for _, values in claims])
    rows = []
    for case, values in claims:
        told = {name: value for name, value in values.items() if value is not None and value != ""}
        rows += [told | _line_values(case, line) | {"line": number} for number, line in enumerate(case.lines, 1)]
    filled = set().union(*rows)
    empty = _empty(len(rows))
    return pl.DataFrame(
        [
            pl.Series(name, [row.get(name) for row in rows], dtype=kind) if name in filled else empty[name]
            for name, kind in LINE_SCHEMA.items()
        ]
    )


def _claim_values(case: Case) -> dict[str, Any]:
    patient, provider, payer = case.patient, case.provider, case.payer
    born = patient.birth_date.isoformat() if patient.birth_date else None
    values = {
        "claim": case.claim,
        "form": case.form,
        "frequency": case.frequency,
        "bill_type": case.bill_type,
        "original_claim": case.original_claim,
        "prior_auth": case.prior_auth,
        "referral": case.referral,
        "attachment": case.attachment,
        "onset": case.onset,
        "initial_treatment": case.initial_treatment,
        "accident": case.accident,
        "last_seen": case.last_seen,
        "received": case.received,
        "patient": known_by(patient.member_id, born, patient.first),
        "member_id": patient.member_id,
        "patient_last": patient.last,
        "patient_first": patient.first,
        "birth_date": patient.birth_date,
        "sex": patient.sex,
        "relationship": patient.relationship,
        "provider": known_by(provider.npi) or known_by(provider.tax_id),
        "billing_npi": provider.npi,
        "billing_tax_id": provider.tax_id,
        "billing_taxonomy": provider.taxonomy,
        "billing_state": provider.state,
        "billing_zip": provider.zip,
        "rendering_npi": provider.rendering_npi,
        "rendering_taxonomy": provider.rendering_taxonomy,
        "referring_npi": provider.referring_npi,
        "supervising_npi": provider.supervising_npi,
        "facility_npi": provider.facility_npi,
        "facility_state": provider.facility_state,
        "facility_zip": provider.facility_zip,
        "payer_id": payer.id,
        "payer_name": payer.name,
        "filing": payer.filing,
        "group_number": payer.group_number,
        "plan_name": payer.plan_name,
        "program": payer.program,
        "payer": payer.key,
        "contractor": payer.contractor,
        "responsibility": PLACES[payer.responsibility],
        **columns_of(case.earlier_payers or ()),
    }
    if case.diagnoses:
        values["dx_system"] = case.dx_system or told_by(case.diagnoses, _first_day(case))
        values.update(zip(dx_columns, case.diagnoses, strict=False))
    return values


def _first_day(case: Case) -> date | None:
    days = [line.service.first if isinstance(line.service, Period) else line.service for line in case.lines]
    return min((day for day in days if day), default=None)


def _line_values(case: Case, line: Line) -> dict[str, Any]:
    first, last = (line.service.first, line.service.last) if isinstance(line.service, Period) else (line.service, None)
    pointers = line.pointers or []
    notes = [note for note in (case.note, line.note) if note]
    facts = merged_facts(case.facts, line.facts)
    values = {
        "service_from": first,
        "service_to": last or first,
        "procedure": line.procedure,
        "revenue": line.revenue,
        "description": line.description,
        "units": line.units,
        "unit_basis": line.unit_basis,
        "charge": line.charge,
        "place": line.place,
        "note": "\n".join(notes) or None,
        "pointers": ":".join(_number(pointer, case.diagnoses) for pointer in pointers) or None,
        "unstated": int(_unstated(case, line)),
        "stated": orjson.dumps(facts, option=orjson.OPT_SORT_KEYS).decode() if facts else None,
    }
    values.update(zip(modifier_columns, line.modifiers or (), strict=False))
    values.update(zip(pointed_columns, (pointed(pointer, case.diagnoses) for pointer in pointers), strict=False))
    return values


def _number(pointer: int | str, diagnoses: list[str] | None) -> str:
    """The pointer as a claim writes it, where it can be told."""
    code = pointed(pointer, diagnoses)
    return str(diagnoses.index(code) + 1) if diagnoses and code in diagnoses else str(pointer)


def _unstated(case: Case, line: Line) -> Unstated:
    left_open = Unstated.NOTHING
    for group, unknown in (
        (Unstated.DIAGNOSES, case.diagnoses is None),
        # institutional claims have no pointers to leave open
        (Unstated.POINTERS, line.pointers is None and case.diagnoses != [] and case.form != "institutional"),
        (Unstated.MODIFIERS, line.modifiers is None),
        (Unstated.UNITS, line.units is None),
        (Unstated.PLACE, line.place is None),
        (Unstated.SAME_DAY, not case.whole_day),
        (Unstated.FORM, case.form is None),
    ):
        if unknown:
            left_open |= group
    return left_open


@lru_cache(maxsize=64)
def _empty(count: int) -> dict[str, pl.Series]:
    """Columns of nothing, made once for each number of lines."""
    return {name: pl.Series(name, [None], dtype=kind).new_from_index(0, count) for name, kind in LINE_SCHEMA.items()}

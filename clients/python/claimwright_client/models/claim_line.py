from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.claim_line_unit_basis_type_0 import check_claim_line_unit_basis_type_0
from ..models.claim_line_unit_basis_type_0 import ClaimLineUnitBasisType0
from ..types import UNSET, Unset
from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.claim_line_facts_type_0 import ClaimLineFactsType0
  from ..models.claim_period import ClaimPeriod





T = TypeVar("T", bound="ClaimLine")



@_attrs_define
class ClaimLine:
    """ One service. `pointers` name diagnoses of the claim by number from 1, by letter, or by their code.

    A modifier written with its code, `97026-59`, is read as a modifier.

     """

    procedure: str
    service: ClaimPeriod | datetime.date | None | Unset = UNSET
    modifiers: list[str] | None | Unset = UNSET
    unit_basis: ClaimLineUnitBasisType0 | None | Unset = UNSET
    units: float | None | str | Unset = UNSET
    pointers: list[int | str] | None | Unset = UNSET
    charge: float | None | str | Unset = UNSET
    place: None | str | Unset = UNSET
    revenue: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    note: None | str | Unset = UNSET
    facts: ClaimLineFactsType0 | None | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.claim_line_facts_type_0 import ClaimLineFactsType0 # noqa: PLC0415
        from ..models.claim_period import ClaimPeriod # noqa: PLC0415
        procedure = self.procedure

        service: dict[str, Any] | None | str | Unset
        if isinstance(self.service, Unset):
            service = UNSET
        elif isinstance(self.service, datetime.date):
            service = self.service.isoformat()
        elif isinstance(self.service, ClaimPeriod):
            service = self.service.to_dict()
        else:
            service = self.service

        modifiers: list[str] | None | Unset
        if isinstance(self.modifiers, Unset):
            modifiers = UNSET
        elif isinstance(self.modifiers, list):
            modifiers = self.modifiers


        else:
            modifiers = self.modifiers

        unit_basis: None | str | Unset
        if isinstance(self.unit_basis, Unset):
            unit_basis = UNSET
        elif isinstance(self.unit_basis, str):
            unit_basis = self.unit_basis
        else:
            unit_basis = self.unit_basis

        units: float | None | str | Unset
        if isinstance(self.units, Unset):
            units = UNSET
        else:
            units = self.units

        pointers: list[int | str] | None | Unset
        if isinstance(self.pointers, Unset):
            pointers = UNSET
        elif isinstance(self.pointers, list):
            pointers = []
            for pointers_type_0_item_data in self.pointers:
                pointers_type_0_item: int | str
                pointers_type_0_item = pointers_type_0_item_data
                pointers.append(pointers_type_0_item)


        else:
            pointers = self.pointers

        charge: float | None | str | Unset
        if isinstance(self.charge, Unset):
            charge = UNSET
        else:
            charge = self.charge

        place: None | str | Unset
        if isinstance(self.place, Unset):
            place = UNSET
        else:
            place = self.place

        revenue: None | str | Unset
        if isinstance(self.revenue, Unset):
            revenue = UNSET
        else:
            revenue = self.revenue

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        facts: dict[str, Any] | None | Unset
        if isinstance(self.facts, Unset):
            facts = UNSET
        elif isinstance(self.facts, ClaimLineFactsType0):
            facts = self.facts.to_dict()
        else:
            facts = self.facts


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "procedure": procedure,
        })
        if service is not UNSET:
            field_dict["service"] = service
        if modifiers is not UNSET:
            field_dict["modifiers"] = modifiers
        if unit_basis is not UNSET:
            field_dict["unit_basis"] = unit_basis
        if units is not UNSET:
            field_dict["units"] = units
        if pointers is not UNSET:
            field_dict["pointers"] = pointers
        if charge is not UNSET:
            field_dict["charge"] = charge
        if place is not UNSET:
            field_dict["place"] = place
        if revenue is not UNSET:
            field_dict["revenue"] = revenue
        if description is not UNSET:
            field_dict["description"] = description
        if note is not UNSET:
            field_dict["note"] = note
        if facts is not UNSET:
            field_dict["facts"] = facts

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.claim_line_facts_type_0 import ClaimLineFactsType0 # noqa: PLC0415
        from ..models.claim_period import ClaimPeriod # noqa: PLC0415
        d = dict(src_dict)
        procedure = d.pop("procedure")

        def _parse_service(data: object) -> ClaimPeriod | datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                service_type_0_type_0 = datetime.date.fromisoformat(data)



                return service_type_0_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                service_type_0_type_1 = ClaimPeriod.from_dict(data)



                return service_type_0_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimPeriod | datetime.date | None | Unset, data)

        service = _parse_service(d.pop("service", UNSET))


        def _parse_modifiers(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                modifiers_type_0 = cast(list[str], data)

                return modifiers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        modifiers = _parse_modifiers(d.pop("modifiers", UNSET))


        def _parse_unit_basis(data: object) -> ClaimLineUnitBasisType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                unit_basis_type_0 = check_claim_line_unit_basis_type_0(data)



                return unit_basis_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimLineUnitBasisType0 | None | Unset, data)

        unit_basis = _parse_unit_basis(d.pop("unit_basis", UNSET))


        def _parse_units(data: object) -> float | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | str | Unset, data)

        units = _parse_units(d.pop("units", UNSET))


        def _parse_pointers(data: object) -> list[int | str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                pointers_type_0 = []
                _pointers_type_0 = data
                for pointers_type_0_item_data in (_pointers_type_0):
                    def _parse_pointers_type_0_item(data: object) -> int | str:
                        return cast(int | str, data)

                    pointers_type_0_item = _parse_pointers_type_0_item(pointers_type_0_item_data)

                    pointers_type_0.append(pointers_type_0_item)

                return pointers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int | str] | None | Unset, data)

        pointers = _parse_pointers(d.pop("pointers", UNSET))


        def _parse_charge(data: object) -> float | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | str | Unset, data)

        charge = _parse_charge(d.pop("charge", UNSET))


        def _parse_place(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        place = _parse_place(d.pop("place", UNSET))


        def _parse_revenue(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        revenue = _parse_revenue(d.pop("revenue", UNSET))


        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))


        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))


        def _parse_facts(data: object) -> ClaimLineFactsType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                facts_type_0 = ClaimLineFactsType0.from_dict(data)



                return facts_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimLineFactsType0 | None | Unset, data)

        facts = _parse_facts(d.pop("facts", UNSET))


        claim_line = cls(
            procedure=procedure,
            service=service,
            modifiers=modifiers,
            unit_basis=unit_basis,
            units=units,
            pointers=pointers,
            charge=charge,
            place=place,
            revenue=revenue,
            description=description,
            note=note,
            facts=facts,
        )

        return claim_line


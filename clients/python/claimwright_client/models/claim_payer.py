from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.claim_payer_responsibility_type_0 import check_claim_payer_responsibility_type_0
from ..models.claim_payer_responsibility_type_0 import ClaimPayerResponsibilityType0
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ClaimPayer")



@_attrs_define
class ClaimPayer:
    """ `program` is a stated line of business, `key` a payer of the payer table, `contractor` a Medicare contractor.

     """

    id: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    filing: None | str | Unset = UNSET
    program: None | str | Unset = UNSET
    key: None | str | Unset = UNSET
    contractor: None | str | Unset = UNSET
    responsibility: ClaimPayerResponsibilityType0 | None | Unset = UNSET
    group_number: None | str | Unset = UNSET
    plan_name: None | str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        filing: None | str | Unset
        if isinstance(self.filing, Unset):
            filing = UNSET
        else:
            filing = self.filing

        program: None | str | Unset
        if isinstance(self.program, Unset):
            program = UNSET
        else:
            program = self.program

        key: None | str | Unset
        if isinstance(self.key, Unset):
            key = UNSET
        else:
            key = self.key

        contractor: None | str | Unset
        if isinstance(self.contractor, Unset):
            contractor = UNSET
        else:
            contractor = self.contractor

        responsibility: None | str | Unset
        if isinstance(self.responsibility, Unset):
            responsibility = UNSET
        elif isinstance(self.responsibility, str):
            responsibility = self.responsibility
        else:
            responsibility = self.responsibility

        group_number: None | str | Unset
        if isinstance(self.group_number, Unset):
            group_number = UNSET
        else:
            group_number = self.group_number

        plan_name: None | str | Unset
        if isinstance(self.plan_name, Unset):
            plan_name = UNSET
        else:
            plan_name = self.plan_name


        field_dict: dict[str, Any] = {}

        field_dict.update({
        })
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if filing is not UNSET:
            field_dict["filing"] = filing
        if program is not UNSET:
            field_dict["program"] = program
        if key is not UNSET:
            field_dict["key"] = key
        if contractor is not UNSET:
            field_dict["contractor"] = contractor
        if responsibility is not UNSET:
            field_dict["responsibility"] = responsibility
        if group_number is not UNSET:
            field_dict["group_number"] = group_number
        if plan_name is not UNSET:
            field_dict["plan_name"] = plan_name

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        id = _parse_id(d.pop("id", UNSET))


        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))


        def _parse_filing(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        filing = _parse_filing(d.pop("filing", UNSET))


        def _parse_program(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        program = _parse_program(d.pop("program", UNSET))


        def _parse_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        key = _parse_key(d.pop("key", UNSET))


        def _parse_contractor(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        contractor = _parse_contractor(d.pop("contractor", UNSET))


        def _parse_responsibility(data: object) -> ClaimPayerResponsibilityType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                responsibility_type_0 = check_claim_payer_responsibility_type_0(data)



                return responsibility_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimPayerResponsibilityType0 | None | Unset, data)

        responsibility = _parse_responsibility(d.pop("responsibility", UNSET))


        def _parse_group_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        group_number = _parse_group_number(d.pop("group_number", UNSET))


        def _parse_plan_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        plan_name = _parse_plan_name(d.pop("plan_name", UNSET))


        claim_payer = cls(
            id=id,
            name=name,
            filing=filing,
            program=program,
            key=key,
            contractor=contractor,
            responsibility=responsibility,
            group_number=group_number,
            plan_name=plan_name,
        )

        return claim_payer


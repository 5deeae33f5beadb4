from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.claim_earlier_payer_responsibility_type_0 import check_claim_earlier_payer_responsibility_type_0
from ..models.claim_earlier_payer_responsibility_type_0 import ClaimEarlierPayerResponsibilityType0
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ClaimEarlierPayer")



@_attrs_define
class ClaimEarlierPayer:
    """ A payer that decided before this one: what it paid, and the reasons (CARC) with which it adjusted, `CO-50`.

     """

    name: None | str | Unset = UNSET
    responsibility: ClaimEarlierPayerResponsibilityType0 | None | Unset = UNSET
    paid: float | None | str | Unset = UNSET
    reasons: list[str] | None | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        responsibility: None | str | Unset
        if isinstance(self.responsibility, Unset):
            responsibility = UNSET
        elif isinstance(self.responsibility, str):
            responsibility = self.responsibility
        else:
            responsibility = self.responsibility

        paid: float | None | str | Unset
        if isinstance(self.paid, Unset):
            paid = UNSET
        else:
            paid = self.paid

        reasons: list[str] | None | Unset
        if isinstance(self.reasons, Unset):
            reasons = UNSET
        elif isinstance(self.reasons, list):
            reasons = self.reasons


        else:
            reasons = self.reasons


        field_dict: dict[str, Any] = {}

        field_dict.update({
        })
        if name is not UNSET:
            field_dict["name"] = name
        if responsibility is not UNSET:
            field_dict["responsibility"] = responsibility
        if paid is not UNSET:
            field_dict["paid"] = paid
        if reasons is not UNSET:
            field_dict["reasons"] = reasons

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))


        def _parse_responsibility(data: object) -> ClaimEarlierPayerResponsibilityType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                responsibility_type_0 = check_claim_earlier_payer_responsibility_type_0(data)



                return responsibility_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimEarlierPayerResponsibilityType0 | None | Unset, data)

        responsibility = _parse_responsibility(d.pop("responsibility", UNSET))


        def _parse_paid(data: object) -> float | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | str | Unset, data)

        paid = _parse_paid(d.pop("paid", UNSET))


        def _parse_reasons(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                reasons_type_0 = cast(list[str], data)

                return reasons_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        reasons = _parse_reasons(d.pop("reasons", UNSET))


        claim_earlier_payer = cls(
            name=name,
            responsibility=responsibility,
            paid=paid,
            reasons=reasons,
        )

        return claim_earlier_payer


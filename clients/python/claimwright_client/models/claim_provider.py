from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ClaimProvider")



@_attrs_define
class ClaimProvider:
    """ Who bills, and who treats: `npi`, `tax_id` and `taxonomy` are the billing provider's.

     """

    npi: None | str | Unset = UNSET
    tax_id: None | str | Unset = UNSET
    taxonomy: None | str | Unset = UNSET
    state: None | str | Unset = UNSET
    zip_: None | str | Unset = UNSET
    rendering_npi: None | str | Unset = UNSET
    rendering_taxonomy: None | str | Unset = UNSET
    referring_npi: None | str | Unset = UNSET
    supervising_npi: None | str | Unset = UNSET
    facility_npi: None | str | Unset = UNSET
    facility_state: None | str | Unset = UNSET
    facility_zip: None | str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        npi: None | str | Unset
        if isinstance(self.npi, Unset):
            npi = UNSET
        else:
            npi = self.npi

        tax_id: None | str | Unset
        if isinstance(self.tax_id, Unset):
            tax_id = UNSET
        else:
            tax_id = self.tax_id

        taxonomy: None | str | Unset
        if isinstance(self.taxonomy, Unset):
            taxonomy = UNSET
        else:
            taxonomy = self.taxonomy

        state: None | str | Unset
        if isinstance(self.state, Unset):
            state = UNSET
        else:
            state = self.state

        zip_: None | str | Unset
        if isinstance(self.zip_, Unset):
            zip_ = UNSET
        else:
            zip_ = self.zip_

        rendering_npi: None | str | Unset
        if isinstance(self.rendering_npi, Unset):
            rendering_npi = UNSET
        else:
            rendering_npi = self.rendering_npi

        rendering_taxonomy: None | str | Unset
        if isinstance(self.rendering_taxonomy, Unset):
            rendering_taxonomy = UNSET
        else:
            rendering_taxonomy = self.rendering_taxonomy

        referring_npi: None | str | Unset
        if isinstance(self.referring_npi, Unset):
            referring_npi = UNSET
        else:
            referring_npi = self.referring_npi

        supervising_npi: None | str | Unset
        if isinstance(self.supervising_npi, Unset):
            supervising_npi = UNSET
        else:
            supervising_npi = self.supervising_npi

        facility_npi: None | str | Unset
        if isinstance(self.facility_npi, Unset):
            facility_npi = UNSET
        else:
            facility_npi = self.facility_npi

        facility_state: None | str | Unset
        if isinstance(self.facility_state, Unset):
            facility_state = UNSET
        else:
            facility_state = self.facility_state

        facility_zip: None | str | Unset
        if isinstance(self.facility_zip, Unset):
            facility_zip = UNSET
        else:
            facility_zip = self.facility_zip


        field_dict: dict[str, Any] = {}

        field_dict.update({
        })
        if npi is not UNSET:
            field_dict["npi"] = npi
        if tax_id is not UNSET:
            field_dict["tax_id"] = tax_id
        if taxonomy is not UNSET:
            field_dict["taxonomy"] = taxonomy
        if state is not UNSET:
            field_dict["state"] = state
        if zip_ is not UNSET:
            field_dict["zip"] = zip_
        if rendering_npi is not UNSET:
            field_dict["rendering_npi"] = rendering_npi
        if rendering_taxonomy is not UNSET:
            field_dict["rendering_taxonomy"] = rendering_taxonomy
        if referring_npi is not UNSET:
            field_dict["referring_npi"] = referring_npi
        if supervising_npi is not UNSET:
            field_dict["supervising_npi"] = supervising_npi
        if facility_npi is not UNSET:
            field_dict["facility_npi"] = facility_npi
        if facility_state is not UNSET:
            field_dict["facility_state"] = facility_state
        if facility_zip is not UNSET:
            field_dict["facility_zip"] = facility_zip

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_npi(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        npi = _parse_npi(d.pop("npi", UNSET))


        def _parse_tax_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tax_id = _parse_tax_id(d.pop("tax_id", UNSET))


        def _parse_taxonomy(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        taxonomy = _parse_taxonomy(d.pop("taxonomy", UNSET))


        def _parse_state(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        state = _parse_state(d.pop("state", UNSET))


        def _parse_zip_(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        zip_ = _parse_zip_(d.pop("zip", UNSET))


        def _parse_rendering_npi(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rendering_npi = _parse_rendering_npi(d.pop("rendering_npi", UNSET))


        def _parse_rendering_taxonomy(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rendering_taxonomy = _parse_rendering_taxonomy(d.pop("rendering_taxonomy", UNSET))


        def _parse_referring_npi(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        referring_npi = _parse_referring_npi(d.pop("referring_npi", UNSET))


        def _parse_supervising_npi(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        supervising_npi = _parse_supervising_npi(d.pop("supervising_npi", UNSET))


        def _parse_facility_npi(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        facility_npi = _parse_facility_npi(d.pop("facility_npi", UNSET))


        def _parse_facility_state(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        facility_state = _parse_facility_state(d.pop("facility_state", UNSET))


        def _parse_facility_zip(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        facility_zip = _parse_facility_zip(d.pop("facility_zip", UNSET))


        claim_provider = cls(
            npi=npi,
            tax_id=tax_id,
            taxonomy=taxonomy,
            state=state,
            zip_=zip_,
            rendering_npi=rendering_npi,
            rendering_taxonomy=rendering_taxonomy,
            referring_npi=referring_npi,
            supervising_npi=supervising_npi,
            facility_npi=facility_npi,
            facility_state=facility_state,
            facility_zip=facility_zip,
        )

        return claim_provider


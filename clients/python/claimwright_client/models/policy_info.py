from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast






T = TypeVar("T", bound="PolicyInfo")



@_attrs_define
class PolicyInfo:
    """ A policy. `unverified`: nobody has read the authority's own text; `in_force` has open ends where it has none.

     """

    id: str
    title: str
    payer: str
    authority: str
    instrument: str
    programs: list[str]
    source: str
    """ Where to read it. """
    checked: str
    """ The day on which its text was last read, or `never`. """
    unverified: bool
    in_force: str
    hash_: str
    """ As answers name it in `basis`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        id = self.id

        title = self.title

        payer = self.payer

        authority = self.authority

        instrument = self.instrument

        programs = self.programs



        source = self.source

        checked = self.checked

        unverified = self.unverified

        in_force = self.in_force

        hash_ = self.hash_


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "id": id,
            "title": title,
            "payer": payer,
            "authority": authority,
            "instrument": instrument,
            "programs": programs,
            "source": source,
            "checked": checked,
            "unverified": unverified,
            "in_force": in_force,
            "hash": hash_,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        title = d.pop("title")

        payer = d.pop("payer")

        authority = d.pop("authority")

        instrument = d.pop("instrument")

        programs = cast(list[str], d.pop("programs"))


        source = d.pop("source")

        checked = d.pop("checked")

        unverified = d.pop("unverified")

        in_force = d.pop("in_force")

        hash_ = d.pop("hash")

        policy_info = cls(
            id=id,
            title=title,
            payer=payer,
            authority=authority,
            instrument=instrument,
            programs=programs,
            source=source,
            checked=checked,
            unverified=unverified,
            in_force=in_force,
            hash_=hash_,
        )


        policy_info.additional_properties = d
        return policy_info

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

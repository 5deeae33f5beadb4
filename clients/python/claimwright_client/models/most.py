from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast






T = TypeVar("T", bound="Most")



@_attrs_define
class Most:
    """ The most units of a code in a setting; null where it is not known, and `why` says why.

     """

    setting: str
    units: int | None
    counted: str
    release: str
    aged: bool
    """ The table ended before the day. """
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        setting = self.setting

        units: int | None
        units = self.units

        counted = self.counted

        release = self.release

        aged = self.aged

        why = self.why


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "setting": setting,
            "units": units,
            "counted": counted,
            "release": release,
            "aged": aged,
            "why": why,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        setting = d.pop("setting")

        def _parse_units(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        units = _parse_units(d.pop("units"))


        counted = d.pop("counted")

        release = d.pop("release")

        aged = d.pop("aged")

        why = d.pop("why")

        most = cls(
            setting=setting,
            units=units,
            counted=counted,
            release=release,
            aged=aged,
            why=why,
        )


        most.additional_properties = d
        return most

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

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.severity import check_severity
from ..models.severity import Severity
from typing import cast






T = TypeVar("T", bound="FindingInfo")



@_attrs_define
class FindingInfo:
    """ A finding. `severities` is empty where it names what is missing, disputed or not looked at.

     """

    id: str
    says: str
    """ … stands for what is filled in from the line. """
    severities: list[Severity]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        id = self.id

        says = self.says

        severities = []
        for severities_item_data in self.severities:
            severities_item: str = severities_item_data
            severities.append(severities_item)




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "id": id,
            "says": says,
            "severities": severities,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        says = d.pop("says")

        severities = []
        _severities = d.pop("severities")
        for severities_item_data in (_severities):
            severities_item = check_severity(severities_item_data)



            severities.append(severities_item)


        finding_info = cls(
            id=id,
            says=says,
            severities=severities,
        )


        finding_info.additional_properties = d
        return finding_info

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

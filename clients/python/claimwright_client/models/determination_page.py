from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.determination_info import DeterminationInfo





T = TypeVar("T", bound="DeterminationPage")



@_attrs_define
class DeterminationPage:
    """ Lines of a batch in their order. `next` leads to those after them, and is null at the end.

     """

    determinations: list[DeterminationInfo]
    next_: int | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.determination_info import DeterminationInfo # noqa: PLC0415
        determinations = []
        for determinations_item_data in self.determinations:
            determinations_item = determinations_item_data.to_dict()
            determinations.append(determinations_item)



        next_: int | None
        next_ = self.next_


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "determinations": determinations,
            "next": next_,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.determination_info import DeterminationInfo # noqa: PLC0415
        d = dict(src_dict)
        determinations = []
        _determinations = d.pop("determinations")
        for determinations_item_data in (_determinations):
            determinations_item = DeterminationInfo.from_dict(determinations_item_data)



            determinations.append(determinations_item)


        def _parse_next_(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        next_ = _parse_next_(d.pop("next"))


        determination_page = cls(
            determinations=determinations,
            next_=next_,
        )


        determination_page.additional_properties = d
        return determination_page

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

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.quoted import Quoted





T = TypeVar("T", bound="Evidence")



@_attrs_define
class Evidence:
    """ A fact that a note tells of the line, in the note's own words.

     """

    fact: str
    value: str
    note: str
    """ The note's id or file, without the member id that a file name may hold; or that it is an NTE of the claim.
    """
    quoted: list[Quoted]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.quoted import Quoted # noqa: PLC0415
        fact = self.fact

        value = self.value

        note = self.note

        quoted = []
        for quoted_item_data in self.quoted:
            quoted_item = quoted_item_data.to_dict()
            quoted.append(quoted_item)




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "fact": fact,
            "value": value,
            "note": note,
            "quoted": quoted,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.quoted import Quoted # noqa: PLC0415
        d = dict(src_dict)
        fact = d.pop("fact")

        value = d.pop("value")

        note = d.pop("note")

        quoted = []
        _quoted = d.pop("quoted")
        for quoted_item_data in (_quoted):
            quoted_item = Quoted.from_dict(quoted_item_data)



            quoted.append(quoted_item)


        evidence = cls(
            fact=fact,
            value=value,
            note=note,
            quoted=quoted,
        )


        evidence.additional_properties = d
        return evidence

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

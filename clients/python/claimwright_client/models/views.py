from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.view_answer import ViewAnswer





T = TypeVar("T", bound="Views")



@_attrs_define
class Views:
    """ The claim alone (`coded`), and everything that is known (`documented`).

     """

    coded: ViewAnswer
    """ What one view of the line says. """
    documented: ViewAnswer
    """ What one view of the line says. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.view_answer import ViewAnswer # noqa: PLC0415
        coded = self.coded.to_dict()

        documented = self.documented.to_dict()


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "coded": coded,
            "documented": documented,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.view_answer import ViewAnswer # noqa: PLC0415
        d = dict(src_dict)
        coded = ViewAnswer.from_dict(d.pop("coded"))




        documented = ViewAnswer.from_dict(d.pop("documented"))




        views = cls(
            coded=coded,
            documented=documented,
        )


        views.additional_properties = d
        return views

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

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.pair_edit import PairEdit





T = TypeVar("T", bound="EditPage")



@_attrs_define
class EditPage:
    """ Edits by partner. `release` is null where no table of the setting is loaded; then nothing is known of edits.

     """

    edits: list[PairEdit]
    release: None | str
    aged: bool
    """ The table ended before the day: it may accuse, and never acquits. """
    next_: None | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.pair_edit import PairEdit # noqa: PLC0415
        edits = []
        for edits_item_data in self.edits:
            edits_item = edits_item_data.to_dict()
            edits.append(edits_item)



        release: None | str
        release = self.release

        aged = self.aged

        next_: None | str
        next_ = self.next_


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "edits": edits,
            "release": release,
            "aged": aged,
            "next": next_,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.pair_edit import PairEdit # noqa: PLC0415
        d = dict(src_dict)
        edits = []
        _edits = d.pop("edits")
        for edits_item_data in (_edits):
            edits_item = PairEdit.from_dict(edits_item_data)



            edits.append(edits_item)


        def _parse_release(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        release = _parse_release(d.pop("release"))


        aged = d.pop("aged")

        def _parse_next_(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        next_ = _parse_next_(d.pop("next"))


        edit_page = cls(
            edits=edits,
            release=release,
            aged=aged,
            next_=next_,
        )


        edit_page.additional_properties = d
        return edit_page

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

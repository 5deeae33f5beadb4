from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.product_value import ProductValue





T = TypeVar("T", bound="AskedAnswer")



@_attrs_define
class AskedAnswer:
    """ `value` states the answer in `facts`; it is null where the answer only says on which side of a bound a number or
    a day lies, and then the number or the day itself is the value to state.

     """

    answer: str
    value: bool | None | ProductValue | str
    outcomes: list[str]
    """ What is still open after this answer. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.product_value import ProductValue # noqa: PLC0415
        answer = self.answer

        value: bool | dict[str, Any] | None | str
        if isinstance(self.value, ProductValue):
            value = self.value.to_dict()
        else:
            value = self.value

        outcomes = self.outcomes




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "answer": answer,
            "value": value,
            "outcomes": outcomes,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.product_value import ProductValue # noqa: PLC0415
        d = dict(src_dict)
        answer = d.pop("answer")

        def _parse_value(data: object) -> bool | None | ProductValue | str:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                value_type_2 = ProductValue.from_dict(data)



                return value_type_2
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(bool | None | ProductValue | str, data)

        value = _parse_value(d.pop("value"))


        outcomes = cast(list[str], d.pop("outcomes"))


        asked_answer = cls(
            answer=answer,
            value=value,
            outcomes=outcomes,
        )


        asked_answer.additional_properties = d
        return asked_answer

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

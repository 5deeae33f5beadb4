from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.fact_type import check_fact_type
from ..models.fact_type import FactType
from typing import cast

if TYPE_CHECKING:
  from ..models.value import Value





T = TypeVar("T", bound="Fact")



@_attrs_define
class Fact:
    """ A fact that policies ask about. `statable`: a note, a plan, a history or a person may say it.

     """

    name: str
    type_: FactType
    unit: str
    says: str
    ask: str
    who: str
    """ Who usually knows. """
    values: list[Value]
    also_called: list[str]
    sources: list[str]
    statable: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.value import Value # noqa: PLC0415
        name = self.name

        type_: str = self.type_

        unit = self.unit

        says = self.says

        ask = self.ask

        who = self.who

        values = []
        for values_item_data in self.values:
            values_item = values_item_data.to_dict()
            values.append(values_item)



        also_called = self.also_called



        sources = self.sources



        statable = self.statable


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "name": name,
            "type": type_,
            "unit": unit,
            "says": says,
            "ask": ask,
            "who": who,
            "values": values,
            "also_called": also_called,
            "sources": sources,
            "statable": statable,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.value import Value # noqa: PLC0415
        d = dict(src_dict)
        name = d.pop("name")

        type_ = check_fact_type(d.pop("type"))




        unit = d.pop("unit")

        says = d.pop("says")

        ask = d.pop("ask")

        who = d.pop("who")

        values = []
        _values = d.pop("values")
        for values_item_data in (_values):
            values_item = Value.from_dict(values_item_data)



            values.append(values_item)


        also_called = cast(list[str], d.pop("also_called"))


        sources = cast(list[str], d.pop("sources"))


        statable = d.pop("statable")

        fact = cls(
            name=name,
            type_=type_,
            unit=unit,
            says=says,
            ask=ask,
            who=who,
            values=values,
            also_called=also_called,
            sources=sources,
            statable=statable,
        )


        fact.additional_properties = d
        return fact

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

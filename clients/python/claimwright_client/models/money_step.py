from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.money_step_of import check_money_step_of
from ..models.money_step_of import MoneyStepOf
from typing import cast






T = TypeVar("T", bound="MoneyStep")



@_attrs_define
class MoneyStep:
    """ One step from the fee to the payment.

     """

    step: str
    of: MoneyStepOf
    """ Steps of `allowed` add up to the allowed amount; all steps together to the payment. """
    figure: str
    """ The arithmetic. """
    amount: str
    """ US dollars that are added, as a string; below zero for what is taken off. """
    source: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        step = self.step

        of: str = self.of

        figure = self.figure

        amount = self.amount

        source = self.source


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "step": step,
            "of": of,
            "figure": figure,
            "amount": amount,
            "source": source,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        step = d.pop("step")

        of = check_money_step_of(d.pop("of"))




        figure = d.pop("figure")

        amount = d.pop("amount")

        source = d.pop("source")

        money_step = cls(
            step=step,
            of=of,
            figure=figure,
            amount=amount,
            source=source,
        )


        money_step.additional_properties = d
        return money_step

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

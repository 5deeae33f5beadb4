from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.money_step import MoneyStep





T = TypeVar("T", bound="Money")



@_attrs_define
class Money:
    """ What the payer is expected to allow for the line if it pays it as billed. It never decides an outcome.

     """

    allowed: None | str
    """ US dollars, as a string; null where it is not known. """
    payment: None | str
    """ What Medicare itself pays, after the patient's share; null where that is not known. """
    steps: list[MoneyStep]
    basis: str
    """ The tables, the place, and what was taken for granted. """
    unknown: str
    """ Why the amount is not known; empty where it is. """
    help_: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.money_step import MoneyStep # noqa: PLC0415
        allowed: None | str
        allowed = self.allowed

        payment: None | str
        payment = self.payment

        steps = []
        for steps_item_data in self.steps:
            steps_item = steps_item_data.to_dict()
            steps.append(steps_item)



        basis = self.basis

        unknown = self.unknown

        help_ = self.help_


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "allowed": allowed,
            "payment": payment,
            "steps": steps,
            "basis": basis,
            "unknown": unknown,
        })
        if help_ is not UNSET:
            field_dict["help"] = help_

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.money_step import MoneyStep # noqa: PLC0415
        d = dict(src_dict)
        def _parse_allowed(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        allowed = _parse_allowed(d.pop("allowed"))


        def _parse_payment(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        payment = _parse_payment(d.pop("payment"))


        steps = []
        _steps = d.pop("steps")
        for steps_item_data in (_steps):
            steps_item = MoneyStep.from_dict(steps_item_data)



            steps.append(steps_item)


        basis = d.pop("basis")

        unknown = d.pop("unknown")

        help_ = d.pop("help", UNSET)

        money = cls(
            allowed=allowed,
            payment=payment,
            steps=steps,
            basis=basis,
            unknown=unknown,
            help_=help_,
        )


        money.additional_properties = d
        return money

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

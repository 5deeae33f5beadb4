from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.likelihood import check_likelihood
from ..models.likelihood import Likelihood
from typing import cast






T = TypeVar("T", bound="Predicted")



@_attrs_define
class Predicted:
    """ A code to expect on the remittance.

     """

    carc: str
    rarc: list[str]
    group: None | str
    likelihood: Likelihood
    finding: str
    alternatives: list[str]
    """ What may come instead. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        carc = self.carc

        rarc = self.rarc



        group: None | str
        group = self.group

        likelihood: str = self.likelihood

        finding = self.finding

        alternatives = self.alternatives




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "carc": carc,
            "rarc": rarc,
            "group": group,
            "likelihood": likelihood,
            "finding": finding,
            "alternatives": alternatives,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        carc = d.pop("carc")

        rarc = cast(list[str], d.pop("rarc"))


        def _parse_group(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        group = _parse_group(d.pop("group"))


        likelihood = check_likelihood(d.pop("likelihood"))




        finding = d.pop("finding")

        alternatives = cast(list[str], d.pop("alternatives"))


        predicted = cls(
            carc=carc,
            rarc=rarc,
            group=group,
            likelihood=likelihood,
            finding=finding,
            alternatives=alternatives,
        )


        predicted.additional_properties = d
        return predicted

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

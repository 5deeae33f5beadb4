from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast
import datetime






T = TypeVar("T", bound="PairEdit")



@_attrs_define
class PairEdit:
    """ An edit with a partner. The code in column 2 is not paid beside that in column 1, unless a modifier lifts it.

     """

    partner: str
    column: int
    """ In which the partner stands: 1 or 2. """
    lifted_by_modifier: bool
    first_day: datetime.date | None
    last_day: datetime.date | None
    rationale: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        partner = self.partner

        column = self.column

        lifted_by_modifier = self.lifted_by_modifier

        first_day: None | str
        if isinstance(self.first_day, datetime.date):
            first_day = self.first_day.isoformat()
        else:
            first_day = self.first_day

        last_day: None | str
        if isinstance(self.last_day, datetime.date):
            last_day = self.last_day.isoformat()
        else:
            last_day = self.last_day

        rationale = self.rationale


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "partner": partner,
            "column": column,
            "lifted_by_modifier": lifted_by_modifier,
            "first_day": first_day,
            "last_day": last_day,
            "rationale": rationale,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        partner = d.pop("partner")

        column = d.pop("column")

        lifted_by_modifier = d.pop("lifted_by_modifier")

        def _parse_first_day(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                first_day_type_0 = datetime.date.fromisoformat(data)



                return first_day_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        first_day = _parse_first_day(d.pop("first_day"))


        def _parse_last_day(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_day_type_0 = datetime.date.fromisoformat(data)



                return last_day_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        last_day = _parse_last_day(d.pop("last_day"))


        rationale = d.pop("rationale")

        pair_edit = cls(
            partner=partner,
            column=column,
            lifted_by_modifier=lifted_by_modifier,
            first_day=first_day,
            last_day=last_day,
            rationale=rationale,
        )


        pair_edit.additional_properties = d
        return pair_edit

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

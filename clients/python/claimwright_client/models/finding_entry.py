from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.severity import check_severity
from ..models.severity import Severity
from typing import cast






T = TypeVar("T", bound="FindingEntry")



@_attrs_define
class FindingEntry:
    """ A finding, with the clauses that raise it, and the facts for want of which, or about which, it speaks.

     """

    id: str
    says: str
    """ … stands for what is filled in from the line. """
    severities: list[Severity]
    raised_by: list[str]
    missing: list[str]
    disputed: list[str]
    silences: list[str]
    would_change: list[str]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        id = self.id

        says = self.says

        severities = []
        for severities_item_data in self.severities:
            severities_item: str = severities_item_data
            severities.append(severities_item)



        raised_by = self.raised_by



        missing = self.missing



        disputed = self.disputed



        silences = self.silences



        would_change = self.would_change




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "id": id,
            "says": says,
            "severities": severities,
            "raised_by": raised_by,
            "missing": missing,
            "disputed": disputed,
            "silences": silences,
            "would_change": would_change,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        says = d.pop("says")

        severities = []
        _severities = d.pop("severities")
        for severities_item_data in (_severities):
            severities_item = check_severity(severities_item_data)



            severities.append(severities_item)


        raised_by = cast(list[str], d.pop("raised_by"))


        missing = cast(list[str], d.pop("missing"))


        disputed = cast(list[str], d.pop("disputed"))


        silences = cast(list[str], d.pop("silences"))


        would_change = cast(list[str], d.pop("would_change"))


        finding_entry = cls(
            id=id,
            says=says,
            severities=severities,
            raised_by=raised_by,
            missing=missing,
            disputed=disputed,
            silences=silences,
            would_change=would_change,
        )


        finding_entry.additional_properties = d
        return finding_entry

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

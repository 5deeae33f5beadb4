from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.gravity import check_gravity
from ..models.gravity import Gravity
from typing import cast






T = TypeVar("T", bound="Problem")



@_attrs_define
class Problem:
    """ One thing wrong with an input.

     """

    id: str
    message: str
    help_: str
    gravity: Gravity
    file: str
    segment: int | None
    offset: int | None
    """ Bytes from the beginning of the file, from 0. """
    row: int | None
    field: str
    claim: str
    line: int | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        id = self.id

        message = self.message

        help_ = self.help_

        gravity: str = self.gravity

        file = self.file

        segment: int | None
        segment = self.segment

        offset: int | None
        offset = self.offset

        row: int | None
        row = self.row

        field = self.field

        claim = self.claim

        line: int | None
        line = self.line


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "id": id,
            "message": message,
            "help": help_,
            "gravity": gravity,
            "file": file,
            "segment": segment,
            "offset": offset,
            "row": row,
            "field": field,
            "claim": claim,
            "line": line,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        message = d.pop("message")

        help_ = d.pop("help")

        gravity = check_gravity(d.pop("gravity"))




        file = d.pop("file")

        def _parse_segment(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        segment = _parse_segment(d.pop("segment"))


        def _parse_offset(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        offset = _parse_offset(d.pop("offset"))


        def _parse_row(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        row = _parse_row(d.pop("row"))


        field = d.pop("field")

        claim = d.pop("claim")

        def _parse_line(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        line = _parse_line(d.pop("line"))


        problem = cls(
            id=id,
            message=message,
            help_=help_,
            gravity=gravity,
            file=file,
            segment=segment,
            offset=offset,
            row=row,
            field=field,
            claim=claim,
            line=line,
        )


        problem.additional_properties = d
        return problem

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

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast






T = TypeVar("T", bound="Line")



@_attrs_define
class Line:
    """ Which line of which input this is. It holds no name and no member id.

     """

    file: str
    claim: str
    line: int | None
    segment: int | None
    """ Counts segments of the file from 1; the ISA is 1. """
    procedure: str
    modifiers: list[str]
    units: str
    service: str
    """ The first day of service, YYYY-MM-DD; empty where the claim gives none. """
    points_to: list[str]
    """ Diagnosis codes the line points to, in the order of its pointers. """
    payer: str
    program: str
    charge: str
    """ US dollars, as a string. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        file = self.file

        claim = self.claim

        line: int | None
        line = self.line

        segment: int | None
        segment = self.segment

        procedure = self.procedure

        modifiers = self.modifiers



        units = self.units

        service = self.service

        points_to = self.points_to



        payer = self.payer

        program = self.program

        charge = self.charge


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "file": file,
            "claim": claim,
            "line": line,
            "segment": segment,
            "procedure": procedure,
            "modifiers": modifiers,
            "units": units,
            "service": service,
            "points_to": points_to,
            "payer": payer,
            "program": program,
            "charge": charge,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        file = d.pop("file")

        claim = d.pop("claim")

        def _parse_line(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        line = _parse_line(d.pop("line"))


        def _parse_segment(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        segment = _parse_segment(d.pop("segment"))


        procedure = d.pop("procedure")

        modifiers = cast(list[str], d.pop("modifiers"))


        units = d.pop("units")

        service = d.pop("service")

        points_to = cast(list[str], d.pop("points_to"))


        payer = d.pop("payer")

        program = d.pop("program")

        charge = d.pop("charge")

        line = cls(
            file=file,
            claim=claim,
            line=line,
            segment=segment,
            procedure=procedure,
            modifiers=modifiers,
            units=units,
            service=service,
            points_to=points_to,
            payer=payer,
            program=program,
            charge=charge,
        )


        line.additional_properties = d
        return line

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

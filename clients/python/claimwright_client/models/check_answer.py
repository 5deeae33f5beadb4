from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.line_answer import LineAnswer
  from ..models.problem import Problem





T = TypeVar("T", bound="CheckAnswer")



@_attrs_define
class CheckAnswer:
    """ `problems` names what was read otherwise than it was written, and what could not be read or be answered.

     """

    claimwright: str
    """ The version that answered. """
    as_of: datetime.date
    lines: list[LineAnswer]
    problems: list[Problem]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.line_answer import LineAnswer # noqa: PLC0415
        from ..models.problem import Problem # noqa: PLC0415
        claimwright = self.claimwright

        as_of = self.as_of.isoformat()

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)



        problems = []
        for problems_item_data in self.problems:
            problems_item = problems_item_data.to_dict()
            problems.append(problems_item)




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "claimwright": claimwright,
            "as_of": as_of,
            "lines": lines,
            "problems": problems,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.line_answer import LineAnswer # noqa: PLC0415
        from ..models.problem import Problem # noqa: PLC0415
        d = dict(src_dict)
        claimwright = d.pop("claimwright")

        as_of = datetime.date.fromisoformat(d.pop("as_of"))




        lines = []
        _lines = d.pop("lines")
        for lines_item_data in (_lines):
            lines_item = LineAnswer.from_dict(lines_item_data)



            lines.append(lines_item)


        problems = []
        _problems = d.pop("problems")
        for problems_item_data in (_problems):
            problems_item = Problem.from_dict(problems_item_data)



            problems.append(problems_item)


        check_answer = cls(
            claimwright=claimwright,
            as_of=as_of,
            lines=lines,
            problems=problems,
        )


        check_answer.additional_properties = d
        return check_answer

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

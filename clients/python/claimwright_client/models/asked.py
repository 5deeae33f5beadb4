from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.asked_question import AskedQuestion
  from ..models.checklist import Checklist
  from ..models.line_answer import LineAnswer





T = TypeVar("T", bound="Asked")



@_attrs_define
class Asked:
    """ Where the line stands with what is known, and what to ask next.

     """

    question: AskedQuestion | None
    answer: LineAnswer
    """ The answer to one claim line. """
    checklists: list[Checklist]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.asked_question import AskedQuestion # noqa: PLC0415
        from ..models.checklist import Checklist # noqa: PLC0415
        from ..models.line_answer import LineAnswer # noqa: PLC0415
        question: dict[str, Any] | None
        if isinstance(self.question, AskedQuestion):
            question = self.question.to_dict()
        else:
            question = self.question

        answer = self.answer.to_dict()

        checklists = []
        for checklists_item_data in self.checklists:
            checklists_item = checklists_item_data.to_dict()
            checklists.append(checklists_item)




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "question": question,
            "answer": answer,
            "checklists": checklists,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.asked_question import AskedQuestion # noqa: PLC0415
        from ..models.checklist import Checklist # noqa: PLC0415
        from ..models.line_answer import LineAnswer # noqa: PLC0415
        d = dict(src_dict)
        def _parse_question(data: object) -> AskedQuestion | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                question_type_0 = AskedQuestion.from_dict(data)



                return question_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AskedQuestion | None, data)

        question = _parse_question(d.pop("question"))


        answer = LineAnswer.from_dict(d.pop("answer"))




        checklists = []
        _checklists = d.pop("checklists")
        for checklists_item_data in (_checklists):
            checklists_item = Checklist.from_dict(checklists_item_data)



            checklists.append(checklists_item)


        asked = cls(
            question=question,
            answer=answer,
            checklists=checklists,
        )


        asked.additional_properties = d
        return asked

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

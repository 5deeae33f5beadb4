from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.asked_question_type import AskedQuestionType
from ..models.asked_question_type import check_asked_question_type
from typing import cast

if TYPE_CHECKING:
  from ..models.asked_answer import AskedAnswer





T = TypeVar("T", bound="AskedQuestion")



@_attrs_define
class AskedQuestion:
    """ The one question to ask next; state its answer under `facts`, or its fact in `not_known`.

     """

    fact: str
    type_: AskedQuestionType
    unit: str
    text: str
    who: str
    """ Who usually knows. """
    why: str
    answers: list[AskedAnswer]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.asked_answer import AskedAnswer # noqa: PLC0415
        fact = self.fact

        type_: str = self.type_

        unit = self.unit

        text = self.text

        who = self.who

        why = self.why

        answers = []
        for answers_item_data in self.answers:
            answers_item = answers_item_data.to_dict()
            answers.append(answers_item)




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "fact": fact,
            "type": type_,
            "unit": unit,
            "text": text,
            "who": who,
            "why": why,
            "answers": answers,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.asked_answer import AskedAnswer # noqa: PLC0415
        d = dict(src_dict)
        fact = d.pop("fact")

        type_ = check_asked_question_type(d.pop("type"))




        unit = d.pop("unit")

        text = d.pop("text")

        who = d.pop("who")

        why = d.pop("why")

        answers = []
        _answers = d.pop("answers")
        for answers_item_data in (_answers):
            answers_item = AskedAnswer.from_dict(answers_item_data)



            answers.append(answers_item)


        asked_question = cls(
            fact=fact,
            type_=type_,
            unit=unit,
            text=text,
            who=who,
            why=why,
            answers=answers,
        )


        asked_question.additional_properties = d
        return asked_question

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

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.finality import check_finality
from ..models.finality import Finality
from ..models.likelihood import check_likelihood
from ..models.likelihood import Likelihood
from ..models.outcome import check_outcome
from ..models.outcome import Outcome
from ..models.view_answer_reachable_is import check_view_answer_reachable_is
from ..models.view_answer_reachable_is import ViewAnswerReachableIs
from typing import cast

if TYPE_CHECKING:
  from ..models.named_silence import NamedSilence
  from ..models.predicted import Predicted
  from ..models.question import Question





T = TypeVar("T", bound="ViewAnswer")



@_attrs_define
class ViewAnswer:
    """ What one view of the line says.

     """

    outcome: Outcome
    finality: Finality
    likelihood: Likelihood | None
    liability: None | str
    """ The group code: who bears a denial (CO the provider, PR the patient). """
    predicted: list[Predicted]
    reachable: list[Outcome]
    """ Every outcome that is still possible; one member is final. """
    reachable_is: ViewAnswerReachableIs
    leaning: None | str
    silences: list[NamedSilence]
    clause: list[str]
    """ The clauses that decided. """
    next_question: None | Question
    conditions: list[str]
    """ What a covering outcome stands on: what the record has to show, and what has to be billed. """
    depends_on: list[str]
    """ Unknown facts the outcome stands or falls with. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.named_silence import NamedSilence # noqa: PLC0415
        from ..models.predicted import Predicted # noqa: PLC0415
        from ..models.question import Question # noqa: PLC0415
        outcome: str = self.outcome

        finality: str = self.finality

        likelihood: None | str
        if isinstance(self.likelihood, str):
            likelihood = self.likelihood
        else:
            likelihood = self.likelihood

        liability: None | str
        liability = self.liability

        predicted = []
        for predicted_item_data in self.predicted:
            predicted_item = predicted_item_data.to_dict()
            predicted.append(predicted_item)



        reachable = []
        for reachable_item_data in self.reachable:
            reachable_item: str = reachable_item_data
            reachable.append(reachable_item)



        reachable_is: str = self.reachable_is

        leaning: None | str
        leaning = self.leaning

        silences = []
        for silences_item_data in self.silences:
            silences_item = silences_item_data.to_dict()
            silences.append(silences_item)



        clause = self.clause



        next_question: dict[str, Any] | None
        if isinstance(self.next_question, Question):
            next_question = self.next_question.to_dict()
        else:
            next_question = self.next_question

        conditions = self.conditions



        depends_on = self.depends_on




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "outcome": outcome,
            "finality": finality,
            "likelihood": likelihood,
            "liability": liability,
            "predicted": predicted,
            "reachable": reachable,
            "reachable_is": reachable_is,
            "leaning": leaning,
            "silences": silences,
            "clause": clause,
            "next_question": next_question,
            "conditions": conditions,
            "depends_on": depends_on,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.named_silence import NamedSilence # noqa: PLC0415
        from ..models.predicted import Predicted # noqa: PLC0415
        from ..models.question import Question # noqa: PLC0415
        d = dict(src_dict)
        outcome = check_outcome(d.pop("outcome"))




        finality = check_finality(d.pop("finality"))




        def _parse_likelihood(data: object) -> Likelihood | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                likelihood_type_0 = check_likelihood(data)



                return likelihood_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Likelihood | None, data)

        likelihood = _parse_likelihood(d.pop("likelihood"))


        def _parse_liability(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        liability = _parse_liability(d.pop("liability"))


        predicted = []
        _predicted = d.pop("predicted")
        for predicted_item_data in (_predicted):
            predicted_item = Predicted.from_dict(predicted_item_data)



            predicted.append(predicted_item)


        reachable = []
        _reachable = d.pop("reachable")
        for reachable_item_data in (_reachable):
            reachable_item = check_outcome(reachable_item_data)



            reachable.append(reachable_item)


        reachable_is = check_view_answer_reachable_is(d.pop("reachable_is"))




        def _parse_leaning(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        leaning = _parse_leaning(d.pop("leaning"))


        silences = []
        _silences = d.pop("silences")
        for silences_item_data in (_silences):
            silences_item = NamedSilence.from_dict(silences_item_data)



            silences.append(silences_item)


        clause = cast(list[str], d.pop("clause"))


        def _parse_next_question(data: object) -> None | Question:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                next_question_type_0 = Question.from_dict(data)



                return next_question_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Question, data)

        next_question = _parse_next_question(d.pop("next_question"))


        conditions = cast(list[str], d.pop("conditions"))


        depends_on = cast(list[str], d.pop("depends_on"))


        view_answer = cls(
            outcome=outcome,
            finality=finality,
            likelihood=likelihood,
            liability=liability,
            predicted=predicted,
            reachable=reachable,
            reachable_is=reachable_is,
            leaning=leaning,
            silences=silences,
            clause=clause,
            next_question=next_question,
            conditions=conditions,
            depends_on=depends_on,
        )


        view_answer.additional_properties = d
        return view_answer

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

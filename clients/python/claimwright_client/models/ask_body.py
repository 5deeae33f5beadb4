from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.ask_body_facts import AskBodyFacts
  from ..models.claim import Claim





T = TypeVar("T", bound="AskBody")



@_attrs_define
class AskBody:
    """ A claim, whose first line is asked about, and what is known beyond it.

    `facts` are answers to earlier questions: for each fact the `value` of the answer that was chosen, or for a number
    or a day the value itself. `not_known` are facts that were asked and that nobody there knows.

     """

    claim: Claim
    """ One claim. `whole_day` says that the lines are all that was done for the patient on their days.

    `received` is the day on which the payer receives it. """
    facts: AskBodyFacts | Unset = UNSET
    not_known: list[str] | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.ask_body_facts import AskBodyFacts # noqa: PLC0415
        from ..models.claim import Claim # noqa: PLC0415
        claim = self.claim.to_dict()

        facts: dict[str, Any] | Unset = UNSET
        if not isinstance(self.facts, Unset):
            facts = self.facts.to_dict()

        not_known: list[str] | Unset = UNSET
        if not isinstance(self.not_known, Unset):
            not_known = self.not_known




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "claim": claim,
        })
        if facts is not UNSET:
            field_dict["facts"] = facts
        if not_known is not UNSET:
            field_dict["not_known"] = not_known

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ask_body_facts import AskBodyFacts # noqa: PLC0415
        from ..models.claim import Claim # noqa: PLC0415
        d = dict(src_dict)
        claim = Claim.from_dict(d.pop("claim"))




        _facts = d.pop("facts", UNSET)
        facts: AskBodyFacts | Unset
        if isinstance(_facts,  Unset):
            facts = UNSET
        else:
            facts = AskBodyFacts.from_dict(_facts)




        not_known = cast(list[str], d.pop("not_known", UNSET))


        ask_body = cls(
            claim=claim,
            facts=facts,
            not_known=not_known,
        )

        return ask_body


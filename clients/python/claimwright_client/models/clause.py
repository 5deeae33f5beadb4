from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.channel import Channel
from ..models.channel import check_channel
from ..models.clause_quote_kind import check_clause_quote_kind
from ..models.clause_quote_kind import ClauseQuoteKind
from ..models.outcome import check_outcome
from ..models.outcome import Outcome
from ..models.severity import check_severity
from ..models.severity import Severity
from ..models.view import check_view
from ..models.view import View
from typing import cast
from typing import Literal, cast
import datetime






T = TypeVar("T", bound="Clause")



@_attrs_define
class Clause:
    """ One version of one rule. `in_force` names its first and last day, null where it has none.

     """

    id: str
    first_day: datetime.date | None
    last_day: datetime.date | None
    views: list[View]
    channel: Channel
    severity: Severity
    outcome: Literal['silent'] | None | Outcome
    finding: str
    because: str
    would_change: str
    ask: str
    conditions: list[str]
    needs: list[str]
    """ Facts that a covering outcome stands on. """
    quote: str
    """ The authority's own sentence, or a paraphrase of it, as `quote_kind` says. """
    quote_kind: ClauseQuoteKind
    our_reading: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        id = self.id

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

        views = []
        for views_item_data in self.views:
            views_item: str = views_item_data
            views.append(views_item)



        channel: str = self.channel

        severity: str = self.severity

        outcome: Literal['silent'] | None | str
        if isinstance(self.outcome, str):
            outcome = self.outcome
        else:
            outcome = self.outcome

        finding = self.finding

        because = self.because

        would_change = self.would_change

        ask = self.ask

        conditions = self.conditions



        needs = self.needs



        quote = self.quote

        quote_kind: str = self.quote_kind

        our_reading = self.our_reading


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "id": id,
            "first_day": first_day,
            "last_day": last_day,
            "views": views,
            "channel": channel,
            "severity": severity,
            "outcome": outcome,
            "finding": finding,
            "because": because,
            "would_change": would_change,
            "ask": ask,
            "conditions": conditions,
            "needs": needs,
            "quote": quote,
            "quote_kind": quote_kind,
            "our_reading": our_reading,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

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


        views = []
        _views = d.pop("views")
        for views_item_data in (_views):
            views_item = check_view(views_item_data)



            views.append(views_item)


        channel = check_channel(d.pop("channel"))




        severity = check_severity(d.pop("severity"))




        def _parse_outcome(data: object) -> Literal['silent'] | None | Outcome:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                outcome_type_0 = check_outcome(data)



                return outcome_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            outcome_type_1 = cast(Literal['silent'] , data)
            if outcome_type_1 != 'silent':
                raise ValueError(f"outcome_type_1 must match const 'silent', got '{outcome_type_1}'")
            return outcome_type_1
            return cast(Literal['silent'] | None | Outcome, data)

        outcome = _parse_outcome(d.pop("outcome"))


        finding = d.pop("finding")

        because = d.pop("because")

        would_change = d.pop("would_change")

        ask = d.pop("ask")

        conditions = cast(list[str], d.pop("conditions"))


        needs = cast(list[str], d.pop("needs"))


        quote = d.pop("quote")

        quote_kind = check_clause_quote_kind(d.pop("quote_kind"))




        our_reading = d.pop("our_reading")

        clause = cls(
            id=id,
            first_day=first_day,
            last_day=last_day,
            views=views,
            channel=channel,
            severity=severity,
            outcome=outcome,
            finding=finding,
            because=because,
            would_change=would_change,
            ask=ask,
            conditions=conditions,
            needs=needs,
            quote=quote,
            quote_kind=quote_kind,
            our_reading=our_reading,
        )


        clause.additional_properties = d
        return clause

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

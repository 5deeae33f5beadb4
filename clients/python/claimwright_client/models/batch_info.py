from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.batch_state import BatchState
from ..models.batch_state import check_batch_state
from ..types import UNSET, Unset
from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.batch_info_summary_type_0 import BatchInfoSummaryType0
  from ..models.progress import Progress





T = TypeVar("T", bound="BatchInfo")



@_attrs_define
class BatchInfo:
    """ A batch and how it stands. `summary` is there when it is done, in the shape of `summary` in schemas/run-1.json.

    `whole` is false where part of the input could not be read; the problems stand in the last record of the results.

     """

    id: str
    name: str
    state: BatchState
    handed_in_at: datetime.datetime
    handed_in_by: str
    as_of: datetime.date
    """ The day from which the claims are looked at. """
    started_at: datetime.datetime | None
    ended_at: datetime.datetime | None
    progress: Progress
    """ How far it is: `done` of `total`, which are bytes, notes or lines, as `doing` says. """
    lines: int
    """ Lines that were checked; 0 until it is done. """
    to_fix: int
    whole: bool
    failure: str
    """ Why it failed, and what to do. """
    summary: BatchInfoSummaryType0 | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.batch_info_summary_type_0 import BatchInfoSummaryType0 # noqa: PLC0415
        from ..models.progress import Progress # noqa: PLC0415
        id = self.id

        name = self.name

        state: str = self.state

        handed_in_at = self.handed_in_at.isoformat()

        handed_in_by = self.handed_in_by

        as_of = self.as_of.isoformat()

        started_at: None | str
        if isinstance(self.started_at, datetime.datetime):
            started_at = self.started_at.isoformat()
        else:
            started_at = self.started_at

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        progress = self.progress.to_dict()

        lines = self.lines

        to_fix = self.to_fix

        whole = self.whole

        failure = self.failure

        summary: dict[str, Any] | None | Unset
        if isinstance(self.summary, Unset):
            summary = UNSET
        elif isinstance(self.summary, BatchInfoSummaryType0):
            summary = self.summary.to_dict()
        else:
            summary = self.summary


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "id": id,
            "name": name,
            "state": state,
            "handed_in_at": handed_in_at,
            "handed_in_by": handed_in_by,
            "as_of": as_of,
            "started_at": started_at,
            "ended_at": ended_at,
            "progress": progress,
            "lines": lines,
            "to_fix": to_fix,
            "whole": whole,
            "failure": failure,
        })
        if summary is not UNSET:
            field_dict["summary"] = summary

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.batch_info_summary_type_0 import BatchInfoSummaryType0 # noqa: PLC0415
        from ..models.progress import Progress # noqa: PLC0415
        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        state = check_batch_state(d.pop("state"))




        handed_in_at = datetime.datetime.fromisoformat(d.pop("handed_in_at"))




        handed_in_by = d.pop("handed_in_by")

        as_of = datetime.date.fromisoformat(d.pop("as_of"))




        def _parse_started_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                started_at_type_0 = datetime.datetime.fromisoformat(data)



                return started_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        started_at = _parse_started_at(d.pop("started_at"))


        def _parse_ended_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ended_at_type_0 = datetime.datetime.fromisoformat(data)



                return ended_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        ended_at = _parse_ended_at(d.pop("ended_at"))


        progress = Progress.from_dict(d.pop("progress"))




        lines = d.pop("lines")

        to_fix = d.pop("to_fix")

        whole = d.pop("whole")

        failure = d.pop("failure")

        def _parse_summary(data: object) -> BatchInfoSummaryType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                summary_type_0 = BatchInfoSummaryType0.from_dict(data)



                return summary_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BatchInfoSummaryType0 | None | Unset, data)

        summary = _parse_summary(d.pop("summary", UNSET))


        batch_info = cls(
            id=id,
            name=name,
            state=state,
            handed_in_at=handed_in_at,
            handed_in_by=handed_in_by,
            as_of=as_of,
            started_at=started_at,
            ended_at=ended_at,
            progress=progress,
            lines=lines,
            to_fix=to_fix,
            whole=whole,
            failure=failure,
            summary=summary,
        )


        batch_info.additional_properties = d
        return batch_info

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

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.line_state import check_line_state
from ..models.line_state import LineState
from ..models.work_state import check_work_state
from ..models.work_state import WorkState
from typing import cast

if TYPE_CHECKING:
  from ..models.line_answer import LineAnswer





T = TypeVar("T", bound="Determination")



@_attrs_define
class Determination:
    """ A line of a batch, with its whole answer.

     """

    id: str
    batch: str
    row: int
    """ Its place among the lines of the batch, from 0. """
    claim: str
    line: int | None
    procedure: str
    state: LineState
    """ What the check made of a line; together they make the batch, as in `lines.summary.Summary`. """
    work: WorkState
    """ What people made of it. """
    finding: str
    """ The first to act on. """
    coded: str
    """ The outcome of the claim alone. """
    documented: str
    """ The outcome of all that is known. """
    version: int
    """ Of the answer: more where it was checked again. """
    answer: LineAnswer
    """ The answer to one claim line. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.line_answer import LineAnswer # noqa: PLC0415
        id = self.id

        batch = self.batch

        row = self.row

        claim = self.claim

        line: int | None
        line = self.line

        procedure = self.procedure

        state: str = self.state

        work: str = self.work

        finding = self.finding

        coded = self.coded

        documented = self.documented

        version = self.version

        answer = self.answer.to_dict()


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "id": id,
            "batch": batch,
            "row": row,
            "claim": claim,
            "line": line,
            "procedure": procedure,
            "state": state,
            "work": work,
            "finding": finding,
            "coded": coded,
            "documented": documented,
            "version": version,
            "answer": answer,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.line_answer import LineAnswer # noqa: PLC0415
        d = dict(src_dict)
        id = d.pop("id")

        batch = d.pop("batch")

        row = d.pop("row")

        claim = d.pop("claim")

        def _parse_line(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        line = _parse_line(d.pop("line"))


        procedure = d.pop("procedure")

        state = check_line_state(d.pop("state"))




        work = check_work_state(d.pop("work"))




        finding = d.pop("finding")

        coded = d.pop("coded")

        documented = d.pop("documented")

        version = d.pop("version")

        answer = LineAnswer.from_dict(d.pop("answer"))




        determination = cls(
            id=id,
            batch=batch,
            row=row,
            claim=claim,
            line=line,
            procedure=procedure,
            state=state,
            work=work,
            finding=finding,
            coded=coded,
            documented=documented,
            version=version,
            answer=answer,
        )


        determination.additional_properties = d
        return determination

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

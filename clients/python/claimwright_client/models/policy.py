from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.clause import Clause





T = TypeVar("T", bound="Policy")



@_attrs_define
class Policy:
    """ A policy with its clauses. `silence` says why none is in force on the day that was asked about.

     """

    id: str
    title: str
    payer: str
    authority: str
    instrument: str
    programs: list[str]
    source: str
    """ Where to read it. """
    checked: str
    """ The day on which its text was last read, or `never`. """
    unverified: bool
    in_force: str
    hash_: str
    """ As answers name it in `basis`. """
    changes: list[datetime.date]
    """ The days from which on it says something else. """
    clauses: list[Clause]
    silence: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.clause import Clause # noqa: PLC0415
        id = self.id

        title = self.title

        payer = self.payer

        authority = self.authority

        instrument = self.instrument

        programs = self.programs



        source = self.source

        checked = self.checked

        unverified = self.unverified

        in_force = self.in_force

        hash_ = self.hash_

        changes = []
        for changes_item_data in self.changes:
            changes_item = changes_item_data.isoformat()
            changes.append(changes_item)



        clauses = []
        for clauses_item_data in self.clauses:
            clauses_item = clauses_item_data.to_dict()
            clauses.append(clauses_item)



        silence: None | str | Unset
        if isinstance(self.silence, Unset):
            silence = UNSET
        else:
            silence = self.silence


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "id": id,
            "title": title,
            "payer": payer,
            "authority": authority,
            "instrument": instrument,
            "programs": programs,
            "source": source,
            "checked": checked,
            "unverified": unverified,
            "in_force": in_force,
            "hash": hash_,
            "changes": changes,
            "clauses": clauses,
        })
        if silence is not UNSET:
            field_dict["silence"] = silence

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.clause import Clause # noqa: PLC0415
        d = dict(src_dict)
        id = d.pop("id")

        title = d.pop("title")

        payer = d.pop("payer")

        authority = d.pop("authority")

        instrument = d.pop("instrument")

        programs = cast(list[str], d.pop("programs"))


        source = d.pop("source")

        checked = d.pop("checked")

        unverified = d.pop("unverified")

        in_force = d.pop("in_force")

        hash_ = d.pop("hash")

        changes = []
        _changes = d.pop("changes")
        for changes_item_data in (_changes):
            changes_item = datetime.date.fromisoformat(changes_item_data)



            changes.append(changes_item)


        clauses = []
        _clauses = d.pop("clauses")
        for clauses_item_data in (_clauses):
            clauses_item = Clause.from_dict(clauses_item_data)



            clauses.append(clauses_item)


        def _parse_silence(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        silence = _parse_silence(d.pop("silence", UNSET))


        policy = cls(
            id=id,
            title=title,
            payer=payer,
            authority=authority,
            instrument=instrument,
            programs=programs,
            source=source,
            checked=checked,
            unverified=unverified,
            in_force=in_force,
            hash_=hash_,
            changes=changes,
            clauses=clauses,
            silence=silence,
        )


        policy.additional_properties = d
        return policy

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

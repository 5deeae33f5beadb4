from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field
import json
from .. import types

from ..types import UNSET, Unset

from ..types import File, FileTypes
from ..types import UNSET, Unset
from io import BytesIO
from typing import cast
import datetime






T = TypeVar("T", bound="HandInBatchBody")



@_attrs_define
class HandInBatchBody:
    

    claims: list[File]
    notes: list[File] | Unset = UNSET
    history: list[File] | Unset = UNSET
    plans: list[File] | Unset = UNSET
    authorizations: list[File] | Unset = UNSET
    plans_of_care: list[File] | Unset = UNSET
    fees: list[File] | Unset = UNSET
    name: str | Unset = UNSET
    as_of: datetime.date | Unset = UNSET
    """ The day from which the claims are looked at; today, by default. """





    def to_dict(self) -> dict[str, Any]:
        claims = []
        for claims_item_data in self.claims:
            claims_item = claims_item_data.to_tuple()

            claims.append(claims_item)



        notes: list[FileTypes] | Unset = UNSET
        if not isinstance(self.notes, Unset):
            notes = []
            for notes_item_data in self.notes:
                notes_item = notes_item_data.to_tuple()

                notes.append(notes_item)



        history: list[FileTypes] | Unset = UNSET
        if not isinstance(self.history, Unset):
            history = []
            for history_item_data in self.history:
                history_item = history_item_data.to_tuple()

                history.append(history_item)



        plans: list[FileTypes] | Unset = UNSET
        if not isinstance(self.plans, Unset):
            plans = []
            for plans_item_data in self.plans:
                plans_item = plans_item_data.to_tuple()

                plans.append(plans_item)



        authorizations: list[FileTypes] | Unset = UNSET
        if not isinstance(self.authorizations, Unset):
            authorizations = []
            for authorizations_item_data in self.authorizations:
                authorizations_item = authorizations_item_data.to_tuple()

                authorizations.append(authorizations_item)



        plans_of_care: list[FileTypes] | Unset = UNSET
        if not isinstance(self.plans_of_care, Unset):
            plans_of_care = []
            for plans_of_care_item_data in self.plans_of_care:
                plans_of_care_item = plans_of_care_item_data.to_tuple()

                plans_of_care.append(plans_of_care_item)



        fees: list[FileTypes] | Unset = UNSET
        if not isinstance(self.fees, Unset):
            fees = []
            for fees_item_data in self.fees:
                fees_item = fees_item_data.to_tuple()

                fees.append(fees_item)



        name = self.name

        as_of: str | Unset = UNSET
        if not isinstance(self.as_of, Unset):
            as_of = self.as_of.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "claims": claims,
        })
        if notes is not UNSET:
            field_dict["notes"] = notes
        if history is not UNSET:
            field_dict["history"] = history
        if plans is not UNSET:
            field_dict["plans"] = plans
        if authorizations is not UNSET:
            field_dict["authorizations"] = authorizations
        if plans_of_care is not UNSET:
            field_dict["plans-of-care"] = plans_of_care
        if fees is not UNSET:
            field_dict["fees"] = fees
        if name is not UNSET:
            field_dict["name"] = name
        if as_of is not UNSET:
            field_dict["as_of"] = as_of

        return field_dict


    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        for claims_item_element in self.claims:
            files.append(("claims", claims_item_element.to_tuple()))




        if not isinstance(self.notes, Unset):
            for notes_item_element in self.notes:
                files.append(("notes", notes_item_element.to_tuple()))




        if not isinstance(self.history, Unset):
            for history_item_element in self.history:
                files.append(("history", history_item_element.to_tuple()))




        if not isinstance(self.plans, Unset):
            for plans_item_element in self.plans:
                files.append(("plans", plans_item_element.to_tuple()))




        if not isinstance(self.authorizations, Unset):
            for authorizations_item_element in self.authorizations:
                files.append(("authorizations", authorizations_item_element.to_tuple()))




        if not isinstance(self.plans_of_care, Unset):
            for plans_of_care_item_element in self.plans_of_care:
                files.append(("plans-of-care", plans_of_care_item_element.to_tuple()))




        if not isinstance(self.fees, Unset):
            for fees_item_element in self.fees:
                files.append(("fees", fees_item_element.to_tuple()))




        if not isinstance(self.name, Unset):
            files.append(("name", (None, str(self.name).encode(), "text/plain")))



        if not isinstance(self.as_of, Unset):
            files.append(("as_of", (None, self.as_of.isoformat().encode(), "text/plain")))





        return files


    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        claims = []
        _claims = d.pop("claims")
        for claims_item_data in (_claims):
            claims_item = File(
                 payload = BytesIO(claims_item_data)
            )



            claims.append(claims_item)


        _notes = d.pop("notes", UNSET)
        notes: list[File] | Unset = UNSET
        if _notes is not UNSET:
            notes = []
            for notes_item_data in _notes:
                notes_item = File(
                     payload = BytesIO(notes_item_data)
                )



                notes.append(notes_item)


        _history = d.pop("history", UNSET)
        history: list[File] | Unset = UNSET
        if _history is not UNSET:
            history = []
            for history_item_data in _history:
                history_item = File(
                     payload = BytesIO(history_item_data)
                )



                history.append(history_item)


        _plans = d.pop("plans", UNSET)
        plans: list[File] | Unset = UNSET
        if _plans is not UNSET:
            plans = []
            for plans_item_data in _plans:
                plans_item = File(
                     payload = BytesIO(plans_item_data)
                )



                plans.append(plans_item)


        _authorizations = d.pop("authorizations", UNSET)
        authorizations: list[File] | Unset = UNSET
        if _authorizations is not UNSET:
            authorizations = []
            for authorizations_item_data in _authorizations:
                authorizations_item = File(
                     payload = BytesIO(authorizations_item_data)
                )



                authorizations.append(authorizations_item)


        _plans_of_care = d.pop("plans-of-care", UNSET)
        plans_of_care: list[File] | Unset = UNSET
        if _plans_of_care is not UNSET:
            plans_of_care = []
            for plans_of_care_item_data in _plans_of_care:
                plans_of_care_item = File(
                     payload = BytesIO(plans_of_care_item_data)
                )



                plans_of_care.append(plans_of_care_item)


        _fees = d.pop("fees", UNSET)
        fees: list[File] | Unset = UNSET
        if _fees is not UNSET:
            fees = []
            for fees_item_data in _fees:
                fees_item = File(
                     payload = BytesIO(fees_item_data)
                )



                fees.append(fees_item)


        name = d.pop("name", UNSET)

        _as_of = d.pop("as_of", UNSET)
        as_of: datetime.date | Unset
        if isinstance(_as_of,  Unset):
            as_of = UNSET
        else:
            as_of = datetime.date.fromisoformat(_as_of)




        hand_in_batch_body = cls(
            claims=claims,
            notes=notes,
            history=history,
            plans=plans,
            authorizations=authorizations,
            plans_of_care=plans_of_care,
            fees=fees,
            name=name,
            as_of=as_of,
        )

        return hand_in_batch_body


from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.citation_quote_kind import check_citation_quote_kind
from ..models.citation_quote_kind import CitationQuoteKind
from typing import cast






T = TypeVar("T", bound="Citation")



@_attrs_define
class Citation:
    """ The sentence that decides, and where to read it.

     """

    policy: str
    clause: str
    title: str
    payer: str
    authority: str
    instrument: str
    in_force: str
    quote: str
    quote_kind: CitationQuoteKind
    """ Only `verbatim` is the authority's own wording. """
    source: str
    checked: str
    """ The day on which the authority's text was read, or `never`. """
    unverified: bool
    reading: str
    """ Empty, or whose interpretation it is and since when. """
    our_reading: str
    """ The interpretation in words; `quote` is then the sentence of the authority that it reads. """
    where: str
    """ Policy folder and line of the clause. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        policy = self.policy

        clause = self.clause

        title = self.title

        payer = self.payer

        authority = self.authority

        instrument = self.instrument

        in_force = self.in_force

        quote = self.quote

        quote_kind: str = self.quote_kind

        source = self.source

        checked = self.checked

        unverified = self.unverified

        reading = self.reading

        our_reading = self.our_reading

        where = self.where


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "policy": policy,
            "clause": clause,
            "title": title,
            "payer": payer,
            "authority": authority,
            "instrument": instrument,
            "in_force": in_force,
            "quote": quote,
            "quote_kind": quote_kind,
            "source": source,
            "checked": checked,
            "unverified": unverified,
            "reading": reading,
            "our_reading": our_reading,
            "where": where,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        policy = d.pop("policy")

        clause = d.pop("clause")

        title = d.pop("title")

        payer = d.pop("payer")

        authority = d.pop("authority")

        instrument = d.pop("instrument")

        in_force = d.pop("in_force")

        quote = d.pop("quote")

        quote_kind = check_citation_quote_kind(d.pop("quote_kind"))




        source = d.pop("source")

        checked = d.pop("checked")

        unverified = d.pop("unverified")

        reading = d.pop("reading")

        our_reading = d.pop("our_reading")

        where = d.pop("where")

        citation = cls(
            policy=policy,
            clause=clause,
            title=title,
            payer=payer,
            authority=authority,
            instrument=instrument,
            in_force=in_force,
            quote=quote,
            quote_kind=quote_kind,
            source=source,
            checked=checked,
            unverified=unverified,
            reading=reading,
            our_reading=our_reading,
            where=where,
        )


        citation.additional_properties = d
        return citation

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

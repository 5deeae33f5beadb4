from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.channel import Channel
from ..models.channel import check_channel
from ..models.likelihood import check_likelihood
from ..models.likelihood import Likelihood
from ..models.severity import check_severity
from ..models.severity import Severity
from ..models.view import check_view
from ..models.view import View
from ..types import UNSET, Unset
from typing import cast
from typing import Literal, cast

if TYPE_CHECKING:
  from ..models.citation import Citation
  from ..models.finding_witness import FindingWitness
  from ..models.predicted import Predicted





T = TypeVar("T", bound="Finding")



@_attrs_define
class Finding:
    """ One thing that a clause found on the line.

     """

    id: str
    channel: Channel
    severity: Severity
    views: list[View]
    clause: str
    witness: FindingWitness
    """ What of the line the clause saw, by slot of its sentence. """
    because: str
    likelihood: Likelihood
    predicted: list[Predicted]
    would_change: str
    unknown_only: bool
    """ It exists only because a fact is unknown. """
    citation: Citation
    """ The sentence that decides, and where to read it. """
    derived: Literal['gem'] | Unset = UNSET
    """ It rests on a list found through the General Equivalence Mappings: review, never CMS-listed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.citation import Citation # noqa: PLC0415
        from ..models.finding_witness import FindingWitness # noqa: PLC0415
        from ..models.predicted import Predicted # noqa: PLC0415
        id = self.id

        channel: str = self.channel

        severity: str = self.severity

        views = []
        for views_item_data in self.views:
            views_item: str = views_item_data
            views.append(views_item)



        clause = self.clause

        witness = self.witness.to_dict()

        because = self.because

        likelihood: str = self.likelihood

        predicted = []
        for predicted_item_data in self.predicted:
            predicted_item = predicted_item_data.to_dict()
            predicted.append(predicted_item)



        would_change = self.would_change

        unknown_only = self.unknown_only

        citation = self.citation.to_dict()

        derived = self.derived


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "id": id,
            "channel": channel,
            "severity": severity,
            "views": views,
            "clause": clause,
            "witness": witness,
            "because": because,
            "likelihood": likelihood,
            "predicted": predicted,
            "would_change": would_change,
            "unknown_only": unknown_only,
            "citation": citation,
        })
        if derived is not UNSET:
            field_dict["derived"] = derived

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.citation import Citation # noqa: PLC0415
        from ..models.finding_witness import FindingWitness # noqa: PLC0415
        from ..models.predicted import Predicted # noqa: PLC0415
        d = dict(src_dict)
        id = d.pop("id")

        channel = check_channel(d.pop("channel"))




        severity = check_severity(d.pop("severity"))




        views = []
        _views = d.pop("views")
        for views_item_data in (_views):
            views_item = check_view(views_item_data)



            views.append(views_item)


        clause = d.pop("clause")

        witness = FindingWitness.from_dict(d.pop("witness"))




        because = d.pop("because")

        likelihood = check_likelihood(d.pop("likelihood"))




        predicted = []
        _predicted = d.pop("predicted")
        for predicted_item_data in (_predicted):
            predicted_item = Predicted.from_dict(predicted_item_data)



            predicted.append(predicted_item)


        would_change = d.pop("would_change")

        unknown_only = d.pop("unknown_only")

        citation = Citation.from_dict(d.pop("citation"))




        derived = cast(Literal['gem'] | Unset , d.pop("derived", UNSET))
        if derived != 'gem'and not isinstance(derived, Unset):
            raise ValueError(f"derived must match const 'gem', got '{derived}'")

        finding = cls(
            id=id,
            channel=channel,
            severity=severity,
            views=views,
            clause=clause,
            witness=witness,
            because=because,
            likelihood=likelihood,
            predicted=predicted,
            would_change=would_change,
            unknown_only=unknown_only,
            citation=citation,
            derived=derived,
        )


        finding.additional_properties = d
        return finding

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

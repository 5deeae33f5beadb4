from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
from typing import Literal, cast

if TYPE_CHECKING:
  from ..models.check import Check
  from ..models.citation import Citation
  from ..models.evidence import Evidence
  from ..models.finding import Finding
  from ..models.line import Line
  from ..models.line_answer_basis import LineAnswerBasis
  from ..models.money import Money
  from ..models.setting import Setting
  from ..models.views import Views





T = TypeVar("T", bound="LineAnswer")



@_attrs_define
class LineAnswer:
    """ The answer to one claim line.

     """

    line: Line
    """ Which line of which input this is. It holds no name and no member id. """
    views: Views
    """ The claim alone (`coded`), and everything that is known (`documented`). """
    difference: None | str
    findings: list[Finding]
    checks: list[Check]
    looked_at: list[str]
    not_looked_at: list[str]
    would_change: list[str]
    citations: list[Citation]
    basis: LineAnswerBasis
    """ Policy or release, and the hash of its content. """
    settings: list[Setting]
    type_: Literal['line'] | Unset = UNSET
    """ Stands first in NDJSON; absent inside a run document. """
    money: Money | Unset = UNSET
    """ What the payer is expected to allow for the line if it pays it as billed. It never decides an outcome. """
    evidence: list[Evidence] | Unset = UNSET
    """ What notes tell of the line, where any was given and matches it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.check import Check # noqa: PLC0415
        from ..models.citation import Citation # noqa: PLC0415
        from ..models.evidence import Evidence # noqa: PLC0415
        from ..models.finding import Finding # noqa: PLC0415
        from ..models.line import Line # noqa: PLC0415
        from ..models.line_answer_basis import LineAnswerBasis # noqa: PLC0415
        from ..models.money import Money # noqa: PLC0415
        from ..models.setting import Setting # noqa: PLC0415
        from ..models.views import Views # noqa: PLC0415
        line = self.line.to_dict()

        views = self.views.to_dict()

        difference: None | str
        difference = self.difference

        findings = []
        for findings_item_data in self.findings:
            findings_item = findings_item_data.to_dict()
            findings.append(findings_item)



        checks = []
        for checks_item_data in self.checks:
            checks_item = checks_item_data.to_dict()
            checks.append(checks_item)



        looked_at = self.looked_at



        not_looked_at = self.not_looked_at



        would_change = self.would_change



        citations = []
        for citations_item_data in self.citations:
            citations_item = citations_item_data.to_dict()
            citations.append(citations_item)



        basis = self.basis.to_dict()

        settings = []
        for settings_item_data in self.settings:
            settings_item = settings_item_data.to_dict()
            settings.append(settings_item)



        type_ = self.type_

        money: dict[str, Any] | Unset = UNSET
        if not isinstance(self.money, Unset):
            money = self.money.to_dict()

        evidence: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.evidence, Unset):
            evidence = []
            for evidence_item_data in self.evidence:
                evidence_item = evidence_item_data.to_dict()
                evidence.append(evidence_item)




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "line": line,
            "views": views,
            "difference": difference,
            "findings": findings,
            "checks": checks,
            "looked_at": looked_at,
            "not_looked_at": not_looked_at,
            "would_change": would_change,
            "citations": citations,
            "basis": basis,
            "settings": settings,
        })
        if type_ is not UNSET:
            field_dict["type"] = type_
        if money is not UNSET:
            field_dict["money"] = money
        if evidence is not UNSET:
            field_dict["evidence"] = evidence

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.check import Check # noqa: PLC0415
        from ..models.citation import Citation # noqa: PLC0415
        from ..models.evidence import Evidence # noqa: PLC0415
        from ..models.finding import Finding # noqa: PLC0415
        from ..models.line import Line # noqa: PLC0415
        from ..models.line_answer_basis import LineAnswerBasis # noqa: PLC0415
        from ..models.money import Money # noqa: PLC0415
        from ..models.setting import Setting # noqa: PLC0415
        from ..models.views import Views # noqa: PLC0415
        d = dict(src_dict)
        line = Line.from_dict(d.pop("line"))




        views = Views.from_dict(d.pop("views"))




        def _parse_difference(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        difference = _parse_difference(d.pop("difference"))


        findings = []
        _findings = d.pop("findings")
        for findings_item_data in (_findings):
            findings_item = Finding.from_dict(findings_item_data)



            findings.append(findings_item)


        checks = []
        _checks = d.pop("checks")
        for checks_item_data in (_checks):
            checks_item = Check.from_dict(checks_item_data)



            checks.append(checks_item)


        looked_at = cast(list[str], d.pop("looked_at"))


        not_looked_at = cast(list[str], d.pop("not_looked_at"))


        would_change = cast(list[str], d.pop("would_change"))


        citations = []
        _citations = d.pop("citations")
        for citations_item_data in (_citations):
            citations_item = Citation.from_dict(citations_item_data)



            citations.append(citations_item)


        basis = LineAnswerBasis.from_dict(d.pop("basis"))




        settings = []
        _settings = d.pop("settings")
        for settings_item_data in (_settings):
            settings_item = Setting.from_dict(settings_item_data)



            settings.append(settings_item)


        type_ = cast(Literal['line'] | Unset , d.pop("type", UNSET))
        if type_ != 'line'and not isinstance(type_, Unset):
            raise ValueError(f"type must match const 'line', got '{type_}'")

        _money = d.pop("money", UNSET)
        money: Money | Unset
        if isinstance(_money,  Unset):
            money = UNSET
        else:
            money = Money.from_dict(_money)




        _evidence = d.pop("evidence", UNSET)
        evidence: list[Evidence] | Unset = UNSET
        if _evidence is not UNSET:
            evidence = []
            for evidence_item_data in _evidence:
                evidence_item = Evidence.from_dict(evidence_item_data)



                evidence.append(evidence_item)


        line_answer = cls(
            line=line,
            views=views,
            difference=difference,
            findings=findings,
            checks=checks,
            looked_at=looked_at,
            not_looked_at=not_looked_at,
            would_change=would_change,
            citations=citations,
            basis=basis,
            settings=settings,
            type_=type_,
            money=money,
            evidence=evidence,
        )


        line_answer.additional_properties = d
        return line_answer

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

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.code_facts_kind import check_code_facts_kind
from ..models.code_facts_kind import CodeFactsKind
from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.most import Most
  from ..models.speaks import Speaks
  from ..models.stands import Stands
  from ..models.warned import Warned





T = TypeVar("T", bound="CodeFacts")



@_attrs_define
class CodeFacts:
    """ A code on a day. `timed` is null where no list here says whether its units are 15 minutes.

     """

    code: str
    kind: CodeFactsKind
    on: datetime.date
    name: str
    words: str
    uses: str
    warnings: list[Warned]
    timed: bool | None
    most_units: list[Most]
    sets: list[Stands]
    speaks: list[Speaks]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.most import Most # noqa: PLC0415
        from ..models.speaks import Speaks # noqa: PLC0415
        from ..models.stands import Stands # noqa: PLC0415
        from ..models.warned import Warned # noqa: PLC0415
        code = self.code

        kind: str = self.kind

        on = self.on.isoformat()

        name = self.name

        words = self.words

        uses = self.uses

        warnings = []
        for warnings_item_data in self.warnings:
            warnings_item = warnings_item_data.to_dict()
            warnings.append(warnings_item)



        timed: bool | None
        timed = self.timed

        most_units = []
        for most_units_item_data in self.most_units:
            most_units_item = most_units_item_data.to_dict()
            most_units.append(most_units_item)



        sets = []
        for sets_item_data in self.sets:
            sets_item = sets_item_data.to_dict()
            sets.append(sets_item)



        speaks = []
        for speaks_item_data in self.speaks:
            speaks_item = speaks_item_data.to_dict()
            speaks.append(speaks_item)




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "code": code,
            "kind": kind,
            "on": on,
            "name": name,
            "words": words,
            "uses": uses,
            "warnings": warnings,
            "timed": timed,
            "most_units": most_units,
            "sets": sets,
            "speaks": speaks,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.most import Most # noqa: PLC0415
        from ..models.speaks import Speaks # noqa: PLC0415
        from ..models.stands import Stands # noqa: PLC0415
        from ..models.warned import Warned # noqa: PLC0415
        d = dict(src_dict)
        code = d.pop("code")

        kind = check_code_facts_kind(d.pop("kind"))




        on = datetime.date.fromisoformat(d.pop("on"))




        name = d.pop("name")

        words = d.pop("words")

        uses = d.pop("uses")

        warnings = []
        _warnings = d.pop("warnings")
        for warnings_item_data in (_warnings):
            warnings_item = Warned.from_dict(warnings_item_data)



            warnings.append(warnings_item)


        def _parse_timed(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        timed = _parse_timed(d.pop("timed"))


        most_units = []
        _most_units = d.pop("most_units")
        for most_units_item_data in (_most_units):
            most_units_item = Most.from_dict(most_units_item_data)



            most_units.append(most_units_item)


        sets = []
        _sets = d.pop("sets")
        for sets_item_data in (_sets):
            sets_item = Stands.from_dict(sets_item_data)



            sets.append(sets_item)


        speaks = []
        _speaks = d.pop("speaks")
        for speaks_item_data in (_speaks):
            speaks_item = Speaks.from_dict(speaks_item_data)



            speaks.append(speaks_item)


        code_facts = cls(
            code=code,
            kind=kind,
            on=on,
            name=name,
            words=words,
            uses=uses,
            warnings=warnings,
            timed=timed,
            most_units=most_units,
            sets=sets,
            speaks=speaks,
        )


        code_facts.additional_properties = d
        return code_facts

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

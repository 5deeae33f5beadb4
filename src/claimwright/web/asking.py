"""The guided check of a page: what a form tells as a case, and the answers so far taken again from the start.

Nothing is kept for anybody: the form carries what was said. What was reasoned is remembered in this process for a
while, by what was said, so that the next answer need not begin anew.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from markupsafe import Markup
from pydantic import ValidationError

from claimwright.desk.desk import Desk
from claimwright.determine.graph.model import Graph
from claimwright.determine.graph.traced import drawing_of, trace
from claimwright.determine.guide import Guide
from claimwright.lines.case import Case
from claimwright.lines.said_payer import payer_of
from claimwright.report.flowchart_svg import svg

UNSURE = "?"  # how an "I don't know" travels
MOST = 60  # answers that a form may carry
KEPT = 60  # guides that are remembered
_CALLED = {"procedure": "code", "pointers": "diagnoses", "npi": "state", "key": "payer", "program": "payer"}
_LIKE = {
    "procedure": "write five letters and digits, like 97026",
    "modifiers": "write two letters or digits each, like GP 59",
    "place": "write two digits, like 11 for an office",
    "state": "write two letters, like OH",
}
_APART = re.compile(r"[\s,;]+")
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Told:
    """What the first form says, as it was typed."""

    code: str = "97026"
    modifiers: str = ""
    units: str = ""
    on: str = ""
    payer: str = ""  # `program` or `program:key`
    payer_name: str = ""
    dx: str = ""
    place: str = ""
    state: str = ""
    others: str = ""  # codes of other lines of that day
    whole_day: str = ""

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """What a summary repeats: the line first, without what was left open."""
        named = (
            ("code", self.code.strip().upper()),
            ("modifiers", self.modifiers.strip().upper()),
            ("units", self.units.strip()),
            ("day of service", self.on.strip()),
            ("diagnoses pointed to", self.dx.strip().upper()),
            ("place of service", self.place.strip()),
            ("state", self.state.strip().upper()),
            ("also done that day", self._also),
        )
        return tuple((name, text) for name, text in named if text)

    @property
    def _also(self) -> str:
        others = self.others.strip().upper()
        if not self.whole_day:
            return others
        return f"{others}, and nothing else" if others else "nothing"


def case_of(told: Told) -> Case:
    """Raises ValueError with what cannot be read, in the words of the form."""
    try:
        day = date.fromisoformat(told.on.strip())
    except ValueError:
        raise ValueError("day of service: write a day like 2026-03-10") from None
    diagnoses = _listed(told.dx)
    modifiers = _listed(told.modifiers)
    line: dict[str, Any] = {"service": str(day), "place": told.place.strip() or None}
    asked = {
        **line,
        "procedure": told.code.strip(),
        "modifiers": [] if [one.upper() for one in modifiers] == ["NO"] else modifiers or None,
        "units": told.units.strip() or None,
        "pointers": diagnoses[:4] or None,
    }
    state = told.state.strip()
    try:
        return Case.model_validate(
            {
                "form": "professional",
                "provider": {"npi": "QUESTION", **({"state": state} if state else {})},
                "payer": _payer(told),
                "diagnoses": diagnoses or None,
                "whole_day": bool(told.whole_day),
                "lines": [asked, *({**line, **_other(text)} for text in _listed(told.others))],
            }
        )
    except ValidationError as error:
        raise ValueError("; ".join(_wrong(one["loc"], one["msg"]) for one in error.errors())) from None


def _other(text: str) -> dict[str, Any]:
    """Another line, like `97110` or `97110-GP-59`; without a modifier it is not known whether it has any."""
    code, *modifiers = text.split("-")
    return {"procedure": code, "modifiers": modifiers or None}


def _wrong(where: tuple[int | str, ...], message: str) -> str:
    """What is wrong with a field, by the name that it has on the form."""
    named = [part for part in where if isinstance(part, str)]
    last = named[-1] if named else ""
    advice = _LIKE.get(last, message.removeprefix("Value error, ")) if "pattern" in message else message
    return f"{_CALLED.get(last, last)}: {advice.removeprefix('Value error, ')}"


def _payer(told: Told) -> dict[str, Any] | None:
    if told.payer_name.strip():
        return payer_of(told.payer_name.strip())
    program, _, key = told.payer.partition(":")
    if not program:
        return None
    return {"program": program, **({"key": key} if key else {})}


def _listed(text: str) -> list[str]:
    return [one for one in _APART.split(text.strip()) if one]


@dataclass(repr=False)
class Asking:
    """One for an application; whoever uses it holds `desk.asking`."""

    desk: Desk
    _guides: OrderedDict[Hashable, Guide] = field(default_factory=OrderedDict)
    _graphs: OrderedDict[Hashable, Graph] = field(default_factory=OrderedDict)
    _payers: OrderedDict[Hashable, tuple[tuple[str, str], ...]] = field(default_factory=OrderedDict)

    def payers(self, code: str, day: date) -> tuple[tuple[str, str], ...]:
        """Who may be billed for a code: the value that a form sends, and who that is."""
        return _kept(self._payers, (code, day), lambda: self._payers_of(code, day))

    def _payers_of(self, code: str, day: date) -> tuple[tuple[str, str], ...]:
        nobody = Guide(self.desk.engine, case_of(Told(code=code, on=str(day))))
        dockets = [docket for docket, _ in self.desk.engine.combinations.dockets(nobody.combination)]
        return tuple((f"{one.program.id}:{one.payer}" if one.payer else one.program.id, one.called) for one in dockets)

    def guide(self, told: Told, answers: tuple[str, ...]) -> Guide:
        """After these answers. Raises ValueError with what may be said, where one is none."""
        return _kept(self._guides, (told, answers), lambda: self._answered(told, answers))

    def _answered(self, told: Told, answers: tuple[str, ...]) -> Guide:
        if not answers:
            return Guide(self.desk.engine, case_of(told))
        before = self.guide(told, answers[:-1])
        if before.question is None:
            raise ValueError("nothing more is asked")
        return before.answered("" if answers[-1] == UNSURE else answers[-1])

    def drawn(self, told: Told, guide: Guide) -> Markup:
        """The decision graph with the path lit, as SVG whose style is the page's."""
        code, day = told.code.strip().upper(), date.fromisoformat(told.on.strip())
        drawing = drawing_of(self.guide(told, ()), guide, told.state.strip().upper() or None)
        graph = _kept(self._graphs, (code, day, drawing), lambda: drawing.graph(self.desk.engine, code, day))
        return svg(graph, trace(graph, guide), style=False)


def _kept(where: OrderedDict[Hashable, _Made], key: Hashable, make: Callable[[], _Made]) -> _Made:
    if key not in where:
        where[key] = make()
        while len(where) > KEPT:
            where.popitem(last=False)
    where.move_to_end(key)
    return where[key]

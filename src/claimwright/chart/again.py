"""A service named without its name: `the light was on the neck`, `we applied it to the calf`; and the light of a laser.

A laser is a device that infrared comes from, though a code of its own describes it. Where a note names nothing else
that infrared could be, what it tells of the laser is what it tells of the infrared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimwright.chart.language import Language
    from claimwright.chart.mentions import Found

_INFRARED = "infrared"
LASER = "laser"
_SOON = 300  # characters behind the service within which `it` can be that service
_APPLIED = frozenset({"infrared", "heat", "modality"})


def named_again(found: Sequence[Found], language: Language) -> list[Found]:
    """The phrases of a note, those of `again` read as infrared where that is the modality named last before them."""
    return list(_read(_lit(found), language))


def _lit(found: Sequence[Found]) -> Sequence[Found]:
    """The phrases, a laser's read as infrared where nothing else names it."""
    services = {one.value for one in found if one.label == "service"}
    if LASER not in services or _INFRARED in services:
        return found
    return [one._replace(value=_INFRARED) if one.label == "service" and one.value == LASER else one for one in found]


def _read(found: Sequence[Found], language: Language) -> Iterator[Found]:
    last: Found | None = None
    for one in found:
        if one.label == "service" and language.kinds[one.value] in _APPLIED:
            last = one
        if one.label != "again":
            yield one
        elif last is not None and last.value == _INFRARED and _can_be(one, last):
            yield one._replace(label="service", value=_INFRARED, term=last.term)


def _can_be(one: Found, last: Found) -> bool:
    return one.start >= last.end and (one.value == "thing" or one.start - last.end <= _SOON)

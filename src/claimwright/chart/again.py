"""A service named again without its name: `the light was on the neck`, `we applied it to the calf`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimwright.chart.language import Language
    from claimwright.chart.mentions import Found

_INFRARED, _LASER = "infrared", "laser"
_SOON = 300  # characters behind the service within which `it` can be that service
_APPLIED = frozenset({"infrared", "heat", "modality"})


def named_again(found: Sequence[Found], language: Language) -> list[Found]:
    """The phrases of a note, those of `again` read as infrared where that is the modality named last before them.

    A laser is infrared, too, where the note names no other.
    """
    services = {one.value for one in found if one.label == "service"}
    if _LASER in services and _INFRARED not in services:
        found = [
            one._replace(value=_INFRARED) if (one.label, one.value) == ("service", _LASER) else one for one in found
        ]
    return list(_read(found, language))


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

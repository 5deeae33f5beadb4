"""Days, spans of days and named clocks: nothing else knows what a period is, and nothing here knows what today is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SPAN = re.compile(r"^\s*(\d{4}-\d{2}-\d{2})?\s*\.\.\s*(\d{4}-\d{2}-\d{2})?\s*$")
ONE_DAY = timedelta(days=1)


class Clock(StrEnum):
    """The day of a claim by which a policy asks to be chosen."""

    SERVICE = "service"
    DISCHARGE = "discharge"
    RECEIPT = "receipt"
    REQUEST = "request"


@dataclass(frozen=True, order=True)
class Span:
    """A closed span of days, both ends included, as authorities write ("through"); None is an open end."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"a span cannot end ({self.last}) before it begins ({self.first})")

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read `2006-10-24 ..`, `.. 2019-06-30`, `2020-01-01 .. 2020-12-31` or a single day.

        >>> Span.parse("2006-10-24 ..")
        Span(first=datetime.date(2006, 10, 24), last=None)
        >>> Span.parse("2020-02-29")
        Span(first=datetime.date(2020, 2, 29), last=datetime.date(2020, 2, 29))
        """
        if ".." not in text:
            day = date.fromisoformat(text.strip())
            return cls(day, day)
        found = _SPAN.match(text)
        if not found:
            raise ValueError(f"{text!r} is not a span of days; write it like 2006-10-24 .. or .. 2019-06-30")
        first, last = (date.fromisoformat(part) if part else None for part in found.groups())
        return cls(first, last)

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        return f"{self.first or ''} .. {self.last or ''}".strip()

    def overlap(self, other: Span) -> Span | None:
        """The days both spans hold, or None.

        >>> Span.parse("2020-01-01 ..").overlap(Span.parse(".. 2020-01-31"))
        Span(first=datetime.date(2020, 1, 1), last=datetime.date(2020, 1, 31))
        """
        first = max((day for day in (self.first, other.first) if day), default=None)
        last = min((day for day in (self.last, other.last) if day), default=None)
        return None if first and last and first > last else Span(first, last)

    def edges(self) -> Iterator[date]:
        """The days on which an example has to stand: day before, first day, last day, day after."""
        if self.first:
            yield self.first - ONE_DAY
            yield self.first
        if self.last:
            yield self.last
            yield self.last + ONE_DAY


def starts(spans: Iterable[Span]) -> list[date]:
    """The days on which what is in force changes, oldest first: every first day, and every day after a last day.

    >>> starts([Span.parse("2020-01-01 .. 2020-01-31")])
    [datetime.date(2020, 1, 1), datetime.date(2020, 2, 1)]
    """
    days: set[date] = set()
    for span in spans:
        if span.first:
            days.add(span.first)
        if span.last:
            days.add(span.last + ONE_DAY)
    return sorted(days)

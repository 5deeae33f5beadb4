"""Minutes of a service, as a note gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimwright.chart.analysed import Analysed
from claimwright.chart.patterns import NUMBER, NUMBER_WORDS
from claimwright.chart.told import Span

_VALUES = dict(zip(NUMBER_WORDS, [*range(21), 30, 40, 50, 60, 70, 80, 90, 100], strict=True))
_TENS = "twenty|thirty|forty|fifty"
_SPOKEN = rf"(?:{_TENS})[ -](?:one|two|three|four|five|six|seven|eight|nine)"
_MINUTES = re.compile(
    rf"({_SPOKEN}|{NUMBER})\s?-?\s?(?:min\b|mins\b|min\.|minutes?\b|'(?!\d)|m\b(?! [a-z]* ?walk))"
    r"|half an hour|a half hour|1/2 hr|one half hour"
)
_TIMES = re.compile(r"(?<![\w])(?<!\d{5} )x ?(\d{1,2})(?=[ ,.;\n]|$)(?! ?(?:reps?|sets?|ft|feet|\d|visits?|wks?))")
_FIELD = re.compile(rf"(?:min(?:ute)?s?|time|duration|dose|length)\s?[:=]\s?({NUMBER})(?!\s?:\d)")
_CLOCK = re.compile(r"(?<!\d)0?0:(\d\d)(?!\d)")
_HALF_AN_HOUR = 30.0


_BARE = re.compile(
    r"(?: (?:to )?[a-z/&() ]{1,24}?)?[ :,|]{0,2}(?:x ?|- ?|: ?)?(\d{1,2})(?=[,.;)|\n]|$)"
    r"(?! ?(?:deg|°|reps?|sets?|ft|%|visits?|wks?|[/x]|- ?\d|to \d|>))"
)


_RANGE = re.compile(r"(?<!\d)(\d{1,2}):?(\d\d) ?(?:-|to|stop|end|until|out) ?:? ?(\d{1,2}):?(\d\d)(?!\d)")


def _between(note: Analysed, parts: Sequence[tuple[int, int]]) -> tuple[float, Span] | None:
    """The minutes between two times of the clock."""
    for start, end in parts:
        for found in _RANGE.finditer(note.plain.low, start, end):
            hours, minutes, until_hours, until_minutes = (int(part) for part in found.groups())
            took = (until_hours - hours) % 12 * 60 + until_minutes - minutes
            if _SHORTEST <= took <= _LONGEST:
                return float(took), note.plain.span(found.start(), found.end())
    return None


def minutes_behind(note: Analysed, ends: Sequence[int]) -> tuple[float, Span] | None:
    """A bare number right behind a service's name, as in `IR 10` or `97026 - 12`, or None."""
    for end in ends:
        found = _BARE.match(note.plain.low, end)
        if found is not None and _SHORTEST <= float(found.group(1)) <= _LONGEST:
            return float(found.group(1)), note.plain.span(found.start(1), found.end(1))
    return None


_SHORTEST, _LONGEST = 3, 60  # minutes that a bare number may stand for


def minutes_in(note: Analysed, parts: Sequence[tuple[int, int]]) -> tuple[float, Span] | None:
    """The first minutes within parts of a note, or None."""
    for expression in (_MINUTES, _FIELD, _TIMES, _CLOCK):
        for start, end in parts:
            found = expression.search(note.plain.low, start, end)
            if found is not None:
                word = found.group(1)
                value = _HALF_AN_HOUR if word is None else _value(word)
                return value, note.plain.span(found.start(), found.end())
    return _between(note, parts)


def _value(word: str) -> float:
    if word[0].isdigit():
        return float(word.replace(",", "."))
    return float(sum(_VALUES[part] for part in re.split("[ -]", word)))

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
_MINUTES = re.compile(rf"({_SPOKEN}|{NUMBER})\s?-?\s?(?:min\b|mins\b|min\.|minutes?\b|'(?!\d)|m\b(?! ))|half an hour|a half hour|1/2 hr|one half hour")
_TIMES = re.compile(r"(?<![\w])x ?(\d{1,2})(?=[ ,.;\n]|$)(?! ?(?:reps?|sets?|ft|feet|\d|visits?|wks?))")
_HALF_AN_HOUR = 30.0


def minutes_in(note: Analysed, parts: Sequence[tuple[int, int]]) -> tuple[float, Span] | None:
    """The first minutes within parts of a note, or None."""
    for expression in (_MINUTES, _TIMES):
        for start, end in parts:
            found = expression.search(note.plain.low, start, end)
            if found is not None:
                word = found.group(1)
                value = _HALF_AN_HOUR if word is None else _value(word)
                return value, note.plain.span(found.start(), found.end())
    return None


def _value(word: str) -> float:
    if word[0].isdigit():
        return float(word.replace(",", "."))
    return float(sum(_VALUES[part] for part in re.split("[ -]", word)))

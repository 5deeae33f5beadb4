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
_UNIT = r"[}\])]?\s?-?\s?(?:m ?i ?n(?: ?s)?\b|min\.|min ?utes?\b|'(?!\d)|m\b(?! [a-z]* ?walk))"
_SIXTIETHS = r" ?/ ?60(?!\d)"  # `12/60` are minutes, as `3/7` are days
_HALF = r"half an hour|a half hour|1/2 hr|one half hour|half hour|quarter of an hour|quarter hour"
_MINUTES = re.compile(rf"({_SPOKEN}|{NUMBER}|ate(?= min))(?:{_UNIT}|{_SIXTIETHS})|{_HALF}")
_RIGHT_BEFORE = re.compile(rf"(?:({_SPOKEN}|{NUMBER}){_UNIT}|{_HALF}) ?(?:of |x )?(?:the |her |his )?$")
_FOR = re.compile(
    rf" ?(?:lamp |light |pads? |therapy )?(?:for|x) ({_SPOKEN}|{NUMBER})(?= (?:on|to|over|at|with|and|then|"
    rf"before|in|of the)\b|[,.;])"
)
_TIMES = re.compile(r"(?<![\w])(?<!\d{5} )x ?(\d{1,2})(?=[ ,.;\n]|$)(?! ?(?:reps?|sets?|ft|feet|\d|visits?|wks?))")
_FIELD = re.compile(rf"(?:min(?:ute)?s?|time|duration|dose|length)\s?[:=?]\s?({NUMBER})(?!\s?:\d)")
_CLOCK = re.compile(r"(?<!\d)0?0:(\d\d)(?!\d)")
_HALF_AN_HOUR, _QUARTER = 30.0, 15.0


_BARE = re.compile(
    r"(?: (?:to )?[a-z/&()+ ]{1,24}?)?[ :,|]{0,2}(?:x ?|- ?|: ?)?(\d{1,2})"
    r"(?=[,.;)|\n]|$| (?:for|to|d/t|2/2|due|b4|b/f|before|prior|pre|then|by|w/|>|\(#|\+|bil|b/l|each|[a-h]\)))"
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


def minutes_beside(note: Analysed, parts: Sequence[tuple[int, int]], service: str) -> tuple[float, Span] | None:
    """The minutes that stand right before a service's name, or behind it in its own part."""
    low = note.plain.low
    for start, end in parts:
        for one in note.within("service", [(start, end)]):
            if one.found.value != service:
                continue
            counted = _FOR.match(low, one.found.end)
            if counted is not None:
                return _value(counted.group(1)), note.plain.span(*counted.span(1))
            before = _RIGHT_BEFORE.search(low, max(start, one.found.start - _NEAR), one.found.start)
            found = before or _MINUTES.search(low, one.found.end, end)
            if found is not None:
                return _of(found), note.plain.span(*found.span())
            break
    return None


_NEAR = 30  # characters before a service in which its minutes may stand


def minutes_of_the_only_one(note: Analysed, services: Sequence[str]) -> tuple[float, Span] | None:
    """The only minutes a note gives at all, outside of what belongs to other services and of its total."""
    low = note.plain.low
    others = [(one.start, one.end) for one in note.applications if one.service not in services]
    found = [
        one
        for one in (*_MINUTES.finditer(low), *_FIELD.finditer(low))
        if not any(start <= one.start() < end for start, end in others)
        and not _OF_THE_VISIT.search(low, max(0, one.start() - _NEAR), one.start())
        and not _IN_ALL.match(low, one.end())
    ]
    if len({_of(one) for one in found}) != 1 or not _SHORTEST <= _of(found[0]) <= _LONGEST:
        return None
    return _of(found[0]), note.plain.span(*found[0].span())


_OF_THE_VISIT = re.compile(r"\b(?:total|tot|tx|treatment|timed|session|visit|every|last|each)\b[^.;\n]*$")
_IN_ALL = re.compile(r" ?(?:total|in all|all told|altogether|of treatment|later|ago|timed|late|walk)\b")


def minutes_in_columns(note: Analysed, codes: Sequence[str]) -> tuple[float, Span] | None:
    """The minutes of a code in a charge sheet: `CPT Units Min` above `97026 1 15`."""
    low = note.plain.low
    header = _COLUMNS.search(low) if "unit" in low else None
    if header is None:
        return None
    for code in codes:
        rows = re.compile(rf"(?<!\d){code.lower()}\D{{0,30}}?(\d{{1,2}})[ |,]{{1,4}}(\d{{1,2}})(?!\d)")
        for row in rows.finditer(low, header.end()):
            which = 2 if header.group(1) is not None else 1
            return float(row.group(which)), note.plain.span(*row.span(which))
    return None


_COLUMNS = re.compile(r"\b(?:(units?)[ |,]+min(?:ute)?s?|min(?:ute)?s?[ |,]+units?)\b")


def _of(found: re.Match[str]) -> float:
    """The minutes of a match: of both sides together, where it goes on to tell that."""
    if found.group(1) is None:
        return _QUARTER if "quarter" in found.group() else _HALF_AN_HOUR
    together = _TOGETHER.match(found.string, found.end())
    return _value(together.group(1) if together is not None else found.group(1))


_TOGETHER = re.compile(
    rf" (?:on |to |for |at )?(?:each|either|per|a)\b[^.;\n]{{0,24}}?\b({_SPOKEN}|"
    rf"{NUMBER}) (?:minutes )?(?:in all|altogether|total|all told)"
)


def minutes_around(note: Analysed, parts: Sequence[tuple[int, int]]) -> tuple[float, Span] | None:
    """The first minutes around a service that belong to no other service and are not the visit's."""
    low = note.plain.low
    others = [(one.start, one.end) for one in note.applications if one.kind == "procedure"]
    for start, end in parts:
        for found in _MINUTES.finditer(low, start, end):
            if any(first <= found.start() < last for first, last in others) or _IN_ALL.match(low, found.end()):
                continue
            return _of(found), note.plain.span(*found.span())
    return minutes_in(note, parts, (_FIELD, _CLOCK))


def minutes_in(
    note: Analysed,
    parts: Sequence[tuple[int, int]],
    expressions: Sequence[re.Pattern[str]] = (_MINUTES, _FIELD, _TIMES, _CLOCK),
) -> tuple[float, Span] | None:
    """The first minutes within parts of a note, or None."""
    for expression in expressions:
        for start, end in parts:
            found = expression.search(note.plain.low, start, end)
            if found is not None:
                return _of(found), note.plain.span(found.start(), found.end())
    return _between(note, parts)


def _value(word: str) -> float:
    if word[0].isdigit():
        return float(word.replace(",", "."))
    return float(sum(_VALUES[_HEARD.get(part, part)] for part in re.split("[ -]", word)))


_HEARD = {"ate": "eight"}

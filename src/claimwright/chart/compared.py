"""How a patient answered, as figures tell it: a measurement beside an earlier one of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimwright.chart.analysed import Analysed
from claimwright.chart.patterns import NUMBER, NUMBER_WORDS
from claimwright.chart.told import Span

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_BARE = rf"[+-]?(?:\d{{1,3}}(?:[.,]\d+)?|(?:{_TENS})[ -](?:{_WORDS})|(?:one )?(?:oh )?(?:{_WORDS})(?![a-z]))"
_FIGURE = rf"(?<![\w./]){_BARE}"
_BY = rf"(?: ?(?:x|by|/|of|out of|over) ?{_BARE}){{0,2}}"
_LEVEL = r"(?:min|mod|max|minimal|moderate|maximal) (?:a|assist|assistance|help)\b|\b(?:cga|sba|ctg)\b"
_M = rf"(?:{_FIGURE}{_BY}\+?(?![\d/:])|\b{_LEVEL})"
_UNIT = (
    r"(?: ?(?:%|°|\"|'|#|cm2?|mm|in|inch(?:es)?|deg(?:rees?)?|feet|foot|ft|lbs?|kg|pounds?|sec(?:onds?)?|s|m|meters?|"
    r"metres?|min(?:utes?|s)?|steps?|reps?|times|sites?|points?|cues?|coins?|pegs?|rungs?|holds?|blocks?|words?))?"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?=urday)(?:ur)?|sun)(?:day)?s?"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE = r"(?:0?[1-9]|1[0-2])/(?:[0-2]?\d|3[01])(?:/\d{2,4})?(?![\d/])"
_SPAN = r"(?:d|days?|wks?|weeks?|mos?|months?|visits?|sessions?|tx)"
# a time gone by
_THEN = (
    rf"(?:(?:(?:on|from|last|this past) )?{_DAY}\b(?!'s)"
    rf"|last(?: (?:wk|week|visit|time|session|tx|treatment|month|note|{_DAY}))?\b"
    rf"|(?:the )?(?:week|visit|session|day|time) before\b"
    rf"|(?:{NUMBER}|a|one|few|couple of) ?{_SPAN} (?:ago|earlier|back|before|prior)\b|yesterday"
    rf"|(?:at |on |from |the |her |his )*(?:previous(?:ly)?|prev|prior|initial(?:ly)?|eval(?:uation)?|ie|soc|"
    rf"baseline|intake|"
    rf"start of care|admission|admit|check-in|first (?:visit|day|session|time)|visit (?:1|one|#1)|day (?:1|one)|"
    rf"wk \d|week \d)\b"
    rf"|(?:on |(?<=\(|\[)){_DATE}|(?:in|last) {_MONTH}\b|on the \d{{1,2}}(?:st|nd|rd|th))"
)
# the beginning of the visit
_BEFORE = (
    r"(?:before(?:hand)?|b4|pre|prior|at (?:the )?(?:start|outset|arrival|beginning|"
    r"entry)(?: of [a-z]+(?: [a-z]+)?)?|on (?:entry|arrival|"
    r"coming in)|"
    r"to (?:start|begin)|(?:coming|going|walking|walked) in|\(start\)|start|when (?:she|he|they|we) (?:came|"
    r"comes?|walked|walks|began|started|arrived|arrives)[a-z ]{0,8})"
)
_AFTER = (
    r"(?:after(?:wards?)?|aft|post|p|at (?:the )?(?:end|finish|close)(?: of [a-z]+(?: [a-z]+)?)?|by the end|"
    r"on leaving|coming out|"
    r"going out|\(end\)|"
    r"when (?:it|they|we|she|he) (?:came|got up|gets up|rose|was|were|went|goes|leaves|stopped|left|"
    r"finished)[a-z ]{0,8}|now|today|"
    r"this (?:morning|afternoon|visit)|"
    r"leaving|once off|later)"
)
_FILL = (
    r"(?:[ ,:;(]+(?:it|he|she|they|r|l|rt|lt|right|left|was|were|had|been|reads?|at|only|the|measured|lacked|"
    r"locked|reached|could|did|"
    r"managed|do|to|a|an|with|took|of|for|until|where|and|by|got|made|walked|held|stood|lifted|area|size|x|just|"
    r"is|only|about|"
    r"pain|level|flexion|extension|rotation|tam|rom|grip|hold|there|then|her|his|that|needed|required)\b)"
)
_STOP = r"(?= ?(?:[,.;:)\]\n]|$|and\b|but\b|vs\b|to\b|with\b|also\b|too\b|when\b|by\b|he\b|she\b))"
_HELD_AGAINST = (
    r"\b(?:before|beforehand|pre|prior|was|were|had been|from|against|vs|versus|than|compared (?:with|to)|up from|"
    r"down from|where (?:he|she|it) (?:had )?[a-z]+|it read|having been|instead of)"
)
_CAME_AND_LEFT = (
    rf"\b(?:(?:came|arrived|walked|started|went) (?:in )?(?:at |with )?an? {_M}"
    rf"|left (?:at |with )?(?:an? )?{_M}{_UNIT}{_STOP}|now(?: an?| at)? {_M})"
)
_ANCHORED = tuple(
    re.compile(one)
    for one in (
        rf"\b{_THEN}{_FILL}{{0,6}}[ ,:(]+{_M}",
        rf"{_M}{_UNIT}(?: [a-z]{{1,10}})?[ ,(]{{1,3}}(?:as of |as |at |on |the |of |in )*{_THEN}",
        rf"{_HELD_AGAINST}[ :,]+(?:a |an |the |at |to |only |r |l )?{_M}{_UNIT}{_STOP}",
        r"\b(?:up from|down from|versus|vs) (?:for|to|too|ate|won|fore)\b",  # numbers as a dictation hears them
        _CAME_AND_LEFT,
        rf"{_M}{_UNIT} ?(?:>|->) ?{_M}",
        r"\+{1,3} ?,?[^.;\n]{0,40}?> ?[a-z ]{0,12}\+{1,3}(?![\d+])",
        rf"\bwhere (?:we|it|he|she) (?:began|started|stood)(?: with| at| from)? {_M}",
        rf"\b(?:he|she|it) (?:had|did|managed|made) (?:only )?{_M}{_UNIT}(?= ?[.;\n]|$)",
        rf"{_M}{_UNIT}[ ,(]{{1,3}}{_BEFORE}{_STOP}",
        rf"\b{_BEFORE}[ :,]+{_M}{_UNIT}{_STOP}",
        rf"{_M}{_UNIT}(?: also)?[ ,(]{{1,3}}{_AFTER}{_STOP}",
        rf"\b(?!p ?:)(?:{_AFTER}|out)(?: ?:| was| is| it was| pain)[ :]*(?:[a-z]{{1,8}} ?){{0,2}}{_M}",
    )
)
_BESIDE = re.compile(
    rf"(?<![\d#]){_M}{_UNIT}(?: [a-z#]{{1,8}}){{0,2}} ?\( ?(?:was |prior |prev |previous |last |from |up from |"
    rf"down from |initial )?"
    rf"(?:[rl] )?{_M}{_UNIT}(?: ?@ ?{_M}{_UNIT})?(?: (?:last|prior|before|{_THEN}|in|at start|pre))?,? ?\)"
)
_ANY = re.compile(_M)
_AROUND = 350  # characters within which the measurement stands that an earlier one is held against
_NO_MEASURE = re.compile(
    r" ?(?:m ?in|minutes?|'|visits?|/wk|x/|wks?|weeks?|days?|units?|months?|years?|yrs?|y/o|am\b|pm\b|:\d)"
)
_DOSE = re.compile(
    r"\b(?:visit|goal|ltg|stg|aim|target|age|x|until|by|next|return|rtc|see|back|due|for|after)\b[ :#]*(?:[a-z]+ )?$"
)
_AHEAD = re.compile(
    r"\b(?:next|see|seen|return|ret|rtc|f/u|back|until|by|due|resume|goal|ltg|stg|target|will|since)\b[^.;\n]{0,16}$"
)
_LOOKED_AT = 30


def compared(note: Analysed) -> tuple[Span, ...]:
    """The words with which a note holds one measurement against an earlier one; none where it does not."""
    for start, end in _held(_FORMS.sub(_blank, _SCANNED.sub(_digit, note.plain.low))):
        return (note.plain.span(start, end),)
    return ()


_SCANNED = re.compile(r"(?<=[/x(])l ?[o0]\b|\b[lo](?=\.\d)|(?<=[x/])l(?=\d)|(?<=\d)[lo](?=ft\b|\b|\d)")
_FORMS = re.compile(r"\{\d-\d+:")


def _digit(found: re.Match[str]) -> str:
    return found.group().replace("l", "1").replace("o", "0").replace(" ", "") + " " * found.group().count(" ")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _held(low: str) -> Iterator[tuple[int, int]]:
    for found in _BESIDE.finditer(low):
        if not _AHEAD.search(low, max(0, found.start() - _LOOKED_AT), found.start()):
            yield found.span()
    for expression in _ANCHORED:
        for found in expression.finditer(low):
            if _AHEAD.search(low, max(0, found.start() - _LOOKED_AT), found.start()):
                continue
            if _another(low, found.start(), found.end()):
                yield found.span()


def _another(low: str, start: int, end: int) -> bool:
    """Whether another measurement, and not a dose or a date, stands near."""
    for one in _ANY.finditer(low, max(0, start - _AROUND), min(len(low), end + _LOOKED_AT)):
        if one.end() > start and one.start() < end:
            continue
        minutes = "min" not in low[start:end] and _NO_MEASURE.match(low, one.end())
        if minutes or _DOSE.search(low, max(0, one.start() - _LOOKED_AT), one.start()):
            continue
        return True
    return False

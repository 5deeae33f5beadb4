"""How a note is laid out: its sections, its sentences and their clauses, as places in the plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

# where every alternative begins with a sign as it stands, the places to look at are found fastest
_HEADER = re.compile(
    r"(?:\n ?|\. |; |, )()[{*_<]{0,2}([A-Za-z][A-Za-z0-9#/&()\-' ]{0,34}?)[}*_>]{0,2} ?(:(?!\d)|(?= ?\n)| -(?= ))"
)
_END = re.compile(r"[\n.!?](?:(?<=\n)|(?= |\n|$))")
_NOT_ENDING = re.compile(
    r"(?:\b[A-Z]|\b(?:dr|mr|mrs|ms|vs|approx|e\.g|i\.e|eg|ie|no|st|jr|sr|prof|inc|fig))$", re.IGNORECASE
)
_ANSWER = re.compile(r"\bno$", re.IGNORECASE)  # but `No. 4`
_SHORTENED = re.compile(
    r"\b(?:lat|bilat|bi|ext|flex|mins?|wks?|deg|ant|post|med|sup|inf|prox|dist|rot|abd|add|mm|tol|cont|indep|amb|resp|ft|"
    r"in|cm|lbs?|sec|hrs?|ther|ex|[dhts]x|eval|incl|max|mod|pt|lumb|cerv|thor|sacr|mo|yrs?|fr|approx|w|b)$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";|:(?= )|, (?:(?:but|however|although|though|except|which|whereas|yet) "
    r"|(?=(?:then|he|she|it|they|we|i|infrared|and (?:he|she|we|i|the)|his|her|my|there) ))"
    r"| (?:(?:but|however|although|though|except|which|whereas|yet) |-{1,2} |\. )"
    r"|\((?!-\)| ?[xX]?\))|\) (?<!\(-\) )(?<!\( \) )(?<!\(\) )(?<!\([xX]\) )"
    r"|(?P<box>\((?= ?[xX]?\))|\[)"  # which the clause begins with
)


class Sentence(NamedTuple):
    """`text[start:end]`; `clauses` are the places at which its clauses begin. `header` is the field it stands under."""

    start: int
    end: int
    clauses: tuple[int, ...]
    section: str
    header: str
    line: int
    first: bool  # the one that begins with its header


@dataclass(frozen=True)
class Layout:
    sentences: tuple[Sentence, ...]

    def clause_of(self, sentence: Sentence, place: int) -> tuple[int, int]:
        """The clause of a sentence that holds a place."""
        first = sentence.start
        for begins in sentence.clauses:
            if begins > place:
                return first, begins
            first = begins
        return first, sentence.end


def layout(text: str, sections: Mapping[str, str], fields: frozenset[str]) -> Layout:
    """Lay out a plain text. `sections`: a header in small letters → its section; `fields`: other headers."""
    headers = [
        (found.start(1) - 1, found.end() - 1, name)
        for found in _HEADER.finditer("\n" + text)
        if (name := found.group(2).strip().lower()) in sections or found.group(3) == ":"
    ]
    breaks = {
        start
        for start, _, name in headers
        if name in sections or name in fields or text[start - 1 : start] in {"", "\n"}
    }
    ends = sorted(
        breaks | {found.end() for found in _END.finditer(text) if not _in_the_middle(text, found)} | {len(text)}
    )
    named = {start: (end, name) for start, end, name in headers}
    sentences: list[Sentence] = []
    start, section, header, line = 0, "", "", 0
    for end in ends:
        if end <= start:
            continue
        line += text[start - 1 : start] == "\n"
        if text[start - 1 : start] in {"", "\n"} or start in breaks:
            header = ""
        if start in named:
            header = named[start][1]
            section = sections.get(header, section)
        if text[start:end].strip():
            found = _CLAUSE.finditer(text, start, end)
            places = (one.start("box") if one["box"] else one.end() for one in found)
            begins = tuple(place for place in places if place < end)
            sentences.append(Sentence(start, end, begins, section, header, line, start in named))
        start = end
    return Layout(tuple(sentences))


def _in_the_middle(text: str, found: re.Match[str]) -> bool:
    """Whether a full stop belongs to an initial or an abbreviation."""
    if found.group() != ".":
        return False
    before = text[max(0, found.start() - 8) : found.start()]
    if _ANSWER.search(before) and not text[found.end() : found.end() + 2].strip().isdigit():
        return False
    if _NOT_ENDING.search(before):
        return text[found.end() : found.end() + 1] != "\n"
    return text[found.end() + 1 : found.end() + 2].islower() and bool(_SHORTENED.search(before))

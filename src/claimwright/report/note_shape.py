"""The published shape of one note's JSON, version 1: what stands under each key."""

from __future__ import annotations

from typing import Final, Literal, NotRequired, TypedDict

from claimwright.report.shape import LineAnswerJson, QuotedJson

NOTE: Final = "claimwright/note/1"


class SupportedJson(TypedDict):
    """A fact that words of the note say."""

    fact: str
    says: str
    value: str
    kind: str
    """What the words support, as the legend of the other faces groups it."""
    of: list[str]
    """The procedure codes it is told of; empty where it holds for the visit."""
    quoted: list[QuotedJson]
    rule: str
    """The rule of the language that found it."""


class GapJson(TypedDict):
    """A fact that the note does not tell, or not in one way only, and the question for it."""

    fact: str
    why: str
    question: str
    who: str


class MentionJson(TypedDict):
    """Words that a table of the language knows, and what the note says of them."""

    label: str
    value: str
    status: str
    """affirmed, negated, historical, family, hypothetical, quoted, elsewhere or planned."""
    quoted: QuotedJson


class NoteJson(TypedDict):
    """One note: what it supports, what is missing, and, where a line was asked about, its answer."""

    schema: Literal["claimwright/note/1"]
    note: str
    services: list[str]
    """The codes of the modalities and procedures that the note shows as given."""
    supported: list[SupportedJson]
    missing: list[GapJson]
    mentions: list[MentionJson]
    problems: list[str]
    line: NotRequired[LineAnswerJson]

"""What a note tells: facts of the vocabulary with the words that say so, and the mentions they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Value = str | bool | float | tuple[str, ...]


class Span(NamedTuple):
    """Characters of the note as it was given, `text[start:end]`."""

    start: int
    end: int


class Status(StrEnum):
    """What a note says of a thing it mentions, first of those that fit (`language/assertion.md`)."""

    FAMILY = "family"
    QUOTED = "quoted"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    ELSEWHERE = "elsewhere"
    HISTORICAL = "historical"
    PLANNED = "planned"
    AFFIRMED = "affirmed"

    __hash__ = str.__hash__  # as the word that it equals; that of an enumeration is slow


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the note that a table of the language knows. `label` is the table's, `value` the row's."""

    label: str
    value: str
    span: Span
    status: Status = Status.AFFIRMED


@dataclass(frozen=True, slots=True)
class Said:
    """One fact of the vocabulary as the note tells it.

    `of`: the procedure codes of the service it is told of; empty where it holds for the whole visit. `spans`: the words
    that say so; empty where the note was read whole and does not say it (a yes/no fact is then False). `rule`: the rule
    of the language that found it. A value in `either` is one of several that the note does not tell apart.
    """

    fact: str
    value: Value
    spans: tuple[Span, ...] = ()
    of: tuple[str, ...] = ()
    rule: str = ""
    either: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)  # the words of a note have no place in a message
class Told:
    """A note that was read. Two `said` of one fact and service with values that exclude each other are a conflict.

    `said` speaks only of facts in `policies/facts.yaml`. `services` are the codes of the modalities and procedures the
    note shows as given in the visit. `problems` name what could not be read, without the words of the note.
    """

    text: str
    said: tuple[Said, ...]
    mentions: tuple[Mention, ...]
    services: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def of(self, fact: str, procedure: str = "") -> tuple[Said, ...]:
        """What is said of a fact for a procedure code: of that service, and of the visit."""
        return tuple(
            one for one in self.said if one.fact == fact and (not one.of or not procedure or procedure in one.of)
        )

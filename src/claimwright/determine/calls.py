"""Claims of several callers, determined together for speed and told apart: none is ever joined with another's.

What brings lines together is the patient, the provider, and the claim of a file. So each call has a file of its own
here, and its patients and providers are its own, whoever else names the same ones. Calls with files beside them, or
with notes, are determined alone, for these are joined by the member id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import BinaryIO

import polars as pl

from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.determine.files import misread, until
from claimwright.determine.sides import NO_SIDES, Sides
from claimwright.formats import x12
from claimwright.lines.answers import LineAnswer
from claimwright.lines.case import Case, lines_of_all
from claimwright.lines.problems import Problem
from claimwright.lines.schema import empty

_SEED = 97026


class TooManyError(Exception):
    """More claims or lines than one call is for."""


@dataclass(frozen=True, repr=False)  # claims have no place in a message
class Call:
    """Claims that belong together, as one file would, each with its place in what was sent, from 1."""

    cases: tuple[tuple[int, Case], ...]
    as_of: date
    sides: Sides = NO_SIDES

    @property
    def lines(self) -> int:
        return sum(len(case.lines) for _, case in self.cases)

    @property
    def alone(self) -> bool:
        """Whether it is joined with what is beside it by more than the keys that are a call's own."""
        noted = any(case.note or any(line.note for line in case.lines) for _, case in self.cases)
        return noted or self.sides is not NO_SIDES


@dataclass(frozen=True, repr=False)
class Told:
    """The answers to one call in the order of its lines, and what was wrong with it. Lines of later days have none."""

    answers: tuple[LineAnswer, ...] = ()
    problems: tuple[Problem, ...] = ()


def told(calls: Sequence[Call], engine: Engine) -> list[Told]:
    """What each of some calls would be told if it came by itself."""
    found: dict[int, Told] = {}
    for numbers in _together(calls):
        chosen = [calls[number] for number in numbers]
        found.update(zip(numbers, _told(chosen, engine), strict=True))
    return [found[number] for number in range(len(calls))]


def _together(calls: Sequence[Call]) -> Iterator[list[int]]:
    """Numbers of calls that may be determined at once: of one day, with nothing beside them."""
    yield from ([number] for number, call in enumerate(calls) if call.alone)
    others = sorted((call.as_of, number) for number, call in enumerate(calls) if not call.alone)
    yield from ([number for _, number in group] for _, group in groupby(others, key=lambda one: one[0]))


def _told(calls: Sequence[Call], engine: Engine) -> list[Told]:
    as_of = calls[0].as_of
    given = ((str(number), place, case) for number, call in enumerate(calls) for place, case in call.cases)
    lines = lines_of_all(given).with_columns(pl.col("received").fill_null(as_of))
    present, later = until(lines if len(calls) == 1 else _apart(lines), as_of)
    if not present.height:
        return _divided(calls, (), later)
    determined = engine.determine(present, calls[0].sides)
    problems = [*later, *misread(determined)]
    if len(calls) == 1:
        problems += determined.noted.problems()
    return _divided(calls, explain(determined), problems)


def told_of_837(text: BinaryIO, engine: Engine, as_of: date, *, most: int, lines_at_most: int) -> Told:
    """The answers to the claims of an 837, as one call. Raises TooManyError where it holds more claims, or lines."""
    frames: list[pl.DataFrame] = []
    problems: list[Problem] = []
    claims = many = 0
    for batch in x12.read(text):
        claims += batch.claims
        many += batch.lines.height
        if claims > most or many > lines_at_most:
            raise TooManyError
        frames.append(batch.lines)
        problems += batch.problems
    lines = pl.concat(frames) if frames else empty()
    present, later = until(lines.with_columns(pl.col("received").fill_null(as_of)), as_of)
    determined = engine.determine(present)
    answers = tuple(explain(determined)) if present.height else ()
    return Told(answers, (*problems, *later, *misread(determined), *determined.noted.problems()))


def _apart(lines: pl.DataFrame) -> pl.DataFrame:
    """Patients and providers as keys that no two calls share."""
    return lines.with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.struct("file", name).hash(seed=_SEED)).alias(name)
        for name in ("patient", "provider")
    )


def _divided(calls: Sequence[Call], answers: Iterable[LineAnswer], problems: Iterable[Problem]) -> list[Told]:
    """Each call's own, without the name of the file that it was here."""
    own: list[list[LineAnswer]] = [[] for _ in calls]
    wrong: list[list[Problem]] = [[] for _ in calls]
    for answer in answers:
        own[int(answer.line.file)].append(replace(answer, line=replace(answer.line, file="")))
    for problem in problems:
        wrong[int(problem.file or 0)].append(replace(problem, file=""))
    return [Told(tuple(lines), tuple(found)) for lines, found in zip(own, wrong, strict=True)]

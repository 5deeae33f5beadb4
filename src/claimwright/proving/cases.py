"""Runs worked cases through the whole engine, all cases of the same tables at once, and compares what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import orjson
import polars as pl

from claimwright.determine import sides
from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.determine.run import Determined
from claimwright.lines.answers import Finding, LineAnswer
from claimwright.lines.problems import Gravity, Problem
from claimwright.policies.model import Library
from claimwright.proving import case_build, case_compare
from claimwright.proving.case_build import Built, Canonical
from claimwright.proving.case_compare import Got, Row
from claimwright.proving.case_dialogue import Determine, asked
from claimwright.proving.case_expect import LineExpect
from claimwright.proving.case_files import WorkedCase

Faces = Callable[[LineAnswer], tuple[str, ...]]
Records = Callable[[Engine, Mapping[str, Any], str], tuple[Determine, tuple[Problem, ...]]]
_BY_LINE = frozenset({"line", "pair of lines"})


@dataclass(frozen=True)
class CaseResult:
    """One case run: a row for each thing expected, the answers to its lines, and the problems met in reading it."""

    case: WorkedCase
    rows: tuple[Row, ...]
    answers: tuple[LineAnswer, ...]
    problems: tuple[Problem, ...]
    written: Mapping[str, Any]  # the fields of the claim as the engine was given them

    @property
    def ok(self) -> bool:
        return all(row.ok for row in self.rows)

    @property
    def failed(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.ok)


def read_beside(engine: Engine, beside: Mapping[str, Any], member: str) -> tuple[Determine, tuple[Problem, ...]]:
    """Records beside a claim, read as side files are; those that name no member are the one patient's."""
    found, problems = sides.of_records(beside, defaults={"member_id": member})
    return partial(engine.determine, sides=found), problems


@dataclass(frozen=True)
class Bench:
    """What cases are run with: the engine, every face of an answer, and the reader of records beside a claim.

    `records` is given an engine, a case's records (`history`, `plans`, `authorizations`, `plans of care`, `notes`:
    lists of field → text), and the member whose they are where they name none. It gives what determines lines in their
    light, and what is wrong with them.
    """

    engine: Engine
    faces: Faces
    records: Records = read_beside

    def on(self, case: WorkedCase) -> tuple[Bench, tuple[Problem, ...]]:
        """The bench for a case's own tables and settings, or what is wrong with them."""
        releases, problems = case_build.tables(case, self.engine.releases)
        library, more = case_build.settled(case, self.engine.library)
        if releases is self.engine.releases and library is self.engine.library:
            return self, (*problems, *more)
        return replace(self, engine=replace(self.engine, releases=releases, library=library)), (*problems, *more)

    def without(self, clauses: Iterable[str]) -> Bench:
        """The bench as if some clauses, `NCD-270.6 NC.coded`, had never been written; all versions of each are gone."""
        gone = frozenset(clauses)
        policies = tuple(
            replace(policy, clauses=tuple(clause for clause in policy.clauses if clause.name not in gone))
            for policy in self.engine.library.policies
        )
        return replace(self, engine=replace(self.engine, library=replace(self.engine.library, policies=policies)))


def run(
    cases: Sequence[WorkedCase], bench: Bench, *, progress: Callable[[int], None] = lambda _: None
) -> tuple[CaseResult, ...]:
    """Run cases, in order; those that stand on the same tables and settings are determined together.

    `progress` hears how many cases have been run.
    """
    name = canonical(bench.engine.library)
    results: dict[int, CaseResult] = {}
    for group in _by_what_they_stand_on(cases).values():
        own, problems = bench.on(group[0][1])
        if problems:
            results |= {place: _refused(case, problems) for place, case in group}
        else:
            results |= _run([(place, case_build.build(case, name)) for place, case in group], own, name)
        progress(len(results))
    return tuple(results[place] for place in range(len(cases)))


def run_without(cases: Sequence[WorkedCase], bench: Bench, clauses: Iterable[str]) -> tuple[CaseResult, ...]:
    """Run cases as if some clauses had never been written.

    A case proves a clause when it comes out with it and does not without it.
    """
    return run(cases, bench.without(clauses))


def canonical(library: Library) -> Canonical:
    """A fact's own name, of any of its names in any case; what names none stays as it is written."""

    def name(word: str) -> str:
        fact = library.fact(word)
        return fact.name if fact is not None else word

    return name


def _by_what_they_stand_on(cases: Sequence[WorkedCase]) -> dict[bytes, list[tuple[int, WorkedCase]]]:
    groups: dict[bytes, list[tuple[int, WorkedCase]]] = {}
    for place, case in enumerate(cases):
        site = case_build.site(case)
        key = orjson.dumps([case.tables, site and site.values["site"]], option=orjson.OPT_SORT_KEYS)
        groups.setdefault(key, []).append((place, case))
    return groups


def _refused(case: WorkedCase, problems: Sequence[Problem], written: Mapping[str, Any] | None = None) -> CaseResult:
    return CaseResult(case, (case_compare.refusal(case.expect, problems),), (), tuple(problems), written or {})


def _run(built: Sequence[tuple[int, Built]], bench: Bench, name: Canonical) -> dict[int, CaseResult]:
    """The results of cases that stand on the same tables and settings, by their place.

    A case with records beside it is determined alone, so that nobody else's lines meet them.
    """
    results = {}
    together: list[tuple[int, Built]] = []
    for place, one in built:
        if one.claim is None:
            results[place] = _refused(one.case, one.problems, one.written)
        elif not one.beside:
            together.append((place, one))
        else:
            determine, problems = bench.records(bench.engine, one.beside, case_build.member(one))
            if any(problem.gravity is Gravity.ERROR for problem in problems):
                results[place] = _refused(one.case, problems, one.written)
            else:
                results |= _determined([(place, one)], determine, bench, name)
    return results | _determined(together, bench.engine.determine, bench, name)


def _determined(
    sound: Sequence[tuple[int, Built]], determine: Determine, bench: Bench, name: Canonical
) -> dict[int, CaseResult]:
    """Cases that can be run, their lines determined in one go."""
    if not sound:
        return {}
    frames = [case_build.rows(one, place + 1) for place, one in sound]
    determined = determine(pl.concat(frames))
    answers = list(explain(determined))
    results = {}
    first = 0
    for (place, one), frame in zip(sound, frames, strict=True):
        mine = tuple(answers[first : first + frame.height])
        questions = asked(determine, bench.engine.library, frame) if _never_asks(one) else frozenset()
        rows = [
            *case_compare.told(one.case.expect, one.problems),
            *_misread(determined, first, frame.height),
            *case_compare.anywhere(one.case.expect, mine),
            *_rows(one, determined, mine, Judge(name, bench.faces, questions)),
        ]
        results[place] = CaseResult(one.case, tuple(rows), mine, one.problems, one.written)
        first += frame.height
    return results


@dataclass(frozen=True)
class Judge:
    """What comparing needs beside an answer."""

    name: Canonical
    faces: Faces
    asked: frozenset[str]


def _expected(built: Built) -> Iterator[tuple[int, LineExpect]]:
    if built.case.expect.model_fields_set - {"lines", "problems", "anywhere", "error"}:
        yield 1, built.case.expect
    yield from (built.case.expect.lines or {}).items()


def _never_asks(built: Built) -> bool:
    return any(expect.documented and expect.documented.never_asks for _, expect in _expected(built))


def _misread(determined: Determined, first: int, height: int) -> Iterator[Row]:
    """A fact that nobody understood would make a case pass or fail for the wrong reason."""
    said = (
        words for row in range(first, first + height) for words in determined.stated[determined.stated_of[row]].misread
    )
    for words in dict.fromkeys(said):
        yield Row("facts", "every fact understood", words, ok=False)


def _rows(built: Built, determined: Determined, answers: tuple[LineAnswer, ...], judge: Judge) -> Iterator[Row]:
    for number, expect in _expected(built):
        if not 1 <= number <= len(answers):
            yield Row(f"line {number}", "an answer", f"the case has {len(answers)} lines", ok=False)
            continue
        got = Got(
            answers[number - 1],
            elsewhere=tuple(_elsewhere(determined, answers, number)),
            asked=judge.asked,
            faces=lambda answer=answers[number - 1]: judge.faces(answer),  # type: ignore[misc] # a default binds it
        )
        for row in case_compare.rows_of(expect, got, judge.name):
            yield row if number == 1 else replace(row, what=f"line {number}: {row.what}")


def _elsewhere(determined: Determined, answers: tuple[LineAnswer, ...], number: int) -> Iterator[Finding]:
    """Findings about the whole visit, claim or day of a code that stand on another line."""
    each = {ready.clause.name: ready.clause.each for ready in determined.plan.clauses}
    for place, answer in enumerate(answers, 1):
        if place != number:
            yield from (finding for finding in answer.findings if each.get(finding.clause) not in _BY_LINE)

"""A line whose day of service nobody told: determined in each version of its policies, and united.

Where all versions agree, the answer is theirs. Where they do not, the day is asked for, after what is asked first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from claimwright.days import ONE_DAY
from claimwright.determine import any_payer, ask
from claimwright.determine.any_payer import PAYER, first_of_all, undetermined
from claimwright.determine.batch import LineNumbers
from claimwright.determine.combine import Combination, Combinations
from claimwright.determine.decide import Walk, begin
from claimwright.determine.plan import Plan
from claimwright.determine.run import Determined
from claimwright.lines.answers import Channel, NamedSilence, Question, Silence, View
from claimwright.lines.schema import Unstated

DAY = "service date"
FIRST_YEAR = "first year of an unknown day"


def days(plan: Plan, edges: Sequence[date]) -> tuple[date, ...]:
    """The first day of each version that a line without a day may fall under, oldest first."""
    year = plan.numbers.at(FIRST_YEAR, edges[-1]) if edges else None
    if year is None:
        return tuple(edges)
    first = date(int(year), 1, 1)
    return (first, *(day for day in edges if day > first))


def united(
    determined: Determined,
    on: Callable[[pl.DataFrame], Determined],
    first_days: Sequence[date],
    combinations: Combinations,
) -> Determined:
    """The same, with an answer over all versions for each line that has no day; `on` determines lines that have one."""
    no_day = determined.lines["service_from"].is_null().to_numpy()
    rows = determined.rows[no_day[determined.rows]]
    if not rows.size:
        return determined
    undated = determined.lines.gather(rows)
    each = [(day, on(_dated(undated, day))) for day in first_days]
    found: list[Combination] = list(determined.combinations)
    places: dict[tuple[int, ...], int] = {}
    of = determined.combination.copy()
    agreed: list[int] = []
    for at, row in enumerate(rows):
        nothing = determined.combinations[int(of[row])]
        versions = _merged([(day, one.combinations[int(one.combination[at])]) for day, one in each])
        key = (id(nothing), *(id(one) for _, one in versions))
        if key not in places:
            places[key] = len(found)
            found.append(_united(nothing, versions, combinations))
        of[row] = places[key]
        if not found[places[key]].versions:
            agreed.append(at)
    findings = _of_coverage(each[-1][1], np.array(agreed, dtype=np.int64), rows)
    return replace(
        determined,
        combination=of,
        combinations=tuple(found),
        findings=pl.concat([determined.findings, findings]),
    )


def next_question(combination: Combination, combinations: Combinations, skip: frozenset[str]) -> Question | None:
    """What some program asks before everything else, then the payer, then the day."""
    walks = [(day, _walks(one, combinations)) for day, one in combination.versions]
    every = [walk for _, of_version in walks for walk in of_version]
    first = first_of_all(every, skip)
    if first is not None:
        return first
    if PAYER not in skip and combination.versions[-1][1].station.instead:
        question = any_payer.which_payer(walks[-1][1])
        if question is not None:
            return question
    return None if DAY in skip else _which_day(combination)


def _dated(lines: pl.DataFrame, day: date) -> pl.DataFrame:
    """The lines as if each were done on this day, and nobody told what else was."""
    that_day = pl.lit(day, dtype=pl.Date)
    return lines.with_columns(
        service_from=that_day,
        service_to=that_day,
        patient=pl.lit(None, dtype=lines.schema["patient"]),
        frequency=pl.lit(None, dtype=lines.schema["frequency"]),
        claim_index=pl.int_range(pl.len()).cast(lines.schema["claim_index"]),
        unstated=pl.col("unstated") | int(Unstated.SAME_DAY),
    )


def _merged(versions: list[tuple[date, Combination]]) -> tuple[tuple[date, Combination], ...]:
    """Those that differ from the one before."""
    return tuple((day, one) for at, (day, one) in enumerate(versions) if not at or not _alike(one, versions[at - 1][1]))


def _alike(one: Combination, other: Combination) -> bool:
    left, right = one.documented.answer, other.documented.answer
    return (left.outcome, left.finality, left.reachable) == (right.outcome, right.finality, right.reachable)


def _united(
    nothing: Combination, versions: tuple[tuple[date, Combination], ...], combinations: Combinations
) -> Combination:
    silences = nothing.station.silences
    first, last = versions[0][0], versions[-1][1]
    if len(versions) == 1:
        why = f"nobody told the day; every version from {first} on gives the same"
        agreed = (replace(one, why=why) if one.name is Silence.NO_SERVICE_DATE else one for one in silences)
        answer = replace(last.documented.answer, silences=tuple(dict.fromkeys((*agreed, *_silences(last)))))
        return replace(last, coded=nothing.coded, documented=replace(last.documented, answer=answer))
    reached = {outcome for _, one in versions for outcome in one.documented.answer.reachable}
    asked = replace(nothing, versions=versions)
    documented = undetermined(
        tuple(dict.fromkeys((*silences, *(silence for _, one in versions for silence in _silences(one))))),
        reachable=tuple(sorted(reached, key=lambda outcome: outcome.order)),
        exact=all(one.documented.answer.reachable_is == "exact" for _, one in versions),
        depends_on=tuple(dict.fromkeys((DAY, *(n for _, one in versions for n in one.documented.answer.depends_on)))),
        question=next_question(asked, combinations, frozenset()),
    )
    return replace(asked, documented=documented)


def _silences(one: Combination) -> tuple[NamedSilence, ...]:
    return one.documented.answer.silences


def _walks(one: Combination, combinations: Combinations) -> list[Walk]:
    return [begin(docket, View.DOCUMENTED, known) for docket, known in combinations.dockets(one)]


def _which_day(combination: Combination) -> Question:
    """Every version with the days it is for, and where it leads."""
    versions = combination.versions
    answers = []
    for at, (day, one) in enumerate(versions):
        until = versions[at + 1][0] - ONE_DAY if at + 1 < len(versions) else None
        label = f"{day} or later" if until is None else f"{until} or earlier" if not at else f"{day} to {until}"
        answers.append((label, tuple(ask.in_order(one.documented.answer.reachable))))
    why = "which version of a policy is in force turns on it"
    return Question(DAY, "On which day was the service?", "the schedule, or the note", why, tuple(answers))


def _of_coverage(
    version: Determined,
    agreed: LineNumbers,
    rows: LineNumbers,
) -> pl.DataFrame:
    """What the last version found of lines on which all agree, in the documented view, as findings of those lines."""
    clauses = [ready.number for ready in version.plan.clauses if ready.clause.channel is Channel.COVERAGE]
    wanted = pl.col("row").is_in(agreed.tolist()) & pl.col("clause").is_in(clauses)
    told = version.findings.filter(wanted.fill_null(value=False))
    return told.with_columns(row=pl.Series(rows[told["row"].to_numpy()], dtype=pl.Int64))

"""A line whose day of service nobody told: determined in each version of its policies, and united.

Where all versions agree, the answer is theirs. Where they do not, the day is asked for, after what is asked first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from claimwright.days import ONE_DAY
from claimwright.determine import any_payer, ask
from claimwright.determine.answer import Decision
from claimwright.determine.any_payer import PAYER, first_of_all, undetermined
from claimwright.determine.batch import LineNumbers
from claimwright.determine.collect import BIT
from claimwright.determine.combine import Combination, Combinations
from claimwright.determine.plan import Plan
from claimwright.determine.run import Determined
from claimwright.lines.answers import DENIALS, NamedSilence, Question, Silence
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
    version = on(_dated(determined.lines.gather(rows), first_days))
    many = rows.size
    found: list[Combination] = list(determined.combinations)
    places: dict[tuple[int, ...], int] = {}
    of = determined.combination.copy()
    for at, row in enumerate(rows):
        nothing = determined.combinations[int(of[row])]
        of_days = version.combination[at::many]
        versions = [(day, version.combinations[int(one)]) for day, one in zip(first_days, of_days, strict=True)]
        key = (id(nothing), *(id(one) for _, one in versions))
        if key not in places:
            places[key] = len(found)
            found.append(_united(nothing, versions, combinations))
        of[row] = places[key]
    findings = _in_every(version, len(first_days), rows)
    return replace(
        determined,
        combination=of,
        combinations=tuple(found),
        findings=pl.concat([determined.findings, findings]),
    )


def next_question(combination: Combination, combinations: Combinations, skip: frozenset[str]) -> Question | None:
    """What some program asks before everything else, then the payer, then the day."""
    walks = [combinations.walks(one) for _, one in combination.versions]
    every = [walk for of_version in walks for walk in of_version]
    first = first_of_all(every, skip)
    if first is not None:
        return first
    if PAYER not in skip and combination.versions[-1][1].station.instead:
        question = any_payer.which_payer(walks[-1])
        if question is not None:
            return question
    return None if DAY in skip else _which_day(combination)


def _dated(lines: pl.DataFrame, first_days: Sequence[date]) -> pl.DataFrame:
    """The lines as if done on the first day, then on the second, and so on; nobody knows what else was done that day.

    Each is a claim of its own and of nobody, so that no day counts what stands on another.
    """
    schema = lines.schema
    of_nobody = {name: pl.lit(None, dtype=schema[name]) for name in ("patient", "provider", "frequency")}
    return pl.concat(
        lines.with_columns(
            pl.lit(day, dtype=pl.Date).alias("service_from"),
            pl.lit(day, dtype=pl.Date).alias("service_to"),
            pl.int_range(at * lines.height, (at + 1) * lines.height).cast(schema["claim_index"]).alias("claim_index"),
            pl.col("unstated") | int(Unstated.SAME_DAY),
            **of_nobody,
        )
        for at, day in enumerate(first_days)
    )


def _merged(versions: Sequence[tuple[date, Combination]]) -> tuple[tuple[date, Combination], ...]:
    """Those whose documented answer differs from that of the one before."""
    return tuple(
        (day, one)
        for at, (day, one) in enumerate(versions)
        if not at or not _alike(one.documented, versions[at - 1][1].documented)
    )


def _alike(one: Decision, other: Decision) -> bool:
    left, right = one.answer, other.answer
    return (left.outcome, left.finality, left.reachable) == (right.outcome, right.finality, right.reachable)


def _united(nothing: Combination, every: Sequence[tuple[date, Combination]], combinations: Combinations) -> Combination:
    versions = _merged(every)
    silences = nothing.station.silences
    last = every[-1][1]
    why = f"nobody told the day; every version from {every[0][0]} on gives the same"
    agreed = tuple(replace(one, why=why) if one.name is Silence.NO_SERVICE_DATE else one for one in silences)
    # that nothing was met on any day is no clean line: which edits there are, only the day tells
    denied = last.coded.answer.outcome in DENIALS and all(_alike(one.coded, last.coded) for _, one in every)
    coded = _beside(last.coded, agreed) if denied else nothing.coded
    if len(versions) == 1:
        return replace(last, coded=coded, documented=_beside(last.documented, agreed))
    reached = {outcome for _, one in versions for outcome in one.documented.answer.reachable}
    asked = replace(nothing, versions=versions)
    documented = undetermined(
        tuple(dict.fromkeys((*silences, *(silence for _, one in versions for silence in _silences(one))))),
        reachable=tuple(sorted(reached, key=lambda outcome: outcome.order)),
        exact=all(one.documented.answer.reachable_is == "exact" for _, one in versions),
        depends_on=tuple(dict.fromkeys((DAY, *(n for _, one in versions for n in one.documented.answer.depends_on)))),
        question=next_question(asked, combinations, frozenset()),
    )
    return replace(asked, coded=coded, documented=documented)


def _beside(decision: Decision, silences: tuple[NamedSilence, ...]) -> Decision:
    """A decision in which every version agrees, with what is silent without a day."""
    answer = decision.answer
    return replace(decision, answer=replace(answer, silences=tuple(dict.fromkeys((*silences, *answer.silences)))))


def _silences(one: Combination) -> tuple[NamedSilence, ...]:
    return one.documented.answer.silences


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


def _in_every(version: Determined, days_: int, rows: LineNumbers) -> pl.DataFrame:
    """What is found of a line on every day, in the views in which it is found on each, as findings of that line."""
    # a clause has a number for each of its versions
    names = pl.Series("name", [ready.clause.name for ready in version.plan.clauses])
    told = version.findings.with_columns(
        at=pl.col("row") % rows.size, day=pl.col("row") // rows.size, name=names.gather(version.findings["clause"])
    )
    alike = ["at", "name", "missing", "conflict"]
    shared = told.group_by(alike).agg(
        pl.col("day").n_unique().alias("many"),
        *((pl.col("views") & bit == bit).all().alias(str(bit)) for bit in BIT.values()),
    )
    both = pl.sum_horizontal(pl.col(str(bit)).cast(pl.UInt8) * bit for bit in BIT.values()).cast(pl.UInt8)
    everywhere = shared.filter((pl.col("many") == days_).fill_null(value=False)).select(*alike, both=both)
    last = told.filter((pl.col("day") == days_ - 1).fill_null(value=False)).join(
        everywhere.filter((pl.col("both") > 0).fill_null(value=False)),
        on=alike,
        nulls_equal=True,
        maintain_order="left",
    )
    of_line = pl.Series("row", rows[last["at"].to_numpy()], dtype=pl.Int64)
    return last.with_columns(of_line, views=pl.col("both")).select(version.findings.columns)

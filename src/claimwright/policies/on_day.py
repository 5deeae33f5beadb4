"""A policy on one day: what of it is in force, or by which name it is silent; and the days on which that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claimwright.days import starts
from claimwright.lines.answers import Silence
from claimwright.policies.model import Clause, Policy


@dataclass(frozen=True)
class OnDay:
    """`silence` says why nothing is in force, and is None where something is; `why` says more of it."""

    day: date
    title: str
    clauses: tuple[Clause, ...]
    silence: Silence | None = None
    why: str = ""


def edges(policy: Policy) -> tuple[date, ...]:
    """The days from which on a policy says something else, oldest first: clauses, codes, titles, where it begins."""
    spans = [*(clause.in_force for clause in policy.clauses), *(row.span for row in policy.codes)]
    told = [policy.began, policy.modelled_from, *(first for first, _ in policy.titles)]
    return tuple(sorted({*starts(spans), *(date.fromisoformat(day) for day in told if day)}))


def on_day(policy: Policy, day: date) -> OnDay:
    """What is in force on a day. A clause that is in force before the policy's own beginning still speaks."""
    clauses = tuple(clause for clause in policy.clauses if day in clause.in_force)
    title, iso = policy.title_on(day.isoformat()), day.isoformat()
    before = bool(policy.began) and iso < policy.began
    if policy.modelled_from and iso < policy.modelled_from and not before:
        return OnDay(day, title, clauses, Silence.NOT_MODELLED, f"it is modelled from {policy.modelled_from} on")
    if not clauses:
        why = f"the policy began on {policy.began}" if before else "no clause of it is in force"
        return OnDay(day, title, (), Silence.NO_DETERMINATION, why)
    return OnDay(day, title, clauses)


def days_in_force(policy: Policy) -> str:
    """From the first day of the policy, or of any clause, to the last of all: `2006-10-24 ..`; an open end is open."""
    spans = [clause.in_force for clause in policy.clauses]
    if not spans:
        return ""
    firsts, lasts = [span.first for span in spans], [span.last for span in spans]
    first = policy.began or ("" if None in firsts else min(day.isoformat() for day in firsts if day))
    last = "" if None in lasts else max(day.isoformat() for day in lasts if day)
    return f"{first} .. {last}".strip()

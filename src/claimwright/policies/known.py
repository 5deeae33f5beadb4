"""What a library said on a day, as far as it carries dates of entry: readings say since when they are ours.

A policy's `checked` is no such date: it moves when the text is read again, and a policy would vanish for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claimwright.policies.model import Clause, Library


def known_on(library: Library, day: date) -> Library:
    """The library without the readings that were written after a day."""
    policies = tuple(
        replace(policy, clauses=tuple(clause for clause in policy.clauses if _known(clause, day)))
        for policy in library.policies
    )
    return replace(library, policies=policies)


def _known(clause: Clause, day: date) -> bool:
    return clause.reading is None or date.fromisoformat(clause.reading[1]) <= day

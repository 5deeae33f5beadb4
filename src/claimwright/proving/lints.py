"""Every lint at once: what reading complained of, what a shelf shows by itself, its lock, and its examples run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from claimwright.determine.plan import make_ready
from claimwright.documents.complaints import Complaint
from claimwright.policies import lints, lock
from claimwright.policies.lints import p010_invalid_code
from claimwright.policies.model import Policy
from claimwright.policies.shelf import CODES, FACTS, Shelf
from claimwright.proving import shadows
from claimwright.proving.prove import prove
from claimwright.proving.sweep import Swept, sweep

HINDERING = frozenset({"P000", "P005", "P006"})  # something unread, or a word the engine lacks


@dataclass(frozen=True)
class Linted:
    """`notes` says what was not looked at, and fails nothing."""

    complaints: tuple[Complaint, ...]
    notes: tuple[str, ...]

    @property
    def errors(self) -> tuple[Complaint, ...]:
        return tuple(complaint for complaint in self.complaints if not complaint.warning)


def lint(
    shelf: Shelf, as_of: date, locked: str | None, *, proving: Callable[[Policy], object] = lambda _: None
) -> Linted:
    """All lints over a shelf, sorted by place. `locked` is the committed lock; `proving` is told of each policy run."""
    static = [*shelf.complaints, *lints.check(shelf, as_of), *lock.complaints(shelf, locked)]
    run: list[Complaint] = []
    for policy in shelf.library.policies:
        if not hindrances(policy, static):
            proving(policy)
            run.extend(prove(policy, shelf.whole, shelf.root).complaints)
    together = compared(shelf, static)
    run.extend(together.complaints if together else ())
    return Linted(tuple(sorted({*static, *run})), _notes(shelf, static, together))


def compared(shelf: Shelf, complaints: Iterable[Complaint]) -> Swept | None:
    """What clauses are to each other over all that can be known (P011, P013); None while something hinders it."""
    if any(complaint.id in HINDERING for complaint in complaints):
        return None
    plan = make_ready(shelf.whole)
    own = frozenset((*shelf.library.programs, *(policy.id for policy in shelf.library.policies)))
    swept = sweep(plan, own)
    return Swept((*shadows.complaints(plan, own), *swept.complaints), swept.cut)


def hindrances(policy: Policy, complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """The complaints that keep a policy's examples from being run: something unread, or a word the engine lacks."""
    documents = {f"{policy.path}/policy.md", FACTS}
    codes = {f"{policy.path}/{CODES}", CODES}
    return tuple(
        complaint
        for complaint in complaints
        if (complaint.path in documents and complaint.id in HINDERING)
        or (complaint.path in codes and complaint.id == "P000")
    )


def _notes(shelf: Shelf, complaints: Iterable[Complaint], together: Swept | None) -> tuple[str, ...]:
    notes = []
    if together is None:
        notes.append("P011, P013: clauses were not compared with each other, because of the complaints above")
    elif together.cut:
        notes.append(f"P013: the walk of {_listed(together.cut)} was cut off; there may be more that reaches no end")
    systems = p010_invalid_code.not_checked(shelf.library)
    if systems:
        notes.append(f"P010: no release of {_listed(systems)} is loaded; their codes were checked in form only")
    idle = [policy.id for policy in shelf.library.policies if hindrances(policy, complaints)]
    if idle:
        notes.append(f"P002: the examples of {_listed(idle)} were not run, because of the complaints above")
    return tuple(notes)


def _listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them.

    >>> _listed(["CPT", "HCPCS", "ICD-9-CM"])
    'CPT, HCPCS and ICD-9-CM'
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last

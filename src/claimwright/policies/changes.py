"""What changed between two locks, said as the policy changelog says it: kind, dates of service, authority, details."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from claimwright.days import ONE_DAY, Span
from claimwright.policies.lock import Entry, Locked, LockedClause, LockedCodes
from claimwright.policies.model import Library


class Kind(StrEnum):
    CHANGE = "change of policy"  # the authority's rule is another from a day on
    CORRECTION = "correction (ours)"  # days that were modelled before are now modelled otherwise
    BACKFILL = "backfill (earlier dates modelled)"
    NEW = "newly modelled"
    WITHDRAWN = "withdrawn"
    QUOTATION = "quotation"
    WORDING = "wording"  # what an answer says, not what it is
    RECORD = "record"  # front matter, prose, examples
    ORDER = "order of authority"
    VOCABULARY = "vocabulary"


@dataclass(frozen=True)
class Change:
    """One entry of the policy changelog; `clause` is empty when it concerns the whole document."""

    policy: str
    clause: str
    kind: Kind
    span: Span | None  # the dates of service it touches; None when it touches no answer
    authority: str
    details: str

    def __str__(self) -> str:
        name = f"{self.policy} § {self.clause}" if self.clause else self.policy
        lines = [f"### {name} — {self.kind}", f"Dates of service: {in_words(self.span)}"]
        if self.authority:
            lines.append(f"Authority: {self.authority}")
        return "\n".join([*lines, self.details])


def in_words(span: Span | None) -> str:
    """Dates of service as the changelog writes them.

    >>> in_words(Span.parse("2019-07-01 ..")), in_words(Span()), in_words(None)
    ('from 2019-07-01', 'all', 'none')
    """
    if span is None:
        return "none"
    if span.first and span.last:
        return f"{span.first} to {span.last}"
    if span.first:
        return f"from {span.first}"
    return f"until {span.last}" if span.last else "all"


def between(old: Locked, new: Locked, library: Library) -> tuple[Change, ...]:
    """The changes from one lock to another. `library` is the new one; its history says who decided what, and when."""
    found: list[Change] = []
    for name, entry in new.items():
        before = old.get(name)
        if before is None:
            span = _hull(Span.parse(clause.in_force) for clause in entry.clauses)
            found.append(Change(name, "", Kind.NEW, span, "", f"{entry.title} is part of the library."))
        elif before.hash != entry.hash:
            found.extend(_of_entry(before, entry, library))
    for name, entry in old.items():
        if name not in new:
            span = _hull(Span.parse(clause.in_force) for clause in entry.clauses)
            found.append(Change(name, "", Kind.WITHDRAWN, span, "", f"{entry.title} is no longer part of the library."))
    return tuple(_cited(change, library) if change.span else change for change in found)


def _of_entry(old: Entry, new: Entry, library: Library) -> Iterator[Change]:
    changes = [*_clauses(old, new), *_codes(old, new), *_quotations(old, new), *_front(old, new)]
    if changes:
        yield from changes
    elif new.id in library.programs:
        yield Change(
            new.id, "", Kind.ORDER, Span(), "", "The order of authority, or what it presumes or asks, changed."
        )
    elif new.id == "vocabulary":
        yield Change(new.id, "", Kind.VOCABULARY, Span(), "", "facts.yaml changed: what a policy may ask, or how.")
    else:
        yield Change(new.id, "", Kind.RECORD, None, "", "Prose, examples or the order of things changed.")


def _cited(change: Change, library: Library) -> Change:
    """The change with its authority: the dated history entry of its first day, else the document's own."""
    policy = library.policy(change.policy)
    if policy is None:
        return change
    first = change.span.first.isoformat() if change.span and change.span.first else ""
    event = next((event for event in policy.history if first and event.day == first), None)
    if event is None:
        return replace(change, authority=policy.authority)
    sentence = f"{event.event[:1].upper()}{event.event[1:]}."
    return replace(change, authority=event.cite, details=f"{sentence}\n{change.details}")


def _clauses(old: Entry, new: Entry) -> Iterator[Change]:
    for name in dict.fromkeys(clause.id for clause in (*new.clauses, *old.clauses)):
        before = {_first(clause): clause for clause in old.clauses if clause.id == name}
        after = {_first(clause): clause for clause in new.clauses if clause.id == name}
        for kind, span, details in _versions(before, after):
            yield Change(new.id, name, kind, span, "", details)


Versions = dict[date, LockedClause]  # by first day
Said = tuple[Kind, Span, str]


def _versions(before: Versions, after: Versions) -> Iterator[Said]:
    moved = dict(_moved(before, after))
    for first, version in after.items():
        span = Span.parse(version.in_force)
        if first not in before and first not in moved:
            yield _arrived(before, first, span)
            continue
        was = before[moved.get(first, first)]
        if was.meaning != version.meaning:
            yield Kind.CORRECTION, span, "On these dates the clause now decides otherwise than it did before."
        elif was.wording != version.wording:
            yield Kind.WORDING, span, "The explanation is worded otherwise; what is decided did not change."
        yield from _dated_otherwise(Span.parse(was.in_force), span, after)
    for first, version in before.items():
        if first not in after and first not in moved.values():
            yield Kind.CORRECTION, Span.parse(version.in_force), "This version of the clause was taken out."


def _moved(before: Versions, after: Versions) -> Iterator[tuple[date, date]]:
    """Versions that only begin on another day, new first day and old: they still end when they did."""
    ends = {Span.parse(version.in_force).last: first for first, version in before.items() if first not in after}
    for first, version in after.items():
        last = Span.parse(version.in_force).last
        if first not in before and last in ends:
            yield first, ends[last]


def _arrived(before: Versions, first: date, span: Span) -> Said:
    if not before:
        return Kind.NEW, span, "The clause is new."
    if first > max(before):
        return Kind.CHANGE, span, f"A new version of the clause is in force {in_words(span)}."
    if first < min(before):
        return Kind.BACKFILL, span, f"The clause is now modelled {in_words(span)}."
    return Kind.CORRECTION, span, f"A version of the clause {in_words(span)} was left out before."


def _dated_otherwise(was: Span, now: Span, after: Versions) -> Iterator[Said]:
    """A version that begins or ends on another day; one that gave way to a successor is told by the successor."""
    if was.first != now.first:
        first, then = sorted((was.first or date.min, now.first or date.min))
        span = Span(None if first == date.min else first, then - ONE_DAY)
        yield Kind.CORRECTION, span, f"The clause is now in force {in_words(now)}."
    if was.last == now.last or (now.last and now.last + ONE_DAY in after):
        return
    if now.last and (was.last is None or now.last < was.last):
        yield Kind.CHANGE, Span(now.last + ONE_DAY, was.last), f"The clause ended on {now.last}."
    elif was.last:
        yield Kind.CORRECTION, Span(was.last + ONE_DAY, now.last), f"The clause did not end on {was.last}."


def _codes(old: Entry, new: Entry) -> Iterator[Change]:
    before, after = set(old.codes), set(new.codes)
    for name in sorted({run.set for run in before ^ after}):
        gone = [run for run in old.codes if run.set == name and run not in after]
        come = [run for run in new.codes if run.set == name and run not in before]
        known = [_first_of(run) for run in old.codes if run.set == name]
        later = not gone and bool(known) and all(_first_of(run) > max(known) for run in come)
        kind = Kind.CHANGE if later else Kind.CORRECTION if known else Kind.NEW
        span = _hull(Span.parse(run.span) for run in (*gone, *come))
        counted = (
            f"{sum(r.codes for r in old.codes if r.set == name)} → {sum(r.codes for r in new.codes if r.set == name)}"
        )
        yield Change(new.id, "", kind, span, "", f"The codes of the set {name} changed ({counted} rows).")


def _quotations(old: Entry, new: Entry) -> Iterator[Change]:
    hashes = {quotation.hash for quotation in old.quotations}
    places = {(quotation.under, quotation.place) for quotation in old.quotations}
    kept = {quotation.hash for quotation in new.quotations}
    here = {(quotation.under, quotation.place) for quotation in new.quotations}
    for quotation in new.quotations:
        if quotation.hash not in hashes:
            what = "changed" if (quotation.under, quotation.place) in places else "is new"
            yield Change(new.id, "", Kind.QUOTATION, None, "", f"The quotation under “{quotation.under}” {what}.")
    for quotation in old.quotations:
        if quotation.hash not in kept and (quotation.under, quotation.place) not in here:
            yield Change(new.id, "", Kind.QUOTATION, None, "", f"The quotation under “{quotation.under}” is gone.")


def _front(old: Entry, new: Entry) -> Iterator[Change]:
    before, after = {"title": old.title, **dict(old.facts)}, {"title": new.title, **dict(new.facts)}
    differing = [key for key in dict.fromkeys((*after, *before)) if before.get(key) != after.get(key)]
    if differing:
        said = "; ".join(f"{key}: {before.get(key) or 'nothing'} → {after.get(key) or 'nothing'}" for key in differing)
        yield Change(new.id, "", Kind.RECORD, None, "", f"{said}.")


def _first(clause: LockedClause) -> date:
    return Span.parse(clause.in_force).first or date.min


def _first_of(run: LockedCodes) -> date:
    return Span.parse(run.span).first or date.min


def _hull(spans: Iterable[Span]) -> Span | None:
    """The shortest span that holds them all; None of none."""
    every = list(spans)
    if not every:
        return None
    firsts = [span.first for span in every]
    lasts = [span.last for span in every]
    return Span(
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
    )

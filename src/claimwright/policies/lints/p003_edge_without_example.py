"""P003: a day on which something changes, and no example stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from claimwright.days import ONE_DAY, Span
from claimwright.documents.complaints import Complaint
from claimwright.lines.answers import View
from claimwright.policies.front import is_day
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.walk import document, sets_of, versions
from claimwright.policies.model import Clause, CodeRow, Library, Policy
from claimwright.policies.shelf import CODES, Shelf

PAGE = Page(
    id="P003",
    name="edge-without-example",
    checks=(
        "An example of the policy, in a view in which the clause speaks, stands on every edge of the span of every "
        "clause version: the day before it begins, its first day, its last day, and the day after. The same holds "
        "where the codes of a set in the policy's own codes.csv begin or end while one of its clauses uses the set, "
        "and where the codes of a shared set end (for these, one policy that uses the set is enough). An edge that "
        "two versions share is one edge, and an open end has none."
    ),
    why=(
        "Rules go wrong by a day. The last old day and the first new day, side by side, show a reviewer what changed, "
        "and show us when a date was copied wrongly."
    ),
    wrong="""
```rule NC
in force: 2006-10-24 ..
```
| case          | service    | … |
|---------------|------------|---|
| years later   | 2024-03-01 | … |
""",
    right="""
```rule NC
in force: 2006-10-24 ..
```
| case           | service    | … |
|----------------|------------|---|
| the day before | 2006-10-23 | … |
| the first day  | 2006-10-24 | … |
""",
)


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    for policy in shelf.library.policies:
        yield from _edges_of_clauses(policy, _standing(policy))
    yield from _edges_of_codes(shelf)


def _standing(policy: Policy) -> frozenset[tuple[date, str]]:
    """The days and views of a policy's example rows; rows that cannot be read stand nowhere."""
    return frozenset(
        (date.fromisoformat(row.get("service")), row.get("view"))
        for row in policy.examples
        if is_day(row.get("service"))
    )


def _stands(day: date, views: tuple[View, ...], standing: frozenset[tuple[date, str]]) -> bool:
    return any((day, view.value) in standing for view in views)


def _advice(views: tuple[View, ...]) -> str:
    return f"add a row on that day in the {' or the '.join(view.value for view in views)} view"


def _edges_of_clauses(policy: Policy, standing: frozenset[tuple[date, str]]) -> Iterator[Complaint]:
    for same in versions(policy):
        asked: set[tuple[date, tuple[View, ...]]] = set()
        for clause in same:
            for day, what in _edges(clause.in_force, f"clause {clause.id}"):
                if (day, clause.views) in asked or _stands(day, clause.views, standing):
                    continue
                asked.add((day, clause.views))
                message = f"no example stands on {day}, {what}"
                yield Complaint(document(policy), clause.line, "P003", message, _advice(clause.views))


def _edges_of_codes(shelf: Shelf) -> Iterator[Complaint]:
    """Days on which the codes of a set change while a clause that uses the set is in force."""
    library = shelf.library
    for policy in library.policies:
        users = [(policy, clause) for clause in policy.clauses]
        yield from _turns(policy.codes, users, library, f"{policy.path}/{CODES}", births=True)
    names = {row.set for row in library.shared_codes}
    users = [(p, clause) for p in library.policies if not p.sets & names for clause in p.clauses]
    yield from _turns(library.shared_codes, users, library, CODES, births=False)


def _turns(
    rows: Iterable[CodeRow], users: list[tuple[Policy, Clause]], library: Library, path: str, *, births: bool
) -> Iterator[Complaint]:
    """Without `births`, only the days around a code's end count: before it was born, a code could not be billed."""
    named = [(policy, clause, sets_of(clause, library)) for policy, clause in users]
    asked: set[tuple[str, date]] = set()
    for row in rows:
        span = row.span if births else Span(None, row.span.last)
        for day, what in _edges(span, f"codes of the set {row.set}", "begin", "end"):
            using = [(p, c) for p, c, sets in named if row.set in sets and day in c.in_force]
            if not using or (row.set, day) in asked:
                continue
            asked.add((row.set, day))
            if not any(_stands(day, clause.views, _standing(policy)) for policy, clause in using):
                views = tuple(view for view in View if any(clause.speaks(view) for _, clause in using))
                where = "" if births else f" of {' or '.join(sorted({policy.id for policy, _ in using}))}"
                message = f"no example{where} stands on {day}, {what}"
                yield Complaint(path, row.line, "P003", message, _advice(views))


def _edges(span: Span, subject: str, begin: str = "begins", end: str = "ends") -> Iterator[tuple[date, str]]:
    """The edges of a span in time, each with what it is to the subject."""
    if span.first:
        yield span.first - ONE_DAY, f"the day before {subject} {begin}"
        yield span.first, f"the first day of {subject}"
    if span.last:
        yield span.last, f"the last day of {subject}"
        yield span.last + ONE_DAY, f"the day after {subject} {end}"

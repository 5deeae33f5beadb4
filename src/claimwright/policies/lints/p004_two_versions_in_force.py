"""P004: two versions of a clause are in force on one day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from claimwright.documents.complaints import Complaint
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.walk import document, versions
from claimwright.policies.shelf import Shelf

PAGE = Page(
    id="P004",
    name="two-versions-in-force",
    checks="No two versions of a clause, which share its id, are in force on the same day.",
    why=(
        "An id stands once per version, and the date of service chooses the version. On a day that two of them claim "
        "the answer would depend on the order in which somebody wrote them down."
    ),
    wrong="""
```rule PTP.1
in force: .. 2019-07-01
```
```rule PTP.1
in force: 2019-07-01 ..
```
""",
    right="""
```rule PTP.1
in force: .. 2019-06-30
```
```rule PTP.1
in force: 2019-07-01 ..
```
""",
)


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    for policy in shelf.library.policies:
        for same in versions(policy):
            for earlier, later in combinations(same, 2):
                both = earlier.in_force.overlap(later.in_force)
                if both is None:
                    continue
                when = f"from {both.first}" if both.first else (f"until {both.last}" if both.last else "on every day")
                message = f"clause {later.id} is in force twice {when}"
                advice = f"end the version on line {earlier.line} the day before"
                yield Complaint(document(policy), later.line, "P004", message, advice)

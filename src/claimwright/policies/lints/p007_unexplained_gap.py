"""P007: a clause lapses between two versions, and nothing says that it should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from claimwright.days import ONE_DAY
from claimwright.documents.complaints import Complaint
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.walk import document, versions
from claimwright.policies.model import Clause
from claimwright.policies.shelf import Shelf

PAGE = Page(
    id="P007",
    name="unexplained-gap",
    checks=(
        "Between the last day of one version of a clause and the first day of the next no day is left out, unless the "
        "later version says why in `lapsed:`; and nothing says so where there is no gap."
    ),
    why=(
        "A missing day is far more often a slip in a date than a rule that was suspended, and on that day the policy "
        "would silently have nothing to say."
    ),
    wrong="""
```rule ONE
in force: 2018-01-01 .. 2019-06-29
```
```rule ONE
in force: 2019-07-01 ..
```
""",
    right="""
```rule ONE
in force: 2018-01-01 .. 2019-06-29
```
```rule ONE
in force: 2019-07-01 ..
lapsed: the edit was suspended for one day (CR 00000)
```
""",
)


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    for policy in shelf.library.policies:
        for same in versions(policy):
            before: tuple[Clause | None, ...] = (None, *same)
            for earlier, later in zip(before, same, strict=False):
                gap = _gap(earlier, later) if earlier else None
                if gap and not later.lapsed:
                    message = f"clause {later.id} is not in force from {gap[0]} to {gap[1]}"
                    advice = "close the gap, or say why in `lapsed:` on the version that follows it"
                    yield Complaint(document(policy), later.line, "P007", message, advice)
                elif later.lapsed and not gap:
                    message = f"clause {later.id} says that it had lapsed, and no day is missing before it"
                    yield Complaint(document(policy), later.line, "P007", message, "take `lapsed:` out, or mend a date")


def _gap(earlier: Clause, later: Clause) -> tuple[date, date] | None:
    """The first and the last day on which neither is in force."""
    last, first = earlier.in_force.last, later.in_force.first
    if last is None or first is None or first <= last + ONE_DAY:
        return None
    return last + ONE_DAY, first - ONE_DAY

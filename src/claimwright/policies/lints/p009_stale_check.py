"""P009: the authority's text was read long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from claimwright.documents.complaints import Complaint
from claimwright.policies.front import is_day
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.walk import document
from claimwright.policies.shelf import Shelf

FRESH_FOR = timedelta(days=180)

PAGE = Page(
    id="P009",
    name="stale-check",
    checks=(
        f"`checked`, the day on which somebody read the authority's text, lies no more than {FRESH_FOR.days} days "
        "before the day of `--as-of`. A warning: it never fails a run. What was never read is shown as unverified."
    ),
    why=(
        "Authorities change their texts without telling us. The date says how far a policy can be trusted, and a day "
        "given from outside says the same tomorrow as today, so that a run can be repeated."
    ),
    wrong="""
checked: 2024-01-15          (looked at on 2026-11-22)
""",
    right="""
checked: 2026-11-22          (after reading the text again, and only then)
""",
)


def complaints(shelf: Shelf, as_of: date) -> Iterator[Complaint]:
    texts = [(p.id, p.checked, document(p), p.front_line.get("checked", 1)) for p in shelf.library.policies]
    for program in shelf.library.orders:
        read = shelf.documents[program.id]
        texts.append((program.id, program.checked, read.path, read.front.line_of("checked")))
    for name, checked, path, line in texts:
        if is_day(checked) and as_of - date.fromisoformat(checked) > FRESH_FOR:
            days = (as_of - date.fromisoformat(checked)).days
            message = f"the text of {name} was last read {days} days before {as_of}"
            advice = "read it again at its source, then set `checked` to that day"
            yield Complaint(path, line, "P009", message, advice, warning=True)

"""P014: a clause says that it decides a statement which statements.csv does not list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from claimwright.documents.complaints import Complaint
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.walk import document
from claimwright.policies.shelf import Shelf
from claimwright.policies.statements import NAME

PAGE = Page(
    id="P014",
    name="unknown-statement",
    checks=(
        "Every id under `states:` is listed in statements.csv, and stands once in its rule. That a statement which has "
        "to be decided is decided, and proved, is what `claimwright policy trace` checks."
    ),
    why=(
        "A clause that names a statement is the proof that the statement is kept. Under a misspelt id the proof counts "
        "for nothing, and the statement seems to be kept by nobody."
    ),
    wrong="""
```rule NC
states: S5 S204
in force: 2006-10-24 ..
```
""",
    right="""
```rule NC
states: S5 S24
in force: 2006-10-24 ..
```
""",
)


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    known = {statement.id for statement in shelf.statements}
    for policy in shelf.library.policies:
        for clause in policy.clauses:
            for place, name in enumerate(clause.states):
                if name not in known:
                    message = f"clause {clause.id} states {name}, which {NAME} does not list"
                    help_ = f"write the id of the statement it decides, or add a row to {NAME}"
                elif name in clause.states[:place]:
                    message, help_ = f"clause {clause.id} states {name} twice", "take one of them out"
                else:
                    continue
                yield Complaint(document(policy), clause.line, "P014", message, help_)

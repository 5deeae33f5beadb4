"""P002: an example does not come out, or a clause decides none. The complaints are made by running the examples."""

from __future__ import annotations

from claimwright.policies.lints.page import Page

PAGE = Page(
    id="P002",
    name="unproved-clause",
    checks=(
        "Every example comes out as its row says: answer, findings, and the clause it rests on. Every version of every "
        "clause is named by an example in its span that comes out differently once the clause is taken away."
    ),
    why=(
        "The examples are at once the test suite and the explanation. A row that would come out the same without the "
        "clause it names proves nothing, and a clause that no row proves may be wrong without anybody noticing."
    ),
    wrong="""
| case              | service    | procedure | view  | answer           | findings  | by  |
|-------------------|------------|-----------|-------|------------------|-----------|-----|
| exercise, one day | 2026-03-10 | 97110     | coded | no determination |           | ONE |
""",
    right="""
| case              | service    | procedure | view  | answer           | findings  | by  |
|-------------------|------------|-----------|-------|------------------|-----------|-----|
| two units         | 2026-03-10 | 97026     | coded | no determination | CLM-UNITS | ONE |
""",
)

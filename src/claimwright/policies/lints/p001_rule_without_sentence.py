"""P001: a rule does not stand under the sentence it encodes. The complaints are made while the document is read."""

from __future__ import annotations

from claimwright.policies.lints.page import Page

PAGE = Page(
    id="P001",
    name="rule-without-sentence",
    checks=(
        "Every rule follows a quotation, or a `*Reading.*` paragraph that it owns to by `reading:`, with no heading or "
        "table between them."
    ),
    why=(
        "An answer quotes the sentence that decides it. A rule without one is an opinion, and a rule under a reading "
        "that does not say so dresses our interpretation as the authority's word."
    ),
    wrong="""
> Infrared is not covered for neuropathy.

## What the claim shows

```rule NC.coded
in force: 2006-10-24 ..
```
""",
    right="""
*Reading.* A claim shows its purpose only through the diagnoses the line points to.

```rule NC.coded
in force: 2006-10-24 ..
reading: {by: claimwright, on: 2026-11-22}
```
""",
)

"""P000: something in a document cannot be read. The complaints are made by the readers."""

from __future__ import annotations

from claimwright.policies.lints.page import Page

PAGE = Page(
    id="P000",
    name="unreadable",
    checks=(
        "Front matter, rule blocks, program blocks, rows of codes.csv and rows of example tables can be read: YAML is "
        "YAML, no key stands that nobody reads, days are days, and words from closed lists are on their list."
    ),
    why=(
        "What cannot be read is left out, and a policy that is quietly shorter than its document gives wrong answers. "
        "A misspelt key is the commonest way to write a rule that does not do what its author believes."
    ),
    wrong="""
```rule NC
in force: since 2006
veiw: coded
```
""",
    right="""
```rule NC
in force: 2006-10-24 ..
view: coded
```
""",
)

"""P011: a clause can never decide. The complaints are made where clauses are compared over all facts at once."""

from __future__ import annotations

from claimwright.policies.lints.page import Page

PAGE = Page(
    id="P011",
    name="shadowed-clause",
    checks=(
        "No clause is without effect on every day of its span because others always come before it. A coverage clause "
        "is, where every claim that meets its conditions also meets those of clauses of the same rank and at least "
        "the same reach (programs, payers, contractors, forms, view), whose outcome stands before its own in the "
        "order of outcomes, or equals it where they stand earlier in the same document. Equal outcomes of two "
        "documents are two authorities, and both are cited. Code sets are compared code by code on every day on which "
        "a row begins or ends, numbers and days by their bounds, derived facts by what they are made of. A clause's "
        "`needs` count with it: what may still end as needing documentation does not shadow what is covered without. "
        "Clauses that except another clause, and a mandate or a contract that covers, act even where they do not "
        "decide, and are not complained of; what is itself excepted, or stands presumptively, shadows nothing. A "
        "clause that collects is without effect where an earlier clause of the same document raises the same finding, "
        "no milder, whenever it would."
    ),
    why=(
        "It reads like a rule and is none: nobody will ever see its answer, and whoever amends it believes that "
        "something changed. Most are a condition that was meant to be narrower, or stands in the clause before."
    ),
    wrong="""
```rule ANY
when:
  procedure: in [infrared]
then: not medically necessary
```
```rule KNEE
when:
  procedure: in [infrared]
  pointed diagnoses: in [knee arthritis]
then: covered conditional
```
""",
    right="""
```rule ANY
when:
  procedure: in [infrared]
  pointed diagnoses: none in [knee arthritis]
then: not medically necessary
```
```rule KNEE
when:
  procedure: in [infrared]
  pointed diagnoses: in [knee arthritis]
then: covered conditional
```
""",
)

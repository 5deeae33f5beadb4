"""P013: known facts that lead nowhere. The complaints are made by walking every program on every edge day."""

from __future__ import annotations

from claimwright.policies.lints.page import Page

PAGE = Page(
    id="P013",
    name="open-end",
    checks=(
        "Whatever is known of a code that a program's coverage clauses name, some clause speaks in the documented "
        "view: on every day on which a clause, a row of codes.csv, a dated number or a policy begins or ends, for "
        "every payer, contractor and claim form that the policies tell apart, and over every value of every fact that "
        "these clauses can tell from another. A clause that is `silent` speaks, and so does one that leans; a policy "
        "that is not modelled yet and a payer without a loaded policy are silences of their own. Edits of pairs do "
        "not count, because a line may have no partner. The complaint names the fewest facts that leave nothing to "
        "speak. A program owns to such a case with `open:`, saying when and why; a case that is not open is a "
        "complaint too. The walk has a limit; where it was cut off, the run says so."
    ),
    why=(
        "With every fact known, an answer of *indeterminate* is a hole between two policies: a use, a plan or a week "
        "that nobody thought of. It looks like a question to the user and no answer will ever help."
    ),
    wrong="""
```rule F
when:
  treatment intent: is msk adjunct
then: covered conditional
```
```rule G
when:
  treatment intent: in [wound, ulcer]
then: not medically necessary
```
""",
    right="""
```program
open:
  - when:
      treatment intent: in [neuropathy, pain from ncd condition, other]
    why: the contractor decides these uses, and no determination of a contractor was read
```
""",
)

"""The sentence behind a clause, as an answer cites it: made once for each clause and title, whatever the lines."""

from __future__ import annotations

from claimwright.determine.plan import Plan, Ready
from claimwright.lines.answers import Citation


def citation(plan: Plan, ready: Ready, day: str) -> Citation:
    """What a line of a day ("" where nobody told it) cites."""
    clause, policy = ready.clause, ready.policy
    title = policy.title_on(day) if day and policy.titles else policy.title
    key = (ready.number, title)
    found = plan.cited.get(key)
    if found is None:
        found = plan.cited[key] = Citation(
            policy=policy.id,
            clause=clause.id,
            title=title,
            payer=policy.payer,
            authority=policy.authority,
            instrument=policy.instrument,
            in_force=str(clause.in_force),
            quote=clause.quoted.removesuffix("[paraphrase]").strip(),
            quote_kind=policy.quote,
            source=policy.source,
            checked=policy.checked,
            unverified=policy.unverified,
            reading=f"{clause.reading[0]}, {clause.reading[1]}" if clause.reading else "",
            our_reading=clause.sentence if clause.reading else "",
            where=f"{policy.home}/{policy.path}/policy.md:{clause.line}",
        )
    return found

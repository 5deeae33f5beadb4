"""The mark of lists that were found through the General Equivalence Mappings, from codes.csv to the answer."""

from __future__ import annotations

from claimwright.determine.plan import SHARED, Plan, Ready
from claimwright.determine.trees import leaves
from claimwright.policies.model import Library
from claimwright.policies.predicates import SET_PREDICATES

GEM_SAYS = (
    "the list of codes behind this was derived through the General Equivalence Mappings: "
    "a hit means review, never that CMS lists it"
)


def through_gem(ready: Ready, plan: Plan) -> str:
    """`gem` where a condition of the clause names a set with a row that was derived so, else ""."""
    found = plan.marked.get(ready.number)
    if found is None:
        found = plan.marked[ready.number] = _mark(ready, plan.library)
    return found


def _mark(ready: Ready, library: Library) -> str:
    for leaf in (leaf for tree in ready.when for leaf in leaves(tree)):
        if leaf.predicate.op not in SET_PREDICATES:
            continue
        policy = library.policy(leaf.scope) if leaf.scope != SHARED else None
        rows = policy.codes if policy else library.shared_codes
        marked = next((row.derived for row in rows if row.derived and row.set in leaf.predicate.operands), "")
        if marked:
            return marked
    return ""

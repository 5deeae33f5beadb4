"""One view's answer for one distinct combination, with everything that does not depend on the single line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from claimwright.determine import ask
from claimwright.determine.decide import OVERRIDING, Known, Variable, Verdict, Walk, begin, presumed, whole
from claimwright.determine.docket import Docket
from claimwright.determine.plan import Ready
from claimwright.determine.stated import NOT_SEEN, Cell
from claimwright.determine.trees import All, Leaf, Tree, leaves, reduce
from claimwright.determine.truth import FALSE, TRUE, UNKNOWN
from claimwright.lines.answers import (
    COVERING,
    Finality,
    Likelihood,
    NamedSilence,
    Outcome,
    Predicted,
    Silence,
    View,
    ViewAnswer,
)


@dataclass(frozen=True)
class Decision:
    """A view's answer, the coverage clauses that fired, and the needs that are not met: fact, and whether unknown."""

    answer: ViewAnswer
    fired: tuple[Ready, ...]
    unmet: tuple[tuple[Ready, str, bool], ...]


def decide(
    docket: Docket, known: Known, view: View, aged: frozenset[int], silences: tuple[NamedSilence, ...]
) -> Decision:
    """Walk the program for one combination. `aged` names clauses that fired on a table older than the day."""
    walk = begin(docket, view, known)
    reached = walk.reach({})
    finality, verdict, fixed = _conclude(walk, reached)
    outcome = verdict.outcome
    depends = _not_looked_at(docket, known, verdict) if view is View.CODED else _mattered(walk)
    leaning = _leaning(walk, reached) if outcome is Outcome.INDETERMINATE else ()
    if view is View.CODED and depends and finality is Finality.FINAL and verdict.by:
        finality = Finality.PRESUMPTIVE
    likelihood = _likelihood(verdict, finality, aged, view)
    group = _liability(walk, verdict, fixed, view)
    answer = ViewAnswer(
        outcome=outcome,
        finality=Finality.INDETERMINATE if outcome is Outcome.INDETERMINATE else finality,
        likelihood=likelihood if verdict.by and outcome is not Outcome.INDETERMINATE else None,
        liability=group,
        predicted=_predicted(verdict.by[:1], group, likelihood) or _predicted(leaning[:1], None, None),
        reachable=tuple(sorted(reached, key=lambda reachable: reachable.order)),
        reachable_is="exact" if walk.exact else "at most",
        leaning=_inclined(leaning[0]) if leaning else None,
        silences=(*_still_silent(silences, verdict), *_silences(walk, reached, verdict)),
        clause=tuple(ready.clause.name for ready in verdict.by),
        conditions=_conditions(verdict, docket),
        depends_on=depends,
        next_question=ask.next_question(walk) if view is View.DOCUMENTED and len(reached) > 1 else None,
    )
    return Decision(answer, (*verdict.fired, *leaning), _unmet(walk, verdict))


def _conclude(walk: Walk, reached: dict[Outcome, Verdict]) -> tuple[Finality, Verdict, dict[Variable, Cell]]:
    """Final when one outcome is reachable; presumptive when what may be presumed leaves one; else indeterminate."""
    if len(reached) == 1:
        verdict = next(iter(reached.values()))
        only_presumed = verdict.by and all(ready.clause.presumptive for ready in verdict.by)
        return Finality.PRESUMPTIVE if only_presumed else Finality.FINAL, verdict, {}
    fixed = _presumptions(walk)
    presumed = walk.reach(fixed) if fixed else reached
    if len(presumed) == 1:
        return Finality.PRESUMPTIVE, next(iter(presumed.values())), fixed
    return Finality.INDETERMINATE, Verdict(Outcome.INDETERMINATE, (), walk.certain), fixed


def _presumptions(walk: Walk) -> dict[Variable, Cell]:
    """What the program lets be presumed of unknown facts; and of an edit that no table could speak to: not met."""
    fixed: dict[Variable, Cell] = {}
    for name, values, when in walk.docket.presumptions:
        cells = walk.cells.get(name, ())
        if len(cells) < 2 or name in fixed or any(walk.truth(tree, {}) != TRUE for tree in when):
            continue
        for value in values:
            cell = walk.docket.chosen(name, value, cells)
            if cell is not None:
                fixed[name] = cell
                break
    for ready in walk.speaking:
        if walk.known.whole.get(ready.number) == UNKNOWN:
            fixed[whole(ready)] = False
        if ready.clause.presumptive:
            fixed[presumed(ready)] = True
    return fixed


def _conditions(verdict: Verdict, docket: Docket) -> tuple[str, ...]:
    """What a covering outcome stands on, each once: the needs of its clauses, and what they say of the bill."""
    if verdict.outcome not in COVERING:
        return ()
    library = docket.plan.library
    needs = (library.asked(fact).name for ready in verdict.by for fact, _ in ready.needs)
    return tuple(dict.fromkeys([*needs, *(text for ready in verdict.by for text in ready.clause.provided)]))


def _leaning(walk: Walk, reached: Collection[Outcome]) -> tuple[Ready, ...]:
    """The clauses that say where an indeterminate answer inclines; the record may have ruled that outcome out."""
    return tuple(
        ready
        for ready in walk.docket.clauses
        if ready.clause.leans
        and ready.speaks(walk.view)
        and (walk.view is View.CODED or ready.clause.leans in reached)
        and walk.truth(All(walk.conditions(ready)), {}) == TRUE
    )


def _inclined(ready: Ready) -> str:
    assert ready.clause.leans is not None
    return f"{ready.clause.leans}/{_unverified(ready, ready.clause.likelihood)}"


def _unverified(ready: Ready, likelihood: Likelihood) -> Likelihood:
    return likelihood.at_most(Likelihood.LIKELY) if ready.policy.unverified else likelihood


def _mattered(walk: Walk) -> tuple[str, ...]:
    """The unknown facts the walk had to split on, in the order it met them."""
    return tuple(variable for variable in walk.split if isinstance(variable, str))


def _not_looked_at(docket: Docket, known: Known, verdict: Verdict) -> tuple[str, ...]:
    """Facts outside the claim on which an exception to the coded outcome would stand."""
    if not verdict.by:
        return ()
    walk = begin(docket, View.DOCUMENTED, known.of_the_claim(docket.plan))
    named = {(ready.clause.policy, ready.clause.id) for ready in verdict.by}
    found: dict[str, None] = {}
    for ready in docket.clauses:
        overrides = ready.policy.instrument in OVERRIDING and docket.rank(ready) < docket.rank(verdict.by[0])
        if ready.speaks(View.CODED) or not (ready.clause.excepts in named or overrides):
            continue
        if walk.truth(All(walk.conditions(ready)), {}) != FALSE:
            for tree in ready.when:
                for leaf in leaves(tree):
                    if not docket.plan.fact(leaf).carried:
                        found[leaf.fact] = None
    return tuple(found)


def how_likely(by: Iterable[Ready], aged: frozenset[int] = frozenset()) -> Likelihood:
    """That of the surest clause; at most likely where one stands on a text nobody read, or on an aged table."""
    clauses = tuple(by)
    likelihood = min((one.clause.likelihood for one in clauses), key=lambda one: one.order, default=Likelihood.CERTAIN)
    unsure = any(ready.number in aged or ready.policy.unverified for ready in clauses)
    return likelihood.at_most(Likelihood.LIKELY) if unsure else likelihood


def _likelihood(verdict: Verdict, finality: Finality, aged: frozenset[int], view: View) -> Likelihood:
    likelihood = how_likely(verdict.by, aged)
    presumed = view is View.CODED and finality is Finality.PRESUMPTIVE
    return likelihood.at_most(Likelihood.LIKELY) if presumed else likelihood


def _liability(walk: Walk, verdict: Verdict, fixed: dict[Variable, Cell], view: View) -> str | None:
    """The group of the first condition that holds. As coded a notice that GA speaks of is taken at the claim's word."""
    for ready in verdict.by[:1]:
        for group, tree in ready.liability:
            value = TRUE if tree is None else walk.truth(tree, fixed)
            if value == UNKNOWN and view is View.CODED:
                value = _at_its_word(walk, tree)
            if value == TRUE:
                return group
            if value == UNKNOWN:
                return None
    return None


def _at_its_word(walk: Walk, tree: Tree | None) -> int:
    """The truth of what the claim says, everything behind it believed; unknown where a field of it is unknown."""
    left = reduce(tree, lambda leaf: walk.leaf(leaf) if walk.docket.plan.fact(leaf).carried else TRUE) if tree else TRUE
    return left if isinstance(left, int) else UNKNOWN


def _predicted(deciding: tuple[Ready, ...], group: str | None, likelihood: Likelihood | None) -> tuple[Predicted, ...]:
    found = []
    for ready in deciding:
        codes = ready.clause.codes
        if codes and ready.clause.then not in COVERING:
            sure = likelihood or _unverified(ready, ready.clause.likelihood)
            found.append(Predicted(codes.carc, codes.rarc, group, sure, ready.clause.finding, codes.alternatives))
    return tuple(found)


def _still_silent(silences: tuple[NamedSilence, ...], verdict: Verdict) -> tuple[NamedSilence, ...]:
    """That no policy of the payer is loaded is no silence any more where something else decided the line.

    What was looked at says all the same that the payer's own policy was not.
    """
    decided = verdict.by and verdict.outcome is not Outcome.INDETERMINATE
    return tuple(one for one in silences if not (decided and one.name is Silence.NO_POLICY))


def _silences(walk: Walk, reached: dict[Outcome, Verdict], verdict: Verdict) -> tuple[NamedSilence, ...]:
    program, known = walk.docket.program, walk.known
    found = []
    if any(isinstance(variable, Leaf) and variable.predicate.op == "whole" for variable in walk.split):
        why = "no loaded table speaks for the codes of this day"
        found.append(_named(program.finding_for(Silence.EDIT_STATUS_UNKNOWN), Silence.EDIT_STATUS_UNKNOWN, why))
    if walk.view is View.DOCUMENTED and len(reached) > 1 and not known.seen:
        finding = program.finding_for(Silence.DOCUMENTATION_NOT_SEEN)
        found.append(_named(finding, Silence.DOCUMENTATION_NOT_SEEN, NOT_SEEN))
    if not verdict.by and len(reached) == 1:
        found.append(NamedSilence(Silence.NO_DETERMINATION, "", "no loaded coverage clause has anything to say here"))
    return tuple(found)


def _named(finding: str, name: Silence, why: str) -> NamedSilence:
    return NamedSilence(name, finding if finding != "next" else "", why)


def _unmet(walk: Walk, verdict: Verdict) -> tuple[tuple[Ready, str, bool], ...]:
    """The needs that do not hold: fact, and whether it is unknown rather than absent.

    Those of the deciding clauses; and, whatever decides, what is known to be absent and a clause that is not ruled out
    would need. The record is a channel of its own: that the line is denied or open for another reason mends nothing.
    """
    found: dict[str, tuple[Ready, str, bool]] = {}
    deciding = verdict.by if verdict.outcome is Outcome.NEEDS_DOCUMENTATION else ()
    for ready in deciding:
        for fact, tree in ready.needs:
            plain = walk.truth(tree, {})
            if plain != TRUE:
                found.setdefault(fact, (ready, fact, plain == UNKNOWN))
    for ready, left in zip(walk.speaking, walk.start.when, strict=True):
        for fact, tree in ready.needs if left != FALSE else ():
            if walk.truth(tree, {}) == FALSE:
                found.setdefault(fact, (ready, fact, False))
    return tuple(found.values())

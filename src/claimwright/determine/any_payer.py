"""A line whose payer nobody told: what each payer would make of it, united, and what to ask first."""

from __future__ import annotations

from claimwright.determine import ask
from claimwright.determine.answer import Decision
from claimwright.determine.decide import Known, Walk, begin
from claimwright.determine.docket import Docket
from claimwright.determine.stated import NOT_SEEN
from claimwright.lines.answers import Finality, NamedSilence, Outcome, Question, Silence, View, ViewAnswer

PAYER = "line of business"


def unite(dockets: tuple[tuple[Docket, Known], ...], silences: tuple[NamedSilence, ...], *, view: View) -> Decision:
    """One answer over several programs. The claim alone, without its payer, meets nobody and asks nothing.

    What a program asks before everything else is asked before the payer; all its other questions come after.
    """
    if view is View.CODED or not dockets:
        return undetermined(silences)
    walks = [begin(docket, view, known) for docket, known in dockets]
    reached = [frozenset(walk.reach({})) for walk in walks]
    outcomes = frozenset[Outcome]().union(*reached, {Outcome.INDETERMINATE})  # a payer of which nothing is loaded
    seen = any(known.seen for _, known in dockets)
    unseen = () if seen else (NamedSilence(Silence.DOCUMENTATION_NOT_SEEN, "DOC-NOT-SEEN", NOT_SEEN),)
    return undetermined(
        (*silences, *unseen),
        reachable=tuple(sorted(outcomes, key=lambda outcome: outcome.order)),
        exact=all(walk.exact for walk in walks),
        depends_on=tuple(dict.fromkeys(name for walk in walks for name in walk.split if isinstance(name, str))),
        question=next_question(walks),
    )


def next_question(walks: list[Walk], skip: frozenset[str] = frozenset()) -> Question | None:
    """What some program asks before everything else, then the payer."""
    first = first_of_all(walks, skip)
    return first if first or PAYER in skip else which_payer(walks)


def undetermined(
    silences: tuple[NamedSilence, ...],
    *,
    reachable: tuple[Outcome, ...] = (Outcome.INDETERMINATE,),
    exact: bool = True,
    depends_on: tuple[str, ...] = (),
    question: Question | None = None,
) -> Decision:
    """Where nothing can be determined: the silences say why."""
    answer = ViewAnswer(
        outcome=Outcome.INDETERMINATE,
        finality=Finality.INDETERMINATE,
        likelihood=None,
        liability=None,
        predicted=(),
        reachable=reachable,
        reachable_is="exact" if exact else "at most",
        leaning=None,
        silences=silences,
        clause=(),
        conditions=(),
        depends_on=depends_on,
        next_question=question,
    )
    return Decision(answer, (), ())


def first_of_all(walks: list[Walk], skip: frozenset[str] = frozenset()) -> Question | None:
    """The question with which some program begins, where its answers part over all programs together."""
    for walk in walks:
        question = ask.next_question(walk, skip)
        begins = next(iter(walk.docket.questions), None)
        if question is not None and question.fact == begins:
            united: dict[str, dict[str, None]] = {label: dict.fromkeys(led) for label, led in question.answers}
            for other in walks:
                told = dict(ask.answers_to(other, question.fact))
                whatever = tuple(outcome.value for outcome in other.reach({}))  # a program that does not ask it
                for label, led in united.items():
                    led.update(dict.fromkeys(told.get(label, whatever)))
            answers = tuple((label, tuple(ask.in_order(map(Outcome, led)))) for label, led in united.items())
            if len({led for _, led in answers}) > 1:  # what parts for one payer may part for none of them together
                return Question(question.fact, question.text, question.who, question.why, answers)
    return None


def which_payer(walks: list[Walk]) -> Question | None:
    answers = tuple((walk.docket.called, tuple(ask.in_order(walk.reach({})))) for walk in walks)
    if len({led for _, led in answers}) < 2:
        return None
    text = "Who is the payer, and which product is it?"
    why = "every line of business has its own order of authority"
    return Question(PAYER, text, "the front desk, or the member's card", why, answers)

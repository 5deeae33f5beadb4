"""Expected and got, side by side: one row for each thing a case expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from claimwright.lines.answers import Citation, Finding, LineAnswer, NamedSilence, View, ViewAnswer
from claimwright.lines.problems import Problem
from claimwright.policies.model import plain
from claimwright.proving.case_expect import Cited, Expect, FindingsExpect, LineExpect, Refusal, ViewExpect, Wanted
from claimwright.proving.case_words import NONE, code, said


@dataclass(frozen=True)
class Row:
    """One thing that was expected, and what came."""

    what: str
    expected: str
    got: str
    ok: bool


@dataclass(frozen=True)
class Got:
    """What came out for one line of a case.

    `elsewhere` are findings that stand on another line of the case for the sake of its whole visit or claim; `asked`
    is every fact that is asked for along some row of answers.
    """

    answer: LineAnswer
    elsewhere: tuple[Finding, ...]
    asked: frozenset[str]
    faces: Callable[[], tuple[str, ...]]  # the answer as it is shown, the one for people first


Canonical = Callable[[str], str]  # a fact's own name, of any of its names


def rows_of(expect: LineExpect, got: Got, name: Canonical) -> Iterator[Row]:
    """Every row of one line."""
    answer = got.answer
    for label, wanted, view in (
        ("as coded", expect.coded, View.CODED),
        ("as documented", expect.documented, View.DOCUMENTED),
    ):
        if wanted is not None:
            shown = answer.coded if view is View.CODED else answer.documented
            for row in _view(wanted, shown, got.asked, name):
                yield Row(f"{label}: {row.what}", row.expected, row.got, row.ok)
    if expect.findings is not None:
        yield from _findings(expect.findings, list(_found([answer], got.elsewhere)))
    if expect.difference is not None:
        yield _equal("difference", expect.difference, answer.difference or NONE)
    if expect.to_fix is not None:
        yield _equal("to fix", "yes" if expect.to_fix else "no", "yes" if answer.to_fix else "no")
    if expect.not_run is not None:
        yield _holds("not run", expect.not_run, [check.name for check in answer.checks if not check.ran])
    yield from _cited(expect, answer.citations)
    yield from _texts(expect, got)


def _view(expect: ViewExpect, got: ViewAnswer, asked: frozenset[str], name: Canonical) -> Iterator[Row]:
    if expect.outcome is not None:
        words = " or ".join(one.words for one in expect.outcome)
        yield Row("outcome", words, got.outcome.words, got.outcome in expect.outcome)
    if expect.finality is not None:
        yield _equal("finality", expect.finality, got.finality)
    if expect.likelihood is not None:
        yield _equal("likelihood", expect.likelihood, got.likelihood or NONE)
    if expect.predicted is not None:
        ok = all(wanted.is_among(got.predicted) for wanted in expect.predicted)
        ok &= bool(expect.predicted) or not got.predicted
        yield Row("predicted", said(expect.predicted), said(got.predicted), ok)
    yield from _where_it_leads(expect, got)
    yield from _questions(expect, got, asked, name)


def _where_it_leads(expect: ViewExpect, got: ViewAnswer) -> Iterator[Row]:
    if expect.alternatives is not None:
        others = [other for one in got.predicted for other in one.alternatives]
        ok = all(any(wanted.fits(code(other)) for other in others) for wanted in expect.alternatives)
        yield Row(
            "alternatives", said(expect.alternatives), said(others), ok and bool(expect.alternatives or not others)
        )
    if expect.liability is not None:
        yield _equal("liability", expect.liability, got.liability or NONE)
    yield from _reachable(expect, got)
    if expect.leaning is not None:
        leaning = got.leaning or NONE
        yield Row("leaning", expect.leaning, leaning, set(_words(expect.leaning)) <= set(_words(leaning)))
    if expect.conditions is not None:
        there = all(any(plain(part) in plain(one) for one in got.conditions) for part in expect.conditions)
        ok = there and bool(expect.conditions or not got.conditions)
        yield Row("conditions", said(expect.conditions), said(got.conditions), ok)
    if expect.silences is not None:
        yield _holds("silences", expect.silences, [silence.name.value for silence in got.silences])


def _questions(expect: ViewExpect, got: ViewAnswer, asked: frozenset[str], name: Canonical) -> Iterator[Row]:
    if expect.next_question is not None:
        question = name(got.next_question.fact) if got.next_question else ""
        wanted = [name(fact) for fact in expect.next_question]
        yield Row("next question", " or ".join(wanted) or NONE, question or NONE, question in (wanted or [""]))
    if expect.never_asks is not None:
        never = {name(fact) for fact in expect.never_asks}
        once = sorted(asked & never)
        yield Row("never asks", said(sorted(never)), f"asks {said(once)}" if once else "never asked", not once)
    if expect.depends_on is not None:
        yield _holds("depends on", [name(fact) for fact in expect.depends_on], [name(fact) for fact in got.depends_on])


def _reachable(expect: ViewExpect, got: ViewAnswer) -> Iterator[Row]:
    if expect.reachable is None:
        return
    reached = set(got.reachable)
    shown = said(one.words for one in got.reachable)
    if expect.reachable.all_of:
        wanted = expect.reachable.all_of
        yield Row("reachable", said(one.words for one in wanted), shown, set(wanted) <= reached)
    if expect.reachable.exactly is not None:
        wanted = expect.reachable.exactly
        yield Row("reachable, exactly", said(one.words for one in wanted), shown, set(wanted) == reached)
    if expect.reachable.without is not None:
        wanted = expect.reachable.without
        yield Row("reachable, without", said(one.words for one in wanted), shown, not set(wanted) & reached)


def _words(text: str) -> list[str]:
    return plain(text.replace(",", " ").replace("/", " ").replace("(", " ").replace(")", " ")).split()


def _equal(what: str, expected: str, got: str) -> Row:
    return Row(what, str(expected), str(got), plain(str(expected)) == plain(str(got)))


def _holds(what: str, expected: Sequence[str], got: Sequence[str]) -> Row:
    """Whether everything expected is there; expecting nothing, whether nothing is."""
    there = {plain(one) for one in got}
    ok = all(plain(one) in there for one in expected) if expected else not there
    return Row(what, said(expected), said(dict.fromkeys(got)), ok)


# findings -------------------------------------------------------------------------------------------------------------

_Found = tuple[Finding | None, str, View | None, str]  # the finding; its id; a silence's view; in words


def anywhere(expect: Expect, answers: Sequence[LineAnswer]) -> Iterator[Row]:
    """The rows of findings that may stand on any line."""
    if expect.anywhere is not None:
        for row in _findings(expect.anywhere, list(_found(answers, ()))):
            yield Row(f"anywhere: {row.what}", row.expected, row.got, row.ok)


def _findings(expect: FindingsExpect, found: Sequence[_Found]) -> Iterator[Row]:
    for wanted in expect.all_of:
        fitting = [words for one in found if _fits(wanted, one) for words in [one[3]]]
        near = fitting or [one[3] for one in found if wanted.id in {None, one[1]}] or ["not found"]
        yield Row("finding", str(wanted), said(dict.fromkeys(near)), bool(fitting))
    for wanted in expect.has_not or ():
        fitting = [one[3] for one in found if _fits(wanted, one)]
        yield Row("no finding", str(wanted), said(dict.fromkeys(fitting)) if fitting else "not found", not fitting)
    if expect.only is not None:
        ids = sorted({one[1] for one in found})
        yield Row("only findings", said(sorted(expect.only)), said(ids), set(expect.only) == set(ids))


def _found(answers: Sequence[LineAnswer], elsewhere: Iterable[Finding]) -> Iterator[_Found]:
    for finding in (*(one for answer in answers for one in answer.findings), *elsewhere):
        codes = f" {said(finding.predicted)}" if finding.predicted else ""
        yield finding, finding.id, None, f"{finding.id} {finding.severity} {' and '.join(finding.views)}{codes}"
    views = [view for one in answers for view in ((View.CODED, one.coded), (View.DOCUMENTED, one.documented))]
    for view, shown in views:
        for silence in shown.silences:
            if silence.finding:
                yield None, silence.finding, view, f"{silence.finding} ({_silence(silence)}) {view}"


def _silence(silence: NamedSilence) -> str:
    return silence.name.value


def _fits(wanted: Wanted, found: _Found) -> bool:
    finding, id_, view, _ = found
    if wanted.id not in {None, id_}:
        return False
    if finding is None:  # a silence has an id and a view, and nothing else
        asked = (wanted.severity, wanted.channel, wanted.clause, wanted.predicted, wanted.likelihood, wanted.says)
        return all(one is None for one in asked) and wanted.view in {None, view} and wanted.id is not None
    text = f"{finding.because} {finding.would_change}".lower()
    return (
        wanted.severity in {None, finding.severity}
        and wanted.channel in {None, finding.channel}
        and (wanted.view is None or wanted.view in finding.views)
        and (wanted.clause is None or f"{finding.clause} ".startswith(f"{wanted.clause} "))
        and wanted.likelihood in {None, finding.likelihood}
        and all(wanted_code.is_among(finding.predicted) for wanted_code in wanted.predicted or ())
        and all(part.lower() in text for part in wanted.says or ())
    )


# what is cited and said -----------------------------------------------------------------------------------------------


def _cited(expect: LineExpect, got: Sequence[Citation]) -> Iterator[Row]:
    shown = said(dict.fromkeys(f"{one.policy} {one.clause}" for one in got))
    for wanted in expect.cites or ():
        near = [f"{one.policy} {one.clause} “{one.title}”" for one in got if one.policy == wanted.policy]
        title = said(dict.fromkeys(near)) if wanted.title and near else shown
        yield Row("cites", str(wanted), title, any(_is_cited(wanted, one) for one in got))
    for wanted in expect.cites_not or ():
        yield Row("does not cite", str(wanted), shown, not any(_is_cited(wanted, one) for one in got))


def _is_cited(wanted: Cited, citation: Citation) -> bool:
    sentence = f"{citation.quote} {citation.our_reading}".lower()
    return (
        wanted.policy in {None, citation.policy}
        and wanted.clause in {None, citation.clause}
        and wanted.title in {None, citation.title}
        and all(part.lower() in sentence for part in wanted.says or ())
    )


def _texts(expect: LineExpect, got: Got) -> Iterator[Row]:
    if not (expect.says or expect.says_never):
        return
    first, *others = (" ".join(face.split()).lower() for face in got.faces())
    for text in expect.says or ():
        there = text.lower() in first
        yield Row("says", text, "said" if there else "not said", there)
    for text in expect.says_never or ():
        there = any(text.lower() in face for face in (first, *others))
        yield Row("never says", text, "said" if there else "not said", not there)


# cases that are refused -----------------------------------------------------------------------------------------------


def refusal(expect: Expect, problems: Sequence[Problem]) -> Row:
    """The row of a case that was refused, whether or not it should be."""
    got = "; ".join(_words_of(problem) for problem in problems)
    if expect.error is None:
        return Row("the case", "an answer", f"refused: {got}", ok=False)
    return Row("the case", str(expect.error), got, any(_refused(expect.error, problem) for problem in problems))


def _words_of(problem: Problem) -> str:
    place = problem.file if problem.field and problem.field in problem.message else problem.where()
    return f"{problem.id} at {place}: {problem.message}"


def _refused(wanted: Refusal, problem: Problem) -> bool:
    place = f"{problem.field} {problem.where()}"
    text = f"{problem.message} {problem.help}".lower()
    return (
        wanted.id in {None, problem.id}
        and (wanted.path is None or wanted.path in place)
        and all(part.lower() in text for part in wanted.says or ())
    )


def told(expect: Expect, problems: Sequence[Problem]) -> Iterator[Row]:
    """What reading said without refusing the case, though it may have been meant to."""
    if expect.error is not None:
        yield Row("the case", str(expect.error), "it was read", ok=False)
    if expect.problems is not None:
        yield _holds("problems", expect.problems, [problem.id for problem in problems])

"""The guided check: one question at a time, the decision graph beside it, and a summary to print.

What was said travels in the form, never in an address, and is written down nowhere.
"""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from claimwright.api.callers import TheDesk
from claimwright.desk.desk import Desk
from claimwright.desk.rights import Right
from claimwright.determine.guide import Guide
from claimwright.report.guide_end import NOTHING, end_of, not_taken
from claimwright.web.asking import MOST, UNSURE, Asking, Told, case_of
from claimwright.web.browsers import Reader, Sends
from claimwright.web.looks import page

router = APIRouter(include_in_schema=False)


def asking_of(request: Request, desk: TheDesk) -> Asking:
    found = getattr(request.app.state, "asked", None)
    if not isinstance(found, Asking):
        found = request.app.state.asked = Asking(desk)
    return found


TheAsking = Annotated[Asking, Depends(asking_of)]


def told_of(
    code: Annotated[str, Form(max_length=20)] = "",
    modifiers: Annotated[str, Form(max_length=40)] = "",
    units: Annotated[str, Form(max_length=20)] = "",
    on: Annotated[str, Form(max_length=20)] = "",
    payer: Annotated[str, Form(max_length=80)] = "",
    payer_name: Annotated[str, Form(max_length=120)] = "",
    dx: Annotated[str, Form(max_length=300)] = "",
    place: Annotated[str, Form(max_length=4)] = "",
    state: Annotated[str, Form(max_length=4)] = "",
    others: Annotated[str, Form(max_length=200)] = "",
    whole_day: Annotated[str, Form(max_length=4)] = "",
) -> Told:
    return Told(code, modifiers, units, on, payer, payer_name, dx, place, state, others, whole_day)


@router.get("/ask")
def start(request: Request, desk: TheDesk, asking: TheAsking, _: Reader) -> Response:
    return _start(request, desk, asking, Told(on=str(desk.now().date())))


@router.post("/ask", dependencies=[Depends(Sends(Right.READ))])
def ask(
    request: Request,
    desk: TheDesk,
    asking: TheAsking,
    told: Annotated[Told, Depends(told_of)],
    answer: Annotated[list[str] | None, Form()] = None,
    say: Annotated[str, Form(max_length=300)] = "",
    do: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """`answer` are those given before, `say` is the next; `do` is `unsure`, `back`, `end` or `change`."""
    before = tuple(one[:300] for one in (answer or [])[:MOST])
    answers = before
    if do == "change":
        return _start(request, desk, asking, told)
    if do == "back":
        answers = before[:-1]
    elif do == "unsure":
        answers = (*before, UNSURE)
    elif say.strip():
        answers = (*before, say.strip())
    with desk.asking:
        try:
            case_of(told)
        except ValueError as error:
            return _start(request, desk, asking, told, str(error), locked=True)
        guide, wrong = _guide(asking, told, answers, before)
        return _page(request, asking, told, guide, wrong, ended=do == "end")


def _guide(asking: Asking, told: Told, answers: tuple[str, ...], before: tuple[str, ...]) -> tuple[Guide, str]:
    """After the answers, or as far as they can be read, and what is wrong with the first that cannot."""
    for tried in (answers, before):
        try:
            return asking.guide(told, tried), "" if tried is answers else _why(asking, told, answers)
        except ValueError:
            continue
    return asking.guide(told, ()), "the answers given before could not be read again; the check begins anew"


def _why(asking: Asking, told: Told, answers: tuple[str, ...]) -> str:
    try:
        asking.guide(told, answers)
    except ValueError as error:
        return str(error).partition(", ? if")[0].partition("; type the number")[0]
    return ""


def _page(request: Request, asking: Asking, told: Told, guide: Guide, wrong: str, *, ended: bool) -> Response:
    question = None if ended else guide.question
    fact = guide.engine.library.facts.get(question.fact) if question else None
    return page(
        request,
        "asking.html.j2",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        told=told,
        called=_called(asking, told),
        guide=guide,
        answers=[step.answer or UNSURE for step in guide.steps],
        question=question,
        measured=fact if fact is not None and fact.type in {"number", "date"} else None,
        wrong=wrong,
        chart=asking.drawn(told, guide),
        end=end_of(guide) if question is None else None,
        nothing=NOTHING,
        not_taken=not_taken,
        stopped=question is None and guide.question is not None,
        today=asking.desk.now().date(),
    )


def _called(asking: Asking, told: Told) -> str:
    """Who is billed, in words; "" where nobody knows yet."""
    if told.payer_name.strip():
        return told.payer_name.strip()
    return dict(asking.payers(told.code.strip(), date.fromisoformat(told.on.strip()))).get(told.payer, told.payer)


def _start(
    request: Request, desk: Desk, asking: Asking, told: Told, wrong: str = "", *, locked: bool = False
) -> Response:
    """`locked`: whether the engine is held already."""
    today = desk.now().date()
    if locked:
        payers = asking.payers("97026", today)
    else:
        with desk.asking:
            payers = asking.payers("97026", today)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return page(request, "ask.html.j2", status, told=told, payers=payers, wrong=wrong)

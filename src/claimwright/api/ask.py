"""Asking about one line, fact by fact. The server remembers nothing: all that is known comes with every call."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr, ValidationError

from claimwright.api import bodies
from claimwright.api.callers import Reader, TheDesk
from claimwright.api.examples import ASKED, QUESTION
from claimwright.api.problems import FieldError, RefusedError, responses
from claimwright.desk.desk import Desk
from claimwright.determine.any_day import DAY
from claimwright.determine.any_payer import PAYER
from claimwright.determine.guide import Guide, Step
from claimwright.formats.case_json import case_of
from claimwright.formats.json_values import once, unreadable
from claimwright.lines.answers import Question
from claimwright.lines.case import Payer
from claimwright.policies.model import Fact
from claimwright.report.as_json import dumps, line_object

router = APIRouter(tags=["check"])
Said = StrictBool | StrictInt | StrictFloat | Annotated[StrictStr, Field(min_length=1, max_length=200)]


class Product(BaseModel):
    """A payer by its line of business, and by its key in the payer table where its own policies are loaded."""

    model_config = ConfigDict(extra="forbid")

    program: Annotated[StrictStr, Field(min_length=1, max_length=80)]
    key: Annotated[StrictStr, Field(min_length=1, max_length=80)] | None = None


class AskBody(BaseModel):
    """A claim, whose first line is asked about, and what is known beyond it.

    `facts` are answers to earlier questions: for each fact the `value` of the answer that was chosen, or for a number
    or a day the value itself. `not_known` are facts that were asked and that nobody there knows.
    """

    model_config = ConfigDict(extra="forbid")

    claim: Any = Field(json_schema_extra={"x-is": "Claim"})
    facts: dict[str, Said | Product] = Field(default={}, max_length=200)
    not_known: list[StrictStr] = Field(default=[], max_length=200)


@router.post(
    "/ask",
    response_class=Response,
    responses={
        200: {
            "description": "Where the line stands, and the next question.",
            "content": {bodies.JSON: {"schema": {"$ref": "#/components/schemas/Asked"}, "example": ASKED}},
        },
        **responses(401, 403, 413, 415, 422, 429, 503),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {bodies.JSON: {"schema": {"$ref": "#/components/schemas/AskBody"}, "example": QUESTION}},
        }
    },
)
async def ask(request: Request, desk: TheDesk, _: Reader) -> Response:
    """Ask about a line before the visit, or before it is billed: which outcomes are still open, and what to ask next.

    Ask until `question` is null: then nothing more would change the outcome. Nothing is kept between calls.
    """
    bodies.kind_of(request, bodies.JSON)
    return Response(await run_in_threadpool(_asked, desk, await bodies.whole(request)), media_type=bodies.JSON)


def _asked(desk: Desk, body: bytes) -> bytes:
    with desk.asking:
        guide = _guide(desk, body)
        return dumps(
            {
                "question": _question(guide),
                "answer": line_object(guide.answer),
                "checklists": [
                    {"title": title, "points": [{"met": met, "fact": words} for met, words in points]}
                    for title, points in guide.checklists
                ],
            }
        )


def _guide(desk: Desk, body: bytes) -> Guide:
    """Raises RefusedError with 422."""
    told = _told(body)
    steps = tuple(_steps(told, desk))
    case, problems = case_of(_with_what_was_said(told))
    if case is None:
        raise _wrong(FieldError(where=f"claim.{one.field}", what=f"{one.message}; {one.help}") for one in problems)
    guide = Guide(desk.engine, case, steps)
    misread = [text for stated in guide.determined.stated for text in stated.misread]
    if misread:
        raise _wrong(_misread(text) for text in misread)
    return guide


def _told(body: bytes) -> AskBody:
    try:
        return AskBody.model_validate(json.loads(body, object_pairs_hook=once))
    except ValidationError as error:
        raise _wrong(
            FieldError(where=".".join(map(str, one["loc"])), what=one["msg"]) for one in error.errors(include_url=False)
        ) from None
    except (ValueError, RecursionError) as error:
        problem = unreadable(error, "", None)
        raise _wrong([FieldError(where="", what=f"{problem.message}; {problem.help}")]) from None


def _with_what_was_said(told: AskBody) -> Any:
    """The claim with the payer and the day that were answered, which are fields of it and no facts beyond it."""
    claim = told.claim
    if isinstance(claim, dict):
        product = told.facts.get(PAYER)
        if isinstance(product, Product):
            claim = {**claim, "payer": product.model_dump()}
        if DAY in told.facts and isinstance(claim.get("lines"), list):
            day = told.facts[DAY]
            lines = [{**line, "service": day} if isinstance(line, dict) else line for line in claim["lines"]]
            claim = {**claim, "lines": lines}
    return claim


def _steps(told: AskBody, desk: Desk) -> list[Step]:
    """What was answered, as if it had been asked here. Raises RefusedError with 422."""
    steps: list[Step] = []
    wrong: list[FieldError] = []
    said: list[tuple[str, Said | Product | None]] = [*told.facts.items(), *((name, None) for name in told.not_known)]
    for name, value in said:
        fact = desk.engine.library.fact(name)
        if isinstance(value, Product):
            if name != PAYER:
                wrong.append(FieldError(where=_at(name), what=f"a product is the value of {PAYER!r} alone"))
        elif name in {PAYER, DAY}:
            if value is None:
                steps.append(_step(name, None))
            elif name == PAYER:
                wrong.append(FieldError(where=_at(name), what="say it with an object: program, and key"))
        elif fact is None or not fact.statable:
            wrong.append(FieldError(where=_at(name), what="no fact of this name can be stated; see GET /facts"))
        else:
            steps.append(_step(fact.name, value))
    if wrong:
        raise _wrong(wrong)
    return steps


def _step(fact: str, value: Said | None) -> Step:
    return Step(Question(fact, "", "", "", ()), "", value)


def _at(name: str) -> str:
    return f"facts.{name[:40]}"


def _misread(text: str) -> FieldError:
    word, _, allowed = text.partition(": ")
    return FieldError(where=f"facts.{word}", what=allowed)


def _wrong(errors: Any) -> RefusedError:
    found = list(errors)
    many = f"{len(found)} fields" if len(found) > 1 else "one field"
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{many} cannot be read", found)


def _question(guide: Guide) -> dict[str, Any] | None:
    """The next question, each answer with the value that states it."""
    asked = guide.question
    if asked is None:
        return None
    fact = guide.engine.library.facts.get(asked.fact)
    return {
        "fact": asked.fact,
        "type": _type(asked.fact, fact),
        "unit": fact.unit if fact else "",
        "text": asked.text,
        "who": asked.who,
        "why": asked.why,
        "answers": [
            {"answer": label, "value": _stating(guide, label, fact), "outcomes": list(outcomes)}
            for label, outcomes in asked.answers
        ],
    }


def _type(name: str, fact: Fact | None) -> str:
    if name == PAYER:
        return "product"
    return "date" if fact is None else fact.type


def _stating(guide: Guide, label: str, fact: Fact | None) -> Any:
    """None where the answer only says on which side of a bound a number or a day lies."""
    if fact is not None and fact.type in {"number", "date"}:
        return None
    value = guide.value_of(label, fact)
    return {"program": value.program, "key": value.key} if isinstance(value, Payer) else value

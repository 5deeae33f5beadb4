"""The lines of batches, one by one: the answer to each as it stands today."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from claimwright.api import bodies, shapes
from claimwright.api.callers import Reader, TheDesk
from claimwright.api.pages import Limit
from claimwright.api.problems import RefusedError, responses
from claimwright.desk import batches, determinations, kept
from claimwright.desk.tables import LineState, WorkLine, WorkState
from claimwright.report.as_json import dumps, line_object

router = APIRouter(tags=["batches"], prefix="/determinations")
_EXAMPLE = "8Zb0yQ1nq0yqvN5mC1cR2g"
_FORM = "^[A-Za-z0-9_-]{22}$"


class DeterminationInfo(BaseModel):
    """A line of a batch: what the check made of it (`state`), and what people made of it (`work`)."""

    id: str = Field(examples=[_EXAMPLE])
    batch: str = Field(examples=[_EXAMPLE])
    row: int = Field(description="Its place among the lines of the batch, from 0.")
    claim: str
    line: int | None
    procedure: str
    state: LineState
    work: WorkState
    finding: str = Field(description="The first to act on.")
    coded: str = Field(description="The outcome of the claim alone.")
    documented: str = Field(description="The outcome of all that is known.")
    version: int = Field(description="Of the answer: more where it was checked again.")


class DeterminationPage(BaseModel):
    """Lines of a batch in their order. `next` leads to those after them, and is null at the end."""

    determinations: list[DeterminationInfo]
    next: int | None


class Determination(DeterminationInfo):
    """A line of a batch, with its whole answer."""

    answer: shapes.LineAnswer


@router.get("", responses=responses(401, 403, 404, 422, 429, 503))
def list_determinations(
    desk: TheDesk,
    _: Reader,
    batch: Annotated[str, Query(description="The id of a batch.", pattern=_FORM, examples=[_EXAMPLE])],
    limit: Limit = 50,
    cursor: Annotated[int, Query(ge=-1, le=2**31 - 1, description="`next` of the page before.", examples=[-1])] = -1,
) -> DeterminationPage:
    """The lines of a batch, page by page. All answers at once: `GET /batches/{batch}/results`."""
    with desk.database.reading() as session:
        if batches.one(session, batch) is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "there is no such batch; it may have been deleted")
        found = determinations.of_batch(session, batch, after=cursor, most=limit + 1)
        told = [_info(one) for one in found[:limit]]
    return DeterminationPage(determinations=told, next=told[-1].row if len(found) > limit else None)


@router.get(
    "/{determination}",
    response_class=Response,
    responses={
        200: {
            "description": "The line, with its whole answer.",
            "content": {bodies.JSON: {"schema": {"$ref": "#/components/schemas/Determination"}}},
        },
        **responses(401, 403, 404, 422, 429, 503),
    },
)
def show_determination(
    desk: TheDesk,
    _: Reader,
    determination: Annotated[
        str, Path(description="The id of a line of a batch.", pattern=_FORM, examples=[_EXAMPLE], title="Determination")
    ],
) -> Response:
    """One line of a batch and the answer to it, as it stands today, with what people recorded since."""
    with desk.database.reading() as session:
        found = determinations.one(session, determination)
        if found is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "there is no such line; its batch may have been deleted")
        told = _info(found).model_dump(mode="json")
        answer = kept.unpacked(found.answer)
    return Response(dumps(told | {"answer": line_object(answer)}), media_type=bodies.JSON)


def _info(line: WorkLine) -> DeterminationInfo:
    return DeterminationInfo(
        id=line.id,
        batch=line.batch_id,
        row=line.row,
        claim=line.claim,
        line=line.line,
        procedure=line.procedure,
        state=LineState(line.state),
        work=WorkState(line.work),
        finding=line.finding,
        coded=line.coded,
        documented=line.documented,
        version=line.version,
    )

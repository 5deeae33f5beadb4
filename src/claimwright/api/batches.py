"""Batches for programs: files handed in, checked in the background, and their answers as a stream."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from claimwright.api import cursors, uploads
from claimwright.api.callers import Checker, Reader, TheDesk
from claimwright.api.problems import RefusedError, responses
from claimwright.desk import batches, purging, queue, trail
from claimwright.desk.laid import files_of
from claimwright.desk.people import RefusedError as NotPossibleError
from claimwright.desk.receiving import KINDS
from claimwright.desk.refusals import NotTakenError
from claimwright.desk.tables import Batch, BatchState
from claimwright.report.as_json import summary_object

router = APIRouter(tags=["batches"], prefix="/batches")
_EXAMPLE = "8Zb0yQ1nq0yqvN5mC1cR2g"
Identity = Annotated[
    str, Path(description="The id of a batch.", pattern="^[A-Za-z0-9_-]{22}$", examples=[_EXAMPLE], title="Batch")
]


class BatchFile(BaseModel):
    """A file of a batch, as it was handed in; the files of an archive each stand for themselves."""

    kind: str = Field(examples=["claims"])
    name: str = Field(examples=["week.837"])
    size: int = Field(description="Bytes.", examples=[188912])
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])


class Progress(BaseModel):
    """How far it is: `done` of `total`, which are bytes, notes or lines, as `doing` says."""

    doing: str = Field(examples=["reading claims"])
    done: int = Field(examples=[65536])
    total: int = Field(examples=[188912])


class BatchInfo(BaseModel):
    """A batch and how it stands. `summary` is there when it is done, in the shape of `summary` in schemas/run-1.json.

    `whole` is false where part of the input could not be read; the problems stand in the last record of the results.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": _EXAMPLE,
                    "name": "Week 11",
                    "state": "running",
                    "handed_in_at": "2026-03-20T09:00:00Z",
                    "handed_in_by": "Bea Biller",
                    "as_of": "2026-03-20",
                    "started_at": "2026-03-20T09:00:01Z",
                    "ended_at": None,
                    "progress": {"doing": "reading claims", "done": 65536, "total": 188912},
                    "lines": 0,
                    "to_fix": 0,
                    "whole": True,
                    "failure": "",
                    "summary": None,
                }
            ]
        }
    )

    id: str
    name: str
    state: BatchState
    handed_in_at: datetime
    handed_in_by: str
    as_of: date = Field(description="The day from which the claims are looked at.")
    started_at: datetime | None
    ended_at: datetime | None
    progress: Progress
    lines: int = Field(description="Lines that were checked; 0 until it is done.")
    to_fix: int
    whole: bool
    failure: str = Field(description="Why it failed, and what to do.")
    summary: dict[str, Any] | None = None


class BatchWhole(BatchInfo):
    """One batch, with its files."""

    files: list[BatchFile]


class BatchPage(BaseModel):
    """Batches, the newest first. `next` leads to those after them, and is null at the end."""

    batches: list[BatchInfo]
    next: str | None = Field(examples=["WyIyMDI2LTAzLTIwVDA5OjAwOjAwKzAwOjAwIiwiOFpiMHlRMW5xMHlxdk41bUMxY1IyZyJd"])


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["claims"],
                    "additionalProperties": False,
                    "properties": {
                        **{kind: {"type": "array", "items": {"type": "string", "format": "binary"}} for kind in KINDS},
                        "name": {"type": "string", "maxLength": 120, "examples": ["Week 11"]},
                        "as_of": {
                            "type": "string",
                            "format": "date",
                            "description": "The day from which the claims are looked at; today, by default.",
                            "examples": ["2026-03-20"],
                        },
                    },
                }
            }
        },
    }
}


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    response_model=BatchWhole,
    responses=responses(401, 403, 409, 413, 422, 503, 507),
    openapi_extra=_BODY,
)
async def hand_in_batch(
    request: Request,
    response: Response,
    desk: TheDesk,
    actor: Checker,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=200,
            pattern="^[!-~]+$",
            description="A word of your own for this batch. Sent again with the same content it gives the same batch, "
            "and with other content 409.",
            examples=["week-11-of-2026"],
        ),
    ] = None,
) -> BatchWhole:
    """Hand in files to be checked together: claims, and what is known beside them.

    Files come under their kind, each kind as often as it takes. ZIP archives are unpacked. The answer comes at once,
    while the batch waits to be checked; `Location` is where to ask for it.
    """
    try:
        handed = await uploads.taken(request, desk, actor, key=idempotency_key)
    except NotTakenError as error:
        raise RefusedError(uploads.STATUS[error.why], str(error)) from None
    response.headers["Location"] = f"{request.scope.get('root_path', '')}/batches/{handed.id}"
    return await run_in_threadpool(_shown, desk, handed.id)


@router.get("", responses=responses(401, 403, 422, 503))
def list_batches(
    desk: TheDesk,
    _: Reader,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most.", examples=[20])] = 20,
    cursor: Annotated[
        str | None, Query(max_length=200, description="`next` of the page before.", examples=[None])
    ] = None,
) -> BatchPage:
    """Batches, the newest first, page by page."""
    with desk.database.reading() as session:
        found = batches.listed(session, most=limit + 1, after=_after(cursor))
        told = [_info(batch, name) for batch, name in found[:limit]]
    last = found[limit - 1][0] if len(found) > limit else None
    return BatchPage(batches=told, next=cursors.cursor(last.made_at, last.id) if last else None)


@router.get("/{batch}", responses=responses(401, 403, 404, 422, 503))
def show_batch(desk: TheDesk, _: Reader, batch: Identity) -> BatchWhole:
    """One batch: how it stands, how far it is, and its summary when it is done."""
    return _shown(desk, batch)


@router.get(
    "/{batch}/results",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "One record a line (schemas/line-1.json), then the summary; without it, it was cut off.",
            "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
        },
        **responses(401, 403, 404, 409, 422, 503),
    },
)
def stream_results(desk: TheDesk, actor: Reader, batch: Identity) -> StreamingResponse:
    """The answers as NDJSON, in the order of the lines: as they stand today, with what people did since."""
    with desk.database.writing() as session:
        found = _there(session, batch)[0]
        if found.state != BatchState.DONE:
            why = f"this batch is {BatchState(found.state).value}; ask when it is done"
            raise RefusedError(HTTPStatus.CONFLICT, why)
        told = {"format": "ndjson", "by": "a program"}
        trail.record(session, desk.now(), actor.name, "answers downloaded", batch=batch, detail=told)
    return StreamingResponse(batches.results(desk, found, "ndjson"), media_type="application/x-ndjson")


@router.post("/{batch}/cancel", response_model=BatchWhole, responses=responses(401, 403, 404, 409, 422, 503))
def cancel_batch(desk: TheDesk, actor: Checker, batch: Identity) -> BatchWhole:
    """End a batch that waits or runs; one that runs ends at its next step. Nothing of it is kept but its files."""
    with desk.database.writing() as session:
        found = _there(session, batch)[0]
        try:
            queue.cancelled(session, desk, actor, found)
        except NotPossibleError as error:
            raise RefusedError(HTTPStatus.CONFLICT, str(error)) from None
    return _shown(desk, batch)


@router.delete("/{batch}", status_code=HTTPStatus.NO_CONTENT, responses=responses(401, 403, 404, 409, 422, 503))
def delete_batch(desk: TheDesk, actor: Checker, batch: Identity) -> None:
    """Delete a batch with its files, its lines and its answers, for good. The audit trail keeps that it was there."""
    with desk.database.reading() as session:
        _there(session, batch)
    try:
        purging.deleted(desk, actor, batch)
    except NotPossibleError as error:
        raise RefusedError(HTTPStatus.CONFLICT, str(error)) from None


def _there(session: Session, identity: str) -> tuple[Batch, str]:
    found = batches.one(session, identity)
    if found is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, "there is no such batch; it may have been deleted")
    return found


def _shown(desk: TheDesk, identity: str) -> BatchWhole:
    with desk.database.reading() as session:
        batch, name = _there(session, identity)
        files = [
            BatchFile(kind=one.kind, name=one.name, size=one.size, sha256=one.sha256)
            for one in files_of(session, identity)
        ]
        told = batches.summary(batch)
    info = _info(batch, name).model_dump(exclude={"summary"})
    return BatchWhole(**info, files=files, summary=dict(summary_object(told)) if told else None)


def _info(batch: Batch, name: str) -> BatchInfo:
    return BatchInfo(
        id=batch.id,
        name=batch.name,
        state=BatchState(batch.state),
        handed_in_at=batch.made_at,
        handed_in_by=name,
        as_of=batch.as_of,
        started_at=batch.started_at,
        ended_at=batch.ended_at,
        progress=Progress(doing=batch.doing, done=batch.done, total=batch.total),
        lines=batch.lines,
        to_fix=batch.to_fix,
        whole=batch.whole,
        failure=batch.failure,
    )


def _after(word: str | None) -> tuple[datetime, str] | None:
    try:
        return cursors.after(word) if word else None
    except ValueError:
        raise RefusedError(
            HTTPStatus.UNPROCESSABLE_ENTITY, "this cursor is none of ours; take `next` as it is"
        ) from None

"""Batches: what was handed in, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from claimwright.api import cursors, uploads
from claimwright.api.callers import TheDesk
from claimwright.desk import batches, purging, queue, receiving, trail
from claimwright.desk.desk import Desk
from claimwright.desk.laid import files_of
from claimwright.desk.people import RefusedError
from claimwright.desk.refusals import NotTakenError
from claimwright.desk.tables import Batch, BatchState, LineState
from claimwright.lines.answers import Outcome, Silence
from claimwright.lines.summary import Summary, Tally
from claimwright.report.html import overview
from claimwright.web.browsers import Hander, Handing, Reader, check_word
from claimwright.web.looks import page

router = APIRouter()
Identity = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{22}$")]
_PAGE = 40
_GONE = "there is no such batch; it may have been deleted"
_NOT_NAMED = "not named"  # how a summary calls the payer of lines that name none

# kind of file → what a person calls it, and what may be given
KINDS: Mapping[str, tuple[str, str]] = {
    "claims": ("Claims", "837P or 837I, CSV, Parquet or JSON; gzipped, or many in a ZIP archive, too."),
    "notes": ("Treatment notes", "Text, HTML, CSV, JSON or FHIR; a folder of them as a ZIP archive."),
    "history": ("Earlier visits", "What was done and allowed before: CSV, Parquet or JSON."),
    "plans": ("Members’ plans", "Product, funding, state, contract, limits: CSV, Parquet or JSON."),
    "authorizations": ("Prior authorizations", "Codes, days, units, status: CSV, Parquet or JSON."),
    "plans-of-care": ("Plans of care", "Signatures, dates, goals, reports: CSV, Parquet or JSON."),
    "fees": ("Contract fees", "What payers agreed to pay: CSV, Parquet or JSON."),
}


@dataclass(frozen=True)
class PayerRow:
    """A payer's lines, whatever its programs."""

    payer: str
    programs: tuple[str, ...] = ()
    all: Tally = field(default_factory=Tally)
    to_fix: Tally = field(default_factory=Tally)


@router.get("/batches")
def listed(request: Request, desk: TheDesk, _: Reader, after: str = "") -> Response:
    with desk.database.reading() as session:
        found = batches.listed(session, most=_PAGE + 1, after=_after(after))
        shown = found[:_PAGE]
        left = batches.left(session, [batch.id for batch, _ in shown])
    last = shown[-1][0] if len(found) > _PAGE else None
    older = f"/batches?{urlencode({'after': cursors.cursor(last.made_at, last.id)})}" if last else ""
    return page(request, "batches.html.j2", rows=shown, left=left, older=older, later=bool(after), to_work=to_work)


@router.get("/batches/new")
def new(request: Request, desk: TheDesk, _: Hander) -> Response:
    return _form(request, desk)


@router.post("/batches")
async def hand_in(request: Request, desk: TheDesk, browser: Hander) -> Response:
    scripted = "application/json" in request.headers.get("accept", "")
    try:
        handed = await uploads.taken(request, desk, browser.actor, ours=lambda word: check_word(request, browser, word))
    except NotTakenError as error:
        status = uploads.STATUS[error.why]
        if scripted:
            return JSONResponse({"what": error.what, "help": error.help}, status)
        return await run_in_threadpool(_form, request, desk, error, status)
    to = f"/batches/{handed.id}"
    return JSONResponse({"to": to}) if scripted else RedirectResponse(to, HTTPStatus.SEE_OTHER)


@router.get("/batches/{identity}")
def show(request: Request, desk: TheDesk, _: Reader, identity: Identity) -> Response:
    with desk.database.reading() as session:
        batch, by = _there(session, identity)
        files = files_of(session, identity)
        ahead = batches.ahead(session, batch) if batch.state == BatchState.QUEUED else 0
        left = batches.left(session, [identity]).get(identity, batches.Left())
    told = batches.summary(batch)
    given: dict[str, Any] = {
        "batch": batch,
        "state": BatchState(batch.state),
        "by": by,
        "files": files,
        "kinds": KINDS,
        "ahead": ahead,
        "left": left,
        "to_work": to_work,
    }
    if told is None:
        return page(request, "batch.html.j2", **given)
    problems = sorted(told.problems, key=lambda one: one.gravity.value)
    return page(
        request,
        "batch-summary.html.j2",
        summary=told,
        overview=overview(told),
        payers=by_payer(told),
        problems=problems,
        states=LineState,
        unseen=dict(told.silences).get(Silence.DOCUMENTATION_NOT_SEEN, 0),
        unknown=dict(told.coded).get(Outcome.INDETERMINATE, Tally()).lines,
        **given,
    )


@router.get("/batches/{identity}/progress")
def progress(desk: TheDesk, _: Reader, identity: Identity) -> Response:
    """For a page that waits."""
    with desk.database.reading() as session:
        batch = _there(session, identity)[0]
        ahead = batches.ahead(session, batch) if batch.state == BatchState.QUEUED else 0
    told = {"state": batch.state, "doing": batch.doing, "done": batch.done, "total": batch.total, "ahead": ahead}
    return JSONResponse(told)


@router.get("/batches/{identity}/results.{kind}")
def results(desk: TheDesk, browser: Reader, identity: Identity, kind: str) -> Response:
    if kind not in batches.FORMATS:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"answers are written as {', '.join(batches.FORMATS)}")
    with desk.database.writing() as session:
        batch = _there(session, identity)[0]
        if batch.state != BatchState.DONE:
            raise HTTPException(HTTPStatus.CONFLICT, "this batch has no answers yet")
        trail.record(
            session, desk.now(), browser.actor.name, "answers downloaded", batch=identity, detail={"format": kind}
        )
    name = f"claimwright-{batch.made_at:%Y-%m-%d}-{identity[:6].strip('-_')}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(batches.results(desk, batch, kind), headers=headers, media_type=batches.FORMATS[kind])


@router.post("/batches/{identity}/cancel")
def cancel(desk: TheDesk, browser: Handing, identity: Identity) -> Response:
    with desk.database.writing() as session:
        batch = _there(session, identity)[0]
        try:
            queue.cancelled(session, desk, browser.actor, batch)
        except RefusedError as error:
            raise HTTPException(HTTPStatus.CONFLICT, str(error)) from None
    return RedirectResponse(f"/batches/{identity}", HTTPStatus.SEE_OTHER)


@router.post("/batches/{identity}/again")
def again(desk: TheDesk, browser: Handing, identity: Identity) -> Response:
    with desk.database.writing() as session:
        batch = _there(session, identity)[0]
        try:
            queue.again(session, desk, browser.actor, batch)
        except RefusedError as error:
            raise HTTPException(HTTPStatus.CONFLICT, str(error)) from None
    desk.handed.set()
    return RedirectResponse(f"/batches/{identity}", HTTPStatus.SEE_OTHER)


@router.get("/batches/{identity}/delete")
def ask_to_delete(request: Request, desk: TheDesk, _: Hander, identity: Identity) -> Response:
    with desk.database.reading() as session:
        batch, by = _there(session, identity)
        files = files_of(session, identity)
    return page(request, "batch-delete.html.j2", batch=batch, by=by, files=files, state=BatchState(batch.state))


@router.post("/batches/{identity}/delete")
def delete(desk: TheDesk, browser: Handing, identity: Identity) -> Response:
    try:
        purging.deleted(desk, browser.actor, identity)
    except RefusedError as error:
        raise HTTPException(HTTPStatus.CONFLICT, str(error)) from None
    return RedirectResponse("/batches", HTTPStatus.SEE_OTHER)


def to_work(batch: str, **asked: str) -> str:
    """The address of the lines of a batch to which a count points."""
    return f"/worklist?{urlencode({'batch': batch, **asked})}"


def by_payer(summary: Summary) -> list[PayerRow]:
    """The lines of each payer, added up over its programs, as lists of lines filter them."""
    found: dict[str, PayerRow] = {}
    for name, lines, to_fix in summary.by_payer:
        payer, _, program = name.rpartition(" · ")
        row = found.get(payer, PayerRow(payer))
        programs = (*row.programs, program)
        found[payer] = replace(row, programs=programs, all=row.all + lines, to_fix=row.to_fix + to_fix)
    return sorted(found.values(), key=lambda row: (-row.to_fix.lines, -row.all.lines, row.payer))


def _form(request: Request, desk: Desk, error: NotTakenError | None = None, status: int = HTTPStatus.OK) -> Response:
    return page(
        request,
        "batch-new.html.j2",
        status,
        kinds=KINDS,
        today=receiving.today(desk),
        limit=desk.limits.upload,
        error=error,
    )


def _there(session: Session, identity: str) -> tuple[Batch, str]:
    found = batches.one(session, identity)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, _GONE)
    return found


def _after(word: str) -> tuple[datetime, str] | None:
    try:
        return cursors.after(word) if word else None
    except ValueError:
        raise HTTPException(HTTPStatus.NOT_FOUND, "there is no such page") from None

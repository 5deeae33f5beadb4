"""Whether the server is up, whether it can work, and how much it has to do: for what watches it. No claim data."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from claimwright.api.callers import TheDesk
from claimwright.desk import batches, visits
from claimwright.desk.desk import Desk
from claimwright.desk.rights import Right
from claimwright.desk.tables import Batch, BatchState, File
from claimwright.desk.working import Worker

router = APIRouter()
_HERE = {"127.0.0.1", "::1"}
_THROUGH = ("forwarded", "x-forwarded-for", "x-real-ip")  # a proxy on this machine speaks for somebody elsewhere
_Sample = tuple[str, str, str, float]  # name, what it counts, labels, value


@router.get("/health")
def health() -> Response:
    return JSONResponse({"up": True})


@router.get("/ready")
def ready(request: Request, desk: TheDesk) -> Response:
    """503 while the database cannot be asked, or batches would not be checked."""
    trouble = []
    try:
        with desk.database.reading() as session:
            session.execute(select(1))
    except SQLAlchemyError:
        trouble.append("the database cannot be used")
    worker = _worker(request)
    if worker is not None and not worker.works:
        trouble.append(worker.trouble or "nothing checks batches")
    status = HTTPStatus.SERVICE_UNAVAILABLE if trouble else HTTPStatus.OK
    return JSONResponse({"ready": not trouble, "trouble": trouble}, status)


@router.get("/metrics")
def metrics(request: Request, desk: TheDesk) -> Response:
    """In the text form of Prometheus, for this machine where no proxy speaks for others, or for a token of `admin`."""
    if not _may(request, desk):
        raise HTTPException(HTTPStatus.FORBIDDEN, "ask from this machine, or with a token of the scope admin")
    with desk.database.reading() as session:
        samples = [*_of_database(session, desk), *_of_server(request, desk)]
    lines = []
    named = set()
    for name, help_, labels, value in samples:
        if name not in named:
            named.add(name)
            lines += [f"# HELP {name} {help_}", f"# TYPE {name} gauge"]
        lines.append(f"{name}{labels} {value:g}" if value < 1e6 else f"{name}{labels} {value:.0f}")
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4; charset=utf-8")


def _of_database(session: Session, desk: Desk) -> Iterator[_Sample]:
    for state, many in batches.counts(session).items():
        yield "claimwright_batches", "Batches by state.", f'{{state="{state.value}"}}', many
    oldest = session.scalar(select(func.min(Batch.made_at)).where(Batch.state == BatchState.QUEUED))
    waited = (desk.now() - oldest).total_seconds() if oldest else 0.0
    yield "claimwright_queue_oldest_seconds", "How long the oldest batch that waits has waited.", "", waited
    lines, to_fix = session.execute(select(func.sum(Batch.lines), func.sum(Batch.to_fix))).one()
    yield "claimwright_lines", "Lines of the batches that are kept.", "", float(lines or 0)
    yield "claimwright_lines_to_fix", "Those with something to fix, when they were checked.", "", float(to_fix or 0)
    size = session.scalar(select(func.sum(File.size)))
    yield "claimwright_files_bytes", "Size of the files that were handed in.", "", float(size or 0)


def _of_server(request: Request, desk: Desk) -> Iterator[_Sample]:
    worker = _worker(request)
    works = float(worker is not None and worker.works)
    yield "claimwright_worker_up", "Whether this server checks batches.", "", works
    free = float(shutil.disk_usage(desk.folder).free)
    yield "claimwright_disk_free_bytes", "Room where files and answers are kept.", "", free


def _may(request: Request, desk: Desk) -> bool:
    here = request.client is not None and request.client.host in _HERE
    alone = not request.app.state.https  # behind a proxy everybody seems to be here
    if here and alone and not any(header in request.headers for header in _THROUGH):
        return True
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return False
    with desk.database.reading() as session:
        actor = visits.bearer(session, desk.now(), secret.strip())
    return actor is not None and actor.may(Right.ADMIN)


def _worker(request: Request) -> Worker | None:
    found = request.app.state.worker
    assert found is None or isinstance(found, Worker)
    return found

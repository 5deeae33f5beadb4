"""What was changed in a batch: to be looked over, and taken away as a change list or as the corrected 837."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Annotated, BinaryIO, cast
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response, StreamingResponse
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from claimwright.api.callers import TheDesk
from claimwright.desk import corrections, trail
from claimwright.desk.corrections import Correction
from claimwright.desk.desk import Desk
from claimwright.desk.fields import FIELDS
from claimwright.desk.people import RefusedError
from claimwright.desk.tables import Batch
from claimwright.report.change_list import change_list_csv, change_list_json
from claimwright.web.browsers import Reader, Working
from claimwright.web.looks import page
from claimwright.web.pages.batches import Identity

router = APIRouter()
_HELD = 1 << 25  # bytes of a corrected file that are held in memory, not on the disk
_BLOCK = 1 << 18


@router.get("/batches/{identity}/changes")
def show(request: Request, desk: TheDesk, _: Reader, identity: Identity) -> Response:
    with desk.database.reading() as session:
        batch = _batch(session, identity)
        try:
            found, missing = corrections.corrections(desk, session, identity), ""
        except RefusedError as error:
            found, missing = (), str(error)
    return _page(request, batch, found, missing)


def _page(
    request: Request, batch: Batch, found: Sequence[Correction], missing: str = "", status: HTTPStatus = HTTPStatus.OK
) -> Response:
    return page(request, "changes.html.j2", status, batch=batch, found=found, missing=missing, fields=FIELDS)


@router.post("/batches/{identity}/changes/list")
def change_list(desk: TheDesk, browser: Working, identity: Identity, form: Annotated[str, Form()] = "csv") -> Response:
    """All changes of the batch; as JSON they can be given to `claimwright correct` again."""
    with desk.database.writing() as session:
        _batch(session, identity)
        edits = list(corrections.listed(_found(desk, session, identity)))
        kind = "json" if form == "json" else "csv"
        detail = {"edits": len(edits), "form": kind}
        trail.record(session, desk.now(), browser.actor.name, "change list exported", batch=identity, detail=detail)
    if kind == "json":
        return Response(change_list_json(edits), media_type="application/json", headers=_named("changes.json"))
    text = change_list_csv(edits, bom=True).encode()
    return Response(text, media_type="text/csv; charset=utf-8", headers=_named("changes.csv"))


@router.post("/batches/{identity}/changes/corrected")
def corrected(
    request: Request, desk: TheDesk, browser: Working, identity: Identity, file: Annotated[str, Form()] = ""
) -> Response:
    """The corrected file: every change of the batch that is of it, and every other byte as it was handed in."""
    with desk.database.reading() as session:
        batch = _batch(session, identity)
        found = next((one.planned for one in _found(desk, session, identity) if one.file == file), None)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "nothing of this file was changed")
    if not found.possible:
        return _page(request, batch, [found], status=HTTPStatus.CONFLICT)
    out = cast("BinaryIO", SpooledTemporaryFile(_HELD, "w+b", dir=str(desk.files)))  # noqa: SIM115 - closed when sent
    if (problem := corrections.write(found, out)) is not None:
        out.close()
        raise HTTPException(HTTPStatus.CONFLICT, problem.message)
    with desk.database.writing() as session:
        detail = {"edits": len(found.edits)}
        trail.record(session, desk.now(), browser.actor.name, "corrected file exported", batch=identity, detail=detail)
    name = found.file.removesuffix(".gz")
    stem, dot, suffix = name.rpartition(".")
    name = f"{stem}.corrected.{suffix}" if dot else f"{name}.corrected"
    return StreamingResponse(_sent(out), media_type="application/edi-x12", headers=_named(name))


def _sent(out: BinaryIO) -> Iterator[bytes]:
    with out:
        out.seek(0)
        while block := out.read(_BLOCK):
            yield block


def _batch(session: Session, identity: str) -> Batch:
    batch = session.get(Batch, identity)
    if batch is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "there is no such batch; it may have been deleted")
    return batch


def _found(desk: Desk, session: Session, identity: str) -> tuple[Correction, ...]:
    try:
        return corrections.corrections(desk, session, identity)
    except RefusedError as error:
        raise HTTPException(HTTPStatus.CONFLICT, str(error)) from None


def _named(name: str) -> dict[str, str]:
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}

"""The audit trail, for auditors and admins: filtered, taken away as a table, and looked over seal by seal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException

from claimwright.api.callers import TheDesk
from claimwright.desk import trail, trail_view
from claimwright.desk.trail_view import Asked
from claimwright.web.browsers import Auditor
from claimwright.web.looks import page

router = APIRouter(prefix="/trail")
_PAGE = 100
_OF_THIS_DATABASE = "^([A-Za-z0-9_-]{22})?$"
_Word = Annotated[str, Query(max_length=200)]
_Id = Annotated[str, Query(pattern=_OF_THIS_DATABASE)]


@router.get("")
def show(
    request: Request,
    desk: TheDesk,
    _: Auditor,
    person: _Word = "",
    action: _Word = "",
    since: str = "",
    until: str = "",
    batch: _Id = "",
    line: _Id = "",
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    look: bool = False,
) -> Response:
    asked = _asked(person, action, since, until, batch, line)
    with desk.database.reading() as session:
        found = trail_view.entries(session, asked, most=_PAGE + 1, before=before)
        shown = found[:_PAGE]
        given: dict[str, Any] = {
            "rows": shown,
            "many": trail_view.counted(session, asked),
            "names": trail_view.people_of(session, shown),
            "actions": trail_view.actions(session),
            "doers": trail_view.doers(session),
            "seals": trail_view.seals(session) if look else None,
        }
    query = _query(asked)
    older = f"/trail?{urlencode({**query, 'before': shown[-1].number})}" if len(found) > _PAGE else ""
    newest = f"/trail?{urlencode(query)}" if before is not None else ""
    return page(request, "trail.html.j2", asked=asked, query=urlencode(query), older=older, newest=newest, **given)


@router.get("/trail.csv")
def download(
    desk: TheDesk,
    browser: Auditor,
    person: _Word = "",
    action: _Word = "",
    since: str = "",
    until: str = "",
    batch: _Id = "",
    line: _Id = "",
) -> Response:
    """Taking it away is an entry itself, the last of the table."""
    asked = _asked(person, action, since, until, batch, line)
    with desk.database.writing() as session:
        detail = {"filters": sorted(_query(asked))}
        trail.record(session, desk.now(), browser.actor.name, "trail downloaded", detail=detail)
        up_to, _ = trail_view.ended(session)
    headers = {"Content-Disposition": f'attachment; filename="claimwright-trail-{desk.now():%Y-%m-%d}.csv"'}
    rows = trail_view.as_csv(desk.database, asked, up_to)
    return StreamingResponse(rows, headers=headers, media_type="text/csv; charset=utf-8")


def _asked(person: str, action: str, since: str, until: str, batch: str, line: str) -> Asked:
    return Asked(_clean(person), _clean(action), _day(since), _day(until), batch, line)


def _clean(word: str) -> str:
    return word.replace("\0", "").strip()


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "write a day like 2026-03-20") from None


def _query(asked: Asked) -> Mapping[str, str]:
    told = {name: getattr(asked, name) for name in ("person", "action", "since", "until", "batch", "line")}
    return {name: str(value) for name, value in told.items() if value}

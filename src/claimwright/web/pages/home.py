"""The first page: what waits to be worked."""

from __future__ import annotations

from decimal import Decimal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from claimwright.api.callers import TheDesk
from claimwright.desk import batches
from claimwright.desk.batches import Left
from claimwright.desk.tables import BatchState
from claimwright.web.browsers import Signed
from claimwright.web.looks import page
from claimwright.web.pages.batches import to_work

router = APIRouter()
_LATEST = 12


@router.get("/")
def home(request: Request, desk: TheDesk, _: Signed) -> Response:
    with desk.database.reading() as session:
        latest = batches.listed(session, most=_LATEST)
        left = batches.left(session)
    whole = Left(
        sum(one.lines for one in left.values()),
        sum((one.charge for one in left.values()), Decimal(0)),
        sum((one.at_risk for one in left.values()), Decimal(0)),
        sum(one.unpriced for one in left.values()),
    )
    busy = [row for row in latest if not BatchState(row[0].state).over]
    return page(request, "home.html.j2", latest=latest, left=left, whole=whole, busy=busy, to_work=to_work)

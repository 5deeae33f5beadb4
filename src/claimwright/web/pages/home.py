"""The first page: what waits to be worked."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from claimwright.web.browsers import signed
from claimwright.web.looks import page

router = APIRouter()


@router.get("/", dependencies=[Depends(signed)])
def home(request: Request) -> Response:
    return page(request, "home.html.j2")

"""The one shape of an error (RFC 9457): `type`, `title`, `status`, `detail`, and where something is amiss, `errors`.

Every route of /api/v1 answers an error with `application/problem+json` in this shape. `detail` says what to do. Nothing
of a claim stands in it but what the claim model's own messages name: fields, codes, dates and control numbers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import OperationalError
from starlette._utils import get_route_path
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from claimwright.desk.database import no_room

MEDIA = "application/problem+json"
PREFIX = "/api/"
_RENAMED = {413: "Content Too Large", 422: "Unprocessable Content"}  # by RFC 9110; Python says so since 3.13
AWAY = "the database cannot be used at this moment, and nothing was changed; try again shortly"
BROKEN = "something here is broken; nothing was changed"
FULL = "the disk of the server is full, and nothing was changed; whoever runs the server makes room"


class FieldError(BaseModel):
    """What is wrong with one part of what was sent. `where` is a path such as `lines.0.units`."""

    where: str
    what: str


class ProblemDetails(BaseModel):
    """RFC 9457."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Unprocessable Content",
                    "status": 422,
                    "detail": "1 field cannot be read",
                    "errors": [{"where": "lines.0.units", "what": "write a number of units"}],
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


class RefusedError(Exception):
    """An answer of an error's kind, raised where it is found."""

    def __init__(self, status: HTTPStatus, detail: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, list(errors)
        self.headers: dict[str, str] = {}


def phrase(status: int) -> str:
    return _RENAMED.get(status) or HTTPStatus(status).phrase


def of_api(request: Request) -> bool:
    return request.url.path.startswith(PREFIX)


def problem(
    status: int, detail: str, errors: Sequence[FieldError] = (), headers: dict[str, str] | None = None
) -> Response:
    told = ProblemDetails(title=phrase(status), status=status, detail=detail, errors=list(errors))
    return _Rendered(told.model_dump(), status, headers, MEDIA)


class _Rendered(JSONResponse):
    """Half of a letter, which JSON can spell and UTF-8 cannot, becomes a question mark."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For a route: the errors it may answer with, in the schema. Where a token is asked for, it may come too often."""
    known = (*statuses, *((429,) if 401 in statuses and 429 not in statuses else ()))
    return {
        status: {
            "model": ProblemDetails,
            "description": phrase(status),
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
        for status in known
    }


def unread(error: RequestValidationError) -> Response:
    """What was sent does not fit the model: each place, without what stood there."""
    wrong = [
        FieldError(where=".".join(str(part) for part in one["loc"] if part != "body"), what=str(one["msg"]))
        for one in error.errors()
    ]
    return problem(422, f"{len(wrong)} field{'s' if len(wrong) > 1 else ''} cannot be read", wrong)


def refused(error: RefusedError) -> Response:
    return problem(error.status, error.detail, error.errors, error.headers)


def plain(error: HTTPException) -> Response:
    return problem(error.status_code, str(error.detail), headers=dict(error.headers or {}))


def why_away(error: Exception) -> tuple[HTTPStatus, str]:
    """What is told while the database cannot be used; nothing of the call was done."""
    if isinstance(error, OperationalError) and no_room(error):
        return HTTPStatus.INSUFFICIENT_STORAGE, FULL
    return HTTPStatus.SERVICE_UNAVAILABLE, AWAY


def away(error: Exception) -> Response:
    status, told = why_away(error)
    return problem(status, told, headers={"Retry-After": "5"})


def _plain(request: Request, error: HTTPException) -> Response:
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        error.headers = {**(error.headers or {}), "Allow": ", ".join(_methods(request))}
    return plain(error)


def _methods(request: Request) -> list[str]:
    """What may be done at an address by all routes together; the framework names those of the first alone."""
    path, described = get_route_path(request.scope), request.app.openapi()["paths"]
    return sorted(
        method.upper()
        for template, able in described.items()
        if compile_path(template)[0].match(path)
        for method in able
    )


def handle(app: FastAPI) -> None:
    """Give an application of the API alone this shape."""
    app.add_exception_handler(RequestValidationError, lambda _, error: unread(error))
    app.add_exception_handler(RefusedError, lambda _, error: refused(error))
    app.add_exception_handler(HTTPException, _plain)  # type: ignore[arg-type]
    app.add_exception_handler(OperationalError, lambda _, error: away(error))
    app.add_exception_handler(Exception, lambda *_: problem(500, BROKEN))

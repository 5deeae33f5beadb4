"""Checking one claim: as JSON of the case model, or as the text of an 837."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from claimwright.api import bodies
from claimwright.api.callers import address_of, callers_of
from claimwright.api.checking import MOST_CLAIMS, Asked
from claimwright.api.examples import ANSWER, CLAIM, IN_837
from claimwright.api.gather import FullError, Gatherer
from claimwright.api.problems import RefusedError, responses
from claimwright.lines.case_values import Day

router = APIRouter(tags=["check"])
_TEXT, _X12 = "text/plain", "application/edi-x12"
_BUSY = "1"  # seconds

_EXTRA: dict[str, Any] = {
    "security": [{"HTTPBearer": []}],  # looked up with the claim, once for all that are checked together
    "requestBody": {
        "required": True,
        "description": f"A claim; or the text of an 837P or 837I with {MOST_CLAIMS} claims at most, which may also be "
        f"called `{_X12}`.",
        "content": {
            bodies.JSON: {"schema": {"$ref": "#/components/schemas/Claim"}, "example": CLAIM},
            _TEXT: {"schema": {"type": "string", "format": "binary"}, "example": IN_837},
        },
    },
}


@router.post(
    "/check",
    response_class=Response,
    responses={
        200: {
            "description": "Each line's answer, and what was amiss with the claim.",
            "content": {bodies.JSON: {"schema": {"$ref": "#/components/schemas/CheckAnswer"}, "example": ANSWER}},
        },
        **responses(401, 403, 413, 415, 422, 429, 503),
    },
    openapi_extra=_EXTRA,
)
async def check(
    request: Request,
    as_of: Annotated[
        Day | None,
        Query(
            description="The day from which the claim is looked at; today (UTC), by default. Lines of later days are "
            "not answered, and named in `problems`.",
            examples=["2026-03-20"],
        ),
    ] = None,
) -> Response:
    """Check a claim before it is billed: what the payer's policy says of every line, and the sentence that decides.

    Nothing of the claim is kept. A field that is left out or null is unknown, never "no". Only what is in the claim is
    known to the check: send all that was done for the patient on that day in one claim, and say so with `whole_day`.
    """
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        callers_of(request).actor("", address_of(request))  # refuses, before anything is read
    x12 = bodies.kind_of(request, bodies.JSON, _TEXT, _X12) != bodies.JSON
    asked = Asked(secret.strip(), address_of(request), await bodies.whole(request), x12, as_of)
    checks: Gatherer[Asked, bytes | RefusedError] = request.app.state.checks
    try:
        found = await checks.ask(asked)
    except FullError:
        busy = RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "too many claims wait to be checked; try again shortly")
        busy.headers["Retry-After"] = _BUSY
        raise busy from None
    if isinstance(found, RefusedError):
        raise found
    return Response(found, media_type=bodies.JSON)

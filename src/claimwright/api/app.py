"""The API as one application, mounted by `web` and usable by itself."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI

from claimwright.api import about, batches, problems
from claimwright.desk.desk import Desk

DESCRIPTION = """Checks outpatient-therapy claims before they are billed, and cites the sentence that decides each line.

Every call carries a token (`Authorization: Bearer …`). Errors have one shape, `application/problem+json` (RFC 9457).
Nothing sent here leaves the machine."""


def made(desk: Desk) -> FastAPI:
    app = FastAPI(
        title="claimwright",
        version=version("claimwright"),
        description=DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,  # its pages fetch scripts from elsewhere
        redoc_url=None,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.desk = desk
    problems.handle(app)
    for part in (about, batches):
        app.include_router(part.router)
    return app

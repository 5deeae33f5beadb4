"""The API as one application, mounted by `web` and usable by itself."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI

from claimwright.api import about, ask, batches, check, codes, determinations, look_ups, openapi, problems
from claimwright.api.callers import Callers
from claimwright.api.checking import Checks
from claimwright.api.gather import Gatherer
from claimwright.desk.desk import Desk

DESCRIPTION = """Checks outpatient-therapy claims before they are billed, and cites the sentence that decides each line.

Every call carries a token (`Authorization: Bearer …`). Errors have one shape, `application/problem+json` (RFC 9457).
Nothing sent here leaves the machine."""


PATH = "/api/v1"
PARTS = (about, check, ask, batches, determinations, codes, look_ups)


def made(desk: Desk) -> FastAPI:
    app = described()
    app.state.desk, app.state.callers = desk, Callers(desk)
    app.state.checks = Gatherer(Checks(desk, app.state.callers).answers, weigh=lambda asked: asked.weight)
    problems.handle(app)
    return app


def described() -> FastAPI:
    """The routes and their schema, with nobody behind them yet."""
    app = _App(
        title="claimwright",
        version=version("claimwright"),
        description=DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,  # its pages fetch scripts from elsewhere
        redoc_url=None,
        servers=[{"url": PATH, "description": "The server that answers here."}],
        root_path_in_servers=False,
        generate_unique_id_function=lambda route: route.name,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    for part in PARTS:
        app.include_router(part.router)
    return app


class _App(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = openapi.completed(super().openapi())
        return self.openapi_schema

"""The whole application: pages, the API under /api/v1, and what surrounds both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from claimwright.api import app as api
from claimwright.api.problems import BROKEN, of_api, problem, why_away
from claimwright.desk.desk import Desk
from claimwright.desk.reading import NO_PAPERS, Papers, Reading
from claimwright.desk.working import Worker
from claimwright.web.browsers import SignInError, known
from claimwright.web.looks import page, report_style
from claimwright.web.pages import (
    ask,
    batches,
    changes,
    codes,
    health,
    home,
    library,
    line,
    me,
    people,
    search,
    sign_in,
    trail,
    vocabulary,
    worklist,
)
from claimwright.web.shells import Bounds, Shell

API = api.PATH
_HANDING_IN = frozenset({"/batches", f"{API}/batches"})
_AROUND = 500_000  # bytes of a form around its largest part
_STATIC = Path(__file__).parent / "static"


def made(
    desk: Desk,
    *,
    hosts: Sequence[str] = ("localhost", "127.0.0.1", "[::1]"),
    https: bool = False,
    worker: Worker | None = None,
    papers: Papers = NO_PAPERS,
    public_library: bool = False,
) -> FastAPI:
    """`worker` checks batches while the application runs; without one, another server of the same database does.

    `hosts` are the names under which it may be called; another name may be a trick on a browser (DNS rebinding).

    `https`: a proxy in front speaks TLS, so that cookies are sent over nothing else. `papers` are the documents of
    policies of one's own; `public_library` lets guests read the library and search it.
    """
    app = FastAPI(title="claimwright", openapi_url=None, docs_url=None, redoc_url=None, lifespan=_beside(worker))
    app.state.desk, app.state.https, app.state.tries = desk, https, sign_in.new_tries()
    app.state.worker = worker
    app.state.reading = Reading(desk.engine.library, desk.engine.releases, papers)
    app.state.public_library = public_library
    app.mount(API, api.made(desk))
    app.add_api_route("/static/report.css", _report_style, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=_STATIC))
    reads = (search, codes, vocabulary, library, ask)
    for pages in (sign_in, home, batches, worklist, line, changes, people, me, trail, health, *reads):
        app.include_router(pages.router)
    app.add_exception_handler(SignInError, _to_sign_in)
    app.add_exception_handler(HTTPException, _wrong)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _misread)  # type: ignore[arg-type]
    app.add_exception_handler(OperationalError, _away)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_middleware(Bounds, most=desk.limits.claim + _AROUND, handing_in=_HANDING_IN)
    app.add_middleware(Shell, https=https, broken=_failed)
    return app


def _beside(worker: Worker | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """The worker begins with the application, and ends with it."""

    @asynccontextmanager
    async def lasts(_: FastAPI) -> AsyncIterator[None]:
        if worker is not None:
            worker.start()
        try:
            yield
        finally:
            if worker is not None:
                await run_in_threadpool(worker.stop)

    return lasts


def _report_style() -> Response:
    return Response(report_style(), media_type="text/css")


def _to_sign_in(request: Request, _: Exception) -> Response:
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = {"next": address} if request.method == "GET" and address != "/" else {}
    return RedirectResponse(f"/sign-in?{urlencode(back)}" if back else "/sign-in", HTTPStatus.SEE_OTHER)


def _wrong(request: Request, error: HTTPException) -> Response:
    return _error_page(request, error.status_code, str(error.detail))


def _misread(request: Request, error: RequestValidationError) -> Response:
    fields = ", ".join(dict.fromkeys(str(one["loc"][-1]) for one in error.errors()))
    return _error_page(request, HTTPStatus.UNPROCESSABLE_ENTITY, f"this cannot be read: {fields}")


def _away(request: Request, error: Exception) -> Response:
    return _error_page(request, *why_away(error))


def _failed(request: Request) -> Response:
    """What went wrong stands in the log of the server, without a claim's data; the answer says only that it did."""
    return _error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR, BROKEN)


def _error_page(request: Request, status: int, detail: str) -> Response:
    if of_api(request):  # an address under the API that is none of its own
        return problem(status, detail)
    broken = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    request.state.browser = None if broken else known(request, request.app.state.desk)
    return page(request, "error.html.j2", status, title=HTTPStatus(status).phrase, detail=detail)

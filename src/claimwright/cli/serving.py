"""The processes of a server: one for everything, or several that answer and one that checks batches."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from claimwright.cli import wire
from claimwright.cli.engine import shipped_engine
from claimwright.cli.serve import opened_desk
from claimwright.cli.tables import loaded
from claimwright.desk.desk import Desk
from claimwright.desk.reading import NO_PAPERS, papers_of
from claimwright.desk.working import Worker
from claimwright.determine.engine import Engine
from claimwright.lines.case import Case, lines_of
from claimwright.web import app as web

_BUSY = 60  # seconds without a sign of life after which a process is replaced; the engine takes some to be made


@dataclass(frozen=True, repr=False)  # an address may hold a password
class Serving:
    """What a process has to know to answer: where the worklist is, what the engine stands on, who may come in."""

    folder: Path | None
    database: str | None
    hosts: tuple[str, ...]
    https: bool
    public_library: bool
    policies: Path | None
    site: Path | None
    payers: Path | None
    data: Path | None
    no_store: bool
    fees: list[Path] | None

    def desk(self) -> Desk:
        tables = loaded(self.data, no_store=self.no_store)

        def engine() -> Engine:
            return shipped_engine(self.payers, self.site, policies=self.policies, tables=tables, fees=self.fees)

        return opened_desk(self.folder, self.database, engine)

    def application(self, desk: Desk, worker: Worker | None) -> FastAPI:
        papers = papers_of(self.policies) if self.policies else NO_PAPERS
        return web.made(
            desk,
            hosts=self.hosts,
            https=self.https,
            worker=worker,
            papers=papers,
            public_library=self.public_library,
        )


@dataclass(frozen=True)
class Socket:
    host: str
    port: int
    processes: int


def served(what: Serving, desk: Desk, worker: Worker, socket: Socket) -> None:
    """Answer until the end. Of several processes, this one checks batches and looks after the others."""
    _settle(desk)
    if socket.processes == 1:
        uvicorn.run(what.application(desk, worker), **_settings(what, socket))
        return
    config = uvicorn.Config(
        partial(_answering, what),
        factory=True,
        workers=socket.processes,
        timeout_worker_healthcheck=_BUSY,
        **_settings(what, socket),
    )
    listening = config.bind_socket()
    worker.start()
    try:
        Multiprocess(config, sockets=[listening]).run()
    finally:
        worker.stop()


def _answering(what: Serving) -> FastAPI:
    """The application of a process that only answers: batches are another's, so that it needs one engine."""
    desk = what.desk()
    _settle(desk)
    return what.application(replace(desk, background=desk.engine), None)


def _settle(desk: Desk) -> None:
    """Make what every check needs, so that the first caller does not wait for it, and mark it as staying for good:
    collecting garbage among it again and again would take a fifth of the time.
    """
    desk.engine.determine(lines_of(Case.model_validate({"lines": [{"procedure": "97026"}]})))
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _settings(what: Serving, socket: Socket) -> dict[str, Any]:
    return {
        "host": socket.host,
        "port": socket.port,
        "access_log": False,  # addresses may name what was searched for
        "server_header": False,
        "proxy_headers": what.https,
        "log_level": "warning",
        "timeout_graceful_shutdown": 20,
        **wire.settings(),
    }

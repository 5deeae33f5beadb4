"""A server with an address of its own, for what speaks HTTP and nothing else."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import desks
import uvicorn

from claimwright.desk import visits
from claimwright.desk.people import actor_of
from claimwright.desk.tables import Role
from claimwright.desk.working import Worker
from claimwright.web import app


@dataclass(frozen=True)
class Served:
    address: str
    token: str

    @property
    def api(self) -> str:
        return f"{self.address}/api/v1"


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A server with an empty worklist, a worker, and a biller's token."""
    desk = desks.desk(folder / "desk", clock=lambda: datetime.now(UTC))
    person = desks.somebody(desk, "A biller", Role.BILLER)
    with desk.database.writing() as session:
        actor = actor_of(person)
        token = visits.token_made(session, desk.now(), actor, name="tests", scopes=actor.rights, days=1)[1]
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app.made(desk, worker=Worker(desk)), log_level="critical", access_log=False)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", token)
        server.should_exit = True
        thread.join(30)
    desk.database.close()

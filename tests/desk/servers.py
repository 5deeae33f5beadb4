"""`claimwright serve` as a process of its own, which a test may kill and start again on what it left."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import desks
import handing
import httpx2

from claimwright.desk import visits
from claimwright.desk.desk import Desk
from claimwright.desk.rights import Right
from claimwright.desk.tables import Role


def until(holds: Callable[[], Any], seconds: float = 90) -> Any:
    """What `holds` gives, once it is something."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)
    return found


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Served:
    """A worklist, a server of it, and a program that calls that server. `desk` looks at what the server keeps."""

    folder: Path
    url: str = ""
    port: int = field(default_factory=_free_port)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.desk: Desk = desks.desk(self.folder, self.url, lambda: datetime.now(UTC))
        admin = handing.actor(self.desk, "Ada", Role.ADMIN)
        with self.desk.database.writing() as session:
            scopes = [Right.READ, Right.CHECK]
            _, secret = visits.token_made(session, self.desk.now(), admin, name="tests", scopes=scopes, days=1)
        address = f"http://127.0.0.1:{self.port}"
        self.program = httpx2.Client(base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=60)

    def start(self) -> None:
        command = [sys.executable, "-c", "from claimwright.cli import main; main()", "serve", "--no-store"]
        options = ["--folder", str(self.folder), "--port", str(self.port)]
        database = ["--database", self.url] if self.url else []
        with (self.folder.parent / "log").open("ab") as log:
            self.process = subprocess.Popen([*command, *options, *database], stdout=log, stderr=log)
        until(self.answers)

    @property
    def log(self) -> str:
        return (self.folder.parent / "log").read_text()

    def answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log
        try:
            return self.program.get("/health").status_code == 200
        except httpx2.TransportError:
            return False

    def killed(self) -> None:
        """As by a power cut: nothing of it runs on."""
        self._ended(signal.SIGKILL)

    def stopped(self) -> int:
        """As by whoever runs it; the exit code."""
        return self._ended(signal.SIGTERM)

    def _ended(self, how: signal.Signals) -> int:
        process, self.process = self.process, None
        assert process is not None
        process.send_signal(how)
        return process.wait(60)

    def closed(self) -> None:
        if self.process is not None:
            self.killed()
        self.program.close()
        self.desk.database.close()

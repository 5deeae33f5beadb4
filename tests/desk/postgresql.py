"""A PostgreSQL of the tests' own, in a folder of its own, started and stopped by them."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

HELP = "PostgreSQL is not installed; `make test` installs it where it may, else: apt-get install postgresql"


def programs() -> Path:
    """The folder of initdb and postgres, the newest where there are several."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert folders, HELP
    return folders[-1]


@dataclass
class Cluster:
    """A server that a test may stop and start again; what is in it stays."""

    folder: Path
    port: int
    become: dict[str, object]
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"postgresql://tests@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        command = [programs() / "postgres", "-D", self.folder / "cluster", "-p", str(self.port), "-k", self.folder]
        self.process = subprocess.Popen(
            [*command, "-h", "127.0.0.1", "-F"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self.become,
        )
        _wait_for(self.port, self.process)

    def stop(self) -> None:
        """At once, as when the machine fails: whoever is connected hears of it by an error."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)
            self.process = None


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server of its own that runs, and is gone with all that is in it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="claimwright-pg-"))
    become = _become(folder)
    initdb = [programs() / "initdb", "-D", folder / "cluster", "-U", "tests"]
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run([*initdb, *options], check=True, capture_output=True, **become)
    made = Cluster(folder, _free_port(), become)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running() -> Iterator[str]:
    """The address of an empty database on a server of its own."""
    with cluster() as made:
        yield made.address


def _become(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root; then it runs as the account that its package made, or as nobody."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": folder}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "PostgreSQL ended before it began"
        try:
            psycopg.connect(f"postgresql://tests@127.0.0.1:{port}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("PostgreSQL did not begin within 30 seconds")

"""The commands, and the one place that reads the clock. A command imports what it needs when it needs it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

# parts that are installed when they are asked for, by the first module of theirs that a command meets
_EXTRA = {
    "alembic": "web",
    "argon2": "web",
    "fastapi": "web",
    "sqlalchemy": "web",
    "uvicorn": "web",
    "psycopg": "postgresql",
}


def today() -> date:
    """The day on the wall. Everything below the command line is given its date."""
    return datetime.now().astimezone().date()


def now() -> datetime:
    """The moment in UTC, for what is written down as done."""
    return datetime.now(UTC)


def main() -> None:
    """The `claimwright` command."""
    import sys

    from claimwright.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that is not UTF-8 shows ? rather than an error
    try:
        app()
    except ModuleNotFoundError as error:
        extra = _EXTRA.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        sys.stderr.write(
            f"this part of claimwright is not installed ({error.name} is missing)\n"
            f" help: pip install 'claimwright[{extra}]'\n"
        )
        raise SystemExit(2) from None

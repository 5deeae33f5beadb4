"""The commands, and the one place that reads the clock. A command imports what it needs when it needs it."""

from __future__ import annotations

from datetime import date, datetime


def today() -> date:
    """The day on the wall. Everything below the command line is given its date."""
    return datetime.now().astimezone().date()


def main() -> None:
    """The `claimwright` command."""
    from claimwright.cli.app import app

    app()

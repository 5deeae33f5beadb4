"""The engine as the commands use it: the shipped policies and tables, and the payers a user may replace."""

from __future__ import annotations

from pathlib import Path

import typer

from claimwright.determine.engine import Engine
from claimwright.lines.problems import Problem
from claimwright.policies import shipped
from claimwright.policies.model import Library
from claimwright.reference import payer_table, releases


def shipped_engine(payers: Path | None = None, site: Path | None = None) -> Engine:
    """The shipped library on the shipped tables; a file of the user's that cannot be used ends the command with 2."""
    table = payer_table.load(payers)
    tables = releases.load()
    _stop_at([*table.problems, *tables.problems])
    return Engine(_set(shipped.load(), site), tables, table)


def _set(library: Library, site: Path | None) -> Library:
    """The library with a site's settings."""
    if site is None:
        return library
    from claimwright.policies import site as settings

    found, complaints = settings.read(site, library)
    for complaint in complaints:
        typer.echo(str(complaint), err=True)
    if found is None:
        raise typer.Exit(2)
    return settings.applied(library, found)


def _stop_at(problems: list[Problem]) -> None:
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise typer.Exit(2)

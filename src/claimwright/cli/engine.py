"""The engine as the commands use it: the shipped policies and tables, and the payers a user may replace."""

from __future__ import annotations

from pathlib import Path

import typer

from claimwright.determine.engine import Engine
from claimwright.lines.problems import Problem
from claimwright.policies import shipped
from claimwright.policies.model import Library
from claimwright.reference import payer_table, releases


def shipped_engine(payers: Path | None = None, library: Library | None = None) -> Engine:
    """The shipped library, or another, on the shipped tables; a payers file that cannot be used ends with 2."""
    table = payer_table.load(payers)
    tables = releases.load()
    _stop_at([*table.problems, *tables.problems])
    return Engine(shipped.load() if library is None else library, tables, table)


def _stop_at(problems: list[Problem]) -> None:
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise typer.Exit(2)

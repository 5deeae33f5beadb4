"""The engine as the commands use it: policies, tables, and the payers a user may replace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import typer

from claimwright.determine.engine import Engine
from claimwright.lines.problems import Problem
from claimwright.policies import shipped
from claimwright.policies.model import Library
from claimwright.reference import payer_table, releases
from claimwright.reference.payer_table import PayerTable
from claimwright.reference.releases import Releases


def shipped_engine(
    payers: Path | None = None,
    site: Path | None = None,
    library: Library | None = None,
    policies: Path | None = None,
    *,
    tables: Releases | None = None,
    known_on: date | None = None,
    fees: Sequence[Path] | None = None,
) -> Engine:
    """The shipped library, or another, with a folder of the user's own policies on top; on the shipped tables, or
    others. `known_on`: without the readings that were written after a day. `fees`: files of contract fees, for
    runs that have none of their own.

    A file that cannot be used ends the command with 2.
    """
    table = payer_table.load(payers)
    library = shipped.load() if library is None else library
    if policies is not None:
        library, own = with_own(policies)
        table = own.before(table)
    tables = releases.load() if tables is None else tables
    _stop_at([*table.problems, *tables.problems])
    if known_on is not None:
        from claimwright.policies import known

        library = known.known_on(library, known_on)
    return Engine(_set(library, site), tables, table, fees=_contracts(fees))


def with_own(folder: Path) -> tuple[Library, PayerTable]:
    """The library with a user's documents on top, and the payers of the user's that they are for."""
    from claimwright.policies import lints, reading
    from claimwright.proving.lints import HINDERING

    shelf = reading.read_folder(folder, None if reading.stands_alone(folder) else shipped.load())
    # whatever cannot be applied, or not in one way only; the lints ask for more, and can be asked themselves
    found = (*shelf.complaints, *lints.check(shelf, date.min, only=HINDERING | {"P004"}))
    for complaint in found:
        typer.echo(str(replace(complaint, path=f"{folder.as_posix()}/{complaint.path}")), err=True)
    if found:
        raise typer.Exit(2)
    file = folder / payer_table.SHIPPED.name
    return shelf.whole, payer_table.load(file, shelf.library.programs) if file.is_file() else PayerTable(())


def _contracts(files: Sequence[Path] | None) -> pl.DataFrame | None:
    """The rows of contract fee files, read as `check` reads them."""
    if not files:
        return None
    from claimwright.determine import sides
    from claimwright.formats.sides import FEES
    from claimwright.lines.problems import Gravity

    found, problems = sides.read({FEES.name: files})
    for problem in problems:
        typer.echo(str(problem), err=True)
    if any(problem.gravity is Gravity.ERROR for problem in problems):
        raise typer.Exit(2)
    return found.fees


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

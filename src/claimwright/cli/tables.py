"""The tables a command stands on: those that come with the program, and those its user imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from claimwright.reference import releases
from claimwright.reference.releases import Releases


def loaded(data: Path | None, *, no_store: bool = False, known_on: date | None = None) -> Releases:
    """Shipped and imported releases side by side, as they were known on a day."""
    tables = releases.load()
    if not no_store:
        from claimwright.reference import store

        imported = store.Store(data or store.default_folder()).releases()
    else:
        imported = Releases()
    if known_on is None:
        return tables.joined(imported)
    then = tables.known_on(known_on).joined(imported.known_on(known_on))
    left = len((*tables.items, *imported.items)) - len((*tables.known_on(known_on), *imported.known_on(known_on)))
    if left:
        typer.echo(
            f"as known on {known_on}: {left} of the releases here were not known yet, and are left out", err=True
        )
    return then

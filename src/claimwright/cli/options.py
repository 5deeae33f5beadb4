"""Options that several commands share, written once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

OwnPolicies = Annotated[
    Path | None,
    typer.Option(
        "--policies", help="A folder of your own policies, on top of the shipped.", exists=True, file_okay=False
    ),
]
Site = Annotated[
    Path | None,
    typer.Option("--site", help="Your own settings: thresholds, presumptions, contractors' policies (YAML)."),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="CLAIMWRIGHT_DATA",
        help="The folder of the tables you imported; your user data folder, by default.",
        file_okay=False,
    ),
]
NoStore = Annotated[
    bool, typer.Option("--no-store", help="Only the tables that come with claimwright, none that you imported.")
]
Fees = Annotated[
    list[Path] | None,
    typer.Option("--fees", help="Contract fee schedules: payer, code, days, allowed amount a unit (docs/money.md)."),
]
KnownOn = Annotated[
    datetime | None,
    typer.Option(
        "--as-known-on",
        formats=["%Y-%m-%d"],
        help="Answer with the tables and readings that were known here on a day.",
    ),
]

"""Options that several commands share, written once."""

from __future__ import annotations

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

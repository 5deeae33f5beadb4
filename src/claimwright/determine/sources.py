"""What a batch is held against beside the policies: tables of edits, the payer table, and what is known beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from claimwright.determine.sides import NO_SIDES, Sides
from claimwright.reference import payer_table
from claimwright.reference.payer_table import PayerTable
from claimwright.reference.releases import Releases


@dataclass(frozen=True, repr=False)  # rows of patients have no place in a message
class Sources:
    """The releases of an engine, its payers, and the side files of a run."""

    releases: Releases
    payers: PayerTable = field(default_factory=payer_table.load)
    sides: Sides = NO_SIDES

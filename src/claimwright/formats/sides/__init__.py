"""Side files: what a claim does not carry, kept beside it. Earlier visits, plans, authorizations, plans of care."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from claimwright.formats.sides.fees import FEES
from claimwright.formats.sides.kinds import (
    AUTHORIZATIONS_SCHEMA,
    HISTORY_SCHEMA,
    KINDS,
    PLANS_OF_CARE_SCHEMA,
    PLANS_SCHEMA,
)
from claimwright.formats.sides.notes import NOTES
from claimwright.formats.sides.reading import read_file, read_records
from claimwright.lines.problems import Problem

__all__ = [
    "AUTHORIZATIONS_SCHEMA",
    "FEES",
    "HISTORY_SCHEMA",
    "KINDS",
    "NOTES",
    "PLANS_OF_CARE_SCHEMA",
    "PLANS_SCHEMA",
    "read",
    "read_fees",
    "records",
]


def read(kind: str, path: str | Path) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows of a side file of one of `KINDS`, with the columns of its schema, and what is wrong with it.

    CSV, Parquet or JSON (an array, or an object a line), gzipped or not. Data never raises: a row that cannot be relied
    on is left out and named, a value that cannot be read is unknown and named.
    """
    return read_file(KINDS[kind], Path(path))


def read_fees(path: str | Path) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows of a contract's fee schedule (`FEES`), read and checked as side files are."""
    return read_file(FEES, Path(path))


def records(
    kind: str, given: Iterable[Any], *, file: str = "", defaults: Mapping[str, Any] | None = None
) -> tuple[pl.DataFrame, list[Problem]]:
    """The same from objects of field → value, checked alike; `defaults` fill the fields that an object lacks."""
    return read_records(KINDS[kind], given, file=file, defaults=defaults)

"""The small tables that come with the package as CSV: their rows, and the hash that answers name."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from claimwright.days import Span


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table, by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def span(row: dict[str, str]) -> Span:
    """The days of a row, from its columns `from` and `to`; an empty end is open."""
    return Span.parse(f"{row['from']} .. {row['to']}")


def digest(path: Path) -> str:
    """The hash of a table."""
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"

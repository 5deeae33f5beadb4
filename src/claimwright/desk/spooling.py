"""Lines to work on their way into the database: first into files, so that the one transaction that keeps them is short.

While it lasts nobody else can write to a SQLite database, and the reasons of many lines take long to be put into words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import insert
from sqlalchemy.orm import Session

from claimwright.desk.filling import Filled
from claimwright.desk.refusals import room
from claimwright.desk.tables import Mark, WorkLine
from claimwright.lines.schema import MONEY

CHUNK = 1000  # lines
_NUMBERS = ("row", "line", "severity")
_DOLLARS = ("charge", "at_risk")


@dataclass(frozen=True)
class Spool:
    """Pairs of files, one of lines and one of their marks, in order."""

    parts: tuple[tuple[Path, Path], ...]
    lines: int

    def keep(self, session: Session, batch: str) -> None:
        """Insert all of them."""
        for lines, marks in self.parts:
            session.execute(insert(WorkLine), [row | {"batch_id": batch} for row in _rows(lines)])
            found = list(_rows(marks))
            if found:
                session.execute(insert(Mark), found)


def spooled(filled: Iterable[Filled], folder: Path, heard: Callable[[int], None]) -> Spool:
    """Write lines into files of a folder; `heard` is told how many are. Raises NotTakenError where the disk is full."""
    parts: list[tuple[Path, Path]] = []
    many, source = 0, iter(filled)
    while chunk := list(islice(source, CHUNK)):
        paths = (folder / f"lines-{len(parts)}", folder / f"marks-{len(parts)}")
        with room():
            _lines([one.line for one in chunk]).write_parquet(paths[0], compression="uncompressed")
            _marks([mark for one in chunk for mark in one.marks]).write_parquet(paths[1], compression="lz4")
        parts.append(paths)
        many += len(chunk)
        heard(many)
    return Spool(tuple(parts), many)


def _lines(rows: list[dict[str, Any]]) -> pl.DataFrame:
    kinds: dict[str, Any] = dict.fromkeys(rows[0], pl.String)
    kinds |= {**dict.fromkeys(_NUMBERS, pl.Int64), **dict.fromkeys(_DOLLARS, MONEY)}
    kinds |= {"service": pl.Date, "answer": pl.Binary}
    plain = [row | {name: _cents(row[name]) for name in _DOLLARS} | {"state": str(row["state"])} for row in rows]
    return pl.DataFrame(plain, schema=kinds, orient="row")


def _marks(rows: list[dict[str, Any]]) -> pl.DataFrame:
    kinds: dict[str, Any] = {"line_id": pl.String, "finding": pl.String, "clause": pl.String}
    return pl.DataFrame(rows, schema=kinds | {"severity": pl.Int64, "unknown_only": pl.Boolean}, orient="row")


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return pl.read_parquet(path).iter_rows(named=True)

"""Findings as a table: which clause holds on which row, in which views, and by which row of which table."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.plan import Ready
from claimwright.lines.answers import Channel, Severity, View

CODED, DOCUMENTED = 1, 2  # bits of `views`
BIT = {View.CODED: CODED, View.DOCUMENTED: DOCUMENTED}

FINDING_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,  # of the lines given to the engine
    "clause": pl.Int32,  # number in the plan
    "views": pl.UInt8,
    "missing": pl.String,  # the need that is not met, for a documentation finding
    "conflict": pl.String,  # the fact about which sources disagree, for a documentation finding
    "unknown": pl.Boolean,  # it exists only because a fact is unknown
    "partner": pl.Int64,  # row of the other line of a pair
    "aged": pl.Boolean,  # it stands on a table older than the day
    "age_days": pl.Int32,
    "release": pl.String,  # of the table it stands on
}
_BY_TABLE = ("partner", "aged", "age_days", "release")


class _Part(NamedTuple):
    """Rows on which one clause holds in the same way; `by_table` has a row for each, if they stand on a table."""

    rows: npt.NDArray[np.int64]
    clause: int
    views: int
    missing: str | None
    conflict: str | None
    unknown: bool
    by_table: pl.DataFrame | None


class Findings:
    """Collects findings row set by row set, and hands them over as one frame."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._asked_for: dict[str, list[npt.NDArray[np.int64]]] = {}  # by id, where a documentation clause wants work

    def add(
        self,
        rows: npt.NDArray[np.int64],
        ready: Ready,
        *,
        views: int = 0,
        missing: str | None = None,
        conflict: str | None = None,
        unknown: bool = False,
        by_table: pl.DataFrame | None = None,
    ) -> None:
        """The clause holds on these rows. `views` 0 means those it speaks in; `by_table` has a row for each row."""
        if rows.size:
            spoken = views or sum(BIT[view] for view in ready.clause.views)
            self._parts.append(_Part(rows, ready.number, spoken, missing, conflict, unknown, by_table))
            clause = ready.clause
            if missing is None and clause.channel is Channel.DOCUMENTATION and clause.severity is not Severity.INFO:
                self._asked_for.setdefault(clause.finding, []).append(rows)

    def not_asked(self, rows: npt.NDArray[np.int64], finding: str) -> npt.NDArray[np.int64]:
        """Those of these rows on which no documentation clause has asked for the same yet, by this id."""
        for asked in self._asked_for.get(finding, ()):
            rows = rows[~np.isin(rows, asked)]
        return rows

    def frame(self) -> pl.DataFrame:
        """Built once, at the end: those that stand on a table first, then the others."""
        if not self._parts:
            return pl.DataFrame(schema=FINDING_SCHEMA)
        by_table = [part for part in self._parts if part.by_table is not None]
        parts = [*by_table, *(part for part in self._parts if part.by_table is None)]
        of = np.repeat(np.arange(len(parts)), [part.rows.size for part in parts])
        kinds = pl.DataFrame(
            [(part.clause, part.views, part.missing, part.conflict, part.unknown) for part in parts],
            schema={name: FINDING_SCHEMA[name] for name in ("clause", "views", "missing", "conflict", "unknown")},
            orient="row",
        )
        others = of.size - sum(part.rows.size for part in by_table)
        from_tables = [
            _joined(name, [part.by_table for part in by_table if part.by_table is not None], others)
            for name in _BY_TABLE
        ]
        rows = pl.Series("row", np.concatenate([part.rows for part in parts]), dtype=pl.Int64)
        return pl.DataFrame([rows, *kinds.gather(of), *from_tables])


def _joined(name: str, tables: list[pl.DataFrame], others: int) -> pl.Series:
    """One column over all tables, empty where a table lacks it and for the findings that stand on none."""
    kind = FINDING_SCHEMA[name]
    empty = pl.Series(name, [False if name == "aged" else None], dtype=kind)
    found = pl.Series(name, [], dtype=kind)
    for table in tables:
        found.append(table[name].cast(kind) if name in table.columns else empty.new_from_index(0, table.height))
    return found.append(empty.new_from_index(0, others))

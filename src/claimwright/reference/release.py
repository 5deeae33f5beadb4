"""One pinned release of one public table: what it says about itself, its rows, and the codes it holds."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from claimwright.days import Span
from claimwright.lines.problems import Problem
from claimwright.reference import plain_rows, rows
from claimwright.reference.rows import PAIRS, Rows
from claimwright.reference.tables import TABLES

# What codes.csv says of a code. `held`: every pair of two held codes is in the rows, so one that is not has no edit.
# `any`: every pair of this code with any code whatever is in the rows.
SCOPES = ("held", "any")
HELD_SCHEMA = {"code": pl.String, "scope": pl.String, "from": pl.Date, "to": pl.Date}
TEXT, COLUMNS = "rows.csv", "rows.parquet"


@dataclass(frozen=True, eq=False)
class Release:
    """One release of one table for one setting, and the closed span of days it speaks for.

    `holds_all` says that the table is whole: what it does not list does not exist. Otherwise `held` lists the codes
    about which its silence means something. `known` is the day from which its content was at hand; an import may
    `replace` an earlier one about the same days. Two releases are the same only when they are the same object.
    """

    id: str
    table: str
    setting: str
    covers: Span
    release: str
    source: str
    subset: str = ""
    licence: str = ""
    checked: date | None = None
    known: date | None = None
    replaces: str = ""
    hash: str = ""  # `sha256:` and twelve hexadecimal digits; over what it says, not over when it was imported
    holds_all: bool = False
    folder: Path | None = None
    stated: Mapping[str, Any] = field(default_factory=dict, repr=False)
    made: tuple[pl.DataFrame, pl.DataFrame] | None = field(default=None, repr=False)

    @property
    def whole_table(self) -> Path | None:
        """The Parquet file of a table that was checked when it was imported, and is too large to be read for a few
        codes; None where the rows are text, or made in memory.
        """
        path = None if self.folder is None else self.folder / COLUMNS
        return path if path is not None and path.is_file() else None

    @functools.cached_property
    def rows(self) -> Rows:
        """The checked rows (see `rows.Rows`), read once. Raises OSError when the file has gone."""
        edits = self.table in rows.SCHEMAS
        if self.made is not None:
            made = self.made[0]
            if not edits:  # made by whoever knows what it holds
                return Rows(made, made.select(TABLES[self.table].keys).clear())
            return rows.check(made, self.table, self.covers, self.id)
        assert self.folder is not None
        if self.whole_table is not None:
            frame = self._scan().collect()
            return Rows(frame, frame.select(TABLES[self.table].keys).clear())
        text = self.folder / TEXT
        return rows.read(text, self.table, self.covers) if edits else plain_rows.read(text, self.table)

    def rows_of(self, codes: pl.Series) -> pl.DataFrame:
        """The rows about some codes, of a table that has a column of them."""
        wanted = pl.col("code").is_in(codes.implode()).fill_null(value=False)
        frame = self.rows.frame.lazy() if self.whole_table is None else self._scan()
        return frame.filter(wanted).collect()

    def pairs_of(self, codes: pl.Series) -> pl.DataFrame:
        """The rows of a table of pairs in which both codes are among these; all rows where they are at hand anyway.

        A Parquet is searched by its statistics: some milliseconds for a few codes among 2.5 million rows.
        """
        assert self.table == PAIRS
        if self.whole_table is None:
            return self.rows.frame
        wanted = codes.implode()
        both = pl.col("column1").is_in(wanted) & pl.col("column2").is_in(wanted)
        found = self._scan().filter(both.fill_null(value=False))
        return found.select("row", "column1", "column2", "indicator", "from", "to", "rationale").collect()

    def pairs_with(self, code: str) -> pl.DataFrame:
        """The rows of a table of pairs in which a code is either column, for a reader; the order is the table's."""
        assert self.table == PAIRS
        either = (pl.col("column1") == code) | (pl.col("column2") == code)
        frame = self.rows.frame.lazy() if self.whole_table is None else self._scan()
        found = frame.filter(either.fill_null(value=False))
        return found.select("row", "column1", "column2", "indicator", "from", "to", "rationale").collect()

    def codes_in_pairs(self) -> frozenset[str]:
        """Every code that stands in a row of a table of pairs."""
        frame = self.rows.frame if self.whole_table is None else self._scan().select("column1", "column2").collect()
        return frozenset(frame["column1"].unique()) | frozenset(frame["column2"].unique())

    def _scan(self) -> pl.LazyFrame:
        assert self.folder is not None
        return pl.scan_parquet(self.folder / COLUMNS, row_index_name="row", row_index_offset=1)

    @functools.cached_property
    def held(self) -> pl.DataFrame:
        """`code`, `scope` (held | any) and `from`, `to`, the closed span in which it is held; null: no bound."""
        if self.made is not None:
            return self.made[1]
        if self.folder is None or self.holds_all:
            return pl.DataFrame(schema=HELD_SCHEMA)
        return self.codes[0]

    @functools.cached_property
    def codes(self) -> tuple[pl.DataFrame, list[Problem]]:
        """The codes held, without rows that cannot be read: a code in doubt is not held."""
        assert self.folder is not None
        path = self.folder / str(self.stated["codes"])
        text = pl.read_csv(path, infer_schema=False)
        lacking = [name for name in HELD_SCHEMA if name not in text.columns]
        if lacking:
            help_ = f"give it the columns {', '.join(HELD_SCHEMA)}"
            problem = Problem("REF-COLUMNS", f"it lacks {', '.join(lacking)}", help_, file=str(path), field=lacking[0])
            return pl.DataFrame(schema=HELD_SCHEMA), [problem]
        typed = text.with_row_index("row", offset=1).with_columns(
            pl.col(end).str.to_date("%Y-%m-%d", strict=False).alias(f"{end} day") for end in ("from", "to")
        )
        once = ~pl.col("code").is_duplicated()
        good = once & pl.col("code").is_not_null() & pl.col("scope").is_in(SCOPES).fill_null(value=False)
        for end in ("from", "to"):
            good &= pl.col(end).is_null() | pl.col(f"{end} day").is_not_null()
        help_ = f"a row has a code that no other has, one of {', '.join(SCOPES)}, and days like 2024-09-30 or none"
        problems = [
            Problem("REF-CODE", "the code cannot be held", help_, file=str(path), row=row)
            for row in typed.filter(~good)["row"]
        ]
        ends = (pl.col(f"{end} day").alias(end) for end in ("from", "to"))
        return typed.filter(good).select("code", "scope", *ends), problems

    def __str__(self) -> str:
        return self.id

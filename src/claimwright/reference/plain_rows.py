"""The rows of a shipped table that holds no edits, such as relative values: typed, with every bad row named.

Imported tables were checked cell by cell when they were imported and come as Parquet; this reads the text of those that
come with the package.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from claimwright.lines.problems import Problem
from claimwright.reference.rows import Rows
from claimwright.reference.tables import TABLES

_MAY_BE_EMPTY = frozenset({"modifier", "work_without_floor", "from", "to", "name", "modified", "state", "divided"})


def read(path: Path, table: str) -> Rows:
    """Read `rows.csv` of a release. Raises OSError when the file is not there."""
    return check(pl.read_csv(path, infer_schema=False), table, str(path))


def check(raw: pl.DataFrame, table: str, file: str = "") -> Rows:
    """Type the rows; one with a cell that cannot be read, or without a value that it needs, is left out and named."""
    columns, keys = TABLES[table].columns, list(TABLES[table].keys)
    lacking = [name for name in columns if name not in raw.columns and name not in _MAY_BE_EMPTY]
    if lacking:
        help_ = f"give it the columns {', '.join(columns)}"
        problem = Problem("REF-COLUMNS", f"the table lacks {', '.join(lacking)}", help_, file=file, field=lacking[0])
        empty = pl.DataFrame(schema={"row": pl.UInt32, **columns})
        return Rows(empty, empty.select(keys), unreadable=True, problems=(problem,))
    written = raw.select(
        (pl.col(name) if name in raw.columns else pl.lit(None))
        .cast(pl.String)
        .str.strip_chars()
        .replace("", None)
        .alias(name)
        for name in columns
    ).with_row_index("row", offset=1)
    typed = written.with_columns(_typed(name, kind).alias(name) for name, kind in columns.items())
    problems: list[Problem] = []
    for name in columns:
        bad = typed[name].is_null() & (written[name].is_not_null() if name in _MAY_BE_EMPTY else True)
        for row, value in written.filter(bad).select("row", name).iter_rows():
            message = f"{value or 'nothing'} stands where a value of {name} belongs"
            problems.append(Problem("REF-ROW", message, "restore the row", file=file, row=row, field=name))
    again = typed.filter(pl.struct(keys).is_duplicated() & ~pl.struct(keys).is_first_distinct())
    for row in again["row"]:
        message = "another row has the same " + " and ".join(keys)
        problems.append(Problem("REF-ROW", message, "keep one of them", file=file, row=row, field=keys[0]))
    rejected = pl.col("row").is_in([problem.row for problem in problems]).fill_null(value=False)
    return Rows(typed.filter(~rejected), typed.filter(rejected).select(keys), problems=tuple(problems))


def _typed(name: str, kind: pl.DataType | type[pl.DataType]) -> pl.Expr:
    if kind == pl.Date:
        return pl.col(name).str.to_date("%Y-%m-%d", strict=False)
    if kind == pl.Boolean:
        return pl.col(name).replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
    return pl.col(name).cast(kind, strict=False)

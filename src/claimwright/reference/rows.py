"""The rows of a release, read and checked: what CMS published about a pair or a code, with every bad row named.

A row that cannot be trusted is never silently dropped: what it spoke about becomes *doubtful*, and a look-up answers
`unknown` there instead of "no edit".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from claimwright.days import Span
from claimwright.lines.problems import Problem

PAIRS = "ncci/ptp"
MUE = "mue"

SCHEMAS: Mapping[str, Mapping[str, pl.DataType | type[pl.DataType]]] = {
    PAIRS: {
        "column1": pl.String,
        "column2": pl.String,
        "indicator": pl.UInt8,  # CCMI: 0 no modifier lifts the edit, 1 one may, 9 tombstone, never in force
        "from": pl.Date,  # empty: in force when the release begins
        "to": pl.Date,  # last day in force; empty: still in force when the release ends
        "rationale": pl.String,  # CMS's own category, where the source kept it
    },
    MUE: {
        "code": pl.String,
        "value": pl.Int32,  # most units
        "indicator": pl.UInt8,  # MAI: 1 per line, 2 per day by policy, 3 per day by clinical benchmark
        "rationale": pl.String,
    },
}
KEYS: Mapping[str, tuple[str, ...]] = {PAIRS: ("column1", "column2"), MUE: ("code",)}
INDICATORS: Mapping[str, tuple[int, ...]] = {PAIRS: (0, 1, 9), MUE: (1, 2, 3)}
TOMBSTONE = 9
CODE = r"^([0-9]{4}[0-9AFMTU]|[A-V][0-9]{4})$"  # the shapes of CPT and HCPCS codes
_OPTIONAL = ("from", "to", "rationale")


@dataclass(frozen=True)
class Rows:
    """Rows that may be used, the keys that may not be trusted, and why.

    `frame` has the columns of `SCHEMAS[table]` after `row`, the number of the data row in its file, from 1.
    `doubtful` has the key columns of rejected rows; `unreadable` says that a rejected row did not even name its codes,
    so that nothing missing from this release may be taken for absent.
    """

    frame: pl.DataFrame
    doubtful: pl.DataFrame
    unreadable: bool = False
    problems: tuple[Problem, ...] = field(default=())


def read(path: Path, table: str, covers: Span) -> Rows:
    """Read `rows.csv` of a release. Raises OSError when the file is not there."""
    return check(pl.read_csv(path, infer_schema=False), table, covers, str(path))


def check(raw: pl.DataFrame, table: str, covers: Span, file: str = "") -> Rows:
    """Type the rows of a table and sort the untrustworthy ones out.

    `raw` holds text or already typed columns. A row is rejected when a code is empty, a number or a date cannot be
    read, its indicator is not one of the table's, it ends before it begins without being a tombstone, or it speaks
    about the same key and days as an earlier row.
    """
    schema = SCHEMAS[table]
    lacking = [name for name in schema if name not in raw.columns and name not in _OPTIONAL]
    if lacking:
        problem = Problem(
            "REF-COLUMNS",
            f"the table lacks {', '.join(lacking)}",
            f"give it the columns {', '.join(schema)}",
            file=file,
            field=lacking[0],
        )
        empty = pl.DataFrame(schema={"row": pl.UInt32, **schema})
        return Rows(empty, empty.select(KEYS[table]), unreadable=True, problems=(problem,))
    # A column of a data frame typed Null, or text with stray spaces, reads as text; empty text is null.
    text = [
        (pl.col(name) if name in raw.columns else pl.lit(None)).cast(pl.String).str.strip_chars().alias(name)
        for name in schema
    ]
    written = raw.select(text).with_columns(pl.all().replace("", None)).with_row_index("row", offset=1)
    typed = written.with_columns(_typed(name, kind) for name, kind in schema.items() if kind != pl.String)
    faults = list(_faults(written, typed, table))
    sound = typed.filter(~pl.col("row").is_in([row for row, *_ in faults]).fill_null(value=False)) if faults else typed
    faults += _overlaps(sound, table, covers)
    if not faults:
        return Rows(typed, typed.select(KEYS[table]).clear())
    rejected = pl.col("row").is_in([row for row, *_ in faults])
    keys = typed.filter(rejected).select(KEYS[table])
    return Rows(
        typed.filter(~rejected),
        keys.drop_nulls(),
        unreadable=bool(keys.height > keys.drop_nulls().height),
        problems=tuple(_problem(file, *fault) for fault in sorted(faults)),
    )


def _typed(name: str, kind: pl.DataType | type[pl.DataType]) -> pl.Expr:
    if kind == pl.Date:
        return pl.col(name).str.to_date("%Y-%m-%d", strict=False)
    return pl.col(name).cast(kind, strict=False)


_Fault = tuple[int, str, str, str]  # row, column, what is wrong, what to do


def _faults(written: pl.DataFrame, typed: pl.DataFrame, table: str) -> Iterable[_Fault]:
    """What is wrong with single rows. All tests run in one pass; only what one of them finds is looked at again."""
    schema = SCHEMAS[table]
    both = typed.hstack([written[name].alias(f"{name} written") for name in schema])
    tests = [(name, pl.col(name).is_null(), "{} is not a code", "write the code") for name in KEYS[table]]
    for name, kind in schema.items():
        unread = pl.col(name).is_null() & pl.col(f"{name} written").is_not_null()
        if kind == pl.Date:
            tests.append((name, unread, "{} stands where a date belongs", "write a date like 2024-09-30"))
        if name == "value":
            wrong = (pl.col(name) >= 0).fill_null(value=False).not_()
            tests.append((name, wrong, "{} stands where a number of units belongs", "write a whole number"))
    allowed = INDICATORS[table]
    listed = f"it is {', '.join(map(str, allowed[:-1]))} or {allowed[-1]}"
    unknown = pl.col("indicator").is_in(allowed).fill_null(value=False).not_()
    tests.append(("indicator", unknown, f"{{}} is not an indicator of {table}", listed))
    if "from" in schema:
        backwards = ((pl.col("from") > pl.col("to")) & (pl.col("indicator") != TOMBSTONE)).fill_null(value=False)
        tests.append(("to", backwards, "the edit ends ({}) before it begins", "a tombstone has indicator 9"))
    failed = both.select(test.any().alias(str(n)) for n, (_, test, _, _) in enumerate(tests)).row(0)
    for (name, test, what, help_), fails in zip(tests, failed, strict=True):
        if fails:
            for row, value in both.filter(test).select("row", f"{name} written").iter_rows():
                yield row, name, what.format(value or "nothing"), help_


def _overlaps(typed: pl.DataFrame, table: str, covers: Span) -> Iterable[_Fault]:
    """Rows that speak about the key and a day of an earlier row.

    Tombstones, and rows outside the days covered, are never in force, so they cannot clash: a release without
    effective dates keeps its deleted rows as history.
    """
    keys = list(KEYS[table])
    if "from" in typed.columns:
        first, last = _ends(covers)
        typed = typed.filter(
            (pl.col("indicator") != TOMBSTONE).fill_null(value=False)
            & (pl.col("to") >= first).fill_null(value=True)
            & (pl.col("from") <= last).fill_null(value=True)
        ).with_columns(pl.col("from").fill_null(first), pl.col("to").fill_null(last))
        order = [*keys, "from", "row"]
        reached = pl.col("to").cum_max().shift(1).over(keys)
        clash = pl.col("from") <= reached
    else:
        order = [*keys, "row"]
        clash = pl.int_range(pl.len()).over(keys) > 0
    clashing = typed.drop_nulls(keys).sort(order).filter(clash.fill_null(value=False))
    for row in clashing["row"]:
        what = (
            "another row speaks about the same days" if "from" in typed.columns else "another row names the same code"
        )
        yield row, keys[0], what, "keep one row, or end the earlier one the day before"


def _ends(covers: Span) -> tuple[pl.Expr, pl.Expr]:
    return (
        pl.date(1900, 1, 1) if covers.first is None else pl.lit(covers.first),
        pl.date(2199, 12, 31) if covers.last is None else pl.lit(covers.last),
    )


def _problem(file: str, row: int, column: str, what: str, help_: str) -> Problem:
    return Problem("REF-ROW", what, help_, file=file, row=row, field=column)

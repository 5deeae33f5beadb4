"""The cells of a table made values, and every cell named that is not what its column asks for."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from claimwright.days import Span
from claimwright.lines.problems import Problem
from claimwright.reference.published import kinds
from claimwright.reference.published.grids import ROW, SHORT, WIDE
from claimwright.reference.published.layouts import Column, Sheet
from claimwright.reference.rows import PAIRS, TOMBSTONE
from claimwright.reference.tables import RELATIVE_VALUES, TABLES

NAMED = 10  # bad rows that are named one by one; the rest is counted
_FLAGS = (kinds.NOT_APPLICABLE, kinds.PRIOR)  # empty says no
_CENT = 0.011  # parts are rounded one by one


@dataclass(frozen=True)
class Part:
    """The rows of one file, typed: `row number` and the columns that are stored; or what is wrong with them."""

    frame: pl.DataFrame
    problems: tuple[Problem, ...]


def checked(sheet: Sheet, grid: pl.DataFrame, *, with_descriptors: bool) -> Part:
    """Type every cell. A row that cannot be read is a problem, and a table with a problem is not imported."""
    there = [(column, place) for column, place in zip(sheet.layout.columns, sheet.places, strict=True)]
    texts = [
        (pl.lit(None, dtype=pl.String) if place is None else pl.col(str(place)).str.strip_chars()).alias(
            f"text {number}"
        )
        for number, (_, place) in enumerate(there)
    ]
    written = grid.select(ROW, WIDE, SHORT, *texts)
    typed = written.select(
        ROW,
        WIDE,
        SHORT,
        *(_value(column, number) for number, (column, _) in enumerate(there)),
    )
    faults = [*_widths(sheet, typed), *_faults(there, written, typed), *_sums(sheet, typed)]
    kept = [
        (f"value {number}", column.name)
        for number, (column, _) in enumerate(there)
        if column.name and (with_descriptors or not column.descriptor)
    ]
    frame = typed.select(ROW, *(pl.col(value).alias(name) for value, name in kept))
    return Part(frame, _told(str(sheet.source), faults))


def _value(column: Column, number: int) -> pl.Expr:
    text = pl.col(f"text {number}")
    if column.kind is kinds.TEXT:
        return (
            pl.when(column.kind.empty(text).fill_null(value=True).not_())
            .then(text)
            .cast(pl.Categorical)
            .alias(f"value {number}")
        )
    read = column.kind.read(pl.when(column.kind.empty(text).fill_null(value=True).not_()).then(text))
    return (read.fill_null(value=False) if column.kind in _FLAGS else read).alias(f"value {number}")


_Fault = tuple[int, str, str, str]  # row, column, what is wrong, what to do


def _widths(sheet: Sheet, typed: pl.DataFrame) -> list[_Fault]:
    many = "something stands between the columns" if sheet.layout.slices else f"more than {sheet.width} cells"
    help_ = "get the file again; a line break or a separator may have been lost"
    found = [(row, "", f"the row has {many}", help_) for row in typed.filter(WIDE)[ROW]]
    return found + [(row, "", f"the row has fewer than {sheet.width} cells", help_) for row in typed.filter(SHORT)[ROW]]


def _faults(there: list[tuple[Column, int | None]], written: pl.DataFrame, typed: pl.DataFrame) -> list[_Fault]:
    """Cells that are not what their column asks for. Columns are looked at as wholes; only bad ones again."""
    tests: dict[int, pl.Expr] = {}
    sound = ~(pl.col(WIDE) | pl.col(SHORT))
    for number, (column, place) in enumerate(there):
        if place is None or (column.kind is kinds.TEXT and (column.optional or column.descriptor)):
            continue
        empty = column.kind.empty(pl.col(f"text {number}"))
        blank = pl.col(f"text {number}").is_in(column.kind.blank).fill_null(value=False)
        unread = pl.col(f"value {number}").is_null() & ~empty
        if column.kind in _FLAGS:
            unread = ~empty & ~pl.col(f"value {number}")
        missing = pl.lit(value=False) if column.optional else empty & ~blank
        tests[number] = sound & (unread | missing)
    both = written.hstack(typed.drop(ROW, WIDE, SHORT))
    failing = both.select(test.any().alias(str(number)) for number, test in tests.items()).row(0, named=True)
    found: list[_Fault] = []
    for number, test in tests.items():
        if failing[str(number)]:
            column = there[number][0]
            for row, value in both.filter(test.fill_null(value=False)).select(ROW, f"text {number}").iter_rows():
                what, help_ = (
                    kinds.wrong(column.kind, value) if value or column.kind.what else ("it is empty", "fill it")
                )
                found.append((row, column.name or column.header, what, help_))
    return found


def _sums(sheet: Sheet, typed: pl.DataFrame) -> list[_Fault]:
    """Relative values that do not add up to the totals beside them: the columns are not what they seem."""
    if sheet.layout.table != RELATIVE_VALUES:
        return []
    place = {
        column.name: pl.col(f"value {number}").cast(pl.Float64) for number, column in enumerate(sheet.layout.columns)
    }
    found: list[_Fault] = []
    for where in ("nonfacility", "facility"):
        off = place["work"] + place[f"{where}_pe"] + place["mp"] - place[f"{where}_total"]
        help_ = "layout unverified: the columns may have moved; look at the header"
        found += [
            (row, f"{where}_total", "work, practice expense and malpractice do not add up to the total", help_)
            for row in typed.filter((off.abs() > _CENT).fill_null(value=False))[ROW]
        ]
    return found


def ends_before_it_begins(file: str, frame: pl.DataFrame) -> tuple[Problem, ...]:
    """Rows whose last day lies before their first, where they are no tombstones."""
    if not {"from", "to"} <= set(frame.columns):
        return ()
    wrong = pl.col("from") > pl.col("to")
    if "indicator" in frame.columns:
        wrong &= pl.col("indicator") != TOMBSTONE
    faults = [
        (row, "to", f"it ends ({to}) before it begins", "only a tombstone, indicator 9, may")
        for row, to in frame.filter(wrong.fill_null(value=False)).select(ROW, "to").iter_rows()
    ]
    return _told(file, faults)


def repeated(frame: pl.DataFrame, files: list[str], table: str, covers: Span) -> tuple[Problem, ...]:
    """Rows that speak about the same key and days as an earlier row of the table. `part` is the place of the file.

    Of pair tables only what is in force in the days covered may not clash: they keep what was deleted, and tombstones.
    """
    keys = list(TABLES[table].keys)
    if table == PAIRS:
        frame = frame.filter(
            ((pl.col("indicator") != TOMBSTONE) & (pl.col("to") >= covers.first).fill_null(value=True)).fill_null(
                value=False
            )
        )
    universe = pl.Enum(pl.concat([frame[key].cast(pl.String).unique() for key in keys]).drop_nulls().unique().sort())
    packed = pl.lit(0, dtype=pl.UInt64)
    for key in keys:
        place = (
            pl.col(key).cast(pl.String).cast(universe).to_physical().cast(pl.UInt64).fill_null(len(universe.categories))
        )
        packed = packed * (len(universe.categories) + 1) + place
    twice = frame.filter(frame.select(packed).to_series().is_duplicated())
    if twice.is_empty():
        return ()
    dated = {"from", "to"} <= set(frame.columns)
    if dated:
        begins, ends = pl.col("from").fill_null(pl.date(1900, 1, 1)), pl.col("to").fill_null(pl.date(2199, 12, 31))
        ordered = twice.with_columns(begins.alias("from"), ends.alias("to")).sort(*keys, "from", "part", ROW)
        reached = pl.col("to").cum_max().shift(1).over(keys)
        clashing = ordered.filter((pl.col("from") <= reached).fill_null(value=False))
    else:
        clashing = twice.sort(*keys, "part", ROW).filter((pl.int_range(pl.len()).over(keys) > 0).fill_null(value=False))
    what = "{} stands in an earlier row" + (" about the same days" if dated else "")
    named = pl.concat_str([pl.col(key).cast(pl.String) for key in keys], separator=" ", ignore_nulls=True)
    found: list[Problem] = []
    for part, file in enumerate(files):
        rows = clashing.filter((pl.col("part") == part).fill_null(value=False)).select(ROW, named)
        help_ = "get the file again; a row is there twice"
        found.extend(_told(file, [(row, keys[0], what.format(key), help_) for row, key in rows.iter_rows()]))
    return tuple(found)


def _told(file: str, faults: list[_Fault]) -> tuple[Problem, ...]:
    """The first bad rows one by one, and how many more there are."""
    faults = sorted(faults)
    named = tuple(
        Problem("REF-ROW", what, help_, file=file, row=row, field=name) for row, name, what, help_ in faults[:NAMED]
    )
    if len(faults) <= NAMED:
        return named
    more = f"and {len(faults) - NAMED:,} more bad cells like these"
    return (*named, Problem("REF-ROWS", more, "nothing of this file was imported", file=file))

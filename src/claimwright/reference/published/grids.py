"""The cells of a file as text, with the row each stands in: tab-separated lines, CSV, a workbook, or fixed width.

Tables of millions of rows are only published as tab-separated or fixed-width text, and are split as columns. CSV may
have line breaks inside quotes and is read row by row; the largest has some twenty thousand rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import fastexcel
import polars as pl

from claimwright.lines.problems import Problem
from claimwright.reference.published.layouts import HEAD, Cells, Layout, Sheet, recognise
from claimwright.reference.published.sources import AGAIN, Source

ROW, WIDE, SHORT = "row number", "too many", "too few"
_HEAD_BYTES = 64 * 1024


def sheets(source: Source, content: bytes, layouts: tuple[Layout, ...]) -> Sheet | Problem | None:
    """The table a file holds, known by its header; None where it is none of these."""
    if source.suffix == ".xlsx":
        return _in_workbook(source, content, layouts)
    text = _decoded(content[:_HEAD_BYTES])
    lines = [line.rstrip("\r") for line in text.split("\n")[:HEAD]]
    found = None
    if source.suffix == ".txt":
        found = recognise(source, [[line] for line in lines], [one for one in layouts if one.slices])
        found = found or recognise(source, [line.split("\t") for line in lines], _headed(layouts))
    return found or recognise(source, [cells for _, cells in _csv(text, HEAD)], _headed(layouts))


def _headed(layouts: tuple[Layout, ...]) -> list[Layout]:
    return [one for one in layouts if not one.slices]


def _in_workbook(source: Source, content: bytes, layouts: tuple[Layout, ...]) -> Sheet | Problem | None:
    try:
        book = fastexcel.read_excel(content)
        for tab in book.sheet_names:
            frame = _tab(book, tab, HEAD)
            head = [[cell or "" for cell in row] for row in frame.iter_rows()]
            found = recognise(source, head, _headed(layouts), tab)
            if found is not None:
                return found
    except fastexcel.FastExcelError:
        return Problem("REF-OPEN", "the workbook is damaged or no .xlsx", AGAIN, file=str(source))
    return None


def _tab(book: fastexcel.ExcelReader, tab: str, rows: int | None = None) -> pl.DataFrame:
    sheet = book.load_sheet(tab, header_row=None, skip_rows=0, n_rows=rows, dtypes="string")
    return sheet.to_polars()


def cells(sheet: Sheet, content: bytes) -> pl.DataFrame | Problem:
    """The data rows under the header: `row number` as an editor counts it, a text column for each column of the layout
    (its place as name), and whether a row has `too many` or `too few` cells.
    """
    if sheet.layout.slices:
        return _fixed(sheet, content)
    if sheet.source.suffix == ".xlsx":
        grid = _of_workbook(_tab(fastexcel.read_excel(content), sheet.tab), sheet)
    elif sheet.source.suffix == ".txt" and _tabbed(content, sheet.header):
        grid = _tabs(sheet, content)
    else:
        try:
            numbered = list(_csv(_decoded(content)))
        except csv.Error as error:
            return Problem("REF-ROW", f"it is no CSV: {error}", AGAIN, file=str(sheet.source))
        grid = _of_rows(numbered, sheet)
    if sheet.layout.continued:
        return _after_header(grid, sheet)
    if sheet.layout.footnotes:
        filled = pl.sum_horizontal(pl.exclude(ROW, WIDE, SHORT).fill_null("").str.strip_chars() != "")
        return grid.filter(filled.fill_null(0) > 1)
    return grid


def _after_header(grid: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    """Without the rows in which the header goes on: there the first two columns are empty."""
    keys = [str(place) for place in sheet.places[:2]]
    begun = grid[:HEAD].select(pl.any_horizontal(pl.col(keys).fill_null("").str.strip_chars() != "")).to_series()
    return grid[int(begun.arg_max() or 0) if begun.any() else HEAD :]


def _tabbed(content: bytes, header: int) -> bool:
    return b"\t" in content[:_HEAD_BYTES].split(b"\n", header)[header - 1]


def _tabs(sheet: Sheet, content: bytes) -> pl.DataFrame:
    """Split as columns, without a loop over rows. What follows the last column of a full row stays in one more field,
    which is how a row with too many is told.
    """
    lines = pl.read_lines(_utf8(content), name="text", row_index_name=ROW, row_index_offset=1)[sheet.header :]
    width = sheet.width
    fields = pl.col("text").str.strip_chars_end("\r").str.split_exact("\t", width)
    names = [str(place) for place in range(width)]
    split = lines.select(ROW, fields.struct.rename_fields([*names, WIDE]).struct.unnest())
    return split.with_columns(
        (pl.col(WIDE).fill_null("") != "").alias(WIDE), pl.col(names[-1]).is_null().alias(SHORT)
    ).filter(pl.any_horizontal(pl.col(names).fill_null("") != "").fill_null(value=False))


def _fixed(sheet: Sheet, content: bytes) -> pl.DataFrame:
    lines = pl.read_lines(_utf8(content), name="text", row_index_name=ROW, row_index_offset=1)
    text = pl.col("text").str.strip_chars_end("\r\x1a")
    parts = [
        text.str.slice(start, length).alias(str(place)) for place, (start, length) in enumerate(sheet.layout.slices)
    ]
    ends = [start + length for start, length in sheet.layout.slices[:-1] if length is not None]
    between = zip(ends, (start for start, _ in sheet.layout.slices[1:]), strict=True)
    gaps = [text.str.slice(end, start - end).str.strip_chars() != "" for end, start in between if end < start]
    filled = lines.filter((text.str.strip_chars() != "").fill_null(value=False))
    return filled.select(ROW, *parts, pl.any_horizontal(gaps).alias(WIDE), pl.lit(value=False).alias(SHORT))


def _of_workbook(frame: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    """The cells of a sheet; its rows are as wide as the widest, so none has too few."""
    names = frame.columns
    filled = [(pl.col(name).fill_null("").str.strip_chars() != "").fill_null(value=False) for name in names]
    rows = frame.with_row_index(ROW, offset=1)[sheet.header :].filter(pl.any_horizontal(filled).fill_null(value=False))
    wide = filled[sheet.width :]
    return rows.select(
        ROW,
        *(pl.col(name).alias(str(place)) for place, name in enumerate(names[: sheet.width])),
        (pl.any_horizontal(wide) if wide else pl.lit(value=False)).alias(WIDE),
        pl.lit(value=False).alias(SHORT),
    )


def _of_rows(numbered: list[tuple[int, list[str]]], sheet: Sheet) -> pl.DataFrame:
    """The rows of a CSV, with the line each ends in."""
    kept = [one for one in numbered[sheet.header :] if any(cell.strip() for cell in one[1])]
    width = sheet.width
    columns = {
        str(place): pl.Series([row[place] if place < len(row) else None for _, row in kept], dtype=pl.String)
        for place in range(width)
    }
    wide = [any(cell.strip() for cell in row[width:]) for _, row in kept]
    return pl.DataFrame(
        {
            ROW: pl.Series([number for number, _ in kept], dtype=pl.UInt32),
            **columns,
            WIDE: pl.Series(wide, dtype=pl.Boolean),
            SHORT: pl.Series([len(row) < width for _, row in kept], dtype=pl.Boolean),
        }
    )


def _csv(text: str, count: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each ends in, as an editor counts lines."""
    reader = csv.reader(io.StringIO(text, newline=""))
    for number, row in enumerate(reader):
        if count is not None and number >= count:
            return
        yield reader.line_num, row


def _utf8(content: bytes) -> bytes:
    """The same text in UTF-8. Published files are ASCII but for marks in their preambles, which are in Windows-1252."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").encode()
    return content.removeprefix(b"\xef\xbb\xbf")


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


__all__ = ["ROW", "SHORT", "WIDE", "Cells", "cells", "sheets"]

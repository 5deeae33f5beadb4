"""Tables of claim lines: CSV and Parquet, read in batches of whole claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import polars as pl

from claimwright.formats.assembly import assemble
from claimwright.formats.batch import Batch
from claimwright.formats.headers import match_columns
from claimwright.formats.rows import Progress, lines_from
from claimwright.formats.sheets import ROW, broken, chunks, nameless, opened_csv, position, texts
from claimwright.lines.problems import Problem

ROWS = 20_000
PARQUET_ROWS = 100_000


def read_csv(
    stream: BinaryIO, *, name: str = "", mapping: Mapping[str, str] | None = None, rows_per_batch: int = ROWS
) -> Iterator[Batch]:
    """Batches of a CSV whose first row names the columns: UTF-8, UTF-16 or Windows-1252; comma, semicolon, tab or bar.

    Rows with too few or too many cells are read as far as they go, and told with their number. `mapping` is header →
    column, see `headers.match_columns`.
    """
    sheet = opened_csv(stream, name)
    headers = sheet.headers
    if not any(header.strip() for header in headers):
        yield Batch(assemble({}, 0), (nameless(name),), 0, position(stream))
        return
    columns, problems = match_columns(headers, mapping, name)
    if "procedure" not in columns.values():
        yield Batch(assemble({}, 0), tuple(problems), 0, position(stream))
        return
    rows = sheet.rows(problems)
    claim = next((index for index, header in enumerate(headers) if columns.get(header) == "claim"), None)
    progress = Progress()
    for numbered in _whole_claims(rows, claim, rows_per_batch):
        frame = texts(numbered, headers, columns)
        lines, more, progress = lines_from(frame, name, progress)
        found = sorted([*problems, *more], key=lambda problem: problem.row or 0)
        problems.clear()
        yield Batch(lines, tuple(found), lines["claim_index"].n_unique(), position(stream))
    if problems or not progress.claims:
        if not progress.claims and not problems:
            problems.append(Problem("INP-EMPTY", "the table has no rows", "write one row for each line", file=name))
        yield Batch(assemble({}, 0), tuple(problems), 0, position(stream))


def read_parquet(
    path: str | Path, *, name: str | None = None, mapping: Mapping[str, str] | None = None, rows: int = PARQUET_ROWS
) -> Iterator[Batch]:
    """Batches of a Parquet file, about `rows` lines each. Columns with the schema's names and types cost nothing."""
    path = Path(path)
    file = name or path.name
    size = path.stat().st_size
    try:
        scan = pl.scan_parquet(path, glob=False)
        headers = scan.collect_schema().names()
        total = scan.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        yield Batch(assemble({}, 0), (broken(error, file),), 0, 0)
        return
    columns, problems = match_columns(headers, mapping, file)
    if "procedure" not in columns.values():
        yield Batch(assemble({}, 0), tuple(problems), 0, size)
        return
    progress = Progress()
    held: pl.DataFrame | None = None
    read = 0
    chosen = scan.select(pl.col(header).alias(column) for header, column in columns.items())
    for chunk in chunks(chosen, rows, file, problems):
        numbered = chunk.with_columns(pl.int_range(read + 1, read + 1 + len(chunk), dtype=pl.UInt32).alias(ROW))
        read += len(chunk)
        whole = numbered if held is None else pl.concat([held, numbered])
        whole, held = _cut(whole, last=read >= total)
        if len(whole):
            lines, more, progress = lines_from(whole, file, progress)
            told = (*problems, *more)
            problems.clear()
            yield Batch(lines, told, lines["claim_index"].n_unique(), size * read // max(total, 1))
    if held is not None and len(held):
        lines, more, progress = lines_from(held, file, progress)
        yield Batch(lines, (*problems, *more), lines["claim_index"].n_unique(), size)
    elif problems or not read:
        if not problems:
            problems = [Problem("INP-EMPTY", "the table has no rows", "write one row for each line", file=file)]
        yield Batch(assemble({}, 0), tuple(problems), 0, size)


def _whole_claims(
    rows: Iterator[tuple[int, list[str]]], claim: int | None, count: int
) -> Iterator[list[tuple[int, list[str]]]]:
    """Rows in lists of at least `count`, cut where the claim changes."""
    pending: list[tuple[int, list[str]]] = []
    while True:
        batch = [*pending, *islice(rows, count - len(pending))]
        pending = []
        if not batch:
            return
        last = batch[-1][1]
        if claim is not None:
            for each in rows:
                if each[1][claim] != last[claim]:
                    pending = [each]
                    break
                batch.append(each)
        yield batch


def _cut(frame: pl.DataFrame, *, last: bool) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """The frame without the claim it ends in, which may go on in the next one, and that claim."""
    key = next((name for name in ("claim_index", "claim") if name in frame.columns), None)
    if last or key is None or not len(frame):
        return frame, None
    changes = (frame[key] != frame[key].shift(1)).fill_null(True).arg_true()
    begin = int(changes[-1])
    return frame[:begin], frame[begin:]

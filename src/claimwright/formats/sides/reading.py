"""A side file read whole: CSV, Parquet or JSON, gzipped or not, into the frame of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from claimwright.formats.headers import matches, not_read
from claimwright.formats.json_values import values
from claimwright.formats.opening import Opened, opened, unknown, unopened
from claimwright.formats.places import Places
from claimwright.formats.sheets import ROW, broken, nameless, opened_csv, texts
from claimwright.formats.sides.cells import NOTHING, in_words, typed
from claimwright.formats.sides.checks import sound
from claimwright.formats.sides.columns import Column, Holds, Kind
from claimwright.formats.sides.fees import FEES
from claimwright.formats.sides.kinds import empty
from claimwright.formats.sides.notes import NOTES
from claimwright.lines.problems import Problem

Read = tuple[pl.DataFrame, list[Problem]]
_LISTS = {Holds.CODES, Holds.DAYS, Holds.MODIFIERS}


def read_file(kind: Kind, path: Path) -> Read:
    """The rows of a file that can be relied on, and what is wrong with it. Data never raises."""
    try:
        with opened(path) as file:
            frame, problems = _recognised(kind, file)
            damage = file.cut_off()
    except OSError as error:
        return empty(kind), [unopened(error, path)]
    return frame, problems if damage is None else [*problems, damage]


def read_records(kind: Kind, records: Iterable[Any], *, file: str, defaults: Mapping[str, Any] | None = None) -> Read:
    """Rows from objects of field → value, checked as those of a file; `defaults` fill what an object lacks."""
    numbered = [(number, _with(record, defaults or {}, kind)) for number, record in enumerate(records, 1)]
    return read_numbered(kind, numbered, file)


def read_numbered(kind: Kind, numbered: Sequence[tuple[int, Any]], file: str) -> Read:
    """The same from objects that bear their numbers."""
    return _objects(kind, numbered, file)


def _recognised(kind: Kind, file: Opened) -> Read:
    name = file.path.name
    # somebody of the first name Isa looks like the beginning of an interchange
    if file.kind == "csv" or (file.kind, file.by_name) == ("x12", "csv"):
        return _csv(kind, file)
    if file.kind == "parquet":
        return _parquet(kind, file.path)
    if file.kind == "json":
        problems: list[Problem] = []
        listed = enumerate((value for value, _ in values(file.stream, name, problems)), 1)
        frame, more = _objects(kind, [(number, value) for number, value in listed if value is not None], name)
        return frame, [*problems, *more] if problems or more or frame.height else [_no_rows(kind, name)]
    wanted = "a CSV or Parquet table, or JSON records"
    return empty(kind), [unknown(file.kind, file.path, wanted=wanted, otherwise="neither CSV, Parquet nor JSON")]


def _csv(kind: Kind, file: Opened) -> Read:
    name = file.path.name
    sheet = opened_csv(file.stream, name)
    if not any(header.strip() for header in sheet.headers):
        return empty(kind), [nameless(name)]
    columns, problems = _columns(kind, sheet.headers, name)
    if kind.key not in columns.values():
        return empty(kind), problems
    numbered = list(sheet.rows(problems))
    if not numbered:
        return empty(kind), problems or [_no_rows(kind, name)]
    return _finished(kind, texts(numbered, sheet.headers, columns), columns, problems, name, table=True)


def _parquet(kind: Kind, path: Path) -> Read:
    try:
        whole = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        return empty(kind), [broken(error, path.name)]
    plain_ones = [name for name, dtype in whole.schema.items() if _is_plain(dtype)]
    columns, problems = _columns(kind, plain_ones, path.name)
    nested = [name for name in whole.columns if name not in plain_ones]
    problems += not_read(nested, set(kind.named), kind.aliases, path.name, "keep plain values and lists in it")
    if kind.key not in columns.values():
        return empty(kind), problems
    if not whole.height:
        return empty(kind), problems or [_no_rows(kind, path.name)]
    raw = whole.select(pl.col(header).alias(column) for header, column in columns.items())
    numbered = raw.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(ROW))
    return _finished(kind, numbered, columns, problems, path.name, table=True)


def _is_plain(dtype: pl.DataType) -> bool:
    inner = dtype.inner if isinstance(dtype, pl.List) else dtype
    return not inner.is_nested() and inner not in {pl.Binary, pl.Object}


def _objects(kind: Kind, numbered: Sequence[tuple[int, Any]], file: str) -> Read:
    problems: list[Problem] = []
    rows: list[dict[str, str | None]] = []
    fields: dict[str, str] = {}
    for number, record in numbered:
        if not isinstance(record, dict):
            help_ = "write an object of field and value"
            problems.append(Problem("INP-VALUE", "this record is no object", help_, file=file, row=number))
            continue
        row: dict[str, str | None] = {ROW: str(number)}
        columns, _, twice = matches(list(record), set(kind.named), kind.aliases, file)
        problems += [replace(problem, row=number) for problem in twice]
        for name, column in columns.items():
            fields.setdefault(column, name)
            row[column], unsaid = _said(record[name], kind.named[column])
            if unsaid:
                problems.append(Problem("INP-VALUE", *unsaid, file=file, row=number, field=name[:40]))
        rows.append(row)
    everywhere = dict.fromkeys(name for _, record in numbered if isinstance(record, dict) for name in record)
    problems += not_read(matches(list(everywhere), set(kind.named), kind.aliases, file)[1], *_known(kind, file))
    if not rows:
        return empty(kind), problems
    always = [column.name for column in kind.columns if column.required or column.wanted]
    named = [name for name in kind.named if name in always or any(name in row for row in rows)]
    raw = pl.DataFrame(rows, schema=dict.fromkeys([ROW, *named], pl.String))
    headers = {header: column for column, header in fields.items()}
    return _finished(kind, raw.with_columns(pl.col(ROW).cast(pl.UInt32)), headers, problems, file, table=False)


def _with(record: Any, defaults: Mapping[str, Any], kind: Kind) -> Any:
    if not isinstance(record, dict):
        return record
    said = matches(list(record), set(kind.named), kind.aliases, "")[0].values()
    return {**record, **{name: value for name, value in defaults.items() if name not in said}}


def _said(value: Any, column: Column) -> tuple[str | None, tuple[str, str] | None]:
    """A value as the cell of a table would hold it, and what is wrong where no cell could, with help."""
    if value is None:
        return None, None
    if isinstance(value, str) and not value.strip():
        return None, ("an empty text says nothing; left open", "write null when it is not known")
    items = value if isinstance(value, list) and column.holds in _LISTS else [value]
    cells = [_cell(item) for item in items]
    if None in cells:
        return None, (f"{column.name.replace('_', ' ')} cannot hold such a value; left open", in_words(column.holds))
    return ";".join(cell for cell in cells if cell) if cells else NOTHING, None


def _cell(value: Any) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float | Decimal | date) else None


def _page(kind: Kind) -> str:
    return {FEES.name: "docs/money.md", NOTES.name: "docs/notes.md"}.get(kind.name, kind.page)


def _known(kind: Kind, file: str) -> tuple[set[str], dict[str, str], str, str]:
    return set(kind.named), kind.aliases, file, f"{_page(kind)} names the columns; leave it if it does not matter"


def _columns(kind: Kind, headers: Sequence[str], file: str) -> tuple[dict[str, str], list[Problem]]:
    columns, unread, problems = matches(headers, set(kind.named), kind.aliases, file)
    missing = [
        column.name
        for column in kind.columns
        if column.name not in columns.values() and (column.required or column.wanted)
    ]
    if missing:
        problems.append(
            Problem(
                "INP-COLUMNS",
                f"no column of the {len(headers)} is {missing[0]}, which every row needs",
                f"name the columns in the first row ({', '.join(missing)}, …) as {_page(kind)} does",
                file=file,
            )
        )
    if kind.key in columns.values():  # headers are shown only where the first row is known to be headers
        problems += not_read(unread, *_known(kind, file))
    return columns, problems


def _finished(
    kind: Kind, raw: pl.DataFrame, columns: Mapping[str, str], problems: list[Problem], file: str, *, table: bool
) -> Read:
    places = Places(file, fields={column: header[:40] for header, column in columns.items()}, row=ROW)
    frame, lost, more = typed(kind, raw, places, table=table)
    kept, wrong = sound(kind, frame, lost, Places(file, fields=places.fields, row="row"))
    return kept, sorted([*problems, *more, *wrong], key=lambda problem: problem.row or 0)


def _no_rows(kind: Kind, file: str) -> Problem:
    return Problem("INP-EMPTY", "the file has no rows", f"write one row for {kind.row}", file=file)

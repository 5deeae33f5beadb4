"""Rows of any table into lines of the schema: types, codes, claims and identities, a column at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from claimwright.formats import codes
from claimwright.formats.assembly import assemble, filled
from claimwright.formats.checks import dates_of_service
from claimwright.formats.headers import DIAGNOSES_COLUMN, MODIFIERS_COLUMN, SERVICE_COLUMN
from claimwright.formats.places import Places
from claimwright.formats.sheets import ROW
from claimwright.formats.values import TABLE_DATES, money_columns, typed
from claimwright.lines.code_set import told_in
from claimwright.lines.problems import Problem
from claimwright.lines.schema import (
    LINE_SCHEMA,
    MODIFIERS,
    Unstated,
    dx_columns,
    identity,
    modifier_columns,
    pointed_columns,
)

LISTS = r"[;,|\s]+"
_SPREADSHEET = r"^\s*-?\s*\$?\s*(\d{1,3}(,\d{3})+|\d+)(\.\d*)?\s*$"


@dataclass(frozen=True)
class Progress:
    """What goes on from batch to batch of one table."""

    claims: int = 0


def lines_from(raw: pl.DataFrame, file: str, progress: Progress) -> tuple[pl.DataFrame, list[Problem], Progress]:
    """Lines of `LINE_SCHEMA` from a table whose columns bear its names, whatever their types; `@row` counts its rows.

    Rows of one claim stand together: where the claim changes, another claim begins. Without a claim column each row is
    a claim of its own. Columns that are missing from the table leave their group of fields unknown; an empty cell is
    known absent.
    """
    places = Places(file, row=ROW)
    present = set(raw.columns)
    frame, problems = _typed(raw, places)
    frame = _with_form(frame)
    frame = _counted(frame, progress)
    frame = _listed(frame, DIAGNOSES_COLUMN, dx_columns)
    frame, more = modifiers_listed(frame, places)
    problems += more
    for step in (codes.procedures, codes.modifiers, codes.diagnoses):
        frame, more = step(frame, places)
        problems += more
    if not any(name in present for name in pointed_columns):
        frame, more = codes.pointers(frame, places)
        problems += more
    frame = _with_system(_with_identities(_with_unstated(frame, present)))
    if "service_from" in frame.columns:
        problems += dates_of_service(frame, frame["@unread"], places)
    problems += _unnamed(frame, places)
    columns = {column.name: column for column in frame.get_columns()}
    columns["file"] = filled("file", file, len(frame), pl.String)
    last = frame["claim_index"].max()
    claims = last if isinstance(last, int) else progress.claims
    problems.sort(key=lambda problem: problem.row or 0)
    return assemble(columns, len(frame)), problems, replace(progress, claims=claims)


def _typed(raw: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Every column in the type of the schema; empty cells are null."""
    frame = without_blanks(raw)
    if SERVICE_COLUMN in frame.columns and "service_from" not in frame.columns:
        frame = frame.with_columns(pl.col(SERVICE_COLUMN).alias("service_from"))
    frame = frame.with_columns(as_text(column) for column in frame.get_columns() if _belongs_as_text(column))
    written = frame["service_from"].is_not_null() if "service_from" in frame.columns else None
    frame, problems = typed(plain_amounts(_texts_of_units(frame), money_columns), places, TABLE_DATES)
    if written is not None:
        first = frame["service_from"]
        last = frame["service_to"] if "service_to" in frame.columns else first
        frame = frame.with_columns(
            (written & first.is_null()).alias("@unread"),
            last.zip_with(last.is_not_null(), first).alias("service_to"),
        )
    columns = []
    for column in frame.get_columns():
        kind = LINE_SCHEMA.get(column.name)
        if kind is None or column.dtype == kind:
            continue
        cast = column.cast(kind, strict=False)
        lost = cast.is_null() & column.is_not_null()
        if lost.any():
            problems += places.problems(
                frame,
                lost,
                column.name,
                "INP-VALUE",
                f"{column.name.replace('_', ' ')} cannot be read as what it should be; left open",
                help_=_help(kind),
            )
        columns.append(cast)
    return frame.with_columns(columns), problems


def _with_form(frame: pl.DataFrame) -> pl.DataFrame:
    """A row with a place of service is of a professional claim, where no column says otherwise.

    Sourced: X12 837P CLM05-1 and SV105 hold places of service, 837I CLM05-1 the type of bill, SV201 the revenue code.
    """
    told = {"form", "bill_type", "revenue"} & set(frame.columns)
    if told or "place" not in frame.columns:
        return frame
    form = pl.when(pl.col("place").is_not_null()).then(pl.lit("professional"))
    return frame.with_columns(form.cast(LINE_SCHEMA["form"]).alias("form"))


def _unnamed(frame: pl.DataFrame, places: Places) -> list[Problem]:
    """Rows that say neither a procedure nor a revenue code."""
    unnamed = frame["procedure"].is_null()
    if "revenue" in frame.columns:
        unnamed = unnamed & frame["revenue"].is_null()
    if not unnamed.any():
        return []
    help_ = "write the five characters of the procedure code"
    return places.problems(frame, unnamed, "procedure", "INP-PROCEDURE", "this row names no procedure", help_=help_)


def without_blanks(frame: pl.DataFrame) -> pl.DataFrame:
    """Null for cells of blanks; only columns that may have some are rewritten."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    if not texts or not len(frame):
        return frame
    may = frame.select(
        ((pl.col(name) == "") | pl.col(name).str.contains(r"^\s")).fill_null(False).any() for name in texts
    ).row(0)
    blank = [name for name, some in zip(texts, may, strict=True) if some]
    return frame.with_columns(
        pl.when((pl.col(name).str.strip_chars() != "").fill_null(False)).then(pl.col(name)) for name in blank
    )


def _belongs_as_text(column: pl.Series) -> bool:
    """Codes and identifiers that a table keeps as numbers."""
    listed = column.name in (DIAGNOSES_COLUMN, MODIFIERS_COLUMN)
    return column.dtype.is_numeric() and (listed or LINE_SCHEMA.get(column.name) == pl.String)


def as_text(column: pl.Series) -> pl.Series:
    """Numbers as text; those that another program made floats of (97026.0) as the whole numbers they were."""
    if column.dtype.is_float():
        whole = column.cast(pl.Int64, strict=False)
        if (whole == column).all():
            column = whole
    return column.cast(pl.String)


def _texts_of_units(frame: pl.DataFrame) -> pl.DataFrame:
    """Units as text, to be judged like those of other inputs, unless they are good numbers already."""
    if "units" not in frame.columns or frame.schema["units"] == pl.String:
        return frame
    units = frame["units"]
    if units.dtype == LINE_SCHEMA["units"] and not (units <= 0).any():
        return frame
    return frame.with_columns(units.cast(pl.String))


def plain_amounts(frame: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """Amounts without the dollar sign and the commas that spreadsheets write."""
    columns = [
        pl.when(pl.col(name).str.contains(_SPREADSHEET).fill_null(False))
        .then(pl.col(name).str.replace_all(r"[$,\s]", ""))
        .otherwise(pl.col(name))
        for name in names
        if frame.schema.get(name) == pl.String
    ]
    return frame.with_columns(columns)


def _help(kind: object) -> str:
    if isinstance(kind, pl.Enum):
        return "write one of " + ", ".join(kind.categories)
    return "write text" if kind == pl.String else "write a number"


def _counted(frame: pl.DataFrame, progress: Progress) -> pl.DataFrame:
    """Number claims and lines where the table does not."""
    if "claim_index" not in frame.columns:
        run = (
            (pl.col("claim") != pl.col("claim").shift(1)).fill_null(True).cum_sum()
            if "claim" in frame.columns
            else pl.int_range(1, pl.len() + 1)
        )
        frame = frame.with_columns((run + progress.claims).cast(pl.UInt32).alias("claim_index"))
    if "line" in frame.columns and not frame["line"].null_count():
        return frame
    number = pl.int_range(1, pl.len() + 1).over("claim_index").cast(pl.UInt16)
    if "line" in frame.columns:
        return frame.with_columns(pl.coalesce("line", number))
    return frame.with_columns(number.alias("line"))


def _listed(frame: pl.DataFrame, name: str, columns: list[str]) -> pl.DataFrame:
    """Split a list in one cell (`E11.42;M17.11`) into numbered columns, those that the table has not itself."""
    if name not in frame.columns:
        return frame
    cell = frame[name].cast(pl.String)
    items = cell.str.strip_chars(" ;,|").str.replace_all(LISTS, ";").str.split(";")
    longest = items.list.len().max()
    count = min(longest if isinstance(longest, int) else 0, len(columns))
    wide = frame.with_columns(
        items.list.get(place, null_on_oob=True).alias(column)
        for place, column in enumerate(columns[:count])
        if column not in frame.columns
    )
    return wide.with_columns(
        pl.when((pl.col(column) != "").fill_null(False)).then(pl.col(column)).alias(column)
        for column in columns[:count]
    )


def modifiers_listed(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Modifiers in one cell (`GP;59`) in columns of their own; a fifth one is told."""
    if MODIFIERS_COLUMN not in frame.columns:
        return frame, []
    count = frame[MODIFIERS_COLUMN].cast(pl.String).str.strip_chars(" ;,|").str.count_matches(LISTS)
    more = (count >= MODIFIERS).fill_null(False)
    problems = (
        places.problems(
            frame,
            more,
            MODIFIERS_COLUMN,
            "INP-MODIFIER",
            f"more than {MODIFIERS} modifiers; the first {MODIFIERS} were read",
            help_="write at most four modifiers, those that decide payment first",
        )
        if more.any()
        else []
    )
    return _listed(frame, MODIFIERS_COLUMN, modifier_columns), problems


def _with_unstated(frame: pl.DataFrame, present: set[str]) -> pl.DataFrame:
    """Columns the table does not have leave their group of fields unknown."""
    if "unstated" in present:
        return frame
    open_ = 0
    for group, names in (
        (Unstated.DIAGNOSES, {DIAGNOSES_COLUMN, *dx_columns}),
        (Unstated.POINTERS, {"pointers", *pointed_columns}),
        (Unstated.MODIFIERS, {MODIFIERS_COLUMN, *modifier_columns}),
        (Unstated.UNITS, {"units"}),
        (Unstated.PLACE, {"place"}),
        (Unstated.FORM, {"form"}),
    ):
        if not names & present:
            open_ |= int(group)
    flags = pl.col("unstated") | open_ if "unstated" in frame.columns else pl.lit(open_)
    if open_ & Unstated.FORM and "form" in frame.columns:  # told by the place of service
        flags = flags - pl.when(pl.col("form").is_not_null()).then(int(Unstated.FORM)).otherwise(0)
    if open_ & Unstated.POINTERS and "form" in frame.columns:  # institutional claims have no pointers to leave open
        institutional = (pl.col("form") == "institutional").fill_null(False)
        flags = flags - pl.when(institutional).then(int(Unstated.POINTERS)).otherwise(0)
    return frame.with_columns(flags.cast(pl.UInt16).alias("unstated"))


def _with_identities(frame: pl.DataFrame) -> pl.DataFrame:
    columns = []
    if "patient" not in frame.columns and {"member_id", "birth_date", "patient_first"} <= set(frame.columns):
        born = pl.col("birth_date").dt.to_string("%Y-%m-%d")
        columns.append(identity(pl.col("member_id"), born, pl.col("patient_first")).alias("patient"))
    if "provider" not in frame.columns:
        keys = [identity(pl.col(name)) for name in ("billing_npi", "billing_tax_id") if name in frame.columns]
        if keys:
            columns.append(pl.coalesce(keys).alias("provider"))
    return frame.with_columns(columns)


def _with_system(frame: pl.DataFrame) -> pl.DataFrame:
    """Tables rarely say the code system: then their codes and the day tell it."""
    if "dx_system" in frame.columns or "dx_1" not in frame.columns or "service_from" not in frame.columns:
        return frame
    told = told_in([name for name in dx_columns if name in frame.columns], "service_from")
    return frame.with_columns(pl.when(pl.col("dx_1").is_not_null()).then(told).alias("dx_system"))

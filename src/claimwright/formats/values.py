"""Texts into dates, amounts and units, a column at a time; what cannot be read becomes null and a problem."""

from __future__ import annotations

from datetime import date

import polars as pl

from claimwright.formats.places import Places, number
from claimwright.lines.problems import Gravity, Problem
from claimwright.lines.schema import LINE_SCHEMA, Unstated

EARLIEST, LATEST = date(1850, 1, 1), date(2199, 12, 31)  # no birth or service lies outside
X12_DATES = ("%Y%m%d",)
TABLE_DATES = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")
_PATTERNS = {
    "%Y%m%d": r"^\d{8}$",
    "%Y-%m-%d": r"^\d{4}-\d\d-\d\d$",
    "%m/%d/%Y": r"^\d\d?/\d\d?/\d{4}$",
    "%Y-%m-%dT%H:%M:%S": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$",
    "%Y-%m-%d %H:%M:%S": r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$",
}
_NUMBER = r"^-?(\d+\.?\d*|\.\d+)$"

date_columns = tuple(name for name, kind in LINE_SCHEMA.items() if kind == pl.Date)
money_columns = tuple(name for name, kind in LINE_SCHEMA.items() if isinstance(kind, pl.Decimal) and name != "units")


def dates(text: pl.Series, formats: tuple[str, ...] = X12_DATES) -> pl.Series:
    """Dates of the first format that fits; null where none does, or where no such day exists or could be meant."""
    if formats == X12_DATES:
        lengths = text.str.len_bytes()
        quick = text.str.to_date("%Y%m%d", strict=False)
        if quick.null_count() == text.null_count() and lengths.min() == lengths.max() == 8 and _plausible(quick):
            return quick
    out = pl.Series(text.name, [None], dtype=pl.Date).new_from_index(0, len(text))
    stripped = text.str.strip_chars()
    for form in formats:
        fits = stripped.str.contains(_PATTERNS[form]).fill_null(False)
        if fits.any():
            only = stripped.zip_with(fits, pl.Series([None], dtype=pl.String).new_from_index(0, len(text)))
            parsed = (
                only.str.to_date(form, strict=False)
                if "%H" not in form
                else only.str.to_datetime(form, strict=False).dt.date()
            )
            out = out.zip_with(out.is_not_null(), parsed)
    believable = out.is_between(EARLIEST, LATEST).fill_null(False)
    return out.zip_with(believable, pl.Series([None], dtype=pl.Date).new_from_index(0, len(text)))


def decimals(text: pl.Series, kind: pl.Decimal) -> pl.Series:
    """Plain decimal numbers; null where the text is none or does not fit. Digits beyond the scale are cut."""
    if text.str.contains(_NUMBER).all():
        return text.cast(kind, strict=False)
    stripped = text.str.strip_chars()
    fits = stripped.str.contains(_NUMBER).fill_null(False)
    only = stripped.zip_with(fits, pl.Series([None], dtype=pl.String).new_from_index(0, len(text)))
    return only.cast(kind, strict=False)


def typed(
    frame: pl.DataFrame, places: Places, formats: tuple[str, ...] = X12_DATES
) -> tuple[pl.DataFrame, list[Problem]]:
    """The frame with its text columns of dates, amounts and units in the types of `LINE_SCHEMA`, and what did not fit."""
    problems: list[Problem] = []
    columns: list[pl.Series] = []
    for name in date_columns:
        if name in frame.columns and frame.schema[name] == pl.String:
            column = dates(frame[name], formats)
            columns.append(column)
            if column.null_count() > frame[name].null_count():
                problems += _unread(frame, column, places, "INP-DATE", "date", "write an existing day, CCYYMMDD or ISO")
    for name in money_columns:
        if name in frame.columns and frame.schema[name] == pl.String:
            column = decimals(frame[name], _decimal(name))
            columns.append(column)
            if column.null_count() > frame[name].null_count():
                problems += _unread(
                    frame, column, places, "INP-AMOUNT", "amount", "write dollars and cents, like 45.50"
                )
            problems += _cut(frame, column, places, "INP-AMOUNT", 2)
    if columns:
        frame = frame.with_columns(columns)
    if "units" in frame.columns and frame.schema["units"] == pl.String:
        frame, more = _units(frame, places)
        problems += more
    return frame, problems


def flag(frame: pl.DataFrame, where: pl.Series, group: Unstated) -> pl.DataFrame:
    """Mark a group of fields as unknown on some rows: it was there, but could not be read."""
    if "unstated" not in frame.columns:
        frame = frame.with_columns(pl.lit(0, dtype=pl.UInt16).alias("unstated"))
    bits = where.cast(pl.UInt16) * int(group)
    return frame.with_columns((frame["unstated"] | bits.cast(pl.UInt16)).alias("unstated"))


def _units(frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Units above zero; what is not is null and unknown. Parts of a unit are kept and told for codes counted in services."""
    text = frame["units"]
    column = decimals(text, _decimal("units"))
    wrong = (column.is_null() & text.is_not_null()) | (column <= 0).fill_null(False)
    problems = _cut(frame, column, places, "INP-UNITS", 3)
    if wrong.any():
        problems += places.problems(
            frame,
            wrong,
            "units",
            "INP-UNITS",
            lambda row: f"units are {number(row['units'])}, which is no number above zero",
            "write how many units were done, like 1",
        )
        column = column.zip_with(~wrong, pl.Series([None], dtype=_decimal("units")).new_from_index(0, len(column)))
    if text.str.contains(".", literal=True).any():
        basis = frame["unit_basis"] if "unit_basis" in frame.columns else pl.Series([None] * len(text), dtype=pl.String)
        counted = (basis != "MJ").fill_null(True) & _counted(frame)
        part = (column != column.floor()).fill_null(False) & counted
        problems += places.problems(
            frame,
            part,
            "units",
            "INP-UNITS-PART",
            lambda row: (
                f"units are {number(row['units'])}: procedures of this kind are counted in whole units; kept as written"
            ),
            "check whether minutes or a part of a session were written where whole units belong",
            Gravity.WARNING,
        )
    frame = frame.with_columns(column)
    return (flag(frame, wrong, Unstated.UNITS) if wrong.any() else frame), problems


def _counted(frame: pl.DataFrame) -> pl.Series:
    """Whether the procedure is a five-digit code, counted in services; mileage and drugs have letters."""
    if "procedure" not in frame.columns:
        return pl.Series([False]).new_from_index(0, len(frame))
    return frame["procedure"].str.contains(r"^\d{5}$").fill_null(False)


def _unread(frame: pl.DataFrame, column: pl.Series, places: Places, id_: str, what: str, help_: str) -> list[Problem]:
    name = column.name
    return places.problems(
        frame,
        column.is_null() & frame[name].is_not_null(),
        name,
        id_,
        lambda row: f"{name.replace('_', ' ')} is {number(row[name])}, which is no {what}; left open",
        help_,
    )


def _cut(frame: pl.DataFrame, column: pl.Series, places: Places, id_: str, scale: int) -> list[Problem]:
    """Numbers that have more decimals than are kept."""
    name = column.name
    longer = frame[name].str.contains(rf"\.\d{{{scale}}}\d*[1-9]").fill_null(False) & column.is_not_null()
    if not longer.any():
        return []
    return places.problems(
        frame,
        longer,
        name,
        id_,
        lambda row: f"{name.replace('_', ' ')} is {number(row[name])}; only {scale} decimals are kept",
        f"write at most {scale} decimals",
        Gravity.WARNING,
    )


def _plausible(days: pl.Series) -> bool:
    first, last = days.min(), days.max()
    return first is None or (
        isinstance(first, date) and isinstance(last, date) and first >= EARLIEST and last <= LATEST
    )


def _decimal(name: str) -> pl.Decimal:
    kind = LINE_SCHEMA[name]
    assert isinstance(kind, pl.Decimal)
    return kind

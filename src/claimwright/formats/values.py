"""Texts into dates, amounts and units, a column at a time; what cannot be read becomes null and a problem.

Everything is first read and checked in one query each, because a query costs as much as some thousand values. Only
columns in which something is wrong are looked at again.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from claimwright.formats.assembly import filled
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


def typed(
    frame: pl.DataFrame, places: Places, formats: tuple[str, ...] = X12_DATES
) -> tuple[pl.DataFrame, list[Problem]]:
    """The frame with its text columns of dates, amounts and units in the schema's types, and what did not fit."""
    days = [name for name in date_columns if frame.schema.get(name) == pl.String]
    amounts = [name for name in (*money_columns, "units") if frame.schema.get(name) == pl.String]
    if not days and not amounts:
        return frame, []
    read = frame.select(
        *(pl.col(name).str.to_date(formats[0], strict=False) for name in days),
        *(pl.col(name).cast(LINE_SCHEMA[name], strict=False) for name in amounts),
    )
    good = {**_good_days(frame, read, days, formats[0]), **_good_amounts(frame, read, amounts)}
    problems: list[Problem] = []
    for name in days:
        if not good[name]:
            column = dates(frame[name], formats)
            read = read.with_columns(column)
            problems += _unread(
                frame, column, places, id_="INP-DATE", what="date", help_="write an existing day, CCYYMMDD or ISO"
            )
    for name in amounts:
        if not good[name] and name != "units":
            column = decimals(frame[name], LINE_SCHEMA[name])
            read = read.with_columns(column)
            problems += _unread(
                frame, column, places, id_="INP-AMOUNT", what="amount", help_="write dollars and cents, like 45.50"
            )
            problems += cut(frame, column, places, "INP-AMOUNT", 2)
    new = frame.with_columns(read)
    if "units" in amounts and not good["units"]:
        new, more = _units(frame, new, places)
        problems += more
    return new, problems


def dates(text: pl.Series, formats: tuple[str, ...] = X12_DATES) -> pl.Series:
    """Dates of the first format that fits; null where none does, or where no such day exists or could be meant."""
    nothing = filled(text.name, None, len(text), pl.Date)
    out = nothing
    stripped = text.str.strip_chars()
    for form in formats:
        fits = stripped.str.contains(_PATTERNS[form]).fill_null(False)
        if fits.any():
            only = stripped.zip_with(fits, filled("", None, len(text), pl.String))
            if "%H" in form:
                parsed = only.str.to_datetime(form, strict=False).dt.date()
            else:
                parsed = only.str.to_date(form, strict=False)
            out = out.zip_with(out.is_not_null(), parsed)
    return out.zip_with(out.is_between(EARLIEST, LATEST).fill_null(False), nothing)


def decimals(text: pl.Series, kind: Any) -> pl.Series:
    """Plain decimal numbers; null where the text is none or does not fit. Digits beyond the scale are cut."""
    stripped = text.str.strip_chars()
    fits = stripped.str.contains(_NUMBER).fill_null(False)
    return stripped.zip_with(fits, filled("", None, len(text), pl.String)).cast(kind, strict=False)


def flag(frame: pl.DataFrame, where: pl.Series, group: Unstated) -> pl.DataFrame:
    """Mark a group of fields as unknown on some rows: it was there, but could not be read."""
    before = frame["unstated"] if "unstated" in frame.columns else filled("unstated", 0, len(frame), pl.UInt16)
    bits = (where.cast(pl.UInt16) * int(group)).cast(pl.UInt16)
    return frame.with_columns((before | bits).alias("unstated"))


def _good_days(frame: pl.DataFrame, read: pl.DataFrame, names: list[str], form: str) -> dict[str, bool]:
    """Whether every text of a column is a day, in the first format, that could be meant."""
    if not names:
        return {}
    width = {"%Y%m%d": 8, "%Y-%m-%d": 10}[form]  # the parser alone would take 2024031 for a day
    widths = frame.select((pl.col(name).str.len_bytes() == width).all().alias(name) for name in names)
    believed = read.select(
        (pl.col(name).is_between(EARLIEST, LATEST) | frame[name].is_null()).fill_null(False).all().alias(name)
        for name in names
    )
    return {name: bool(widths[name][0] and believed[name][0]) for name in names}


def _good_amounts(frame: pl.DataFrame, read: pl.DataFrame, names: list[str]) -> dict[str, bool]:
    """Whether every text of a column is a plain number that fits; for units, also whole and above zero."""
    if not names:
        return {}
    plain = {name: r"^\d+(\.0+)?$" if name == "units" else r"^-?(\d+(\.\d{0,2})?|\.\d{1,2})$" for name in names}
    texts = frame.select(pl.col(name).str.contains(pattern).all() for name, pattern in plain.items())
    fit = read.select(
        ((pl.col(name) > 0) if name == "units" else pl.col(name).is_not_null() | frame[name].is_null())
        .fill_null(frame[name].is_null())
        .all()
        .alias(name)
        for name in names
    )
    return {name: bool(texts[name][0] and fit[name][0]) for name in names}


def _units(frame: pl.DataFrame, new: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Units above zero, what is not null and unknown; parts of a unit are told for codes counted in services."""
    text = frame["units"]
    kind = LINE_SCHEMA["units"]
    column = decimals(text, kind)
    wrong = (column.is_null() & text.is_not_null()) | (column <= 0).fill_null(False)
    problems = cut(frame, column, places, "INP-UNITS", 3)
    problems += places.problems(
        frame,
        wrong,
        "units",
        "INP-UNITS",
        lambda row: f"units are {number(row['units'])}, which is no number above zero",
        help_="write how many units were done, like 1",
    )
    column = column.zip_with(~wrong, filled("units", None, len(column), kind))
    basis = frame["unit_basis"] if "unit_basis" in frame.columns else filled("", None, len(text), pl.String)
    counted = (basis != "MJ").fill_null(True) & _counted(frame)
    problems += places.problems(
        frame,
        (column != column.floor()).fill_null(False) & counted,
        "units",
        "INP-UNITS-PART",
        lambda row: f"units are {number(row['units'])}: such procedures are counted in whole units; kept as written",
        help_="check whether minutes or a part of a session were written where whole units belong",
        gravity=Gravity.WARNING,
    )
    return flag(new.with_columns(column), wrong, Unstated.UNITS), problems


def _counted(frame: pl.DataFrame) -> pl.Series:
    """Whether the procedure is a five-digit code, counted in services; mileage and drugs have letters."""
    if "procedure" not in frame.columns:
        return filled("", False, len(frame), pl.Boolean)
    return frame["procedure"].str.contains(r"^\d{5}$").fill_null(False)


def _unread(
    frame: pl.DataFrame, column: pl.Series, places: Places, *, id_: str, what: str, help_: str
) -> list[Problem]:
    name = column.name
    return places.problems(
        frame,
        column.is_null() & frame[name].is_not_null(),
        name,
        id_,
        lambda row: f"{name.replace('_', ' ')} is {number(row[name])}, which is no {what}; left open",
        help_=help_,
    )


def cut(frame: pl.DataFrame, column: pl.Series, places: Places, id_: str, scale: int) -> list[Problem]:
    """Numbers that have more decimals than are kept."""
    name = column.name
    longer = frame[name].str.contains(rf"\.\d{{{scale}}}\d*[1-9]").fill_null(False) & column.is_not_null()
    return places.problems(
        frame,
        longer,
        name,
        id_,
        lambda row: f"{name.replace('_', ' ')} is {number(row[name])}; only {scale} decimals are kept",
        help_=f"write at most {scale} decimals",
        gravity=Gravity.WARNING,
    )

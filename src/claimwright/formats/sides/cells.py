"""Texts of a side file into typed columns, a column at a time; what cannot be read is unknown, and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from claimwright.formats import codes
from claimwright.formats.places import Places, number
from claimwright.formats.rows import LISTS, as_text, modifiers_listed, plain_amounts, without_blanks
from claimwright.formats.sheets import ROW
from claimwright.formats.sides.columns import Column, Holds, Kind
from claimwright.formats.sides.kinds import EVENTS
from claimwright.formats.values import TABLE_DATES, cut, dates, decimals
from claimwright.lines.problems import Problem
from claimwright.lines.schema import MONEY, UNITS

NOTHING, EVERYTHING = "none", "all"
_YES_NO = {**dict.fromkeys(("yes", "y", "true", "1"), True), **dict.fromkeys(("no", "n", "false", "0"), False)}
_CODE = r"^[0-9A-Z]{5}$"
STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI"
)
_IDS = {Holds.DAY: "INP-DATE", Holds.DAYS: "INP-DATE", Holds.MONEY: "INP-AMOUNT", Holds.NUMBER: "INP-UNITS"}


def typed(
    kind: Kind, raw: pl.DataFrame, places: Places, *, table: bool
) -> tuple[pl.DataFrame, pl.Series, list[Problem]]:
    """Columns of the kind's frame from columns that bear its names and hold texts; `@row` counts the rows.

    And the rows that cannot be kept, for a value that they stand or fall with cannot be read (Boolean, no nulls).
    In a table an empty cell below a heading of `EVENTS` says that it did not come, and one below a list of days that
    there are none; everywhere else nothing is said.
    """
    frame = _codes_apart(without_blanks(_texts(raw)))
    frame, problems = _procedures(kind, frame, places)
    done: dict[str, pl.Series] = {}
    lost = pl.Series([False]).new_from_index(0, len(frame))
    for column in kind.columns:
        if column.name not in frame.columns or column.holds in {Holds.PROCEDURE, Holds.MODIFIERS}:
            continue
        text = frame[column.name]
        value = _READ[column.holds](text, column)
        done[column.name] = value
        unread = text.is_not_null() & value.is_null()
        problems += _unread(frame, unread, column, places)
        lost = lost | unread if column.vital else lost
        if column.wanted:
            problems += _missing(frame, column, places)
        if column.holds is Holds.MONEY:
            problems += cut(frame, value, places, "INP-AMOUNT", 2)
        if table and column.holds is Holds.DAYS:
            nobody = pl.Series([[]], dtype=pl.List(pl.Date)).new_from_index(0, len(text))
            done[column.name] = value.zip_with(text.is_not_null(), nobody)
    for day, said in EVENTS.items():
        if day not in done:
            continue
        came = done[day].is_not_null()
        if said in done:
            done[said] = done[said].zip_with(done[said].is_not_null(), came.set(~came, None))
        else:
            done[said] = came.set(~came & frame[day].is_not_null() if table else ~came, None)
    given = frame.with_columns(column.alias(name) for name, column in done.items())
    return (
        given.select(
            pl.col(ROW).cast(pl.UInt32).alias(name)
            if name == "row"
            else (pl.col(name) if name in given.columns else pl.lit(None)).cast(dtype).alias(name)
            for name, dtype in kind.schema.items()
        ),
        lost,
        problems,
    )


def _texts(raw: pl.DataFrame) -> pl.DataFrame:
    """Every column as text, whatever a Parquet file keeps it as."""
    return raw.with_columns(_as_text(raw[name]) for name in raw.columns if name != ROW)


def _as_text(column: pl.Series) -> pl.Series:
    kind = column.dtype
    if isinstance(kind, pl.Datetime):
        return column.dt.date().cast(pl.String)
    if isinstance(kind, pl.List):
        joined = column.list.eval(pl.element().cast(pl.String)).list.join(";")
        return joined.zip_with(joined != "", pl.Series([NOTHING]).new_from_index(0, len(joined)))
    return as_text(column)


def _codes_apart(frame: pl.DataFrame) -> pl.DataFrame:
    """Procedures and modifiers in upper case, so that all of them are compared alike; an empty list holds none."""
    upper = frame.with_columns(
        frame[name].str.to_uppercase() for name in ("procedure", "modifiers") if name in frame.columns
    )
    if "modifiers" not in frame.columns:
        return upper
    none = (upper["modifiers"] == NOTHING.upper()).fill_null(False)
    return upper.with_columns(upper["modifiers"].set(none, None))


def _procedures(kind: Kind, frame: pl.DataFrame, places: Places) -> tuple[pl.DataFrame, list[Problem]]:
    """Procedures and modifiers as on claims."""
    problems: list[Problem] = []
    if any(column.holds is Holds.PROCEDURE for column in kind.columns):
        for step in (modifiers_listed, codes.procedures, codes.modifiers):
            frame, more = step(frame, places)
            problems += more
    return frame, problems


def _unread(frame: pl.DataFrame, bad: pl.Series, column: Column, places: Places) -> list[Problem]:
    if not bad.any():
        return []
    named, name = column.name.replace("_", " "), column.name
    end = "the row is left out" if column.vital else "left open"
    what = {Holds.DAY: "date", Holds.DAYS: "list of dates", Holds.MONEY: "amount", Holds.NUMBER: "number"}
    help_ = _help(column)
    if column.holds in what:
        return places.problems(
            frame,
            bad,
            name,
            _IDS[column.holds],
            lambda row: f"{named} is {number(row[name])}, which is no {what[column.holds]}; {end}",
            help_=help_,
        )
    return places.problems(
        frame, bad, name, "INP-VALUE", f"{named} has a value that cannot be read; {end}", help_=help_
    )


def _missing(frame: pl.DataFrame, column: Column, places: Places) -> list[Problem]:
    named = column.name.replace("_", " ")
    message = f"this row has no {named}; it is kept, and leaves open what it belongs to"
    return places.problems(
        frame, frame[column.name].is_null(), column.name, "INP-MISSING", message, help_=f"write the {named}"
    )


def _help(column: Column) -> str:
    if column.holds is Holds.WORD:
        return "write " + ", ".join(column.words)
    if column.holds is Holds.NUMBER and column.positive:
        return "write a number above zero"
    return in_words(column.holds)


def in_words(holds: Holds) -> str:
    """What to write in a cell, as a help says it."""
    return f"write {holds.value}".replace("`", "")


def _text(text: pl.Series, _: Column) -> pl.Series:
    return text.str.strip_chars()


def _note(text: pl.Series, _: Column) -> pl.Series:
    return text  # places in it are counted from its first character


def _word(text: pl.Series, column: Column) -> pl.Series:
    return _plain(text).replace_strict(column.spellings, default=None, return_dtype=pl.String)


def _yes_no(text: pl.Series, _: Column) -> pl.Series:
    return _plain(text).replace_strict(_YES_NO, default=None, return_dtype=pl.Boolean)


def _state(text: pl.Series, _: Column) -> pl.Series:
    upper = text.str.strip_chars().str.to_uppercase()
    return upper.set(~upper.is_in(STATES.split()).fill_null(True), None)


def _day(text: pl.Series, _: Column) -> pl.Series:
    return dates(text, TABLE_DATES)


def _amount(kind: object) -> Callable[[pl.Series, Column], pl.Series]:
    def read(text: pl.Series, column: Column) -> pl.Series:
        value = decimals(plain_amounts(text.to_frame(), [text.name])[text.name], kind)
        least = (value <= 0) if column.positive else (value < 0)
        return value if column.signed else value.set(least.fill_null(False), None)

    return read


def _items(text: pl.Series) -> pl.Series:
    return text.str.strip_chars(" ;,|").str.to_uppercase().str.replace_all(LISTS, ";").str.split(";")


def _codes(text: pl.Series, _: Column) -> pl.Series:
    items = _items(text)
    single = items.list.get(0, null_on_oob=True).str.to_lowercase()
    alone = (items.list.len() == 1).fill_null(False)
    good = items.list.eval(pl.element().str.contains(_CODE)).list.all().fill_null(False)
    listed = items.set(~good, None)
    nothing = pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, len(text))
    everything = pl.Series([[EVERYTHING]], dtype=pl.List(pl.String)).new_from_index(0, len(text))
    listed = listed.zip_with(~(alone & (single == NOTHING).fill_null(False)), nothing)
    return listed.zip_with(~(alone & (single == EVERYTHING).fill_null(False)), everything)


def _days(text: pl.Series, _: Column) -> pl.Series:
    items = _items(text)
    nobody = (text.str.strip_chars().str.to_lowercase() == NOTHING).fill_null(False)
    apart = pl.DataFrame({"of": pl.int_range(len(text), eager=True), "day": items}).filter(text.is_not_null() & ~nobody)
    each = apart.explode("day")
    read = each.with_columns(dates(each["day"], TABLE_DATES))
    lost = read.filter(pl.col("day").is_null())
    kept = read.join(lost, on="of", how="anti").sort("of", "day").group_by("of", maintain_order=True).all()
    days: list[list[object] | None] = [[] if none else None for none in nobody]
    for of, listed in kept.iter_rows():
        days[of] = listed
    return pl.Series(text.name, days, dtype=pl.List(pl.Date))


def _plain(text: pl.Series) -> pl.Series:
    """What `headers.plain` does, over a column."""
    return text.str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "_").str.strip_chars("_")


_READ: Mapping[Holds, Callable[[pl.Series, Column], pl.Series]] = {
    Holds.TEXT: _text,
    Holds.NOTE: _note,
    Holds.WORD: _word,
    Holds.YES_NO: _yes_no,
    Holds.STATE: _state,
    Holds.DAY: _day,
    Holds.DAYS: _days,
    Holds.CODES: _codes,
    Holds.MONEY: _amount(MONEY),
    Holds.NUMBER: _amount(UNITS),
}

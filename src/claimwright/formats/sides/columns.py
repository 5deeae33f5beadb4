"""What a column of a side file may hold, and what a kind of side file is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import polars as pl

from claimwright.formats.headers import ALIASES, plain
from claimwright.lines.schema import MONEY, UNITS, modifier_columns


class Holds(StrEnum):
    """What stands in a cell; the value is how the documentation names it."""

    TEXT = "text"
    PROCEDURE = "a procedure code"
    MODIFIERS = "modifiers, `GP;59`"
    CODES = "procedure codes, `97026;97110`, or `all`, or `none`"
    DAY = "a day, `2026-03-10`, `20260310` or `3/10/2026`"
    DAYS = "days, `2026-02-20;2026-03-06`, or `none`"
    MONEY = "dollars and cents, `45.50`"
    NUMBER = "a number"
    YES_NO = "`yes` or `no`"
    WORD = "one of some words"
    STATE = "the two letters of a state"
    NOTE = "the text of a note, kept as it is"


_TYPES: Mapping[Holds, pl.DataType | type[pl.DataType]] = {
    Holds.CODES: pl.List(pl.String),
    Holds.DAY: pl.Date,
    Holds.DAYS: pl.List(pl.Date),
    Holds.MONEY: MONEY,
    Holds.NUMBER: UNITS,
    Holds.YES_NO: pl.Boolean,
}


@dataclass(frozen=True)
class Column:
    """One column: its name, what it holds and says, and what else people call it.

    `words` are the words it may hold, each with what else people write for it. A row without a `required` value is left
    out, and so is one whose value cannot be read where missing would say something (`telling`); one without a `wanted`
    value is kept and told. Numbers are zero or more; `positive` ones more, `signed` ones any.
    """

    name: str
    holds: Holds
    says: str
    aka: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    required: bool = False
    telling: bool = False
    wanted: bool = False
    positive: bool = False
    signed: bool = False

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Whatever people may write for a word, plain → the word."""
        return {plain(spelling): word for word, others in self.words.items() for spelling in (word, *others)}

    @property
    def vital(self) -> bool:
        """Whether a row goes with a value that cannot be read."""
        return self.required or self.telling

    @property
    def frame_columns(self) -> dict[str, pl.DataType | type[pl.DataType]]:
        """The columns of the frame that hold it."""
        if self.holds is Holds.MODIFIERS:
            return dict.fromkeys(modifier_columns, pl.String)
        return {self.name: _TYPES.get(self.holds, pl.String)}


@dataclass(frozen=True)
class Kind:
    """One kind of side file.

    `name` is that of its schema and of its option; `says` is its title, `row` what one row of it is; a table without
    its `key` is none of the kind, and its headers are not repeated. `page` tells what its columns are.
    """

    name: str
    says: str
    row: str
    columns: tuple[Column, ...]
    key: str = "member_id"
    page: str = "docs/side-files.md"

    @cached_property
    def named(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What people call its columns: as on claims, and its own words, which go first."""
        claims = {alias: column for alias, column in ALIASES.items() if column in self.named}
        return claims | {alias: column.name for column in self.columns for alias in column.aka}

    @cached_property
    def schema(self) -> dict[str, pl.DataType | type[pl.DataType]]:
        """The columns of its frame: `row` counts the rows of the file from 1."""
        columns = {"row": pl.UInt32}
        return {**columns, **{name: kind for each in self.columns for name, kind in each.frame_columns.items()}}

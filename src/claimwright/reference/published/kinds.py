"""How the cells of a published table are read: one kind for each way of writing, all columns wide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from claimwright.lines.lookalikes import LOOKALIKE, meant
from claimwright.reference.rows import CODE
from claimwright.reference.tables import AMOUNT


@dataclass(frozen=True)
class Kind:
    """A way of writing.

    `read` makes a value of stripped text, null where it cannot; cells that are empty or stand for nothing (`blank`)
    are null too, and wrong only where the column may not be empty. `what` says of a wrong cell what it is not.
    """

    read: Callable[[pl.Expr], pl.Expr]
    what: str
    help: str
    blank: tuple[str, ...] = ()

    def empty(self, text: pl.Expr) -> pl.Expr:
        """Whether a cell stands for nothing."""
        return (text.is_null() | text.is_in(["", *self.blank])).fill_null(value=True)


def _shaped(pattern: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: pl.when(text.str.contains(pattern).fill_null(value=False)).then(text)


def _day(text: pl.Expr) -> pl.Expr:
    """20260701 as in text files, 2026-07-01 as a workbook gives a cell that is a date."""
    compact = pl.when(text.str.contains(r"^\d{8}$").fill_null(value=False)).then(text)
    return pl.coalesce(compact.str.to_date("%Y%m%d", strict=False), text.str.slice(0, 10).str.to_date(strict=False))


def _iso(text: pl.Expr) -> pl.Expr:
    return text.str.to_date("%Y-%m-%d", strict=False)


def _amount(text: pl.Expr) -> pl.Expr:
    plain = pl.when(text.str.contains(r"^\d{0,7}(\.\d{0,4})?$").fill_null(value=False)).then(text)
    return plain.cast(AMOUNT, strict=False)


def _count(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(r"^\d{1,6}$").fill_null(value=False)).then(text).cast(pl.Int32, strict=False)


def _flag(yes: str, no: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: text.replace_strict({yes: True, no: False}, default=None, return_dtype=pl.Boolean)


def pattern(shape: str, what: str, help_: str) -> Kind:
    """Text of a shape, kept as it is."""
    return Kind(_shaped(shape), what, help_)


PROCEDURE = pattern(CODE, "{} is not a CPT or HCPCS code", "a code has five characters, like 97026 or G0283")
SUPPLY = pattern(r"^[A-V][0-9]{4}$", "{} is not a HCPCS Level II code", "a letter and four digits, like A4639")
DIAGNOSIS = pattern(
    r"^[A-Z][0-9A-Z]{2}([0-9A-Z]{1,4})?$",  # QA00 came in April 2026
    "{} is not an ICD-10-CM code",
    "three to seven characters without a dot, like M1711",
)
OLD_DIAGNOSIS = pattern(
    r"^(\d{3,5}|V\d{2,4}|E\d{3,4})$",
    "{} is not an ICD-9-CM diagnosis code",
    "three to five characters without a dot, like 71946, V5789 or E8809",
)
MAPPED = Kind(
    # one line of the file of 2018 has a small letter, v5889
    lambda text: _shaped(r"^([0-9A-Z]{3,7}|NODX)$")(text.str.to_uppercase()),
    "{} is not a diagnosis code",
    "three to seven characters without a dot, or NoDx where there is no code",
)
MAPPING_FLAGS = pattern(r"^[01]{3}\d{2}$", "{} is not a group of flags", "three of 0 or 1, and two digits, like 10112")
DAY = Kind(_day, "{} is not a date", "write year, month and day, like 20260701")
DAY_OR_STAR = Kind(_day, "{} is not a date", "write 20260701, or * where there is none", ("*",))
ISO_DAY = Kind(_iso, "{} is not a date", "write a date like 2026-07-01, or nothing")
EDIT_INDICATOR = Kind(
    lambda text: _shaped("^[019]$")(text).cast(pl.UInt8), "{} is not a modifier indicator", "it is 0, 1 or 9"
)
LIMIT_INDICATOR = Kind(
    lambda text: text.str.extract(r"^([123])(?:\s.*)?$").cast(pl.UInt8),
    "{} is not an adjudication indicator",
    "it begins with 1, 2 or 3",
)
ADD_ON_TYPE = Kind(lambda text: _shaped("^[123]$")(text).cast(pl.UInt8), "{} is not a type", "it is 1, 2 or 3")
COUNT = Kind(_count, "{} is not a number of units", "write a whole number")
ORDER = Kind(lambda text: _shaped(r"^\d{5}$")(text).cast(pl.UInt32), "{} is not an order number", "it has five digits")
BILLABLE = Kind(_flag("1", "0"), "{} is not a header flag", "it is 0 for a header and 1 for a code that can be billed")
YES_NO = Kind(_flag("yes", "no"), "{} is neither yes nor no", "write yes or no")
DIVIDED = Kind(_flag("1", "0"), "{} is not a flag of ZIP codes with four more digits", "it is 0 or 1")
RURAL = pattern("^[RB]$", "{} is not a rural indicator", "it is R, B or empty")
YEAR_QUARTER = pattern(r"^20\d\d[1-4]$", "{} is not a year and quarter", "five digits, like 20262")
NOT_APPLICABLE = Kind(_flag("NA", ""), "{} stands where only NA may", "it is NA or empty")
PRIOR = Kind(_flag("*", ""), "{} stands where only * may", "it is * or empty")
VALUE = Kind(_amount, "{} is not an amount", "write a number like 0.21")
MODIFIER = pattern(r"^[0-9A-Z]{2}$", "{} is not a modifier", "two characters, like 26 or TC")
STATUS = pattern(r"^[A-Z]$", "{} is not a status code", "it is one letter, like A or R")
DIGIT = pattern(r"^[0-9]$", "{} is not an indicator", "it is one digit")
GLOBAL_DAYS = pattern(r"^(\d{3}|MMM|XXX|YYY|ZZZ)$", "{} is not a global period", "like 010, 090, XXX or ZZZ")
CONTRACTOR = pattern(r"^\d{5}$", "{} is not a contractor's number", "five digits, like 10112, zeros in front too")
STATE = pattern(r"^[A-Z]{2}$", "{} is not a state", "two letters, like OH")
LOCALITY = pattern(r"^\d{2}$", "{} is not a locality", "two digits, like 00 or 54")
ZIP = pattern(r"^\d{5}$", "{} is not a ZIP code", "five digits, zeros in front too")
PLACE = pattern(r"^\d{2}$", "{} is not a place of service", "two digits, like 11")
REASON = pattern(r"^([A-Z]{0,2}\d{1,3}|W1)$", "{} is not a reason code", "like 50, 119 or P14")
REMARK = pattern(r"^([MN]A?\d{1,3})$", "{} is not a remark code", "like N115 or MA13")
TEXT = Kind(lambda text: text, "", "")


def wrong(kind: Kind, value: str | None) -> tuple[str, str]:
    """What to say of a wrong cell, and what to do: a code with a letter for a digit is told, never corrected."""
    said = kind.what.format(value or "nothing")
    if kind is PROCEDURE and value and len(value) == 5:
        looks = pl.Series([value]).str.contains(LOOKALIKE).item()
        if looks:
            return f"{said}: a letter stands for a digit", f"{meant(value)} may be meant; get the file again to be sure"
    return said, kind.help

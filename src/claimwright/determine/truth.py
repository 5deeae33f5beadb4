"""The predicates as truth values over columns: one implementation, for a bucket, a million rows, or a domain's cells.

A truth value is a UInt8: 0 false, 1 unknown, 2 true. In this order Kleene's *and* is the smaller, *or* the larger, and
*not* is 2 minus the value, so that no null can slip through a `when` or a `filter`.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.lines.arrays import floats
from claimwright.policies.model import Predicate

FALSE, UNKNOWN, TRUE = 0, 1, 2
Truth = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


def from_bools(values: pl.Series) -> Truth:
    """A nullable Boolean column as truth values."""
    return np.nan_to_num(floats(values) * TRUE, nan=UNKNOWN).astype(np.uint8)


def known(condition: Mask) -> Truth:
    """Truth of something never unknown."""
    return condition.astype(np.uint8) * np.uint8(TRUE)


def unless(unstated: Mask | None, truth: Truth) -> Truth:
    """The truth, but unknown on rows whose input left the field open."""
    return truth if unstated is None else np.where(unstated, np.uint8(UNKNOWN), truth)


def all_of(parts: Sequence[Truth]) -> Truth:
    """Kleene's and. At least one part."""
    combined: Truth = np.minimum.reduce(parts)
    return combined


def any_of(parts: Sequence[Truth]) -> Truth:
    """Kleene's or. At least one part."""
    combined: Truth = np.maximum.reduce(parts)
    return combined


def negated(part: Truth) -> Truth:
    return (np.uint8(TRUE) - part).astype(np.uint8)


def told(whole: Truth, parts: Truth) -> Truth:
    """What is said of a thing as a whole, else what its parts make of it; unknown where the two disagree."""
    agreed = np.where(whole == parts, whole, np.uint8(UNKNOWN))
    return np.where(whole == UNKNOWN, parts, np.where(parts == UNKNOWN, whole, agreed)).astype(np.uint8)


def of_code(predicate: Predicate, held: Mask, present: Mask, unstated: Mask | None) -> Truth:
    """A predicate on one code. `held`: the code is in the operand; `present`: there is a code.

    An absent code is in no set, and not known to be outside one: both `in` and `not in` are false of it.
    """
    match predicate.op:
        case "in":
            return unless(unstated, known(held))
        case "not in":
            return unless(unstated, known(present & ~held))
        case "is present":
            return unless(unstated, known(present))
        case "is absent":
            return unless(unstated, known(~present))
    raise AssertionError(predicate.op)


def of_codes(predicate: Predicate, held: Sequence[Mask], present: Sequence[Mask], open_ended: Mask | None) -> Truth:
    """A predicate on a list of codes, one array for each place of the list.

    `open_ended` marks rows whose list may hold more than is shown: there a *no* becomes unknown, and so does an *all*
    or a *none* that further codes could break; what is already shown still counts.
    """
    some = np.logical_or.reduce(held)
    outside = np.logical_or.reduce([is_there & ~is_in for is_there, is_in in zip(present, held, strict=True)])
    there = np.logical_or.reduce(present)
    more = np.uint8(UNKNOWN)

    def could_become_true(truth: Mask) -> Truth:
        return known(truth) if open_ended is None else np.where(open_ended & ~truth, more, known(truth))

    def could_become_false(truth: Mask) -> Truth:
        return known(truth) if open_ended is None else np.where(open_ended & truth, more, known(truth))

    match predicate.op:
        case "in":
            return could_become_true(some)
        case "none in":
            return could_become_false(~some)
        case "all in":
            settled = could_become_false(some & ~outside)
            # an empty list that may hold more is not yet false
            return settled if open_ended is None else np.where(open_ended & ~there, more, settled)
        case "partly in":
            return could_become_true(some & outside)
        case "is present":
            return could_become_true(there)
        case "is absent":
            return could_become_false(~there)
    raise AssertionError(predicate.op)


def of_some_of(predicate: Predicate, held: Sequence[Mask], present: Sequence[Mask]) -> Truth:
    """The same of codes that are some of those given, nobody knows which: settled where every choice settles it alike.

    Unknown where nothing is given.
    """
    some = np.logical_or.reduce(held)
    every = some & ~np.logical_or.reduce([is_there & ~is_in for is_there, is_in in zip(present, held, strict=True)])
    none = np.logical_or.reduce(present) & ~some
    match predicate.op:
        case "in" | "all in":
            return np.select([every, none], [np.uint8(TRUE), np.uint8(FALSE)], np.uint8(UNKNOWN))
        case "none in":
            return np.select([every, none], [np.uint8(FALSE), np.uint8(TRUE)], np.uint8(UNKNOWN))
        case "partly in":
            return np.where(every | none, np.uint8(FALSE), np.uint8(UNKNOWN))
    return np.full(some.size, UNKNOWN, dtype=np.uint8)


def of_scalar(predicate: Predicate, values: pl.Series, unstated: Mask | None, growing: Mask | None = None) -> Truth:
    """A predicate on a column of choices (text), yes/no (Boolean), numbers or dates; null is unknown.

    `is present` and `is absent` alone read null as known absent, unless the input left the field open. `growing` marks
    rows whose number may be larger than what was counted: there only what more of it cannot undo is settled.
    """
    match predicate.op:
        case "is present":
            return unless(unstated, known(values.is_not_null().to_numpy()))
        case "is absent":
            return unless(unstated, known(values.is_null().to_numpy()))
        case "is" if values.dtype == pl.Boolean:
            return unless(unstated, from_bools(values if predicate.operands[0] == "yes" else ~values))
        case "is" | "in":
            return unless(unstated, from_bools(_one_of(values, predicate.operands)))
        case "not in":
            return unless(unstated, from_bools(~_one_of(values, predicate.operands)))
    return unless(unstated, _measured(predicate, values, growing))


def _measured(predicate: Predicate, values: pl.Series, growing: Mask | None) -> Truth:
    """A comparison of numbers or dates with bounds."""
    numbers, bounds = floats(values), [_bound(operand, values.dtype) for operand in predicate.operands]
    match predicate.op:
        case "more than":
            holds = numbers > bounds[0]
        case "at least":
            holds = numbers >= bounds[0]
        case "at most":
            holds = numbers <= bounds[0]
        case "between":
            holds = (numbers >= bounds[0]) & (numbers <= bounds[1])
        case _:
            raise AssertionError(predicate.op)
    settled = np.where(np.isnan(numbers), np.uint8(UNKNOWN), known(holds))
    if growing is None:
        return settled
    undone = ~holds if predicate.op in {"more than", "at least"} else numbers <= bounds[-1]
    return np.where(growing & undone, np.uint8(UNKNOWN), settled)


def _one_of(values: pl.Series, operands: tuple[str, ...]) -> pl.Series:
    texts = values.cast(pl.String)
    return functools.reduce(operator.or_, [texts == operand for operand in operands])


def of_dates(predicate: Predicate, values: pl.Series, others: pl.Series) -> Truth:
    """`within N days of FACT`: no more than N days before or after; unknown when either day is."""
    apart = (values - others).dt.total_days().abs()
    return from_bools(apart <= int(predicate.operands[0]))


def _bound(text: str, dtype: pl.DataType) -> float:
    """An operand as a number; a day counts from 1970-01-01."""
    return float((date.fromisoformat(text) - date(1970, 1, 1)).days) if dtype == pl.Date else float(text)

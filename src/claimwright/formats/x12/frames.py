"""Collected claims and lines into one frame of the schema."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl

from claimwright.formats import codes
from claimwright.formats.assembly import assemble, filled
from claimwright.formats.batch import Batch
from claimwright.formats.checks import dates_of_service
from claimwright.formats.places import Places
from claimwright.formats.values import flag, typed
from claimwright.formats.x12.claims import MIXED, UNREAD
from claimwright.formats.x12.fields import CLAIM_PLACES, CLAIM_TEXTS, FIELD, ITEM, LINE, LINE_PLACES
from claimwright.formats.x12.others import adjustments, other_payers
from claimwright.formats.x12.state import Batching, Mark
from claimwright.lines.problems import Problem
from claimwright.lines.schema import LINE_SCHEMA, Unstated, dx_columns, identity, modifier_columns, pointed_columns

_FIELDS = {
    "claim_charge": "CLM02",
    "onset": "DTP*431",
    "initial_treatment": "DTP*454",
    "accident": "DTP*439",
    "last_seen": "DTP*304",
    "statement_from": "DTP*434",
    "statement_to": "DTP*434",
    "birth_date": "DMG02",
    "paid": "AMT*D",
    "amount": "CAS",
    "quantity": "CAS",
    "units": "SV1/SV2 units",
    "charge": "SV1/SV2 charge",
    "procedure": "SV1/SV2 procedure",
    "pointers": "SV107",
    "service_from": "DTP*472",
    "service_to": "DTP*472",
    **dict.fromkeys(modifier_columns, "SV1/SV2 modifiers"),
    **dict.fromkeys(dx_columns, "HI"),
}
_SEGMENTS = {
    "claim_charge": "at_claim",
    "birth_date": "@birth_date",
    "statement_from": "@statement",
    "statement_to": "@statement",
    "service_from": "at_service",
    "service_to": "at_service",
    **dict.fromkeys(("units", "charge", "procedure", "pointers", *modifier_columns), "at_line"),
    **dict.fromkeys(("paid", "amount", "quantity"), "segment"),
    **{name: "@" + name for name in ("onset", "initial_treatment", "accident", "last_seen")},
    **dict.fromkeys(dx_columns, "at_diagnoses"),
}


_KINDS = {name: LINE_SCHEMA[name] for name in ("claim_index", "offset", "length", "line")}
_FROM_ZERO = ("row", "offset")


def _kind(name: str) -> Any:
    """The type of a field that single lines or other payers have, before anything is parsed."""
    return pl.UInt32 if name.startswith(("@", "at_")) or name in ("row", "line_row", "segment") else pl.String


def batches_of(out: Batching, file: str, end: Mark) -> Iterator[Batch]:
    """Batches of whole claims with everything parsed, up to each mark and up to the end; problems in file order.

    Several batches are made from one frame, because the queries that make a frame cost as much as thousands of claims.
    """
    later: list[Problem] = []
    frame = _frame(out, file, later) if out.lines else assemble({}, 0)
    before = Mark(0, 0, 0, 0, 0)
    for mark in (*out.marks, end):
        problems = out.problems[before.problems : mark.problems]
        problems += [problem for problem in later if before.at <= (problem.segment or 0) < mark.at]
        problems.sort(key=lambda problem: (problem.segment or 0, problem.offset or 0))
        lines = frame[before.lines : mark.lines]
        yield Batch(lines, tuple(problems), mark.claims - before.claims, mark.bytes_read)
        before = mark


def _frame(out: Batching, file: str, problems: list[Problem]) -> pl.DataFrame:
    places = Places(file, _FIELDS, _SEGMENTS)
    claims = _claims(out, places, problems)
    lines = _lines(out, claims, places, problems)
    row = lines["row"]
    frame = _service_days(_merged(claims[row], lines))
    unread = frame["service"].is_not_null() if "service" in frame.columns else filled("", False, len(row), pl.Boolean)
    problems += dates_of_service(frame, unread, places)
    frame, more = codes.pointers(frame, places)
    if "dx_trouble" in frame.columns:
        unread = frame["dx_trouble"].str.contains(UNREAD).fill_null(False)
        told = set(frame.filter(unread)["at_line"])  # why their pointers name nothing was told with the diagnoses
        more = [problem for problem in more if problem.segment not in told]
        frame = _unread_diagnoses(frame, unread)
    problems += more
    columns = {column.name: column for column in frame.get_columns()}
    columns["file"] = filled("file", file, len(row), pl.String)
    if out.payers:
        columns["other_payers"] = other_payers(_records(out.payers), row, places, problems)
    if out.adjustments:
        for adjustment in out.adjustments:
            if adjustment["other"] is not None:
                adjustment["payer"] = adjustment["other"].get("id")
        columns["adjustments"] = adjustments(_records(out.adjustments), row, places, problems)
    return assemble(columns, len(row))


def _merged(claims: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Lines beside their claims (same rows): what both have is the line's, else the claim's; notes are both."""
    columns = {column.name: column for column in claims.get_columns()}
    for column in lines.get_columns():
        name = column.name
        if name not in columns:
            columns[name] = column
        elif name == "note":
            both = pl.DataFrame([columns[name], column.alias("own")])
            text = both.select(pl.concat_str("note", "own", separator="\n", ignore_nulls=True)).to_series()
            columns[name] = text.zip_with(text != "", filled("note", None, len(text), pl.String))
        else:
            columns[name] = column.zip_with(column.is_not_null(), columns[name])
    return pl.DataFrame(list(columns.values()))


def _service_days(frame: pl.DataFrame) -> pl.DataFrame:
    """The days of service; a line without its own has the statement's where that is one day (X223, DTP*472)."""
    if "service_from" not in frame.columns:
        nothing = filled("service_from", None, len(frame), pl.Date)
        frame = frame.with_columns(nothing, nothing.alias("service_to"), pl.lit(None, dtype=pl.String).alias("service"))
    if not {"statement_from", "statement_to"} <= set(frame.columns):
        return frame
    first, last = frame["statement_from"], frame["statement_to"]
    use = frame["service"].is_null() & (first == last).fill_null(False)
    days = (first.zip_with(use, frame[name]).alias(name) for name in ("service_from", "service_to"))
    return frame.with_columns(*days)


def _unread_diagnoses(frame: pl.DataFrame, unread: pl.Series) -> pl.DataFrame:
    """Where some diagnoses could not be read, neither they nor what the pointers name are known."""
    nothing = filled("", None, len(frame), pl.String)
    named = [name for name in pointed_columns if name in frame.columns]
    frame = frame.with_columns(frame[name].zip_with(~unread, nothing) for name in named)
    return flag(flag(frame, unread, Unstated.DIAGNOSES), unread, Unstated.POINTERS)


def _claims(out: Batching, places: Places, problems: list[Problem]) -> pl.DataFrame:
    frame = _spread(_table(out.claims, CLAIM_TEXTS, out.claim_places, CLAIM_PLACES), "dx", dx_columns)
    frame = _periods(frame, "statement", "statement_from", "statement_to")
    frame, more = typed(frame, places)
    problems += more
    frame, more = codes.diagnoses(frame, places)
    problems += more
    if {"dx_trouble", "dx_system"} <= set(frame.columns):
        single = ~frame["dx_trouble"].str.contains(MIXED).fill_null(False)
        frame = frame.with_columns(
            frame["dx_system"].zip_with(single, filled("dx_system", None, len(frame), pl.String))
        )
    lacking = [
        pl.lit(None, dtype=pl.String).alias(name)
        for name in ("member_id", "patient_first", "billing_npi", "billing_tax_id")
        if name not in frame.columns
    ]
    if "birth_date" not in frame.columns:
        lacking.append(pl.lit(None, dtype=pl.Date).alias("birth_date"))
    if lacking:
        frame = frame.with_columns(lacking)
    return frame.with_columns(
        identity(pl.col("member_id"), pl.col("birth_date").dt.to_string("%Y-%m-%d"), pl.col("patient_first")).alias(
            "patient"
        ),
    ).with_columns(_providers(frame))


def _providers(frame: pl.DataFrame) -> pl.Series:
    """The key of each claim's billing provider; a file has few, so each is worked out once."""
    keys = ["billing_npi", "billing_tax_id"]
    each = frame.select(keys).unique()
    found = [_provider(npi, tax_id) for npi, tax_id in each.iter_rows()]
    each = each.with_columns(pl.Series("provider", found, dtype=pl.UInt64))
    return frame.select(keys).join(each, on=keys, how="left", nulls_equal=True, maintain_order="left")["provider"]


@lru_cache(maxsize=10_000)
def _provider(npi: str | None, tax_id: str | None) -> int | None:
    one = pl.DataFrame({"npi": [npi], "tax_id": [tax_id]}, schema={"npi": pl.String, "tax_id": pl.String})
    key = one.select(pl.coalesce(identity(pl.col("npi")), identity(pl.col("tax_id")))).item()
    return int(key) if key is not None else None


def _lines(out: Batching, claims: pl.DataFrame, places: Places, problems: list[Problem]) -> pl.DataFrame:
    frame = _spread(_table(out.lines, LINE, out.line_places, LINE_PLACES), "modifiers", modifier_columns)
    own = [_own(name, said, len(frame)) for name, said in out.own.items()]
    frame = frame.with_columns(own)
    names = [name for name in ("claim", "claim_index") if name in claims.columns]
    frame = frame.hstack(claims.select(names)[frame["row"]])
    frame = _periods(frame, "service", "service_from", "service_to")
    frame, more = typed(frame, places)
    problems += more
    frame, more = codes.procedures(frame, places)
    problems += more
    frame, more = codes.modifiers(frame, places)
    problems += more
    return frame


def _table(rows: list[str], names: tuple[str, ...], numbers: array[int], places: tuple[str, ...]) -> pl.DataFrame:
    """Rows of texts and of places as columns, without those that are empty in every row."""
    split = pl.col("rows").str.split_exact(FIELD, len(names) - 1).struct.rename_fields(list(names))
    grid = np.frombuffer(numbers, dtype=np.uint64).reshape(len(rows), len(places))
    frame = pl.DataFrame([pl.Series("rows", rows, dtype=pl.String)]).select(split).unnest("rows")
    frame = frame.hstack([pl.Series(name, grid[:, place]) for place, name in enumerate(places)])
    whole = frame.select(
        pl.when((pl.col(pl.String) != "").fill_null(False)).then(pl.col(pl.String)),
        *(
            (
                pl.col(name) if name in _FROM_ZERO else pl.when((pl.col(name) > 0).fill_null(False)).then(pl.col(name))
            ).cast(_KINDS.get(name, pl.UInt32))
            for name in places
        ),
    )
    return pl.DataFrame([column for column in whole.get_columns() if column.null_count() < len(rows)])


def _spread(frame: pl.DataFrame, name: str, columns: list[str]) -> pl.DataFrame:
    """The items of a list field as numbered columns, as many as the longest list needs."""
    if name not in frame.columns:
        return frame
    most = frame.select(pl.col(name).str.count_matches(ITEM, literal=True).max()).item()
    names = columns[: most + 1]
    items = frame.select(pl.col(name).str.split_exact(ITEM, most).struct.rename_fields(names)).unnest(name)
    return frame.drop(name).hstack(items)


def _own(name: str, said: dict[int, Any], length: int) -> pl.Series:
    """What single lines say, as a column of all lines."""
    values = [None] * length
    for index, value in said.items():
        values[index] = value
    return pl.Series(name, values, dtype=_kind(name))


def _records(records: list[dict[str, Any]]) -> pl.DataFrame:
    names = [name for name in records[0] if name != "other"]
    return pl.DataFrame([pl.Series(name, [record[name] for record in records], dtype=_kind(name)) for name in names])


def _periods(frame: pl.DataFrame, name: str, first: str, last: str) -> pl.DataFrame:
    """Split CCYYMMDD-CCYYMMDD; one day is its own last day."""
    if name not in frame.columns:
        return frame
    text = frame[name]
    if (text.str.len_bytes() == 8).all():
        return frame.with_columns(text.alias(first), text.alias(last))
    dash = text.str.contains("-", literal=True).fill_null(False)
    parts = text.str.splitn("-", 2)
    begins = text.zip_with(~dash, parts.struct.field("field_0"))
    ends = text.zip_with(~dash, parts.struct.field("field_1"))
    return frame.with_columns(begins.alias(first), ends.alias(last))

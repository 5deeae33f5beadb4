"""Whose rows a side file holds: side rows and claim lines brought together by patient and by payer.

A row names the member, and may name the birth date and the first name beside. Where it leaves open which of several
people with one member id it means, it is nobody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.lines.schema import identity
from claimwright.reference import payers
from claimwright.reference.payer_table import PayerTable, normalise

Rows = npt.NDArray[np.int64]

READ = ("member_id", "birth_date", "patient_first")
NAMES_PAYER = ("payer", "payer_id", "payer_name")
OTHER, OPEN, SAME = 0, 1, 2
Verdicts = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class People:
    """`of` gives each line's person, -1 where the member id is missing or a placeholder; `known` has a row for each."""

    of: Rows
    known: pl.DataFrame


@dataclass(frozen=True)
class Theirs:
    """Side rows and the people they may be of, a row each pair, and whether the row can mean no one else."""

    person: Rows
    row: Rows
    certain: npt.NDArray[np.bool_]


def people(lines: pl.DataFrame) -> People:
    """Number the people of some lines by member id, birth date and first name."""
    keys = _keys(lines)
    known = keys.unique(maintain_order=True).filter(pl.col("member").is_not_null()).with_row_index("person")
    of = keys.join(known, on=["member", "born", "first"], how="left", maintain_order="left", nulls_equal=True)["person"]
    return People(of.cast(pl.Int64).fill_null(-1).to_numpy(), known)


def theirs(them: People, side: pl.DataFrame) -> Theirs:
    """The people each side row may mean: those with its member id whose birth date and first name do not differ."""
    rows = _keys(side).with_row_index("row")
    pairs = rows.join(them.known, on="member", maintain_order="left").filter(
        (pl.col("born") == pl.col("born_right")).fill_null(True)
        & (pl.col("first") == pl.col("first_right")).fill_null(True)
    )
    meant = pairs.group_by("row").agg(
        (
            (pl.col("born_right").drop_nulls().n_unique() < 2) & (pl.col("first_right").drop_nulls().n_unique() < 2)
        ).alias("certain")
    )
    told = pairs.join(meant, on="row", how="left", maintain_order="left")
    return Theirs(
        told["person"].cast(pl.Int64).to_numpy(), told["row"].cast(pl.Int64).to_numpy(), told["certain"].to_numpy()
    )


def _keys(frame: pl.DataFrame) -> pl.DataFrame:
    """What tells people apart; a column that a frame does not have tells nothing."""
    columns = frame.columns
    return frame.select(
        identity(pl.col("member_id")).alias("member"),
        (pl.col("birth_date") if "birth_date" in columns else pl.lit(None, dtype=pl.Date)).alias("born"),
        (identity(pl.col("patient_first")) if "patient_first" in columns else pl.lit(None, dtype=pl.UInt64)).alias(
            "first"
        ),
    )


@dataclass(frozen=True)
class Payers:
    """`of_line` numbers the payers of lines, `of_row` what side rows call theirs.

    `verdict[a, b]` says whether the payer `a` of a line is the one that a side row calls `b`: SAME, OTHER, or OPEN
    where the name is not understood. A row that names none means any payer. `alike[a, b]` says the same (SAME or OTHER)
    of the payers of two lines.
    """

    of_line: Rows
    of_row: Rows
    verdict: Verdicts
    alike: Verdicts


def payers_named(lines: pl.DataFrame, side: pl.DataFrame, table: PayerTable) -> Payers:
    """Compare the payers of lines (key, id, name) with those that a side file names by key, id or name."""
    told = lines.select(
        pl.col(name) if name in lines.columns else pl.lit(None, dtype=pl.String).alias(name) for name in NAMES_PAYER
    )
    of_line, ones = _numbered(told)
    of_row, others = _numbered(side.select("payer"))
    texts: list[str | None] = others["payer"].to_list()
    keys = _resolved(texts, table)
    verdict = np.zeros((ones.height, len(texts)), dtype=np.uint8)
    for place, (key, *names) in enumerate(ones.iter_rows()):
        called = {normalise(name) for name in (key, *names) if name}
        for other, (text, resolved) in enumerate(zip(texts, keys, strict=True)):
            if text is None or normalise(text) in called or (resolved is not None and resolved == key):
                verdict[place, other] = SAME
            elif key is None or resolved is None:
                verdict[place, other] = OPEN
    alike = np.zeros((ones.height, ones.height), dtype=np.uint8)
    np.fill_diagonal(alike, SAME)
    by_key = ones["payer"].to_numpy()
    alike[(by_key[:, None] == by_key[None, :]) & ones["payer"].is_not_null().to_numpy()[:, None]] = SAME
    return Payers(of_line, of_row, verdict, alike)


def _numbered(frame: pl.DataFrame) -> tuple[Rows, pl.DataFrame]:
    known = frame.unique(maintain_order=True).with_row_index("number")
    of = frame.join(known, on=frame.columns, how="left", maintain_order="left", nulls_equal=True)["number"]
    return of.cast(pl.Int64).to_numpy(), known.drop("number")


def _resolved(texts: Sequence[str | None], table: PayerTable) -> list[str | None]:
    """The payer keys that the payer table gives for texts that may be an id or a name."""
    nothing = pl.Series([None] * len(texts), dtype=pl.String)
    asked = pl.DataFrame(
        {
            "payer_id": pl.Series(texts, dtype=pl.String),
            "payer_name": pl.Series(texts, dtype=pl.String),
            **dict.fromkeys(("filing", "form", "bill_type"), nothing),
            "service_from": pl.Series([None] * len(texts), dtype=pl.Date),
        }
    )
    return payers.match(asked, table)["payer"].to_list()

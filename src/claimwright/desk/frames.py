"""The lines of a batch as its files have them, kept beside the database so that some can be decided again."""

from __future__ import annotations

import polars as pl

from claimwright.desk.desk import Desk
from claimwright.desk.laid import lines_path
from claimwright.desk.people import RefusedError

ROW = "row"  # a line's place in its batch
NEAR = "near"  # whether its answer may turn with the line that is asked for
# Patterns of a provider count lines of all patients. Past so many lines those that lie farther are left out.
MOST = 200_000
_KEYS = ("patient", "member_id", "file", "claim_index", "claim", "original_claim", "provider")


def around(desk: Desk, batch: str, row: int, *, alone: bool = False) -> pl.DataFrame:
    """A line with all that its answer may rest on, in the order of the batch, with the columns `row` and `near`.

    Near are the lines of its patient, of its member id (whose rows in side files may be a relative's) and of its claim,
    whatever else the file calls by that claim's number. The others, unless `alone`, are its provider's. Raises
    RefusedError.
    """
    kept = scanned(desk, batch)
    keys = kept.select(ROW, *_KEYS).collect()
    mine = keys.filter((pl.col(ROW) == row).fill_null(False))
    if not mine.height:
        raise RefusedError("the lines of this batch are not those that were checked; hand its files in again")
    one = mine.row(0, named=True)
    near = keys.select(pl.any_horizontal(_alike(one, "patient"), _alike(one, "member_id"), _of_claim(one))).to_series()
    beside = keys.select(_alike(one, "provider") & ~pl.lit(near)).to_series()
    rows = pl.concat(
        [keys[ROW].filter(near), keys[ROW].filter(beside).head(0 if alone else max(MOST - int(near.sum()), 0))]
    )
    found = kept.filter(pl.col(ROW).is_in(rows.implode()).fill_null(False)).collect().sort(ROW)
    return found.with_columns(pl.col(ROW).is_in(keys[ROW].filter(near).implode()).alias(NEAR))


def scanned(desk: Desk, batch: str) -> pl.LazyFrame:
    """All lines of a batch with their `row`, to be filtered. Raises RefusedError."""
    path = lines_path(desk, batch)
    if not path.is_file():
        raise RefusedError("the lines of this batch are no longer kept; hand its files in again")
    return pl.scan_parquet(path).with_row_index(ROW)


def _alike(one: dict[str, object], column: str) -> pl.Expr:
    """The lines that say the same there; none where this one says nothing."""
    value = one[column]
    return pl.lit(False) if value is None else pl.col(column).eq(value).fill_null(False)


def _of_claim(one: dict[str, object]) -> pl.Expr:
    """Its claim, and those that replace it, void it, or are replaced by it."""
    same = _alike(one, "file") & _alike(one, "claim_index")
    numbers = [one[name] for name in ("claim", "original_claim") if one[name] is not None]
    named = [pl.col(name).is_in(numbers).fill_null(False) for name in ("claim", "original_claim")] if numbers else []
    return same | (_alike(one, "file") & pl.any_horizontal(named)) if named else same

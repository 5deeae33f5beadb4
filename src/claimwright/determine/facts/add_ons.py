"""Whether a code that is only billed beside another stands without it: add-on code edits, over the visit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.code_status import Days
from claimwright.determine.facts.visits import Visits
from claimwright.reference.release import Release
from claimwright.reference.walk import ends

Flags = npt.NDArray[np.bool_]

SHOWN = 4  # how many of an add-on's primary codes are named
ALONE, TYPE, LIST = "add_on_alone", "add_on_type", "add_on_list"
PRIMARIES = tuple(f"add_on_primary_{place}" for place in range(1, SHOWN + 1))


def alone(
    lines: pl.DataFrame, days: Days, visits: Visits, releases: tuple[Release, ...]
) -> tuple[list[pl.Series], Flags]:
    """For each line: whether its code is an add-on and none of its primary codes is billed on the visit
    (`add_on_alone`), its type, the first of its primary codes, and the release that says so; and the lines of whose day
    no release speaks. An add-on of a day on which more may have been billed is unknown.

    The releases are asked in their order; a release speaks for its own days alone.
    """
    pending = np.ones(lines.height, dtype=np.bool_)
    stands = np.zeros(lines.height, dtype=np.bool_)
    open_ = np.zeros(lines.height, dtype=np.bool_)
    said = []
    for release in releases:
        first, last = ends(release.covers)
        asked = pending & (days >= first) & (days <= last)
        pending &= ~asked
        if not release.holds_all:
            open_ |= asked
        rows = _rows(lines, asked, release)
        if rows.is_empty():
            continue
        billed = pl.DataFrame({"visit": visits.of, "primary": lines["procedure"]})
        here = rows.with_columns(visit=visits.of[rows["line"].to_numpy()])
        met = here.join(billed, on=["visit", "primary"], how="semi")["line"].unique()
        stands[rows["line"].unique().to_numpy()] = True
        stands[met.to_numpy()] = False
        open_[rows["line"].unique().to_numpy()] = False
        said.append(
            rows.group_by("line", maintain_order=True)
            .agg(pl.col("type").min(), pl.col("primary").head(SHOWN))
            .with_columns(pl.lit(release.id).alias(LIST))
        )
    unknown = pending | open_ | (stands & visits.open_ended)
    column = pl.Series(ALONE, stands).set(pl.Series(unknown), None)
    return [column, *_described(said, lines.height)], unknown


def _rows(lines: pl.DataFrame, asked: Flags, release: Release) -> pl.DataFrame:
    """`line`, `primary` and `type` of the edits in force on the day of each line asked."""
    table = release.rows.frame
    wanted = pl.DataFrame({"line": np.arange(lines.height), "code": lines["procedure"], "day": lines["service_from"]})
    rows = wanted.filter(pl.Series(asked)).join(table, on="code", how="inner", maintain_order="left_right")
    begun = (pl.col("from") <= pl.col("day")) | pl.col("from").is_null()
    lasts = (pl.col("to") >= pl.col("day")) | pl.col("to").is_null()
    return rows.filter((begun & lasts).fill_null(value=False)).select("line", "primary", "type")


def _described(said: list[pl.DataFrame], height: int) -> list[pl.Series]:
    """Type, first primary codes and release of the lines that bill an add-on, in their places."""
    kinds = {TYPE: pl.Float64, LIST: pl.String, **dict.fromkeys(PRIMARIES, pl.String)}
    found = {name: pl.Series(name, [None], dtype=kind).new_from_index(0, height) for name, kind in kinds.items()}
    if said:
        told = pl.concat(said)
        at = told["line"]
        found[TYPE] = found[TYPE].scatter(at, told["type"].cast(pl.Float64))
        found[LIST] = found[LIST].scatter(at, told[LIST])
        for place, name in enumerate(PRIMARIES):
            found[name] = found[name].scatter(at, told["primary"].list.get(place, null_on_oob=True))
    return list(found.values())

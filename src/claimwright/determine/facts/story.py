"""A patient's services in order: the lines of a run that stand, and the rows of the history file, none counted twice.

A line that the history file holds as well, as the same code of the same patient, provider and day, is `told`: what
is counted of it is what the history says. So is every line of a day for which the file has a row of the whole visit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts import disciplines
from claimwright.determine.facts.people import Payers, People, payers_named, people, theirs
from claimwright.determine.facts.visits import Visits
from claimwright.lines.arrays import integers
from claimwright.lines.schema import identity
from claimwright.reference.payer_table import PayerTable

Rows = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

NO_DAY = np.iinfo(np.int32).min
READ = ("member_id", "birth_date", "patient_first", "payer_id", "payer_name", "billing_npi", "rendering_npi")
_EVENTS = {
    "patient": pl.Int64,
    "provider": pl.UInt64,  # null in a row that names none
    "elsewhere": pl.Boolean,  # a row that names a provider whom no line of the patient names
    "day": pl.Int32,  # since 1970-01-01; null where a row has none
    "discipline": pl.Int64,  # of facts.disciplines; 0 unknown
    "payer": pl.Int64,  # of a line its payer's number, of a row the number of what it calls its payer
    "procedure": pl.String,
    "units": pl.Float64,
    "allowed": pl.Float64,
    "line": pl.Int64,  # null in rows of the history
    "told": pl.Boolean,
    "unsure": pl.Boolean,  # more may have been billed that day than is seen
}


@dataclass(frozen=True)
class Story:
    """`events` has a row for each line that stands and each row of the history that is of somebody of the run.

    `patient` numbers each line's patient, -1 where the identity is not whole; `provider`, `day` (NO_DAY where missing)
    and `discipline` are each line's. `doubtful` marks lines for whose patient there are rows that may be somebody
    else's, or that have no day; `loose` those for whose patient there is a line of several days, of which nobody knows
    on which there was a visit. `given` says whether there was a history at all, `whole` whether it holds all that came
    before.
    """

    events: pl.DataFrame
    patient: Rows
    provider: pl.Series
    day: Days
    discipline: Rows
    payers: Payers
    doubtful: Flags
    loose: Flags
    given: bool
    whole: bool

    @property
    def codes(self) -> pl.Series:
        """The procedure of each event, about which code sets are asked."""
        return self.events["procedure"]

    @property
    def days(self) -> Days:
        """The day of each event, on which code sets are asked; 0 where it has none."""
        return integers(self.events["day"], 0).astype(np.int32)

    def verdicts(self, mine: Rows, theirs_: Rows, of_line: Flags) -> npt.NDArray[np.uint8]:
        """Whether payers of lines are those of events: `of_line` tells events that are lines from rows."""
        found = np.empty(mine.size, dtype=np.uint8)
        found[of_line] = self.payers.alike[mine[of_line], theirs_[of_line]]
        found[~of_line] = self.payers.verdict[mine[~of_line], theirs_[~of_line]]
        return found


def story(
    lines: pl.DataFrame,
    visits: Visits,
    live: Flags,
    history: pl.DataFrame | None,
    table: PayerTable,
    *,
    lost: bool = False,
) -> Story:
    """Put the services of a run and of its history together.

    `history` has the columns of HISTORY_SCHEMA; `live` marks the lines of claims that stand, the others are no events;
    `lost` says that rows of the history could not be read.
    """
    them = people(lines)
    named = payers_named(lines, pl.DataFrame(schema={"payer": pl.String}) if history is None else history, table)
    discipline = disciplines.of_visit(disciplines.told(lines), visits)
    patients = _patients(lines, them)
    told = pl.DataFrame({"patient": patients, "discipline": discipline, "payer": named.of_line})
    events = _of_lines(lines, visits, live, told)
    doubtful = np.zeros(lines.height, dtype=np.bool_)
    if history is not None and history.height:
        rows, unsure = _of_history(lines, history, them, patients, named)
        dayless = rows.filter(pl.col("day").is_null())["patient"].to_numpy()
        doubtful = (np.isin(them.of, unsure) & (them.of >= 0)) | np.isin(patients, dayless)
        events = pl.concat([_with_told(events, rows), rows])
    day = integers(lines["service_from"], NO_DAY).astype(np.int32)
    several = live & (lines["service_to"] > lines["service_from"]).fill_null(False).to_numpy()
    loose = np.isin(patients, patients[several]) & (patients >= 0)
    given = history is not None
    provider, whole = lines["provider"], given and not lost
    return Story(events, patients, provider, day, discipline, named, doubtful, loose, given, whole)


def _patients(lines: pl.DataFrame, them: People) -> Rows:
    """Each line's patient by number, -1 where the identity is not whole."""
    keys = pl.DataFrame({"patient": lines["patient"], "person": them.of})
    known = keys.drop_nulls("patient").unique(maintain_order=True).with_row_index("number")
    of = keys.join(known, on=["patient", "person"], how="left", maintain_order="left")["number"]
    return of.cast(pl.Int64).fill_null(-1).to_numpy()


def _of_lines(lines: pl.DataFrame, visits: Visits, live: Flags, told: pl.DataFrame) -> pl.DataFrame:
    known = live & (told["patient"] >= 0).to_numpy() & lines["service_from"].is_not_null().to_numpy()
    numbered = lines.select("provider", "procedure", "units", pl.col("service_from").alias("day")).hstack(told)
    return (
        numbered.with_columns(
            pl.col("day").cast(pl.Int32),
            line=pl.int_range(pl.len()),
            allowed=None,
            elsewhere=False,
            told=False,
            unsure=pl.Series(visits.open_ended),
        )
        .select(pl.col(name).cast(kind) for name, kind in _EVENTS.items())
        .filter(pl.Series(known))
    )


def _of_history(
    lines: pl.DataFrame, history: pl.DataFrame, them: People, patients: Rows, named: Payers
) -> tuple[pl.DataFrame, Rows]:
    """The rows of the history for the patients of the run, and the people whose rows may be somebody else's."""
    pairs = theirs(them, history)
    owners = pl.DataFrame({"person": pairs.person, "row": pairs.row}).filter(pl.Series(pairs.certain))
    known = (them.of >= 0) & (patients >= 0)
    bearers = pl.DataFrame({"person": them.of[known], "patient": patients[known]}).unique(maintain_order=True)
    modifier, word = disciplines.told(history), disciplines.named(history["discipline"])
    rows = history.select(
        pl.int_range(pl.len()).alias("row"),
        identity(pl.col("provider_npi")).alias("npi"),
        pl.col("service_from").alias("day"),
        pl.Series("discipline", np.where(modifier > 0, modifier, word)),
        pl.Series("payer", named.of_row),
        "procedure",
        "units",
        "allowed",
    )
    joined = (
        owners.join(bearers, on="person")
        .join(rows, on="row")
        .join(_providers(lines, patients), on=["patient", "npi"], how="left")
        .sort("row", "patient")
    )
    events = joined.with_columns(
        (pl.col("npi").is_not_null() & pl.col("provider").is_null()).alias("elsewhere"),
        pl.col("day").cast(pl.Int32),
        line=None,
        told=False,
        unsure=False,
    ).select(pl.col(name).cast(kind) for name, kind in _EVENTS.items())
    return events, np.unique(pairs.person[~pairs.certain])


def _providers(lines: pl.DataFrame, patients: Rows) -> pl.DataFrame:
    """By which identifiers the provider of each patient's lines may be named: who bills, and who treats."""
    of = pl.Series("patient", patients)
    named = [
        lines.select(of, identity(pl.col(name)).alias("npi"), "provider") for name in ("billing_npi", "rendering_npi")
    ]
    return pl.concat(named).drop_nulls().unique(["patient", "npi"], keep="first", maintain_order=True)


def _with_told(events: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The events of lines, those marked that the rows of the history hold as well: so many of a code as there are."""
    place, anyone = ["patient", "day"], pl.col("provider").is_null() & ~pl.col("elsewhere")
    whole = rows.filter(pl.col("procedure").is_null())
    parts = rows.filter(pl.col("procedure").is_not_null())
    counted = events.with_columns(pl.int_range(pl.len()).over("patient", "provider", "day", "procedure").alias("place"))
    for name, held, keys in (
        ("own", parts.filter(pl.col("provider").is_not_null()), [*place, "provider", "procedure"]),
        ("any", parts.filter(anyone.fill_null(False)), [*place, "procedure"]),
        ("visit", whole.filter(pl.col("provider").is_not_null()), [*place, "provider"]),
        ("any visit", whole.filter(anyone.fill_null(False)), place),
    ):
        many = held.group_by(keys).agg(pl.len().cast(pl.Int64).alias(name))
        counted = counted.join(many, on=keys, how="left", maintain_order="left").with_columns(pl.col(name).fill_null(0))
    told = (pl.col("place") < pl.col("own") + pl.col("any")) | (pl.col("visit") + pl.col("any visit") > 0)
    return counted.with_columns(told.alias("told")).select(events.columns)

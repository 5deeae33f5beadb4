"""What each line is expected to bring, in whole cents, over all lines at once: joins and integer arithmetic.

Every line is taken as paid as it is billed. Nothing here decides an outcome. The order is Medicare's as far as it was
verified (reference/payment.csv): the fee, half the practice expense of therapy after the first unit of the day, the
lesser of that and the charge; then the patient's share, the assistant's percentage, and sequestration.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine import contract_fees
from claimwright.determine.facts.visits import visits
from claimwright.determine.sources import Sources
from claimwright.lines.schema import modifier_columns
from claimwright.reference import fees, payment
from claimwright.reference.localities import Locality, localities
from claimwright.reference.payers import PART_B
from claimwright.reference.tables import INDICES, LOCALITIES, RELATIVE_VALUES

THERAPY = "5"  # multiple procedure indicator of the schedule: therapy services whose practice expense is halved
PAYABLE = ("A", "R", "T")  # active, restricted coverage, paid when nothing else is
ASSISTANTS = ("CQ", "CO")
CONTRACTS = "contract-fees"  # under which the fee schedules given stand in the basis of an answer
NOT_LOADED = "no relative values of the year are loaded"
# what the other status codes of the schedule mean for an amount
STATUS: Mapping[str, str] = {
    "B": "the schedule bundles the code into others: it has no amount of its own",
    "P": "the schedule bundles the code into others: it has no amount of its own",
    "C": "the contractor sets the price of the code",
    "E": "the code is not paid by the fee schedule",
    "I": "the code is not valid for Medicare",
    "N": "Medicare does not cover the code",
    "X": "the code is not paid by the fee schedule",
}
_PERCENTS = (payment.HALVED, payment.LESSER, payment.SHARE, payment.ASSISTANT, payment.SEQUESTRATION)
_UNIT = 1000  # units have three decimals
_CENT = fees.SCALE**3 // 100  # of a relative value times an index times a conversion factor, in a cent
_LINE = (
    *("file", "claim_index", "patient", "provider", "service_from", "service_to", "unstated", "form", "program"),
    *(
        "procedure",
        "units",
        "charge",
        "place",
        "facility_state",
        "facility_zip",
        "billing_state",
        "billing_zip",
        *modifier_columns,
    ),
)


@dataclass(frozen=True)
class Priced:
    """One row for each line: `why` nothing is known, or the parts of its amount in cents; and where lines are paid."""

    frame: pl.DataFrame
    localities: tuple[Locality, ...]
    hashes: Mapping[str, str]

    def basis(self, row: int | None = None) -> dict[str, str]:
        """What the amount of a line, or of all lines, stands on: release or table, and the hash of its content."""
        chosen = self.frame if row is None else self.frame[row]
        known = chosen.filter(pl.col("why").is_null()).select("contracted", "release", "locality").unique()
        names: set[str] = set()
        for contracted, release, place in known.iter_rows():
            told = (
                (CONTRACTS,)
                if contracted
                else (payment.NAME, release, self.localities[place].release, self.localities[place].by)
            )
            names.update(name for name in told if name)
        return {name: self.hashes[name] for name in sorted(names)}


def priced(lines: pl.DataFrame, rows: npt.NDArray[np.int64], sources: Sources) -> Priced:
    """The amounts of lines with who pays; `rows` are those of claims that stand."""
    stands = np.zeros(lines.height, dtype=np.bool_)
    stands[rows] = True
    given = sources.sides.fees
    asked = lines.select(_LINE).with_columns(stands=pl.Series(stands))
    scheduled = (pl.col("program") == PART_B) & (pl.col("form") == "professional") & pl.col("stands")
    asked = asked.with_columns(scheduled.fill_null(value=False).alias("scheduled"))
    contract = contract_fees.look_up(lines, given, sources.payers)
    of_contract = contract.select(pl.all().name.prefix("contract_"))
    frame, places = _scheduled(asked.hstack(of_contract), sources)
    frame = frame.with_columns(_why(given is not None).alias("why"))
    return Priced(_amounts(_ranked(frame, stands)), places, _hashes(sources))


def _hashes(sources: Sources) -> dict[str, str]:
    tables = {one.id: one.hash for one in sources.releases if one.table in {RELATIVE_VALUES, INDICES, LOCALITIES}}
    given = sources.sides.fees
    if given is not None:
        tables[CONTRACTS] = f"sha256:{hashlib.sha256(given.write_csv().encode()).hexdigest()[:12]}"
    return {**tables, payment.NAME: payment.digest()}


def _scheduled(asked: pl.DataFrame, sources: Sources) -> tuple[pl.DataFrame, tuple[Locality, ...]]:
    """What the schedule says of each line of Part B, by code, place, state and day; nulls on other lines."""
    own = pl.coalesce(
        [
            pl.when(pl.col(name).is_in(fees.ROW_MODIFIERS).fill_null(value=False)).then(pl.col(name))
            for name in modifier_columns
        ]
    )
    only = pl.when("scheduled")
    keys = asked.select(
        only.then("procedure").alias("code"),
        own.alias("modifier"),
        only.then("service_from").alias("day"),
        only.then(_of_place("state").str.strip_chars().str.to_uppercase()).alias("state"),
        only.then(_of_place("zip")).alias("zip"),
    )
    values = fees.relative_values(keys, sources.releases)
    places, of = localities(keys, sources.releases)
    indices = pl.DataFrame(
        [(place.work, place.pe, place.mp) for place in places], schema=["gpci_work", "gpci_pe", "gpci_mp"], orient="row"
    )
    facility = pl.col("place").is_in(fees.FACILITIES)
    pe = pl.when(facility.fill_null(value=False)).then("facility_pe").otherwise("nonfacility_pe")
    undecided = pl.col("place").is_null() & (pl.col("facility_pe") != pl.col("nonfacility_pe"))
    days = keys["day"].drop_nulls().unique()
    percents = pl.DataFrame(
        {
            "day": days,
            **{name: [one.value if (one := payment.on(name, day)) else None for day in days] for name in _PERCENTS},
        },
        schema={"day": pl.Date, **dict.fromkeys(_PERCENTS, pl.Int64)},
    )
    dated = keys.select("day").join(percents, on="day", how="left", maintain_order="left").drop("day")
    frame = (
        asked.hstack(values)
        .hstack(indices[of])
        .hstack(dated)
        .with_columns(
            pe.alias("pe"),
            undecided.fill_null(value=False).alias("undecided"),
            facility.fill_null(value=False).alias("facility"),
            pl.Series("locality", of),
            (pl.col("units") * _UNIT).cast(pl.Int64).alias("milli"),
            (pl.col("charge") * 100).cast(pl.Int64).clip(0).alias("charged"),
            assisted=pl.any_horizontal([pl.col(name).is_in(ASSISTANTS) for name in modifier_columns]).fill_null(
                value=False
            ),
        )
    )
    return frame, places


def _of_place(field: str) -> pl.Expr:
    """A field of the address of the facility, else, where the claim names no such address, of the billing provider."""
    named = pl.col("facility_state").is_not_null() | pl.col("facility_zip").is_not_null()
    return pl.when(named.fill_null(value=False)).then(f"facility_{field}").otherwise(f"billing_{field}")


def _why(fees_given: bool) -> pl.Expr:
    """Why the amount of a line is not known; null where it is."""
    other = (
        "the fee schedules given have no amount for this payer, code and day"
        if fees_given
        else "no fee schedule of this payer is given (--fees)"
    )
    other_payer = (pl.col("program") != PART_B).fill_null(value=True)
    contracted = pl.col("contract_unit").is_not_null() & other_payer
    status = pl.col("status").replace_strict(
        dict(STATUS), default="the schedule has no amount for the code", return_dtype=pl.String
    )
    unpayable = ~(pl.col("status").is_in(PAYABLE) & (pl.col("work") + pl.col("pe") + pl.col("mp") > 0))
    units = pl.lit("the units are not known")
    spans = pl.lit("the line spans several days")
    several = (pl.col("service_to") > pl.col("service_from")).fill_null(value=False)
    no_units = (pl.col("milli") > 0).fill_null(value=False).not_()
    return (
        pl.when(~pl.col("stands").fill_null(value=False))
        .then(pl.lit("the input itself voids or replaces the claim"))
        .when(contracted & no_units.fill_null(value=True))
        .then(units)
        .when(contracted)
        .then(pl.lit(None, dtype=pl.String))
        .when(pl.col("program").is_null())
        .then(pl.lit("the payer's line of business is not known"))
        .when(other_payer)
        .then(pl.lit(other))
        .when((pl.col("form") != "professional").fill_null(value=True))
        .then(pl.lit("Medicare amounts are computed for professional claims only"))
        .when(pl.col("service_from").is_null())
        .then(pl.lit("the day of service is not known"))
        .when(~pl.col("loaded").fill_null(value=False))
        .then(pl.lit(NOT_LOADED))
        .when(pl.col("status").is_null())
        .then(pl.lit("the relative values that are loaded do not hold the code"))
        .when("undecided")
        .then(pl.lit("the place of service is not known, and the amount depends on it"))
        .when(unpayable.fill_null(value=True))
        .then(status)
        .when(several)
        .then(spans)
        .when(no_units)
        .then(units)
    )


def _ranked(frame: pl.DataFrame, stands: npt.NDArray[np.bool_]) -> pl.DataFrame:
    """With the cents of a unit, the units of each line that are paid in full, and whether there may be `more` therapy
    that day than is seen.

    Sourced: Novitas ranks the services of a day by practice expense relative value, equal ones by their whole amount.
    """
    work, expense, risk = (pl.col(name) * pl.col(f"gpci_{name}") for name in ("work", "pe", "mp"))
    factor = pl.col("conversion_factor")
    frame = frame.with_columns(
        _half_up((work + expense + risk) * factor, _CENT).alias("unit"),
        _half_up(((work + risk) * 100 + expense * pl.col(payment.HALVED)) * factor, _CENT * 100).alias("less"),
    )
    halved = (pl.col("multiple_procedure") == THERAPY) & pl.col("less").is_not_null() & pl.col("status").is_in(PAYABLE)
    therapy = np.flatnonzero(frame.select(halved.fill_null(value=False)).to_series().to_numpy())
    full = frame["milli"].to_numpy(allow_copy=True).astype(np.float64)
    more = np.zeros(frame.height, dtype=np.bool_)
    if therapy.size:
        seen = visits(frame, stands)
        visit, more[therapy] = seen.of[therapy], seen.open_ended[therapy]
        chosen = frame[["pe", "unit"]][therapy]
        order = np.lexsort((therapy, -chosen["unit"].to_numpy(), -chosen["pe"].to_numpy(), visit))
        begins = np.ones(order.size, dtype=np.bool_)
        begins[1:] = visit[order][1:] != visit[order][:-1]
        first = therapy[order[begins]]
        own = np.minimum(full[first], _UNIT)
        full[therapy] = 0
        full[first] = own
    return frame.with_columns(pl.Series("full", full).fill_nan(None).cast(pl.Int64), pl.Series("more", more))


def _amounts(frame: pl.DataFrame) -> pl.DataFrame:
    """The parts of each amount in cents; null where `why` says why."""
    milli, full, unit, less = (pl.col(name) for name in ("milli", "full", "unit", "less"))
    known = pl.col("why").is_null()
    contracted = known & ~pl.col("scheduled")
    frame = frame.with_columns(
        pl.when(contracted).then("contract_unit").when(known).then(unit).alias("unit"), contracted=contracted
    )
    rest = milli - full
    gross = _half_up(unit * milli, _UNIT)
    reduced = _half_up(unit * full, _UNIT) + _half_up(less * rest, _UNIT)
    frame = frame.with_columns(
        gross.alias("gross"),
        pl.when("scheduled")
        .then(gross - pl.when((rest > 0).fill_null(value=False)).then(reduced).otherwise(gross))
        .fill_null(0)
        .alias("mppr"),
    )
    fee = pl.col("gross") - pl.col("mppr")
    over = pl.when("scheduled").then((fee - pl.col("charged")).clip(0)).fill_null(0)
    frame = frame.with_columns(over.alias("over_charge")).with_columns((fee - pl.col("over_charge")).alias("allowed"))
    scheduled = pl.when("scheduled")
    frame = frame.with_columns(
        scheduled.then(_half_up(pl.col("allowed") * pl.col(payment.SHARE), 100)).alias("patient_share")
    )
    own = pl.col("allowed") - pl.col("patient_share")
    frame = frame.with_columns(
        pl.when("assisted").then(own - _half_up(own * pl.col(payment.ASSISTANT), 100)).fill_null(0).alias("assistant")
    )
    left = own - pl.col("assistant")
    frame = frame.with_columns(_half_up(left * pl.col(payment.SEQUESTRATION), 100).fill_null(0).alias("sequester"))
    return frame.with_columns((left - pl.col("sequester")).alias("payment"))


def _half_up(amount: pl.Expr, whole: int) -> pl.Expr:
    """Divided and rounded, half a cent up; no amount here is below zero."""
    return (amount + whole // 2) // whole

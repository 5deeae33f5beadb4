"""What Medicare's fee schedule says of each line: its values, its place, the percentages of its day; or why nothing.

Over all lines at once, by joins. Amounts are whole numbers: values, indices and factors of 1/10,000, percents of 1.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from claimwright.determine.facts.disciplines import DISCIPLINES
from claimwright.determine.sources import Sources
from claimwright.lines.schema import Unstated, modifier_columns
from claimwright.reference import fees, institutional, payment
from claimwright.reference.localities import Locality, localities
from claimwright.reference.payers import PART_B

THERAPY = "5"  # multiple procedure indicator of the schedule: therapy services whose practice expense is halved
PAYABLE = fees.PAYABLE
ASSISTANTS = ("CQ", "CO")
INSTITUTIONAL = "institutional"
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
PERCENTS = (payment.HALVED, payment.LESSER, payment.SHARE, payment.ASSISTANT, payment.SEQUESTRATION)
UNIT = 1000  # units have three decimals
# what a line has to say beside what `scheduled` and `why` read of a contract
READ = (
    *("unstated", "form", "program", "bill_type", "procedure", "service_from", "units", "charge", "place"),
    *("facility_state", "facility_zip", "billing_state", "billing_zip", *modifier_columns),
)


def scheduled(asked: pl.DataFrame, sources: Sources) -> tuple[pl.DataFrame, tuple[Locality, ...]]:
    """Each row (the columns `READ`, and `scheduled`: whether the schedule is asked) with what the schedule says of it,
    by code, place, state and day; nulls on other rows. `locality` is a place among the localities returned.
    """
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
    professional = (pl.col("form") == INSTITUTIONAL).fill_null(value=False).not_()
    # Reading: therapy of institutions is paid at the rate outside facilities; for therapy codes both are the same in
    # every release seen. Unverified.
    facility = pl.col("place").is_in(fees.FACILITIES).fill_null(value=False) & professional
    pe = pl.when(facility).then("facility_pe").otherwise("nonfacility_pe")
    undecided = professional & pl.col("place").is_null() & (pl.col("facility_pe") != pl.col("nonfacility_pe"))
    return (
        asked.hstack(values)
        .hstack(indices[of])
        .hstack(_percents(keys["day"]))
        .with_columns(
            pe.alias("pe"),
            undecided.fill_null(value=False).alias("undecided"),
            facility.alias("facility"),
            pl.Series("locality", of),
            keys["state"].alias("state"),
            assisted=pl.any_horizontal([pl.col(name).is_in(ASSISTANTS) for name in modifier_columns]).fill_null(
                value=False
            ),
        ),
        places,
    )


def _percents(day: pl.Series) -> pl.DataFrame:
    """The percentages of each day, a column each."""
    days = day.drop_nulls().unique()
    found = {name: [one.value if (one := payment.on(name, day)) else None for day in days] for name in PERCENTS}
    dated = pl.DataFrame({"day": days, **found}, schema={"day": pl.Date, **dict.fromkeys(PERCENTS, pl.Int64)})
    return day.to_frame("day").join(dated, on="day", how="left", maintain_order="left").drop("day")


def _of_place(field: str) -> pl.Expr:
    """A field of the address of the facility, else, where the claim names no such address, of the billing provider."""
    named = pl.col("facility_state").is_not_null() | pl.col("facility_zip").is_not_null()
    return pl.when(named.fill_null(value=False)).then(f"facility_{field}").otherwise(f"billing_{field}")


def why(fees_given: bool, *, of_institutions: bool) -> pl.Expr:
    """Why the amount of a row is not known; null where it is. Reads what `scheduled` gives, `stands`, `milli`,
    `contract_unit` and `days_why`. `of_institutions`: whether some row is of an institution; where none is, what is
    asked of them alone is left out, for of a few rows the asking takes longer than the answers.
    """
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
    no_units = (pl.col("milli") > 0).fill_null(value=False).not_()
    of_institution = (pl.col("form") == INSTITUTIONAL).fill_null(value=False)
    bill = no_therapy = pl.lit(None, dtype=pl.String)
    if of_institutions:
        bill = institutional.why_not(pl.col("bill_type").str.strip_chars(), pl.col("state"), pl.col("service_from"))
        no_therapy = _not_therapy()
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
        .when(pl.col("form").is_null())
        .then(pl.lit("whether the claim is professional or institutional is not known"))
        .when(pl.col("service_from").is_null())
        .then(pl.lit("the day of service is not known"))
        .when((of_institution & bill.is_not_null()).fill_null(value=False))
        .then(bill)
        .when(~pl.col("loaded").fill_null(value=False))
        .then(pl.lit(NOT_LOADED))
        .when(pl.col("status").is_null())
        .then(pl.lit("the relative values that are loaded do not hold the code"))
        .when((of_institution & no_therapy.is_not_null()).fill_null(value=False))
        .then(no_therapy)
        .when("undecided")
        .then(pl.lit("the place of service is not known, and the amount depends on it"))
        .when(unpayable.fill_null(value=True))
        .then(status)
        .when(no_units)
        .then(units)
        .otherwise("days_why")
    )


def _not_therapy() -> pl.Expr:
    """Why a row of an institution is not therapy, which alone the schedule pays there; null where it is."""
    always = (pl.col("multiple_procedure") == THERAPY).fill_null(value=False)
    billed_so = pl.any_horizontal(
        [pl.col(name).is_in(list(DISCIPLINES)).fill_null(value=False) for name in modifier_columns]
    )
    open_ = (pl.col("unstated").cast(pl.Int64) & int(Unstated.MODIFIERS)) != 0
    return (
        pl.when((always | billed_so).fill_null(value=False))
        .then(pl.lit(None, dtype=pl.String))
        .when(open_.fill_null(value=False))
        .then(pl.lit("whether the line is therapy is not known: its modifiers are not"))
        .otherwise(
            pl.lit("of an institution's services the fee schedule pays therapy, and the line is not billed as such")
        )
    )

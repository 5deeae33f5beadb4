"""The kernels that hold the note of a visit against its claim."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from claimwright.determine.bench import Bench, Floats, kernel
from claimwright.determine.facts import against_note, regions

_REGIONS, _SERVICES, _PROVIDER = "regions", "services in the note", "provider in the note"
_UNITS, _TOTAL, _DIAGNOSES = "units in the note", "total treatment minutes", "diagnoses in the note"


def _listed(bench: Bench, fact: str) -> list[tuple[str, ...] | None]:
    return [one.listed(fact) for one in bench.stated]


def _number(bench: Bench, fact: str) -> Floats:
    """A number that is stated, nan where it is not."""
    told = [one.single(fact) for one in bench.stated]
    return np.array([np.nan if value is None else value for value in told], dtype=np.float64)[bench.stated_of]


def _service(bench: Bench) -> Iterable[pl.Series]:
    yield against_note.service_in_note(bench.lines["procedure"], _listed(bench, _SERVICES), bench.stated_of)


def _units(bench: Bench) -> Iterable[pl.Series]:
    noted = _number(bench, _UNITS)
    yield against_note.units_against_note(bench.code_days.units, noted, bench.visits.open_ended)


def _minutes(bench: Bench) -> Iterable[pl.Series]:
    """A total that is less than what it is made of; null where either is unknown."""
    total, timed = _number(bench, _TOTAL), bench.numbers("timed_minutes_that_day")
    known = ~np.isnan(total) & ~np.isnan(timed)
    yield pl.Series("total_below_timed", total < timed).set(pl.Series(~known), None)


def _provider(bench: Bench) -> Iterable[pl.Series]:
    yield against_note.provider_on_claim(bench.lines, _listed(bench, _PROVIDER), bench.stated_of)


def _side(bench: Bench) -> Iterable[pl.Series]:
    yield against_note.side_treated(_listed(bench, _REGIONS), bench.stated_of)


def _disputed(bench: Bench) -> Iterable[pl.Series]:
    """Two sources that name other regions; null where nobody names any."""
    told = [
        True if _REGIONS in one.conflicts else None if one.listed(_REGIONS) is None else False for one in bench.stated
    ]
    yield pl.Series("regions_disputed", told, dtype=pl.Boolean).gather(bench.stated_of)


def _diagnosis(bench: Bench) -> Iterable[pl.Series]:
    uses = bench.uses("diagnosis_and_region")
    touching = regions.neighbours(row.code for row in bench.plan.library.shared_codes if row.set == uses)
    yield against_note.diagnosis_and_region(bench.lines, _listed(bench, _REGIONS), bench.stated_of, touching)


def _named(bench: Bench) -> Iterable[pl.Series]:
    yield against_note.diagnosis_in_note(bench.lines, _listed(bench, _DIAGNOSES), bench.stated_of)


KERNELS = (
    kernel(["service_in_note"], _service),
    kernel(["units_against_note"], _units),
    kernel(["total_below_timed"], _minutes, reads=["timed_minutes_that_day"]),
    kernel(["provider_on_claim"], _provider, lines=["billing_npi", "rendering_npi", "supervising_npi"]),
    kernel(["side_treated"], _side),
    kernel(["regions_disputed"], _disputed),
    kernel(["diagnosis_and_region"], _diagnosis, lines=["pointed"]),
    kernel(["diagnosis_in_note"], _named, lines=["pointed"]),
)

"""Where the note of a visit and its claim say different things: services, units, providers, regions and diagnoses.

Each is null where the note or the claim does not say enough: what a note does not name is no contradiction.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.body_of_diagnoses import of_code
from claimwright.determine.facts.regions import CONTIGUOUS, OTHER, Region, region_of, relation
from claimwright.lines.schema import pointed_columns

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Listed = Sequence[tuple[str, ...] | None]

MORE, FEWER, SAME = "more", "fewer", "the same"
RIGHT, LEFT, BOTH = "right", "left", "both"
AGREE, OTHER_SIDE, ELSEWHERE = "agree", "other side", "another region"
_ONE_IN_THE_MIDDLE = frozenset({"neck", "thoracic", "lumbar", "sacral", "sacroiliac", "trunk", "abdomen", "chest"})
_FAMILY = 3  # characters that say which condition; what follows says more of it


def service_in_note(procedures: pl.Series, listed: Listed, of: Rows) -> pl.Series:
    """`service_in_note`: whether the services that the note shows hold the line's code; null where it shows none."""
    told = [
        None if not services or code is None else code in services
        for services, code in zip((listed[one] for one in of), procedures, strict=True)
    ]
    return pl.Series("service_in_note", told, dtype=pl.Boolean)


def units_against_note(units_that_day: Floats, noted: Floats, open_ended: Flags) -> pl.Series:
    """`units_against_note`: whether more units of the code are billed that day than the note says, fewer, or as many.

    Where more may have been billed than is seen, only *more* is known.
    """
    found: list[str | None] = []
    for billed, told, more in zip(units_that_day.tolist(), noted.tolist(), open_ended.tolist(), strict=True):
        if np.isnan(billed) or np.isnan(told):
            found.append(None)
        elif billed > told:
            found.append(MORE)
        else:
            found.append(None if more else SAME if billed == told else FEWER)
    return pl.Series("units_against_note", found, dtype=pl.String)


def provider_on_claim(lines: pl.DataFrame, listed: Listed, of: Rows) -> pl.Series:
    """`provider_on_claim`: whether every NPI that the notes name stands on the line as who billed, furnished or
    supervised; null where they name none, or the line names nobody.
    """
    names = [name for name in ("billing_npi", "rendering_npi", "supervising_npi") if name in lines.columns]
    found: list[bool | None] = []
    for place, npis in enumerate(lines.select(names).iter_rows()):
        told, known = listed[of[place]], {npi for npi in npis if npi}
        found.append(known.issuperset(told) if told and known else None)
    return pl.Series("provider_on_claim", found, dtype=pl.Boolean)


def side_treated(listed: Listed, of: Rows) -> pl.Series:
    """`side_treated`: the side of the regions treated; null where a region that has two sides is named without one."""
    told = [None if not regions else _side([region_of(one) for one in regions]) for regions in listed]
    return pl.Series("side_treated", told, dtype=pl.String).gather(of)


def _side(regions: Sequence[Region]) -> str | None:
    sides = {region.side for region in regions if region.name not in _ONE_IN_THE_MIDDLE or region.side}
    if not sides or "" in sides:
        return None
    return BOTH if len(sides) > 1 else RIGHT if sides == {"R"} else LEFT


def diagnosis_and_region(
    lines: pl.DataFrame, listed: Listed, of: Rows, touching: frozenset[frozenset[str]]
) -> pl.Series:
    """`diagnosis_and_region`: how the diagnoses that a line points to lie to the regions treated.

    One that agrees is enough, and one that names no region leaves it open. ICD-9-CM codes name none here.
    """
    known: dict[tuple[tuple[str, ...], tuple[str | None, ...]], str | None] = {}
    found: list[str | None] = []
    for place, codes in enumerate(lines.select(pointed_columns).iter_rows()):
        regions = listed[of[place]]
        if not regions or codes[0] is None:
            found.append(None)
            continue
        key = regions, codes
        if key not in known:
            known[key] = _of_diagnoses([code for code in codes if code], regions, touching)
        found.append(known[key])
    return pl.Series("diagnosis_and_region", found, dtype=pl.String)


def _of_diagnoses(codes: Sequence[str], treated: Sequence[str], touching: frozenset[frozenset[str]]) -> str | None:
    told = {_of_diagnosis(code, treated, touching) for code in codes}
    if AGREE in told:
        return AGREE
    return None if None in told else OTHER_SIDE if OTHER_SIDE in told else ELSEWHERE


def _of_diagnosis(code: str, treated: Sequence[str], touching: frozenset[frozenset[str]]) -> str | None:
    region, side = of_code(code)
    if not region:
        return None
    of_it = f"{region}_{side}" if side else region
    near = relation([of_it], treated, touching)
    if near != OTHER:
        return AGREE
    return OTHER_SIDE if relation([region], treated, touching) not in {OTHER, CONTIGUOUS} else ELSEWHERE


def diagnosis_in_note(lines: pl.DataFrame, listed: Listed, of: Rows) -> pl.Series:
    """`diagnosis_in_note`: whether some diagnosis the line points to is of the family of one that the note names."""
    families = [None if not codes else {_family(code) for code in codes} for codes in listed]
    found: list[bool | None] = []
    for place, codes in enumerate(lines.select(pointed_columns).iter_rows()):
        named = families[of[place]]
        pointed = {_family(code) for code in codes if code}
        found.append(bool(named & pointed) if named and pointed else None)
    return pl.Series("diagnosis_in_note", found, dtype=pl.Boolean)


def _family(code: str) -> str:
    return code.replace(".", "").upper()[:_FAMILY]

"""The public tables there can be releases of: their columns, whom they speak for, and whose terms they come under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from claimwright.reference.rows import KEYS, MUE, PAIRS, SCHEMAS

SETTINGS = ("professional", "institutional", "dme")
ANY = "any"  # the setting of a table that is the same for all

ADD_ON = "ncci/add-on"
RELATIVE_VALUES = "fees/rvu"
INDICES = "fees/gpci"
LOCALITIES = "fees/localities"
DIAGNOSES = "codes/icd-10-cm"
OLD_DIAGNOSES = "codes/icd-9-cm"  # its published lists have the codes a claim may carry, and no headings
MAPPED_FROM_9 = "codes/gem-from-icd-9-cm"
MAPPED_FROM_10 = "codes/gem-from-icd-10-cm"
SUPPLIES = "codes/hcpcs"
PLACES = "codes/places"
MODIFIERS = "codes/modifiers"
REASONS = "codes/carc"
REMARKS = "codes/rarc"

AMOUNT = pl.Decimal(12, 4)  # relative values have two decimals, indices three, conversion factors four
DESCRIPTION = "description"  # stored only for those who say that they hold a licence


@dataclass(frozen=True)
class Table:
    """One public table.

    `slug` begins the ids of its releases. `parts`: in how many files it is published. `terms`: a key of
    `terms.TERMS`, or "" where nothing has to be accepted.
    """

    name: str
    words: str
    slug: str
    columns: Mapping[str, pl.DataType | type[pl.DataType]]
    keys: tuple[str, ...]
    settings: tuple[str, ...] = (ANY,)
    parts: int = 1
    terms: str = ""


_DATED = {"from": pl.Date, "to": pl.Date}
# `flags`: approximate, no map, combination (0 or 1 each), then scenario and choice list (a digit each)
_MAPPED = {"source": pl.String, "target": pl.String, "flags": pl.String}
_REASON = {"code": pl.String, "from": pl.Date, "modified": pl.Date, "to": pl.Date}

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            PAIRS,
            "procedure-to-procedure edits",
            "ncci-ptp",
            SCHEMAS[PAIRS],
            KEYS[PAIRS],
            SETTINGS[:2],
            parts=4,
            terms="cpt",
        ),
        Table(MUE, "medically unlikely edits", "mue", SCHEMAS[MUE], KEYS[MUE], SETTINGS, terms="cpt"),
        Table(
            ADD_ON,
            "add-on code edits",
            "ncci-add-on",
            {"code": pl.String, "primary": pl.String, "type": pl.UInt8, **_DATED},
            ("code", "primary"),
            terms="cpt",
        ),
        Table(
            RELATIVE_VALUES,
            "physician fee schedule, relative values",
            "fees-rvu",
            {
                "code": pl.String,
                "modifier": pl.String,
                "status": pl.String,
                "work": AMOUNT,
                "nonfacility_pe": AMOUNT,
                "nonfacility_na": pl.Boolean,
                "facility_pe": AMOUNT,
                "facility_na": pl.Boolean,
                "mp": AMOUNT,
                "nonfacility_total": AMOUNT,
                "facility_total": AMOUNT,
                "pctc": pl.String,
                "global_days": pl.String,
                "multiple_procedure": pl.String,
                "conversion_factor": AMOUNT,
            },
            ("code", "modifier"),
            terms="cpt",
        ),
        Table(
            INDICES,
            "physician fee schedule, geographic indices",
            "fees-gpci",
            {
                "contractor": pl.String,
                "state": pl.String,
                "locality": pl.String,
                "name": pl.String,
                "work": AMOUNT,
                "work_without_floor": AMOUNT,
                "pe": AMOUNT,
                "mp": AMOUNT,
            },
            ("contractor", "state", "locality"),
        ),
        Table(
            LOCALITIES,
            "payment localities by ZIP code",
            "fees-localities",
            {
                "zip": pl.String,
                "state": pl.String,
                "contractor": pl.String,
                "locality": pl.String,
                "divided": pl.Boolean,
                **_DATED,
            },
            ("zip", "state"),
        ),
        Table(
            DIAGNOSES,
            "ICD-10-CM codes",
            "icd-10-cm",
            {"order": pl.UInt32, "code": pl.String, "billable": pl.Boolean},
            ("code",),
        ),
        Table(OLD_DIAGNOSES, "ICD-9-CM diagnosis codes", "icd-9-cm", {"code": pl.String}, ("code",)),
        Table(MAPPED_FROM_9, "mappings from ICD-9-CM to ICD-10-CM", "gem-from-icd-9-cm", _MAPPED, tuple(_MAPPED)),
        Table(MAPPED_FROM_10, "mappings from ICD-10-CM to ICD-9-CM", "gem-from-icd-10-cm", _MAPPED, tuple(_MAPPED)),
        Table(SUPPLIES, "HCPCS Level II codes", "hcpcs", {"code": pl.String, **_DATED}, ("code",)),
        Table(PLACES, "places of service", "places", {"code": pl.String, **_DATED}, ("code",)),
        Table(MODIFIERS, "modifiers", "modifiers", {"code": pl.String, **_DATED}, ("code",), terms="cpt"),
        Table(REASONS, "claim adjustment reason codes", "carc", _REASON, ("code",), terms="x12"),
        Table(REMARKS, "remittance advice remark codes", "rarc", _REASON, ("code",), terms="x12"),
    )
}

# What people call a setting, in ids and messages
SETTING_WORDS = {"professional": "practitioner", "institutional": "hospital", "dme": "dme", ANY: ""}

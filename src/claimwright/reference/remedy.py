"""What to import where no table speaks: the command, with the names of the quarter's files as they are published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from claimwright.lines.code_set import CHANGE
from claimwright.reference.published.editions import Quarter, files_of
from claimwright.reference.releases import Releases
from claimwright.reference.tables import ADD_ON, ANY, DIAGNOSES, MODIFIERS, OLD_DIAGNOSES, PLACES, TABLES

SHOWN = 2  # quarters named at once
_CODE_STATUS_UNKNOWN = "code status unknown: no loaded list says of every code whether it is valid"
_OWN = "write {file} as docs/reference-data.md says, then: claimwright data import {file} --covers YEAR"
_OWN_FILES = {PLACES: "places.csv", MODIFIERS: "modifiers.csv", ADD_ON: "add-on.csv"}


def silence(table: str) -> str:
    """What is said of a table that could not speak, before the days."""
    return _CODE_STATUS_UNKNOWN if table.startswith("codes/") else "no loaded table speaks for these codes"


def remedy(releases: Releases, table: str, setting: str, days: Mapping[date, int]) -> str:
    """The command that brings the tables of some days; "" where whole tables are there and are silent all the same.

    `days` says how often each day, or the first of its quarter, is met: the quarter met most comes first. Before
    October 2015 the lists of ICD-9-CM stand for those of ICD-10-CM.
    """
    if table in _OWN_FILES:
        return _OWN.format(file=_OWN_FILES[table])
    setting = setting if setting in TABLES[table].settings else ANY
    counted: dict[Quarter, int] = {}
    for day, count in days.items():
        quarter = Quarter.of(day)
        counted[quarter] = counted.get(quarter, 0) + count
    lacking = [one for one in counted if not _covered(releases, _of(table, one), setting, one)]
    named = sorted(lacking, key=lambda one: (-counted[one], one))
    asked = [files_of(_of(table, quarter), setting, quarter) for quarter in named[:SHOWN]]
    files = [name for name in dict.fromkeys(asked) if name]
    if not files:
        return ""
    more = f" (and those of {len(named) - SHOWN} more quarters)" if len(named) > SHOWN else ""
    return f"download from cms.gov, then: claimwright data import {' '.join(files)}{more}"


def _of(table: str, quarter: Quarter) -> str:
    """The table that speaks of a quarter: of diagnoses, that of ICD-9-CM until September 2015."""
    return OLD_DIAGNOSES if table == DIAGNOSES and quarter.span.first and quarter.span.first < CHANGE else table


def _covered(releases: Releases, table: str, setting: str, quarter: Quarter) -> bool:
    whole = (one for one in releases.of(table, setting) if one.holds_all and not one.subset)
    return any(quarter.span.last in release.covers for release in whole)

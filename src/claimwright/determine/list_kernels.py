"""The kernels over lists of codes: whether a diagnosis, a modifier or a place exists on the day, and add-on codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from claimwright.determine.bench import Bench, kernel
from claimwright.determine.code_status import lists
from claimwright.determine.facts import add_ons, code_sets
from claimwright.reference.tables import ADD_ON, DIAGNOSES, MODIFIERS, OLD_DIAGNOSES, PLACES

# tables of which nothing comes with the package → the column that needs them, and the one of a line that is looked up;
# named once for a run where none is there
OF_LIST: Mapping[str, tuple[str, str]] = {
    MODIFIERS: (code_sets.NO_MODIFIERS, "modifier_1"),
    PLACES: (code_sets.PLACE, "place"),
    ADD_ON: (add_ons.ALONE, "procedure"),
}
# a column that stands on a list → the one that names its release
RELEASE_OF: Mapping[str, str] = {
    add_ons.ALONE: add_ons.LIST,
    **{
        stem: f"{stem}{code_sets.LIST}"
        for stem in (code_sets.HEADINGS, code_sets.UNLISTED, code_sets.NO_MODIFIERS, code_sets.PLACE)
    },
}


def _diagnoses(bench: Bench) -> Iterable[pl.Series]:
    new, old = lists(bench.releases, DIAGNOSES), lists(bench.releases, OLD_DIAGNOSES)
    columns, unknown = code_sets.diagnoses(bench.lines, bench.days, new, old)
    reading = bench.reads(code_sets.HEADINGS) | bench.reads(code_sets.UNLISTED)
    bench.silent[DIAGNOSES] = unknown & reading
    return columns


def _modifiers(bench: Bench) -> Iterable[pl.Series]:
    columns, unknown = code_sets.modifiers(bench.lines, bench.days, lists(bench.releases, MODIFIERS))
    if bench.releases.of(MODIFIERS):
        bench.silent[MODIFIERS] = unknown & bench.reads(code_sets.NO_MODIFIERS)
    return columns


def _place(bench: Bench) -> Iterable[pl.Series]:
    columns, unknown = code_sets.place(bench.lines, bench.days, lists(bench.releases, PLACES))
    if bench.releases.of(PLACES):
        bench.silent[PLACES] = unknown & bench.reads(code_sets.PLACE)
    return columns


def _add_ons(bench: Bench) -> Iterable[pl.Series]:
    releases = bench.releases.of(ADD_ON)
    columns, unknown = add_ons.alone(bench.lines, bench.days, bench.visits, releases)
    if releases:
        bench.silent[ADD_ON] = unknown & bench.reads(add_ons.ALONE)
    return columns


def _letters(bench: Bench) -> Iterable[pl.Series]:
    return code_sets.letters(bench.lines["procedure"])


KERNELS = (
    kernel(
        [*code_sets.columns_of(code_sets.HEADINGS), *code_sets.columns_of(code_sets.UNLISTED)],
        _diagnoses,
        lines=["dx", "dx_system"],
    ),
    kernel(code_sets.columns_of(code_sets.NO_MODIFIERS), _modifiers, lines=["modifier"]),
    kernel([code_sets.PLACE, f"{code_sets.PLACE}{code_sets.LIST}"], _place, lines=["place"]),
    kernel([add_ons.ALONE, add_ons.TYPE, add_ons.LIST, "add_on_primary", *add_ons.PRIMARIES], _add_ons),
    kernel([code_sets.LETTER, code_sets.MEANT], _letters),
)

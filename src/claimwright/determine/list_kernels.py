"""The kernels over lists of codes: whether a diagnosis, a modifier or a place of service exists on the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from claimwright.determine.bench import Bench, kernel
from claimwright.determine.code_status import lists
from claimwright.determine.facts import code_sets
from claimwright.reference.tables import DIAGNOSES, MODIFIERS, PLACES

# tables of which nothing comes with the package → the column that needs them, and the one of a line that is looked up;
# named once for a run where none is there
OF_LIST: Mapping[str, tuple[str, str]] = {
    MODIFIERS: (code_sets.NO_MODIFIERS, "modifier_1"),
    PLACES: (code_sets.PLACE, "place"),
}


def _diagnoses(bench: Bench) -> Iterable[pl.Series]:
    columns, unknown = code_sets.diagnoses(bench.lines, bench.days, lists(bench.releases, DIAGNOSES))
    reading = bench.reads(code_sets.HEADINGS) | bench.reads(code_sets.UNLISTED)
    bench.silent[DIAGNOSES] = unknown & reading
    return columns


def _modifiers(bench: Bench) -> Iterable[pl.Series]:
    columns, unknown = code_sets.modifiers(bench.lines, bench.days, lists(bench.releases, MODIFIERS))
    if bench.releases.of(MODIFIERS):
        bench.silent[MODIFIERS] = unknown & bench.reads(code_sets.NO_MODIFIERS)
    return columns


def _place(bench: Bench) -> Iterable[pl.Series]:
    column, unknown = code_sets.place(bench.lines, bench.days, lists(bench.releases, PLACES))
    if bench.releases.of(PLACES):
        bench.silent[PLACES] = unknown & bench.reads(code_sets.PLACE)
    yield column


def _letters(bench: Bench) -> Iterable[pl.Series]:
    return code_sets.letters(bench.lines["procedure"])


KERNELS = (
    kernel(
        [*code_sets.columns_of(code_sets.HEADINGS), *code_sets.columns_of(code_sets.UNLISTED)],
        _diagnoses,
        lines=["dx", "dx_system"],
    ),
    kernel(code_sets.columns_of(code_sets.NO_MODIFIERS), _modifiers, lines=["modifier"]),
    kernel([code_sets.PLACE], _place, lines=["place"]),
    kernel([code_sets.LETTER, code_sets.MEANT], _letters),
)

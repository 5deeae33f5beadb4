"""Claims of every kind of code against imported tables of several quarters, held against a second look-up."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import official_files as made
import pytest
import second_edits

from claimwright.determine.engine import Engine
from claimwright.policies import shipped
from claimwright.reference import releases
from claimwright.reference.published.gather import gather
from claimwright.reference.published.importing import How, import_groups
from claimwright.reference.store import Store

CLAIMS = 3_000
# two quarters with a gap between them; what is told of them differs
QUARTERS = {
    "2025q3": ("v312r0", date(2025, 7, 1), date(2025, 9, 30)),
    "2026q1": ("v320r0", date(2026, 1, 1), date(2026, 3, 31)),
}
SETTINGS = {
    "professional": ("ccipra", "practitioner", "practitioner"),
    "institutional": ("ccioph", "hospital", "hospital"),
}


def made_codes(rng):
    """Codes of every sort: surgery, laboratory, supplies, therapy, categories II and III."""
    sorts = ["{:05d}"] * 6 + ["{:04d}T", "{:04d}F", "{:04d}U", "A{:04d}", "G{:04d}", "L{:04d}"]
    own = {rng.choice(sorts).format(rng.randint(100, 9_999)) for _ in range(60)}
    whole = {f"{rng.randint(10_000, 99_607):05d}" for _ in range(60)}
    return sorted(own | whole | {"97026", "97110", "97140", "97530", "97164"})


def made_pairs(rng, codes, first, last):
    """Rows of a pair table: in force, ended, beginning within the quarter, begun again, tombstones."""
    inside = [first + timedelta(days=rng.randint(1, (last - first).days - 1)) for _ in range(2)]
    rows = []
    for one, two in dict.fromkeys((rng.choice(codes), rng.choice(codes)) for _ in range(2_500)):
        if one == two:
            continue
        how = rng.choice("01")
        kind = rng.random()
        if kind < 0.55:
            spans = [("20100101", "*", how)]
        elif kind < 0.65:
            spans = [("20100101", f"{min(inside):%Y%m%d}", how)]
        elif kind < 0.75:
            spans = [(f"{max(inside):%Y%m%d}", "*", how)]
        elif kind < 0.8:
            spans = [
                ("20100101", f"{min(inside):%Y%m%d}", how),
                (f"{max(inside) + timedelta(days=1):%Y%m%d}", "*", "1"),
            ]
        elif kind < 0.85:
            spans = [("20100101", f"{last:%Y%m%d}", how)]  # its deletion is announced
        elif kind < 0.92:
            spans = [("20100101", "20191231", how)]
        else:
            spans = [("20200101", "20200101", "9")]
        rows += [(one, two, "", begins, ends, how_, "Made up") for begins, ends, how_ in spans]
    return sorted(rows)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The tables as the engine has them after an import, and as the second look-up reads the same files."""
    folder = tmp_path_factory.mktemp("official")
    rng = Random(97026)
    codes = made_codes(rng)
    tables, paths, joined = {}, [], []
    for setting, (file, words, limit) in SETTINGS.items():
        own = tables[setting] = second_edits.Tables()
        for quarter, (version, first, last) in QUARTERS.items():
            rows = made_pairs(rng, codes, first, last)
            size = -(-len(rows) // 4)
            zips = [
                made.pair_zip(
                    folder,
                    part + 1,
                    *rows[part * size : (part + 1) * size],
                    quarter=quarter,
                    version=version,
                    file=file,
                    words=words,
                )
                for part in range(4)
            ]
            limits = folder / f"medicare-ncci-{quarter[:4]}-{quarter[4:]}-{words}-mue.csv"
            some = [code for code in codes if rng.random() < 0.8]
            limits.write_bytes(
                made.limit_csv(
                    *(f"{code},{rng.randint(0, 5)},{rng.randint(1, 3)} x,Made up" for code in some), setting=limit
                )
            )
            own.pairs[first, last] = second_edits.read_pairs(zips)
            own.limits[first, last] = second_edits.read_limits(limits)
            joined += list(own.pairs[first, last])
            paths += [*zips, limits]
    gathered = gather(paths)
    assert gathered.problems == ()
    store = Store(folder / "store")
    _, problems = import_groups(gathered.groups, store, How(date(2026, 4, 2)))
    assert problems == []
    return codes, joined, tables, releases.load().replaced_by(store.releases())


def test_the_engine_and_the_second_look_up_agree_on_every_line(world):
    codes, joined, tables, known = world
    first = date(2025, 6, 1)
    days = [first + timedelta(days=each) for each in range((date(2026, 6, 30) - first).days)]
    edges = [edge + timedelta(days=by) for _, *ends in QUARTERS.values() for edge in ends for by in (-1, 0, 1)]
    rng = Random(270_6)
    lines = second_edits.made_claims(rng, CLAIMS, codes=codes, joined=joined, days=[*days, *(edges * 10)])
    pairs, units, unknown = second_edits.expected(lines, tables)
    assert {finding for *_, finding in pairs} == {"CLM-NCCI", "CLM-NCCI-0"}
    assert min(len(pairs), len(units), len(unknown)) > 500
    determined = Engine(shipped.load(), known).determine(second_edits.as_frame(lines))
    found_pairs, found_units, found_unknown = second_edits.found_by(determined, lines)
    assert (found_pairs - pairs, pairs - found_pairs) == (set(), set())
    assert (found_units - units, units - found_units) == (set(), set())
    assert (found_unknown - unknown, unknown - found_unknown) == (set(), set())

"""Measure an import: the whole practitioner table in its official layout, and a lookup in it.

    python benchmarks/make_ncci.py --out parts
    python benchmarks/importing.py parts/*.zip

Imports into a folder that is thrown away. The last line of the output is a JSON object: rows, seconds of the import,
peak memory of it, size of the release, and seconds of the first and the second look-up of a clinic's codes.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

from claimwright.reference import pairs
from claimwright.reference.published import gather, importing
from claimwright.reference.store import Store

CODES = ("97012", "97018", "97022", "97026", "97035", "97110", "97112", "97116", "97140", "97161", "97530", "G0283")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        begin = time.perf_counter()
        gathered = gather.gather(given.files)
        imported, problems = importing.import_groups(gathered.groups, store, importing.How(date(2026, 11, 27)))
        seconds = time.perf_counter() - begin
        assert not gathered.problems, [str(one) for one in gathered.problems]
        assert not problems, [str(one) for one in problems]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        release = imported[0].release
        asked = pl.DataFrame({"column1": CODES}).join(pl.DataFrame({"column2": CODES}), how="cross")
        asked = asked.with_columns(form=pl.lit("professional"), day=pl.lit(release.covers.first))
        known, looks = store.releases(), []
        for _ in range(2):
            begin = time.perf_counter()
            pairs.look_up(asked, known)
            looks.append(time.perf_counter() - begin)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
    rows = sum(int(one.release.stated["rows"]) for one in imported)
    print(f"{rows:,} rows in {seconds:.1f} s, peak {peak:,.0f} MB; first look-up {looks[0] * 1000:.0f} ms")
    report = {"rows": rows, "seconds": seconds, "peak_mb": peak, "stored_mb": size / 1e6, "look_up_seconds": looks}
    print(json.dumps(report))


if __name__ == "__main__":
    main()

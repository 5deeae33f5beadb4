"""Measure claimwright beside its peers, all in the same run, and say how they compare.

    python benchmarks/run.py [--quick] [--lines N] [--claims N] [--no-peers] [--out DIR] [--name NAME] [--publish]

Each side runs in a process of its own, one after the other; a peer in its own locked environment (peers/NAME). What
cannot run here is named as skipped. The best of several runs counts, for every side.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sides
from results import Figure, Results

HERE = Path(__file__).parent
ROOT = HERE.parent
REFERENCE, POLICIES = ROOT / "src" / "claimwright" / "reference", ROOT / "policies"
PEER_CLAIMS = 2000  # the model library is slow; its rate does not depend on the number


@contextmanager
def skipping(results: Results, side: str) -> Iterator[None]:
    try:
        yield
    except sides.SkippedError as error:
        results.skipped.append((side, str(error)))


def reading(results: Results, data: Path, claims: int, *, peers: bool) -> None:
    """Reading 837P: claims a second, and memory on a file ten times as long."""
    what = "reading 837P"
    whole, tenth, few = (_made_837(data, many) for many in (claims, claims // 10, min(claims, PEER_CLAIMS)))
    one = _reader(sides.ours("read_837.py", whole, environment={"POLARS_MAX_THREADS": "1"}, one_core=True))
    both = _reader(sides.ours("read_837.py", whole))
    small = _reader(sides.ours("read_837.py", tenth))
    note = f"{claims // 10:,} claims: memory does not grow with the file"
    results.figures += [
        Figure(what, "claimwright, one core", one["rate"], "claims/s", None, one["peak_mb"], f"{claims:,} claims"),
        Figure(what, "claimwright, all cores", both["rate"], "claims/s", None, both["peak_mb"]),
        Figure(what, "claimwright, a tenth of it", small["rate"], "claims/s", None, small["peak_mb"], note),
    ]
    floor = sides.ours("split_837.py", whole)
    rate = floor["units"] / min(floor["seconds"])
    note = "the floor: cut at the separators, nothing kept"
    results.figures.append(Figure(what, "bytes.split", rate, "claims/s", one["rate"] / rate, floor["peak_mb"], note))
    if peers:
        with skipping(results, "linuxforhealth-x12"):
            read = sides.peer("linuxforhealth-x12", "read.py", few)
            rate = read["units"] / min(read["seconds"])
            name, note = f"linuxforhealth-x12 {read['version']}", f"{read['units']:,} claims, one core"
            results.figures.append(Figure(what, name, rate, "claims/s", one["rate"] / rate, read["peak_mb"], note))


def _made_837(data: Path, claims: int) -> Path:
    path = data / f"{claims}.837"
    if not path.exists():
        sides.ours("make_837.py", path, "--claims", claims)
    return path


def _reader(said: str) -> dict[str, float]:
    """The figures in what the reader's own script prints."""
    rate, peak = (re.search(pattern, said) for pattern in (r"([\d,]+) claims/s", r"peak RSS ([\d,]+) MB"))
    assert rate
    assert peak
    return {"rate": float(rate[1].replace(",", "")), "peak_mb": float(peak[1].replace(",", ""))}


def deciding(results: Results, data: Path, lines: int, runs: int, *, peers: bool) -> None:
    """Deciding lines, Parquet to Parquet."""
    what = "deciding, Parquet to Parquet"
    path = data / f"{lines}.parquet"
    if not path.exists():
        sides.ours("make_lines.py", path, "--lines", lines)
    our = sides.ours("deciding.py", path, "--out", data / "ours", "--runs", runs)
    best = lines / min(our["seconds"])
    steps = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in our["steps"].items())
    results.figures += [
        Figure(
            what, "claimwright", best, "lines/s", None, our["peak_mb"], f"both views, reasons kept; last run: {steps}"
        ),
        Figure(
            what, "claimwright, first run", lines / our["seconds"][0], "lines/s", None, None, "nothing reasoned before"
        ),
    ]
    if peers:
        for side, arguments in (("DuckDB, hand-written query", ()), ("DuckDB, copy only", ("--copy",))):
            with skipping(results, side):
                tables = ("--reference", REFERENCE, "--policies", POLICIES, "--runs", runs)
                their = sides.peer("duckdb", "decide.py", path, "--out", data / "duckdb", *tables, *arguments)
                rate = lines / min(their["seconds"])
                note = (
                    "the floor: nothing decided"
                    if arguments
                    else "the coded view only; no silences, no reachable outcomes"
                )
                results.figures.append(Figure(what, side, rate, "lines/s", best / rate, their["peak_mb"], note))
                if not arguments:
                    results.notes += agreement(our["findings"], their["findings"])
    results.notes += signatures(our)


def agreement(ours: dict[str, int], theirs: dict[str, int]) -> list[str]:
    """Whether both count the same findings of each clause, and where they do not."""
    differing = [name for name in sorted({*ours, *theirs}) if ours.get(name, 0) != theirs.get(name, 0)]
    if not differing:
        return [
            f"the query finds the same as claimwright: {sum(ours.values()):,} coded findings of {len(ours)} clauses"
        ]
    said = "; ".join(f"{name}: {ours.get(name, 0):,} against {theirs.get(name, 0):,}" for name in differing)
    return [f"the query finds something else than claimwright: {said}"]


def signatures(our: dict[str, Any]) -> list[str]:
    parts = ", ".join(f"{name} {many}" for name, many in sorted(our["by_program"].items()))
    stations = our["stations"]
    return [
        f"{our['lines']:,} lines show {our['combinations']} distinct combinations, over {stations} stations: {parts}",
        "distinct coverage results by policy: "
        + ", ".join(f"{name} {many}" for name, many in sorted(our["signatures"].items())),
    ]


def one_claim(results: Results, times: int) -> None:
    """One four-line claim in a warm process."""
    said = sides.ours("one_claim.py", "--times", times)
    what = "one claim of four lines, warm"
    for side, key in (
        ("decided", "determine"),
        ("decided and explained", "explained"),
        ("from JSON, explained", "from_json"),
    ):
        taken = sorted(said[key])
        late = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
        median = taken[len(taken) // 2]
        results.figures.append(Figure(what, side, median, "ms, median", None, said["peak_mb"], f"p99 {late:.1f} ms"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, help="claim lines to decide (1,000,000)")
    parser.add_argument("--claims", type=int, help="claims to read (100,000)")
    parser.add_argument("--quick", action="store_true", help="few lines and claims, to see that everything runs")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--name", default="latest", help="name of the files written there")
    parser.add_argument("--publish", action="store_true", help="put the table into docs/benchmarks.md")
    given = parser.parse_args()
    lines = given.lines or (20_000 if given.quick else 1_000_000)
    claims = given.claims or (2_000 if given.quick else 100_000)
    data = HERE / "data"
    data.mkdir(exist_ok=True)
    results = Results(
        {
            "cores": os.cpu_count(),
            "GB memory": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
            "Python": platform.python_version(),
            "Polars": version("polars"),
        }
    )
    reading(results, data, claims, peers=given.peers)
    deciding(results, data, lines, 2 if given.quick else 5, peers=given.peers)
    one_claim(results, 50 if given.quick else 300)
    results.show()
    results.write(given.out, given.name)
    if given.publish:
        results.publish(ROOT / "docs" / "benchmarks.md")


if __name__ == "__main__":
    main()

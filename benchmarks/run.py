"""Measure claimwright beside its peers, all in the same run, and say how they compare.

    python benchmarks/run.py [--quick] [--lines N] [--claims N] [--no-peers] [--out DIR] [--name NAME] [--publish]

Each side runs in a process of its own, one after the other; a peer in its own locked environment (peers/NAME). What
cannot run here is named as skipped. The best of several runs counts, for every side.
"""

from __future__ import annotations

import argparse
import hashlib
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
QUERY, COPY = "DuckDB, hand-written query", "DuckDB, copy only"
PEER_OPTIONS = {QUERY: (), COPY: ("--copy",)}
ROUNDS = 3
PEER_NOTES = 500
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
    ones, boths = [], []
    for _ in range(ROUNDS):
        alone = {"POLARS_MAX_THREADS": "1"}
        ones.append(_reader(sides.ours("read_837.py", whole, environment=alone, one_core=True)))
        boths.append(_reader(sides.ours("read_837.py", whole)))
    one, both = (max(turns, key=lambda turn: turn["rate"]) for turns in (ones, boths))
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
    path = data / f"{claims}-{_version('make_837.py')}.837"
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
    """Deciding lines, Parquet to Parquet. The sides take turns, so that a slow minute of the machine hits all."""
    what = "deciding, Parquet to Parquet"
    path = data / f"{lines}-{_version('make_lines.py')}.parquet"
    if not path.exists():
        sides.ours("make_lines.py", path, "--lines", lines)
    turns: dict[str, list[Any]] = {"ours": [], QUERY: [], COPY: []}
    for _ in range(ROUNDS):
        turns["ours"].append(sides.ours("deciding.py", path, "--out", data / "ours", "--runs", runs))
        for side in (QUERY, COPY) if peers else ():
            if side in {name for name, _ in results.skipped}:
                continue
            arguments = ("--reference", REFERENCE, "--policies", POLICIES, "--runs", runs, *PEER_OPTIONS[side])
            with skipping(results, side):
                turns[side].append(sides.peer("duckdb", "decide.py", path, "--out", data / "duckdb", *arguments))
    our = min(turns["ours"], key=lambda turn: min(turn["seconds"]))
    best, first = lines / min(our["seconds"]), lines / min(turn["seconds"][0] for turn in turns["ours"])
    steps = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in our["steps"].items())
    note = f"both views, reasons kept; its last run: {steps}"
    results.figures += [
        Figure(what, "claimwright", best, "lines/s", None, our["peak_mb"], note),
        Figure(what, "claimwright, first run", first, "lines/s", None, None, "nothing reasoned before"),
    ]
    for side, note in (
        (QUERY, "the coded view only; no silences, no reachable outcomes"),
        (COPY, "the floor: nothing decided"),
    ):
        if turns[side]:
            their = min(turns[side], key=lambda turn: min(turn["seconds"]))
            rate = lines / min(their["seconds"])
            results.figures.append(Figure(what, side, rate, "lines/s", best / rate, their["peak_mb"], note))
    if turns[QUERY]:
        results.notes += agreement(our["findings"], turns[QUERY][0]["findings"])
    results.notes += signatures(our)


def _version(script: str) -> str:
    """A few digits that change with the script, so that data are made anew when their maker has changed."""
    return hashlib.sha256((HERE / script).read_bytes()).hexdigest()[:8]


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
    turns = [sides.ours("one_claim.py", "--times", times) for _ in range(ROUNDS)]
    what = "one claim of four lines, warm"
    for side, key in (
        ("decided", "determine"),
        ("decided and explained", "explained"),
        ("from JSON, explained", "from_json"),
    ):
        taken, memory = min(((sorted(turn[key]), turn["peak_mb"]) for turn in turns), key=_median)
        late = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
        figure = Figure(what, side, _median((taken, memory)), "ms, median", None, memory, f"p99 {late:.1f} ms")
        results.figures.append(figure)


def _median(turn: tuple[list[float], float]) -> float:
    return turn[0][len(turn[0]) // 2]


def reading_notes(results: Results, data: Path, many: int, *, peers: bool) -> None:
    """Notes of one kilobyte: by themselves and as a batch, on one core by the processor's time, which others on the
    machine change least, and on all by the clock."""
    what = "reading notes of 1 kB"
    known, new = (data / f"notes-{many}-{kind}-{_version('make_notes.py')}.jsonl" for kind in ("known", "new"))
    for path, options in ((known, ()), (new, ("--new-lines",))):
        sides.ours("make_notes.py", path, "--notes", many, *options)
    turns: dict[str, list[Any]] = {"known": [], "new": [], "one": [], "all": []}
    for _ in range(ROUNDS):
        turns["known"].append(sides.ours("reading_notes.py", known, one_core=True))
        turns["new"].append(sides.ours("reading_notes.py", new, one_core=True))
        turns["one"].append(sides.ours("reading_notes.py", known, "--batch", one_core=True))
        turns["all"].append(sides.ours("reading_notes.py", known, "--batch"))
    best = {side: min(ones, key=lambda one: one["processor"] / one["units"]) for side, ones in turns.items()}
    rates = {side: one["units"] / one["processor"] for side, one in best.items()}
    fastest = min(turns["all"], key=lambda one: one["seconds"][0])
    rates["all"] = fastest["units"] / fastest["seconds"][0]
    for side, name, unit, note in (
        ("known", "claimwright, one by one", "notes/s of processor", "lines come again, as in templates"),
        ("new", "claimwright, one by one, every line new", "notes/s of processor", "nothing comes again but words"),
        ("one", "claimwright, a batch on one core", "notes/s of processor", "reading the language included"),
        ("all", "claimwright, a batch on all cores", "notes/s", "starting the processes included"),
    ):
        results.figures.append(Figure(what, name, rates[side], unit, None, best[side]["peak_mb"], note))
    if peers:
        with skipping(results, "medspaCy"):
            read = sides.peer("medspacy", "read.py", new, min(many, PEER_NOTES))
            rate = read["units"] / read["processor"]
            note = f"{read['units']:,} notes, every line new; twelve conditions and their status, nothing else"
            name = f"medspaCy {read['version']}"
            figure = Figure(what, name, rate, "notes/s of processor", rates["new"] / rate, read["peak_mb"], note)
            results.figures.append(figure)


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
    deciding(results, data, lines, 2 if given.quick else 4, peers=given.peers)
    one_claim(results, 50 if given.quick else 300)
    reading_notes(results, data, 600 if given.quick else 8000, peers=given.peers)
    results.show()
    results.write(given.out, given.name)
    if given.publish:
        results.publish(ROOT / "docs" / "benchmarks.md")


if __name__ == "__main__":
    main()

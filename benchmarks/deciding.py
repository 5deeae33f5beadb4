"""Our side of deciding: a Parquet of claim lines in, a Parquet of answers and one of findings out.

    python benchmarks/deciding.py lines.parquet --out DIR [--runs 3] [--data DIR]

With `--data` also the tables imported into that folder are loaded.

The last line of the output is a JSON object: lines, seconds of each run, seconds of the last run's steps, peak memory,
coded findings of lines that have a day counted by clause, distinct combinations and stations.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from claimwright.determine import frames
from claimwright.determine.engine import Engine
from claimwright.determine.run import Determined
from claimwright.lines.schema import conform
from claimwright.policies import shipped
from claimwright.reference import releases
from claimwright.reference.store import Store


@contextmanager
def timed(steps: dict[str, float], name: str) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    steps[name] = time.perf_counter() - begin


def decide(engine: Engine, path: Path, out: Path, steps: dict[str, float]) -> Determined:
    with timed(steps, "read"):
        lines = conform(pl.read_parquet(path, columns=_present(path, engine)))
    with timed(steps, "determine"):
        determined = engine.determine(lines)
    with timed(steps, "tables"):
        answers, findings = frames.answers(determined), frames.findings(determined)
    with timed(steps, "write"):
        answers.write_parquet(out / "answers.parquet")
        findings.write_parquet(out / "findings.parquet")
    return determined


def _present(path: Path, engine: Engine) -> list[str]:
    """The columns of the file that a decision, or a line's row in the tables, reads."""
    return [name for name in pl.read_parquet_schema(path) if name in engine.columns_read]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--data", type=Path)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    tables = releases.load()
    engine = Engine(shipped.load(), tables.joined(Store(given.data).releases()) if given.data else tables)
    engine.plan  # noqa: B018  # reading policies is not on the clock, as the peer's reference tables are not
    seconds, steps = [], {}
    for _ in range(given.runs):
        determined = None  # what an earlier run found is not to be held while the next is at work
        begin = time.perf_counter()
        determined = decide(engine, given.lines, given.out, steps)
        seconds.append(time.perf_counter() - begin)
    found = pl.read_parquet(given.out / "findings.parquet").filter(pl.col("views") != "documented")
    with_day = determined.lines.filter(pl.col("service_from").is_not_null()).select("file", "claim_index", "line")
    compared = found.join(with_day, on=with_day.columns, how="semi")
    counted = compared.group_by(pl.col("clause").cast(pl.String)).len().sort("clause")
    report = {
        "lines": determined.lines.height,
        "seconds": seconds,
        "steps": steps,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "findings": dict(counted.iter_rows()),
        "combinations": len(determined.combinations),
        "stations": len({id(one.station) for one in determined.combinations}),
        "by_program": _by_program(determined),
        "signatures": _signatures(determined),
    }
    print(json.dumps(report))


def _by_program(determined: Determined) -> dict[str, int]:
    """How many distinct combinations the lines of each program (or of none) showed."""
    counted = Counter(
        one.station.program.id if one.station.program else "no program" for one in determined.combinations
    )
    return dict(counted)


def _signatures(determined: Determined) -> dict[str, int]:
    """For each policy: how many distinct sets of its coverage clauses fired or stood, in both views."""
    seen: dict[str, set[tuple[object, ...]]] = {}
    for one in determined.combinations:
        fired = [ready.clause.name for decision in (one.coded, one.documented) for ready in decision.fired]
        for policy in {ready.policy.id for ready in one.station.coverage}:
            here = tuple(name for name in fired if name.startswith(f"{policy} "))
            faced = tuple(ready.number for ready in one.station.coverage if ready.policy.id == policy)
            seen.setdefault(policy, set()).add((faced, here))
    return {policy: len(distinct) for policy, distinct in seen.items()}


if __name__ == "__main__":
    main()

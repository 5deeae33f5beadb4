"""How fast the 837 reader is, frames included: claims and megabytes a second, and the peak of the memory.

python benchmarks/make_837.py week.837 --claims 100000
POLARS_MAX_THREADS=1 taskset -c 0 python benchmarks/read_837.py week.837
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path

from claimwright.formats.x12 import read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--batch", type=int, default=2000, help="claims per batch")
    given = parser.parse_args()
    begin, cpu = time.perf_counter(), time.process_time()
    claims = lines = problems = 0
    for batch in read(given.path, claims_per_batch=given.batch):
        claims += batch.claims
        lines += len(batch.lines)
        problems += len(batch.problems)
    seconds, spent = time.perf_counter() - begin, time.process_time() - cpu
    size = given.path.stat().st_size
    threads = os.environ.get("POLARS_MAX_THREADS", f"default ({os.cpu_count()})")
    print(f"{claims:,} claims, {lines:,} lines, {problems:,} problems, {size / 1e6:.0f} MB; Polars threads: {threads}")
    print(f"{claims / seconds:,.0f} claims/s, {size / seconds / 1e6:.1f} MB/s")
    print(f"{seconds:.2f} s, of them {spent:.2f} s of processor time")
    print(f"peak RSS {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

"""Read notes as `make_notes.py` makes them: one by one, or as one batch.

    python benchmarks/reading_notes.py NOTES [--batch]

The last line of the output is a JSON object: how many, seconds by the clock and of the processor (that of the processes
a batch begins included), peak memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from pathlib import Path

from claimwright.chart.batch import read_all
from claimwright.chart.read import read

WARM_UP = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--batch", action="store_true")
    given = parser.parse_args()
    texts = [json.loads(line) for line in given.notes.read_text(encoding="utf-8").splitlines()]
    if not given.batch:  # a process that has read a few; a batch has to begin its own
        for text in texts[-WARM_UP:]:
            read(text)
        texts = texts[:-WARM_UP]
    began, used = time.perf_counter(), sum(os.times()[:4])
    many = len(read_all(texts)) if given.batch else sum(1 for text in texts if read(text))
    seconds, processor = time.perf_counter() - began, sum(os.times()[:4]) - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"units": many, "seconds": [seconds], "processor": processor, "peak_mb": peak}))


if __name__ == "__main__":
    main()

"""The floor of reading: cut an 837 at its separators and keep nothing. The last line of the output is a JSON object."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path


def main() -> None:
    begin = time.perf_counter()
    claims = 0
    with Path(sys.argv[1]).open("rb") as file:
        left = b""
        while block := file.read(1 << 20):
            *segments, left = (left + block).split(b"~\n")
            for segment in segments:
                elements = segment.split(b"*")
                claims += elements[0] == b"CLM"
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"units": claims, "seconds": [seconds], "peak_mb": peak}))


if __name__ == "__main__":
    main()

"""Read an 837P into the library's models; the last line of the output is a JSON object: claims, seconds, peak memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib.metadata import version

from linuxforhealth.x12.io import X12ModelReader


def main() -> None:
    begin = time.perf_counter()
    claims = 0
    with X12ModelReader(sys.argv[1]) as reader:
        for model in reader.models():
            for billing in model.loop_2000a:
                for subscriber in billing.loop_2000b:
                    claims += len(subscriber.loop_2300 or ())
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"units": claims, "seconds": [seconds], "peak_mb": peak, "version": version("linuxforhealth-x12")}))


if __name__ == "__main__":
    main()

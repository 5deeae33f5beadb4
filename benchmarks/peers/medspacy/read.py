"""Find conditions in notes, and which of them are denied, past, another person's or only feared: medspaCy's own pipeline.

The last line of the output is a JSON object: notes, seconds by the clock and of the processor, peak memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

import medspacy
from loguru import logger
from medspacy.ner import TargetRule

CONDITIONS = (
    "neuropathy",
    "peripheral neuropathy",
    "diabetic neuropathy",
    "polyneuropathy",
    "wound",
    "open wound",
    "surgical wound",
    "ulcer",
    "diabetic ulcer",
    "venous ulcer",
    "pressure ulcer",
    "pressure injury",
)
WARM_UP = 30


def main() -> None:
    logger.remove()  # it writes a line a token
    texts = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    texts = texts[: int(sys.argv[2])]
    reader = medspacy.load()
    reader.get_pipe("medspacy_target_matcher").add([TargetRule(words, "CONDITION") for words in CONDITIONS])
    for text in texts[:WARM_UP]:
        reader(text)
    began, used = time.perf_counter(), time.process_time()
    found = 0
    for text in texts:
        found += sum(1 for one in reader(text).ents if not one._.is_negated)
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"units": len(texts), "seconds": [seconds], "processor": processor, "peak_mb": peak, "found": found}
    print(json.dumps({**told, "version": version("medspacy")}))


if __name__ == "__main__":
    main()

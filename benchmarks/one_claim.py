"""One four-line claim in a warm process, asked again and again: the time to its answers, explained.

    python benchmarks/one_claim.py [--times 300]

The last line of the output is a JSON object: milliseconds of each time, with and without explanation.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable

from claimwright.determine.engine import Engine
from claimwright.determine.explain import explain
from claimwright.lines.case import Case, lines_of
from claimwright.policies import shipped
from claimwright.reference import releases

CASE = {
    "claim": "ONE",
    "form": "professional",
    "patient": {"member_id": "1S00A00AA00", "last": "ALDERBY", "first": "ADA", "birth_date": "1950-02-01"},
    "provider": {"npi": "2912345678", "tax_id": "123456789", "state": "OH"},
    "payer": {"id": "15202", "name": "MEDICARE PART B OHIO CGS", "filing": "MB"},
    "diagnoses": ["E11.42", "M17.11"],
    "lines": [
        {"procedure": "97110", "service": "2026-03-10", "modifiers": ["GP"], "units": 2, "pointers": [2]},
        {"procedure": "97140", "service": "2026-03-10", "modifiers": ["GP"], "units": 1, "pointers": [2]},
        {"procedure": "97018", "service": "2026-03-10", "modifiers": ["GP"], "units": 1, "pointers": [2]},
        {"procedure": "97026", "service": "2026-03-10", "modifiers": ["GP"], "units": 1, "pointers": [1]},
    ],
}
WARM_UP = 20


def times(ask: Callable[[], object], many: int) -> list[float]:
    """Milliseconds of each time, once the process is warm."""
    for _ in range(WARM_UP):
        ask()
    found = []
    for _ in range(many):
        begin = time.perf_counter()
        ask()
        found.append((time.perf_counter() - begin) * 1000)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=300)
    given = parser.parse_args()
    engine = Engine(shipped.load(), releases.load())
    lines = lines_of(Case.model_validate(CASE))
    report = {
        "determine": times(lambda: engine.determine(lines), given.times),
        "explained": times(lambda: list(explain(engine.determine(lines))), given.times),
        "from_json": times(lambda: list(explain(engine.determine(lines_of(Case.model_validate(CASE))))), given.times),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()

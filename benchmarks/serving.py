"""Four-line claims a second over HTTP, asked by `wrk` (Debian's) from 64 connections on this same machine.

    python benchmarks/serving.py [--seconds 20] [--connections 64] [--processes 2] [--same]

Starts `claimwright serve` on an empty worklist and a free port, and sends claims that all differ: patient, day, payer,
diagnoses, codes, units. `--same` sends one claim again and again, as a program that retries does. Server and wrk share
the processors. The last line of the output is a JSON object.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from claimwright.desk import people, visits
from claimwright.desk.database import opened
from claimwright.desk.people import actor_of
from claimwright.desk.rights import Right
from claimwright.desk.tables import Role

CLAIMS = 20_000
LUA = """
local bodies, at = {}, 0
function init(args)
  for line in io.lines(args[1]) do bodies[#bodies + 1] = line end
  math.randomseed(os.time() + tonumber(tostring({}):sub(8), 16) %% 1000)
  at = math.random(#bodies)
end
function request()
  at = at %% #bodies + 1
  return wrk.format("POST", nil, nil, bodies[at])
end
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer %s"
"""
LAST = date(2026, 3, 20)
CODES = ["97026", "97110", "97140", "97530", "97124", "97014", "97032", "97112", "97016", "97035", "97116", "97161"]
PAYERS = [
    *([{"filing": "MB", "id": "15202", "name": "MEDICARE PART B OHIO"}] * 5),
    *([{"id": "G00621", "name": "BLUE CROSS AND BLUE SHIELD OF ILLINOIS", "filing": "BL"}] * 3),
    {"id": "60054", "name": "AETNA", "filing": "CI"},
    {"program": "workers-compensation"},
]
DIAGNOSES = ["M17.11", "M54.50", "M25.511", "E11.42", "G62.9", "S83.511D", "M75.101", "Z96.651", "R26.89", "I89.0"]


def claim(number: int, chance: random.Random) -> dict[str, object]:
    day = str(LAST - timedelta(days=chance.randrange(180)))
    dx = chance.sample(DIAGNOSES, chance.randint(1, 3))
    return {
        "claim": f"B{number}",
        "form": "professional",
        "patient": {
            "member_id": f"{chance.randrange(10**9):09d}",
            "last": "BENCH",
            "first": "PAT",
            "birth_date": str(date(1930, 1, 1) + timedelta(days=chance.randrange(25_000))),
        },
        "provider": {"npi": "1234567893", "state": chance.choice(["OH", "IL", "TX", "FL"])},
        "payer": chance.choice(PAYERS),
        "diagnoses": dx,
        "whole_day": True,
        "lines": [
            {
                "procedure": code,
                "service": day,
                "modifiers": chance.choice([["GP"], ["GP"], ["GP", "59"], ["GP", "KX"], ["GO"]]),
                "units": chance.randint(1, 3),
                "pointers": list(range(1, len(dx) + 1)),
                "charge": f"{chance.randint(20, 120)}.00",
                "place": "11",
            }
            for code in chance.sample(CODES, 4)
        ],
    }


def secret(folder: Path) -> str:
    """A token of a new biller's, in the database of the worklist in a folder."""
    database, now = opened(f"sqlite:///{folder / 'desk.sqlite3'}"), datetime.now(UTC)
    with database.writing() as session:
        person, _ = people.added(session, now, "benchmark", "Benchmark", Role.BILLER)
        found = visits.token_made(session, now, actor_of(person), name="load", scopes=[Right.CHECK], days=1)[1]
    database.close()
    return found


@contextlib.contextmanager
def server(folder: Path, port: int, processes: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        str(Path(sys.executable).with_name("claimwright")),
        "serve",
        "--folder",
        str(folder),
        "--port",
        str(port),
    ]
    running = subprocess.Popen([*command, "--no-store", "--processes", str(processes)], stdout=subprocess.DEVNULL)
    try:
        for _ in range(1500):
            with contextlib.suppress(OSError):
                asked = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
                asked.request("GET", "/health")
                if asked.getresponse().status == 200:
                    break
            time.sleep(0.2)
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(60)


def loaded(port: int, token: str, given: argparse.Namespace, seconds: int) -> str:
    """What wrk says."""
    chance = random.Random(97026)
    claims = [claim(number, chance) for number in range(1 if given.same else CLAIMS)]
    with tempfile.TemporaryDirectory() as scratch:
        bodies, script = Path(scratch, "claims.ndjson"), Path(scratch, "claims.lua")
        bodies.write_text("".join(json.dumps(one) + "\n" for one in claims))
        script.write_text(LUA % token)
        address = f"http://127.0.0.1:{port}/api/v1/check?as_of={LAST}"
        load = ["wrk", "-t1", f"-c{given.connections}", f"-d{seconds}s", "--timeout=30s", "--latency"]
        command = [*load, "-s", str(script), address, "--", str(bodies)]
        asked = subprocess.run(command, capture_output=True, text=True, check=True)
    print(asked.stdout, asked.stderr)
    return asked.stdout


def processor_seconds(parent: int) -> float:
    """What a process and its children have used so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if parent in {int(stat.parent.name), int(fields[1])}:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([0-9.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--same", action="store_true")
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        with server(Path(folder), port, given.processes) as running:
            token = secret(Path(folder))
            loaded(port, token, given, max(3, given.seconds // 2))  # warms it: what is reasoned once
            before = processor_seconds(running.pid)
            said = loaded(port, token, given, given.seconds)
            spent = processor_seconds(running.pid) - before
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    many = int(re.search(r"(\d+) requests in", said)[1])
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    report = {
        "claims_a_second": float(re.search(r"Requests/sec:\s+([0-9.]+)", said)[1]),
        **{f"p{at}_ms": milliseconds(re.search(rf"\s{at}%\s+(\S+)", said)[1]) for at in (50, 90, 99)},
        "processor_ms_a_claim": round(1000 * spent / many, 3),  # of the server; what else runs here does not change it
        "refused": int(wrong[1]) if wrong else 0,
        "connections": given.connections,
        "processes": given.processes,
        "same_claim": given.same,
        "peak_mb_of_a_process": used.ru_maxrss // 1024,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()

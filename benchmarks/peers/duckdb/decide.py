"""Decide a Parquet of claim lines with one hand-written query, or copy it without deciding (--copy).

    python decide.py lines.parquet --out DIR --reference DIR --policies DIR [--copy] [--runs 3]

The last line of the output is a JSON object: lines, seconds of each run, peak memory, findings counted by clause.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

import duckdb
import tables

SCHEMAS = {
    "edits": 'form TEXT, column1 TEXT, column2 TEXT, "from" DATE, "to" DATE, indicator UTINYINT, release TEXT, last DATE',
    "holds": 'form TEXT, code TEXT, "any" BOOLEAN, "from" DATE, "to" DATE, release TEXT',
    "limits": 'form TEXT, code TEXT, "from" DATE, "to" DATE, value INTEGER, indicator UTINYINT, release TEXT, last DATE',
    "code_sets": '"set" TEXT, code TEXT, beginning BOOLEAN, "from" DATE, "to" DATE',
    "payers": "id TEXT, name TEXT, beginning BOOLEAN, filing TEXT, bill TEXT, program TEXT, payer TEXT",
    "contractors": 'state TEXT, contractor TEXT, "from" DATE, "to" DATE',
    "numbers": 'name TEXT, value DOUBLE, "from" DATE, "to" DATE',
    "vintages": "id TEXT, system TEXT, first DATE, last DATE, path TEXT",
}

LISTED = "INSERT INTO listed SELECT $path, code, billable FROM read_parquet($path)"
# the lists of ICD-9-CM have no headings: a category that begins codes and is none is one
HEADED = """INSERT INTO listed
WITH codes AS (SELECT code FROM read_parquet($path)), begun AS (SELECT DISTINCT left(code, n) AS code FROM codes, range(3, 5) t(n))
SELECT $path, code, true FROM codes
UNION ALL SELECT $path, code, false FROM begun ANTI JOIN codes USING (code) WHERE regexp_matches(code, '^([0-9]{3}|V[0-9]{2}|E[0-9]{3})')"""


def connect(reference: Path, policies: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory with the reference tables; nothing of it is on the clock."""
    database = duckdb.connect()
    database.execute("SET preserve_insertion_order = false")
    made = {
        "edits": tables.edits(reference / "releases"),
        "holds": tables.holds(reference / "releases"),
        "limits": tables.limits(reference / "releases"),
        "code_sets": tables.code_sets(policies),
        "payers": tables.payers(reference / "payers.csv"),
        "contractors": tables.contractors(reference / "contractors.csv"),
        "numbers": tables.numbers(policies / "numbers.csv"),
        "vintages": tables.vintages(reference / "releases"),
    }
    for name, schema in SCHEMAS.items():
        database.execute(f"CREATE TABLE {name} ({schema})")
        database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(made[name][0]))})", made[name])
    database.execute("CREATE TABLE listed (path TEXT, code TEXT, billable BOOLEAN)")
    for _, system, _, _, path in made["vintages"]:
        database.execute(HEADED if system == "ICD-9-CM" else LISTED, {"path": path})
    return database


def decide(database: duckdb.DuckDBPyConnection, lines: Path, out: Path) -> None:
    script = Path(__file__).with_name("decide.sql").read_text("utf-8")
    for name, path in (("lines", lines), ("answers", out / "answers.parquet"), ("findings", out / "findings.parquet")):
        script = script.replace(f"${name}", f"'{path}'")
    database.execute(script)


def copy(database: duckdb.DuckDBPyConnection, lines: Path, out: Path) -> None:
    database.execute(f"COPY (FROM read_parquet('{lines}')) TO '{out / 'copy.parquet'}' (FORMAT parquet)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--policies", type=Path, required=True)
    parser.add_argument("--copy", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    database = connect(given.reference, given.policies)
    seconds = []
    for _ in range(given.runs):
        begin = time.perf_counter()
        (copy if given.copy else decide)(database, given.lines, given.out)
        seconds.append(time.perf_counter() - begin)
    found = {}
    if not given.copy:
        counted = f"SELECT clause, count(*) FROM read_parquet('{given.out / 'findings.parquet'}') GROUP BY clause ORDER BY clause"
        found = dict(database.execute(counted).fetchall())
    (many,) = database.execute(f"SELECT count(*) FROM read_parquet('{given.lines}')").fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"lines": many, "seconds": seconds, "peak_mb": peak, "findings": found, "version": duckdb.__version__}))


if __name__ == "__main__":
    main()

"""Write a procedure-to-procedure table in the official layout, four parts in four zips, to measure imports with.

    python benchmarks/make_ncci.py --out DIR [--from table.parquet] [--rows 2500000] [--quarter 2024Q3] [--hospital]

Without `--from` the pairs are made up: real in shape, meaningless in content. A Parquet given has column1, column2,
deletion_date (ISO, empty: active), modifier_indicator and rationale; where it has no effective dates, a pair begins in
1996, or the day after an earlier row about it ended.
"""

from __future__ import annotations

import argparse
import io
import random
import zipfile
from pathlib import Path

import polars as pl

PREAMBLE = (
    "MADE FOR MEASURING. NOT A PUBLISHED TABLE.\t\t\t\t\t\t",
    "Column1/Column2 Edits\t\t\t\t\t\t",
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t",
    "\t\t\t\t*=no data\t1=allowed\t",
    "\t\t\t\t\t9=not applicable\t",
)
PARTS = 4


def made_up(rows: int) -> pl.DataFrame:
    """Pairs of codes in the order of the first, a third of them deleted, and one in twenty-five a tombstone."""
    chance = random.Random(97026)
    codes = [f"{number:05d}" for number in chance.sample(range(100, 99_999), 13_000)]
    codes.sort()
    each = rows // len(codes) + 1
    first = [code for code in codes for _ in range(each)][:rows]
    second = [two for _ in codes for two in sorted(chance.sample(codes, each))][:rows]
    kind = chance.choices(("active", "ended", "tombstone"), (65, 31, 4), k=rows)
    return pl.DataFrame(
        {
            "column1": first,
            "column2": second,
            "deletion_date": ["" if one == "active" else "2019-12-31" for one in kind],
            "modifier_indicator": [9 if one == "tombstone" else chance.randrange(2) for one in kind],
            "rationale": ["Made up for measuring"] * rows,
        }
    ).filter(pl.col("column1") != pl.col("column2"))


def official(table: pl.DataFrame) -> pl.DataFrame:
    """The seven columns of the official file, as text."""
    table = table.with_columns(pl.col(pl.Categorical).cast(pl.String)).with_columns(
        ended=pl.col("deletion_date").replace("", None).str.to_date("%Y-%m-%d")
    )
    ordered = table.with_row_index("place").sort("column1", "column2", "ended", nulls_last=True)
    earlier = pl.col("ended").shift(1).over("column1", "column2")
    tombstone = pl.col("modifier_indicator") == 9
    begins = pl.when(tombstone.fill_null(False)).then("ended").otherwise(earlier + pl.duration(days=1))
    return (
        ordered.with_columns(begins=begins.fill_null(pl.date(1996, 1, 1)))
        .with_columns(begins=pl.min_horizontal("begins", "ended"))
        .sort("place")
        .select(
            "column1",
            "column2",
            pl.lit("").alias("before 1996"),
            pl.col("begins").dt.strftime("%Y%m%d"),
            pl.col("ended").dt.strftime("%Y%m%d").fill_null("*"),
            pl.col("modifier_indicator").cast(pl.String),
            "rationale",
        )
    )


def write(table: pl.DataFrame, folder: Path, quarter: str, file: str, words: str) -> int:
    """Four zips as they are published, and how many bytes of text they hold."""
    year, part_of_year = int(quarter[:4]), int(quarter[-1])
    stem = f"{file}-v{year - 1994}{part_of_year - 1}r0"
    size = -(-table.height // PARTS)
    total = 0
    folder.mkdir(parents=True, exist_ok=True)
    for part in range(PARTS):
        text = io.StringIO()
        table[part * size : (part + 1) * size].write_csv(
            text, separator="\t", include_header=False, quote_style="never", line_terminator="\r\n"
        )
        content = ("\r\n".join(PREAMBLE) + "\r\n" + text.getvalue()).encode("latin-1")
        total += len(content)
        name = f"medicare-ncci-{quarter.lower()}-{words}-ptp-edits-{stem}-f{part + 1}.zip"
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(f"{stem}-f{part + 1}.txt", content)
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--from", dest="table", type=Path)
    parser.add_argument("--rows", type=int, default=2_500_000)
    parser.add_argument("--quarter", default="2024Q3")
    parser.add_argument("--hospital", action="store_true")
    given = parser.parse_args()
    names = ("ccioph", "hospital") if given.hospital else ("ccipra", "practitioner")
    table = official(pl.read_parquet(given.table) if given.table else made_up(given.rows))
    total = write(table, given.out, given.quarter, *names)
    print(f"{table.height:,} rows, {total / 1e6:,.0f} MB of text, in {given.out}")


if __name__ == "__main__":
    main()

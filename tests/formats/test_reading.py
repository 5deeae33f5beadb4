"""One door for every input: files are recognised by what they hold, and nothing raises."""

from __future__ import annotations

import gzip
import json
import logging
import sys

import polars as pl
import pytest
from claims_837 import File, claim

from claimwright.formats.reading import batches, total_bytes
from claimwright.formats.x12 import raw_segments

X12 = File((claim("A"), claim("B")))
CSV = "claim,procedure,service\nA,97026,2024-03-01\n"
CASE = json.dumps({"claim": "A", "lines": [{"procedure": "97026"}]})


def read(path, **options):
    found = list(batches(path, **options))
    assert found
    lines = pl.concat([batch.lines for batch in found])
    return lines["claim"].to_list(), [problem for batch in found for problem in batch.problems]


@pytest.mark.parametrize("name", ["a.837", "a.txt", "a.csv", "a", "a.json"])
@pytest.mark.parametrize(("data", "claims"), [(X12.bytes(), ["A", "B"]), (CSV.encode(), ["A"]), (CASE.encode(), ["A"])])
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_recognised_by_what_it_holds(tmp_path, name, data, claims, packed):
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(data) if packed else data)
    found, problems = read(path)
    assert found == claims
    assert problems == []
    assert total_bytes(path) == len(data)


def test_parquet_is_recognised(tmp_path):
    path = tmp_path / "lines"
    pl.DataFrame({"claim": ["A"], "procedure": ["97026"], "service": ["2024-03-01"]}).write_parquet(path)
    assert read(path) == (["A"], [])


@pytest.mark.parametrize("name", ["LOUISA", "ISA"])
def test_a_first_name_is_no_interchange(tmp_path, name):
    path = tmp_path / "week.csv"
    path.write_text(f"procedure,service,first_name,last_name\n97026,2026-03-10,{name},QUILL\n")
    (batch,) = batches(path)
    assert batch.lines["patient_first"].to_list() == [name]


def test_a_column_of_one_table_needs_no_separator(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("cpt\n97026\n")
    claims, problems = read(path)
    assert claims == [None]
    assert [problem.id for problem in problems] == ["INP-COLUMNS"]


@pytest.mark.parametrize(
    ("name", "data", "id_"),
    [
        ("empty.837", b"", "INP-EMPTY"),
        ("packed.zip", b"PK\x03\x04abc", "INP-UNKNOWN"),
        ("letter.txt", b"Dear colleague", "INP-UNKNOWN"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "INP-UNKNOWN"),
        ("week.837", b"Dear colleague", "INP-NO-ISA"),
        ("remit.835", File((claim(),), kind="835").bytes(), "INP-NOT-837"),
        ("broken.gz", b"\x1f\x8bnot really", "INP-EMPTY"),
    ],
)
def test_what_cannot_be_read_is_one_problem(tmp_path, name, data, id_):
    path = tmp_path / name
    path.write_bytes(data)
    claims, problems = read(path)
    assert claims == []
    assert problems[0].id == id_
    assert "colleague" not in str(problems)


def test_a_missing_file_and_a_folder_are_problems(tmp_path):
    assert [problem.id for problem in read(tmp_path / "nowhere.837")[1]] == ["INP-NO-FILE"]
    assert [problem.id for problem in read(tmp_path)[1]] == ["INP-NO-FILE"]
    assert total_bytes(tmp_path / "nowhere.837") == 0


def test_a_damaged_gzip_gives_what_stood_before_the_damage(tmp_path):
    path = tmp_path / "week.837.gz"
    path.write_bytes(gzip.compress(X12.bytes())[:-12])
    claims, problems = read(path)
    assert claims == ["A", "B"]
    assert problems[-1].id == "INP-TRUNCATED"


def test_the_bytes_of_a_claim_in_a_gzipped_file(tmp_path):
    path = tmp_path / "week.837.gz"
    path.write_bytes(gzip.compress(X12.bytes()))
    row = next(iter(batches(path))).lines.row(1, named=True)
    assert raw_segments(path, row["offset"], row["length"]).startswith(b"CLM*B*")


def test_the_strict_check_tells_what_the_guide_wants_and_keeps_it_private(tmp_path, capfd, caplog):
    path = tmp_path / "week.837"
    path.write_bytes(X12.bytes().replace(b"HI*ABK", b"HI*QUILL"))
    caplog.set_level(logging.DEBUG)
    claims, problems = read(path, strict=True)
    assert claims == ["A", "B"]
    strict = [problem for problem in problems if problem.id == "INP-STRICT"]
    assert any(problem.field == "HI" for problem in strict)
    shown = capfd.readouterr()
    for text in (shown.out, shown.err, caplog.text, str(problems)):
        assert "QUILL" not in text


def test_the_strict_check_survives_anything(tmp_path):
    for number, data in enumerate((b"", b"hello", X12.bytes()[:300], X12.bytes()[:900], File((), guide="X").bytes())):
        path = tmp_path / f"{number}.837"
        path.write_bytes(data)
        read(path, strict=True)


def test_without_pyx12_the_strict_check_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyx12.params", None)
    path = tmp_path / "week.837"
    path.write_bytes(X12.bytes())
    claims, problems = read(path, strict=True)
    assert claims == ["A", "B"]
    assert "claimwright[x12]" in problems[0].help

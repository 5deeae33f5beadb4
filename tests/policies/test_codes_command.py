"""`policy codes` and `policy show --codes`, as the author of a code set meets them."""

import json

import pytest
from typer.testing import CliRunner

from claimwright.cli.app import app


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")

    def call(*words, code=0):
        told = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
        assert told.exit_code == code, told.output
        return told.output

    return call


def counts(output, name):
    """The numbers in the line of a family."""
    (line,) = [line for line in output.splitlines() if line.split()[:1] == [name]]
    return [int(word) for word in line.split()[1:]]


def test_a_policy_shows_what_its_sets_hold_in_each_list_and_what_came(run):
    told = run("policy", "show", "NCD-270.6", "--codes", "--no-store")
    assert "ulcer · ICD-10-CM · 37 rows of the shared codes.csv" in told
    for name in ("icd-9-cm-v32", "icd-10-cm-2025-04", "icd-10-cm-2025-10", "icd-10-cm-2026-04"):
        assert name in told
    assert counts(told, "L98.4*") == [24, 24, 64]
    assert counts(told, "870-879") == [112]
    assert "icd-10-cm-2026-04 came: L98.431, L98.432" in told
    assert "icd-10-cm-2025-10 not told by it: L98.43, L98.431" in told
    assert "E0221, A4639" in told  # of other code sets there are no lists


def test_a_family_that_nobody_wrote_down_yet_is_tried(run):
    told = run("policy", "codes", "E88.1*", "M15-M19", "--no-store")
    assert "icd-10-cm-2026-04 went: E88.1" in told
    assert "icd-10-cm-2026-04 came: E88.10, E88.11" in told
    assert told.count("98") >= 3


def test_every_code_of_a_day_is_named(run):
    told = run("policy", "codes", "M54.5*", "--on", "2026-04-01", "--no-store")
    assert "icd-10-cm-2026-04: M54.50, M54.51, M54.59" in told


def test_a_code_of_the_old_set_has_its_own_list(run):
    assert "719.46 · ICD-9-CM" in run("policy", "codes", "719.46", "--no-store")
    assert "a heading of icd-9-cm-v32: 250.6* stands" in run("policy", "codes", "250.6", "--no-store", code=1)


def test_a_family_without_a_code_ends_with_1(run):
    assert " 0 " in run("policy", "codes", "E17-E19", "--no-store", code=1)


def test_a_word_that_is_neither_set_nor_code_is_told_with_the_nearest(run):
    assert "did you mean neuropathy?" in run("policy", "codes", "neuropaty", code=2)
    assert "there is no set" in run("policy", "codes", "M19-M15", code=2)
    assert "is a program" in run("policy", "show", "medicare-part-b", "--codes", code=2)


def test_an_imported_list_is_looked_at_too(run, tmp_path):
    order = "".join(
        f"{number:05d} {code:<7} {flag} {'Made up':<60} Made up\n"
        for number, (code, flag) in enumerate([("M15", 0), ("M150", 1), ("M157", 1)], 1)
    )
    (tmp_path / "icd10cm_order_2027.txt").write_text(order, "utf-8")
    run("data", "import", tmp_path / "icd10cm_order_2027.txt", "--data", tmp_path / "store")
    told = run("policy", "codes", "M15*", "--data", tmp_path / "store")
    assert "icd-10-cm-fy2027 came: M15.7" in told
    assert "icd-10-cm-fy2027 went: M15.1" in told


OWN = """\
---
id: NEAR
title: Near the national decision
payer: Medicare
authority: Nobody; made up for this test
source: https://example.org/near
instrument: manual
applies to: {programs: [medicare-part-b]}
quote: paraphrase
checked: 2026-11-22
history: []
---

# Near

> A diagnosis near those of the decision is looked at. [paraphrase]

```rule NEAR
in force: 2020-01-01 ..
view: coded
channel: audit
when:
  claim diagnoses: in [near]
finding: AUD-NEAR
severity: WARN
likelihood: possible
because: >-
  {claim diagnoses.matched} is near the diagnoses of the decision
would change: whatever the record says was treated
```
"""
CODES = "set,system,code,from,to,source,derived\nnear,ICD-10-CM,M79.2,2015-10-01,,2018 GEM from 729.2,gem\n"
CLAIM = (
    "member_id,birth_date,patient_first,npi,program,service_date,procedure,modifiers,units,place,diagnoses,charge\n"
    "MEMBER9701,1950-01-01,ADA,2900000005,medicare-part-b,2026-03-10,97110,GP,1,11,M79.2,50\n"
)


def test_the_mark_of_a_derived_list_reaches_every_answer_that_stands_on_it(run, tmp_path):
    folder = tmp_path / "own" / "near"
    folder.mkdir(parents=True)
    (folder / "policy.md").write_text(OWN, "utf-8")
    (folder / "codes.csv").write_text(CODES, "utf-8")
    (tmp_path / "claim.csv").write_text(CLAIM, "utf-8")
    asked = ("check", tmp_path / "claim.csv", "--policies", tmp_path / "own", "--no-store", "--as-of", "2026-04-01")
    run(*asked, "--out", tmp_path / "answers.json", "-q")
    (line,) = json.loads((tmp_path / "answers.json").read_bytes())["lines"]
    marked = {one["id"]: one.get("derived") for one in line["findings"]}
    assert marked.pop("AUD-NEAR") == "gem"
    assert set(marked.values()) <= {None}
    (found,) = [one for one in line["findings"] if one["id"] == "AUD-NEAR"]
    says = "derived through the General Equivalence Mappings: a hit means review, never that CMS lists it"
    assert found["because"].startswith(
        "M79.2 is near the diagnoses of the decision; the list of codes behind this was "
    )
    assert found["because"].endswith(says)
    assert found["predicted"] == []
    shown = run("policy", "show", "NEAR", "--codes", "--policies", tmp_path / "own", "--no-store")
    assert says in shown
    assert "P016" not in run("policy", "lint", "--policies", tmp_path / "own", code=1)  # it has no examples
    severe = OWN.replace("severity: WARN", "severity: FIX")
    (folder / "policy.md").write_text(severe, "utf-8")
    assert "P016: clause NEAR is a FIX" in run("policy", "lint", "--policies", tmp_path / "own", code=1)


def test_rows_found_through_mappings_come_with_their_mark(run, tmp_path):
    (tmp_path / "2018_I9gem.txt").write_text("7292  M792    10000\nE8881 W01198A 10000\nE8888 NoDx    11000\n", "utf-8")
    (tmp_path / "2018_I10gem.txt").write_text(
        "E1142   25060 10111\nE1142   3572  10112\nE8881   2777  00000\n", "utf-8"
    )
    store = tmp_path / "store"
    none = run("policy", "near", "729.2", "--set", "near", "--data", store, code=2)
    assert "claimwright data import 2018_I9gem.txt" in none
    run("data", "import", tmp_path / "2018_I9gem.txt", tmp_path / "2018_I10gem.txt", "--data", store)
    told = run("policy", "near", "729.2", "250.60", "E888.1", "--set", "near", "--data", store)
    back = "gem-from-icd-10-cm-fy2018"
    assert told.splitlines() == [
        "set,system,code,from,to,source,derived",
        "near,ICD-10-CM,M79.2,2015-10-01,,gem-from-icd-9-cm-fy2018: from 729.2; approximate,gem",
        f"near,ICD-10-CM,E11.42,2015-10-01,,{back}: to 250.60; approximate; only together with others,gem",
        "near,ICD-10-CM,W01.198A,2015-10-01,,gem-from-icd-9-cm-fy2018: from E888.1; approximate,gem",
    ]
    other = run("policy", "near", "E88.81", "--set", "near", "--data", store).splitlines()
    assert other[1:] == ["near,ICD-9-CM,277.7,,2015-09-30,gem-from-icd-10-cm-fy2018: from E88.81,gem"]
    assert "nothing is near E888.8" in run("policy", "near", "E888.8", "--set", "near", "--data", store, code=1)

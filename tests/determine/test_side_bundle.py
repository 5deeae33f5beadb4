"""The bundle of side files: what was given, from files and from records, through the same validation."""

from __future__ import annotations

import pytest

from claimwright.determine import sides
from claimwright.formats.sides import PLANS_OF_CARE_SCHEMA


def test_nothing_given_and_given_without_rows_are_not_the_same():
    assert sides.NO_SIDES.given == frozenset()
    told, problems = sides.of_records({"history": []})
    assert (told.given, problems) == ({"history"}, ())
    assert told.history.height == 0


def test_files_of_one_kind_are_put_together(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(f"member_id,number\n{name},A1\n")
    told, problems = sides.read({"authorizations": [tmp_path / "a.csv", tmp_path / "b.csv"], "plans": []})
    assert problems == ()
    assert told.authorizations["member_id"].to_list() == ["a", "b"]
    assert told.given == {"authorizations"}


def test_every_file_names_what_is_wrong_with_it(tmp_path):
    (tmp_path / "a.csv").write_text("member_id,from,to\nM1,2026-03-31,2026-03-01\n")
    told, problems = sides.read({"authorizations": [tmp_path / "a.csv", tmp_path / "nowhere.csv"]})
    assert told.authorizations.height == 0
    assert [(problem.id, problem.file.rsplit("/", 1)[-1]) for problem in problems] == [
        ("INP-CONTRADICTION", "a.csv"),
        ("INP-NO-FILE", "nowhere.csv"),
    ]


@pytest.mark.parametrize("kind", ["plans of care", "plans-of-care", "plans_of_care"])
def test_records_of_the_one_patient_of_a_case(kind):
    one = {"discipline": "PT", "established_on": "2026-02-20"}
    told, problems = sides.of_records(
        {kind: [one, {**one, "discipline": "physio"}], "plans": [{"product": "PPO"}]},
        file="case",
        defaults={"member_id": "M1", "birth_date": "1950-05-05"},
    )
    assert [(problem.id, problem.row, problem.file) for problem in problems] == [("INP-VALUE", 2, "case")]
    assert told.plans_of_care.schema == PLANS_OF_CARE_SCHEMA
    assert told.plans_of_care["member_id"].to_list() == ["M1"]
    assert told.plans["member_id"].to_list() == ["M1"]
    assert "M1" not in repr(told)


@pytest.mark.parametrize(
    ("written", "given", "lost"),
    [
        ({}, False, True),
        ({"a": "notes, and no table\n"}, False, True),
        ({"a": "member_id,service_from\nM1,2026-03-02\n"}, True, False),
        ({"a": "member_id,service_from,units\nM1,2026-03-02,many\n"}, True, False),  # the row is kept
        ({"a": "member_id,service_from\n,2026-03-02\n"}, True, True),
        ({"a": "member_id,service_from\nM1,2026-03-02\n", "b": ""}, True, True),
    ],
)
def test_a_history_that_could_not_be_read_is_none_and_one_read_in_part_is_not_whole(tmp_path, written, given, lost):
    for name, text in written.items():
        (tmp_path / f"{name}.csv").write_text(text)
    told, problems = sides.read({"history": [tmp_path / f"{name}.csv" for name in written or ["nowhere"]]})
    assert (told.given == {"history"}, told.history_lost) == (given, lost)
    assert bool(problems) == (lost or "many" in str(written))

"""The releases that come with the package: whole, pinned, and saying what the published tables say."""

import shutil
from datetime import date

import polars as pl
import pytest

from claimwright.days import Span
from claimwright.reference import releases as module
from claimwright.reference.releases import SHIPPED, Releases, load
from claimwright.reference.verification import verify

IN_FORCE = (pl.col("indicator") != 9) & pl.col("to").is_null()


@pytest.fixture
def copied(tmp_path):
    """A folder with one shipped release that a test may spoil."""
    name = "ncci-ptp-hospital-therapy-2026q4"
    shutil.copytree(SHIPPED / name, tmp_path / name)
    return tmp_path / name


def test_every_folder_is_a_release_and_none_has_a_problem():
    shipped = load()
    assert {release.id for release in shipped} == {path.parent.name for path in SHIPPED.glob("*/release.yaml")}
    assert verify(shipped) == []
    assert all(release.source and release.licence and release.checked for release in shipped)


def test_no_rejected_row_hides_in_a_shipped_release():
    for release in load():
        assert release.rows.frame.height == release.stated["rows"]
        assert not release.rows.unreadable
        assert release.rows.doubtful.is_empty()


def test_loading_reads_no_rows():
    module._load.cache_clear()
    assert not [release.id for release in load() if {"rows", "codes"} & set(vars(release))]


def test_loading_is_cached_per_process():
    assert load() is load()


@pytest.mark.parametrize("words", ["practitioner", "hospital"])
def test_the_2024_tables_hold_465_active_pairs_of_therapy_codes(words):
    """944 rows, 465 of them in force, among the 97 codes of the therapy by therapy files."""
    therapy = load()["ncci-ptp-hospital-therapy-2019q3-2026q2"].held["code"]
    assert therapy.len() == 97
    rows = load()[f"ncci-ptp-{words}-therapy-2024q3"].rows.frame
    among = rows.filter(pl.col("column1").is_in(therapy.implode()) & pl.col("column2").is_in(therapy.implode()))
    assert among.height == 944
    assert among.filter(IN_FORCE).height == 465
    assert among.filter(pl.col("indicator") == 9).height == 134


def test_the_two_settings_differ_in_78_therapy_pairs():
    therapy = load()["ncci-ptp-hospital-therapy-2019q3-2026q2"].held["code"].implode()
    sets = [
        set(
            load()[f"ncci-ptp-{words}-therapy-2024q3"]
            .rows.frame.filter(IN_FORCE & pl.col("column1").is_in(therapy) & pl.col("column2").is_in(therapy))
            .select("column1", "column2", "indicator")
            .iter_rows()
        )
        for words in ("practitioner", "hospital")
    ]
    assert len({row[:2] for row in sets[0] ^ sets[1]}) == 78


@pytest.mark.parametrize(("words", "count"), [("practitioner", 178), ("hospital", 109)])
def test_every_row_with_97026_is_there(words, count):
    rows = load()[f"ncci-ptp-{words}-therapy-2024q3"].rows.frame
    assert rows.filter((pl.col("column1") == "97026") | (pl.col("column2") == "97026")).height == count


def test_the_dated_hospital_pairs_agree_with_the_file_of_their_quarter():
    therapy = load()["ncci-ptp-hospital-therapy-2019q3-2026q2"]
    codes = therapy.held["code"].implode()
    quarter = load()["ncci-ptp-hospital-therapy-2024q3"].rows.frame.filter(
        IN_FORCE & pl.col("column1").is_in(codes) & pl.col("column2").is_in(codes)
    )
    assert _active(therapy, date(2024, 7, 1)) == set(quarter.select("column1", "column2", "indicator").iter_rows())


def test_the_dated_hospital_pairs_agree_with_the_next_file_where_it_speaks():
    later = load()["ncci-ptp-hospital-therapy-2026q4"]
    spoken = set(later.rows.frame["column1"]) | set(later.held["code"])
    before = _active(load()["ncci-ptp-hospital-therapy-2019q3-2026q2"], date(2026, 6, 30))
    assert {row for row in before if row[0] in spoken} == _active(later, date(2026, 10, 1))


def test_counts_of_the_dated_and_the_2026_hospital_pairs():
    assert load()["ncci-ptp-hospital-therapy-2019q3-2026q2"].rows.frame.height == 720
    assert load()["ncci-ptp-hospital-therapy-2026q4"].rows.frame.height == 270


def test_97010_and_97014_are_held_only_as_long_as_a_whole_table_was_seen():
    held = load()["ncci-ptp-hospital-therapy-2019q3-2026q2"].held
    until = dict(held.filter(pl.col("to").is_not_null()).select("code", "to").iter_rows())
    assert until == {"97010": date(2024, 9, 30), "97014": date(2024, 9, 30)}


def _active(release, day):
    since = pl.col("from").is_null() | (pl.col("from") <= day)
    until = pl.col("to").is_null() | (pl.col("to") >= day)
    rows = release.rows.frame.filter(since & until & (pl.col("indicator") != 9))
    return set(rows.select("column1", "column2", "indicator").iter_rows())


def test_releases_speak_latest_first():
    order = [release.covers.last for release in load().of("ncci/ptp", "institutional")]
    assert order == sorted(order, reverse=True)


def test_basis_gives_short_hashes_that_follow_the_content():
    basis = load().basis(["mue-dme-therapy-2024q3", "mue-dme-therapy-2024q3"])
    assert list(basis) == ["mue-dme-therapy-2024q3"]
    assert basis["mue-dme-therapy-2024q3"].startswith("sha256:")
    one, same, other = (
        Releases.of_pairs(pl.DataFrame({"column1": ["XX1"], "column2": ["XX2"], "indicator": [n]})) for n in (0, 0, 1)
    )
    assert one.items[0].hash == same.items[0].hash != other.items[0].hash
    assert one.items[0].hash != one.items[1].hash


def test_fixtures_replace_a_table_and_leave_the_others():
    made = Releases.of_pairs(pl.DataFrame({"column1": ["XX1"], "column2": ["XX2"], "indicator": [1]}))
    both = load().replaced_by(made)
    assert {release.id for release in both.of("ncci/ptp")} == {"pairs-professional", "pairs-institutional"}
    assert len(both.of("mue")) == len(load().of("mue"))


def test_an_unknown_release_is_a_key_error():
    with pytest.raises(KeyError):
        load()["ncci-ptp-hospital-therapy-1999q1"]


def test_a_changed_file_shows(copied):
    rows = copied / "rows.csv"
    rows.write_text(rows.read_text().replace("97018,1", "97018,0", 1))
    assert [problem.id for problem in verify(load(copied.parent))] == ["REF-HASH"]


def test_a_lost_row_shows(copied):
    rows = copied / "rows.csv"
    rows.write_text("\n".join(rows.read_text().splitlines()[:-1]) + "\n")
    assert [problem.id for problem in verify(load(copied.parent))] == ["REF-HASH", "REF-ROWS"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("setting: institutional", "setting: hospital", "setting is 'hospital'"),
        ("table: ncci/ptp", "table: ncci", "table is 'ncci'"),
        ("covers: 2026-10-01 .. 2026-12-31", "covers: this autumn", "'this autumn'"),
        ("covers: 2026-10-01 .. 2026-12-31", "covers: 2026-10-01 .. 2026-01-01", "cannot end"),
        ("codes: codes.csv", "codes: other.csv", "other.csv is not beside it"),
        ("licence:", "license:", "does not say licence"),
        ("id: ncci-ptp-hospital-therapy-2026q4", "id: mine", "not the name of its folder"),
        ("id:", "id: [", "not YAML"),
    ],
)
def test_a_folder_that_cannot_be_read_is_a_problem_with_help(copied, old, new, says):
    path = copied / "release.yaml"
    path.write_text(path.read_text().replace(old, new))
    found = load(copied.parent)
    assert len(found.items) == 0
    assert says in found.problems[0].message
    assert found.problems[0].file == str(path)
    assert found.problems[0].help


def test_two_releases_of_one_name_are_not_both_taken(copied):
    shutil.copytree(copied, copied.parent / "again" / copied.name)
    found = load(copied.parent)
    assert len(found.items) == 1
    assert "two releases are called" in found.problems[0].message


def test_a_code_that_cannot_be_held_is_named_and_not_held(copied):
    codes = copied / "codes.csv"
    text = codes.read_text().replace("97012,held,,", "97012,held,,soon").replace("97016,held", "97016,yes")
    codes.write_text(text + "97018,held,,\n")
    found = load(copied.parent)
    problems = [problem for problem in verify(found) if problem.id == "REF-CODE"]
    assert [problem.row for problem in problems] == [1, 2, 3, 52]
    assert not {"97012", "97016", "97018"} & set(found.items[0].held["code"])


def test_spans_may_be_given_as_text():
    made = Releases.of_mue(pl.DataFrame({"code": ["XX1"], "value": [1], "indicator": [2]}), covers="2026-01-01 ..")
    assert made.items[0].covers == Span(date(2026, 1, 1))

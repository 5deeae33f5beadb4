"""A user's releases: whole or not there, side by side in time, and searched without being read whole."""

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
from datetime import date

import official_files as made
import polars as pl
import pytest

from claimwright.days import Span
from claimwright.reference import pairs, releases
from claimwright.reference.published.editions import Quarter, covers_of, files_of
from claimwright.reference.published.gather import gather
from claimwright.reference.published.importing import How, import_groups
from claimwright.reference.release import Release
from claimwright.reference.releases import Releases
from claimwright.reference.remedy import remedy
from claimwright.reference.rows import MUE, PAIRS
from claimwright.reference.store import Store
from claimwright.reference.verification import verify

ON = date(2026, 7, 4)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def imported(store, files, on=ON, **how):
    gathered = gather(files)
    assert gathered.problems == ()
    done, problems = import_groups(gathered.groups, store, How(on, **how))
    assert problems == []
    return done


def said(known, one, two, day, form="professional"):
    frame = pl.DataFrame({"column1": [one], "column2": [two], "form": [form], "day": [date.fromisoformat(day)]})
    return pairs.look_up(frame, known).select("status", "indicator", "aged", "release").row(0)


# whole or not there --------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from claimwright.reference.published.gather import gather
from claimwright.reference.published.importing import How, import_groups
from claimwright.reference.store import Store

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

Store.keep = die
gathered = gather([Path(name) for name in sys.argv[2:]])
import_groups(gathered.groups, Store(Path(sys.argv[1])), How(date(2026, 7, 4)))
"""


def test_an_import_that_is_killed_leaves_nothing_that_is_seen_and_the_next_sweeps_up(store, tmp_path):
    files = made.pair_zips(tmp_path)
    run = subprocess.run([sys.executable, "-c", KILLED, store.folder, *files], check=False)
    assert run.returncode == -signal.SIGKILL
    (left,) = store.folder.iterdir()
    assert left.name.startswith(".")
    assert (left / "rows.parquet").is_file()
    assert store.releases().items == ()
    assert releases.load(store.folder).items == ()
    (done,) = imported(store, files)
    assert [path.name for path in store.folder.iterdir()] == [done.release.id]


def test_an_import_that_fails_leaves_nothing(store, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    files = made.pair_zips(tmp_path)
    monkeypatch.setattr(Store, "keep", full)
    with pytest.raises(OSError, match="No space"):
        import_groups(gather(files).groups, store, How(ON))
    assert list(store.folder.iterdir()) == []


def test_where_one_of_several_cannot_be_kept_none_is(store, tmp_path, monkeypatch):
    keep = Store.keep

    def full(self, written):
        if written.id.startswith("mue"):
            raise OSError(28, "No space left on device")
        return keep(self, written)

    limits = tmp_path / "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
    limits.write_bytes(made.limit_csv("97026,1,3 Date,"))
    monkeypatch.setattr(Store, "keep", full)
    with pytest.raises(OSError, match="No space"):
        import_groups(gather([*made.pair_zips(tmp_path), limits]).groups, store, How(ON))
    assert list(store.folder.iterdir()) == []


def test_one_bad_table_keeps_the_others_out(store, tmp_path):
    bad = tmp_path / "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
    bad.write_bytes(made.limit_csv("97026,many,3 Date,"))
    done, problems = import_groups(gather([*made.pair_zips(tmp_path), bad]).groups, store, How(ON))
    assert done == []
    assert [one.field for one in problems] == ["value"]
    assert list(store.folder.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX knows them")
def test_the_folder_is_its_users_alone(store, tmp_path):
    imported(store, made.pair_zips(tmp_path))
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_removing_lets_what_was_replaced_speak_again(store, tmp_path):
    files = made.pair_zips(tmp_path)
    imported(store, files)
    imported(store, made.pair_zips(tmp_path, (("97012", "97022", *made.PAIRS[0][2:]), *made.PAIRS[1:])))
    assert said(store.releases().current(), "97012", "97018", "2026-07-01")[0] == "miss"
    store.remove("ncci-ptp-practitioner-2026q3-2")
    assert said(store.releases().current(), "97012", "97018", "2026-07-01")[0] == "hit"
    for name in ("ncci-ptp-practitioner-2026q3-2", "..", "accepted.yaml", "../store/ncci-ptp-practitioner-2026q3"):
        with pytest.raises(KeyError):
            store.remove(name)


def test_what_was_changed_after_the_import_is_found(store, tmp_path):
    (done,) = imported(store, made.pair_zips(tmp_path))
    path = done.release.folder / "rows.parquet"
    frame = pl.read_parquet(path)
    frame.with_columns(indicator=pl.lit(1, dtype=pl.UInt8)).write_parquet(path)
    assert [one.id for one in verify(store.releases())] == ["REF-HASH"]
    path.write_bytes(path.read_bytes()[:-20])
    damaged = store.releases()
    assert damaged.items == ()
    assert "damaged" in damaged.problems[0].message
    path.unlink()
    assert [one.id for one in store.releases().problems] == ["REF-RELEASE"]


# time ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_quarters(store, tmp_path):
    """97012 and 97018 are an edit in the third quarter and none in the fourth, which was imported in October."""
    imported(store, made.pair_zips(tmp_path))
    later = (("97012", "97022", *made.PAIRS[0][2:]), *made.PAIRS[1:])
    imported(store, made.pair_zips(tmp_path, later, quarter="2026q4", version="v323r0"), on=date(2026, 10, 2))
    return store


def test_the_day_of_service_picks_the_quarter(two_quarters):
    known = two_quarters.releases().current()
    assert said(known, "97012", "97018", "2026-09-30") == ("hit", 1, False, "ncci-ptp-practitioner-2026q3")
    assert said(known, "97012", "97018", "2026-10-01") == ("miss", None, False, "ncci-ptp-practitioner-2026q4")
    assert said(known, "97012", "97018", "2027-01-01") == ("unknown", None, True, "ncci-ptp-practitioner-2026q4")


def test_what_was_known_on_a_day_is_without_later_imports(two_quarters):
    known = two_quarters.releases().known_on(date(2026, 10, 1))
    assert said(known, "97012", "97018", "2026-10-01") == ("hit", 1, True, "ncci-ptp-practitioner-2026q3")
    assert two_quarters.releases().known_on(date(2026, 7, 3)).items == ()


def test_a_correction_replaces_and_stays_out_of_what_was_known_before(store, tmp_path):
    imported(store, made.pair_zips(tmp_path))
    corrected = (("97012", "97022", *made.PAIRS[0][2:]), *made.PAIRS[1:])
    imported(store, made.pair_zips(tmp_path, corrected, version="v322r1"), on=date(2026, 8, 1))
    then = store.releases().known_on(date(2026, 7, 31)).current()
    now = store.releases().known_on(date(2026, 8, 1)).current()
    assert said(then, "97012", "97018", "2026-07-15")[0] == "hit"
    assert said(now, "97012", "97018", "2026-07-15")[0] == "miss"


def test_a_user_may_say_when_a_table_came_out(store, tmp_path):
    imported(store, made.pair_zips(tmp_path), published=date(2026, 6, 1))
    assert len(store.releases().known_on(date(2026, 6, 1)).items) == 1
    assert store.releases().known_on(date(2026, 5, 31)).items == ()


def test_shipped_and_imported_speak_together(store, tmp_path):
    imported(store, made.pair_zips(tmp_path))
    together = releases.load().joined(store.releases())
    assert together.problems == ()
    assert said(together, "97012", "97018", "2026-07-01")[3] == "ncci-ptp-practitioner-2026q3"
    assert said(together, "97012", "97018", "2024-07-01")[3] == "ncci-ptp-practitioner-therapy-2024q3"
    assert together.basis(["ncci-ptp-practitioner-2026q3"]) == {
        "ncci-ptp-practitioner-2026q3": store.releases()["ncci-ptp-practitioner-2026q3"].hash
    }


def test_an_imported_release_does_not_take_the_name_of_a_shipped_one(store):
    name = "ncci-ptp-hospital-therapy-2026q4"
    shutil.copytree(releases.SHIPPED / name, store.folder / name)
    assert [one.id for one in releases.load().joined(store.releases()).problems] == ["REF-RELEASE"]


# searching -----------------------------------------------------------------------------------------------------------


def test_batches_of_new_codes_get_the_answers_of_the_whole_table(store, tmp_path):
    """The index over the codes met so far says what an index over all of them says."""
    chance = random.Random(97026)
    codes = [f"97{number:03d}" for number in range(0, 1000, 3)]
    rows = sorted({(chance.choice(codes), chance.choice(codes)) for _ in range(4000)})
    texts = [(one, two, "", "20200101", chance.choice(["*", "20260815"]), chance.choice("01"), "") for one, two in rows]
    files = [made.pair_zip(tmp_path, part, *texts[part - 1 :: 4]) for part in range(1, 5)]
    (done,) = imported(store, files)
    table = done.release.rows.frame
    whole = Releases.of_pairs(table.drop("row"), covers=done.release.covers, setting="professional")
    days = [date(2026, 7, 1), date(2026, 8, 16), date(2026, 10, 1)]
    searched = store.releases()
    for size in (2, 40, 40, len(codes)):
        met = [*chance.sample(codes, min(size, len(codes))), "97O26", ""]
        asked = pl.DataFrame({"column1": chance.choices(met, k=3000), "column2": chance.choices(met, k=3000)})
        asked = asked.with_columns(form=pl.lit("professional"), day=pl.Series(chance.choices(days, k=3000)))
        told, expected = (pairs.look_up(asked, known) for known in (searched, whole))
        compared = ["status", "indicator", "aged", "age_days", "silence"]
        assert told.select(compared).equals(expected.select(compared))
    assert told["status"].n_unique() == 3


def test_only_releases_that_are_asked_are_read(two_quarters, monkeypatch):
    read = []
    searching = Release.pairs_of

    def noted(self, codes):
        read.append(self.id)
        return searching(self, codes)

    monkeypatch.setattr(Release, "pairs_of", noted)
    known = two_quarters.releases().current()
    said(known, "97012", "97018", "2026-07-01")
    said(known, "97018", "97012", "2026-07-02")
    assert read == ["ncci-ptp-practitioner-2026q3"]


# what to download ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "setting", "file"),
    [
        (PAIRS, "professional", "medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0-f*.zip"),
        (PAIRS, "institutional", "medicare-ncci-2026q3-hospital-ptp-edits-ccioph-v322r0-f*.zip"),
        (MUE, "professional", "medicare-ncci-2026-q3-practitioner-services-mue-table.zip"),
        (MUE, "institutional", "medicare-ncci-2026-q3-facility-outpatient-hospital-services-mue-table.zip"),
        (MUE, "dme", "medicare-ncci-2026-q3-dme-supplier-services-mue-table.zip"),
    ],
)
def test_the_files_of_a_quarter_have_the_names_under_which_they_are_published(table, setting, file):
    assert files_of(table, setting, Quarter(2026, 3)) == file
    told = remedy(Releases(), table, setting, {date(2026, 8, 1): 1})
    assert told == f"download from cms.gov, then: claimwright data import {file}"


def test_nothing_is_advised_where_the_whole_table_is_there(store, tmp_path):
    imported(store, made.pair_zips(tmp_path))
    assert remedy(store.releases(), PAIRS, "professional", {date(2026, 8, 1): 1}) == ""
    told = remedy(store.releases(), PAIRS, "professional", {date(2026, 8, 1): 9, date(2026, 10, 1): 1})
    assert told.endswith("import medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r0-f*.zip")
    many = {date(2020 + year, 1, 1): year + 1 for year in range(5)}
    assert remedy(Releases(), PAIRS, "professional", many).endswith("(and those of 3 more quarters)")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026Q3", Span(date(2026, 7, 1), date(2026, 9, 30))),
        ("2024", Span(date(2024, 1, 1), date(2024, 12, 31))),
        ("2026-02-01 .. 2026-02-28", Span(date(2026, 2, 1), date(2026, 2, 28))),
        ("2026Q5", None),
        ("soon", None),
    ],
)
def test_days_as_a_user_writes_them(text, span):
    assert covers_of(text) == span

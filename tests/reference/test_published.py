"""Official files in, a release out: known by their headers, read as they come, and refused when they are broken."""

from datetime import date

import official_files as made
import polars as pl
import pytest

from claimwright.days import Span
from claimwright.lines.problems import Problem
from claimwright.reference import mue, pairs
from claimwright.reference.published.gather import gather
from claimwright.reference.published.importing import How, import_groups
from claimwright.reference.releases import load
from claimwright.reference.store import Store
from claimwright.reference.verification import verify

ON = date(2026, 7, 4)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def imported(store, *paths, covers=None, on=ON, **how):
    """What was imported, or the problems that stopped it."""
    gathered = gather(paths, covers)
    if gathered.problems:
        return list(gathered.problems)
    done, problems = import_groups(gathered.groups, store, How(on, **how))
    return problems or done


def told(problems):
    """Each problem as (id, row, field)."""
    assert problems
    assert all(isinstance(one, Problem) and one.help and one.file for one in problems), problems
    return [(one.id, one.row, one.field) for one in problems]


def asked(releases, one, two, day, form="professional"):
    frame = pl.DataFrame({"column1": [one], "column2": [two], "form": [form], "day": [date.fromisoformat(day)]})
    found = pairs.look_up(frame, releases).row(0, named=True)
    return found["status"], found["indicator"], found["silence"]


# pairs ---------------------------------------------------------------------------------------------------------------


def test_four_parts_make_one_whole_release(store, tmp_path):
    (done,) = imported(store, *made.pair_zips(tmp_path))
    release = done.release
    assert release.id == "ncci-ptp-practitioner-2026q3"
    assert (release.setting, release.covers, release.holds_all) == (
        "professional",
        Span(date(2026, 7, 1), date(2026, 9, 30)),
        True,
    )
    assert release.rows.frame.height == 4
    assert verify(store.releases()) == []


def test_the_hospital_table_speaks_for_institutional_claims(store, tmp_path):
    (done,) = imported(store, *made.pair_zips(tmp_path, file="ccioph", words="hospital"))
    assert (done.release.id, done.release.setting) == ("ncci-ptp-hospital-2026q3", "institutional")


@pytest.mark.parametrize(
    ("pair", "day", "said"),
    [
        (("97012", "97018"), "2026-07-01", ("hit", 1, None)),
        (("97018", "97012"), "2026-07-01", ("miss", None, None)),
        (("97024", "97018"), "2026-08-14", ("miss", None, None)),
        (("97024", "97018"), "2026-08-15", ("hit", 1, None)),
        (("97110", "97150"), "2026-07-20", ("hit", 0, None)),
        (("97110", "97150"), "2026-07-21", ("miss", None, None)),
        (("97530", "97535"), "2026-09-30", ("miss", None, None)),
        (("97140", "97124"), "2026-10-01", ("hit", 0, None)),
        (("97110", "97150"), "2026-10-01", ("unknown", None, "release aged")),
        (("97530", "97535"), "2026-10-01", ("unknown", None, "release aged")),
        (("97012", "97018"), "2026-06-30", ("unknown", None, "before first release")),
    ],
)
def test_a_pairs_own_dates_count_inside_the_quarter_and_an_aged_table_never_acquits(store, tmp_path, pair, day, said):
    imported(store, *made.pair_zips(tmp_path, (*made.PAIRS[:3], made.PAIRS[3])))
    assert asked(store.releases(), *pair, day) == said


def test_a_tombstone_beside_the_edit_that_lives_is_no_duplicate(store, tmp_path):
    files = [made.pair_zip(tmp_path, part, *rows) for part, rows in enumerate(([row] for row in made.PAIRS[:3]), 1)]
    (done,) = imported(store, *files, made.pair_zip(tmp_path, 4, made.TOMBSTONE, made.PAIRS[3]))
    assert done.release.rows.frame.height == 5
    assert asked(store.releases(), "97140", "97124", "2026-07-01") == ("hit", 0, None)


def test_text_zip_and_workbook_say_the_same(tmp_path):
    texts, books = tmp_path / "texts", tmp_path / "books"
    texts.mkdir()
    books.mkdir()
    for part, row in enumerate(made.PAIRS, 1):
        stem = f"ccipra-v322r0-f{part}"
        (texts / f"{stem}.txt").write_bytes(made.pair_text(row))
        cells = tuple(int(cell) if cell.isdigit() else cell for cell in row)
        (books / f"{stem}.xlsx").write_bytes(made.workbook(("MADE UP",), *made.PAIR_HEADER, cells, above=2))
    hashes = set()
    for name, files in (
        ("zips", made.pair_zips(tmp_path)),
        ("texts", sorted(texts.iterdir())),
        ("books", sorted(books.iterdir())),
    ):
        (done,) = imported(Store(tmp_path / name), *files)
        hashes.add(done.release.hash)
    assert len(hashes) == 1


def test_of_a_table_that_is_there_as_text_and_as_workbook_the_text_is_read_once(store, tmp_path):
    rows = made.PAIRS
    files = [
        made.pair_zip(tmp_path, part, row, **{f"ccipra-v322r0-f{part}.xlsx": made.workbook(*made.PAIR_HEADER, row)})
        for part, row in enumerate(rows, 1)
    ]
    (done,) = imported(store, *files)
    assert done.release.rows.frame.height == 4


def test_a_missing_part_makes_a_subset_whose_silence_means_nothing(store, tmp_path):
    (done,) = imported(store, *made.pair_zips(tmp_path)[:3])
    assert done.group.missing == (4,)
    assert not done.release.holds_all
    assert verify(store.releases()) == []
    assert asked(store.releases(), "97012", "97018", "2026-07-01") == ("hit", 1, None)
    assert asked(store.releases(), "97530", "97535", "2026-07-01") == ("unknown", None, "code not held")


def test_a_part_never_replaces_the_whole(store, tmp_path):
    files = made.pair_zips(tmp_path)
    imported(store, *files)
    assert told(imported(store, files[0])) == [("REF-PART", None, "")]
    assert len(store.releases().items) == 1


def test_the_whole_replaces_a_part_and_says_so(store, tmp_path):
    files = made.pair_zips(tmp_path)
    imported(store, *files[:2])
    (done,) = imported(store, *files)
    assert done.replaced.id == "ncci-ptp-practitioner-2026q3"
    assert done.release.id == "ncci-ptp-practitioner-2026q3-2"
    assert [one.id for one in store.releases().current()] == ["ncci-ptp-practitioner-2026q3-2"]


def test_parts_imported_one_after_the_other_speak_side_by_side_until_the_whole_comes(store, tmp_path):
    files = made.pair_zips(tmp_path)
    for file in files[:2]:
        (done,) = imported(store, file)
        assert done.replaced is None
    for pair in (made.PAIRS[0][:2], ("97024", "97018")):
        assert asked(store.releases().current(), *pair, "2026-08-20")[0] == "hit"
    assert asked(store.releases().current(), "97530", "97535", "2026-08-20")[0] == "unknown"
    imported(store, *files)
    assert asked(store.releases().current(), "97530", "97535", "2026-08-20")[0] == "miss"


def test_two_whole_quarters_make_two_releases(store, tmp_path):
    later = made.pair_zips(tmp_path, quarter="2026q4", version="v323r0")
    done = imported(store, *made.pair_zips(tmp_path), *later)
    assert sorted(one.release.id for one in done) == ["ncci-ptp-practitioner-2026q3", "ncci-ptp-practitioner-2026q4"]


def test_parts_of_two_quarters_do_not_make_a_release(store, tmp_path):
    mixed = [*made.pair_zips(tmp_path)[:3], *made.pair_zips(tmp_path, quarter="2026q4", version="v323r0")[3:]]
    problems = imported(store, *mixed)
    assert told(problems) == [("REF-DAYS", None, "")] * 2
    assert "2026q4" in problems[0].message


def test_a_part_given_twice_is_told(store, tmp_path):
    files = made.pair_zips(tmp_path)
    again = tmp_path / "ccipra-v322r0-f1.txt"
    again.write_bytes(made.pair_text(made.PAIRS[0]))
    assert told(imported(store, *files, again)) == [("REF-PART", None, "")]


def test_the_same_content_again_changes_nothing(store, tmp_path):
    files = made.pair_zips(tmp_path)
    imported(store, *files)
    (done,) = imported(store, *files, on=date(2026, 12, 1))
    assert done.same
    assert [one.known for one in store.releases()] == [ON]


def test_the_hash_is_of_the_content_and_not_of_the_day(tmp_path):
    files = made.pair_zips(tmp_path)
    first, later = (imported(Store(tmp_path / str(day)), *files, on=day) for day in (ON, date(2027, 1, 1)))
    assert first[0].release.hash == later[0].release.hash
    other = made.pair_zips(tmp_path, (*made.PAIRS[:3], (*made.PAIRS[3][:5], "1", "")))
    (done,) = imported(Store(tmp_path / "other"), *other)
    assert done.release.hash != first[0].release.hash


# broken pairs --------------------------------------------------------------------------------------------------------

GOOD = made.PAIRS[0]
BROKEN = [
    ((*GOOD[:3], "20261301", *GOOD[4:]), ("REF-ROW", 7, "from"), "20261301 is not a date"),
    ((*GOOD[:3], "", *GOOD[4:]), ("REF-ROW", 7, "from"), "nothing is not a date"),
    ((*GOOD[:4], "2024", *GOOD[5:]), ("REF-ROW", 7, "to"), "2024 is not a date"),
    ((*GOOD[:4], "", *GOOD[5:]), ("REF-ROW", 7, "to"), "nothing is not a date"),
    (("97O12", *GOOD[1:]), ("REF-ROW", 7, "column1"), "97O12 is not a CPT or HCPCS code: a letter stands for a digit"),
    (("97012", "1234", *GOOD[2:]), ("REF-ROW", 7, "column2"), "1234 is not a CPT or HCPCS code"),
    (("97012", "g0283", *GOOD[2:]), ("REF-ROW", 7, "column2"), "g0283 is not a CPT or HCPCS code"),
    (("97012", "", *GOOD[2:]), ("REF-ROW", 7, "column2"), "nothing is not a CPT or HCPCS code"),
    ((*GOOD[:5], "5", ""), ("REF-ROW", 7, "indicator"), "5 is not a modifier indicator"),
    ((*GOOD[:2], "x", *GOOD[3:]), ("REF-ROW", 7, r"\*=in existence.*"), "x stands where only * may"),
    ((*GOOD[:3], "20260901", "20260801", *GOOD[5:]), ("REF-ROW", 7, "to"), "it ends (2026-08-01) before it begins"),
    (GOOD[:6], ("REF-ROW", 7, ""), "the row has fewer than 7 cells"),
    ((*GOOD, "more"), ("REF-ROW", 7, ""), "the row has more than 7 cells"),
]


@pytest.mark.parametrize(("row", "where", "message"), BROKEN, ids=[message for _, _, message in BROKEN])
def test_a_bad_row_is_named_and_nothing_is_stored(store, tmp_path, row, where, message):
    files = made.pair_zips(tmp_path)
    files[1] = made.pair_zip(tmp_path, 2, row, GOOD)
    problems = imported(store, *files)
    assert told(problems)[0] == where
    assert problems[0].message == message
    assert "f2.zip/ccipra-v322r0-f2.txt" in problems[0].file
    assert not list(store.folder.glob("*"))


def test_a_pair_that_stands_twice_is_named_where_it_stands_again(store, tmp_path):
    files = made.pair_zips(tmp_path)
    files[2] = made.pair_zip(tmp_path, 3, made.PAIRS[2], made.PAIRS[0])
    problems = imported(store, *files)
    assert told(problems) == [("REF-ROW", 8, "column1")]
    assert problems[0].message == "97012 97018 stands in an earlier row about the same days"
    assert "f3" in problems[0].file


def test_a_pair_may_come_back_after_it_was_deleted(store, tmp_path):
    ended, again = (*GOOD[:4], "20260731", *GOOD[5:]), (*GOOD[:3], "20260901", "*", *GOOD[5:])
    imported(store, *made.pair_zips(tmp_path)[1:], made.pair_zip(tmp_path, 1, ended, again))
    said = [asked(store.releases(), "97012", "97018", day)[0] for day in ("2026-07-31", "2026-08-15", "2026-09-01")]
    assert said == ["hit", "miss", "hit"]


def test_many_bad_rows_are_counted(store, tmp_path):
    bad = [("97O12", *GOOD[1:])] * 30
    files = made.pair_zips(tmp_path)
    problems = imported(store, *files[1:], made.pair_zip(tmp_path, 1, *bad))
    assert len(problems) == 11
    assert problems[-1].message == "and 20 more bad cells like these"


HEADERS = {
    "a column is gone": ((*made.PAIR_HEADER[0][:4], *made.PAIR_HEADER[0][5:]), "no column is called deletion"),
    "a column has another name": ((*made.PAIR_HEADER[0][:5], "Flag", made.PAIR_HEADER[0][6]), "no column is called"),
}


@pytest.mark.parametrize(("header", "message"), HEADERS.values(), ids=HEADERS)
def test_another_header_is_never_guessed(store, tmp_path, header, message):
    path = tmp_path / "ccipra-v322r0-f1.txt"
    path.write_bytes(made.pair_text(GOOD, header=(header,)))
    problems = imported(store, path)
    assert told(problems) == [("REF-LAYOUT", 3, "header")]
    assert "layout unverified" in problems[0].message
    assert message in problems[0].message


def test_columns_in_another_order_are_found_by_their_names(store, tmp_path):
    turn = [1, 0, 2, 4, 3, 6, 5]
    header = [tuple(row[place] for place in turn) for row in made.PAIR_HEADER]
    for part, row in enumerate(made.PAIRS, 1):
        text = made.pair_text(tuple(row[place] for place in turn), header=header)
        (tmp_path / f"ccipra-v322r0-f{part}.txt").write_bytes(text)
    imported(store, *sorted(tmp_path.glob("*.txt")))
    assert asked(store.releases(), "97012", "97018", "2026-07-01") == ("hit", 1, None)


def test_a_header_without_rows_is_told(store, tmp_path):
    files = made.pair_zips(tmp_path)
    problems = imported(store, *files[1:], made.pair_zip(tmp_path, 1))
    assert told(problems) == [("REF-ROWS", None, "")]


# files ---------------------------------------------------------------------------------------------------------------


def test_a_zip_that_is_cut_off_is_told(store, tmp_path):
    files = made.pair_zips(tmp_path)
    files[0].write_bytes(files[0].read_bytes()[:-40])
    assert told(imported(store, *files)) == [("REF-OPEN", None, "")]


def test_a_zip_whose_middle_is_damaged_is_told(store, tmp_path):
    path = made.pair_zip(tmp_path, 1, *made.PAIRS)
    content = bytearray(path.read_bytes())
    content[90:110] = b"\x00" * 20
    path.write_bytes(content)
    problems = imported(store, path)
    assert told(problems) == [("REF-OPEN", None, "")]
    assert "download it again" in problems[0].help


def test_what_is_no_table_is_told(store, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear reader\n")
    (tmp_path / "table.pdf").write_bytes(b"%PDF")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    made.zipped(tmp_path / "only.zip", **{"read me.pdf": b"%PDF"})
    names = ["letter.txt", "table.pdf", "broken.xlsx", "only.zip", "not there.zip"]
    problems = imported(store, *(tmp_path / name for name in names), tmp_path)
    assert [one.id for one in problems] == ["REF-LAYOUT", *["REF-OPEN"] * 5]
    assert not store.folder.exists()


def test_members_that_are_no_tables_are_left_and_named(tmp_path):
    path = made.zipped(
        tmp_path / "rvu26c.zip",
        **{
            "PPRRVU2026_Jul_nonQPP.csv": made.value_csv(made.VALUE_ROW),
            "GPCI2026.csv": made.index_csv("10112,AL,00,ALABAMA,1,0.869,0.575"),
            "26LOCCO.csv": "something else,1\n",
            "RVU26C.pdf": b"%PDF",
        },
    )
    gathered = gather([path])
    assert gathered.problems == ()
    assert gathered.left == ("rvu26c.zip/26LOCCO.csv",)
    assert [group.id for group in gathered.groups] == ["fees-rvu-2026q3-nonqpp", "fees-gpci-2026q3"]


def test_names_that_contradict_each_other_are_told(store, tmp_path):
    path = made.pair_zip(tmp_path, 1, GOOD, quarter="2026q2")
    assert told(imported(store, path)) == [("REF-DAYS", None, "")]
    files = made.pair_zips(tmp_path)
    assert told(imported(store, files[0], covers=Span(date(2026, 4, 1), date(2026, 6, 30)))) == [("REF-DAYS", None, "")]


def test_a_file_whose_name_says_too_little_asks_for_what_it_lacks(store, tmp_path):
    (tmp_path / "limits.csv").write_bytes(made.limit_csv("97026,1,3 Date of Service Edit: Clinical,CMS Policy"))
    problems = imported(store, tmp_path / "limits.csv")
    assert told(problems) == [("REF-DAYS", None, "")]
    assert "--covers 2026Q3" in problems[0].help
    (tmp_path / "pairs-v322r0-f1.txt").write_bytes(made.pair_text(GOOD))
    assert told(imported(store, tmp_path / "pairs-v322r0-f1.txt")) == [("REF-SETTING", None, "")]
    (tmp_path / "ccipra 2026q3.txt").write_bytes(made.pair_text(GOOD))
    assert told(imported(store, tmp_path / "ccipra 2026q3.txt")) == [("REF-PART", None, "")]


@pytest.mark.parametrize("name", ["MCD_MUE_PractitionerServices_Eff_07-01-2026.csv", "medicaid-mue-2026q3.csv"])
def test_medicaids_tables_are_not_taken_for_medicares(store, tmp_path, name):
    (tmp_path / name).write_bytes(made.limit_csv("97026,1,3 Date,"))
    problems = imported(store, tmp_path / name)
    assert told(problems) == [("REF-SETTING", None, "")]
    assert "Medicaid" in problems[0].message


# units ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "words", "form"),
    [("practitioner", "professional", None), ("hospital", "institutional", None), ("dme", "dme", "dme")],
)
def test_the_header_says_whose_most_units_they_are(store, tmp_path, setting, words, form):
    path = tmp_path / "MCR_MUE_SomebodysServices_Eff_07-01-2026.csv"
    rows = ("97026,1,3 Date of Service Edit: Clinical,CMS Policy", 'A4639,0,"2 Date of Service Edit: Policy",')
    path.write_bytes(made.limit_csv(*rows, setting=setting))
    (done,) = imported(store, path)
    assert done.release.setting == words
    frame = pl.DataFrame({"procedure": ["97026", "A4639", "97110"], "form": "professional", "day": date(2026, 7, 1)})
    frame = frame.with_columns(form=pl.lit("institutional" if words == "institutional" else "professional"))
    said = mue.look_up(frame, store.releases(), setting=form)
    assert said["value"].to_list() == [1, 0, None]
    assert said["indicator"].to_list() == [3, 2, None]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("97026,one,3 Date,CMS Policy", "value"),
        ("97026,-1,3 Date,CMS Policy", "value"),
        ("97026,,3 Date,CMS Policy", "value"),
        ("97026,1,4 Other,CMS Policy", "indicator"),
        ("97026,1,,CMS Policy", "indicator"),
        ("9702,1,3 Date,CMS Policy", "code"),
        ("97026,1,3 Date,CMS Policy,more", ""),
        ("97026,1", ""),
    ],
)
def test_a_bad_row_of_most_units_is_named_by_its_line(store, tmp_path, row, field):
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
    path.write_bytes(made.limit_csv("97110,6,3 Date of Service,CMS Policy", row))
    # the notice stands on two lines, and so does the header
    assert told(imported(store, path)) == [("REF-ROW", 6, field)]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("A4639,two,2 Date of Service Edit: Policy,Nature", "value"),
        ("A4639,1,9 Date of Service Edit: Policy,Nature", "indicator"),
        ("A463O,1,2 Date of Service Edit: Policy,Nature", "code"),
        ("A4639,1", ""),
    ],
)
def test_a_bad_row_of_the_suppliers_units_is_named_and_nothing_is_stored(store, tmp_path, row, field):
    good = "E0221,1,2 Date of Service Edit: Policy,Nature of Equipment"
    text = made.limit_csv(good, row, setting="dme")
    path = made.zipped(
        tmp_path / "medicare-ncci-2026-q3-dme-supplier-services-mue-table.zip",
        **{"MCR_MUE_DMESupplierServices_Eff_07-01-2026.csv": text},
    )
    problems = imported(store, path)
    assert told(problems) == [("REF-ROW", 6, field)]
    assert not list(store.folder.glob("*"))


def test_a_suppliers_header_that_names_its_values_otherwise_is_not_guessed(store, tmp_path):
    text = made.limit_csv("A4639,1,2 Date,Nature", setting="dme").replace(b"DME Supplier Services MUE", b"Supplier MUE")
    path = tmp_path / "MCR_MUE_DMESupplierServices_Eff_07-01-2026.csv"
    path.write_bytes(text)
    problems = imported(store, path)
    assert [one[0] for one in told(problems)] == ["REF-LAYOUT"]
    assert "layout unverified" in problems[0].message


def test_a_code_with_two_values_is_named(store, tmp_path):
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
    path.write_bytes(made.limit_csv("97110,6,3 Date,", "97110,4,3 Date,"))
    assert told(imported(store, path)) == [("REF-ROW", 6, "code")]


# fees ----------------------------------------------------------------------------------------------------------------

RVU = "PPRRVU2026_Jul_nonQPP.csv"


def test_relative_values_are_read_without_descriptors(store, tmp_path):
    (tmp_path / RVU).write_bytes(made.value_csv(made.VALUE_ROW, made.VALUE_ROW.replace("97026,,", "97026,26,")))
    (done,) = imported(store, tmp_path / RVU)
    frame = done.release.rows.frame
    assert "description" not in frame.columns
    assert frame["modifier"].to_list() == [None, "26"]
    row = frame.row(0, named=True)
    assert (str(row["work"]), str(row["nonfacility_total"]), str(row["conversion_factor"])) == (
        "0.0600",
        "0.2100",
        "32.3465",
    )
    assert (row["status"], row["multiple_procedure"], row["global_days"]) == ("R", "5", "XXX")
    assert (row["nonfacility_na"], row["facility_na"]) == (False, True)
    assert b"OUR OWN WORDS" not in (done.release.folder / "rows.parquet").read_bytes()


def test_descriptors_are_kept_for_those_who_hold_a_licence(store, tmp_path):
    (tmp_path / RVU).write_bytes(made.value_csv(made.VALUE_ROW))
    (done,) = imported(store, tmp_path / RVU, with_descriptors=True)
    assert done.release.rows.frame["description"].to_list() == ["OUR OWN WORDS"]
    assert done.release.stated["descriptors"] is True


def test_the_layout_with_one_column_more_is_read_by_its_names(store, tmp_path):
    above, below = (title.split(",") for title in made.VALUE_TITLES)
    row = made.VALUE_ROW.split(",")
    for cells, extra in ((above, "PRIC"), (below, "IND"), (row, "0")):
        cells.insert(23, extra)
    titles = [",".join(cells) for cells in (above, below)]
    (tmp_path / RVU).write_bytes(made.value_csv(",".join(row), titles=titles))
    (done,) = imported(store, tmp_path / RVU)
    assert str(done.release.rows.frame["conversion_factor"].item()) == "32.3465"


def test_values_that_do_not_add_up_are_refused(store, tmp_path):
    (tmp_path / RVU).write_bytes(made.value_csv(made.VALUE_ROW.replace("0.06,0.14", "0.14,0.14")))
    problems = imported(store, tmp_path / RVU)
    assert ("REF-ROW", 6, "nonfacility_total") in told(problems)
    assert "columns may have moved" in problems[0].help


def test_two_conversion_factors_of_one_quarter_stand_side_by_side(store, tmp_path):
    for name in (RVU, RVU.replace("nonQPP", "QPP")):
        (tmp_path / name).write_bytes(made.value_csv(made.VALUE_ROW))
    done = imported(store, tmp_path / RVU, tmp_path / RVU.replace("nonQPP", "QPP"))
    assert sorted(one.release.id for one in done) == ["fees-rvu-2026q3-nonqpp", "fees-rvu-2026q3-qpp"]


@pytest.mark.parametrize(
    ("change", "field"),
    [(("97026,,", "97026,XYZ,"), "modifier"), ((",R,", ",RR,"), "status"), ((",XXX,", ",ABC,"), "global_days")],
)
def test_a_bad_cell_of_the_fee_schedule_is_named(store, tmp_path, change, field):
    (tmp_path / RVU).write_bytes(made.value_csv(made.VALUE_ROW.replace(*change)))
    assert told(imported(store, tmp_path / RVU)) == [("REF-ROW", 6, field)]


def test_indices_are_read_with_their_remarks_left_out(store, tmp_path):
    path = tmp_path / "GPCI2026.csv"
    path.write_bytes(made.index_csv("10112,AL,00,ALABAMA,1,0.869,0.575", "02102,AK,01,ALASKA*,1.5,1.081,0.592"))
    (done,) = imported(store, path)
    assert done.release.covers == Span(date(2026, 1, 1), date(2026, 12, 31))
    assert done.release.rows.frame["contractor"].to_list() == ["10112", "02102"]
    assert done.release.rows.frame["work_without_floor"].to_list() == [None, None]


def test_the_index_without_its_floor_is_kept_where_it_is_published(store, tmp_path):
    titles = made.INDEX_TITLES.replace("2026 PW", "2026 PW GPCI (without 1.0 Floor),2026 PW")
    (tmp_path / "GPCI2026.csv").write_bytes(made.index_csv("10112,AL,00,ALABAMA,0.98,1,0.869,0.575", titles=titles))
    (done,) = imported(store, tmp_path / "GPCI2026.csv")
    row = done.release.rows.frame.row(0, named=True)
    assert (str(row["work"]), str(row["work_without_floor"])) == ("1.0000", "0.9800")


def test_a_contractor_that_lost_its_zero_is_named(store, tmp_path):
    (tmp_path / "GPCI2026.csv").write_bytes(made.index_csv("2102,AK,01,ALASKA*,1.5,1.081,0.592"))
    assert told(imported(store, tmp_path / "GPCI2026.csv")) == [("REF-ROW", 4, "contractor")]


# codes ---------------------------------------------------------------------------------------------------------------


def test_diagnosis_codes_of_a_fiscal_year(store, tmp_path):
    path = tmp_path / "icd10cm_order_2026.txt"
    lines = (made.order_line(1, "M17", 0), made.order_line(2, "M1711", 1), made.order_line(3, "S72001A", 1))
    path.write_text("\r\n".join(lines) + "\r\n")
    (done,) = imported(store, path)
    assert done.release.id == "icd-10-cm-fy2026"
    assert done.release.covers == Span(date(2025, 10, 1), date(2026, 9, 30))
    assert done.release.rows.frame.select("code", "billable").rows() == [
        ("M17", False),
        ("M1711", True),
        ("S72001A", True),
    ]
    assert "icd10OrderFiles.pdf" in done.release.stated["layout"]
    (kept,) = imported(Store(tmp_path / "texts"), path, with_descriptors=True)
    assert kept.release.rows.frame["short_description"].unique().to_list() == ["Short words"]
    assert kept.release.rows.frame["description"].unique().to_list() == ["Longer words of ours"]


def test_what_is_added_in_april_speaks_from_april_on(store, tmp_path):
    line = made.order_line(1, "M1711", 1)
    file = made.zipped(tmp_path / "april-1-2026-code-descriptions.zip", **{"icd10cm_order_2026.txt": line})
    (done,) = imported(store, file)
    assert done.release.covers == Span(date(2026, 4, 1), date(2026, 9, 30))


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (made.order_line(2, "M1711", 7), "billable"),
        (made.order_line(2, "M171.1", 1), "code"),
        (made.order_line(2, "M1711", 1).replace("M1711  ", "M1711   "), ""),
        ("0002 " + made.order_line(2, "M1711", 1)[6:], ""),
    ],
)
def test_a_bad_line_of_the_order_file_is_named(store, tmp_path, line, field):
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_text("\n".join([*(made.order_line(n, f"M17{n}", 1) for n in range(1, 4)), line]))
    assert ("REF-ROW", 4, field) in told(imported(store, path))


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_bad_line_among_the_first_makes_no_other_table_of_the_order_file(store, tmp_path, at):
    lines = [made.order_line(n, f"M17{n}", 1) for n in range(1, 5)]
    lines[at - 1] = f"{at:05d} {'m171':<7} 1 {'Short':<60} Long"
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_text("\n".join(lines))
    assert told(imported(store, path, covers=Span(date(2014, 10, 1), date(2015, 9, 30))))
    assert store.releases().items == ()


OLD = ("0010 ", "25060", "311  ", "71946", "V571 ", "E8809")


def old_text(*codes, words="Words of ours, Ménière"):
    return "".join(f"{code} {words}\r\n" for code in codes).encode("cp1252")


def old_zip(folder, *codes, name="ICD-9-CM-v32-master-descriptions.zip", version=32):
    members = {f"CMS{version}_DESC_{length}_DX.txt": old_text(*codes) for length in ("SHORT", "LONG")}
    surgery = {f"CMS{version}_DESC_LONG_SG.txt": b"0001 Made up\r\n0002 Made up\r\n"}
    return made.zipped(folder / name, **members, **surgery)


def test_the_codes_of_a_version_of_icd_9_come_from_the_zip_as_it_is(store, tmp_path):
    path = old_zip(tmp_path, *OLD)
    gathered = gather([path])
    assert [one.rsplit("/", 1)[1] for one in gathered.left] == ["CMS32_DESC_LONG_SG.txt"]
    (done,) = imported(store, path)
    assert (done.release.id, str(done.release.covers)) == ("icd-9-cm-fy2015", "2014-10-01 .. 2015-09-30")
    assert done.release.rows.frame.columns == ["row", "code"]
    assert done.release.rows.frame["code"].to_list() == [code.strip() for code in OLD]
    assert verify(store.releases()) == []
    (kept,) = imported(Store(tmp_path / "texts"), path, with_descriptors=True)
    assert kept.release.rows.frame["description"].unique().to_list() == ["Words of ours, Ménière"]


@pytest.mark.parametrize(
    ("name", "version", "covers"),
    [
        ("cmsv31-master-descriptions.zip", 31, "2013-10-01 .. 2014-09-30"),
        ("cmsv28_master_descriptions.zip", 28, "2010-10-01 .. 2011-09-30"),
        ("v26_icd9.zip", 26, "2008-10-01 .. 2009-09-30"),
    ],
)
def test_an_older_version_of_icd_9_speaks_for_its_own_year(store, tmp_path, name, version, covers):
    (done,) = imported(store, old_zip(tmp_path, *OLD, name=name, version=version))
    assert str(done.release.covers) == covers


def test_the_list_of_icd_9_that_comes_with_the_package_has_the_hash_that_its_import_would_have(store, tmp_path):
    shipped = load()["icd-9-cm-v32"]
    codes = [code.ljust(5) for code in shipped.rows.frame["code"]]
    assert len(codes) == 14567
    (done,) = imported(store, old_zip(tmp_path, *codes))
    assert done.release.hash == shipped.hash


@pytest.mark.parametrize(
    ("line", "where", "message"),
    [
        ("719.4 Words", ("REF-ROW", 4, "code"), "719.4 is not an ICD-9-CM diagnosis code"),
        ("M1711 Words", ("REF-ROW", 4, "code"), "M1711 is not an ICD-9-CM diagnosis code"),
        ("7194O Words", ("REF-ROW", 4, "code"), "7194O is not an ICD-9-CM diagnosis code"),
        ("719466 Words", ("REF-ROW", 4, ""), "the row has something stands between the columns"),
        ("0010  Words", ("REF-ROW", 4, "code"), "0010 stands in an earlier row"),
    ],
)
def test_a_bad_line_of_icd_9_is_named_and_nothing_is_stored(store, tmp_path, line, where, message):
    path = tmp_path / "CMS32_DESC_LONG_DX.txt"
    path.write_bytes(old_text(*OLD[:3]) + line.encode() + b"\r\n" + old_text(*OLD[3:]))
    problems = imported(store, path)
    assert where in told(problems)
    assert message in [one.message for one in problems]
    assert store.releases().items == ()


def test_icd_9_is_not_imported_for_days_on_which_it_was_over(store, tmp_path):
    path = tmp_path / "icd9.txt"
    path.write_bytes(old_text(*OLD))
    problems = imported(store, path, covers=Span(date(2015, 1, 1), date(2015, 12, 31)))
    assert told(problems) == [("REF-DAYS", None, "")]
    assert problems[0].message.startswith("ICD-9-CM ended on 2015-09-30")
    (done,) = imported(store, path, covers=Span(date(2004, 10, 1), date(2005, 9, 30)))
    assert done.release.id == "icd-9-cm-fy2005"


FROM_9 = (
    "0010  A000    00000",
    "25060 E1140   10000",
    "7292  M792    10000",
    "V571  Z5189   10112",
    "E8888 NoDx    11000",
)
FROM_10 = (
    "A000    0010  00000",
    "E1142   25060 10111",
    "E1142   3572  10112",
    "Z9189   v5889 10000",
    "Z999    NoDx  11000",
)


@pytest.mark.parametrize(
    ("name", "lines", "id_"),
    [("2018_I9gem.txt", FROM_9, "gem-from-icd-9-cm-fy2018"), ("2018_I10gem.txt", FROM_10, "gem-from-icd-10-cm-fy2018")],
)
def test_mappings_come_as_they_are_and_a_bad_line_is_named(store, tmp_path, name, lines, id_):
    path = tmp_path / name
    path.write_text("\r\n".join(lines) + "\r\n")
    (done,) = imported(store, path)
    assert done.release.id == id_
    assert done.release.rows.frame.height == len(lines)
    assert verify(store.releases()) == []
    for at, bad in ((14, "7"), (6, "."), (0, "?")):
        spoiled = lines[3][:at] + bad + lines[3][at + 1 :]
        path.write_text("\n".join((*lines[:3], spoiled, lines[4])))
        assert [(one[0], one[1]) for one in told(imported(store, path))] == [("REF-ROW", 4)]


def test_mappings_are_never_taken_for_a_list_of_codes(store, tmp_path):
    path = tmp_path / "codes.txt"
    for at in range(3):
        lines = list(FROM_9)
        lines[at] = "?" + lines[at][1:]
        path.write_text("\n".join(lines))
        assert told(imported(store, path, covers=Span(date(2014, 10, 1), date(2015, 9, 30))))
    assert store.releases().items == ()


ZIP_STORED = [
    ("10001", "NY", "13202", "01", False, None, None),
    ("62701", "IL", "06102", "99", True, None, None),
    ("43004", "OH", "15202", "00", False, None, None),
]


@pytest.mark.parametrize("form", ["txt", "xlsx"])
def test_the_zip_code_file_of_a_quarter(store, tmp_path, form):
    path = tmp_path / f"ZIP5_APR2026.{form}"
    if form == "txt":
        path.write_text("\r\n".join(made.zip_line(*row) for row in made.ZIP_ROWS) + "\r\n")
    else:
        path.write_bytes(made.workbook(made.ZIP_TITLES, *made.ZIP_ROWS))
    (done,) = imported(store, path)
    assert (done.release.id, str(done.release.covers)) == ("fees-localities-2026q2", "2026-04-01 .. 2026-06-30")
    assert done.release.rows.frame.drop("row").rows() == ZIP_STORED
    assert verify(store.releases()) == []


def test_the_zip_of_the_zip_code_files_is_read_once_and_its_other_members_are_named(tmp_path):
    text = "\r\n".join(made.zip_line(*row) for row in made.ZIP_ROWS)
    nine = "\r\n".join(f"{made.zip_line(*row)[:21]}0001{made.zip_line(*row)[25:]}" for row in made.ZIP_ROWS)
    members = {
        "ZIP5_APR2026.txt": text,
        "ZIP5_APR2026.xlsx": made.workbook(made.ZIP_TITLES, *made.ZIP_ROWS),
        "ZIP9_APR2026.txt": nine,
        "ZIP5lyout.txt": "Zip5 Record Layout",
    }
    found = gather([made.zipped(tmp_path / "zip-code-carrier-locality-file.zip", **members)])
    assert found.problems == ()
    (group,) = found.groups
    assert [piece.sheet.source.name for piece in group.pieces] == ["ZIP5_APR2026.txt"]
    assert [name.rpartition("/")[2] for name in found.left] == ["ZIP9_APR2026.txt", "ZIP5lyout.txt"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("NY", "1000A", "13202", "01"), "zip"),
        (("NY", "10002", "13202", "01", "X"), "rural ind"),
        (("NY", "10002", "13202", "01", "", "", "", "0", "", "2026"), "year/qtr"),
    ],
)
def test_a_bad_line_of_the_zip_code_file_is_named(store, tmp_path, row, field):
    path = tmp_path / "ZIP5_APR2026.txt"
    path.write_text("\n".join([*(made.zip_line(*each) for each in made.ZIP_ROWS), made.zip_line(*row)]))
    assert ("REF-ROW", 4, field) in told(imported(store, path))


def test_a_zip_code_workbook_with_another_header_is_not_guessed(store, tmp_path):
    path = tmp_path / "ZIP5_APR2026.xlsx"
    titles = [title.replace("LOCALITY", "AREA") for title in made.ZIP_TITLES]
    path.write_bytes(made.workbook(titles, *made.ZIP_ROWS))
    assert told(imported(store, path)) == [("REF-LAYOUT", 1, "header")]


PLAIN = {
    "add-on": ("add_on_code,primary_code,type,from,to\n97546,97545,1,2026-01-01,\n", "ncci-add-on-2026"),
    "localities": ("zip,state,contractor,locality,from\n35004,AL,10112,00,2026-01-01\n", "fees-localities-2026"),
    "carriers": ("zip,carrier,locality,from,to\n35004,10112,00,2026-01-01,\n", "fees-localities-2026"),
    "hcpcs": ("hcpcs_code,from,to\nA4639,2003-01-01,\n", "hcpcs-2026"),
    "places": ("place_code,from\n11,\n22,2026-01-01\n", "places-2026"),
    "places with their facility flag": ("place_code,facility,from\n11,no,\n22,yes,2026-01-01\n", "places-2026"),
    "carc": ("carc,from,to,modified\n50,1995-01-01,,2017-03-01\nP14,2013-11-01,,\n", "carc-2026"),
    "rarc": ("rarc,from,to\nN115,2002-05-30,\nMA13,1997-01-01,\nM1,1997-01-01,\n", "rarc-2026"),
}


@pytest.mark.parametrize(("text", "id_"), PLAIN.values(), ids=PLAIN)
def test_other_tables_come_as_a_plain_csv(store, tmp_path, text, id_):
    (tmp_path / "table.csv").write_text(text)
    (done,) = imported(store, tmp_path / "table.csv", covers=Span(date(2026, 1, 1), date(2026, 12, 31)))
    assert done.release.id == id_
    assert done.release.rows.frame.height == len(text.splitlines()) - 1
    assert verify(store.releases()) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("place_code,facility,from\n1,no,\n", ("REF-ROW", 2, "code")),
        ("place_code,facility,from\n11,maybe,\n", ("REF-ROW", 2, "facility")),
        ("place_code,facility,from\n11,no,01/02/2026\n", ("REF-ROW", 2, "from")),
        ("place_code,facility,from\n11,no,\n11,no,\n", ("REF-ROW", 3, "code")),
        ("place_code,facility,from,to\n11,no,2026-02-01,2026-01-01\n", ("REF-ROW", 2, "to")),
        ("place_code,facility\n11,no\n", ("REF-LAYOUT", 1, "header")),
        ("place_code,facility,from,until\n11,no,,\n", ("REF-LAYOUT", 1, "header")),
    ],
)
def test_a_plain_csv_is_held_to_its_columns(store, tmp_path, text, where):
    (tmp_path / "table.csv").write_text(text)
    assert told(imported(store, tmp_path / "table.csv", covers=Span(date(2026, 1, 1), date(2026, 12, 31)))) == [where]

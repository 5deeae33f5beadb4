"""What the pair tables say on a day, against facts a reader can look up and against a plain scan."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimwright.days import Span
from claimwright.lines.schema import FORMS
from claimwright.reference.pairs import look_up, possible_partners, rows_of
from claimwright.reference.releases import Releases, load

HOSPITAL = "ncci-ptp-hospital-therapy-2019q3-2026q2"
HOSPITAL_2024 = "ncci-ptp-hospital-therapy-2024q3"
PRACTITIONER = "ncci-ptp-practitioner-therapy-2024q3"
SCHEMA = {"column1": pl.String, "column2": pl.String, "form": FORMS, "day": pl.Date}
FORM = {"H": "institutional", "P": "professional"}


def ask(column1, column2, form, day, releases=None):
    frame = pl.DataFrame(
        [(column1, column2, FORM.get(form, form), day and date.fromisoformat(day))], SCHEMA, orient="row"
    )
    return look_up(frame, load() if releases is None else releases).row(0, named=True)


def said(column1, column2, form, day, releases=None):
    answer = ask(column1, column2, form, day, releases)
    word = answer["status"] if answer["indicator"] is None else f"{answer['status']} {answer['indicator']}"
    return f"{word} aged" if answer["aged"] else word


@pytest.mark.parametrize(
    ("column1", "column2", "form", "day", "answer"),
    [
        ("97024", "97026", "H", "2026-03-10", "hit 1"),
        ("97026", "97024", "H", "2026-03-10", "miss"),  # the other order is another question
        # many pairs were suspended for three quarters of 2020
        ("97026", "97164", "H", "2019-07-01", "hit 1"),
        ("97026", "97164", "H", "2019-12-31", "hit 1"),
        ("97026", "97164", "H", "2020-01-01", "miss"),
        ("97026", "97164", "H", "2020-09-30", "miss"),
        ("97026", "97164", "H", "2020-10-01", "hit 1"),
        ("97026", "97168", "H", "2020-06-15", "miss"),
        # before the first release
        ("97026", "97164", "H", "2019-06-30", "unknown"),
        # no edit in force, however often repeated
        ("97026", "97110", "H", "2026-03-10", "miss"),
        ("97110", "97026", "H", "2026-03-10", "miss"),
        ("97140", "97530", "H", "2020-01-01", "miss"),
        ("97140", "97530", "P", "2024-07-01", "miss"),
        ("97530", "97116", "H", "2026-03-10", "miss"),
        ("97530", "97116", "P", "2024-07-01", "miss"),
        ("97161", "97140", "P", "2024-07-01", "miss"),
        ("97110", "97164", "P", "2024-07-01", "miss"),
        ("97034", "97026", "P", "2024-07-01", "miss"),  # deleted 2004-12-31
        ("97026", "97010", "P", "2024-07-01", "miss"),  # tombstone of 1996
        ("97014", "97026", "P", "2024-07-01", "miss"),
        # other pairs of the published table
        ("97140", "97124", "P", "2024-07-01", "hit 0"),
        ("97150", "97110", "P", "2024-07-01", "hit 1"),
        ("G0283", "97032", "P", "2024-07-01", "hit 1"),
        ("97113", "97036", "H", "2026-03-10", "hit 0"),
        ("97161", "97750", "P", "2024-07-01", "hit 0"),  # the settings differ
        ("97161", "97750", "H", "2024-07-01", "hit 1"),
        # the practitioner release speaks for its own quarter
        ("97024", "97026", "P", "2024-06-30", "unknown"),
        ("97024", "97026", "P", "2024-07-01", "hit 1"),
        ("97024", "97026", "P", "2024-09-30", "hit 1"),
        ("97024", "97026", "P", "2024-10-01", "hit 1 aged"),
        ("97026", "97110", "P", "2024-09-30", "miss"),
        ("97026", "97110", "P", "2024-10-01", "unknown aged"),
        # between two hospital releases
        ("97024", "97026", "H", "2026-06-30", "hit 1"),
        ("97024", "97026", "H", "2026-07-01", "hit 1 aged"),
        ("97026", "97110", "H", "2026-07-01", "unknown aged"),
        ("97024", "97026", "H", "2026-10-01", "hit 1"),
        ("97026", "97110", "H", "2026-12-31", "miss"),
        ("97026", "97110", "H", "2027-01-01", "unknown aged"),
        # 97026 beside any other code: every row of the quarter that names it is in the table
        ("97026", "36591", "P", "2024-07-01", "hit 0"),
        ("97026", "36591", "H", "2024-07-01", "miss"),
        ("97026", "64483", "H", "2024-07-01", "hit 1"),
        # a newer release that does not hold the code is passed over
        ("97026", "64483", "H", "2026-03-10", "hit 1 aged"),
        ("97026", "11042", "P", "2024-07-01", "miss"),
        ("11042", "97026", "P", "2024-07-01", "miss"),
        ("97026", "11042", "H", "2026-03-10", "unknown aged"),
        # a code not held
        ("97110", "11042", "P", "2024-07-01", "unknown"),
        # the 2026 subset did not list the columns 1 of chiropractic
        ("98940", "97026", "H", "2026-10-01", "unknown aged"),
        # 97010 in the hospital table: held as long as a whole table was seen
        ("97026", "97010", "H", "2024-09-30", "miss"),
        ("97026", "97010", "H", "2024-10-01", "unknown aged"),
        # a misprint is not a code
        ("97026", "9711O", "P", "2024-07-01", "unknown"),
        ("O7026", "97024", "P", "2024-07-01", "unknown"),
        ("97026", " 97024", "P", "2024-07-01", "unknown"),
        ("97026", "g0283", "P", "2024-07-01", "unknown"),
    ],
)
def test_facts_of_the_published_tables(column1, column2, form, day, answer):
    assert said(column1, column2, form, day) == answer


@pytest.mark.parametrize("column1", ["97024", "97016", "97028", "0552T", "G0151", "G0157", "G0159"])
@pytest.mark.parametrize("form", ["P", "H"])
def test_the_active_pairs_that_end_in_97026(column1, form):
    assert said(column1, "97026", form, "2024-07-01") == "hit 1"


@pytest.mark.parametrize("column2", ["97018", "97022", "97164", "97168"])
@pytest.mark.parametrize("form", ["P", "H"])
def test_the_active_pairs_that_begin_with_97026(column2, form):
    assert said("97026", column2, form, "2024-07-01") == "hit 1"


@pytest.mark.parametrize(
    "other",
    [
        "97010",
        "97012",
        "97014",
        "G0283",
        "97032",
        "97110",
        "97112",
        "97116",
        "97124",
        "97140",
        "97150",
        "97530",
        "97161",
        "97162",
        "97163",
    ],
)
@pytest.mark.parametrize("form", ["P", "H"])
def test_no_edit_is_in_force_beside_97026(other, form):
    assert said("97026", other, form, "2024-07-01") == "miss"
    assert said(other, "97026", form, "2024-07-01") == "miss"


def test_an_answer_cites_its_release_and_row():
    answer = ask("97024", "97026", "H", "2026-03-10")
    assert answer["release"] == HOSPITAL
    row = load()[HOSPITAL].rows.frame.filter(pl.col("row") == answer["release_row"])
    assert row.select("column1", "column2").row(0) == ("97024", "97026")
    assert answer["age_days"] == 0
    assert answer["silence"] is None


def test_an_aged_answer_says_how_old_the_table_is():
    answer = ask("97024", "97026", "P", "2024-10-31")
    assert (answer["aged"], answer["age_days"], answer["release"]) == (True, 31, PRACTITIONER)


@pytest.mark.parametrize(
    ("column1", "column2", "form", "day", "why"),
    [
        (None, "97026", "P", "2024-07-01", "key missing"),
        ("97026", None, "P", "2024-07-01", "key missing"),
        ("97026", "97024", None, "2024-07-01", "key missing"),
        ("97026", "97024", "P", None, "key missing"),
        ("97026", "97024", "P", "2024-06-30", "before first release"),
        ("97110", "11042", "P", "2024-07-01", "code not held"),
        ("97110", "11042", "P", "2026-07-01", "code not held"),
        ("97026", "97110", "P", "2026-07-01", "release aged"),
    ],
)
def test_an_unknown_says_why(column1, column2, form, day, why):
    answer = ask(column1, column2, form, day)
    assert (answer["status"], answer["silence"], answer["indicator"]) == ("unknown", why, None)


def test_without_a_release_for_the_form_the_silence_says_so():
    made = Releases.of_pairs(
        pl.DataFrame({"column1": ["XX1"], "column2": ["XX2"], "indicator": [1]}), setting="professional"
    )
    assert ask("XX1", "XX2", "H", "2024-07-01", made)["silence"] == "no release"
    assert ask("XX1", "XX2", "H", "2024-07-01", Releases())["silence"] == "no release"


def test_no_release_knows_nothing_of_another_table():
    frame = pl.DataFrame([("97024", "97026", "professional", date(2024, 7, 1))], SCHEMA, orient="row")
    assert look_up(frame, load(), "ncci/other")["silence"].to_list() == ["no release"]


def test_rows_keep_their_order_and_their_columns():
    days = [date(2024, 7, 1), date(2019, 12, 31), None, date(2024, 10, 1)]
    frame = pl.DataFrame(
        {
            "n": [3, 1, 2, 0],
            "column1": ["97024"] * 4,
            "column2": ["97026"] * 4,
            "form": ["professional"] * 4,
            "day": days,
        }
    )
    answers = look_up(frame, load())
    assert answers.columns[:5] == frame.columns
    assert answers["n"].to_list() == [3, 1, 2, 0]
    assert answers["status"].to_list() == ["hit", "unknown", "unknown", "hit"]


def test_no_rows_no_answers():
    answers = look_up(pl.DataFrame(schema=SCHEMA), load())
    assert answers.height == 0
    assert answers.schema["indicator"] == pl.UInt8


# Invented codes: none of these is a CMS edit.
FIXTURE = pl.DataFrame(
    [
        ("XX024", "XX026", 1, date(2019, 1, 1), None),
        ("XX026", "XX018", 1, date(1999, 1, 1), date(2024, 12, 31)),
        ("XX028", "XX026", 0, date(2021, 7, 1), None),
        ("XX022", "XX026", 9, date(2022, 4, 1), date(2022, 4, 1)),
    ],
    schema=["column1", "column2", "indicator", "from", "to"],
    orient="row",
)


@pytest.mark.parametrize(
    ("column1", "column2", "day", "answer"),
    [
        ("XX024", "XX026", "2018-12-31", "miss"),
        ("XX024", "XX026", "2019-01-01", "hit 1"),
        ("XX026", "XX018", "2024-12-31", "hit 1"),
        ("XX026", "XX018", "2025-01-01", "miss"),
        ("XX028", "XX026", "2021-07-01", "hit 0"),
        ("XX022", "XX026", "2022-04-01", "miss"),  # a tombstone is never in force
        ("97024", "97026", "2026-03-10", "miss"),  # the real table is replaced, not joined
    ],
)
def test_a_made_up_table_stands_alone(column1, column2, day, answer):
    releases = load().replaced_by(Releases.of_pairs(FIXTURE))
    assert said(column1, column2, "P", day, releases) == answer
    assert said(column1, column2, "H", day, releases) == answer


def test_a_made_up_table_may_hold_few_codes_and_few_days():
    releases = Releases.of_pairs(FIXTURE, covers="2024-01-01 .. 2024-12-31", held=["XX024", "XX018"])
    assert said("XX024", "XX018", "P", "2024-06-01", releases) == "miss"
    assert said("XX024", "XX026", "P", "2024-06-01", releases) == "hit 1"
    assert said("XX018", "XX026", "P", "2024-06-01", releases) == "unknown"
    assert said("XX024", "XX018", "P", "2025-06-01", releases) == "unknown aged"
    assert said("XX024", "XX026", "P", "2025-06-01", releases) == "hit 1 aged"
    assert said("XX026", "XX018", "P", "2025-06-01", releases) == "unknown"  # the row itself says that it has ended
    assert said("XX026", "XX018", "P", "2023-06-01", releases) == "unknown"


def test_a_doubtful_row_never_acquits():
    bad = FIXTURE.with_columns(pl.when(pl.col("column1") == "XX028").then(7).otherwise("indicator").alias("indicator"))
    releases = Releases.of_pairs(bad)
    assert said("XX028", "XX026", "P", "2024-06-01", releases) == "unknown"
    assert said("XX024", "XX026", "P", "2024-06-01", releases) == "hit 1"
    assert said("XX026", "XX024", "P", "2024-06-01", releases) == "miss"
    unreadable = FIXTURE.with_columns(
        pl.when(pl.col("column1") == "XX028").then(None).otherwise("column1").alias("column1")
    )
    releases = Releases.of_pairs(unreadable)
    assert said("XX024", "XX026", "P", "2024-06-01", releases) == "hit 1"
    assert said("XX026", "XX024", "P", "2024-06-01", releases) == "unknown"


def test_partners_are_codes_of_real_edits():
    partners = possible_partners(load())
    assert {"97026", "97024", "64483"} <= partners
    assert "97010" not in partners  # only tombstones
    assert "A4639" not in partners
    assert possible_partners(Releases.of_pairs(FIXTURE)) == {"XX024", "XX026", "XX018", "XX028"}


def test_the_history_of_a_pair_can_be_read():
    rows = rows_of(load(), "97530", "97116", "professional")
    assert rows.select("indicator", "to").rows() == [
        (9, date(1996, 1, 1)),
        (1, date(2019, 12, 31)),
        (9, date(2020, 10, 1)),
    ]
    assert rows_of(load(), "XX1", "XX2", "professional").height == 0


CODES = ["XX1", "XX2", "XX3", "XX4"]
BASE = date(2024, 1, 1)
days = st.one_of(st.none(), st.integers(0, 30).map(lambda n: BASE + timedelta(n)))


@st.composite
def tables(draw):
    releases = []
    for n in range(draw(st.integers(0, 3))):
        first = draw(st.integers(0, 25))
        covers = Span(BASE + timedelta(first), BASE + timedelta(first + draw(st.integers(0, 10))))
        rows = draw(
            st.lists(st.tuples(*[st.sampled_from(CODES)] * 2, st.sampled_from([0, 1, 9]), days, days), max_size=8)
        )
        held = draw(st.one_of(st.none(), st.lists(st.sampled_from(CODES), unique=True)))
        frame = pl.DataFrame(
            rows,
            {"column1": pl.String, "column2": pl.String, "indicator": pl.Int64, "from": pl.Date, "to": pl.Date},
            orient="row",
        )
        setting = draw(st.sampled_from(["professional", "institutional"]))
        releases.extend(Releases.of_pairs(frame, setting=setting, covers=covers, held=held, id_=f"r{n}"))
    return Releases(tuple(releases))


questions = st.lists(
    st.tuples(
        st.sampled_from([*CODES, "XX9", None]),
        st.sampled_from([*CODES, "XX9", None]),
        st.sampled_from(["professional", "institutional", None]),
        st.one_of(st.none(), st.integers(-3, 45).map(lambda n: BASE + timedelta(n))),
    ),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(tables(), questions)
def test_the_look_up_equals_a_plain_scan(releases, asked):
    frame = pl.DataFrame(asked, SCHEMA, orient="row")
    answers = look_up(frame, releases).select("status", "indicator", "aged", "age_days", "release", "silence")
    assert answers.rows() == [scanned(releases, *question) for question in asked]


def scanned(releases, column1, column2, form, day):
    """The same answer, said as simply as it can be: one row, one release, one edit at a time."""
    if None in {column1, column2, form, day}:
        return "unknown", None, False, None, None, "key missing"
    speaking = [release for release in releases if release.setting == form]
    if not speaking:
        return "unknown", None, False, None, None, "no release"
    begun = [release for release in speaking if release.covers.first <= day]
    if not begun:
        return "unknown", None, False, None, None, "before first release"
    for release in sorted(begun, key=lambda r: (r.covers.last, r.covers.first), reverse=True):
        as_of = min(day, release.covers.last)
        age = (day - as_of).days
        for row in release.rows.frame.iter_rows(named=True):
            if (
                (row["column1"], row["column2"]) == (column1, column2)
                and row["indicator"] != 9
                and (row["from"] is None or row["from"] <= day)
                and (row["to"] is None or day <= row["to"])
            ):
                return "hit", row["indicator"], age > 0, age, release.id, None
        held = release.holds_all or {column1, column2} <= set(release.held["code"])
        if held and (column1, column2) not in release.rows.doubtful.rows():
            return (
                ("unknown", None, True, age, release.id, "release aged")
                if age
                else ("miss", None, False, 0, release.id, None)
            )
    return "unknown", None, False, None, None, "code not held"


def test_many_rows_get_the_answers_of_few():
    frame = pl.DataFrame(
        [("97024", "97026", "institutional", date(2026, 3, 10)), ("97110", "11042", "professional", date(2025, 1, 1))]
        * 8,
        SCHEMA,
        orient="row",
    )
    few = look_up(frame, load())
    assert few["status"].n_unique() == 2
    assert look_up(pl.concat([frame] * 2_500), load()).equals(pl.concat([few] * 2_500))

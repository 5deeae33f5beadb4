"""Which program and payer a claim goes to."""

from datetime import date

import polars as pl
import pytest

from claimwright.lines.schema import conform
from claimwright.reference.payer_table import COLUMNS, PROGRAMS, load, normalise, table
from claimwright.reference.payers import match


def claim(day="2026-03-10", name=None, bill=None, **fields):
    return {
        "payer_id": None,
        "payer_name": name,
        "filing": None,
        "form": "professional",
        "bill_type": bill,
        "service_from": day and date.fromisoformat(day),
        **fields,
    }


def told(rows=None, **fields):
    payers = load() if rows is None else table(rows)
    return match(conform(pl.DataFrame([claim(**fields)])), payers).row(0, named=True)


def row(**cells):
    return dict.fromkeys(COLUMNS, "") | cells


def test_the_shipped_table_is_good_and_says_how_far_it_was_verified():
    shipped = load()
    assert shipped.problems == ()
    assert {row.program for row in shipped.rows} - {""} == set(PROGRAMS)
    assert all(row.source for row in shipped.rows)
    assert not [
        row.number for row in shipped.rows if row.source.startswith("general knowledge") and row.verified != "no"
    ]


@pytest.mark.parametrize(
    ("filing", "form", "bill", "told_as"),
    [
        ("MB", "professional", None, ("medicare-part-b", "medicare", None)),
        ("MB", "institutional", "131", ("medicare-part-b", "medicare", None)),
        *(
            ("MA", "institutional", f"{b}1", ("medicare-part-b", "medicare", None))
            for b in (12, 13, 22, 23, 34, 74, 75, 85)
        ),
        ("MA", "institutional", "111", (None, None, None)),
        ("MA", "institutional", None, (None, None, None)),
        ("MA", "professional", None, (None, None, None)),
        ("16", "professional", None, ("medicare-advantage", None, None)),
        ("MC", "professional", None, ("medicaid", None, None)),
        ("WC", "professional", None, ("workers-comp", None, None)),
        ("AM", "professional", None, ("auto", None, None)),
        ("CH", "professional", None, ("tricare", None, None)),
        ("VA", "professional", None, ("va", None, None)),
        ("CI", "professional", None, ("commercial", None, None)),
        ("BL", "professional", None, ("commercial", None, None)),
        ("12", "professional", None, ("commercial", None, "PPO")),
        ("13", "professional", None, ("commercial", None, "POS")),
        ("14", "professional", None, ("commercial", None, "EPO")),
        ("15", "professional", None, ("commercial", None, "indemnity")),
        ("HM", "professional", None, ("commercial", None, "HMO")),
        ("FI", "professional", None, ("other", None, None)),
        ("ZZ", "professional", None, (None, None, None)),
        (None, "professional", None, (None, None, None)),
    ],
)
def test_the_filing_code_tells_the_program(filing, form, bill, told_as):
    answer = told(filing=filing, form=form, bill=bill)
    assert (answer["program"], answer["payer"], answer["product"]) == told_as


@pytest.mark.parametrize(
    ("name", "payer"),
    [
        ("Aetna", "aetna"),
        ("AETNA LIFE & CASUALTY", "aetna"),
        ("CIGNA HEALTHCARE", "cigna"),
        ("United Healthcare", "uhc"),
        ("Anthem Blue Cross", "anthem"),
        ("Blue Cross & Blue Shield of Illinois", "hcsc"),
        ("Blue Cross and Blue Shield of Texas, Inc.", "hcsc"),
        ("BlueCross BlueShield of Oklahoma", "hcsc"),
        ("BCBS NM", "hcsc"),
        ("BCBSMT", "hcsc"),
        ("Blue Cross Blue Shield of Alabama", "bcbs-al"),
        ("Blue Cross Blue Shield of Nowhere", None),
        ("ACME", None),
    ],
)
def test_the_name_tells_the_payer_and_the_filing_code_the_program(name, payer):
    answer = told(name=name, filing="CI")
    assert (answer["program"], answer["payer"], answer["payer_match"]) == ("commercial", payer, "filing")


def test_an_insurer_without_a_filing_code_may_be_any_of_its_programs():
    answer = told(name="AETNA")
    assert (answer["program"], answer["payer"], answer["payer_match"]) == (None, "aetna", "name")


def test_the_same_id_stands_for_several_programs():
    assert told(payer_id="60054", filing="16")["program"] == "medicare-advantage"
    assert told(payer_id="60054", filing="CI")["program"] == "commercial"
    assert told(payer_id="60054", filing="16")["payer"] == "aetna"


def test_a_longer_name_wins_over_a_shorter():
    assert told(name="AETNA MEDICARE PPO")["program"] == "medicare-advantage"
    assert told(name="AETNA BETTER HEALTH OF OHIO")["program"] == "medicaid"


def test_the_answer_cites_its_row():
    answer = told(filing="MB")
    (cited,) = [row for row in load().rows if row.number == answer["payer_row"]]
    assert (cited.filing, cited.program) == ("MB", "medicare-part-b")


@pytest.mark.parametrize(
    ("fields", "program", "payer"),
    [
        ({"payer_id": "60054", "filing": "MB"}, None, None),  # Part B has one payer, and it is not Aetna
        ({"name": "MEDICARE", "filing": "16"}, None, "medicare"),
        ({"name": "MEDICARE", "filing": "CI"}, None, "medicare"),
        ({"name": "CIGNA", "payer_id": "60054", "filing": "CI"}, "commercial", None),
        ({"name": "CIGNA", "payer_id": "60054"}, None, None),
    ],
)
def test_fields_that_disagree_leave_open_what_they_disagree_on(fields, program, payer):
    answer = told(**fields)
    assert (answer["program"], answer["payer"], answer["payer_match"]) == (program, payer, "conflict")


def test_a_row_with_id_and_filing_settles_a_disagreement():
    rows = [
        row(id="60054", payer="aetna"),
        row(filing="MB", program="medicare-part-b", payer="medicare"),
        row(id="60054", filing="MB", program="medicare-advantage", payer="aetna"),
    ]
    answer = told(rows, payer_id="60054", filing="MB")
    assert (answer["program"], answer["payer"], answer["payer_match"]) == (
        "medicare-advantage",
        "aetna",
        "id and filing",
    )


def test_priority_of_the_rows():
    rows = [
        row(filing="CI", program="other"),
        row(name="ACME", program="auto"),
        row(name="ACME", filing="CI", program="tricare"),
        row(id="A1", program="medicaid"),
        row(id="A1", filing="CI", program="commercial"),
    ]
    everything = {"payer_id": "a1", "name": "Acme", "filing": "CI"}
    seen = []
    while rows:
        answer = told(rows, **everything)
        seen.append((answer["payer_match"], answer["program"]))
        rows.pop()
    assert seen == [
        ("id and filing", "commercial"),
        ("id", "medicaid"),
        ("name and filing", "tricare"),
        ("name", "auto"),
        ("filing", "other"),
    ]


@pytest.mark.parametrize(
    ("day", "payer"),
    [
        ("2024-12-31", "old"),
        ("2025-01-01", "new"),
        ("2025-06-30", "new"),
        ("2025-07-01", None),
        (None, None),
    ],
)
def test_rows_have_dates(day, payer):
    rows = [
        row(name="ACME", program="commercial", payer="old", to="2024-12-31"),
        row(name="ACME", program="commercial", payer="new", **{"from": "2025-01-01", "to": "2025-06-30"}),
    ]
    assert told(rows, name="acme", day=day)["payer"] == payer


def test_an_undated_row_needs_no_day():
    assert told(filing="MB", day=None)["program"] == "medicare-part-b"


def test_what_the_line_states_wins():
    answer = told(filing="CI", name="AETNA", program="medicaid", payer="acme")
    assert (answer["program"], answer["payer"], answer["payer_match"], answer["payer_row"]) == (
        "medicaid",
        "acme",
        "stated",
        None,
    )
    answer = told(filing="CI", payer="acme")
    assert (answer["program"], answer["payer"]) == ("commercial", "acme")
    answer = told(program="medicare-part-b")
    assert answer["payer"] == "medicare"


def test_lines_keep_their_order():
    claims = pl.DataFrame([claim(filing=code) for code in ("WC", "MB", None, "MB", "CI", "zz")])
    programs = match(conform(claims), load())["program"].to_list()
    assert programs == ["workers-comp", "medicare-part-b", None, "medicare-part-b", "commercial", None]


def test_no_lines():
    assert match(conform(pl.DataFrame([claim()])).clear(), load()).schema["payer_row"] == pl.UInt32


@pytest.mark.parametrize(
    ("name", "plain"),
    [("  Blue   Cross/Blue-Shield ", "BLUE CROSS BLUE SHIELD"), ("A & B and C", "A B C"), ("...", "")],
)
def test_names_are_compared_plainly(name, plain):
    assert normalise(name) == plain


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"program": "commercial"}, "id", "asks nothing"),
        ({"id": "A1"}, "program", "says nothing"),
        ({"id": "A1", "program": "private"}, "program", "private is not a program"),
        ({"id": "A1", "payer": "Acme Inc"}, "payer", "not a payer key"),
        ({"name": "A*ME", "payer": "acme"}, "name", "inside the name"),
        ({"name": "*", "payer": "acme"}, "name", "no letter"),
        ({"filing": "MA", "bill": "131", "program": "other"}, "bill", "types of bill"),
        ({"id": "A1", "payer": "acme", "from": "01/01/2024"}, "from", "not a day"),
        ({"id": "A1", "payer": "acme", "from": "2024-02-01", "to": "2024-01-01"}, "to", "before it begins"),
        ({"id": "A1", "payer": "acme", "verified": "maybe"}, "verified", "not a mark"),
        ({"id": "B1", "payer": "acme"}, "from", "row 1 asks the same"),
    ],
)
def test_a_bad_row_is_left_out_and_named(cells, column, says):
    read = table([row(id="B1", payer="good"), row(**cells)], "payers.csv")
    (problem,) = read.problems
    assert (problem.row, problem.field, problem.file) == (2, column, "payers.csv")
    assert says in problem.message
    assert problem.help
    assert [row.payer for row in read.rows] == ["good"]


def test_a_file_without_its_columns(tmp_path):
    path = tmp_path / "payers.csv"
    path.write_text("id,name\n1,ACME\n")
    assert load(path).problems[0].id == "REF-COLUMNS"


def test_a_spreadsheet_may_have_left_its_mark(tmp_path):
    path = tmp_path / "payers.csv"
    path.write_text(
        "\ufeffid,name,filing,bill,program,payer,product,from,to\n,ACME,,,commercial,acme,,,\n", encoding="utf-8"
    )
    read = load(path)
    assert (read.problems, read.rows[0].payer, read.rows[0].verified) == ((), "acme", "no")


def test_a_table_of_ones_own_stands_before_another():
    own = table([row(id="A1", program="commercial", payer="ours")])
    other = table([row(id="A1", payer="theirs"), row(id="B1", payer="theirs"), row(name="*")])
    both = own.before(other)
    lines = conform(pl.DataFrame([claim(payer_id="A1"), claim(payer_id="B1")]))
    assert match(lines, both)["payer"].to_list() == ["ours", "theirs"]
    assert both.problems == other.problems != ()


def test_a_table_of_ones_own_may_name_ones_own_programs():
    raw = [row(id="A1", program="acme-comp", payer="acme")]
    assert table(raw).problems[0].field == "program"
    assert table(raw, programs=("acme-comp",)).rows[0].program == "acme-comp"


@pytest.mark.parametrize(
    ("stated", "program", "payer"),
    [
        ({"payer": "Medicare"}, "medicare-part-b", "medicare"),
        ({"payer": "BCBS of Illinois"}, None, "hcsc"),
        ({"payer": "hcsc", "program": "Commercial"}, "commercial", "hcsc"),
        ({"payer": "Aetna", "program": "medicare_advantage"}, "medicare-advantage", "aetna"),
        ({"payer": "Nobody's Health", "program": "Commercial"}, "commercial", "Nobody's Health"),
        ({"payer": "acme", "program": "their own plan"}, "their own plan", "acme"),
    ],
)
def test_where_a_key_belongs_people_write_a_name(stated, program, payer):
    found = told(**stated)
    assert (found["program"], found["payer"]) == (program, payer)

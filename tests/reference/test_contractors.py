"""Which Medicare contractor a Part B line goes to."""

from datetime import date

import polars as pl
import pytest

from claimwright.lines.schema import conform
from claimwright.reference.contractors import COLUMNS, assign, load


def told(facility=None, billing=None, **fields):
    line = {
        "facility_state": facility,
        "billing_state": billing,
        "program": "medicare-part-b",
        "service_from": date(2026, 3, 10),
        "procedure": "97026",
    }
    return assign(conform(pl.DataFrame([line | fields])), load())["contractor"].item()


def test_the_shipped_table_is_good():
    shipped = load()
    assert shipped.problems == ()
    assert shipped.frame["state"].is_unique().all()


@pytest.mark.parametrize(
    ("fields", "contractor"),
    [
        ({"facility": "OH"}, "cgs-j15"),
        ({"facility": "ky "}, "cgs-j15"),
        ({"billing": "TX"}, "novitas-jh"),
        ({"facility": "OH", "billing": "TX"}, "cgs-j15"),  # where the service was furnished, not where it is billed
        ({"facility": "VA"}, None),  # two contractors share Virginia
        ({"facility": "ZZ"}, None),
        ({}, None),
        ({"facility": "OH", "program": "medicare-advantage"}, "cgs-j15"),  # a plan follows the contractor of its area
        ({"facility": "OH", "program": "commercial"}, None),
        ({"facility": "OH", "program": None}, None),
        ({"facility": "OH", "procedure": "A4639"}, None),  # supplies go elsewhere
        ({"facility": "OH", "procedure": "E0221"}, None),
        ({"facility": "OH", "service_from": None}, None),
        ({"facility": "OH", "service_from": date(2018, 12, 31)}, None),  # the table does not reach back
        ({"facility": "OH", "contractor": "mine"}, "mine"),
        ({"facility": "OH", "contractor": "mine", "program": None}, "mine"),
    ],
)
def test_the_state_tells_the_contractor(fields, contractor):
    assert told(**fields) == contractor


def test_lines_keep_their_order_and_cite_rows():
    lines = [
        {"facility_state": state, "program": "medicare-part-b", "service_from": date(2026, 1, 5)}
        for state in ("TX", "OH", None, "TX")
    ]
    answers = assign(conform(pl.DataFrame(lines)), load())
    assert answers["contractor"].to_list() == ["novitas-jh", "cgs-j15", None, "novitas-jh"]
    frame = load().frame
    rows = [frame.filter(pl.col("state") == state)["_contractor_row"].item() for state in ("TX", "OH")]
    assert answers["contractor_row"].to_list() == [rows[0], rows[1], None, rows[0]]


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("Ohio,key,J1,name,,,no,", "not a state"),
        ("OH,,J1,name,,,no,", "no contractor key"),
        ("OH,key,J1,name,someday,,no,", "someday"),
        ("OH,key,J1,name,2024-02-01,2024-01-01,no,", "cannot end"),
        ("KY,key,J1,name,,,no,", "another contractor on the same days"),
    ],
)
def test_a_bad_row_is_left_out_and_named(tmp_path, second, says):
    path = tmp_path / "contractors.csv"
    path.write_text(f"{','.join(COLUMNS)}\nKY,cgs-j15,J15,CGS,2019-01-01,,no,\n{second}\n")
    read = load(path)
    (problem,) = read.problems
    assert problem.row == 2
    assert says in problem.message
    assert problem.help
    assert read.frame.height == 1

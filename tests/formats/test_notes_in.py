"""Notes as they come: text files, tables, JSON, FHIR; and what is wrong with them, without a word of theirs."""

import base64
import gzip
import json
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwright.formats import notes
from claimwright.formats.notes.decoding import LARGEST, decoded
from claimwright.formats.notes.markup import stripped
from claimwright.formats.notes.texts import header
from claimwright.lines.problems import Gravity

WORDS = "IR lamp to R knee for stiffness, supervised by J. Doe PT."


@pytest.fixture
def read(tmp_path):
    """What is read of a folder with these files."""

    def of(**files):
        for name, content in files.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return notes.read(tmp_path)

    return of


def test_a_name_tells_member_day_and_provider(read):
    frame, problems = read(**{"M1_2026-03-10_1234567893__txt": WORDS, "M2_20260311__txt": WORDS})
    assert problems == []
    assert frame.select("member_id", "service_from", "provider_npi").rows() == [
        ("M1", date(2026, 3, 10), "1234567893"),
        ("M2", date(2026, 3, 11), None),
    ]
    assert frame["name"].to_list() == ["…_2026-03-10_1234567893.txt", "…_20260311.txt"]


def test_the_first_lines_tell_it_too_and_stay_part_of_the_note(read):
    text = (
        f"Patient: Doe, Jane A   DOB: 05/05/1950\nMember ID: M1 | Provider NPI: 1234567893\nDOS: 3/10/2026\n\n{WORDS}"
    )
    frame, problems = read(visit__txt=text)
    assert problems == []
    assert frame.row(0, named=True) | {"row": 1} == {
        "row": 1,
        "member_id": "M1",
        "birth_date": date(1950, 5, 5),
        "patient_first": "Jane",
        "provider_npi": "1234567893",
        "service_from": date(2026, 3, 10),
        "procedure": None,
        "text": text,
        "id": None,
        "name": "note 1",
    }


def test_a_section_ends_the_first_lines():
    assert header("Member ID: M1\nS: pt seen\nDate: 3/1/2026") == {"member_id": "M1"}


def test_a_chart_number_stands_in_where_there_is_no_member_id(read):
    frame, _ = read(visit__txt=f"MRN: 4711\nDate: 2026-03-10\n{WORDS}")
    assert frame["member_id"].to_list() == ["4711"]


@pytest.mark.parametrize(
    ("content", "id_", "gravity"),
    [
        (b"", "INP-EMPTY", Gravity.ERROR),
        (b" \r\n\t", "INP-EMPTY", Gravity.ERROR),
        (b"%PDF-1.7 secretword", "INP-NOTE-TYPE", Gravity.ERROR),
        (b"{\\rtf1 secretword}", "INP-NOTE-TYPE", Gravity.ERROR),
        (bytes(range(256)) * 9, "INP-ENCODING", Gravity.ERROR),
        (b"secretword" + bytes(range(1, 9)) * 60, "INP-NOTE-TYPE", Gravity.ERROR),
        (b"secretword " * (LARGEST // 10), "INP-NOTE-SIZE", Gravity.ERROR),
        (b"secretword " * 200_000, "INP-NOTE-SIZE", Gravity.WARNING),
        (gzip.compress(b"secretword")[:-9], "INP-TRUNCATED", Gravity.ERROR),
    ],
)
def test_what_is_no_note_is_told_without_its_words_and_the_others_are_read(read, content, id_, gravity):
    frame, problems = read(**{"M1_2026-03-10__txt": WORDS, "M2_2026-03-10__txt": content})
    assert [(one.id, one.gravity) for one in problems] == [(id_, gravity)]
    assert problems[0].help
    assert frame["member_id"].to_list() == ["M1", "M2"][: 1 if gravity is Gravity.ERROR else 2]
    assert not any("secretword" in str(one) or "M2" in str(one) for one in problems)


def test_a_note_of_nobody_or_of_no_day_is_left_out(read):
    frame, problems = read(a__txt=f"DOS: 2026-03-10\n{WORDS}", b__txt=f"Member ID: M1\n{WORDS}")
    assert frame.height == 0
    assert [(one.id, one.row) for one in problems] == [("INP-MEMBER", 1), ("INP-MISSING", 2)]


def test_a_name_and_a_first_line_that_disagree_leave_the_note_out(read):
    frame, problems = read(**{"M1_2026-03-10__txt": f"Date of service: 03/11/2026\n{WORDS}"})
    assert frame.height == 0
    assert [(one.id, one.field) for one in problems] == [("INP-CONTRADICTION", "service_from")]
    agreed, none = read(**{"M1_2026-03-10__txt": f"Date of service: 3/10/2026\n{WORDS}"})
    assert (agreed.height, none) == (1, [])


def test_utf_16_windows_and_gzip_are_text(read):
    frame, problems = read(
        **{
            "M1_2026-03-10__txt": "rotation 55→62°".encode("utf-16"),
            "M2_2026-03-10__txt": "rotation 62°".encode("cp1252"),
            "M3_2026-03-10__txt__gz": gzip.compress("rotation 62°".encode()),
        }
    )
    assert problems == []
    assert frame["text"].to_list() == ["rotation 55→62°", "rotation 62°", "rotation 62°"]


def test_a_table_has_a_note_in_each_row_however_long(read):
    long = "x" * 300_000
    rows = f'Member,DOS,Note,NPI\nM1,3/10/2026,"{WORDS}\nsecond line",\nM2,2026-03-11,{long},1234567893\n'
    rows += ",2026-03-11,secretword,\n"
    frame, problems = read(notes__csv=rows)
    assert frame["text"].to_list() == [f"{WORDS}\nsecond line", long]
    assert frame["name"].to_list() == ["notes.csv, row 1", "notes.csv, row 2"]
    assert [(one.id, one.row) for one in problems] == [("INP-MEMBER", 3)]
    assert "secretword" not in str(problems)


def test_parquet_and_json_records_say_the_same(read, tmp_path):
    records = [{"member_id": "M1", "service_from": "2026-03-10", "text": f"  {WORDS} ", "id": "N1"}]
    pl.DataFrame(records).write_parquet(tmp_path / "a.parquet")
    frame, problems = read(b__json=json.dumps(records))
    assert problems == []
    assert frame.select("text", "name").rows() == [(f"  {WORDS} ", "N1")] * 2


def document(**fields):
    told = {
        "resourceType": "DocumentReference",
        "id": "D1",
        "status": "current",
        "subject": {"identifier": {"value": "M1"}},
        "date": "2026-03-12T09:00:00Z",
        "context": {"period": {"start": "2026-03-10T09:00:00Z"}},
        "author": [{"identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}}],
        "content": [{"attachment": {"contentType": "text/plain", "data": base64.b64encode(WORDS.encode()).decode()}}],
    }
    return {**told, **fields}


def attached(text, kind="text/plain", encoding="utf-8"):
    return [{"attachment": {"contentType": kind, "data": base64.b64encode(text.encode(encoding)).decode()}}]


def test_a_document_reference_is_a_note(read):
    frame, problems = read(d__json=json.dumps(document()))
    assert problems == []
    row = frame.row(0, named=True)
    assert (row["member_id"], row["service_from"], row["provider_npi"]) == ("M1", date(2026, 3, 10), "1234567893")
    assert (row["text"], row["name"]) == (WORDS, "D1")


def test_a_bundle_tells_the_patient_and_the_practitioner_by_reference(read):
    patient = {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"value": "CHART9"}, {"type": {"coding": [{"code": "MB"}]}, "value": "M1"}],
        "birthDate": "1950-05-05",
        "name": [{"family": "Doe", "given": ["Jane", "A"]}],
    }
    who = {
        "resourceType": "Practitioner",
        "id": "t1",
        "identifier": [{"system": "x", "value": "7"}, {"value": "1234567893"}],
    }
    note = document(
        subject={"reference": "Patient/p1"},
        author=[{"reference": "urn:uuid:t"}],
        content=attached("<p>IR to R&nbsp;knee</p><script>secretword</script>", "text/html; charset=utf-8"),
    )
    entries = [{"resource": patient}, {"fullUrl": "urn:uuid:t", "resource": who}, {"resource": note}]
    frame, problems = read(b__json=json.dumps({"resourceType": "Bundle", "entry": entries}))
    assert problems == []
    row = frame.row(0, named=True)
    assert (row["member_id"], row["birth_date"], row["patient_first"]) == ("M1", date(1950, 5, 5), "Jane")
    assert (row["provider_npi"], row["text"]) == ("1234567893", "IR to R knee")


@pytest.mark.parametrize(
    ("fields", "id_"),
    [
        (
            {"content": [{"attachment": {"contentType": "text/plain", "url": "https://e.example/secretword"}}]},
            "INP-NOTE-URL",
        ),
        ({"content": attached("secretword", "application/pdf")}, "INP-NOTE-TYPE"),
        ({"content": [{"attachment": {"data": "secretword!"}}]}, "INP-ENCODING"),
        ({"content": []}, "INP-EMPTY"),
        ({"status": "entered-in-error"}, "INP-NOTE-STATUS"),
        ({"subject": {"display": "secretword"}}, "INP-MEMBER"),
    ],
)
def test_a_document_that_cannot_be_used_is_told_and_the_next_is_read(read, fields, id_):
    frame, problems = read(d__json=json.dumps([document(**fields), document(id="D2")]))
    assert [one.id for one in problems] == [id_]
    assert problems[0].row == 1
    assert "secretword" not in str(problems[0])
    assert frame["name"].to_list() == ["D2"]


@pytest.mark.parametrize(
    "broken",
    [
        {"content": 1},
        {"subject": []},
        {"author": "x"},
        {"context": [1]},
        {"date": 5},
        {"content": [1, {"attachment": []}]},
    ],
)
def test_a_document_of_any_shape_raises_nothing(read, broken):
    frame, problems = read(d__json=json.dumps(document(**broken)))
    assert frame.height or problems


@pytest.mark.parametrize(
    "part", ["<", "<a ", "<!--", "&", "<a href='", "</", "<script>", "<svg></svg", "&#" + "9" * 5000]
)
def test_markup_that_never_closes_is_read_in_one_pass(part):
    assert isinstance(stripped(part * (1_000_000 // len(part))), str)


def test_markup_is_what_a_reader_sees():
    page = (
        "<html><head><title>t</title></head><body><p>IR &lt;10 min&gt;<br>R knee</p><!-- x --><td>a<td>b</body></html>"
    )
    assert stripped(page) == "IR <10 min>\nR knee\na\tb"


@given(st.binary(max_size=2000))
def test_any_bytes_are_text_or_a_problem(data):
    text, problem = decoded(data)
    assert (text is None) <= (problem is not None)
    assert problem is None or problem.help

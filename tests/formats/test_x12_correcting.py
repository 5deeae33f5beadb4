"""A corrected 837, edit by edit: what is written where, and what is refused in which words."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from claims_837 import File, claim, ids_of

from claimwright.formats.x12.correcting import correct_bytes, correct_file, plan, write
from claimwright.formats.x12.edits import FIELDS, Edit
from claimwright.formats.x12.strict import strict_problems

EXAMPLES = Path(__file__).parents[2] / "examples"
LINES = ("SV1*HC:97026:GP*18*UN*1***1", "SV1*HC:97110:GP:59*82*UN*2*12**2:1")
ONE = File((claim("A", lines=LINES), claim("B", lines=LINES)))
HOSPITAL = File(
    (
        claim(
            "H",
            place="13:A:1",
            lines=("SV2*0420*HC:97110:GP*80*UN*2", "SV2*0270**20*UN*1"),
            diagnoses="HI*ABK:M5450",
            extra=("DTP*434*RD8*20240305-20240305",),
        ),
    ),
    guide="005010X223A2",
)


def edit(field, was, now, line=None, claim_="A", **more):
    return Edit(claim_, field, was, now, line, **more)


def corrected(file, *edits):
    """The segments that went and those that came."""
    data = file.bytes() if isinstance(file, File) else file
    planned, now = correct_bytes(data, edits, name="week.837")
    assert planned.problems == (), planned.problems
    old, new = (each.decode("latin-1").split("~\n") for each in (data, now))
    return [each for each in old if each not in new], [each for each in new if each not in old]


def refused(file, *edits):
    planned, now = correct_bytes(file.bytes() if isinstance(file, File) else file, edits, name="week.837")
    assert now is None
    assert planned.splices == ()
    assert all(problem.help for problem in planned.problems)
    return planned.problems


def warned(file, *edits):
    planned, now = correct_bytes(file.bytes(), edits, name="week.837")
    assert planned.problems == ()
    assert now is not None
    return [problem.id for problem in planned.warnings]


@pytest.mark.parametrize(
    ("change", "new"),
    [
        (("procedure", "97026", "97035"), "SV1*HC:97035:GP*18*UN*1***1"),
        (("modifiers", "GP", "GP;59;KX"), "SV1*HC:97026:GP:59:KX*18*UN*1***1"),
        (("modifiers", "GP", ""), "SV1*HC:97026*18*UN*1***1"),
        (("units", "1", "3"), "SV1*HC:97026:GP*18*UN*3***1"),
        (("charge", "18.00", "20.50"), "SV1*HC:97026:GP*20.50*UN*1***1"),
        (("pointers", "1", "2:1"), "SV1*HC:97026:GP*18*UN*1***2:1"),
        (("pointers", "A", "B"), "SV1*HC:97026:GP*18*UN*1***2"),
        (("place", "11", "12"), "SV1*HC:97026:GP*18*UN*1*12**1"),
        (("place", "", "12"), "SV1*HC:97026:GP*18*UN*1*12**1"),
    ],
)
def test_a_field_of_a_service_is_written_in_its_element(change, new):
    assert corrected(ONE, edit(*change, line=1))[1] == [new]


def test_days_are_written_as_a_day_or_a_period():
    first, last = (edit(f"service_{end}", "2024-03-05", "3/6/2024", 1) for end in ("from", "to"))
    assert corrected(ONE, first, last)[1] == ["DTP*472*D8*20240306"]
    assert corrected(ONE, last)[1] == ["DTP*472*RD8*20240305-20240306"]
    assert warned(ONE, last) == ["COR-PERIOD"]
    (problem,) = refused(ONE, first)
    assert (problem.id, "2024-03-05" in problem.message) == ("COR-DAYS", True)


def test_fields_of_the_claim():
    old, new = corrected(
        ONE,
        edit("frequency", "1", "7"),
        edit("place", "11", "22"),
        edit("claim_charge", "100", "101.5"),
        edit("diagnoses", "M17.11;E11.42", "M17.12;E11.42;M25.561"),
    )
    assert old == ["CLM*A*100***11:B:1*Y*A*Y*Y"]
    assert new == ["CLM*A*101.5***22:B:7*Y*A*Y*Y", "HI*ABK:M1712*ABF:E1142*ABF:M25561"]


def test_what_is_not_there_is_written_at_its_place_and_counted():
    data = File((claim("A", extra=("REF*9F*R1", "REF*EA*MR"), lines=("SV1*HC:97026:GP*100*UN*1***1",)),))
    _, now = correct_bytes(
        data.bytes(),
        [
            edit("note", "", "SEPARATE VISITS"),
            edit("original_claim", "", "ICN 1"),
            edit("prior_auth", "", "PA1"),
            edit("prior_auth", "", "PA2", 1),
        ],
    )
    text = now.decode()
    assert "REF*9F*R1~\nREF*G1*PA1~\nREF*F8*ICN 1~\nREF*EA*MR~\nNTE*ADD*SEPARATE VISITS~\nHI*" in text
    assert "DTP*472*D8*20240305~\nREF*G1*PA2~\n" in text
    assert ids_of(now) == []


def test_what_is_taken_out_leaves_nothing_behind():
    data = File((claim("A", extra=("REF*G1*PA1", "NTE*ADD*X")),))
    gone, new = corrected(data, edit("prior_auth", "PA1", ""), edit("note", "X", ""))
    assert gone == ["REF*G1*PA1", "NTE*ADD*X", "SE*25*0001"]
    assert new == ["SE*23*0001"]


def test_an_institutional_claim():
    assert corrected(HOSPITAL, edit("revenue", "0420", "0430", 1, "H"))[1] == ["SV2*0430*HC:97110:GP*80*UN*2"]
    assert corrected(HOSPITAL, edit("procedure", "", "A4556", 2, "H"))[1] == ["SV2*0270*HC:A4556*20*UN*1"]
    assert corrected(HOSPITAL, edit("frequency", "1", "7", None, "H"), edit("original_claim", "", "X", None, "H"))[
        1
    ] == [
        "CLM*H*100***13:A:7*Y*A*Y*Y",
        "REF*F8*X",
        "SE*28*0001",
    ]
    assert corrected(HOSPITAL, edit("diagnoses", "M5450", "M5450;M6281;R262", None, "H"))[1] == [
        "HI*ABF:M6281*ABF:R262",
        "SE*28*0001",
    ]
    assert corrected(HOSPITAL, edit("prior_auth", "", "PA1", None, "H"))[1] == ["REF*G1*PA1", "SE*28*0001"]


def test_a_line_without_its_day_gets_one_and_one_with_it_may_lose_it():
    text = HOSPITAL.text()
    without = text.replace("LX*2", "LX*@").replace("DTP*472*D8*20240305~\nLX*@", "LX*2").replace("SE*27", "SE*26")
    days = [edit(f"service_{end}", "2024-03-05", "2024-03-04", 1, "H") for end in ("from", "to")]
    assert corrected(without.encode(), *days)[1][0] == "DTP*472*D8*20240304"
    gone = [edit(f"service_{end}", "2024-03-05", "", 1, "H") for end in ("from", "to")]
    assert correct_bytes(HOSPITAL.bytes(), gone)[1] == without.encode()
    assert [problem.id for problem in refused(HOSPITAL, gone[0])] == ["COR-DAYS"]
    assert [problem.id for problem in refused(ONE, edit("service_from", "2024-03-05", "", 1))] == ["COR-VALUE"]


def test_diagnoses_move_with_what_is_said_of_them_and_qualifiers_stay():
    data = File(
        (claim("H", place="13:A:1", lines=("SV2*0420*HC:97110*80*UN*2",), diagnoses="HI*ABK:M5450:::::::Y"),),
        guide="005010X223A2",
    )
    text = (
        data.text()
        .replace("LX*1", "HI*BH:11:D8:20240101~\nHI*ABF:R262:::::::N*ABF:M6281~\nLX*1")
        .replace("SE*23", "SE*25")
    )
    _, new = corrected(text.encode(), edit("diagnoses", "M5450;R262;M6281", "R262;M5450", None, "H"))
    assert new == ["HI*ABK:R262:::::::N", "HI*ABF:M5450:::::::Y"]
    gone, new = corrected(text.encode(), edit("diagnoses", "M5450;R262;M6281", "M5450", None, "H"))
    assert (gone[0], new) == ("HI*ABF:R262:::::::N*ABF:M6281", ["SE*24*0001"])


def test_the_rendering_provider_of_the_claim_and_of_a_line():
    segments = claim("A")
    segments.insert(segments.index("LX*1"), "NM1*82*1*STONE*KIM****XX*2222222228")
    data = File(([*segments, "NM1*82*1*MOSS*ANN****XX*5555555556"],))
    assert corrected(data, edit("rendering_npi", "2222222228", "1999999984"))[1] == [
        "NM1*82*1*STONE*KIM****XX*1999999984"
    ]
    assert corrected(data, edit("rendering_npi", "5555555556", "1999999984", 1))[1] == [
        "NM1*82*1*MOSS*ANN****XX*1999999984"
    ]
    (problem,) = refused(data, edit("rendering_npi", "2222222228", "1999999994"))
    assert (problem.id, "check digit" in problem.message) == ("COR-VALUE", True)
    (problem,) = refused(ONE, edit("rendering_npi", "", "1999999984", 1))
    assert (problem.id, "no rendering provider of its own" in problem.message) == ("COR-PLACE", True)


@pytest.mark.parametrize(
    ("change", "id_", "words"),
    [
        (edit("procedure", "97026", "97035", 1, "Z"), "COR-CLAIM", "no claim of the file has this id"),
        (edit("procedure", "97026", "97035", 1, claim_index=2), "COR-CLAIM", "claim number 2 of the file is B"),
        (edit("procedure", "97026", "97035", 1, claim_index=9), "COR-CLAIM", "the file has 2 claims"),
        (edit("procedure", "97026", "97035", 7), "COR-LINE", "no such line"),
        (edit("procedure", "97026", "97035"), "COR-FIELD", "of a line"),
        (edit("diagnoses", "M1711", "M1712", 1), "COR-FIELD", "of the claim"),
        (edit("revenue", "0420", "0430", 1), "COR-FIELD", "an 837P has no revenue"),
        (edit("colour", "red", "blue"), "COR-FIELD", "no such field"),
        (edit("procedure", "97110", "97035", 1), "COR-WAS", "the file says '97026', the edit expects '97110'"),
        (edit("modifiers", "", "GP", 1), "COR-WAS", "the file says 'GP', the edit expects none"),
        (edit("units", "2", "3", 1), "COR-WAS", "number of units of the file is not"),
        (edit("service_to", "2024-03-09", "2024-03-10", 1), "COR-WAS", "says 2024-03-05, the"),
        (edit("procedure", "97026", "9702", 1), "COR-VALUE", "cannot be written"),
        (edit("procedure", "97026", "", 1), "COR-VALUE", "cannot be taken out"),
        (edit("modifiers", "GP", "A1;A2;A3;A4;A5", 1), "COR-VALUE", "5 modifiers are more than 4"),
        (edit("units", "1", "0", 1), "COR-VALUE", "zero"),
        (edit("charge", "18", "-1", 1), "COR-VALUE", "cannot be written"),
        (edit("service_from", "2024-03-05", "2024-02-30", 1), "COR-VALUE", "cannot be written"),
        (edit("diagnoses", "M1711;E1142", ""), "COR-VALUE", "cannot be taken out"),
        (edit("diagnoses", "M1711;E1142", ";".join(f"M{n}" for n in range(101, 114))), "COR-VALUE", "13 diagnoses"),
        (edit("note", "", "HIS: LEG"), "COR-VALUE", "':' in it"),
        (edit("note", "", "A~B*C"), "COR-VALUE", "'*' and '~' in it"),
        (edit("note", "", "A\x07B"), "COR-VALUE", "cannot be written"),
        (edit("note", "", "A\nB"), "COR-VALUE", "cannot be written"),
        (edit("original_claim", "", "Ü1"), "COR-VALUE", "cannot be written"),
        (edit("pointers", "1", "3", 1), "COR-POINTER", "it has 2"),
        (edit("diagnoses", "M1711;E1142", "M1711"), "COR-POINTER", "line 2 would point"),
    ],
)
def test_an_edit_that_cannot_be_made_is_refused_in_words(change, id_, words):
    (problem,) = refused(ONE, change)
    assert problem.id == id_
    assert words in problem.message


def test_every_problem_is_told_at_once_and_nothing_is_written(tmp_path):
    path, out = tmp_path / "week.837", tmp_path / "out.837"
    path.write_bytes(ONE.bytes())
    planned = correct_file(
        path,
        [
            edit("units", "1", "2", 1),
            edit("units", "1", "3", 1),
            edit("modifiers", "KX", "GP", 2),
            edit("frequency", "1", "77"),
            edit("charge", "82", "90", 9, "B"),
            edit("charge", "82", "90", 2, "NOBODY"),
        ],
        out,
    )
    assert sorted(problem.id for problem in planned.problems) == [
        "COR-CLAIM",
        "COR-LINE",
        "COR-TWICE",
        "COR-VALUE",
        "COR-WAS",
    ]
    assert [each.name for each in tmp_path.iterdir()] == ["week.837"]


def test_an_id_that_stands_twice_needs_the_ordinal():
    data = File((claim("A"), claim("A")))
    (problem,) = refused(data, edit("units", "1", "2", 1))
    assert "2 claims of the file have this id" in problem.message
    _, now = correct_bytes(data.bytes(), [edit("units", "1", "2", 1, claim_index=2)])
    assert [line.split("*")[4] for line in now.decode().split("~\n") if line.startswith("SV1")] == ["1", "2"]


def test_a_claim_without_an_id_goes_by_its_place():
    assert corrected(File((claim("A"), claim(""))), edit("frequency", "1", "7", None, "#2"))[1] == [
        "CLM**100***11:B:7*Y*A*Y*Y"
    ]


def test_the_charge_of_the_claim_does_not_follow_and_that_is_said():
    assert warned(ONE, edit("charge", "18", "19", 1)) == ["COR-SUM"]
    assert warned(ONE, edit("charge", "18", "19", 1), edit("claim_charge", "100", "101")) == []
    assert warned(ONE, edit("charge", "18", "19", 1), edit("charge", "82", "81", 2)) == []


def test_diagnoses_that_change_places_under_their_pointers_are_told():
    assert warned(ONE, edit("diagnoses", "M1711;E1142", "E1142;M1711")) == ["COR-MOVED"]
    assert warned(ONE, edit("diagnoses", "M1711;E1142", "M1711;E1140")) == []
    swapped = edit("diagnoses", "M1711;E1142", "E1142;M1711")
    assert warned(ONE, swapped, edit("pointers", "1", "2", 1), edit("pointers", "2:1", "1:2", 2)) == []


def test_a_replacement_that_names_no_claim_is_told():
    assert warned(ONE, edit("frequency", "1", "7")) == ["COR-ORIGINAL"]
    assert warned(ONE, edit("frequency", "1", "7"), edit("original_claim", "", "ICN1")) == []


def test_nothing_private_is_ever_said():
    data = File((claim("A", extra=("NTE*ADD*SECRET", "REF*G1*HIDDEN7")),))
    problems = refused(
        data,
        edit("note", "OTHER", "MORE~SECRET"),
        edit("prior_auth", "PA", "X"),
        edit("claim_charge", "1", "2"),
        edit("original_claim", "", "SECRET\x07"),
    )
    assert len(problems) == 4
    for problem in problems:
        assert not any(word in str(problem) for word in ("SECRET", "HIDDEN", "QUILL", "OTHER", "100"))


def test_a_file_that_is_not_whole_or_no_837_is_not_corrected():
    change = edit("units", "1", "2", 1)
    for data, id_ in (
        (ONE.bytes()[:-30], "INP-TRUNCATED"),
        (ONE.bytes()[400:], "INP-UNKNOWN"),
        (gzip.compress(ONE.bytes())[:-9], "INP-TRUNCATED"),
        (b"", "INP-EMPTY"),
        (b"procedure,service\n97026,2024-03-05\n", "INP-UNKNOWN"),
        (File((claim("A"),), kind="835").bytes(), "COR-CLAIM"),
    ):
        assert id_ in {problem.id for problem in refused(data, change)}


def test_a_file_that_changed_meanwhile_is_not_spliced(tmp_path):
    path = tmp_path / "week.837"
    path.write_bytes(ONE.bytes())
    planned = plan(path, [edit("units", "1", "2", 1)])
    path.write_bytes(ONE.bytes().replace(b"QUILL", b"QUILLS"))
    with (tmp_path / "out").open("wb") as out:
        assert write(path, planned, out).id == "COR-CHANGED"
    with pytest.raises(ValueError, match="problems"):
        write(path, plan(path, [edit("units", "9", "2", 1)]), out)


def test_the_output_is_zipped_by_its_name_and_never_the_input(tmp_path):
    path, out = tmp_path / "week.837.gz", tmp_path / "new" / "corrected.837.gz"
    path.write_bytes(gzip.compress(ONE.bytes()))
    change = edit("units", "1", "2", 1)
    assert correct_file(path, [change], out).possible
    assert correct_file(path, [change], tmp_path / "plain.837").possible
    expected = ONE.bytes().replace(b"18*UN*1", b"18*UN*2", 1)
    assert gzip.decompress(out.read_bytes()) == (tmp_path / "plain.837").read_bytes() == expected
    link = tmp_path / "link.837"
    link.symlink_to(path)
    for target in (path, link):
        assert [problem.id for problem in correct_file(path, [change], target).problems] == ["COR-OUT"]
    assert gzip.decompress(path.read_bytes()) == ONE.bytes()
    assert [problem.id for problem in correct_file(tmp_path / "none", [change], out).problems] == ["INP-NO-FILE"]


@pytest.mark.parametrize(
    ("week", "edits"),
    [
        (
            "clinic-week.837",
            [
                edit("procedure", "97110", "97112", 1, "CW0309-001"),
                edit("modifiers", "GP", "GP;59", 1, "CW0309-001"),
                edit("charge", "124", "130.5", 1, "CW0309-001"),
                edit("claim_charge", "229", "235.5", None, "CW0309-001"),
                edit("prior_auth", "", "PA1", None, "CW0309-001"),
                edit("prior_auth", "", "PA2", 2, "CW0309-001"),
                edit("frequency", "1", "7", None, "CW0309-001"),
                edit("original_claim", "", "ICN7", None, "CW0309-001"),
                edit("note", "", "TWO SESSIONS", None, "CW0309-001"),
                edit("place", "11", "12", 1, "CW0309-001"),
                edit("diagnoses", "M17.11;M25.661;R26.89", "M17.12;M25.661;R26.89;M62.81", None, "CW0309-002"),
                edit("pointers", "1", "1;4", 1, "CW0309-002"),
                edit("service_to", "2026-03-09", "2026-03-10", 1, "CW0309-003"),
                edit("prior_auth", "PA26570198", "", None, "CW0309-004"),
                edit("rendering_npi", "2901108664", "2901029472", None, "CW0309-005"),
            ],
        ),
        (
            "hospital-week.837",
            [
                edit("revenue", "0420", "0424", 1, "HW0001"),
                edit("units", "2", "1", 1, "HW0001"),
                edit("diagnoses", "M1711;M25661;R2689", "M1711", None, "HW0001"),
                edit("diagnoses", "F82;R278", "F82;R278;M6281", None, "HW0002"),
                edit("prior_auth", "", "PA1", None, "HW0002"),
                edit("note", "", "TWO SESSIONS", None, "HW0002"),
                edit("frequency", "1", "7", None, "HW0002"),
                edit("original_claim", "", "ICN7", None, "HW0002"),
            ],
        ),
    ],
)
def test_the_guides_find_nothing_wrong_with_a_corrected_week_either(tmp_path, week, edits):
    out = tmp_path / week
    planned = correct_file(EXAMPLES / week, edits, out)
    assert planned.problems == ()
    assert planned.warnings == () or {problem.id for problem in planned.warnings} <= {"COR-PERIOD"}
    assert list(strict_problems(EXAMPLES / week)) == []
    assert list(strict_problems(out)) == []
    assert ids_of(out.read_bytes()) == ids_of((EXAMPLES / week).read_bytes())


def test_the_page_names_every_field_and_every_problem():
    page = (EXAMPLES.parent / "docs" / "correcting.md").read_text("utf-8")
    folder = EXAMPLES.parent / "src" / "claimwright"
    code = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    for name in FIELDS:
        assert f"| `{name}` |" in page
    for id_ in set(re.findall(r'"(COR-[A-Z]+)"', code)):
        assert f"| {id_} |" in page

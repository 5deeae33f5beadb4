"""What an 837 may look like and still be read, and what the reader says about it: one test a rule."""

from __future__ import annotations

import io

import pytest
from claims_837 import File, batches_of, claim, edited, ids_of, lines_of, problems_of
from polars.testing import assert_frame_equal

from claimwright.formats.x12 import raw_segments, read
from claimwright.lines.problems import Gravity

PLACES = ("offset", "length")
TWO = File((claim("A"), claim("B")))


def said(data, id_):
    found = [problem for problem in problems_of(data) if problem.id == id_]
    assert found, f"{id_} was not told, but {ids_of(data)}"
    return found[0]


def same(data, other=TWO):
    assert_frame_equal(lines_of(data).drop(PLACES), lines_of(other).drop(PLACES))


@pytest.mark.parametrize("glue", ["", "\n", "\r\n", "\n    ", "\r\n\t", "\n\n"])
def test_any_line_end_or_none(glue):
    data = File(TWO.claims, glue=glue)
    same(data)
    assert ids_of(data) == []


@pytest.mark.parametrize("terminator", ["\r", "\n", "'", "|", "\x1c", "_", "\\"])
def test_any_terminator(terminator):
    same(File(TWO.claims, terminator=terminator, glue=""))


@pytest.mark.parametrize(("element", "component"), [("|", ">"), ("~", "^"), ("\x1d", "\x1f"), ("+", "&")])
def test_any_separators(element, component):
    data = File(TWO.claims, element=element, component=component, terminator="'")
    same(data)
    assert ids_of(data) == []


def test_another_component_separator_than_declared_is_told_and_read():
    data = File(TWO.claims, component=">", declared=":")
    same(data)
    problem = said(data, "INP-SEPARATOR")
    assert (problem.gravity, problem.field, problem.claim) == (Gravity.WARNING, "CLM05", "")
    assert ids_of(data) == ["INP-SEPARATOR"]


def test_separators_that_change_within_a_file_are_told_and_read():
    data = edited(TWO, "HI*ABK:M1711*ABF:E1142\nLX".replace("\n", "~\n"), "HI*ABK>M1711*ABF:E1142~\nLX")
    same(data)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\n\n  \r\n", b"\xa0", b"\x1a"])
def test_marks_and_blanks_before_the_isa_are_passed_over(mark):
    same(mark + TWO.bytes())
    assert ids_of(mark + TWO.bytes()) == []


def test_text_before_the_isa_is_told_by_its_shape():
    problem = said(b"Dear Rosa 42\n" + TWO.bytes(), "INP-OUTSIDE")
    assert "AAAA AAAA 99" in problem.message
    assert "Rosa" not in str(problem)
    same(b"Dear Rosa 42\n" + TWO.bytes())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_and_told(encoding):
    data = TWO.text().encode(encoding)
    same(data)
    assert ids_of(data) == ["INP-ENCODING"]


def test_names_in_utf_8_and_in_latin_1():
    right = TWO.text().replace("QUILL", "QUILLÉN")
    assert lines_of(right.encode())["patient_last"].unique().to_list() == ["QUILLÉN"]
    assert lines_of(right.encode("latin-1"))["patient_last"].unique().to_list() == ["QUILLÉN"]
    assert ids_of(right.encode()) == []
    assert ids_of(right.encode("latin-1")) == ["INP-ENCODING"]


def test_an_isa_of_another_width_is_read_by_counting():
    narrow = edited(TWO, "SENDER         *ZZ", "SENDER*ZZ")
    same(narrow)
    assert ids_of(narrow) == ["INP-ISA-WIDTH"]


def test_a_file_without_an_isa_says_what_it_looks_like():
    problem = said(b"Patient Rosa Quill 123", "INP-NO-ISA")
    assert "AAAAAAA AAAA AAAAA 999" in problem.message
    assert "Rosa" not in str(problem)
    assert said(b"", "INP-EMPTY").help


def test_a_file_that_begins_with_gs_is_read_and_told():
    data = TWO.bytes()
    frame = lines_of(data[data.index(b"GS*") :])
    assert frame["claim"].to_list() == ["A", "B"]
    assert ids_of(data[data.index(b"GS*") :])[0] == "INP-NO-ISA"


def test_several_interchanges_each_with_its_own_delimiters():
    parts = [
        File((claim("A"),)),
        File((claim("B"),), element="|", component=">", terminator="'"),
        File((claim("C"),), glue=""),
        File((claim("D"),), terminator="\r", glue="\n"),
    ]
    data = b"\n".join(part.bytes() for part in parts)
    frame = lines_of(data)
    assert frame["claim"].to_list() == ["A", "B", "C", "D"]
    assert frame["claim_index"].to_list() == [1, 2, 3, 4]
    assert ids_of(data) == []


def test_hierarchy_numbers_that_restart_and_several_transactions():
    second = [segment for segment in File((claim("B"),)).segments() if segment.split("*")[0] not in ("GS", "GE", "IEA")]
    text = TWO.text()
    at = text.index("GE*1*1")
    data = (text[:at] + "~\n".join(second).replace("*0001", "*0002") + "~\n" + text[at:]).replace("GE*1*1", "GE*2*1")
    frame = lines_of(data.encode())
    assert frame["claim"].to_list() == ["A", "B", "B"]
    assert frame["transaction"].to_list() == ["0001", "0001", "0002"]
    assert ids_of(data.encode()) == []


def test_several_claims_of_one_subscriber():
    both = [*claim("A"), *claim("B")[claim("B").index("CLM*B*100***11:B:1*Y*A*Y*Y") :]]
    frame = lines_of(File((both,)))
    assert frame["claim"].to_list() == ["A", "B"]
    assert frame["member_id"].n_unique() == 1


@pytest.mark.parametrize("kind", ["835", "270", "999"])
def test_another_transaction_is_named_and_skipped(kind):
    problem = said(File((claim(),), kind=kind), "INP-NOT-837")
    assert kind in problem.message
    assert lines_of(File((claim(),), kind=kind)).is_empty()


def test_claims_after_another_transaction_are_read():
    text = TWO.text()
    other = "ST*999*0009*005010X231A1~\nAK1*HC*1~\nSE*3*0009~\n"
    at = text.index("ST*837")
    data = (text[:at] + other + text[at:]).replace("GE*1*1", "GE*2*1").encode()
    assert lines_of(data)["claim"].to_list() == ["A", "B"]
    assert ids_of(data) == ["INP-NOT-837"]


def test_wrong_counts_and_control_numbers_are_warnings():
    assert said(edited(TWO, "GE*1*1", "GE*3*1"), "INP-COUNT").field == "GE01"
    assert said(edited(TWO, "IEA*1", "IEA*2"), "INP-COUNT").field == "IEA01"
    assert said(edited(TWO, "SE*34", "SE*35"), "INP-COUNT").field == "SE01"
    assert said(edited(TWO, "GE*1*1", "GE*1*2"), "INP-CONTROL").field == "GE02"
    assert said(edited(TWO, "IEA*1*000000001", "IEA*1*000000002"), "INP-CONTROL").field == "IEA02"
    for data in (edited(TWO, "GE*1*1", "GE*3*x"), edited(TWO, "SE*34*0001", "SE**")):
        assert {problem.gravity for problem in problems_of(data)} == {Gravity.WARNING}
        same(data)


def test_a_file_cut_within_a_claim_keeps_what_was_whole_and_names_the_claim():
    text = TWO.text()
    cut = text[: text.rindex("SV1*HC:97026") + 14].encode()
    frame = lines_of(cut)
    assert frame["claim"].to_list() == ["A"]
    assert "B" in {problem.claim for problem in problems_of(cut) if problem.id == "INP-TRUNCATED"}
    assert "B" in {problem.claim for problem in problems_of(cut) if problem.id == "INP-NO-LINES"}


def test_a_cut_amount_is_never_taken_for_an_amount():
    text = File((claim(lines=("SV1*HC:97026:GP*1800*UN*1***1",)),)).text()
    cut = text[: text.index("SV1*HC:97026:GP*18") + 18].encode()
    assert lines_of(cut).is_empty()
    assert "INP-TRUNCATED" in ids_of(cut)


def test_a_trailer_without_its_terminator_is_complete():
    data = TWO.text().rstrip("\n").rstrip("~").encode()
    same(data)
    assert ids_of(data) == []


def test_text_after_the_end_is_told_and_claims_in_it_are_counted():
    assert said(TWO.bytes() + b"-- end --", "INP-OUTSIDE").gravity is Gravity.WARNING
    lost = said(TWO.bytes() + b"CLM*X*1~", "INP-OUTSIDE")
    assert lost.gravity is Gravity.ERROR
    assert "1 CLM" in lost.message


def test_an_unknown_segment_is_told_without_its_text():
    problem = said(edited(TWO, "DMG*D8", "QUILL ROSA~\nDMG*D8"), "INP-SEGMENT")
    assert "QUILL" not in str(problem)
    assert problem.gravity is Gravity.WARNING


def test_a_service_without_lx_is_a_line_of_its_own():
    data = edited(TWO, "LX*1~\nSV1*HC:97026:GP*18*UN*1***1~\n", "SV1*HC:97026:GP*18*UN*1***1~\n")
    assert lines_of(data)["line"].to_list() == [1, 1]
    assert ids_of(data).count("INP-LOOP") == 2


def test_a_line_without_a_service_and_a_claim_without_lines_are_named():
    empty = File((claim("A", lines=()), claim("B")))
    problem = said(empty, "INP-NO-LINES")
    assert (problem.claim, problem.gravity) == ("A", Gravity.ERROR)
    assert batches_of(empty)[0].claims == 2
    assert lines_of(empty)["claim"].to_list() == ["B"]
    half = edited(File((claim("A"),)), "SV1*HC:97026:GP*18*UN*1***1~\n", "")
    assert said(half, "INP-LINE").line == 1


def test_a_service_outside_any_claim_is_an_error():
    data = edited(File((claim("A"),)), "CLM*A*100***11:B:1*Y*A*Y*Y~\n", "")
    assert said(data, "INP-LOOP").gravity is Gravity.ERROR


def test_missing_hierarchy_segments_are_told_and_read():
    data = edited(TWO, "HL*2*1*22*0~\n", "")
    frame = lines_of(data)
    assert frame["claim"].to_list() == ["A", "B"]
    assert frame["member_id"].to_list() == ["M100200", "M100200"]
    assert ids_of(data).count("INP-LOOP") == 2


def test_a_claim_without_a_number_is_called_by_its_place():
    assert said(File((claim("A"), claim(""))), "INP-CLAIM-ID").claim == "#2"


def test_an_unknown_guide_is_told_and_read():
    data = File(TWO.claims, guide="005010X299")
    assert lines_of(data)["form"].to_list() == ["professional", "professional"]
    assert ids_of(data) == ["INP-VERSION"]


def test_lines_that_do_not_count_upwards_keep_different_numbers():
    data = edited(File((claim(lines=("SV1*HC:97026*1*UN*1***1",) * 2),)), "LX*2", "LX*1")
    assert lines_of(data)["line"].to_list() == [1, 2]
    assert said(data, "INP-LINE-NUMBER").field == "LX01"


def test_the_bytes_of_a_claim_come_back_exactly(tmp_path):
    for number, (glue, mark) in enumerate((("\n", b""), ("", b""), ("\r\n  ", b"\xef\xbb\xbf"))):
        path = tmp_path / f"{number}.837"
        data = mark + File((claim("A"), claim("B")), glue=glue).bytes()
        path.write_bytes(data)
        frame = lines_of(data)
        for row in frame.iter_rows(named=True):
            begin = data.index(f"CLM*{row['claim']}*".encode())
            end = data.index(b"DTP*472*D8*20240305~", begin) + len(b"DTP*472*D8*20240305~")
            assert raw_segments(path, row["offset"], row["length"]) == data[begin:end]
    with pytest.raises(ValueError, match="not the file"):
        raw_segments(path, 10, 1_000_000)


def test_the_bytes_of_a_claim_in_utf_16(tmp_path):
    path = tmp_path / "wide.837"
    path.write_bytes(TWO.text().encode("utf-16"))
    with path.open("rb") as stream:
        row = next(iter(read(stream))).lines.row(1, named=True)
    raw = raw_segments(path, row["offset"], row["length"]).decode("utf-16-le")
    assert raw.startswith("CLM*B*")
    assert raw.endswith("DTP*472*D8*20240305~")


def test_an_interchange_that_is_not_closed_does_not_swallow_the_next():
    first = File((claim("A"),)).text()
    data = (first[: first.index("SE*")] + File((claim("B"),)).text()).encode()
    assert lines_of(data)["claim"].to_list() == ["A", "B"]
    assert said(data, "INP-TRUNCATED").claim == "A"


def test_nobody_and_nothing_private_is_ever_said():
    private = ["QUILL", "ROSA", "M100200", "WARM", "SECRET"]
    broken = File(
        (
            claim("A", born="SECRET", day="D8*SECRET", lines=("SV1*SECRET*SECRET*UN*SECRET***SECRET",)),
            claim("B", diagnoses="HI*SECRET*ABK:QUILL", lines=("SV1*HC:SECRETS:SECRET*1*UN*1***1",), place="SECRET"),
        )
    )
    problems = problems_of(broken)
    assert len(problems) > 5
    for problem in problems:
        assert not any(word in str(problem) for word in private), problem


def test_a_stream_need_not_be_seekable():
    class Pipe(io.RawIOBase):
        def __init__(self, data):
            self.data = data

        def readable(self):
            return True

        def read(self, size=-1):
            taken, self.data = self.data[: min(size, 7)], self.data[min(size, 7) :]
            return taken

    assert [batch.claims for batch in read(Pipe(TWO.bytes()))] == [2]


def test_many_batches_parsed_together_are_the_batches_parsed_alone(monkeypatch):
    bad = File(tuple(claim(f"C{number}", lines=(f"SV1*HC:97026:GP*18*UN*{number % 3}***1",)) for number in range(11)))
    alone = batches_of(bad, claims_per_batch=2)
    monkeypatch.setattr("claimwright.formats.x12.reader.TOGETHER", 4)
    together = batches_of(bad, claims_per_batch=2)
    assert [batch.claims for batch in together] == [2, 2, 2, 2, 2, 1]
    for one, other in zip(alone, together, strict=True):
        assert_frame_equal(one.lines, other.lines)
        assert (one.problems, one.claims, one.bytes_read) == (other.problems, other.claims, other.bytes_read)
        assert {problem.claim for problem in one.problems} <= set(one.lines["claim"])

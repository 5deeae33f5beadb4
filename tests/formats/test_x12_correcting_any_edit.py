"""Whatever is asked: the corrected file says exactly that, and every byte beside it is the one that was there."""

from __future__ import annotations

import gzip
from collections import Counter
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from claims_837 import File, claim, ids_of, lines_of
from correcting_model import TAGS, after, edits_of, without_places
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from claimwright.formats.x12.correcting import correct_bytes
from claimwright.formats.x12.edits import Edit
from claimwright.lines.schema import LINE_SCHEMA

EXAMPLES = Path(__file__).parents[2] / "examples"
PROFESSIONAL = (
    "SV1*HC:97026:GP*18*UN*1***1",
    "SV1*HC:97110*62.5*UN*2*12**2:1",
    "SV1*HC:97530:GP:59:KX:CQ:WARM LAMP*74.00*UN*1***2:1:1",
)
INSTITUTIONAL = ("SV2*0420*HC:97110:GP*80*UN*2", "SV2*0430*HC:97530*140.6*UN*1", "SV2*0270**5*UN*1")
OF_SHAPE = (
    "INP-COUNT",
    "INP-CONTROL",
    "INP-LOOP",
    "INP-TRUNCATED",
    "INP-SEGMENT",
    "INP-DATE-FORM",
    "INP-POINTER",
    "INP-DIAGNOSIS",
    "INP-PROCEDURE",
)
EXTRA = ("REF*9F*R8", "REF*G1*AUTH9", "REF*F8*OLD7", "REF*EA*MR1", "NTE*ADD*HELLO", "K3*X")


@st.composite
def claims(draw, professional):
    lines = draw(st.lists(st.sampled_from(PROFESSIONAL if professional else INSTITUTIONAL), min_size=1, max_size=3))
    extra = [each for each in EXTRA if draw(st.booleans())]
    segments = claim(
        draw(st.sampled_from(["C1", "C2", "LONGER-9", ""])),
        lines=tuple(lines),
        diagnoses="HI*ABK:M1711*ABF:E1142" if professional else "HI*ABK:M5450:::::::Y",
        day=draw(st.sampled_from(["D8*20240305", "RD8*20240305-20240307"])),
        place="11:B:1" if professional else "13:A:1",
        extra=tuple(extra),
    )
    at = segments.index("LX*1")
    between = [] if professional else draw(st.sampled_from([[], ["HI*BH:11:D8:20240101"], ["HI*ABF:E1142:::::::N"]]))
    between += draw(st.sampled_from([[], ["NM1*82*1*STONE*KIM****XX*2222222228", "PRV*PE*PXC*225100000X"]]))
    between += draw(st.sampled_from([[], ["SBR*S*18*******CI", "REF*G1*OTHERS", "NM1*82*1*X****XX*9999999995"]]))
    segments[at:at] = between
    if professional and draw(st.booleans()):
        segments += ["REF*G1*OTHER**2U:99", "REF*G1*OF-LINE", "REF*6R*1", "NM1*82*1*MOSS*ANN****XX*5555555556"]
    if draw(st.booleans()):
        segments += ["SVD*12345*10*HC:97026**1", "CAS*CO*45*8", "DTP*573*D8*20240401"]
    return segments


@st.composite
def files(draw):
    """An interchange with any delimiters, or two with their own."""
    parts = []
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        professional = draw(st.booleans())
        element, component, terminator = draw(st.permutations(["*", ":", "~", "|", ">", "\x1d", "'"]))[:3]
        file = File(
            tuple(draw(st.lists(claims(professional), min_size=1, max_size=3))),
            guide="005010X222A1" if professional else "005010X223A2",
            element=element,
            component=component,
            terminator=terminator,
            glue=draw(st.sampled_from(["", "\n", "\r\n", "\r\n  "])),
        )
        parts.append(file.text().replace("QUILL", draw(st.sampled_from(["QUILL", "QUÉLL"]))))
    return "".join(parts)


def encoded(text, encoding):
    return text.encode("utf-16") if encoding == "utf-16" else text.encode(encoding)


def expected(frame, edits):
    rows = pl.DataFrame(after(frame.rows(named=True), edits), schema=dict(LINE_SCHEMA), orient="row")
    return without_places(rows)


@given(st.data(), files(), st.sampled_from(["utf-8", "latin-1", "utf-8-sig", "utf-16"]), st.booleans())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_corrected_file_reads_as_the_lines_with_the_edits_made(data, text, encoding, packed):
    before = encoded(text, encoding)
    frame = lines_of(before)
    edits = data.draw(edits_of(frame.rows(named=True)))
    given_ = gzip.compress(before) if packed else before
    plan, now = correct_bytes(given_, edits, name="week.837")
    assert plan.problems == ()
    assert len(plan.changes) == len(edits)
    assert_frame_equal(without_places(lines_of(now)), expected(frame, edits))
    rebuilt, position = b"", 0
    for splice in plan.splices:
        assert before[splice.offset : splice.offset + len(splice.old)] == splice.old
        rebuilt += before[position : splice.offset] + splice.new
        position = splice.offset + len(splice.old)
    assert rebuilt + before[position:] == now
    assert_counts(now, before)


def assert_counts(now, before):
    """The reader finds nothing new wrong with the envelope, the loops, the dates and the pointers."""
    new = [id_ for id_ in ids_of(now) if id_ in OF_SHAPE]
    assert new == [id_ for id_ in ids_of(before) if id_ in OF_SHAPE]


@cache
def week(name):
    data = (EXAMPLES / name).read_bytes()
    return data, lines_of(data), lines_of(data).rows(named=True)


@pytest.mark.parametrize("name", ["clinic-week.837", "hospital-week.837"])
@given(st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_week_of_claims_changes_in_the_segments_concerned_alone(name, data):
    before, frame, rows = week(name)
    edits = data.draw(edits_of(rows, most=10))
    plan, now = correct_bytes(before, edits, name="week.837")
    assert plan.problems == ()
    assert_frame_equal(without_places(lines_of(now)), expected(frame, edits))
    old, new = before.split(b"~\n"), now.split(b"~\n")
    allowed = {tag for edit in edits for tag in TAGS[edit.field]}
    assert changed(old, new) <= allowed | {"SE"}
    assert_counts(now, before)
    for (length, trailer), (length_now, trailer_now) in zip(transactions(old), transactions(new), strict=True):
        assert (length == length_now) == (trailer == trailer_now)


def transactions(segments):
    """How many segments each transaction has, and its SE."""
    starts = [at for at, segment in enumerate(segments) if segment.startswith(b"ST*")]
    ends = [at for at, segment in enumerate(segments) if segment.startswith(b"SE*")]
    return [(end - start, segments[end]) for start, end in zip(starts, ends, strict=True)]


def changed(old, new):
    """The names of segments that stand more often in one of the two than in the other."""
    one, other = Counter(old), Counter(new)
    return {segment.split(b"*")[0].decode() for segment in (*(one - other), *(other - one))}


@given(st.data(), files(), st.sampled_from(["utf-8", "latin-1", "utf-16"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_edits_that_say_what_is_there_change_no_byte(data, text, encoding):
    before = encoded(text, encoding)
    rows = lines_of(before).rows(named=True)
    edits = [Edit(e.claim, e.field, e.was, e.was, e.line, e.claim_index) for e in data.draw(edits_of(rows, most=12))]
    plan, now = correct_bytes(before, edits, name="week.837")
    assert plan.problems == ()
    assert now == before


@given(st.data(), st.binary(max_size=300) | files().map(str.encode))
@settings(max_examples=60, deadline=None)
def test_any_bytes_and_any_words_give_problems_and_never_raise(data, text):
    words = st.sampled_from(["C1", "#1", "", "97026", "GP;59", "1:2", "x~y", "2024-03-05", "none", "*"]) | st.text(
        max_size=9
    )
    edit = st.builds(
        Edit,
        words,
        st.sampled_from([*TAGS, "colour"]),
        words,
        words,
        st.none() | st.integers(-1, 4),
        st.none() | st.integers(-1, 4),
    )
    plan, now = correct_bytes(text, data.draw(st.lists(edit, max_size=5)), name="week.837")
    assert (now is None) == bool(plan.problems)
    for problem in (*plan.problems, *plan.warnings):
        assert problem.help
        assert "QUILL" not in str(problem)

"""Whatever the bytes: the reader never raises, and how they come does not matter."""

from __future__ import annotations

from claims_837 import File, batches_of, claim, lines_of, problems_of
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from claimwright.lines.schema import LINE_SCHEMA

LINES = (
    "SV1*HC:97026:GP*18*UN*1***1",
    "SV1*HC:97O26:gp:59:GP*18.5*UN*1.5***2:1",
    "SV1*HC:97110-59*x*UN*0***9",
    "SV2*0420*HC:97110:GP*80*UN*2",
)
claims = st.builds(
    claim,
    st.text("ABC123", min_size=1, max_size=8),
    lines=st.lists(st.sampled_from(LINES), max_size=4).map(tuple),
    diagnoses=st.sampled_from(["HI*ABK:M1711*ABF:E1142", "HI*BK:71516", "HI*ABK", ""]),
    day=st.sampled_from(["D8*20240305", "RD8*20240305-20240306", "D8*x"]),
    extra=st.sampled_from([(), ("REF*G1*A1", "NTE*ADD*HELLO"), ("DTP*431*D8*20240101", "PWK*OZ*EL")]),
    born=st.sampled_from(["19500102", "20300101", ""]),
)
files = st.builds(File, st.lists(claims, min_size=1, max_size=6).map(tuple))
WHOLE = File(tuple(claim(f"C{number}", lines=LINES) for number in range(4))).bytes()


def counted(data, **options):
    batches = batches_of(data, **options)
    for batch in batches:
        assert dict(batch.lines.schema) == dict(LINE_SCHEMA)
        for problem in batch.problems:
            assert problem.id.startswith("INP-")
            assert problem.help
    return batches


@given(st.binary(max_size=400))
@settings(max_examples=40, deadline=None)
def test_garbage(data):
    counted(data)


@given(st.integers(0, len(WHOLE)))
@settings(max_examples=40, deadline=None)
def test_a_file_cut_anywhere(length):
    batches = counted(WHOLE[:length])
    whole = WHOLE[:length].count(b"DTP*472*D8*20240305~")
    assert sum(len(batch.lines) for batch in batches) >= whole
    complete = WHOLE[:length].rstrip().endswith((b"IEA*1*000000001~", b"IEA*1*000000001"))
    assert complete or any(not batch.whole for batch in batches)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=0, max_size=3)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_file_with_bytes_changed(changes):
    data = bytearray(WHOLE)
    for place, new in changes:
        data[place : place + 1] = new
    counted(bytes(data))


@given(files, st.lists(st.integers(0, 60), max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_segments_shuffled_and_left_out(file, gone, chance):
    isa, *segments = file.text().split("~\n")
    chance.shuffle(segments)
    kept = [segment for index, segment in enumerate(segments) if index not in gone]
    counted("~\n".join([isa, *kept]).encode())


@given(files, st.integers(1, 400), st.integers(1, 3))
@settings(max_examples=15, deadline=None)
def test_the_size_of_blocks_and_batches_does_not_matter(file, block, size):
    whole = lines_of(file)
    assert_frame_equal(lines_of(file, block=block, claims_per_batch=size), whole)
    assert problems_of(file, block=block) == problems_of(file)
    by_batch = problems_of(file, claims_per_batch=size)
    assert sorted(map(str, by_batch)) == sorted(map(str, problems_of(file)))


@given(
    files,
    st.permutations(["|", ">", "'", "!", "\x1d", "\x1f", "&", "+"]),
    st.sampled_from(["", "\n", "\r\n", "\r\n  "]),
)
@settings(max_examples=25, deadline=None)
def test_delimiters_and_line_ends_do_not_matter(file, delimiters, glue):
    element, component, terminator = delimiters[:3]
    other = File(file.claims, element=element, component=component, terminator=terminator, glue=glue)
    places = ("offset", "length")
    assert_frame_equal(lines_of(other).drop(places), lines_of(file).drop(places))
    assert problems_of(other) == problems_of(file)


@given(st.lists(st.text("XYZ789", min_size=1, max_size=6), min_size=1, max_size=12))
@settings(max_examples=15, deadline=None)
def test_claims_keep_their_order(names):
    file = File(tuple(claim(name) for name in names))
    assert lines_of(file, claims_per_batch=3)["claim"].to_list() == names

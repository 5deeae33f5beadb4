"""What changed since an earlier run."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from report_samples import (
    ANSWERS,
    BASIS,
    HCSC_LINE,
    IDENTITY,
    NCD_LINE,
    PAIR_LINE,
    POINTED,
    QUIET_LINE,
    SUMMARY,
    TWO_HEATS,
    answer,
    denial,
    ref,
    view,
)

from claimwright.lines.problems import Problem
from claimwright.report.as_json import ndjson, run_json
from claimwright.report.baseline import compare, render_changes
from claimwright.report.earlier import read_earlier
from claimwright.report.text import console_for


@pytest.fixture(params=["json", "ndjson"])
def before(request, tmp_path):
    path = tmp_path / f"before.{request.param}"
    chunks = run_json(IDENTITY, SUMMARY, ANSWERS) if request.param == "json" else ndjson(IDENTITY, ANSWERS, SUMMARY)
    path.write_bytes(b"".join(chunks))
    return read_earlier(path)


TURNED = replace(NCD_LINE, coded=replace(NCD_LINE.coded, predicted=(denial("PR"),)))
MENDED = replace(PAIR_LINE, findings=(TWO_HEATS,), coded=view())
NEW = answer(ref("CW0316-001", 1), findings=(POINTED,))
NOW = (TURNED, MENDED, HCSC_LINE, NEW, answer(ref("CW0316-002", 1)))


def test_nothing_changed(before):
    changes = compare(before, ANSWERS, SUMMARY)
    assert (changes.same, changes.new, changes.gone, changes.changed) == (len(ANSWERS), 0, 0, 0)
    assert changes.lines == ()
    assert changes.basis == ()


def test_what_appeared_went_and_turned(before):
    changes = compare(before, iter(NOW), replace(SUMMARY, basis=(BASIS[0], ("NCCI-PTP", "sha256:new"), ("X", "1"))))
    assert (changes.same, changes.new, changes.gone, changes.changed) == (1, 2, 4, 2)
    told = {(change.key.claim, change.key.line): change for change in changes.lines}
    turned, mended = told["CW0311-008", 3], told["CW0310-015", 4]
    assert turned.kind == "changed"
    assert (turned.was.coded.codes, turned.now.coded.codes) == ("CO-50 N386", "PR-50 N386")
    assert not turned.appeared
    assert [seen.id for seen in mended.went] == ["CLM-NCCI"]
    assert told["CW0316-001", 1].kind == "new"
    assert ("CW0316-002", 1) not in told, "a new line without a finding is counted only"
    assert told["CW0310-028", 2].kind == "gone"
    assert changes.basis == (
        ("ncci/ptp practitioner 2024q3", "sha256:c0ffee12", ""),
        ("NCCI-PTP", "sha256:77aa01de", "sha256:new"),
        ("HCSC-DME101.045", "sha256:90211bcd", ""),
        ("X", "", "1"),
    )
    assert changes.answers == (TURNED, MENDED, NEW)


def test_lines_that_share_everything_are_told_apart_by_their_order(tmp_path):
    twice = (QUIET_LINE, replace(QUIET_LINE, findings=(TWO_HEATS,)))
    path = tmp_path / "before.json"
    path.write_bytes(b"".join(run_json(IDENTITY, SUMMARY, twice)))
    assert compare(read_earlier(path), twice, SUMMARY).same == 2
    assert compare(read_earlier(path), twice[:1], SUMMARY).gone == 1


def test_the_text(before):
    stream = io.StringIO()
    render_changes(compare(before, NOW, SUMMARY), console_for(stream), limit=3)
    said = stream.getvalue()
    assert "lines: 2 changed · 2 new · 4 gone · 1 the same" in said
    assert "as coded        NATIONALLY NONCOVERED CO-50 N386 → NATIONALLY NONCOVERED PR-50 N386" in said
    assert "  - BLOCK  CLM-NCCI  NCCI-PTP PTP.1" in said
    assert "  + BLOCK  CLM-DX-NCD  NCD-270.6 NC.coded" in said
    assert "more lines not shown here" in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not whole JSON"),
        (b"{", "not whole JSON"),
        (b"[1, 2]", "lacks what a comparison needs"),
        (b'{"a": 1}', "lacks what a comparison needs"),
        (b'{"type": "line"}\n', "lacks what a comparison needs"),
        (b'{"type": "summary", "schema": "claimwright/run/9"}\n', "written as claimwright/run/9"),
        (b"\xff\xfe\x00", "not whole JSON"),
    ],
)
def test_a_file_that_is_no_run(tmp_path, content, message):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    problem = read_earlier(path)
    assert isinstance(problem, Problem)
    assert message in problem.message
    assert problem.help


def test_a_stream_that_was_cut_off(tmp_path):
    path = tmp_path / "x.ndjson"
    path.write_bytes(b"".join(list(ndjson(IDENTITY, ANSWERS, SUMMARY))[:-1]))
    assert "cut off" in read_earlier(path).message


def test_a_file_that_is_not_there():
    problem = read_earlier(Path("nowhere/before.json"))
    assert problem.message.startswith("the earlier run cannot be read")

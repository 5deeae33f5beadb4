"""A terminal and a pipe."""

import io
import re
from dataclasses import replace

import pytest
from report_samples import ANSWERS, HCSC_LINE, NCD_LINE, NO_POLICY_LINE, PROBLEMS, SUMMARY, answer, finding, ref
from rich.console import Console

from claimwright.lines.answers import Severity
from claimwright.report import text, text_summary


def shown(render, *args, width=100, colour=False, **options):
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=colour, highlight=False, legacy_windows=False)
    render(*args, console, **options)
    return stream.getvalue()


def test_one_line_s_answer():
    assert shown(text.render_line, NCD_LINE) == (
        """\
line 3   97026 × 1 GP   2026-03-11   claim CW0311-008 · Medicare Part B (Ohio) · $48.00
  as coded        NATIONALLY NONCOVERED (likely, presumptive)  CO-50 N386
  as documented   documentation not seen · could be nationally noncovered, needs documentation or
                  covered conditional
  difference      denied though defensible

  BLOCK  CLM-DX-NCD  as coded · likely · CO-50 N386
         NCD-270.6 Infrared therapy devices, in force since 2006-10-24 · clause NC.coded · a reading
         of ours (claimwright, 2026-11-22)
         97026 points to nothing but E11.42, and NCD 270.6 covers no infrared for it.
         our reading: A claim shows its purpose only through the diagnoses the line points to. When
         every one of them names a condition of the decision, the claim as coded meets it.

  FIX    DOC-SUPERVISION  as documented · likely · only because a fact is unknown
         NCD-270.6 Infrared therapy devices, in force since 2006-10-24 · clause NC
         Whether supervision is documented is not known.
         “the use of infrared and/or near-infrared light and/or heat, including monochromatic
         infrared energy, is non-covered for the treatment, including symptoms such as pain arising
         from these conditions, of diabetic and/or non-diabetic peripheral sensory neuropathy,
         wounds and/or ulcers of the skin and/or subcutaneous tissues in Medicare beneficiaries.”

  looked at       procedure 97026 · points to E11.42 · modifiers GP
  not looked at   the note (none given) · history (none given)
  did not run     pair edits (the practitioner table ends 2024-09-30) · documentation (no note was
                  given)
  not said        documentation not seen: no note was given, and nobody answered for the record
  depends on      treatment intent · supervision documented
  would change    the purpose: if the record shows that another condition was treated, point the
                  line to that one; a true diagnosis stays on the claim
  read it         policies/medicare/ncd/270.6-infrared-therapy-devices:77 ·
                  https://www.hhs.gov/guidance/document/infrared-therapy-devices-0
                  policies/medicare/ncd/270.6-infrared-therapy-devices:41 ·
                  https://www.hhs.gov/guidance/document/infrared-therapy-devices-0

  next question   For this application of infrared, what was treated? (the treating therapist
                  usually knows)
                  a musculoskeletal problem, as an adjunct → needs documentation or covered
                  conditional
                  neuropathy, a wound or an ulcer, or pain from these → nationally noncovered
  why it matters  it decides between national noncoverage and coverage under the plan of care
"""
    )


def test_the_worklist_groups_by_claim_and_quotes_a_sentence_once():
    said = shown(text.render_worklist, (*ANSWERS, replace(NCD_LINE, line=ref("CW0313-001"))))
    assert said.count("claim CW0310-015 · Medicare Part B (Ohio) · 2 lines to fix · $123.50") == 1
    assert said.index("claim CW0311-008") < said.index("claim CW0310-015") < said.index("claim CW0312-021")
    assert said.count("our reading: A claim shows") == 1
    assert said.count("quoted above") == 1
    assert "to do  XS, or another X modifier" in said
    assert "restated: From dates of service" in said
    assert "unverified" in said
    assert "CW0310-028" not in said, "a line with a warning only is counted, not listed"
    assert "1 line carries a warning and nothing to fix." in said
    assert "1 further finding" in said
    assert "DOC-SUPERVISION" not in said


def test_a_limit_says_how_to_see_the_rest():
    said = shown(text.render_worklist, ANSWERS, limit=3, rest="Ask for --out report.html.")
    assert "Lines to fix: 4" in said
    assert "1 more line to fix is not shown. Ask for --out report.html." in said
    assert "CW0312-021" not in said


def test_nothing_to_fix_prints_no_list():
    assert shown(text.render_worklist, [NO_POLICY_LINE]) == ""


def test_the_summary_names_what_could_not_run_once_and_the_problems_last():
    said = shown(text_summary.render_summary, SUMMARY)
    assert re.search(r"to fix +41 +\$2,310\.50", said)
    assert re.search(r"nothing to fix, not fully checked +570 +\$38,609\.50", said)
    assert said.count("the practitioner table ends 2024-09-30") == 1
    assert re.search(r"6 +denied though defensible", said)
    assert re.search(r"744 +documentation not seen", said)
    assert said.index("Findings") < said.index("Checks that could not run") < said.index("Problems of the input: 2")
    assert said.index("X12-TRUNCATED") < said.index("X12-SEGMENT-UNKNOWN"), "what costs something comes first"
    assert "help:  send the file again" in said


def test_top_findings_and_problems_are_cut_with_a_word():
    said = shown(text_summary.render_summary, SUMMARY, top=2, problems=1)
    assert "and 3 more findings" in said
    assert "1 more problem not shown here." in said


@pytest.mark.parametrize("width", [80, 100, 200])
def test_lines_fit(width):
    for answered in ANSWERS:
        for line in shown(text.render_line, answered, width=width).splitlines():
            assert len(line) <= width or "https://" in line, "an address stays whole"


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_codes_stay_whole(width):
    said = shown(text.render_worklist, ANSWERS, width=width)
    assert "CO-50 N386" in said
    assert "CO-16 N822 or 4" in said
    assert "clause NC.coded" in said


def test_a_pipe_gets_no_colour_no_boxes_and_no_trailing_space():
    said = (
        shown(text_summary.render_summary, SUMMARY)
        + shown(text.render_worklist, ANSWERS)
        + shown(text.render_line, HCSC_LINE)
    )
    assert "\x1b" not in said
    assert not set(said) & set("─│┌┐└┘━┃╭╮╰╯|")
    assert not [line for line in said.splitlines() if line != line.rstrip()]


def test_a_terminal_gets_severity_in_colour():
    assert "\x1b[1;31mBLOCK  CLM-DX-NCD\x1b[0m" in shown(text.render_worklist, ANSWERS, colour=True)


def test_console_for_a_pipe_is_plain_and_a_hundred_wide():
    stream = io.StringIO()
    console = text.console_for(stream)
    assert console.width == 100
    text.render_line(NCD_LINE, console)
    assert "\x1b" not in stream.getvalue()


def test_hostile_text_reaches_no_terminal():
    hostile = "\x1b]0;owned\x07\x1b[2J[red]x[/red]\r\u202e"
    line = ref(hostile, procedure=hostile, payer=hostile, modifiers=(hostile,), points_to=(hostile,))
    found = replace(finding("X", Severity.BLOCK, NCD_LINE.citations[0], hostile), would_change=hostile)
    answered = answer(line, findings=(found,), looked_at=(hostile,))
    problem = replace(PROBLEMS[0], message=hostile, help=hostile, claim=hostile)
    said = (
        shown(text.render_line, answered)
        + shown(text.render_worklist, [answered])
        + shown(text_summary.render_problems, [problem])
    )
    assert not set(said) & set("\x1b\x07\r\u202e")
    assert "\\x1b]0;owned\\x07\\x1b[2J[red]x[/red]" in said


def test_the_long_claim_without_an_id_or_a_day():
    answered = answer(ref("#7", None, service="", units="", payer="", charge=""), findings=NCD_LINE.findings)
    said = shown(text.render_worklist, [answered])
    assert "claim #7 · payer unknown · 1 line to fix" in said
    assert "line   97026 GP   no date of service" in said

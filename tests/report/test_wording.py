"""The phrases every face shares."""

from dataclasses import replace
from decimal import Decimal

import pytest
from report_citations import DISCIPLINE, NCD, NCD_SENTENCE, PTP
from report_samples import HCSC_LINE, NCD_LINE, NO_POLICY_LINE, PAIR_LINE, view

from claimwright.lines.answers import Likelihood, Outcome, Predicted
from claimwright.report import wording


def test_quotation_marks_are_for_the_authority_s_own_words_only():
    assert wording.quoted(NCD_SENTENCE).startswith("“the use of infrared")
    assert wording.quoted(NCD_SENTENCE).endswith("beneficiaries.”")
    assert wording.quoted(PTP).startswith("restated: From dates of service")
    assert "[paraphrase]" not in wording.quoted(PTP)
    assert "“" not in wording.quoted(PTP)


def test_a_reading_is_never_dressed_as_authority():
    assert NCD.quote_kind == "verbatim"
    assert wording.quoted(NCD).startswith("our reading: A claim shows")
    assert "a reading of ours (claimwright, 2026-11-22)" in wording.authority(NCD)


def test_unverified_is_shown():
    assert wording.authority(DISCIPLINE).endswith("clause ONE · unverified")


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ("2006-10-24 ..", "in force since 2006-10-24"),
        (".. 2019-06-30", "in force through 2019-06-30"),
        ("2018-01-01 .. 2019-06-30", "in force 2018-01-01 through 2019-06-30"),
        ("2020-02-29", "in force on 2020-02-29"),
        ("..", "in force on every day"),
        ("since the flood", "in force since the flood"),
    ],
)
def test_in_force(span, said):
    assert wording.in_force(replace(PTP, in_force=span)) == said


def test_an_outcome_says_how_sure_it_is():
    assert wording.headline(NCD_LINE.coded) == "NATIONALLY NONCOVERED (likely, presumptive)  CO-50 N386"
    assert wording.outcome(view(Outcome.NOTHING_MET)) == "NOTHING MET (which is not coverage)"
    assert wording.outcome(view(Outcome.COVERED)) == "COVERED"


def test_a_silence_stands_in_the_place_of_the_outcome_or_beside_it():
    assert wording.headline(NCD_LINE.documented) == "documentation not seen"
    assert wording.headline(NO_POLICY_LINE.coded) == "no policy loaded for payer"
    assert wording.headline(PAIR_LINE.documented).endswith(" · documentation not seen")
    assert wording.outcome(view(Outcome.INDETERMINATE)) == "INDETERMINATE"


def test_what_an_open_answer_could_still_become():
    assert wording.reachable(NCD_LINE.coded) == ""
    assert wording.reachable(NCD_LINE.documented) == (
        "could be nationally noncovered, needs documentation or covered conditional"
    )
    assert wording.reachable(HCSC_LINE.documented).startswith("could be (at most) not medically necessary or covered;")


def test_codes_with_what_may_come_instead():
    gp = Predicted("16", ("N822",), "CO", Likelihood.LIKELY, "CLM-GP", ("4",))
    assert wording.codes([gp]) == "CO-16 N822 or 4"
    assert wording.codes([replace(gp, group=None, rarc=(), alternatives=("4", "97"))]) == "16, 4 or 97"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\tand more", "two lines and more"),
        ("\x1b[2J\x07", "\\x1b[2J\\x07"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\x9b31m", "\\x9b31m"),
        ("half \ud800", "half \\ud800"),
        ("97026 × 1 · “é”", "97026 × 1 · “é”"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text, shown):
    assert wording.visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the purpose", "The purpose."),
        ("97026 points to it", "97026 points to it."),
        ("GP, GO or GN", "GP, GO or GN."),
        ("eCQM says so", "eCQM says so."),
        ("really?", "Really?"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_and_ends_with_a_stop(text, shown):
    assert wording.sentence(text) == shown


def test_money():
    assert wording.dollars(Decimal("1234.5")) == "$1,234.50"
    assert wording.dollars(Decimal(-3)) == "-$3.00"
    assert wording.charge(replace(NCD_LINE.line, charge="48")) == "$48.00"
    assert wording.charge(replace(NCD_LINE.line, charge="")) == ""
    assert wording.charge(replace(NCD_LINE.line, charge="NaN")) == "NaN"

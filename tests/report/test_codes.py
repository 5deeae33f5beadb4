"""Predicted codes as remittance segments."""

from decimal import Decimal

from report_samples import NO_MODIFIER, denial

from claimwright.lines.answers import Likelihood, Predicted
from claimwright.report.codes import remittance, segments


def test_a_denial_with_its_remark():
    assert segments(denial(), Decimal("48.00")) == ("CAS*CO*50*48~", "LQ*HE*N386~")
    assert segments(denial("PR"), Decimal("48.50"))[0] == "CAS*PR*50*48.5~"
    assert remittance(NO_MODIFIER.predicted, Decimal(1000)) == "CAS*CO*16*1000~\nLQ*HE*N822~"


def test_without_a_group_nothing_says_who_bears_it():
    assert segments(denial(None), Decimal(48)) == ("LQ*HE*N386~",)


def test_what_is_no_code_forges_no_segment():
    forged = Predicted("50*1~CAS", ("N386~LQ",), "CO", Likelihood.LIKELY, "X")
    assert segments(forged, Decimal(1)) == ()

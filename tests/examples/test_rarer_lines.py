"""What a week meets less often stands where it was planted, told from the files alone, and nowhere else."""

from __future__ import annotations

import pytest
from example_reading import CLINIC, HOSPITAL, claims, planted, planted_lines, standing

both = pytest.mark.parametrize("name", [CLINIC, HOSPITAL])
DEVICES = {"E0221", "A4639"}
MEDICARE = {"MB", "MA"}
X_MODIFIERS = {"XE", "XP", "XS", "XU"}


def lines(name, wanted):
    return {(claim.index, line.number) for claim in standing(name) for line in claim.lines if wanted(claim, line)}


def modifiers(*together):
    return lambda _, line: set(together) <= set(line.modifiers)


@both
def test_notices_contradict_themselves_only_where_planted(name):
    denied = lines(name, modifiers("GZ"))
    assert denied == planted_lines(name, "CLM-ABN-GZ")
    assert lines(name, modifiers("GX")) == planted_lines(name, "CLM-ABN-GX")
    # a hospital's line with GA is denied by itself, and an Advantage plan wants none
    by_itself = lines(name, lambda claim, line: "GA" in line.modifiers and (claim.filing == "16" or name == HOSPITAL))
    assert lines(name, modifiers("GA", "KX")) | by_itself == planted_lines(name, "CLM-ABN-GA")
    assert planted_lines(name, "CLM-ABN-GY") == lines(name, _no_benefit)
    waived = lines(
        name,
        lambda claim, line: claim.filing not in {*MEDICARE, "16"} and {"GA", "GX", "GY", "GZ"} & set(line.modifiers),
    )
    assert waived == planted_lines(name, "CLM-WAIVER")


def _no_benefit(claim, line):
    """GY where the service is a benefit: a device, a line of no discipline, a purpose that the NCD names."""
    named = line.code == "97026" and {claim.dx[place - 1] for place in line.pointers} == {"E1142"}
    return "GY" in line.modifiers and (line.code in DEVICES or named or not {"GP", "GO", "GN"} & set(line.modifiers))


@both
def test_modifiers_of_distinct_services_are_doubled_only_where_planted(name):
    assert lines(name, lambda _, line: len({*X_MODIFIERS, "59"} & set(line.modifiers)) > 1) == planted_lines(
        name, "CLM-MOD-DOUBLE"
    )


@both
def test_devices_are_billed_to_medicare_only_where_planted(name):
    billed = lines(name, lambda claim, line: claim.filing in MEDICARE and line.code in DEVICES)
    assert billed == planted_lines(name, "COV-DME-NMN")


@both
def test_infrared_is_given_at_home_only_where_planted(name):
    def at_home(claim, line):
        return line.code == "97026" and claim.raw[0][5].startswith("12:")

    assert lines(name, at_home) == planted_lines(name, "CLM-POS")


def furnished_by(*begins):
    return lambda claim, _: any(s[:3] == ["PRV", "PE", "PXC"] and s[3].startswith(begins) for s in claim.raw)


def test_others_than_therapists_furnish_only_where_planted():
    assert lines(CLINIC, furnished_by("111N")) == planted_lines(CLINIC, "COV-STAT-EXCL")
    assert lines(CLINIC, furnished_by("225700", "2255A")) == planted_lines(CLINIC, "CLM-FURNISHER")


def test_what_an_earlier_payer_decided_is_missing_or_a_denial_only_where_planted():
    reasons = {claim.index: {s[2] for s in claim.raw if s[0] == "CAS"} for claim in claims(CLINIC)}
    untold = {
        claim.index
        for claim in claims(CLINIC)
        if any(s[:2] == ["SBR", "P"] for s in claim.raw) and not reasons[claim.index]
    }
    assert untold == {index for index, _ in planted_lines(CLINIC, "CLM-COB")}
    assert lines(CLINIC, lambda claim, _: "96" in reasons[claim.index]) == planted_lines(CLINIC, "CLM-COB-DENIAL")
    assert lines(CLINIC, lambda claim, _: "197" in reasons[claim.index]) == planted_lines(CLINIC, "CLM-COB-MEND")


def test_what_is_told_beside_the_claims_names_files_that_are_there():
    told = [row for row in planted() if row["beside"]]
    assert {kind for row in told for kind in row["beside"].split()} == {
        "history", "plans", "authorizations", "plans-of-care",
    }  # fmt: skip
    assert all(row["findings"] for row in told)

"""The example week is believable, always the same, and wrong exactly where it says so."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from example_edits import BYPASS, HEATING, MODALITIES, SUPERVISED, limit, pair
from example_reading import CLINIC, HERE, HOSPITAL, claims, days, planted, planted_lines, segments, standing

from claimwright.formats.x12 import read

FILES = (CLINIC, HOSPITAL)
both = pytest.mark.parametrize("name", FILES)


@pytest.mark.parametrize("seed", ["0", "97026"])
def test_the_generator_writes_the_committed_files_byte_for_byte(tmp_path, seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-W", "error", str(HERE / "generate.py"), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    written = [path.relative_to(HERE).as_posix() for path in (HERE / "sides").glob("*.csv")]
    assert len(written) == 4
    for name in (*FILES, "planted.csv", "README.md", *written):
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes(), name


# ── what is there ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_clinic_has_some_300_claims_of_120_to_150_patients():
    week = claims(CLINIC)
    assert 280 <= len(week) <= 310
    assert 120 <= len({claim.patient for claim in week}) <= 150
    sizes = Counter(len(claim.lines) for claim in week)
    assert set(sizes) <= {1, 2, 3, 4, 5}
    assert sizes[1] <= 3
    visits = Counter(claim.patient for claim in week)
    assert 2 <= sum(visits.values()) / len(visits) <= 3


def test_the_hospital_has_60_to_80_claims_without_pointers():
    week = claims(HOSPITAL)
    assert 60 <= len(week) <= 80
    assert all(not line.pointers for claim in week for line in claim.lines)
    assert {line.revenue for claim in week for line in claim.lines} == {"0420", "0424", "0430", "0434"}


def test_who_pays():
    payers = Counter((claim.payer, claim.filing) for claim in claims(CLINIC))
    assert set(payers) == {
        ("15202", "MB"), ("OVSA1", "16"), ("00621", "BL"), ("84980", "CI"), ("60054", "CI"), ("ESMH1", "CI"),
        ("OVCT1", "WC"), ("AMCX1", "MC"), ("WRBP9", "ZZ"),
    }  # fmt: skip
    assert payers["15202", "MB"] > len(claims(CLINIC)) * 0.4
    assert {("15201", "MA"), ("15201", "MB"), ("60054", "CI")} <= {(c.payer, c.filing) for c in claims(HOSPITAL)}


def test_what_else_a_reader_must_meet():
    clinic = [s for claim in claims(CLINIC) for s in claim.raw]
    tags = Counter(":".join(s[:2]) if s[0] in {"REF", "DTP", "NM1", "AMT"} else s[0] for s in clinic)
    for tag in ("REF:G1", "REF:F8", "REF:6R", "NTE", "SVD", "CAS", "OI", "AMT:D", "DTP:431", "DTP:439", "DTP:573"):
        assert tags[tag], tag
    assert any(s[:3] == ["DTP", "472", "RD8"] for s in clinic)
    assert any(s[:3] == ["DTP", "434", "RD8"] for claim in claims(HOSPITAL) for s in claim.raw)
    assert {s[5].split(":")[0] for s in clinic if s[0] == "CLM"} == {"11", "12"}


@both
def test_corrections_have_their_originals_in_the_file(name):
    originals = {claim.ident for claim in claims(name) if claim.frequency == "1"}
    corrections = [claim for claim in claims(name) if claim.original]
    assert sorted(claim.frequency for claim in corrections) == ["7", "8"]
    assert {claim.original for claim in corrections} <= originals


# ── is it well formed ────────────────────────────────────────────────────────────────────────────────────────────


@both
def test_envelopes_count_right(name):
    text = (HERE / name).read_text(encoding="ascii")
    assert text.endswith("~\n")
    assert text.count("~") == text.count("\n")
    every = segments(name)
    assert len("*".join(every[0]) + "~") == 106
    starts = [at for at, s in enumerate(every) if s[0] == "ST"]
    ends = [at for at, s in enumerate(every) if s[0] == "SE"]
    for start, end in zip(starts, ends, strict=True):
        assert every[end][1:] == [str(end - start + 1), every[start][2]]
    (group,) = (s for s in every if s[0] == "GE")
    assert group[1:] == [str(len(starts)), every[1][6]]
    assert every[-1] == ["IEA", "1", every[0][13]]


@both
def test_hierarchical_levels_count_up_in_each_transaction(name):
    for run in _runs(segments(name)):
        levels = [int(s[1]) for s in run if s[0] == "HL"]
        assert levels == list(range(1, len(levels) + 1))


def _runs(every):
    starts = [at for at, s in enumerate(every) if s[0] == "ST"]
    yield from (every[a:b] for a, b in pairwise([*starts, len(every)]))


@both
def test_the_strict_validator_accepts_the_file(name, tmp_path):
    pytest.importorskip("pyx12")
    copy = tmp_path / name
    copy.write_bytes((HERE / name).read_bytes())
    command = [sys.executable, "-m", "pyx12.scripts.x12valid", str(copy)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert f"{copy}: OK" in done.stdout + done.stderr


@both
def test_our_reader_has_nothing_to_report(name):
    batches = list(read(HERE / name))
    assert [problem for batch in batches for problem in batch.problems] == []
    assert sum(batch.claims for batch in batches) == len(claims(name))
    assert sum(batch.lines.height for batch in batches) == sum(len(claim.lines) for claim in claims(name))


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")  # how the package opens its own data
@both
def test_diagnoses_are_billable_and_pointers_find_them(name):
    icd = importlib.import_module("simple_icd_10_cm")
    wrong = {index for index, _ in planted_lines(name, "CLM-DX-INVALID")}
    for claim in claims(name):
        assert (claim.index in wrong) == any(not icd.is_valid_item(dx) or not icd.is_leaf(dx) for dx in claim.dx)
        assert len(set(claim.dx)) == len(claim.dx) <= 12
        for line in claim.lines:
            assert all(1 <= pointer <= len(claim.dx) for pointer in line.pointers)


@both
def test_provider_identifiers_carry_a_right_check_digit_and_are_nobodys(name):
    npis = {s[9] for s in segments(name) if s[0] == "NM1" and len(s) > 9 and s[8] == "XX"}
    assert len(npis) >= 5
    for npi in npis:
        assert npi.startswith("29")
        digits = [int(digit) for digit in reversed("80840" + npi)]
        doubled = [digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(digits)]
        assert sum(doubled) % 10 == 0, npi


def test_medicare_numbers_have_the_shape_and_the_letter_that_is_never_given():
    numbers = {s[9] for s in segments(CLINIC) if s[:3] == ["NM1", "IL", "1"] and s[9].startswith("1")}
    assert len(numbers) > 40
    assert all(len(number) == 11 and number[1] == "S" for number in numbers)


@both
def test_charges_add_up(name):
    for claim in claims(name):
        assert claim.charge == sum(line.charge for line in claim.lines)


@both
def test_dates_of_service_lie_in_the_week_except_where_planted(name):
    late = {index for index, _ in planted_lines(name, "CLM-TIMELY")}
    for claim in claims(name):
        for line in claim.lines:
            in_week = date(2026, 3, 9) <= line.day <= line.through <= date(2026, 3, 13)
            assert in_week != (claim.index in late)
            assert in_week or line.day < date(2025, 3, 20), "filed more than a year later"


def test_what_the_first_payer_paid_and_adjusted_is_the_charge():
    paid_before = [claim for claim in claims(CLINIC) if any(s[0] == "SVD" for s in claim.raw)]
    assert len(paid_before) == 5
    for claim in paid_before:
        shares = [float(s[2]) for s in claim.raw if s[0] == "SVD"] + [float(s[3]) for s in claim.raw if s[0] == "CAS"]
        assert sum(shares) == pytest.approx(float(claim.charge))


# ── is it wrong where it says so, and nowhere else ───────────────────────────────────────────────────────────────


def test_most_lines_have_nothing_to_fix():
    for name in FILES:
        lines = sum(len(claim.lines) for claim in claims(name))
        assert len(planted_lines(name)) <= lines * 0.15


@both
def test_every_planted_row_names_a_line_of_the_file(name):
    for row in planted():
        if row["file"] == name:
            claim = claims(name)[int(row["claim_index"]) - 1]
            assert (claim.ident, claim.frequency) == (row["claim"], row["frequency"])
            line = claim.lines[int(row["line"]) - 1]
            assert "-".join((f"{line.code}x{line.units}", *line.modifiers)) == row["service"]


def test_each_kind_of_mistake_is_there():
    found = {finding for row in planted() for finding in row["findings"].split()}
    assert found == {
        "AUD-ALONE", "AUD-MANYMOD", "AUD-MODONLY", "AUD-MULTIHEAT", "CLM-ABN-GA", "CLM-ABN-GX", "CLM-ABN-GY",
        "CLM-ABN-GZ", "CLM-COB", "CLM-COB-DENIAL", "CLM-COB-MEND", "CLM-CQCO", "CLM-DUP", "CLM-DX-INVALID",
        "CLM-DX-NCD", "CLM-FURNISHER", "CLM-GP", "CLM-KX", "CLM-MOD-COL1", "CLM-MOD-DOUBLE", "CLM-MOD-NCD",
        "CLM-MOD-NOEDIT", "CLM-MUE", "CLM-NCCI", "CLM-NCCI-0", "CLM-PAYER-UNKNOWN", "CLM-POS", "CLM-TIMELY",
        "CLM-UNITS", "CLM-WAIVER", "COV-CONTRACT-EXCLUDES", "COV-DME-NMN", "COV-HCSC-NMN", "COV-INVEST", "COV-LCD",
        "COV-PA-INVALID", "COV-PA-REQ", "COV-POLICY-UNKNOWN", "COV-STAT-EXCL", "DOC-POC", "DOC-PROGRESS",
    }  # fmt: skip


def test_the_readme_tells_every_planted_line():
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    for row in planted():
        assert f"{row['line']} | {row['service']} | {row['planted']} |" in readme


@both
def test_pairs_stand_open_only_where_planted(name):
    open_pairs = set()
    for together in days(name).values():
        for first, one in together:
            for second, two in together:
                indicator = pair(one.code, two.code, hospital=name == HOSPITAL)
                professional = name == CLINIC
                modifiers = {*two.modifiers, *(one.modifiers if professional else ())}
                if first.payer == second.payer and (indicator == "0" or (indicator and not modifiers & BYPASS)):
                    open_pairs.add((second.index, two.number))
    assert open_pairs == planted_lines(name, "CLM-NCCI", "CLM-NCCI-0")


@both
def test_units_pass_the_limits_only_where_planted(name):
    over = set()
    for together in days(name).values():
        a_day = Counter()
        for _, line in together:
            a_day[line.code] += line.units_a_day
        for claim, line in together:
            if claim.filing in {"MB", "MA"} and a_day[line.code] > limit(line.code, hospital=name == HOSPITAL):
                over.add((claim.index, line.number))
    assert over == planted_lines(name, "CLM-MUE")


@both
def test_supervised_modalities_are_one_a_day_except_where_planted(name):
    over = set()
    for together in days(name).values():
        for claim, line in together:
            if line.code in SUPERVISED and sum(other.units for _, other in together if other.code == line.code) > 1:
                over.add((claim.index, line.number))
    assert over == planted_lines(name, "CLM-UNITS")


@both
def test_disciplines_are_told_once_except_where_planted(name):
    odd = set()
    for claim in claims(name):
        for line in claim.lines:
            told = [modifier for modifier in line.modifiers if modifier in {"GP", "GO", "GN"}]
            if line.code not in {"E0221", "A4639"} and told not in (["GP"], ["GO"]):
                odd.add((claim.index, line.number))
    assert odd == planted_lines(name, "CLM-GP")


@both
def test_heat_comes_once_and_modalities_twice_except_where_planted(name):
    heated, many = set(), set()
    for together in days(name).values():
        codes = {line.code for _, line in together}
        for claim, line in together:
            if len(codes & HEATING) > 1 and line.code in HEATING:
                heated.add((claim.index, line.number))
            if len(codes & MODALITIES) > 2 and line.code in MODALITIES:
                many.add((claim.index, line.number))
    assert heated == planted_lines(name, "AUD-MULTIHEAT")
    assert many == planted_lines(name, "AUD-MANYMOD")


@both
def test_infrared_is_billed_only_on_purpose(name):
    marked = {(int(row["claim_index"]), int(row["line"])) for row in planted() if row["file"] == name}
    billed = {(claim.index, line.number) for claim in standing(name) for line in claim.lines if line.code == "97026"}
    assert billed
    assert billed <= marked
    hcsc = {(c.index, n.number) for c in standing(name) if c.payer in {"00621", "84980"} for n in c.lines
            if n.code in {"97026", "E0221", "A4639"}}  # fmt: skip
    assert hcsc == planted_lines(name, "COV-HCSC-NMN")


NAMED_BY_THE_NCD = {"E1142", "E11621", "G609", "G629", "L97411", "S81801A"}


@both
def test_conditions_the_ncd_names_meet_infrared_only_where_planted(name):
    met = {
        (claim.index, line.number)
        for claim in standing(name)
        for line in claim.lines
        if claim.filing in {"MA", "MB"} and line.code == "97026" and set(claim.dx) & NAMED_BY_THE_NCD
    }
    assert met == planted_lines(name, "CLM-DX-NCD")


@both
def test_infrared_is_alone_on_its_day_only_where_planted(name):
    alone = set()
    for together in days(name).values():
        if {line.code for _, line in together} <= MODALITIES:
            alone |= {(claim.index, line.number) for claim, line in together if line.code == "97026"}
    assert alone == planted_lines(name, "COV-LCD", "AUD-ALONE")


def test_one_patient_has_five_visits_of_modalities_only():
    passive = Counter()
    for (patient, _), together in days(CLINIC).items():
        codes = {line.code for _, line in together}
        if codes <= MODALITIES:
            passive[patient] += 1
    assert max(passive.values()) == 5
    (patient,) = (each for each, visits in passive.items() if visits > 1)
    friday = {(claim.index, line.number) for claim in claims(CLINIC) for line in claim.lines
              if claim.patient == patient and line.day == date(2026, 3, 13)}  # fmt: skip
    assert friday == planted_lines(CLINIC, "AUD-MODONLY")


@both
def test_distinct_service_is_told_where_a_pair_asks_for_it_except_where_planted(name):
    idle, first_only = set(), set()
    hospital = name == HOSPITAL
    for together in days(name).values():
        for claim, line in together:
            others = [other for _, other in together if other is not line]
            column1 = [other for other in others if pair(other.code, line.code, hospital=hospital) == "1"]
            if not BYPASS & set(line.modifiers):
                if any(BYPASS & set(other.modifiers) for other in column1):
                    first_only.add((claim.index, line.number))
                continue
            if not any(
                pair(*codes, hospital=hospital)
                for other in others
                for codes in ((line.code, other.code), (other.code, line.code))
            ):
                idle.add((claim.index, line.number))
    assert idle == planted_lines(name, "CLM-MOD-NOEDIT")
    assert first_only == planted_lines(name, "CLM-MOD-COL1")


@both
def test_assistants_modifiers_go_with_their_discipline_except_where_planted(name):
    odd = set()
    for claim in claims(name):
        for line in claim.lines:
            assistants = {"CQ": "GP", "CO": "GO"}
            if any(m in assistants and assistants[m] not in line.modifiers for m in line.modifiers):
                odd.add((claim.index, line.number))
    assert odd == planted_lines(name, "CLM-CQCO")
    assert any("CQ" in line.modifiers for claim in claims(name) for line in claim.lines)

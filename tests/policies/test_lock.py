"""policies.lock, and the changelog that the difference of two locks gives."""

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwright.policies import changes, lock
from claimwright.policies.changes import Kind
from claimwright.policies.history import What, timeline
from claimwright.policies.reading import read_folder

POLICIES = Path(__file__).parents[2] / "policies"
HCSC = "hcsc/dme101.045-infrared-therapy-devices/policy.md"
PTP = "medicare/ncci/ptp/policy.md"
OWN_CODES = "medicare/therapy-billing/purpose-and-record/codes.csv"
ONE = "medicare/therapy-billing/discipline-modifiers/policy.md"


@pytest.fixture(scope="module")
def original():
    return read_folder(POLICIES)


@pytest.fixture
def desk(tmp_path):
    return Path(shutil.copytree(POLICIES, tmp_path / "policies"))


def amended(desk, original, file, *edits):
    """The changes that some edits of one document make."""
    path = desk / file
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    shelf = read_folder(desk)
    assert shelf.complaints == ()
    return changes.between(lock.entries(original), lock.entries(shelf), shelf.library)


def test_the_lock_is_toml_and_reads_back(original):
    text = lock.lock(original)
    assert tomllib.loads(text)["format"] == 1
    read = {name: replace(entry, line=0) for name, entry in lock.read(text).items()}
    assert read == lock.entries(original)


def test_the_same_policies_give_the_same_lock(original, desk):
    assert lock.lock(read_folder(desk)) == lock.lock(original)


def test_a_lock_of_another_format_is_refused(original):
    with pytest.raises(ValueError, match="another version"):
        lock.read(lock.lock(original).replace("format = 1", "format = 2"))


@given(st.text())
def test_white_space_and_typographic_quotes_do_not_change_a_quotation(text):
    assert lock.of_text(text) == lock.of_text(f"  {text}\n".replace(" ", "  ").replace('"', "“"))


def test_a_word_does():
    assert lock.of_text("is not covered") != lock.of_text("is covered")


def test_no_lock_is_a_complaint(original):
    (complaint,) = lock.complaints(original, None)
    assert str(complaint).startswith("P008: the quotations are not locked\n --> policies.lock:1")


def test_a_broken_lock_is_a_complaint(original):
    for text in ("", "format = ", 'format = 1\n["X"]\n', "format = 1\nX = 2\n"):
        (complaint, *_) = lock.complaints(original, text)
        assert complaint.id == "P008"


def test_nothing_changed_nothing_is_told(original, desk):
    assert amended(desk, original, PTP) == ()


NEXT_VERSION = """\
```rule NMN
in force: 2027-01-01 ..
view: both
channel: coverage
when:
  procedure: in [infrared]
then: not medically necessary
because: no longer for wounds
```

"""
WOUNDS = "  - {date: 2027-01-01, event: wounds are excepted, cite: bulletin 7}\n"


def test_an_amendment_is_told_with_its_days_and_its_authority(original, desk):
    (change,) = amended(
        desk,
        original,
        HCSC,
        ("  - {date: 2025-10-01,", f"{WOUNDS}  - {{date: 2025-10-01,"),
        ("in force: 2025-10-01 ..", "in force: 2025-10-01 .. 2026-12-31"),
        ("Though its rationale", f"{NEXT_VERSION}Though its rationale"),
    )
    assert str(change) == (
        "### HCSC-DME101.045 § NMN — change of policy\n"
        "Dates of service: from 2027-01-01\n"
        "Authority: bulletin 7\n"
        "Wounds are excepted.\n"
        "A new version of the clause is in force from 2027-01-01."
    )


def test_a_backfill_is_told_as_one(original, desk):
    earlier = NEXT_VERSION.replace("2027-01-01 ..", "2005-01-01 .. 2006-12-31")
    (change,) = amended(desk, original, HCSC, ("```rule PRIOR", f"{earlier}```rule PRIOR"))
    assert change.kind == Kind.BACKFILL
    assert "Dates of service: 2005-01-01 to 2006-12-31" in str(change)


FIRST = "2018-01-01 to 2019-06-30"
EDITS = {
    "a correction of ours": (ONE, "severity: FIX", "severity: BLOCK", Kind.CORRECTION, FIRST),
    "another wording": (ONE, "GP, GO or GN, whichever", "GP, GO, or GN, whichever", Kind.WORDING, FIRST),
    "a rule that ends": (HCSC, "2025-10-01 ..\n", "2025-10-01 .. 2026-12-31\n", Kind.CHANGE, "from 2027-01-01"),
    "a rule that began later": (
        PTP,
        "0\nin force: ..",
        "0\nin force: 2001-01-01 ..",
        Kind.CORRECTION,
        "until 2000-12-31",
    ),
    "another quotation": (HCSC, "No indication", "No single indication", Kind.QUOTATION, "none"),
    "the text was read again": (ONE, "checked: never", "checked: 2026-11-30", Kind.RECORD, "none"),
    "another title": (ONE, "title: One", "title: Just one", Kind.RECORD, "none"),
    "prose": (ONE, "A claim that is rejected", "A claim which is rejected", Kind.RECORD, "none"),
    "codes": (OWN_CODES, "E08.43,2015-10-01", "E08.45,2015-10-01", Kind.CORRECTION, "from 2015-10-01"),
    "the order of authority": ("programs/commercial/program.md", "presume:", "presume:  ", Kind.ORDER, "all"),
    "the vocabulary": ("facts.yaml", "unit: units of service", "unit: units", Kind.VOCABULARY, "all"),
}


@pytest.mark.parametrize("name", EDITS)
def test_the_kind_and_the_dates_of_a_change(name, original, desk):
    file, old, new, kind, dates = EDITS[name]
    (change,) = amended(desk, original, file, (old, new))
    assert change.kind == kind
    assert f"Dates of service: {dates}\n" in str(change)


def test_a_policy_that_comes_or_goes_is_told(original, desk):
    shutil.rmtree(desk / "medicare/ncci/mue")
    fewer = read_folder(desk)
    (gone,) = changes.between(lock.entries(original), lock.entries(fewer), fewer.library)
    (come,) = changes.between(lock.entries(fewer), lock.entries(original), original.library)
    assert (gone.kind, come.kind) == (Kind.WITHDRAWN, Kind.NEW)
    assert str(come).splitlines()[:2] == ["### NCCI-MUE — newly modelled", "Dates of service: all"]


def test_a_timeline_holds_every_history_entry_title_and_version(original):
    policy = original.library.policy("HCSC-DME101.045")
    moments = timeline(policy)
    counted = {what: sum(moment.what is what for moment in moments) for what in What}
    assert counted[What.EVENT] == 15
    assert counted[What.TITLE] == 4
    assert counted[What.BEGINS] == len(policy.clauses)
    assert [moment.day for moment in moments] == sorted(moment.day for moment in moments)


def test_a_timeline_shows_when_codes_turn_over(original):
    moments = timeline(original.library.policy("MEDICARE-PURPOSE"))
    turned = {moment.text for moment in moments if moment.day == "2015-10-01"}
    assert any("ICD-10-CM come" in text for text in turned)
    assert any("ICD-9-CM go" in text for text in turned)

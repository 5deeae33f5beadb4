"""Mistakes people make, planted one at a time in a copy of the shipped policies: each is caught, and by its lint."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from claimwright.policies import lints, lock
from claimwright.policies.reading import read_folder
from claimwright.proving.lints import compared, hindrances
from claimwright.proving.prove import prove

POLICIES = Path(__file__).parents[2] / "policies"
AS_OF = date(2026, 11, 22)
NCD, CODES = "medicare/ncd/270.6-infrared-therapy-devices/policy.md", "codes.csv"
PTP = "medicare/ncci/ptp/policy.md"
AETNA = "aetna/cpb-0604-infrared-therapy/policy.md"
HCSC = "hcsc/dme101.045-infrared-therapy-devices/policy.md"
UNITS = "medicare/therapy-billing/supervised-modality-units/policy.md"
ONE = "medicare/therapy-billing/discipline-modifiers/policy.md"
SKILLED = "medicare/therapy-billing/skilled-modality/policy.md"
PART_B = "programs/medicare-part-b/program.md"
CHILD = "illinois/215-ilcs-5-356z.61/policy.md"


@pytest.fixture(scope="module")
def original():
    return read_folder(POLICIES)


@pytest.fixture(scope="module")
def already(original):
    """What is said of the policies before any mistake."""
    return said(original, original)


@pytest.fixture
def desk(tmp_path):
    """A copy of the policies, in which a mistake may be made."""
    return Path(shutil.copytree(POLICIES, tmp_path / "policies"))


@dataclass(frozen=True)
class Mistake:
    """In `file`, the first `old` becomes `new`."""

    name: str
    file: str
    old: str
    new: str
    caught_by: set[str]


MILDER = """\
> Pain that arises from a wound is not necessary to treat with infrared. [paraphrase]

```rule PAIN
in force: 2006-10-24 ..
view: documented
channel: coverage
when:
  procedure: in [infrared]
  treatment intent: is pain from ncd condition
then: not medically necessary
severity: INFO
because: "{procedure} was used for pain"
```

## Before the decision
"""
MISTAKES = [
    Mistake("a quotation loses a word", NCD, "is non-covered for", "is covered for", {"P008"}),
    Mistake("a paraphrase is polished", HCSC, "No indication is excepted", "None is excepted", {"P008"}),
    Mistake(
        "a quotation is taken out, and its rule stands under a heading",
        UNITS,
        "> A supervised",
        "A supervised",
        {"P001", "P008"},
    ),
    Mistake("a reading is not owned to", NCD, "reading: {by: claimwright, on: 2026-11-22}\n", "", {"P001"}),
    Mistake("a key is misspelt", UNITS, "each: code on a day", "eahc: code on a day", {"P000"}),
    Mistake("a day does not exist", HCSC, ".. 2025-09-30\n", ".. 2025-09-31\n", {"P000", "P006"}),
    Mistake("an outcome is invented", CHILD, "then: covered", "then: coverd", {"P000"}),
    Mistake("a threshold is off by one", UNITS, "more than 1", "more than 2", {"P002"}),
    Mistake(
        "a set is left out of a rule",
        NCD,
        "procedure: in [infrared, infrared device]",
        "procedure: in [infrared]",
        {"P002"},
    ),
    Mistake("the wrong denial code", HCSC, "codes: 50 N130", "codes: 96 N130", {"P002"}),
    Mistake("an example names another clause", HCSC, "| NMN |", "| PRIOR |", {"P002"}),
    Mistake("a span begins a day late", HCSC, "2025-10-01 ..", "2025-10-02 ..", {"P002", "P003", "P013"}),
    Mistake("a span ends a day late", PTP, ".. 2019-06-30", ".. 2019-07-01", {"P002", "P003", "P004"}),
    Mistake("a span ends a day early", ONE, ".. 2019-06-30", ".. 2019-06-29", {"P002", "P003", "P007"}),
    Mistake("a span ends in the wrong year", PTP, ".. 2019-06-30", ".. 2018-06-30", {"P002", "P003", "P007"}),
    Mistake("an edge loses its example", AETNA, "page | 2025-12-31", "page | 2025-12-30", {"P003"}),
    Mistake("a set is misspelt", NCD, "all in [neuropathy,", "all in [neuropthy,", {"P005"}),
    Mistake("a set is renamed where it is defined", CODES, "\nulcer,ICD-9-CM", "\nulcers,ICD-9-CM", {"P005"}),
    Mistake("a table is misspelt", PTP, "in [pairs] with", "in [pair] with", {"P005"}),
    Mistake("a fact is misspelt", NCD, "  procedure: in", "  procedur: in", {"P006"}),
    Mistake("a coded clause looks into the chart", NCD, "view: documented", "view: both", {"P006"}),
    Mistake("a value is misspelt", CHILD, "is fully insured", "is fully-insured", {"P006"}),
    Mistake("a slot is misspelt", UNITS, "{units that day}", "{units that days}", {"P006"}),
    Mistake("a need nobody declares", SKILLED, "- plan certified", "- plan is certified", {"P006"}),
    Mistake(
        "an exception to a clause that is not there",
        HCSC,
        "except: HCSC-DME101.045 PRIOR",
        "except: HCSC-DME101.045 PRIER",
        {"P006"},
    ),
    Mistake(
        "liability hangs on a fact nobody declares", NCD, "{valid abn with GA: PR", "{valid abn with GX: PR", {"P006"}
    ),
    Mistake("an edge is asked of a number", UNITS, "units that day: more than 1", "units that day: is 1", {"P006"}),
    Mistake(
        "a shared set is misspelt by the vocabulary",
        "facts.yaml",
        "counts: heating modality",
        "counts: heating modalities",
        {"P005"},
    ),
    Mistake("a heading is taken for a code", CODES, "ICD-10-CM,E11.42,", "ICD-10-CM,E11,", {"P010"}),
    Mistake("a letter for a digit", CODES, "ICD-10-CM,E11.42,", "ICD-10-CM,E11.4Z,", {"P010"}),
    Mistake(
        "a purpose is left out of two rules",
        SKILLED,
        "treatment intent: in [msk adjunct, other]",
        "treatment intent: is other",
        {"P002", "P013"},
    ),
    Mistake(
        "a case that is decided is left open", PART_B, "not in [infrared, infrared device]", "in [infrared]", {"P013"}
    ),
    Mistake(
        "a milder rule for what the decision names already",
        NCD,
        "## Before the decision\n",
        MILDER,
        {"P002", "P008", "P011"},
    ),
    Mistake("a payer's words are called verbatim", HCSC, "quote: paraphrase", "quote: verbatim", {"P012"}),
    Mistake("a statement is misspelt", NCD, "states: S", "states: S99", {"P014"}),
    Mistake(
        "advice to leave a true diagnosis out",
        HCSC,
        "no diagnosis and no modifier does",
        "or leave the diagnosis out",
        {"P015"},
    ),
    Mistake(
        "a list found through mappings denies",
        CODES,
        "set,system,code,from,to,source\n",
        "set,system,code,from,to,source,derived\nneuropathy,ICD-10-CM,M79.2,2015-10-01,,2018 GEM from 729.2,gem\n",
        {"P016"},
    ),
    Mistake("the text was read long ago", NCD, "checked: 2026-11-22", "checked: 2025-11-22", {"P009"}),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_caught_by_its_lint(mistake, desk, original, already):
    path = desk / mistake.file
    text = path.read_text("utf-8")
    assert mistake.old in text, "the policy has changed; plant the mistake elsewhere"
    path.write_text(text.replace(mistake.old, mistake.new, 1), "utf-8")
    found = said(read_folder(desk), original) - already
    assert {lint for lint, _, _ in found} == mistake.caught_by, sorted(found)


def test_a_clause_loses_its_examples(desk, original, already):
    path = desk / ONE
    rows = [line for line in path.read_text("utf-8").splitlines() if not line.endswith("| TWO.go-gn |")]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    (found,) = said(read_folder(desk), original) - already
    assert found == ("P002", ONE, "clause TWO.go-gn (2018-01-01 ..) decides no example")


def test_two_documents_may_not_share_an_id(desk, original, already):
    shutil.copytree(desk / "hcsc", desk / "hcsc-again")
    assert {lint for lint, _, _ in said(read_folder(desk), original) - already} == {"P000"}


def test_a_policy_may_not_vanish(desk, original, already):
    shutil.rmtree(desk / "medicare/ncci/mue")
    assert {lint for lint, _, _ in said(read_folder(desk), original) - already} == {"P008"}


def test_every_lint_catches_a_mistake():
    caught = set().union(*(mistake.caught_by for mistake in MISTAKES))
    assert caught == {page.id for page in lints.pages()}


def said(shelf, original):
    """What `claimwright policy lint` says of a shelf, lines apart; policies that did not change are not run again."""
    found = [*shelf.complaints, *lints.check(shelf, AS_OF), *lock.complaints(shelf, lock.lock(original))]
    before = original.library.hashes
    for policy in shelf.library.policies:
        if shelf.library.hashes[policy.id] != before.get(policy.id) and not hindrances(policy, found):
            found.extend(prove(policy, shelf.library, shelf.root).complaints)
    together = compared(shelf, found)
    found.extend(together.complaints if together else ())
    return {(complaint.id, complaint.path, complaint.message) for complaint in found}

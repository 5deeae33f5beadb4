"""Documents read on top of the shipped library: what they may use of it, and that they leave it as it is."""

from datetime import date
from pathlib import Path

import pytest

from claimwright.policies import lints
from claimwright.policies.reading import read_folder, stands_alone

POLICIES = Path(__file__).parents[2] / "policies"
POLICY = """\
---
id: OWN
title: Our own
payer: Ours
authority: Ours
source: https://example.org
instrument: mandate
applies to: {programs: [commercial], payers: [hcsc]}
quote: paraphrase
checked: never
---

> It is covered at home. [paraphrase]

```rule HOME
in force: 2026-01-01 ..
view: documented
channel: coverage
when:
  procedure: in [infrared]
  treatment intent: is wound
then: covered
severity: INFO
except: HCSC-DME101.045 NMN
because: it is so
```

## Examples

| case | service | procedure | intent | view | answer | by |
|---|---|---|---|---|---|---|
| the day before | 2025-12-31 | 97026 | wound | documented | no determination | |
| the first day | 2026-01-01 | 97026 | wound | documented | covered | HOME |
"""


@pytest.fixture(scope="module")
def base():
    return read_folder(POLICIES).library


@pytest.fixture
def own(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/policy.md").write_text(POLICY, "utf-8")
    return tmp_path


def test_own_documents_use_what_was_shipped(own, base):
    shelf = read_folder(own, base)
    assert shelf.complaints == ()
    found = lints.check(shelf, date.min, only={"P003", "P004", "P005", "P006"})
    assert [str(complaint) for complaint in found] == []


def test_alone_they_lack_its_words(own):
    shelf = read_folder(own)
    assert {complaint.id for complaint in lints.check(shelf, date.min, only={"P005", "P006"})} == {"P006"}


def test_both_together_are_what_an_engine_applies(own, base):
    whole = read_folder(own, base).whole
    assert [policy.id for policy in whole.policies] == [*(policy.id for policy in base.policies), "OWN"]
    assert whole.policies[:-1] == base.policies
    assert whole.programs == base.programs
    assert whole.hashes == {**base.hashes, "OWN": whole.hashes["OWN"]}
    assert [policy.home for policy in (whole.policies[0], whole.policies[-1])] == ["policies", own.as_posix()]


def test_the_folder_itself_holds_its_own_documents_only(own, base):
    library = read_folder(own, base).library
    assert [policy.id for policy in library.policies] == ["OWN"]
    assert library.programs == {}
    assert library.facts == base.facts


def test_words_of_ones_own_change_what_an_answer_rests_on(own, base):
    (own / "facts.yaml").write_text("facts:\n  at home: {type: yes/no, from: [person], says: whether}\n", "utf-8")
    whole = read_folder(own, base).whole
    assert set(whole.facts) - set(base.facts) == {"at home"}
    assert whole.hashes["vocabulary"] != base.hashes["vocabulary"]


def test_what_is_said_again_is_left_out(own, base):
    (own / "facts.yaml").write_text("facts:\n  units: {type: yes/no, from: [person], says: whether}\n", "utf-8")
    (own / "codes.csv").write_text("set,system,code,from,to,source\ninfrared,CPT,97024,,,ours\n", "utf-8")
    (own / "home/policy.md").write_text(POLICY.replace("id: OWN", "id: NCD-270.6"), "utf-8")
    shelf = read_folder(own, base)
    assert [(complaint.path, complaint.line) for complaint in shelf.complaints] == [
        ("codes.csv", 2),
        ("facts.yaml", 2),
        ("home/policy.md", 2),
    ]
    assert shelf.whole.facts == base.facts
    assert shelf.whole.policies == base.policies
    assert shelf.whole.shared_codes == base.shared_codes


def test_a_second_name_that_is_taken_is_found_by_its_lint(own, base):
    (own / "facts.yaml").write_text(
        "facts:\n  aim: {type: yes/no, aka: [intent], from: [person], says: why}\n", "utf-8"
    )
    (complaint,) = lints.check(read_folder(own, base), date.min, only={"P006"})
    assert complaint.message == "the word 'intent' names both 'treatment intent' and 'aim'"
    assert (complaint.path, complaint.line) == ("facts.yaml", 2)


def test_a_whole_vocabulary_stands_alone(own):
    assert not stands_alone(own)
    (own / "facts.yaml").write_text("facts:\n  at home: {type: yes/no, from: [person], says: whether}\n", "utf-8")
    assert not stands_alone(own)
    (own / "facts.yaml").write_text("facts:\n  procedure: {type: code, column: procedure, from: [claim], says: x}\n")
    assert stands_alone(own)
    assert stands_alone(POLICIES)


def test_a_policy_among_the_shared_files_is_not_read(own, base):
    (own / "policy.md").write_text(POLICY.replace("id: OWN", "id: LOST"), "utf-8")
    shelf = read_folder(own, base)
    (complaint,) = shelf.complaints
    assert complaint.message == "a policy stands among the shared files"
    assert shelf.whole.policy("LOST") is None

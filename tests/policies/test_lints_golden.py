"""What each lint says: a folder that breaks one lint and no other, beside the words it must be told in."""

import os
from datetime import date
from pathlib import Path

import pytest

from claimwright.policies import lints, lock
from claimwright.policies.reading import read_folder
from claimwright.proving.lints import lint

GOLDEN = Path(__file__).parent / "golden"
AS_OF = date(2026, 11, 22)
FOLDERS = sorted(path for path in GOLDEN.iterdir() if path.is_dir())


def linted(folder):
    shelf = read_folder(folder)
    committed = folder / lock.NAME
    # folders that are not about the lock are locked as they are
    return lint(shelf, AS_OF, committed.read_text("utf-8") if committed.exists() else lock.lock(shelf))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_lint_says_what_is_wrong_where_and_what_to_do(folder):
    complaints = linted(folder).complaints
    said = "\n\n".join(str(complaint) for complaint in complaints) + "\n"
    expected = folder / "expected.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_breaks_the_lint_it_is_named_after_and_no_other(folder):
    assert {complaint.id for complaint in linted(folder).complaints} == {folder.name}


def test_every_lint_has_its_folder():
    assert [folder.name for folder in FOLDERS] == [page.id for page in lints.pages()]


def test_only_a_stale_check_is_a_warning():
    for folder in FOLDERS:
        found = linted(folder)
        assert bool(found.errors) == (folder.name != "P009")


def test_a_run_says_once_which_code_sets_it_could_not_check():
    notes = linted(GOLDEN / "P010").notes
    assert notes == ("P010: no release of CPT and HCPCS is loaded; their codes were checked in form only",)


def test_a_run_says_which_examples_it_did_not_run():
    assert linted(GOLDEN / "P005").notes[-1] == (
        "P002: the examples of ONE-UNIT were not run, because of the complaints above"
    )

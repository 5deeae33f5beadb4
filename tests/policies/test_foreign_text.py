"""P012: other people's words are known by hashes alone, and verbatim is what the federal government wrote."""

import re
from pathlib import Path

import pytest

from claimwright.policies.lints.p012_foreign_text import FEDERAL_HOSTS, is_federal
from claimwright.policies.lints.shingles import foreign, hashes, known, words

# invented for this test, in the manner of a descriptor
INVENTED = "Tickling of the patient(s), one or more toes, each fifteen minutes; with a feather or the like"
OURS = {"somebody": frozenset(hashes(INVENTED))}


def test_words_that_are_copied_are_found_with_line_and_length():
    text = "# A page\n\nThe code stands for tickling of the patient, 1 or more toes, and pays little.\n"
    assert list(foreign(text, OURS)) == [(3, 8, "somebody")]


def test_a_copy_is_found_over_a_line_break_and_whatever_its_marks():
    text = "each 15\nMINUTES -- *with* a feather"
    assert list(foreign(text, OURS)) == [(1, 6, "somebody")]


@pytest.mark.parametrize(
    "text",
    [
        "with a feather or the",  # five words may be an accident
        "toes are tickled with a feather for 15 minutes each",
        "a feather with",
        "",
    ],
)
def test_words_of_ones_own_are_not(text):
    assert list(foreign(text, OURS)) == []


def test_two_copies_are_two():
    text = f"{INVENTED}. In other words:\n{INVENTED}"
    assert [line for line, _, _ in foreign(text, OURS)] == [1, 2]


def test_numbers_and_endings_are_read_alike():
    assert words("One or more area(s), each fifteen minutes") == words("1 or more area, each 15 minutes")


def test_what_is_kept_are_hashes_and_nothing_else():
    assert {owner.split(" (")[0] for owner in known()} == {"the American Medical Association", "X12"}
    for kept in known().values():
        assert len(kept) > 1000
        assert all(re.fullmatch(r"[0-9a-f]{12}", one) for one in kept)


def test_nothing_of_the_project_is_somebody_elses():
    root = Path(__file__).parents[2]
    folders = ("src", "policies", "docs", "examples", "tests")
    read = [
        path for name in folders for path in (root / name).rglob("*") if path.suffix in {".py", ".md", ".csv", ".yaml"}
    ]
    assert len(read) > 100
    found = {str(path.relative_to(root)): list(foreign(path.read_text("utf-8"), known())) for path in read}
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://www.cms.gov/medicare-coverage-database/view/ncd.aspx?ncdid=315", True),
        ("https://uscode.house.gov/view.xhtml", True),
        ("https://www.health.mil/tricare", True),
        ("https://www.ilga.gov/legislation", False),  # a state's
        ("https://www.cityofaurora.gov/", False),
        ("https://cms.gov.example.org/", False),
        ("https://www.notcms.gov/", False),
        ("https://www.aapc.com/codes", False),
        ("the manual on my shelf", False),
        ("", False),
    ],
)
def test_a_federal_host_is_one_of_the_list_or_of_the_forces(source, expected):
    assert is_federal(source) is expected


def test_the_list_of_hosts_names_no_host_twice():
    assert all(host.count(".") == 1 and host.endswith(".gov") for host in FEDERAL_HOSTS)

"""One search over policies, clauses, codes, findings and facts."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from library_pages import said

from claimwright.desk.tables import Role
from claimwright.report.search import Kind, index


@pytest.fixture
def reader(signed) -> TestClient:
    return signed(Role.VIEWER)


def boxed(client: TestClient, words: str) -> list[dict[str, str]]:
    answer = client.get("/search.json", params={"q": words})
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("97026", "/library/codes/97026"),
        ("infrared", "/library/codes/97026"),
        ("NCD 270.6", "/library/policies/NCD-270.6"),
        ("ncd270.6", "/library/policies/NCD-270.6"),
        ("CLM-NCCI", "/library/findings/CLM-NCCI"),
        ("clm ncci", "/library/findings/CLM-NCCI"),
        ("treatment intent", "/library/facts/treatment%20intent"),
        ("E11.42", "/library/codes/E11.42"),
        ("e1142", "/library/codes/E11.42"),
        ("KX", "/library/codes/KX"),
    ],
)
def test_what_is_typed_by_its_name_comes_first(reader, typed, path):
    assert boxed(reader, typed)[0]["path"] == path


@pytest.mark.parametrize("typed", ["infrard", "neuropathie", "superv", "Infra"])
def test_a_word_half_typed_or_misspelt_is_found(reader, typed):
    assert boxed(reader, typed)


def test_clauses_are_found_by_their_sentences(library):
    found = index(library).find("monochromatic infrared energy", 20)
    assert any(one.entry.kind is Kind.CLAUSE and one.entry.name.startswith("NCD-270.6") for one in found)


def test_the_page_shows_the_same_without_scripts_and_says_when_there_is_nothing(reader):
    told = said(reader, "/search?q=neuropathy")
    assert "results for “neuropathy”" in told
    assert said(reader, "/search?q=qqqqzzzz").count("Nothing here is near that.") == 1
    assert "results" not in said(reader, "/search")


def test_every_result_leads_to_a_page(reader):
    paths = {
        one["path"] for words in ("infrared", "abn", "units", "plan of care", "59") for one in boxed(reader, words)
    }
    for path in paths:
        assert reader.get(path.partition("#")[0]).status_code == 200, path


def test_nothing_typed_becomes_markup_and_long_words_are_cut(reader):
    html = reader.get("/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in html
    assert reader.get("/search", params={"q": "infrared " * 5000}).status_code == 200


def test_the_box_answers_while_one_types(reader):
    typed = "infrared"
    for many in range(1, len(typed) + 1):
        found = boxed(reader, typed[:many])
        assert found, typed[:many]
    assert "infrared" in found[0]["title"].lower()

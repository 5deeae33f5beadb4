"""The library as an analyst reads it: policies, their days, their examples, findings and facts."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from fastapi.testclient import TestClient
from library_pages import links, said, section, words

from claimwright.desk.tables import Role
from claimwright.proving.prove import came_out
from claimwright.report.policy_document import anchor_of
from claimwright.web import app

NCD = "/library/policies/NCD-270.6"


@pytest.fixture
def reader(signed) -> TestClient:
    return signed(Role.VIEWER)


def test_the_index_names_every_policy_under_who_speaks_and_how_it_stands(reader, library):
    html = reader.get("/library").text
    for policy in library.policies:
        assert f"/library/policies/{policy.id}" in links(html)
    assert words(html).count("unverified") >= sum(policy.unverified for policy in library.policies)
    assert "Orders of authority" in words(html)


def test_every_policy_has_a_page_and_every_link_on_it_leads_somewhere(reader, library):
    known = set()
    for policy in library.policies:
        html = reader.get(f"/library/policies/{policy.id}").text
        assert policy.authority in words(html), policy.id
        known |= {urlsplit(one).path for one in links(html) if one.startswith("/library/")}
    for path in sorted(known):
        assert reader.get(path).status_code == 200, path


def test_a_policy_shows_its_document_with_each_clause_under_its_sentence(reader, library):
    html = reader.get(NCD).text
    policy = library.policy("NCD-270.6")
    document = html.partition('aria-labelledby="document"')[2].partition('aria-labelledby="compare"')[0]
    for clause in policy.clauses:
        assert f'id="{anchor_of(clause, policy)}"' in document
    assert "non-covered for the treatment" in words(document)
    assert "Pub. 100-03" in words(html)


def test_the_day_chooses_the_clauses_and_a_day_before_the_policy_says_which_silence_it_is(reader):
    after = section(reader.get(f"{NCD}?on=2006-10-24").text, "on-a-day")
    assert "nationally noncovered" in after
    before = section(reader.get(f"{NCD}?on=2006-10-23").text, "on-a-day")
    assert "nationally noncovered" not in before
    assert "2006-10-23" in before
    part = reader.get(f"{NCD}?on=2006-10-24", headers={"X-Part": "day"}).text
    assert part.lstrip().startswith('<div id="on-day">')
    assert "nationally noncovered" in words(part)
    assert "rite a day like 2026-03-10" in said(reader, f"{NCD}?on=yesterday", 422)


def test_two_days_are_compared_clause_by_clause(reader):
    told = section(reader.get(f"{NCD}?first=2006-10-01&last=2026-01-01").text, "compare")
    assert "From 2006-10-01 to 2026-01-01" in told
    assert "added NC in force since 2006-10-24" in told
    same = section(reader.get(f"{NCD}?first=2026-01-01&last=2026-02-01").text, "compare")
    assert "Nothing differs between these days." in same


def test_examples_are_run_here_and_each_says_whether_it_comes_out(reader, library):
    told = section(reader.get(NCD).text, "examples")
    count = len(library.policy("NCD-270.6").examples)
    assert f"All {count} come out" in told
    assert told.count("✓") == count


def test_an_example_that_does_not_come_out_is_shown_as_it_is(reader, library, monkeypatch):
    policy = library.policy("NCD-270.6")
    line = policy.examples[0].line

    def wrong(*given):
        return came_out(*given) | {line: ("answer: expected covered, got something else",)}

    monkeypatch.setattr("claimwright.desk.reading.came_out", wrong)
    told = section(reader.get(NCD).text, "examples")
    assert f"1 of {len(policy.examples)} do not come out." in told
    assert "expected covered, got something else" in told
    assert told.count("✗") == 1


def test_a_policy_that_nobody_could_read_says_so(reader, library):
    unread = next(policy for policy in library.policies if policy.unverified)
    told = said(reader, f"/library/policies/{unread.id}")
    assert "unverified nobody here has read the authority’s text" in told


def test_code_lists_are_narrowed_by_what_they_begin_with(reader, library):
    policy = next(one for one in library.policies if any(row.system == "ICD-10-CM" for row in one.codes))
    row = next(row for row in policy.codes if row.system == "ICD-10-CM")
    told = section(reader.get(f"/library/policies/{policy.id}?code={row.code[:3]}").text, "codes")
    assert row.set in told
    assert "No code of these lists begins so." in said(reader, f"/library/policies/{policy.id}?code=QQQ9")


def test_an_order_of_authority_has_a_page_too(reader, library):
    for program in library.orders:
        told = said(reader, f"/library/policies/{program.id}")
        assert "who is heard, first to last" in told
        assert ", ".join(program.ranks[0]) in told


def test_every_finding_has_a_page_with_the_sentence_it_stands_on(reader):
    html = reader.get("/library/findings").text
    paths = sorted(one for one in links(html) if one.startswith("/library/findings/"))
    assert len(paths) > 80
    for path in paths:
        assert unquote(path.rpartition("/")[2]) in said(reader, path)
    told = said(reader, "/library/findings/cov-ncd270.6")
    assert "non-covered for the treatment" in told
    assert "finding is called 'NOT-A-ONE'" in said(reader, "/library/findings/NOT-A-ONE", 404)


def test_every_fact_has_a_page_that_says_who_knows_it_and_who_reads_it(reader, library):
    html = reader.get("/library/facts").text
    for fact in (*library.facts.values(), *library.derived.values()):
        assert any(unquote(one) == f"/library/facts/{fact.name}" for one in links(html)), fact.name
    told = said(reader, "/library/facts/treatment%20intent")
    assert library.facts["treatment intent"].ask in told
    assert "Infrared therapy devices" in told
    assert "NC nationally noncovered" in told


def test_what_is_not_there_is_not_found_and_nothing_in_an_address_becomes_markup(reader):
    for path in ("policies", "findings", "facts", "codes"):
        answer = reader.get(f"/library/{path}/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
        assert answer.status_code == 404
        assert "<script>alert" not in answer.text


def test_guests_are_led_to_the_sign_in_unless_the_library_is_public(desk, visitor):
    for path in ("/library", NCD, "/library/findings", "/library/facts", "/search?q=abn"):
        assert visitor.get(path).headers["location"].startswith("/sign-in?next="), path
    with TestClient(app.made(desk, public_library=True), base_url="http://localhost", follow_redirects=False) as guest:
        for path in ("/library", NCD, "/library/findings", "/library/facts", "/search?q=abn", "/library/codes/97026"):
            assert guest.get(path).status_code == 200, path
        html = guest.get("/library").text
        assert "Worklist" not in html
        assert "Sign in" in html
        assert guest.get("/").status_code == 303

"""The library over HTTP, page by page and one by one."""

from __future__ import annotations

import desks
import pytest

from claimwright.policies.findings import findings

LISTS = {"policies": "id", "findings": "id", "facts": "name", "codes": "code"}


def every(program, name):
    found, cursor = [], None
    while True:
        page = program.get(f"/{name}", params={"limit": 17} | ({"cursor": cursor} if cursor else {})).json()
        assert len(page[name]) <= 17
        found += page[name]
        if (cursor := page["next"]) is None:
            return found


def test_pages_lead_through_all_there_is_once(program):
    library = desks.engine().library
    assert [one["id"] for one in every(program, "policies")] == sorted(one.id for one in library.policies)
    assert [one["id"] for one in every(program, "findings")] == list(findings(library))
    assert [one["name"] for one in every(program, "facts")] == sorted({**library.facts, **library.derived})
    codes = [one["code"] for one in every(program, "codes")]
    assert codes == sorted(set(codes))
    assert {"97026", "GP", "97110", "G0283"} <= set(codes)


@pytest.mark.parametrize("name", LISTS)
def test_what_is_listed_can_be_asked_for(program, name):
    for one in program.get(f"/{name}", params={"limit": 9}).json()[name]:
        answer = program.get(f"/{name}/{one[LISTS[name]]}")
        assert answer.status_code == 200
        assert answer.json()[LISTS[name]] == one[LISTS[name]]
    assert program.get(f"/{name}/NOWHERE").status_code == 404
    assert program.get(f"/{name}", params={"limit": 0}).status_code == 422


def test_a_policy_on_a_day_says_what_is_in_force(program):
    whole = program.get("/policies/NCD-270.6").json()
    today = program.get("/policies/NCD-270.6", params={"on": "2026-03-10"}).json()
    before = program.get("/policies/NCD-270.6", params={"on": "1990-01-01"}).json()
    assert "non-covered" in next(one["quote"] for one in today["clauses"] if one["id"] == "NC.coded")
    assert len(today["clauses"]) <= len(whole["clauses"])
    assert {one["id"] for one in before["clauses"]} == {"PRE"}
    assert "2006-10-24" in whole["changes"]


def test_a_code_is_told_with_its_warning_and_who_speaks_of_it(program):
    code = program.get("/codes/97026", params={"on": "2026-03-10"}).json()
    assert "NCD-270.6" in {one["policy"] for one in code["speaks"]}
    assert code["warnings"]
    assert code["timed"] is False
    assert program.get("/codes/m17.11").json()["kind"] == "diagnosis"
    edits = program.get("/codes/97140/edits", params={"on": "2026-03-10"})
    assert edits.status_code == 200
    assert edits.json()["release"] is None or edits.json()["edits"]


def test_a_fact_is_found_by_another_name(program):
    fact = next(one for one in desks.engine().library.facts.values() if one.aka)
    assert program.get(f"/facts/{fact.aka[0]}").json()["name"] == fact.name

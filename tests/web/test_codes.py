"""The look-up of a code: our own words, its units, its edits, who speaks of it, and what is never hidden."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from library_pages import links, said, section, words

from claimwright.desk.tables import Role
from claimwright.report.code_words import described, warnings
from claimwright.report.wording import CPT_NOTICE

SENTENCE = "is non-covered for the treatment, including symptoms such as pain arising from these conditions"


@pytest.fixture
def reader(signed) -> TestClient:
    return signed(Role.VIEWER)


def test_infrared_is_described_in_our_own_words_beside_the_warning_and_its_sentence(reader):
    told = said(reader, "/library/codes/97026")
    assert described()["97026"].words in told
    assert told.index("LKP-WOUND-WARN") < told.index("What it is"), "the warning comes first"
    assert SENTENCE in told
    assert CPT_NOTICE in told
    assert "That is no coverage." in told


@pytest.mark.parametrize("code", [one.code for one in warnings()])
def test_the_warning_is_shown_to_guests_too_and_the_rest_is_not(visitor, code):
    html = visitor.get(f"/library/codes/{code}").text
    assert "LKP-WOUND-WARN" in html
    assert SENTENCE in words(html)
    assert CPT_NOTICE in words(html)
    assert "Edits with partners" not in words(html).replace("to see its edits with partners", "")
    assert 'id="policies"' not in html
    assert f"/sign-in?next=/library/codes/{code}" in links(html)


def test_a_guest_is_not_told_which_codes_are_known(visitor):
    for code in ("E11.42", "ZZZZZZ"):
        assert visitor.get(f"/library/codes/{code}").status_code == 303


def test_units_say_timed_or_not_and_how_old_the_table_is(reader):
    assert "Untimed : once a session" in section(reader.get("/library/codes/97026").text, "units")
    assert "Timed : one unit stands for 15 minutes" in section(reader.get("/library/codes/97110").text, "units")
    inside = section(reader.get("/library/codes/97026?on=2024-08-01").text, "units")
    assert "practitioner 1" in inside
    assert "aged" not in inside
    assert "aged: its quarter ended before this day" in section(
        reader.get("/library/codes/97026?on=2026-03-01").text, "units"
    )


def test_edits_name_the_partner_who_is_paid_and_what_a_modifier_does(reader):
    first = section(reader.get("/library/codes/97026?on=2024-08-01&partner=97018").text, "edits")
    assert "97026 (column 1); 97018 is bundled 1: one may lift it" in first
    second = section(reader.get("/library/codes/97026?on=2024-08-01&partner=97024").text, "edits")
    assert "97024 (column 1); 97026 is bundled" in second
    none = section(reader.get("/library/codes/97026?on=2024-08-01&partner=97010").text, "edits")
    assert "No edit with a partner that begins so." in none
    assert "may still be edited" in none, "a table of some codes never acquits"
    infrared = section(reader.get("/library/codes/97026?on=2024-08-01").text, "edits")
    assert "column 1" in infrared
    assert "By " in infrared
    hospital = section(reader.get("/library/codes/97026?on=2024-08-01&setting=institutional").text, "edits")
    assert hospital != infrared
    assert "Edit status unknown" in section(reader.get("/library/codes/97026?on=1990-01-01").text, "edits")


def test_the_policies_that_speak_of_it_on_the_day_stand_apart_from_those_of_other_days(reader):
    now = section(reader.get("/library/codes/97026?on=2026-03-10").text, "policies")
    assert "NCD-270.6" in now.partition("On other days only")[0]
    then = section(reader.get("/library/codes/97026?on=2006-10-23").text, "policies")
    assert "nationally noncovered" in now.partition("On other days only")[0]
    assert "nationally noncovered" not in then.partition("On other days only")[0]
    assert "nationally noncovered" in then.partition("On other days only")[2]


def test_a_diagnosis_says_in_which_lists_it_stands_and_never_that_it_pays(reader):
    told = said(reader, "/library/codes/E11.42")
    assert "E11.42" in told
    assert "NCD-270.6" in told or "Infrared" in told
    assert "payable" not in told
    assert said(reader, "/library/codes/e1142") == told.replace("codes/E11.42", "codes/e1142")
    heading = said(reader, "/library/codes/M17")
    assert "M17.11" in heading


def test_a_modifier_has_a_page(reader):
    assert described()["KX"].words in said(reader, "/library/codes/kx")


def test_what_has_the_form_of_no_code_is_not_found(reader):
    for text in ("9702", "97026;DROP", "1234567890123", "%00"):
        assert reader.get(f"/library/codes/{text}").status_code in {404, 422}, text


def test_the_answer_to_a_deep_page_of_edits_is_its_last(reader):
    first = section(reader.get("/library/codes/97530?on=2024-08-01&at=1").text, "edits")
    assert "page 1 of" in first or "edit" in first
    assert reader.get("/library/codes/97530?on=2024-08-01&at=9999").status_code == 200
    assert reader.get("/library/codes/97530?on=2024-08-01&at=-3").status_code == 200

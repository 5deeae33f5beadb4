"""The page to hand on."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

from report_citations import NCD
from report_samples import ANSWERS, IDENTITY, NCD_LINE, PROBLEMS, QUIET_LINE, SUMMARY, answer, dollars, finding, ref

from claimwright.lines.answers import Severity
from claimwright.report.charts import Bar, bars, shares
from claimwright.report.html import line_page, page

VOID = {"meta", "br", "hr", "rect"}


class Outline(HTMLParser):
    """What a reader of the page meets: ids, links, headings, tags that are not closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.headings, self.tags, self.attributes = [], [], [], [], Counter(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        given = dict(attrs)
        self.attributes += given.items()
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()


WHOLE = page(IDENTITY, SUMMARY, ANSWERS)


def test_it_stands_alone():
    outline = Outline(WHOLE)
    assert not outline.tags["script"]
    assert not outline.tags["link"]
    assert not outline.tags["img"]
    assert "@import" not in WHOLE
    assert "url(" not in WHOLE
    assert not [name for name, _ in outline.attributes if name.startswith("on")]
    assert all(link.startswith(("#", "https://")) for link in outline.links)


def test_it_is_well_formed_and_its_links_lead_somewhere():
    outline = Outline(WHOLE)
    assert not outline.open
    assert len(outline.ids) == len(set(outline.ids))
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
    labels = {part for name, value in outline.attributes if name == "aria-labelledby" for part in value.split()}
    assert labels <= set(outline.ids)
    assert outline.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))


def test_it_says_what_a_biller_needs():
    for said in (
        "<h1>41 lines to fix</h1>",
        "Claim CW0310-015",
        "2 lines to fix · $123.50",
        "NATIONALLY NONCOVERED (likely, presumptive)",
        "documentation not seen",
        "denied though defensible",
        "<b>To do.</b> XS, or another X modifier",
        "a reading of ours (claimwright, 2026-11-22)",
        '<span class="mark">unverified</span>',
        "in force since 2006-10-24",
        "never checked against its text",
        "the practitioner table ends 2024-09-30; a hit is likely",
        "no policy loaded for payer",
        "For this application of infrared, what was treated?",
        "CPT is a registered trademark",
        "no descriptors are shown",
        "It promises no payment",
        "sha256:77aa01de",
        "The file ends inside claim CW0313-050",
    ):
        assert said in WHOLE, said


def test_quotation_marks_only_around_the_authority_s_own_words():
    lined = line_page(IDENTITY, NCD_LINE)
    assert "“the use of infrared" in lined
    assert '<span class="lead">our reading:</span> A claim shows' in lined
    assert "“A claim shows" not in lined
    assert "“" not in WHOLE


def test_a_line_with_only_a_warning_is_named_apart():
    assert 'id="risk-1"' in WHOLE
    assert WHOLE.index("Warnings on other lines") < WHOLE.index("CW0310-028/2<br>")


def test_a_limit_says_so():
    cut = page(IDENTITY, SUMMARY, iter(ANSWERS), limit=1, rest="See the CSV.")
    assert "3 more lines to fix are not shown here. See the CSV." in cut
    assert "CW0312-021" not in cut


def test_nothing_to_fix_promises_nothing():
    quiet = replace(SUMMARY, to_fix=dollars(0, 0), findings=(), problems=(), not_run=(), silences=(), withdrawn=0)
    said = page(IDENTITY, quiet, [QUIET_LINE])
    assert "<h1>Nothing found to fix</h1>" in said
    assert "570 lines could not be checked fully" in said
    assert "It promises no payment" in said
    assert not Outline(said).open


def test_hostile_text_is_only_text():
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=y>{{7*7}}\x1b\u202e"
    line = ref(hostile, procedure=hostile, payer=hostile, modifiers=(hostile,), points_to=(hostile,), service=hostile)
    citation = replace(NCD, source="javascript:alert(1)", title=hostile, quote=hostile, policy=hostile)
    answered = answer(
        line,
        findings=(finding(hostile, Severity.BLOCK, citation, hostile, would_change=hostile),),
        looked_at=(hostile,),
        difference=hostile,
        basis=((hostile, hostile),),
    )
    summary = replace(
        SUMMARY,
        files=(hostile,),
        by_payer=((hostile, dollars(1, 1), dollars(1, 1)),),
        findings=(replace(SUMMARY.findings[0], finding=hostile, clause=citation.clause, payer=hostile),),
        problems=(replace(PROBLEMS[0], message=hostile, help=hostile),),
        basis=((hostile, hostile),),
    )
    for said in (page(IDENTITY, summary, [answered]), line_page(IDENTITY, answered)):
        outline = Outline(said)
        assert not outline.tags["script"]
        assert not outline.tags["img"]
        assert not outline.open
        assert not [link for link in outline.links if link.startswith("javascript")]
        assert "{{7*7}}" in said
        assert not set(said) & set("\x1b\u202e")


def test_a_chart_says_its_numbers_to_a_screen_reader():
    drawn = bars("Lines & more", [Bar("a<b", 3, "3"), Bar("none", 0, "0"), Bar("part", 4, "1 of 4", "fix", 1)], 7)
    assert '<desc id="chart7-said">a&lt;b: 3; none: 0; part: 1 of 4</desc>' in drawn
    assert "Lines &amp; more" in drawn
    assert drawn.count("<rect") == 4
    assert 'width="0.0"' in drawn, "nothing is drawn as nothing"
    assert bars("empty", [], 1).count("<rect") == 0
    assert shares("all", [Bar("x", 0, "0")], 1).count("<rect") == 0
    assert "…" in bars("long", [Bar("x" * 60, 1, "1")], 1)

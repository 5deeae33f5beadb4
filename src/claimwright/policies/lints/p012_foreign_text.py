"""P012: text that must not be here: other people's words, and words called verbatim that are not the government's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from claimwright.documents.complaints import Complaint
from claimwright.policies.lints.page import Page
from claimwright.policies.lints.shingles import foreign, known
from claimwright.policies.lints.walk import document
from claimwright.policies.model import Fact, Policy
from claimwright.policies.shelf import CODES, FACTS, NUMBERS, Shelf

PAGE = Page(
    id="P012",
    name="foreign-text",
    checks=(
        "`quote: verbatim` stands only on text of the United States government: an instrument that a federal authority "
        "writes itself (statute, NCD, manual, coding, edit), read at a federal host (cms.gov, hhs.gov, ecfr.gov, "
        "federalregister.gov, govinfo.gov and the others listed in the lint, or any .mil). Contractors write local "
        "determinations and their articles, states their mandates, and .gov serves states and towns as well. No "
        "document, source column, number or fact holds six words in a row of a CPT descriptor or of an X12 reason or "
        "remark text, as far as hashes of such texts are known here. A warning, no more, where the wording looks like "
        "a descriptor: `CPT®`, or a code followed by “each 15 minutes”."
    ),
    why=(
        "CPT descriptors belong to the American Medical Association, the texts of reason and remark codes to X12, a "
        "payer's policy to the payer. Codes and dates are facts and may stand; words have to be our own. And a reader "
        "takes what is called verbatim for the authority's own sentence."
    ),
    wrong="""
source: https://www.aetna.com/cpb/medical/data/600_699/0604.html
quote: verbatim
""",
    right="""
source: https://www.aetna.com/cpb/medical/data/600_699/0604.html
quote: paraphrase
""",
)

# Whose own text is a work of the United States government, and so free to be quoted (17 U.S.C. § 105). Hosts are named
# one by one, because .gov is shared with states and towns, whose texts are no such works; .mil is federal alone.
FEDERAL_HOSTS = frozenset(
    {
        "ahrq.gov",
        "cdc.gov",
        "cms.gov",
        "congress.gov",
        "dol.gov",
        "ecfr.gov",
        "fda.gov",
        "federalregister.gov",
        "gao.gov",
        "govinfo.gov",
        "hhs.gov",
        "house.gov",  # the United States Code
        "macpac.gov",
        "medicaid.gov",
        "medicare.gov",
        "medpac.gov",
        "nih.gov",
        "opm.gov",
        "reginfo.gov",
        "regulations.gov",
        "ssa.gov",
        "va.gov",
    }
)
# What a federal authority writes itself. A contractor's determination is the contractor's text, though CMS shows it; a
# mandate is a state's; the rest belongs to a payer.
FEDERAL_INSTRUMENTS = ("statute", "NCD", "manual", "coding", "edit")
_HINTS = (
    (re.compile(r"\bCPT\s*(?:®|\(R\))", re.IGNORECASE), "CPT is written with its mark, as beside a descriptor"),
    (
        re.compile(
            r"\b\d{4}[0-9AFTUM]\b[^|\n]{0,80}\beach (?:additional )?(?:15|30|60|fifteen|thirty|sixty) min",
            re.IGNORECASE,
        ),
        "a code is followed by “each … minutes”, as in a descriptor",
    ),
)
_OWN_WORDS = "say it in your own words; codes and dates may stand"


def complaints(shelf: Shelf, _: date) -> Iterator[Complaint]:
    for policy in shelf.library.policies:
        yield from _verbatim(policy)
    for read in shelf.documents.values():
        yield from _foreign(read.text, read.path)
    for path, line, text in _tables(shelf):
        yield from (replace(complaint, line=line) for complaint in _foreign(text, path))


def _verbatim(policy: Policy) -> Iterator[Complaint]:
    if policy.quote != "verbatim":
        return
    line = policy.front_line.get("quote", 1)
    advice = "restate it in your own words, and write `quote: paraphrase`"
    if policy.instrument not in FEDERAL_INSTRUMENTS:
        message = f"{policy.id} quotes verbatim, and the text of a {policy.instrument} is not the federal government's"
        yield Complaint(document(policy), line, "P012", message, advice)
    elif not is_federal(policy.source):
        message = f"{policy.id} quotes verbatim, and {policy.source} is no known host of the federal government"
        yield Complaint(document(policy), line, "P012", message, f"name the federal page as its source, or {advice}")


def is_federal(source: str) -> bool:
    """Whether a link leads to a host of the United States government.

    >>> is_federal("https://www.cms.gov/x"), is_federal("https://cms.gov.example.org/x"), is_federal("https://ilga.gov")
    (True, False, False)
    """
    host = (urlsplit(source).hostname or "").lower()
    names = host.split(".")
    return names[-1] == "mil" or ".".join(names[-2:]) in FEDERAL_HOSTS


def _foreign(text: str, path: str) -> Iterator[Complaint]:
    for line, length, owner in foreign(text, known()):
        message = f"{length} words in a row are those of {owner}"
        yield Complaint(path, line, "P012", message, _OWN_WORDS)
    for number, content in enumerate(text.split("\n"), 1):
        for hint, what in _HINTS:
            if hint.search(content):
                yield Complaint(path, number, "P012", what, _OWN_WORDS, warning=True)


def _tables(shelf: Shelf) -> Iterator[tuple[str, int, str]]:
    """Path, line and text of whatever words stand beside the documents."""
    library = shelf.library
    for fact in library.facts.values():
        yield FACTS, fact.line, _words(fact)
    for derived in library.derived.values():
        yield FACTS, derived.line, f"{derived.says} · {derived.cite} · {derived.ask} · {derived.who}"
    yield from ((CODES, row.line, row.source) for row in library.shared_codes)
    yield from ((NUMBERS, row.line, row.source) for row in library.numbers)
    for policy in library.policies:
        yield from ((f"{policy.path}/{CODES}", row.line, row.source) for row in policy.codes)


def _words(fact: Fact) -> str:
    meanings = (text for pair in fact.values for text in pair)
    return " · ".join((fact.says, fact.ask, fact.who, *fact.aka, *meanings))

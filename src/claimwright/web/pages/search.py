"""The search: a page that works without scripts, and the same as JSON for the box in the header."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from claimwright.desk.reading import Reading
from claimwright.report import code_facts
from claimwright.report.search import Entry, Found, Kind
from claimwright.web.look_ups import LONGEST, MayLook, TheReading
from claimwright.web.looks import page

router = APIRouter(dependencies=[MayLook], include_in_schema=False)
BOX, PAGE = 8, 60  # results in the header's box, and on the page


@router.get("/search")
def search(request: Request, reading: TheReading, q: str = "") -> Response:
    words = q.strip()[:LONGEST]
    found = results(reading, words, PAGE)
    groups = [(kind, [one for one in found if one.entry.kind is kind]) for kind in Kind]
    order = sorted((one for one in groups if one[1]), key=lambda one: -max(each.weight for each in one[1]))
    return page(request, "search.html.j2", q=words, groups=order, count=len(found))


@router.get("/search.json")
def box(reading: TheReading, q: str = "") -> Response:
    found = results(reading, q.strip()[:LONGEST], BOX)
    told = [
        {"kind": one.entry.kind.value, "name": one.entry.name, "title": one.entry.title, "path": one.entry.path}
        for one in found
    ]
    return JSONResponse(told)


def results(reading: Reading, words: str, most: int) -> list[Found]:
    """What the index finds; a code that only tables or lists have comes first, for no index holds them all."""
    found = reading.index.find(words, most)
    if words and not any(one.entry.name == words.upper() for one in found):
        code = code_facts.known(words, reading.library, reading.releases) if " " not in words else None
        if code is not None:
            entry = Entry(Kind.CODE, code.shown, f"{code.kind} code", f"/library/codes/{code.shown}", "")
            return [Found(entry, 100.0), *found][:most]
    return found

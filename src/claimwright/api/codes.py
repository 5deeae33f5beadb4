"""Codes: what they are in our own words, their units, and who speaks of them. No text of the AMA is among them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from claimwright.api.callers import Reader, TheDesk
from claimwright.api.pages import Cursor, Limit, cut
from claimwright.api.problems import RefusedError, responses
from claimwright.lines.case_values import Day
from claimwright.policies.model import Library
from claimwright.reference.partners import Edit, edits_of
from claimwright.report import code_facts
from claimwright.report.code_facts import Code, Spoken
from claimwright.report.code_words import described

router = APIRouter(tags=["library"])
Setting = Literal["professional", "institutional"]
_PROCEDURES = frozenset({"CPT", "HCPCS", "modifier"})


class CodeInfo(BaseModel):
    """A procedure or a modifier that policies here name. `name` is empty where there are no words of our own."""

    code: str
    kind: Literal["procedure", "modifier"]
    name: str


class CodePage(BaseModel):
    """Codes in their order. `next` leads to those after them, and is null at the end."""

    codes: list[CodeInfo]
    next: str | None = Field(examples=["97026"])


class Warned(BaseModel):
    """What must be said with the code, whoever asks, and the clause whose sentence stands behind it."""

    says: str
    policy: str
    clause: str


class Most(BaseModel):
    """The most units of a code in a setting; null where it is not known, and `why` says why."""

    setting: str
    units: int | None
    counted: str
    release: str
    aged: bool = Field(description="The table ended before the day.")
    why: str


class Stands(BaseModel):
    """A set of codes in which it stands on the day; `policy` is null where policies share it."""

    set: str
    policy: str | None
    source: str


class Speaks(BaseModel):
    """A policy that speaks of the code on the day, and by which of its clauses."""

    policy: str
    title: str
    clauses: list[str]


class CodeFacts(BaseModel):
    """A code on a day. `timed` is null where no list here says whether its units are 15 minutes."""

    code: str
    kind: Literal["procedure", "diagnosis", "modifier"]
    on: date
    name: str
    words: str
    uses: str
    warnings: list[Warned]
    timed: bool | None
    most_units: list[Most]
    sets: list[Stands]
    speaks: list[Speaks]


class PairEdit(BaseModel):
    """An edit with a partner. The code in column 2 is not paid beside that in column 1, unless a modifier lifts it."""

    partner: str
    column: int = Field(description="In which the partner stands: 1 or 2.")
    lifted_by_modifier: bool
    first_day: date | None
    last_day: date | None
    rationale: str


class EditPage(BaseModel):
    """Edits by partner. `release` is null where no table of the setting is loaded; then nothing is known of edits."""

    edits: list[PairEdit]
    release: str | None
    aged: bool = Field(description="The table ended before the day: it may accuse, and never acquits.")
    next: str | None = Field(examples=["97140"])


@router.get("/codes", responses=responses(401, 403, 422, 429, 503))
def list_codes(desk: TheDesk, _: Reader, limit: Limit = 50, cursor: Cursor = None) -> CodePage:
    """The procedures and modifiers that policies here name, page by page."""
    found, after = cut(sorted((one.code, one) for one in _listed(desk.engine.library)), limit, cursor)
    return CodePage(codes=found, next=after)


@router.get("/codes/{code}", responses=responses(401, 403, 404, 422, 429, 503))
def show_code(
    desk: TheDesk,
    _: Reader,
    code: Annotated[
        str,
        Path(description="A procedure, a modifier or a diagnosis.", min_length=1, max_length=12, examples=["97026"]),
    ],
    on: Annotated[Day | None, Query(description="The day; today, by default.", examples=["2026-03-10"])] = None,
) -> CodeFacts:
    """A code on a day: what it is, its units, the sets in which it stands, and who speaks of it."""
    library, releases = desk.engine.library, desk.engine.releases
    day = on or desk.now().date()
    found = code_facts.known(code, library, releases)
    if found is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, "no list and no policy here has such a code")
    procedure = found.kind == "procedure"
    most = code_facts.most_units(found, releases, day) if procedure else ()
    return CodeFacts(
        code=found.shown,
        kind=found.kind,
        on=day,
        name=found.words.name if found.words else "",
        words=found.words.words if found.words else "",
        uses=found.words.uses if found.words else "",
        warnings=[
            Warned(says=one.warned.words, policy=one.warned.policy, clause=one.warned.clause) for one in found.warnings
        ],
        timed=code_facts.unit_rule(found, library, day).timed if procedure else None,
        most_units=[
            Most(
                setting=one.setting, units=one.value, counted=one.level, release=one.release, aged=one.aged, why=one.why
            )
            for one in most
        ],
        sets=_sets(found, library, day),
        speaks=[_speaks(one) for one in code_facts.spoken(found, library, day)[0]],
    )


@router.get("/codes/{code}/edits", responses=responses(401, 403, 404, 422, 429, 503))
def list_edits(
    desk: TheDesk,
    _: Reader,
    code: Annotated[
        str, Path(description="A procedure.", min_length=5, max_length=5, pattern="^[0-9A-Z]{5}$", examples=["97140"])
    ],
    on: Annotated[Day | None, Query(description="The day; today, by default.", examples=["2026-03-10"])] = None,
    setting: Annotated[Setting, Query(description="Whose edits.", examples=["professional"])] = "professional",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> EditPage:
    """The pair edits of a procedure on a day, page by page."""
    found = edits_of(desk.engine.releases, code, setting, on or desk.now().date())
    some, after = cut(((f"{one.partner} {one.column}", one) for one in found.edits), limit, cursor)
    return EditPage(
        edits=[_edit(one) for one in some],
        release=str(found.release.id) if found.release else None,
        aged=found.aged,
        next=after,
    )


def _edit(one: Edit) -> PairEdit:
    return PairEdit(
        partner=one.partner,
        column=one.column,
        lifted_by_modifier=one.indicator == 1,
        first_day=one.first,
        last_day=one.last,
        rationale=one.rationale,
    )


def _listed(library: Library) -> Iterable[CodeInfo]:
    words = described()
    rows = (*library.shared_codes, *(row for policy in library.policies for row in policy.codes))
    named = {row.code for row in rows if row.system in _PROCEDURES and row.code.isalnum()}
    for code in named | words.keys():
        name = words[code].name if code in words else ""
        yield CodeInfo(code=code, kind="modifier" if len(code) == 2 else "procedure", name=name)


def _sets(code: Code, library: Library, day: date) -> list[Stands]:
    return [
        Stands(set=one.row.set, policy=one.where or None, source=one.row.source)
        for one in code_facts.sets_of(code, library)
        if day in one.row.span
    ]


def _speaks(one: Spoken) -> Speaks:
    clauses = list(dict.fromkeys(each.clause.id for each in one.clauses))
    return Speaks(policy=one.policy.id, title=one.policy.title, clauses=clauses)

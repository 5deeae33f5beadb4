"""The lines to work: the list, what is done with several at once, saved filters, and the list as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from claimwright.api.callers import TheDesk
from claimwright.desk import acting, list_query, lists, saved, trail
from claimwright.desk.acting import DOINGS, Doing
from claimwright.desk.desk import Desk
from claimwright.desk.list_query import Query
from claimwright.desk.lists import EXPORTED, Asker
from claimwright.desk.people import RefusedError
from claimwright.desk.rights import Actor
from claimwright.desk.tables import Batch, LineState, Person, WorkState, is_id
from claimwright.lines.answers import Severity
from claimwright.report.as_csv import BOM, inert
from claimwright.web.browsers import Reader, Sender, Working
from claimwright.web.looks import page

router = APIRouter()
ASSIGN_ME = "assign to me"  # one button that is an action and whom it is for
SHOWN = 20  # lines that a question for certainty names
OLDER = (7, 14, 30, 60, 90, 180, 365)
Back = Annotated[str, Form()]
_CALLED = {"state": "check"}  # as the list calls it
DOLLARS = (50, 100, 250, 500, 1000)
DID = {
    "hold": "Held",
    "dismiss": "Dismissed, which makes no line clean",
    "reopen": "Open again",
    "assign": "Assigned",
    "release": "Released",
    "fact": "Recorded and checked again",
    "change": "Changed and checked again",
    "undo": "Taken back and checked again",
    "comment": "Remark added",
}


def doing_of(action: str) -> Doing:
    """What a button does. Raises RefusedError."""
    doing = DOINGS.get("assign" if action == ASSIGN_ME else action)
    if doing is None:
        raise RefusedError("choose what to do")
    return doing


def query_of(address: str) -> Query:
    """The query that a form carries to come back to it."""
    return list_query.read(dict(parse_qsl(address, keep_blank_values=True)))


def address_of(path: str, query: Query, **more: str) -> str:
    found = "&".join(part for part in (query.address, *(f"{name}={value}" for name, value in more.items())) if part)
    return f"{path}?{found}" if found else path


def asker_of(desk: Desk, actor: Actor) -> Asker:
    return Asker(actor.id, desk.now())


@router.get("/worklist")
def show(request: Request, desk: TheDesk, browser: Reader) -> Response:
    query = list_query.read(request.query_params)
    return _page(request, desk, browser.actor, query)


def _page(
    request: Request, desk: Desk, actor: Actor, query: Query, *, wrong: str = "", status: HTTPStatus = HTTPStatus.OK
) -> Response:
    asker = asker_of(desk, actor)
    with desk.database.reading() as session:
        found = lists.page(session, query, asker)
        facets = lists.facets(session, query, asker)
        searched = lists.searched(session, actor.id, query.words) if query.words else ""
        given: dict[str, Any] = {
            "listed": found,
            "facets": facets,
            "chips": _chips(session, query, searched),
            "searched": searched,
            "filters": saved.filters(session, actor),
            "workers": acting.workers(session),
            "batches": lists.batches(session),
        }
    return page(
        request,
        "worklist.html.j2",
        status,
        query=query,
        wrong=wrong,
        did=DID.get(request.query_params.get("did", ""), ""),
        left=_number(request.query_params.get("left", "")),
        many=_number(request.query_params.get("many", "")),
        older=OLDER,
        dollars=DOLLARS,
        most=acting.MOST,
        severities=[severity.value for severity in Severity],
        **given,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _chips(session: Session, query: Query, searched: str) -> list[tuple[str, str]]:
    """What the list is filtered by, in words, and the address without it."""
    chips = []
    for name in ("state", "work", "batch", "severity", "finding", "clause", "payer", "provider", "procedure"):
        value = getattr(query, name)
        if value:
            words = value
            if name == "batch":
                batch = session.get(Batch, value)
                words = batch.name if batch else "unknown"
            chips.append((f"{_CALLED.get(name, name)}: {words}", query.but(**{name: ""}).address))
    if query.assigned:
        person = session.get(Person, query.assigned)
        chips.append((f"assigned to {person.name if person else query.assigned}", query.but(assigned="").address))
    if query.older:
        chips.append((f"{query.older} days old or more", query.but(older=0).address))
    if query.dollars:
        chips.append((f"charge ${query.dollars} or more", query.but(dollars=0).address))
    if query.words:
        words = f"claim has “{searched}”" if searched else "a search that has ended: search again"
        chips.append((words, query.but(words="").address))
    return chips


@router.post("/worklist/act")
def act(
    request: Request,
    desk: TheDesk,
    browser: Working,
    action: Annotated[str, Form()] = "",
    line: Annotated[list[str] | None, Form()] = None,
    lines: Annotated[str, Form()] = "",
    whole: Annotated[str, Form()] = "",
    sure: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "me",
    back: Back = "",
) -> Response:
    """Do one thing with the lines that were chosen, each `id:version`; those changed meanwhile are left.

    More than one are first counted and named, for somebody to be `sure`. `whole` chooses all of the list.
    """
    query = query_of(back)
    try:
        doing = doing_of(action)
        chosen = (
            _all(desk, browser.actor, query) if whole else [_chosen(text) for text in (*(line or ()), *lines.split())]
        )
        if len(chosen) > 1 and not sure:
            acting.fit(doing, len(chosen), why)
            return _sure(request, desk, browser.actor, query, Batched(doing, tuple(chosen), why, action, to))
        to = "me" if action == ASSIGN_ME else to
        left = acting.done(desk, browser.actor, chosen, doing, why=why, to=to)
    except RefusedError as error:
        return _page(request, desk, browser.actor, query, wrong=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    more = {"did": doing.name, "many": str(len(chosen) - left), **({"left": str(left)} if left else {})}
    return RedirectResponse(address_of("/worklist", query, **more), HTTPStatus.SEE_OTHER)


@dataclass(frozen=True)
class Batched:
    """What somebody is about to do with several lines."""

    doing: Doing
    lines: tuple[tuple[str, int], ...]
    why: str
    action: str
    to: str


def _all(desk: Desk, actor: Actor, query: Query) -> list[tuple[str, int]]:
    with desk.database.reading() as session:
        return lists.chosen(session, query.here, asker_of(desk, actor), acting.MOST + 1)


def _sure(request: Request, desk: Desk, actor: Actor, query: Query, asked: Batched) -> Response:
    """How many lines it is about, and which, before anything is done."""
    with desk.database.reading() as session:
        shown = lists.named(session, [line for line, _ in asked.lines[:SHOWN]], asker_of(desk, actor))
        person = session.get(Person, asked.to) if asked.action == "assign" else None
    return page(
        request,
        "worklist-sure.html.j2",
        query=query,
        asked=asked,
        shown=shown,
        whom=person.name if person else "you" if asked.doing.name == "assign" else "",
        verb=asked.doing.name.capitalize(),
        chosen=" ".join(f"{line}:{version}" for line, version in asked.lines),
    )


def _chosen(text: str) -> tuple[str, int]:
    line, _, version = text.partition(":")
    if not is_id(line) or not version.isascii() or not version.isdigit() or len(version) > 9:
        raise RefusedError("these lines cannot be read; load the list and choose again")
    return line, int(version)


@router.post("/worklist/search")
def search(
    request: Request, desk: TheDesk, browser: Sender, words: Annotated[str, Form()] = "", back: Back = ""
) -> Response:
    """A claim's number stands in no address: it is kept, and the address has what it is kept under."""
    query = query_of(back)
    try:
        with desk.database.writing() as session:
            found = saved.search(session, browser.actor, words)
    except RefusedError as error:
        return _page(request, desk, browser.actor, query, wrong=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(address_of("/worklist", query.but(words=found)), HTTPStatus.SEE_OTHER)


@router.post("/worklist/filters")
def save(
    request: Request,
    desk: TheDesk,
    browser: Sender,
    name: Annotated[str, Form()] = "",
    shared: Annotated[str, Form()] = "",
    back: Back = "",
) -> Response:
    query = query_of(back)
    try:
        with desk.database.writing() as session:
            saved.saved(session, desk.now(), browser.actor, name=name, query=query, shared=bool(shared))
    except RefusedError as error:
        return _page(request, desk, browser.actor, query, wrong=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(address_of("/worklist", query), HTTPStatus.SEE_OTHER)


@router.post("/worklist/filters/delete")
def delete(
    request: Request, desk: TheDesk, browser: Sender, of: Annotated[str, Form()] = "", back: Back = ""
) -> Response:
    query = query_of(back)
    try:
        with desk.database.writing() as session:
            saved.deleted(session, desk.now(), browser.actor, of)
    except RefusedError as error:
        return _page(request, desk, browser.actor, query, wrong=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(address_of("/worklist", query), HTTPStatus.SEE_OTHER)


@router.post("/worklist/export")
def export(desk: TheDesk, browser: Working, back: Back = "") -> Response:
    """The list as a table, every line of it; no cell is a formula to a spreadsheet."""
    query, asker = query_of(back).here, asker_of(desk, browser.actor)
    with desk.database.writing() as session:
        text = "".join(_rows(session, query, asker))
        lines = text.count("\r\n") - 1
        trail.record(session, desk.now(), browser.actor.name, "list exported", detail={"lines": lines})
    headers = {"Content-Disposition": 'attachment; filename="worklist.csv"'}
    return Response(text.encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=headers)


def _rows(session: Session, query: Query, asker: Asker) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")

    def taken() -> str:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text

    yield BOM
    names = {"service": "date of service", "at_risk": "at risk", "coded": "as coded", "documented": "as documented"}
    writer.writerow([names.get(name, name) for name in (*EXPORTED, "assigned", "batch")])
    yield taken()
    for row in session.execute(lists.everything(query, asker, session)):
        told = {**row._asdict(), "severity": severity_words(row.severity)}
        writer.writerow([inert(_cell(told[name])) for name in (*EXPORTED, "assigned", "batch")])
        yield taken()


def _cell(value: object) -> str:
    if isinstance(value, (LineState, WorkState)):
        return value.value
    return "" if value is None else str(value)


def severity_words(place: int) -> str:
    return list(Severity)[place].value if place < len(Severity) else ""

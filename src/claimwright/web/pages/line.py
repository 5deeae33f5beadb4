"""A line's page: its answer, all that stands around it, and what somebody does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from claimwright.api.callers import TheDesk
from claimwright.desk import acting, corrections, kept, line_view, list_query, lists, recording
from claimwright.desk.desk import Desk
from claimwright.desk.list_query import Query
from claimwright.desk.people import RefusedError
from claimwright.desk.rechecking import StaleError
from claimwright.desk.rights import Actor
from claimwright.desk.tables import Batch, Person, WorkLine, is_id
from claimwright.policies.model import Library
from claimwright.report.note_faces import lines_of
from claimwright.report.note_view import NoteView, Supported
from claimwright.web.browsers import Reader, Working
from claimwright.web.looks import page
from claimwright.web.pages.batches import Identity
from claimwright.web.pages.worklist import ASSIGN_ME, DID, address_of, asker_of, doing_of, query_of

router = APIRouter()
_STALE = "Somebody else changed this line since you opened it. Look again, and repeat what you want."
_ASKED = 8  # facts that are offered at once; any other can be chosen
Text = Annotated[str, Form()]


@dataclass(frozen=True)
class Sent:
    """What every form of the page carries: whose it is, and the line's version when it was looked at."""

    desk: Desk
    actor: Actor
    version: int
    query: Query
    next: str  # the line that came after it then; once it is done it may stand elsewhere in the list


def sent(
    desk: TheDesk,
    browser: Working,
    version: Text = "",
    back: Text = "",
    next: Text = "",  # noqa: A002 - as the form calls it
) -> Sent:
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return Sent(desk, browser.actor, number, query_of(back), next if is_id(next) else "")


ASent = Annotated[Sent, Depends(sent)]


@router.get("/lines/{line}")
def show(request: Request, desk: TheDesk, browser: Reader, line: Identity) -> Response:
    query = list_query.read(request.query_params)
    fact = request.query_params.get("fact", "")
    return _page(request, desk, browser.actor, line, query, typed={"fact": fact} if fact else {})


@router.post("/lines/{line}/act")
def act(request: Request, line: Identity, given: ASent, action: Text = "", why: Text = "", to: Text = "me") -> Response:
    def do() -> None:
        whom, one = "me" if action == ASSIGN_ME else to, [(line, given.version)]
        if acting.done(given.desk, given.actor, one, doing_of(action), why=why, to=whom):
            raise StaleError

    return _done(request, line, given, do, "assign" if action == ASSIGN_ME else action, typed={"act_why": why})


@router.post("/lines/{line}/facts")
def record(
    request: Request,
    line: Identity,
    given: ASent,
    fact: Text = "",
    value: Text = "",
    source: Text = "",
    where: Text = "",
) -> Response:
    def do() -> None:
        acting.told(given.desk, given.actor, line, given.version, fact=fact, value=value, source=source, where=where)

    typed = {"fact": fact, "value": value, "source": source, "where": where}
    return _done(request, line, given, do, "fact", typed=typed)


@router.post("/lines/{line}/changes")
def change(
    request: Request, line: Identity, given: ASent, field: Text = "", now: Text = "", why: Text = ""
) -> Response:
    def do() -> None:
        acting.changed(given.desk, given.actor, line, given.version, field=field, now=now, why=why)

    return _done(request, line, given, do, "change", typed={"field": field, "now": now, "why": why})


@router.post("/lines/{line}/undo")
def undo(request: Request, line: Identity, given: ASent, of: Text = "") -> Response:
    def do() -> None:
        acting.undone(given.desk, given.actor, line, given.version, of)

    return _done(request, line, given, do, "undo", typed={})


@router.post("/lines/{line}/remarks")
def remark(request: Request, line: Identity, given: ASent, text: Text = "") -> Response:
    def do() -> None:
        acting.remarked(given.desk, given.actor, line, text)

    return _done(request, line, given, do, "comment", typed={"text": text})


def _done(
    request: Request, line: str, given: Sent, do: Callable[[], None], did: str, *, typed: Mapping[str, str]
) -> Response:
    """Do it, and show the line again; where it cannot be done, with why, and with all that was typed."""
    try:
        do()
    except StaleError:
        status, wrong = HTTPStatus.CONFLICT, _STALE
    except RefusedError as error:
        status, wrong = HTTPStatus.UNPROCESSABLE_ENTITY, str(error)
    else:
        more = {"did": did, **({"next": given.next} if given.next else {})}
        return RedirectResponse(address_of(f"/lines/{line}", given.query, **more), HTTPStatus.SEE_OTHER)
    return _page(request, given.desk, given.actor, line, given.query, typed=typed, wrong=wrong, status=status)


def _page(
    request: Request,
    desk: Desk,
    actor: Actor,
    id_: str,
    query: Query,
    *,
    typed: Mapping[str, str],
    wrong: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    asker = asker_of(desk, actor)
    library = desk.engine.library
    with desk.database.reading() as session:
        line = session.get(WorkLine, id_)
        if line is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "there is no such line; it may be gone with its batch")
        answer = kept.unpacked(line.answer)
        around = line_view.around(desk, session, line, answer)
        facts, changes = line_view.records(session, line, library, around.claim_lines)
        before, after = lists.neighbours(session, query.here, asker, line.id)
        was_next = request.query_params.get("next", "")
        if is_id(was_next) and session.get(WorkLine, was_next) is not None:
            after = was_next
        given: dict[str, Any] = {
            "line": line,
            "answer": answer,
            "around": around,
            "facts": facts,
            "changes": changes,
            "stops": corrections.of_line(desk, session, line),
            "remarks": line_view.remarks(session, line),
            "history": line_view.trail_of(session, line),
            "batch": session.get_one(Batch, line.batch_id),
            "assigned": _assigned(session, line, asker),
            "workers": acting.workers(session),
            "before": before,
            "after": after,
        }
    recorded = {one.what for one in facts if not one.undone}
    asked = [one for one in recording.first_asked(library, answer) if one.name not in recorded][:_ASKED]
    return page(
        request,
        "work-line.html.j2",
        status,
        query=query.here,
        age=lists.age(line.service, asker.now.date()),
        asked=asked,
        chosen=_chosen(library, typed.get("fact", ""), {one.name for one in asked} | recorded),
        every=[one for one in recording.all_asked(library) if one.name not in recorded],
        lines_of=lines_of,
        words_of=_words_of,
        sources=recording.SOURCES,
        carry=parse_qsl(query.here.address, keep_blank_values=True),
        typed=typed,
        wrong=wrong,
        did=DID.get(request.query_params.get("did", ""), ""),
        **given,
    )


def _chosen(library: Library, word: str, offered: set[str]) -> recording.Asked | None:
    """A fact that somebody chose from the whole list, unless it is offered anyway."""
    try:
        found = recording.named(library, word) if word else None
    except RefusedError:
        return None
    return found if found is not None and found.name not in offered else None


def _words_of(shown: NoteView) -> Callable[[Supported], list[str]]:
    return lambda one: [shown.told.text[start:end] for start, end in one.spans]


def _assigned(session: Session, line: WorkLine, asker: lists.Asker) -> str:
    """Whose the line is by now."""
    if line.assigned_to is None or line.assigned_until is None or line.assigned_until <= asker.now:
        return ""
    person = session.get(Person, line.assigned_to)
    return person.name if person else ""

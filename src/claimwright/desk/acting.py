"""What people do with a line: record, change, undo, hold, dismiss, reopen, take, remark. All of it stands in the trail.

Every doing names the version of the line that was looked at. Raises StaleError where it is another by now, and
RefusedError with what to do where something is not possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claimwright.desk import fields, recording, trail
from claimwright.desk.desk import Desk
from claimwright.desk.fields import FIELDS, Changed
from claimwright.desk.people import RefusedError, actor_of
from claimwright.desk.rechecking import Draft, Fact, Known, Scene, StaleError, again
from claimwright.desk.rights import Actor, Right
from claimwright.desk.tables import Change, Person, Remark, Told, WorkLine, WorkState, is_id

HELD_FOR = timedelta(hours=24)  # after which an assigned line is anybody's again
_LONGEST = 2000
MOST = 1000  # lines of one action


@dataclass(frozen=True)
class Doing:
    """An action on lines and what the trail calls it."""

    name: str
    to: WorkState | None
    told: str
    reason: bool = False


DOINGS = {
    one.name: one
    for one in (
        Doing("hold", WorkState.HELD, "line held", reason=True),
        Doing("dismiss", WorkState.DISMISSED, "line dismissed", reason=True),
        Doing("reopen", WorkState.OPEN, "line reopened"),
        Doing("assign", None, "line assigned"),
        Doing("release", None, "line released"),
    )
}


def text_of(given: str, what: str) -> str:
    """What somebody wrote, line breaks kept. Raises RefusedError where there is nothing or too much."""
    plain = "".join(letter if letter == "\n" or letter.isprintable() else " " for letter in given.replace("\r\n", "\n"))
    text = "\n".join(line.rstrip() for line in plain.strip().split("\n"))
    if not text:
        raise RefusedError(f"write {what}")
    if len(text) > _LONGEST:
        raise RefusedError(f"{what} is longer than {_LONGEST:,} characters")
    return text


def told(desk: Desk, actor: Actor, line: str, version: int, *, fact: str, value: str, source: str, where: str) -> None:
    """Record a fact of a line, where it is written or who said so, and check again."""
    asked = recording.named(desk.engine.library, fact)
    found = recording.value_of(asked, value)
    if source not in asked.sources:
        raise RefusedError("say where it is written, or who said so")
    place = text_of(where, "where it is written, or who said so")

    def draft(scene: Scene) -> Draft:
        known = scene.known
        row = Told(line_id=line, fact=asked.name, value={"value": found}, source=source, where=place)
        facts = (*known.facts, Fact(scene.line.row, asked.name, found, source))
        return Draft(Known(facts, known.changes), "fact recorded", {"fact": asked.name, "source": source}, add=(row,))

    again(desk, actor, line, version, draft)


def changed(desk: Desk, actor: Actor, line: str, version: int, *, field: str, now: str, why: str) -> None:
    """Say what a field of the claim is in truth, and check again. The value is the person's own."""
    if field not in FIELDS:
        raise RefusedError("choose the field that is otherwise")
    reason = text_of(why, "why it is so")
    written = now.strip()

    def draft(scene: Scene) -> Draft:
        here = fields.line_at(scene.current, scene.line.row)
        of = FIELDS[field]
        if not of.there(here):
            raise RefusedError(f"a claim of this form has no {of.says}")
        one = Changed(scene.line.row, field, written)
        after = fields.line_at(fields.changed(scene.current, [one]), scene.line.row)
        was, new = of.read(here), of.read(after)
        if was == new:
            raise RefusedError("the claim says so already")
        row = Change(batch_id=scene.line.batch_id, line_id=line, field=field, was=was, now=new, why=reason)
        known = scene.known
        return Draft(Known(known.facts, (*known.changes, one)), "field changed", {"field": field}, add=(row,))

    again(desk, actor, line, version, draft)


def undone(desk: Desk, actor: Actor, line: str, version: int, which: str) -> None:
    """Take back a fact that was recorded or a field that was changed, and check again."""

    def draft(scene: Scene) -> Draft:
        every: tuple[Told | Change, ...] = (*scene.told, *scene.changes)
        found = next((one for one in every if one.id == which and one.line_id == line), None)
        if found is None:
            raise StaleError
        what = {"fact": found.fact} if isinstance(found, Told) else {"field": found.field}
        action = "fact undone" if isinstance(found, Told) else "change undone"
        return Draft(scene.but([found]), action, what, undo=(found,))

    again(desk, actor, line, version, draft)


def fit(doing: Doing, many: int, why: str) -> str:
    """The reason, where something can be done with so many lines. Raises RefusedError."""
    if not many:
        raise RefusedError("choose one line at least")
    if many > MOST:
        raise RefusedError(f"choose at most {MOST:,} lines at once")
    return text_of(why, "a reason") if doing.reason else ""


def done(
    desk: Desk, actor: Actor, lines: Sequence[tuple[str, int]], doing: Doing, *, why: str = "", to: str = "me"
) -> int:
    """Do one thing to lines, each with the version that was looked at; how many were changed meanwhile and left.

    `to` is `me` or the id of a person, for assigning.
    """
    reason = fit(doing, len(lines), why)
    seen = dict(lines)
    with desk.database.writing() as session:
        person = _assignee(session, actor, to) if doing.name == "assign" else None
        wanted = select(WorkLine).where(WorkLine.id.in_(list(seen))).order_by(WorkLine.id).with_for_update()
        found = [line for line in session.scalars(wanted) if line.version == seen[line.id]]
        now = desk.now()
        for line in found:
            _do(line, doing, reason, person, now)
            detail = {"to": person} if person else {}
            trail.record(session, now, actor.name, doing.told, batch=line.batch_id, line=line.id, detail=detail)
    return len(seen) - len(found)


def _do(line: WorkLine, doing: Doing, reason: str, person: str | None, now: datetime) -> None:
    line.version += 1
    if doing.to is not None:
        line.work, line.why = doing.to, reason
        return
    line.assigned_to, line.assigned_until = person, now + HELD_FOR if person else None


def _assignee(session: Session, actor: Actor, to: str) -> str:
    if to == "me":
        return actor.id
    person = session.get(Person, to) if is_id(to) else None
    if person is None or not person.active or not actor_of(person).may(Right.WORK):
        raise RefusedError("choose somebody who works on lines")
    return person.id


def workers(session: Session) -> list[Person]:
    """Who lines can be assigned to, by name."""
    active = session.scalars(select(Person).where(Person.active).order_by(Person.folded))
    return [person for person in active if actor_of(person).may(Right.WORK)]


def remarked(desk: Desk, actor: Actor, line: str, text: str) -> None:
    """Write to the others about a line."""
    said = text_of(text, "a remark")
    with desk.database.writing() as session:
        found = session.get(WorkLine, line)
        if found is None:
            raise StaleError
        remark = Remark(line_id=line, person_id=actor.id, at=desk.now(), text=said)
        session.add(remark)
        session.flush()
        detail = {"remark": remark.id}
        trail.record(session, desk.now(), actor.name, "remark made", batch=found.batch_id, line=line, detail=detail)

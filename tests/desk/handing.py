"""Batches for tests: files handed in, and checked where the test says so."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from desks import somebody

from claimwright.desk import queue, receiving, running
from claimwright.desk.desk import Desk
from claimwright.desk.people import actor_of
from claimwright.desk.receiving import Handed
from claimwright.desk.rights import Actor
from claimwright.desk.tables import Batch, Person, Role

WEEK = Path(__file__).parents[2] / "examples" / "clinic-week.837"
SIDES = WEEK.parent / "sides"


COLUMNS = "procedure,modifiers,units,diagnosis,pointers,service,payer,program,charge,claim,member id"


def one_claim(claim: str = "A1") -> bytes:
    """A file with a line to fix, which is checked in no time."""
    return f"{COLUMNS}\n97026,GP,1,E11.42,1,2026-03-10,medicare,medicare-part-b,20,{claim},M1\n".encode()


def actor(desk: Desk, name: str = "Bea", role: Role = Role.BILLER) -> Actor:
    with desk.database.reading() as session:
        found = session.query(Person).filter_by(name=name).first()
    return actor_of(found or somebody(desk, name, role))


def handed(desk: Desk, *files: tuple[str, str, bytes], by: Actor | None = None, **options) -> Handed:
    """Hand files in: kind, name and bytes of each."""
    coming = receiving.begun(desk, by or actor(desk))
    for kind, name, data in files:
        file = coming.file(kind, name)
        file.write(data)
        file.kept()
    return coming.queued(**options)


def week(desk: Desk, **options) -> str:
    return handed(desk, ("claims", "clinic-week.837", WEEK.read_bytes()), **options).id


def checked(desk: Desk) -> str | None:
    """Check the batch that waits longest; which it was."""
    job = queue.taken(desk)
    if job is not None:
        running.run(desk, job, Event())
    return job.batch if job else None


def batch(desk: Desk, identity: str) -> Batch:
    with desk.database.reading() as session:
        return session.get_one(Batch, identity)

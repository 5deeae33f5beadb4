"""The tables of the worklist's database, on SQLite and PostgreSQL alike. What a column means is said here once.

Times are UTC and aware. Ids that stand in addresses are random; none of them tells a patient, a claim or a payer.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, ForeignKey, Index, LargeBinary, String, Text, TypeDecorator
from sqlalchemy import DateTime as _DateTime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so that it is given back here."""

    impl = _DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Dollars(TypeDecorator[Decimal]):
    """US dollars, kept in whole cents: SQLite knows no decimal numbers."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _: Dialect) -> int | None:
        return None if value is None else int((value * 100).to_integral_value())

    def process_result_value(self, value: int | None, _: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-2)


class Role(StrEnum):
    """What somebody is here for; `rights` says what that lets them do."""

    VIEWER = "viewer"
    BILLER = "biller"
    AUDITOR = "auditor"
    ADMIN = "admin"


class BatchState(StrEnum):
    RECEIVING = "receiving"  # files are still coming in
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        return self in {BatchState.DONE, BatchState.FAILED, BatchState.CANCELLED}


class LineState(StrEnum):
    """What the check made of a line; together they make the batch, as in `lines.summary.Summary`."""

    TO_FIX = "to fix"
    UNCHECKED = "unchecked"
    CLEAN = "clean"
    WITHDRAWN = "withdrawn"


class WorkState(StrEnum):
    """What people made of it."""

    OPEN = "open"
    HELD = "held"
    DONE = "done"  # nothing is left to fix since a person changed something
    DISMISSED = "dismissed"


def new_id() -> str:
    """128 random bits for an address."""
    return token_urlsafe(16)


def is_id(text: str) -> bool:
    """Whether a text may be an id; no other is asked of a database, some of which take not every character."""
    return re.fullmatch(r"[A-Za-z0-9_-]{1,32}", text, re.ASCII) is not None


class Table(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this name from the class
        datetime: Instant(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        Decimal: Dollars(),
        str: Text(),
    }


def _id() -> Mapped[str]:
    return mapped_column(String(32), primary_key=True, default=new_id)


class Person(Table):
    """Whoever signs in. The name is unique without regard to case; `folded` is that form of it."""

    __tablename__ = "people"

    id: Mapped[str] = _id()
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(String(16))
    password: Mapped[str | None]  # argon2id; null until a link of theirs was used
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)  # wrong passwords since the last right one
    locked_until: Mapped[datetime | None]


class Link(Table):
    """A link that is good once: it sets a person's password and signs them in. Only its hash is kept."""

    __tablename__ = "links"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Visit(Table):
    """A browser that is signed in. Only the hash of its cookie is kept."""

    __tablename__ = "visits"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    csrf: Mapped[str]
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Token(Table):
    """A program that calls the API for a person, with no more than its scopes. Only its hash is kept."""

    __tablename__ = "tokens"

    id: Mapped[str] = _id()
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str]
    scopes: Mapped[list[Any]]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Batch(Table):
    """Files that were checked together. `lease_until` says until when the process that works on it is believed."""

    __tablename__ = "batches"

    id: Mapped[str] = _id()
    name: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    state: Mapped[BatchState] = mapped_column(String(16), index=True)
    made_at: Mapped[datetime]
    as_of: Mapped[date]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    worker: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    doing: Mapped[str] = mapped_column(default="")  # in words, for whoever waits
    done: Mapped[int] = mapped_column(BigInteger, default=0)  # of `total`: bytes, notes or lines, as `doing` says
    total: Mapped[int] = mapped_column(BigInteger, default=0)
    cancel: Mapped[bool] = mapped_column(default=False)  # a person asked for its end
    failure: Mapped[str] = mapped_column(default="")  # what and `help:`, without claim data
    whole: Mapped[bool] = mapped_column(default=True)  # False: some input could not be read
    lines: Mapped[int] = mapped_column(default=0)
    to_fix: Mapped[int] = mapped_column(default=0)
    summary: Mapped[bytes | None] = mapped_column(LargeBinary)  # `kept.packed_summary`
    version: Mapped[str] = mapped_column(default="")  # of claimwright, when it was checked
    key: Mapped[str | None]  # Idempotency-Key of the call that made it
    asked: Mapped[str | None]  # hash of what that call asked for

    __table_args__ = (Index("batches_key", "person_id", "key", unique=True),)


class File(Table):
    """One file of a batch, as it was given; `stored` is its name in the folder of files."""

    __tablename__ = "files"

    id: Mapped[str] = _id()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]  # `claims`, `notes`, or a kind of `formats.sides.KINDS`
    name: Mapped[str]  # cleaned, to be shown, and the `file` of the lines read from it; each once in a batch
    stored: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    place: Mapped[int]  # in the order given


class Watched(Table):
    """A file of a watched folder that was taken in, so that it is not taken in again when its batch is gone."""

    __tablename__ = "watched"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


class WorkLine(Table):
    """One line of a batch, with what lists sort and filter by, and its whole answer."""

    __tablename__ = "work_lines"

    id: Mapped[str] = _id()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"))
    row: Mapped[int]  # in the batch's lines.parquet
    claim: Mapped[str]
    line: Mapped[int | None]
    initials: Mapped[str]
    service: Mapped[date | None]
    payer: Mapped[str]
    program: Mapped[str]
    procedure: Mapped[str]
    modifiers: Mapped[str]
    provider: Mapped[str]  # rendering NPI, else billing
    charge: Mapped[Decimal | None]
    at_risk: Mapped[Decimal | None]  # expected allowed amount that a BLOCK or FIX endangers; null where unknown
    state: Mapped[LineState] = mapped_column(String(16))
    severity: Mapped[int]  # place in `Severity`; past the last where nothing was found
    finding: Mapped[str]  # the first to act on
    clause: Mapped[str]
    coded: Mapped[str]
    documented: Mapped[str]
    difference: Mapped[str]
    work: Mapped[WorkState] = mapped_column(String(16), default=WorkState.OPEN)
    why: Mapped[str] = mapped_column(default="")  # of holding or dismissing
    assigned_to: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    assigned_until: Mapped[datetime | None]  # after which it is anybody's again
    version: Mapped[int] = mapped_column(default=1)  # of the row; two people cannot both be the last
    answer: Mapped[bytes] = mapped_column(LargeBinary)  # `kept.Kept` of a LineAnswer

    __table_args__ = (
        Index("work_lines_batch_row", "batch_id", "row", unique=True),
        Index("work_lines_batch_state", "batch_id", "state", "severity"),
        Index("work_lines_work", "work", "state"),
        Index("work_lines_state", "state", "work"),
        # all that lists filter, sort and count by: without it every list reads the answers too, which are long
        Index(
            "work_lines_list",
            *("work", "state", "severity", "at_risk", "charge", "payer", "provider", "procedure", "service"),
            *("assigned_to", "assigned_until", "claim", "line", "batch_id", "id"),
        ),
    )


class Mark(Table):
    """A finding of a line, for filters by finding and clause."""

    __tablename__ = "marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[str] = mapped_column(ForeignKey("work_lines.id", ondelete="CASCADE"), index=True)
    finding: Mapped[str]
    clause: Mapped[str]
    severity: Mapped[int]
    unknown_only: Mapped[bool]

    __table_args__ = (Index("marks_finding", "finding", "clause"),)


class Told(Table):
    """A fact that a person recorded of a line, with where it is written."""

    __tablename__ = "told"

    id: Mapped[str] = _id()
    line_id: Mapped[str] = mapped_column(ForeignKey("work_lines.id", ondelete="CASCADE"), index=True)
    fact: Mapped[str]
    value: Mapped[dict[str, Any]]  # {"value": …} as `lines.statements` has it
    source: Mapped[str]
    where: Mapped[str]  # in the person's words: which page of the record, who said so
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Change(Table):
    """A field of a claim that a person says is otherwise; the corrected file carries it."""

    __tablename__ = "changes"

    id: Mapped[str] = _id()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), index=True)
    line_id: Mapped[str] = mapped_column(ForeignKey("work_lines.id", ondelete="CASCADE"), index=True)
    field: Mapped[str]
    was: Mapped[str]
    now: Mapped[str]
    why: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Remark(Table):
    """What people write to each other about a line."""

    __tablename__ = "remarks"

    id: Mapped[str] = _id()
    line_id: Mapped[str] = mapped_column(ForeignKey("work_lines.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    text: Mapped[str]


class SavedFilter(Table):
    """A worklist query under a name, a person's own or everybody's; without one, words that somebody searched for."""

    __tablename__ = "saved_filters"

    id: Mapped[str] = _id()
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str]
    query: Mapped[str]  # as it stands in the address
    shared: Mapped[bool] = mapped_column(default=False)


class Trail(Table):
    """What was done, by whom, when. Rows are only ever added; each seals the one before it.

    `detail` names fields, findings and ids of this database; never a name, a value of a claim or a word of a note.
    """

    __tablename__ = "trail"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    person: Mapped[str]  # the name as it was; the row outlives the person
    action: Mapped[str] = mapped_column(index=True)
    batch_id: Mapped[str | None] = mapped_column(String(32), index=True)
    line_id: Mapped[str | None] = mapped_column(String(32), index=True)
    detail: Mapped[dict[str, Any]]
    before: Mapped[str] = mapped_column(String(64), unique=True)  # seal of the row before: two rows cannot follow one
    seal: Mapped[str] = mapped_column(String(64))

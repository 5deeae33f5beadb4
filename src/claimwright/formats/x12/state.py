"""What a reader of 837s remembers between segments: where it is in the loops, and the claims and lines it collects."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from typing import Any

from claimwright.formats.x12 import fields
from claimwright.formats.x12.delimiters import Delimiters
from claimwright.formats.x12.fields import Places, Texts
from claimwright.formats.x12.segments import Encoding, Run
from claimwright.lines.problems import Gravity, Problem

# The loop a segment stands in, in the order in which loops nest. Plain numbers: they are compared for every segment.
HEADER = 0
BILLING = 1  # 2000A, 2010A
SUBSCRIBER = 2  # 2000B, 2010B
PATIENT = 3  # 2000C, 2010C
IN_CLAIM = 4  # 2300, 2310
OTHER = 5  # 2320, 2330
IN_LINE = 6  # 2400, 2420
ADJUDICATED = 7  # 2430

# What a handler asks for: nothing (0 or None), or one of these.
AGAIN = 1  # it has only closed a claim, which fills the batch: hand that over, then call it again
SWITCHED = 2  # another kind of transaction may have begun
LEFT = 3  # the interchange ended

_COMPOSITE = re.compile(r"^[A-Za-z0-9]{0,5}([^A-Za-z0-9\s.\-])")
_SHARED, _SHARED_AT = fields.places(fields.SHARED), fields.places(fields.SHARED_AT)
_NAME = fields.places(fields.CLAIM)["claim"]

# Empty rows, copied for each loop.
NO_BILLING = [""] * len(fields.BILLING)
NO_SUBSCRIBER = [""] * len(fields.SUBSCRIBER)
NO_PATIENT = [""] * len(fields.PATIENT)
NO_SHARED = [""] * len(fields.SHARED)
NO_CLAIM = [""] * len(fields.CLAIM)
NO_SHARED_AT = [0] * len(fields.SHARED_AT)
NO_CLAIM_AT = [0] * len(fields.CLAIM_AT)


@dataclass(frozen=True, slots=True)
class Mark:
    """How much had been read when a batch was full; `at` and `bytes_read` are those of the segment after it."""

    claims: int
    lines: int
    problems: int
    at: int
    bytes_read: int


@dataclass(slots=True)
class Batching:
    """Claims closed and not yet handed over. A line's `row` is the index of its claim in `claims`."""

    claims: list[str] = field(default_factory=list)  # CLAIM_TEXTS
    claim_places: array[int] = field(default_factory=lambda: array("Q"))  # CLAIM_PLACES of one claim after the other
    lines: list[str] = field(default_factory=list)  # LINE
    line_places: array[int] = field(default_factory=lambda: array("Q"))  # LINE_PLACES
    own: dict[str, dict[int, Any]] = field(default_factory=dict)  # shared field → index of a line → what it says itself
    payers: list[dict[str, Any]] = field(default_factory=list)  # other payers, with the row of their claim
    adjustments: list[dict[str, Any]] = field(default_factory=list)  # with the rows of their claim and line
    problems: list[Problem] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)  # where batches end


@dataclass(slots=True)
class State:
    """One file being read. Handlers of segments change it; nothing outside this folder sees it."""

    file: str
    size: int  # claims of a batch
    limit: int  # claims of the batches that are made at one time
    delimiters: Delimiters
    component: str = ":"
    out: Batching = field(default_factory=Batching)
    # the envelope
    isa: str | None = None  # ISA13 of the open interchange
    gs: str | None = None  # GS06 of the open group
    st: str | None = None  # ST02 of the open transaction
    groups: int = 0
    transactions: int = 0
    st_at: int = 0
    seen_st: set[str] = field(default_factory=set)
    skipping: bool = False  # inside a transaction that is no 837
    version: str = ""
    form: str | None = None
    told: set[str] = field(default_factory=set)  # problems told once in an interchange
    # the loops
    level: int = HEADER
    party: str = ""  # NM101 of the last NM1
    billing: Texts = field(default_factory=NO_BILLING.copy)
    at_billing: int = 0
    subscriber: Texts = field(default_factory=NO_SUBSCRIBER.copy)
    at_subscriber: int = 0
    at_payer: int = 0
    patient: Texts = field(default_factory=NO_PATIENT.copy)
    at_patient: int = 0
    at_birth: int = 0
    claims: int = 0  # claims begun in the file
    claim: Texts | None = None
    claim_at: Places = field(default_factory=NO_CLAIM_AT.copy)
    shared: Texts = field(default_factory=NO_SHARED.copy)
    shared_at: Places = field(default_factory=NO_SHARED_AT.copy)
    diagnoses: Texts = field(default_factory=list)  # of the open claim
    number: int = 0  # of the last line of the open claim
    first_line: int = 0  # of the open claim, in out.lines
    awaiting: bool = False  # an LX was read, its service not yet
    line: Texts | None = None  # the open line, once its service was read; its index will be len(out.lines)
    at_line: int = 0
    service: str = ""  # the date of the open line
    at_service: int = 0
    other: dict[str, Any] | None = None  # the 2320 loop open
    adjudicator: str | None = None  # SVD01 of the 2430 loop open
    # where the segment being read lies
    at: int = 0  # its ordinal in the file
    index: int = 0  # in its run
    encoding: Encoding = field(default_factory=Encoding)
    run: Run = field(default_factory=lambda: Run([], [], 0, True))
    before: int = 0  # byte after the last segment of the runs before this one

    def begin(self) -> int:
        """The byte at which the segment being read begins."""
        return self.encoding.mark + self.run.begin(self.index) * self.encoding.width

    def end(self) -> int:
        """The byte after the last segment before the one being read."""
        segments = self.run.segments
        for index in range(min(self.index, len(segments)) - 1, -1, -1):
            if segments[index].strip():
                return self.encoding.mark + self.run.after(index) * self.encoding.width
        return self.before

    def report(self, id_: str, message: str, help_: str, gravity: Gravity = Gravity.ERROR, element: str = "") -> None:
        """A problem at the segment being read."""
        self.out.problems.append(
            Problem(
                id_,
                message,
                help_,
                gravity,
                self.file,
                segment=self.at or None,
                field=element,
                claim=self.name(),
                line=self.number if self.claim is not None and self.level >= IN_LINE else None,
            )
        )

    def warn(self, id_: str, message: str, help_: str, element: str = "") -> None:
        self.report(id_, message, help_, Gravity.WARNING, element)

    def once(self, key: str) -> bool:
        """True the first time in an interchange."""
        if key in self.told:
            return False
        self.told.add(key)
        return True

    def name(self) -> str:
        """How the open claim is called in a problem: by its control number, else its place in the file."""
        return "" if self.claim is None else self.claim[_NAME] or f"#{self.claims}"

    def says(self, name: str, text: str, place: str = "", at: int = 0) -> None:
        """What the open claim, or a line of it, says: a field of SHARED, one of SHARED_AT. Other payers say nothing."""
        if self.level == IN_CLAIM:
            if name:
                self.shared[_SHARED[name]] = text
            if place:
                self.shared_at[_SHARED_AT[place]] = at
        elif self.level >= IN_LINE and self.claim is not None:
            index, own = len(self.out.lines), self.out.own
            if name:
                own.setdefault(name, {})[index] = text or None
            if place:
                own.setdefault(place, {})[index] = at

    def said(self, name: str) -> str:
        """What the open claim, or the open line, has said by itself."""
        if self.level == IN_CLAIM:
            return self.shared[_SHARED[name]]
        return self.out.own.get(name, {}).get(len(self.out.lines)) or ""

    def split(self, composite: str, element: str) -> list[str]:
        """The components of a composite, by the separator it really uses; another than ISA16 declares is told once.

        Only for composites that have at least two components in every valid claim.
        """
        component = self.component
        if component in composite:
            return composite.split(component)
        found = _COMPOSITE.match(composite)
        if found is None:
            return [composite]
        used = found.group(1)
        if self.once("separator" + used):
            declared = self.delimiters.component
            self.warn(
                "INP-SEPARATOR",
                f"the segments separate components with {used!r}, the ISA declares {declared!r}; read with {used!r}",
                f"write {used!r} as ISA16, or write the composites with {declared!r}",
                element,
            )
        self.component = used
        return composite.split(used)

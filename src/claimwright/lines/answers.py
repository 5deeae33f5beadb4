"""What an answer is made of: the vocabulary of outcomes, and the record of one line's answer.

Every face (text, JSON, HTML, …) renders the same `LineAnswer`. Nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from claimwright.lines.money import Money


class View(StrEnum):
    CODED = "coded"  # what the claim alone, with reference data, will meet
    DOCUMENTED = "documented"  # what the record supports


class Outcome(StrEnum):
    """One per line and view, in the order in which one of several is picked."""

    CODING_ERROR = "CODING_ERROR"
    STATUTORILY_EXCLUDED = "STATUTORILY_EXCLUDED"
    NATIONALLY_NONCOVERED = "NATIONALLY_NONCOVERED"
    BENEFIT_EXCLUDED = "BENEFIT_EXCLUDED"
    INVESTIGATIONAL = "INVESTIGATIONAL"
    NOT_MEDICALLY_NECESSARY = "NOT_MEDICALLY_NECESSARY"
    BENEFIT_LIMIT = "BENEFIT_LIMIT"
    BUNDLED = "BUNDLED"
    PRIOR_AUTH_REQUIRED = "PRIOR_AUTH_REQUIRED"
    NEEDS_DOCUMENTATION = "NEEDS_DOCUMENTATION"
    COVERED_CONDITIONAL = "COVERED_CONDITIONAL"
    COVERED = "COVERED"
    NOTHING_MET = "NOTHING_MET"  # coded only: no coverage clause fired; this is not coverage
    INDETERMINATE = "INDETERMINATE"

    @property
    def words(self) -> str:
        """As policies write it: `nationally noncovered`."""
        return self.value.lower().replace("_", " ")

    @property
    def order(self) -> int:
        """Position in the order that picks one of several outcomes; 0 wins."""
        return _ORDER[self]

    @classmethod
    def of_words(cls, words: str) -> Outcome:
        return cls(words.strip().upper().replace(" ", "_"))


_ORDER = {outcome: place for place, outcome in enumerate(Outcome)}
DENIALS = frozenset(outcome for outcome in Outcome if outcome.order <= Outcome.PRIOR_AUTH_REQUIRED.order)
COVERING = frozenset({Outcome.COVERED, Outcome.COVERED_CONDITIONAL, Outcome.NEEDS_DOCUMENTATION})


class Finality(StrEnum):
    FINAL = "final"
    PRESUMPTIVE = "presumptive"
    INDETERMINATE = "indeterminate"


class Likelihood(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def order(self) -> int:
        return _SURE[self]

    def at_most(self, other: Likelihood) -> Likelihood:
        return max(self, other, key=lambda likelihood: likelihood.order)


_SURE = {likelihood: place for place, likelihood in enumerate(Likelihood)}


class Channel(StrEnum):
    COVERAGE = "coverage"
    CODING = "coding"
    DOCUMENTATION = "documentation"
    AUDIT = "audit"


class Severity(StrEnum):
    BLOCK = "BLOCK"  # do not submit as it is
    FIX = "FIX"  # correct before submission
    WARN = "WARN"  # a risk; submission is possible
    INFO = "INFO"

    @property
    def order(self) -> int:
        return _URGENT[self]

    @property
    def needs_work(self) -> bool:
        return self in {Severity.BLOCK, Severity.FIX}


_URGENT = {severity: place for place, severity in enumerate(Severity)}


class Silence(StrEnum):
    """Why there is no answer. None of these is ever shown as clean."""

    NO_DETERMINATION = "no determination"
    NOT_MODELLED = "not modelled"
    EDIT_STATUS_UNKNOWN = "edit status unknown"
    DOCUMENTATION_NOT_SEEN = "documentation not seen"
    NO_POLICY = "no policy loaded for payer"
    NO_SERVICE_DATE = "date of service unknown"
    WITHDRAWN = "claim withdrawn"


@dataclass(frozen=True)
class Predicted:
    """A denial or payment code to expect: CARC, its remarks, the group code, and what else may come instead."""

    carc: str
    rarc: tuple[str, ...]
    group: str | None
    likelihood: Likelihood
    finding: str
    alternatives: tuple[str, ...] = ()

    def __str__(self) -> str:
        code = f"{self.group}-{self.carc}" if self.group else self.carc
        return " ".join((code, *self.rarc))


@dataclass(frozen=True)
class Citation:
    """The sentence that decides, and where to read it."""

    policy: str
    clause: str
    title: str
    payer: str
    authority: str
    instrument: str
    in_force: str
    quote: str
    quote_kind: Literal["verbatim", "paraphrase"]
    source: str
    checked: str
    unverified: bool
    reading: str  # "" or whose reading it is and since when
    our_reading: str  # its words; `quote` is then the authority's sentence that it reads ("" when it reads none)
    where: str  # policy folder and line of the clause


@dataclass(frozen=True)
class Finding:
    """One thing a clause found on a line; a clause that speaks in both views gives one finding with both."""

    id: str
    channel: Channel
    severity: Severity
    views: tuple[View, ...]
    clause: str
    because: str
    witness: tuple[tuple[str, str], ...]
    likelihood: Likelihood
    predicted: tuple[Predicted, ...]
    would_change: str
    citation: Citation
    unknown_only: bool = False  # it exists only because a fact is unknown
    derived: str = ""  # "gem": it rests on a list found through the General Equivalence Mappings


@dataclass(frozen=True)
class Question:
    """The one question to ask next, and the outcomes its answers lead to."""

    fact: str
    text: str
    who: str
    why: str
    answers: tuple[tuple[str, tuple[str, ...]], ...]  # answer → outcomes still reachable


@dataclass(frozen=True)
class NamedSilence:
    name: Silence
    finding: str
    why: str


@dataclass(frozen=True)
class ViewAnswer:
    outcome: Outcome
    finality: Finality
    likelihood: Likelihood | None
    liability: str | None
    predicted: tuple[Predicted, ...]
    reachable: tuple[Outcome, ...]
    reachable_is: Literal["exact", "at most"]
    leaning: str | None
    silences: tuple[NamedSilence, ...]
    clause: tuple[str, ...]
    conditions: tuple[str, ...]  # what a covering outcome stands on: what the record has to show, and what to bill
    depends_on: tuple[str, ...]  # unknown facts the outcome stands or falls with
    next_question: Question | None


@dataclass(frozen=True)
class Check:
    """Something a complete answer looks at: it ran, or why it did not, and what would let it ("" where nothing can)."""

    name: str
    ran: bool
    why: str
    help: str = ""


@dataclass(frozen=True)
class LineRef:
    """Which line of which input this is. No name, no member id."""

    file: str
    claim: str  # its id; one without has its place in the input, `#3`
    line: int | None
    segment: int | None
    procedure: str
    modifiers: tuple[str, ...]
    units: str
    service: str
    points_to: tuple[str, ...]
    payer: str
    program: str
    charge: str


@dataclass(frozen=True)
class Setting:
    """A number or a presumption that an answer stands on and that a site may set otherwise."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, repr=False)
class Quoted:
    """Words of a note, its characters `start` to `end`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, repr=False)  # a note's words have no place in a message
class Evidence:
    """A fact that a note tells of the line, in the note's own words."""

    fact: str
    value: str
    note: str  # what the note is called, without a name or a member id
    quoted: tuple[Quoted, ...]


@dataclass(frozen=True)
class LineAnswer:
    line: LineRef
    coded: ViewAnswer
    documented: ViewAnswer
    difference: str | None
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    looked_at: tuple[str, ...]
    not_looked_at: tuple[str, ...]
    would_change: tuple[str, ...]
    citations: tuple[Citation, ...]
    basis: tuple[tuple[str, str], ...]  # policy or release → content hash
    settings: tuple[Setting, ...] = ()
    money: Money | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def to_fix(self) -> bool:
        """A BLOCK or FIX that does not exist only because a fact is unknown."""
        return any(finding.severity.needs_work and not finding.unknown_only for finding in self.findings)

"""The published shape of the JSON, version 1: what stands under each key.

Within a version, keys may be added; none goes away and none changes what it means. The JSON Schemas are generated
from these types, and `as_json` is checked against them.
"""

from __future__ import annotations

from typing import Final, Literal, NotRequired, TypedDict

from claimwright.lines.answers import Channel, Finality, Likelihood, Outcome, Severity, Silence, View
from claimwright.lines.problems import Gravity
from claimwright.report.money_shape import MoneyJson, StakesJson

RUN: Final = "claimwright/run/1"
CHANGES: Final = "claimwright/changes/1"


class LineJson(TypedDict):
    """Which line of which input this is. It holds no name and no member id."""

    file: str
    claim: str
    line: int | None
    segment: int | None
    """Counts segments of the file from 1; the ISA is 1."""
    procedure: str
    modifiers: list[str]
    units: str
    service: str
    """The first day of service, YYYY-MM-DD; empty where the claim gives none."""
    points_to: list[str]
    """Diagnosis codes the line points to, in the order of its pointers."""
    payer: str
    program: str
    charge: str
    """US dollars, as a string."""


class PredictedJson(TypedDict):
    """A code to expect on the remittance."""

    carc: str
    rarc: list[str]
    group: str | None
    likelihood: Likelihood
    finding: str
    alternatives: list[str]
    """What may come instead."""


class NamedSilenceJson(TypedDict):
    """Why something was not said."""

    name: Silence
    finding: str
    why: str


class AnswerJson(TypedDict):
    """One answer to a question, and the outcomes it leaves."""

    answer: str
    outcomes: list[str]


class QuestionJson(TypedDict):
    """The one question to ask next."""

    fact: str
    text: str
    who: str
    why: str
    answers: list[AnswerJson]


class ViewAnswerJson(TypedDict):
    """What one view of the line says."""

    outcome: Outcome
    finality: Finality
    likelihood: Likelihood | None
    liability: str | None
    """The group code: who bears a denial (CO the provider, PR the patient)."""
    predicted: list[PredictedJson]
    reachable: list[Outcome]
    """Every outcome that is still possible; one member is final."""
    reachable_is: Literal["exact", "at most"]
    leaning: str | None
    silences: list[NamedSilenceJson]
    clause: list[str]
    """The clauses that decided."""
    next_question: QuestionJson | None
    conditions: list[str]
    """What a covering outcome stands on: what the record has to show, and what has to be billed."""
    depends_on: list[str]
    """Unknown facts the outcome stands or falls with."""


class ViewsJson(TypedDict):
    """The claim alone (`coded`), and everything that is known (`documented`)."""

    coded: ViewAnswerJson
    documented: ViewAnswerJson


class CitationJson(TypedDict):
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
    """Only `verbatim` is the authority's own wording."""
    source: str
    checked: str
    """The day on which the authority's text was read, or `never`."""
    unverified: bool
    reading: str
    """Empty, or whose interpretation it is and since when."""
    our_reading: str
    """The interpretation in words; `quote` is then the sentence of the authority that it reads."""
    where: str
    """Policy folder and line of the clause."""


class FindingJson(TypedDict):
    """One thing that a clause found on the line."""

    id: str
    channel: Channel
    severity: Severity
    views: list[View]
    clause: str
    witness: dict[str, str]
    """What of the line the clause saw, by slot of its sentence."""
    because: str
    likelihood: Likelihood
    predicted: list[PredictedJson]
    would_change: str
    unknown_only: bool
    """It exists only because a fact is unknown."""
    derived: NotRequired[Literal["gem"]]
    """It rests on a list found through the General Equivalence Mappings: review, never CMS-listed."""
    citation: CitationJson


class CheckJson(TypedDict):
    """Something a complete answer looks at: it ran, or why it did not, and what would let it."""

    name: str
    ran: bool
    why: str
    help: NotRequired[str]


class SettingJson(TypedDict):
    """A number that the answer stands on and that a site may set otherwise."""

    name: str
    value: str
    source: str


class QuotedJson(TypedDict):
    """Words of a note: its characters `start` to `end`, from 0."""

    start: int
    end: int
    words: str


class EvidenceJson(TypedDict):
    """A fact that a note tells of the line, in the note's own words."""

    fact: str
    value: str
    note: str
    """The note's id or file, without the member id that a file name may hold; or that it is an NTE of the claim."""
    quoted: list[QuotedJson]


class LineAnswerJson(TypedDict):
    """The answer to one claim line."""

    type: NotRequired[Literal["line"]]
    """Stands first in NDJSON; absent inside a run document."""
    line: LineJson
    views: ViewsJson
    difference: str | None
    findings: list[FindingJson]
    checks: list[CheckJson]
    looked_at: list[str]
    not_looked_at: list[str]
    would_change: list[str]
    citations: list[CitationJson]
    basis: dict[str, str]
    """Policy or release, and the hash of its content."""
    settings: list[SettingJson]
    money: NotRequired[MoneyJson]
    evidence: NotRequired[list[EvidenceJson]]
    """What notes tell of the line, where any was given and matches it."""


class TallyJson(TypedDict):
    """A group of lines."""

    lines: int
    charge: str
    """US dollars, as a string."""


class PayerTallyJson(TypedDict):
    """One payer's lines."""

    payer: str
    all: TallyJson
    to_fix: TallyJson


class FindingTallyJson(TypedDict):
    """One finding of one clause for one payer, over the run."""

    finding: str
    clause: str
    severity: str
    channel: str
    payer: str
    tally: TallyJson


class NotRunJson(TypedDict):
    """A check that could not run, why, and on how many lines; and what would let it."""

    check: str
    why: str
    lines: int
    help: NotRequired[str]


class SummaryJson(TypedDict):
    """Counts of a run. `to_fix`, `clean` and `unchecked` add up to `all`."""

    files: list[str]
    claims: int
    all: TallyJson
    to_fix: TallyJson
    """Lines with a finding to correct before submission."""
    clean: TallyJson
    """As coded nothing is met, nothing is to fix, and every applicable check ran. It promises no payment."""
    unchecked: TallyJson
    """Nothing to fix was found, but something could not be checked or determined."""
    withdrawn: int
    """Lines of claims that the input itself voids or replaces."""
    by_payer: list[PayerTallyJson]
    coded: dict[str, TallyJson]
    documented: dict[str, TallyJson]
    differences: dict[str, int]
    findings: list[FindingTallyJson]
    not_run: list[NotRunJson]
    silences: dict[str, int]
    basis: dict[str, str]
    money: NotRequired[StakesJson]
    """Absent in runs of earlier versions."""


class ProblemJson(TypedDict):
    """One thing wrong with an input."""

    id: str
    message: str
    help: str
    gravity: Gravity
    file: str
    segment: int | None
    offset: int | None
    """Bytes from the beginning of the file, from 0."""
    row: int | None
    field: str
    claim: str
    line: int | None


class HeadJson(TypedDict):
    """What every document of a run begins with."""

    schema: Literal["claimwright/run/1"]
    claimwright: str
    """The version that wrote it."""
    as_of: str
    """The day the run took for today, YYYY-MM-DD."""
    summary: SummaryJson
    problems: list[ProblemJson]


class RunJson(HeadJson):
    """A whole run in one document."""

    lines: list[LineAnswerJson]


class SummaryRecordJson(HeadJson):
    """The last record of NDJSON; a stream that does not end in it was cut off."""

    type: Literal["summary"]


class SeenJson(TypedDict):
    """A finding as a comparison names it."""

    id: str
    clause: str
    severity: str


class TurnJson(TypedDict):
    """What a view said then and now; empty where the line was not there."""

    was: str
    now: str


class TurnsJson(TypedDict):
    """Both views of a changed line."""

    coded: TurnJson
    documented: TurnJson


class ChangeJson(TypedDict):
    """One line that is not what it was."""

    kind: Literal["new", "gone", "changed"]
    claim: str
    line: int | None
    procedure: str
    service: str
    views: TurnsJson
    appeared: list[SeenJson]
    went: list[SeenJson]


class RunIdentityJson(TypedDict):
    """Which run this was."""

    claimwright: str
    as_of: str


class BasisChangeJson(TypedDict):
    """A policy or release that is not what it was; empty where it was not there."""

    name: str
    was: str
    now: str


class ChangesJson(TypedDict):
    """What changed since an earlier run."""

    schema: Literal["claimwright/changes/1"]
    since: RunIdentityJson
    now: RunIdentityJson
    same: int
    """Lines in both runs that say what they said."""
    new: int
    gone: int
    changed: int
    basis: list[BasisChangeJson]
    lines: list[ChangeJson]
    """The lines that changed, and those new or gone that carry a finding."""

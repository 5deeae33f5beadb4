"""The policies as frozen data: facts, predicates, clauses, policies, programs, and the library that holds them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from claimwright.days import Clock, Span
from claimwright.documents.blocks import Row
from claimwright.lines.answers import Channel, Likelihood, Outcome, Severity, View
from claimwright.policies.found import ContractorPosition, UnitRule

Each = Literal["line", "pair of lines", "code on a day", "visit", "claim"]
EACH: tuple[Each, ...] = ("line", "pair of lines", "code on a day", "visit", "claim")
INSTRUMENTS = (
    "statute",
    "NCD",
    "LCD",
    "article",
    "manual",
    "coding",
    "edit",
    "mandate",
    "contract",
    "medical policy",
    "utilization management",
)


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """A word as names and values are compared: lower case, with spaces for underscores, dots and runs of white space.

    >>> plain("POC.exists"), plain("msk_adjunct")
    ('poc exists', 'msk adjunct')
    """
    return " ".join(word.lower().replace("_", " ").replace(".", " ").split())


FactType = Literal["code", "codes", "choice", "yes/no", "number", "date", "row of a table"]


@dataclass(frozen=True)
class Fact:
    """One word of the vocabulary. `column` is where the engine finds it; without one a source must state it."""

    name: str
    type: FactType
    says: str
    sources: frozenset[str]
    aka: tuple[str, ...] = ()
    column: str = ""
    columns: tuple[tuple[str, str], ...] = ()  # of a table's row: attribute → column
    each: Each = "line"
    over: str = ""  # "visit": the list is gathered over the lines of the visit
    counts: str = ""  # the shared code set whose distinct codes it counts
    unit: str = ""
    values: tuple[tuple[str, str], ...] = ()
    ask: str = ""
    who: str = ""
    missing: str = ""
    conflict: str = ""
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()  # other words for its values, each for one or several
    otherwise: str = ""  # the value that every unlisted word stands for
    uses: str = ""  # a shared code set that its kernel reads
    sums: str = ""  # the shared code set whose units it adds up over the visit
    grows: bool = False  # a count of what was seen, where more may have been
    line: int = 0

    @property
    def carried(self) -> bool:
        """True when a claim or a reference table carries it, so that the coded view may read it."""
        return bool(self.sources & {"claim", "table"})

    @property
    def statable(self) -> bool:
        """True when a note, a plan, a history or a person may say it."""
        return bool(self.sources & {"chart", "plan", "history", "person"})

    @property
    def in_writing(self) -> bool:
        """True when it stands in a table, or in a document that is named; then nobody states it from memory."""
        return "table" in self.sources and not self.sources & {"chart", "history", "person"}

    @property
    def scalar(self) -> bool:
        """True when it has one value from a domain, so that what is unknown of it can be split case by case."""
        return self.type in {"choice", "yes/no", "number", "date"}


@dataclass(frozen=True)
class Predicate:
    """One member of the closed list, with its operands as written."""

    op: str
    operands: tuple[str, ...] = ()

    def __str__(self) -> str:
        match self.op:
            case "in" | "not in" | "none in" | "all in" | "partly in":
                return f"{self.op} [{', '.join(self.operands)}]"
            case "between":
                return f"between {self.operands[0]} and {self.operands[1]}"
            case "within":
                return f"within {self.operands[0]} days of {self.operands[1]}"
            case "in table":
                return f"in [{self.operands[0]}] with {self.operands[1]} {self.operands[2]}"
            case _:
                return " ".join((self.op, *self.operands))


@dataclass(frozen=True)
class Condition:
    fact: str
    predicate: Predicate
    line: int = 0

    def __str__(self) -> str:
        return f"{self.fact}: {self.predicate}"


@dataclass(frozen=True)
class Combination:
    """`all of`, `any of` or `not`, over conditions and further combinations."""

    op: Literal["all of", "any of", "not"]
    parts: tuple[Condition | Combination, ...]

    def conditions(self) -> Iterator[Condition]:
        """Every condition in it, whatever its depth."""
        for part in self.parts:
            if isinstance(part, Combination):
                yield from part.conditions()
            else:
                yield part


@dataclass(frozen=True)
class Derived:
    """A fact built from others by Kleene's logic, cited and named."""

    name: str
    says: str
    cite: str
    of: Combination
    ask: str = ""
    who: str = ""
    missing: str = ""
    stated_as: str = ""  # the fact that holds what somebody says of it as a whole
    line: int = 0


@dataclass(frozen=True)
class Codes:
    """The denial codes a clause predicts: CARC, remarks, and whole alternatives."""

    carc: str
    rarc: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clause:
    """One version of one rule, with the sentence it stands under."""

    policy: str
    id: str
    in_force: Span
    view: Literal["coded", "documented", "both"]
    channel: Channel
    each: Each
    when: tuple[Condition, ...]
    then: Outcome | Literal["silent"] | None
    leans: Outcome | None  # where the answer inclines while it is indeterminate; such a clause gives no outcome
    needs: tuple[str, ...]
    provided: tuple[str, ...]  # what else has to hold for a covering outcome, in words
    finding: str
    severity: Severity
    likelihood: Likelihood
    codes: Codes | None
    liability: tuple[tuple[str, str], ...]
    excepts: tuple[str, str] | None  # policy id, clause id
    because: str
    would_change: str
    ask: str
    reading: tuple[str, str] | None  # by whom, since when
    presumptive: bool  # its outcome is never more than presumed
    states: tuple[str, ...]  # the statements of statements.csv that it decides
    lapsed: str
    sentence: str  # the quotation (or reading) it stands under
    quoted: str  # the authority's own sentence: the same, or for a reading the quotation above it in its section
    line: int
    sentence_line: int

    @property
    def name(self) -> str:
        """`NCD-270.6 NC.coded`, as answers cite it."""
        return f"{self.policy} {self.id}"

    def speaks(self, view: View) -> bool:
        return self.view in {"both", view.value}

    @property
    def views(self) -> tuple[View, ...]:
        return tuple(view for view in View if self.speaks(view))


@dataclass(frozen=True)
class CodeRow:
    """One code, family (`L97*`) or range (`M15-M19`) in one set, for a span of days."""

    set: str
    system: str
    code: str
    span: Span
    source: str
    line: int
    derived: str = ""  # "gem": found through the General Equivalence Mappings, so that a hit means review


@dataclass(frozen=True)
class Event:
    day: str
    event: str
    cite: str


@dataclass(frozen=True)
class Policy:
    id: str
    title: str
    titles: tuple[tuple[str, str], ...]  # first day ("" for the earliest) → title
    payer: str
    authority: str
    source: str
    instrument: str
    programs: tuple[str, ...]
    payers: tuple[str, ...]
    contractors: tuple[str, ...]
    forms: tuple[str, ...]
    quote: Literal["verbatim", "paraphrase"]
    clock: Clock
    began: str
    modelled_from: str
    checked: str
    history: tuple[Event, ...]
    tables: tuple[tuple[str, str], ...]
    example_tables: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]
    codes: tuple[CodeRow, ...]
    path: str  # folder, relative to the root of the policies
    home: str = "policies"  # the root, as answers name it
    stands_in: bool = False  # it speaks only where no other policy of its instrument speaks of the code
    examples: tuple[Row, ...] = ()
    quotations: tuple[tuple[str, int], ...] = ()
    front_line: dict[str, int] = field(default_factory=dict, hash=False, compare=False)

    @property
    def unverified(self) -> bool:
        """True when nobody has read the authority's own text."""
        return self.checked == "never"

    @cached_property
    def sets(self) -> frozenset[str]:
        return frozenset(row.set for row in self.codes)

    def title_on(self, day: str) -> str:
        """The title in force on an ISO day."""
        current = self.title
        for first, title in sorted(self.titles):
            if first <= day:
                current = title
        return current


@dataclass(frozen=True)
class CheckSpec:
    """What a complete answer looks at: the policies of some instruments, or a reference table."""

    name: str
    instruments: tuple[str, ...] = ()
    table: str = ""


@dataclass(frozen=True)
class Presumption:
    """What may be presumed of an unknown fact: the first of these values it may still have, where a condition holds."""

    fact: str
    values: tuple[str, ...]
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class OpenCase:
    """What a program owns to not deciding: no clause speaks where these conditions hold, and why."""

    when: tuple[Condition, ...]
    why: str


@dataclass(frozen=True)
class NumberRow:
    """A number that policies name, for a span of days: a threshold, a limit, an age."""

    name: str
    value: float
    unit: str
    span: Span
    source: str
    line: int = 0


@dataclass(frozen=True)
class Program:
    """The order of authority for one line of business."""

    id: str
    title: str
    ranks: tuple[tuple[str, ...], ...]
    must_have: tuple[str, ...]
    checks: tuple[CheckSpec, ...]
    silences: tuple[tuple[str, str], ...]
    presume: tuple[Presumption, ...]
    ask: tuple[str, ...]
    end_coded: Outcome
    end_documented: Outcome
    source: str
    checked: str
    path: str
    line: int = 1
    usual: tuple[tuple[str, str], ...] = ()  # what the plain flowchart takes for granted
    open: tuple[OpenCase, ...] = ()
    checklists: tuple[tuple[str, tuple[str, ...]], ...] = ()  # title → facts to be sure of

    def rank(self, instrument: str) -> int:
        """Place of an instrument in the order of authority, 0 first; instruments not ranked do not speak here."""
        return next((place for place, rank in enumerate(self.ranks) if instrument in rank), -1)

    def conditions(self) -> Iterator[Condition]:
        """Every condition it states: of what it presumes, and of what it leaves open."""
        yield from (condition for one in self.presume for condition in one.when)
        yield from (condition for one in self.open for condition in one.when)

    def finding_for(self, silence: str) -> str:
        return dict(self.silences).get(silence, "")


@dataclass(frozen=True)
class Library:
    """Everything the engine may be asked to apply."""

    facts: dict[str, Fact]
    derived: dict[str, Derived]
    policies: tuple[Policy, ...]
    programs: dict[str, Program]
    shared_codes: tuple[CodeRow, ...]
    hashes: dict[str, str]  # policy id → sha256 of its documents
    numbers: tuple[NumberRow, ...] = ()
    contractor_positions: tuple[ContractorPosition, ...] = ()  # a site's own; none are shipped
    unit_rules: tuple[UnitRule, ...] = ()  # a site's own; none are shipped

    def policy(self, id: str) -> Policy | None:  # noqa: A002  # `id` is what the field calls it
        return next((policy for policy in self.policies if policy.id == id), None)

    def fact(self, word: str) -> Fact | None:
        """A fact by its name or one of its other names, whatever their case, dots and underscores read as spaces."""
        return self.facts.get(word) or self._words.get(plain(word))

    @cached_property
    def _words(self) -> dict[str, Fact]:
        return {plain(word): fact for fact in self.facts.values() for word in (*fact.aka, fact.name)}

    def derived_as(self, word: str) -> Derived | None:
        """A derived fact by its name, written as facts are."""
        return self._derived_words.get(plain(word))

    @cached_property
    def _derived_words(self) -> dict[str, Derived]:
        return {plain(one.name): one for one in self.derived.values()}

    @property
    def orders(self) -> tuple[Program, ...]:
        """The programs, each once, whatever the number of lines of business it serves."""
        once: dict[str, Program] = {}
        for program in self.programs.values():
            once.setdefault(program.path, program)
        return tuple(once.values())

    def asked(self, name: str) -> Fact | Derived:
        """A fact or a derived fact by its own name: what it says, asks and raises when it is missing."""
        return self.facts.get(name) or self.derived[name]

"""The language of notes, as its documents say it: vocabularies, cues, rules, and the examples that prove them.

The documents stand in `language/` beside this module. A table is told by its columns: `| LABEL | words |` is a
vocabulary, `| status | reaches | words |` holds cues, `| given | reaches | words |` those of services alone,
`| rule | fact | value | within | shows | without |` rules, and `| note | tells |` examples. A table of
`ordinary words`, `spelled words` or `heard words` alone is a list for the spelling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TypeVar

from claimwright.chart.patterns import Pattern, compiled
from claimwright.documents.blocks import Document, Row, Table
from claimwright.documents.complaints import Complaint

FOLDER = Path(__file__).with_name("language")
MASK = "nothing"  # the label of words that look like others and are not
CUE, GIVEN = "status", "given"  # the labels of cues: of anything mentioned, and of services alone
_REACHES = frozenset({"after", "before", "both", "sentence", "section"})
_WITHIN = frozenset({"service", "around", "near", "sentence", "note"})


_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Term:
    """One phrase of a vocabulary.

    `reaches` is a cue's; `codes` the procedure codes that a service stands for; `masks` the labels that words
    which look like others keep from being found in them.
    """

    label: str
    value: str
    pattern: Pattern
    reaches: str = ""
    codes: tuple[str, ...] = ()
    kind: str = ""
    masks: frozenset[str] = frozenset()
    family: tuple[str, str] = ("", "")  # of the phrases of one family the longest is found, and none overlaps another


@dataclass(frozen=True)
class Wanted:
    """A label that a rule wants to see, with one of some values where it names them."""

    label: str
    values: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """Where the labels of each row of `shows` stand in order within a reach, and none of `without`, a fact is told."""

    id: str
    fact: str
    value: str
    within: str
    shows: tuple[tuple[Wanted, ...], ...]
    without: tuple[Wanted, ...]

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels without which the rule shows nothing."""
        return frozenset(wanted.label for row in self.shows for wanted in row)


@dataclass(frozen=True)
class Example:
    note: str
    tells: tuple[tuple[str, str], ...]
    path: str
    line: int


@dataclass(frozen=True)
class Language:
    """Everything the documents say. `services` gives the codes of each service, `kinds` what kind it is of."""

    terms: tuple[Term, ...]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    ordinary: frozenset[str]
    spelled: frozenset[str]
    heard: frozenset[str]
    services: dict[str, tuple[str, ...]]
    kinds: dict[str, str]


@lru_cache(maxsize=1)
def shipped() -> Language:
    """The language in the wheel. Raises ValueError where a document cannot be read, which a test rules out."""
    language, complaints = read_folder(FOLDER)
    if complaints:
        raise ValueError("\n".join(str(one) for one in complaints))
    return language


def read_folder(folder: Path) -> tuple[Language, list[Complaint]]:
    """The documents of a folder as one language, and what is wrong with them."""
    from claimwright.documents.reader import read as read_document  # noqa: PLC0415  # for runs that are given notes

    terms: list[Term] = []
    rules: list[Rule] = []
    examples: list[Example] = []
    lists: dict[str, set[str]] = {"ordinary words": set(), "spelled words": set(), "heard words": set()}
    complaints: list[Complaint] = []
    for path in sorted(path for path in folder.glob("*.md") if path.name != "README.md"):
        document, wrong = read_document(path.read_text(encoding="utf-8"), path.name)
        complaints += wrong
        for table in (block for block in document.blocks if isinstance(block, Table)):
            if table.columns == ("note", "tells"):
                examples += [_example(row, document) for row in table.rows]
            elif table.columns[:2] == ("rule", "fact"):
                for row in table.rows:
                    _keep(rules, lambda row: [_rule(row)], row, document, complaints)
            elif len(table.columns) == 1 and table.columns[0] in lists:
                name = table.columns[0]
                lists[name] |= {word for row in table.rows for word in row.get(name).split()}
            elif "words" in table.columns:
                for row in table.rows:
                    _keep(terms, partial(_terms, table=table), row, document, complaints)
            else:
                told = "a table whose columns nobody reads"
                complaints.append(Complaint(document.path, table.line, "L001", told, "see language/README.md"))
    services = {term.value: term.codes for term in terms if term.label == "service"}
    kinds = {term.value: term.kind for term in terms if term.label == "service"}
    ordinary, spelled, heard = (frozenset(words) for words in lists.values())
    language = Language(tuple(terms), tuple(rules), tuple(examples), ordinary, spelled, heard, services, kinds)
    return language, complaints


def _keep(
    kept: list[_Kept],
    read: Callable[[Row], Iterable[_Kept]],
    row: Row,
    document: Document,
    complaints: list[Complaint],
) -> None:
    try:
        kept += read(row)
    except ValueError as error:
        complaints.append(Complaint(document.path, row.line, "L000", str(error), "see language/README.md"))


def _terms(row: Row, table: Table) -> Iterator[Term]:
    label = table.columns[0]
    reaches = row.get("reaches")
    if label in {CUE, GIVEN} and reaches not in _REACHES:
        raise ValueError(f"a cue reaches {', '.join(sorted(_REACHES))}, not {reaches!r}")
    codes = tuple(row.get("codes").split())
    masks = frozenset(word.replace("_", " ") for word in row.get("of").split())
    if label == MASK and not masks:
        raise ValueError("words that are not what they look like say `of` which labels")
    for phrase in _listed(row.get("words")):
        family = (label, row.get(label) if label == MASK else reaches)
        yield Term(label, row.get(label), compiled(phrase), reaches, codes, row.get("kind"), masks, family)


def _listed(cell: str) -> list[str]:
    """The phrases of a cell, set apart by semicolons."""
    return [phrase.strip() for phrase in cell.split(";") if phrase.strip()]


def _rule(row: Row) -> Rule:
    within, shows = row.get("within"), row.get("shows")
    if within not in _WITHIN:
        raise ValueError(f"a rule looks within {', '.join(sorted(_WITHIN))}, not {within!r}")
    wanted = tuple(tuple(_wanted(listed.split(">"))) for listed in shows.split("+"))
    if not all(wanted):
        raise ValueError("a rule shows at least one label")
    without = tuple(_wanted(row.get("without").split("+")))
    return Rule(row.get("rule"), row.get("fact"), row.get("value"), within, wanted, without)


def _wanted(texts: Iterable[str]) -> Iterator[Wanted]:
    for text in texts:
        label, _, values = text.strip().partition("=")
        if label:
            yield Wanted(label.strip(), frozenset(value.strip() for value in values.split(",") if value.strip()))


def _example(row: Row, document: Document) -> Example:
    tells = [tuple(part.strip() for part in one.partition(":")[::2]) for one in _listed(row.get("tells"))]
    return Example(row.get("note").replace("⏎", "\n"), tuple(tells), document.path, row.line)  # type: ignore[arg-type]

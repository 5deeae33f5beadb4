"""A site's own settings: numbers, presumptions, contractors' policies and payers' unit rules, dated, as a YAML file.

They stand before what was shipped, and every answer that uses one says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from claimwright.days import Span
from claimwright.documents.complaints import Complaint, nearest
from claimwright.documents.files import text_of
from claimwright.documents.nodes import Mapping, NodeError, Sequence
from claimwright.documents.yaml_text import read_yaml
from claimwright.policies.code_rows import span_of
from claimwright.policies.found import ContractorPosition, UnitRule
from claimwright.policies.model import Library, NumberRow, Presumption

_KEYS = ("numbers", "presume", "contractors", "unit rules")
POSITION = "contractor position"
UNIT_RULE = "unit rule"
_NO_RULE = "none"


@dataclass(frozen=True)
class Site:
    """What a site sets otherwise; `hash` is of the file."""

    numbers: tuple[NumberRow, ...]
    presume: tuple[tuple[str, Presumption], ...]  # program, what may be presumed there
    contractors: tuple[ContractorPosition, ...]
    unit_rules: tuple[UnitRule, ...]
    hash: str


def read(file: Path, library: Library) -> tuple[Site | None, tuple[Complaint, ...]]:
    """The settings of a file, held against the library they are for; None when something in it cannot be used."""
    complaints: list[Complaint] = []
    text = text_of(file, file.name, complaints)
    try:
        root = read_yaml(text)
    except NodeError as error:
        message = f"the settings cannot be read: {error}"
        return None, (*complaints, Complaint(file.name, error.line, "SITE", message, "mend the YAML"))
    site, wrong = settings(root, file.name, library, hashlib.sha256(text.encode()).hexdigest())
    return (None if complaints else site), (*complaints, *wrong)


def settings(root: Mapping, path: str, library: Library, digest: str) -> tuple[Site | None, tuple[Complaint, ...]]:
    """The settings of a mapping, held against the library they are for; None when something in it cannot be used."""
    reader = _Reader(path, library, [])
    for key, _ in root:
        if key.value not in _KEYS:
            reader.wrong(key.line, f"nobody reads the key {key.value!r}", nearest(key.value, _KEYS, ", ".join(_KEYS)))
    site = Site(
        tuple(reader.numbers(root)),
        tuple(reader.presumptions(root)),
        tuple(reader.contractors(root)),
        tuple(reader.unit_rules(root)),
        digest,
    )
    return (None if reader.complaints else site), tuple(reader.complaints)


def applied(library: Library, site: Site) -> Library:
    """The library with a site's settings before its own."""
    programs = {
        name: replace(program, presume=(*(one for where, one in site.presume if where == name), *program.presume))
        for name, program in library.programs.items()
    }
    return replace(
        library,
        numbers=(*site.numbers, *library.numbers),
        programs=programs,
        contractor_positions=site.contractors,
        unit_rules=site.unit_rules,
        hashes={**library.hashes, "site": site.hash},
    )


@dataclass
class _Reader:
    path: str
    library: Library
    complaints: list[Complaint]

    def wrong(self, line: int, message: str, advice: str) -> None:
        self.complaints.append(Complaint(self.path, line, "SITE", message, advice))

    def numbers(self, root: Mapping) -> Iterator[NumberRow]:
        known = sorted({row.name for row in self.library.numbers})
        for item in _items(root, "numbers"):
            name = item.text("name")
            if name not in known:
                self.wrong(item.line, f"no policy names the number {name!r}", nearest(name, known, ", ".join(known)))
                continue
            try:
                value, span = float(item.text("value")), span_of(item.text("from"), item.text("to"))
            except ValueError as error:
                self.wrong(item.line, f"the number {name!r} cannot be read: {error}", _NUMBER)
                continue
            unit = next(row.unit for row in self.library.numbers if row.name == name)
            yield NumberRow(name, value, unit, span, f"site: {item.text('source') or 'no source given'}", item.line)

    def presumptions(self, root: Mapping) -> Iterator[tuple[str, Presumption]]:
        for program, facts in root.mapping("presume"):
            if program.value not in self.library.programs or not isinstance(facts, Mapping):
                advice = nearest(program.value, self.library.programs, ", ".join(self.library.programs))
                self.wrong(program.line, f"no program is called {program.value!r}", advice)
                continue
            for word, _ in facts:
                fact, value = self.library.fact(word.value), facts.text(word.value)
                allowed = (
                    ("yes", "no")
                    if fact and fact.type == "yes/no"
                    else tuple(v for v, _ in fact.values)
                    if fact
                    else ()
                )
                if fact is None or value not in allowed:
                    self.wrong(
                        word.line, f"{word.value!r} cannot be presumed to be {value!r}", ", ".join(allowed) or _FACT
                    )
                else:
                    yield program.value, Presumption(fact.name, (value,))

    def span(self, item: Mapping) -> Span | None:
        """The days for which an entry holds; None where they cannot be read, which is told."""
        try:
            return span_of(item.text("from"), item.text("to"))
        except ValueError as error:
            self.wrong(item.line, str(error), "write days like 2026-03-10")
            return None

    def contractors(self, root: Mapping) -> Iterator[ContractorPosition]:
        allowed = tuple(value for value, _ in self.library.facts[POSITION].values)
        for item in _items(root, "contractors"):
            position = item.text("position")
            if position not in allowed or not item.text("contractor"):
                advice = f"write contractor: and position:, one of {', '.join(allowed)}"
                self.wrong(item.line, f"the contractor's position is {position!r}", advice)
                continue
            span = self.span(item)
            if span is None:
                continue
            yield ContractorPosition(item.text("contractor"), position, span, item.text("source"))

    def unit_rules(self, root: Mapping) -> Iterator[UnitRule]:
        """How payers count units. What has no document of the payer's behind it is refused."""
        fact = self.library.facts.get(UNIT_RULE)
        allowed = [value for value, _ in fact.values if value != _NO_RULE] if fact else []
        for item in _items(root, "unit rules"):
            rule, source = item.text("rule"), item.text("source")
            if rule not in allowed or not item.text("payer") or not item.text("code"):
                advice = f"write payer:, code: and rule:, one of {', '.join(allowed)}"
                self.wrong(item.line, f"the unit rule is {rule!r}", advice)
                continue
            if not source:
                message = f"the unit rule of {item.text('payer')} names no source, and is not followed without one"
                self.wrong(item.line, message, "write source: the payer's own document, with its page")
                continue
            span = self.span(item)
            if span is None:
                continue
            yield UnitRule(item.text("payer"), item.text("code"), rule, span, source)


_NUMBER = "write {name: …, value: 6, from: 2026-01-01, to: …, source: …}"
_FACT = "name a fact of facts.yaml, and one of its values"


def _items(root: Mapping, key: str) -> list[Mapping]:
    node = root.get(key)
    return [item for item in node if isinstance(item, Mapping)] if isinstance(node, Sequence) else []

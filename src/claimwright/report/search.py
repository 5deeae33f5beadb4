"""One search over the library: policies, clauses by their sentences, codes, findings and facts.

The index is built once from a library and kept in memory. Weights are those of BM25's idea, simplified: a rare word
tells more than a frequent one, and a word of a name more than one of a sentence.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from claimwright.policies.findings import findings
from claimwright.policies.model import Clause, Derived, Fact, Library, Policy
from claimwright.report import wording
from claimwright.report.code_words import described
from claimwright.report.search_words import Vocabulary, terms, typed

_NAME, _OTHER_NAME, _TEXT = 6.0, 3.0, 1.0
_EXACT = 40.0  # what is typed is its very name


class Kind(StrEnum):
    """In the order in which equals are shown."""

    CODE = "code"
    POLICY = "policy"
    FINDING = "finding"
    FACT = "fact"
    CLAUSE = "clause"


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: its name, where its page is, and a line about it."""

    kind: Kind
    name: str
    title: str
    path: str
    says: str


@dataclass(frozen=True)
class Found:
    entry: Entry
    weight: float


@dataclass(frozen=True)
class _Written:
    """An entry with the texts it is found by, and how much each tells."""

    entry: Entry
    texts: tuple[tuple[float, str], ...]


class Index:
    """Built in one pass; asked by any number of threads."""

    def __init__(self, written: Iterable[_Written]) -> None:
        self.entries: list[Entry] = []
        self._named: defaultdict[str, list[int]] = defaultdict(list)
        weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, one in enumerate(written):
            self.entries.append(one.entry)
            for name in dict.fromkeys((one.entry.name, one.entry.title)):
                self._named["".join(typed(name))].append(number)
            for weight, text in one.texts:
                for term in terms(text):
                    weights[term][number] = max(weights[term].get(number, 0.0), weight)
        count = len(self.entries) or 1
        self._postings: Mapping[str, dict[int, float]] = {
            term: {number: weight * math.log(1 + count / len(of)) for number, weight in of.items()}
            for term, of in weights.items()
        }
        self._vocabulary = Vocabulary(self._postings)
        self._vocabulary.meant("warmed")  # what misspellings are compared with is made here, not by the first who asks

    def find(self, query: str, most: int = 20) -> list[Found]:
        """The best first. What holds every word of the query comes alone, where anything does."""
        words = typed(query[:200])
        if not words:
            return []
        sums: defaultdict[int, float] = defaultdict(float)
        held: defaultdict[int, int] = defaultdict(int)
        for word in words:
            for number, weight in self._of(word).items():
                sums[number] += weight
                held[number] += 1
        for number in self._named.get("".join(words), ()):
            sums[number] += _EXACT
            held[number] = len(words)
        full = [number for number, count in held.items() if count == len(words)]
        if not full:
            best = max(held.values(), default=0)
            full = [number for number, count in held.items() if count == best]
        order = list(Kind)
        ranked = sorted(full, key=lambda n: (-sums[n], order.index(self.entries[n].kind), self.entries[n].name))
        return [Found(self.entries[number], sums[number]) for number in ranked[:most]]

    def _of(self, word: str) -> dict[int, float]:
        """What a typed word tells of each entry, by the nearest of the words it may mean."""
        found: dict[int, float] = {}
        for meant, nearness in self._vocabulary.meant(word).items():
            for number, weight in self._postings[meant].items():
                found[number] = max(found.get(number, 0.0), weight * nearness)
        return found


def index(library: Library) -> Index:
    return Index(_written(library))


def _written(library: Library) -> Iterator[_Written]:
    yield from _codes(library)
    for policy in library.policies:
        yield _policy(policy)
    for program in library.orders:
        entry = Entry(Kind.POLICY, program.id, program.title, f"/library/policies/{program.id}", "order of authority")
        yield _Written(entry, ((_NAME, f"{program.id} {program.title}"), (_TEXT, "order of authority program")))
    yield from _findings(library)
    yield from _facts(library)
    for policy in library.policies:
        yield from _clauses(policy)


def _codes(library: Library) -> Iterator[_Written]:
    sets: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in (*library.shared_codes, *(row for policy in library.policies for row in policy.codes)):
        if row.system in {"CPT", "HCPCS", "modifier"}:
            sets[row.code][row.set] = None
    known = described()
    for code in dict.fromkeys((*known, *sets)):
        words = known.get(code)
        stands = ", ".join(sets[code])
        entry = Entry(
            Kind.CODE, code, words.name if words else stands, f"/library/codes/{code}", words.words if words else ""
        )
        uses = f"{words.words} {words.uses}" if words else ""
        kind = "modifier" if len(code) == 2 else "procedure code"
        texts = ((_NAME, code), (_NAME * 1.2, entry.title), (_OTHER_NAME, kind), (_TEXT, f"{uses} {stands}"))
        yield _Written(entry, texts)


def _policy(policy: Policy) -> _Written:
    entry = Entry(
        Kind.POLICY, policy.id, policy.title, f"/library/policies/{policy.id}", f"{policy.payer} · {policy.instrument}"
    )
    titles = " ".join(title for _, title in policy.titles)
    return _Written(
        entry,
        (
            (_NAME, policy.id),
            (_NAME * 0.8, f"{policy.title} {policy.payer} {policy.instrument}"),
            (_OTHER_NAME, f"{titles} {policy.authority}"),
        ),
    )


def _clauses(policy: Policy) -> Iterator[_Written]:
    once: dict[str, Clause] = {}
    for clause in policy.clauses:  # the newest version of each; older sentences are found by the policy
        if clause.id not in once or (clause.in_force.last is None):
            once[clause.id] = clause
    for clause in once.values():
        path = f"/library/policies/{policy.id}#clause-{clause.id}"
        entry = Entry(Kind.CLAUSE, clause.name, policy.title, path, clause.sentence)
        because = f"{clause.because} {clause.would_change} {clause.ask}"
        yield _Written(
            entry,
            (
                (_OTHER_NAME, f"{clause.name} {clause.finding}"),
                (_TEXT, f"{clause.sentence} {clause.quoted}"),
                (_TEXT * 0.7, f"{because} {policy.title} {policy.payer}"),
            ),
        )


def _findings(library: Library) -> Iterator[_Written]:
    for finding in findings(library).values():
        says = wording.open_slots(finding.says)
        entry = Entry(Kind.FINDING, finding.id, says, f"/library/findings/{finding.id}", says)
        because = " ".join(clause.because for clause in finding.raised)
        yield _Written(entry, ((_NAME, finding.id), (_OTHER_NAME * 0.7, says), (_TEXT, because)))


def _facts(library: Library) -> Iterator[_Written]:
    for fact in library.facts.values():
        values = " ".join(f"{name} {words}" for name, words in fact.values)
        yield _fact(fact, f"{fact.name} {' '.join(fact.aka)}", values)
    for derived in library.derived.values():
        yield _fact(derived, derived.name, "")


def _fact(fact: Fact | Derived, names: str, values: str) -> _Written:
    entry = Entry(Kind.FACT, fact.name, fact.says, f"/library/facts/{quote(fact.name)}", fact.says)
    return _Written(entry, ((_NAME, names), (_OTHER_NAME * 0.7, fact.says), (_TEXT, f"{fact.ask} {values}")))

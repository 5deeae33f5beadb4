"""A library with somebody's own documents on top: what is added, and what may not be said a second time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from claimwright.documents.complaints import Complaint
from claimwright.policies.lints.walk import document
from claimwright.policies.model import Library, plain
from claimwright.policies.shelf import CODES, FACTS, NUMBERS

VOCABULARY = "vocabulary"  # what hashes call the facts, sets and numbers that documents share


def merged(base: Library, own: Library) -> tuple[Library, tuple[Complaint, ...]]:
    """Everything of both. What `own` says again is left out, and complained of (P000), since two meanings of one name
    would change what others wrote.
    """
    sets = {row.set for row in base.shared_codes}
    numbers = {row.name for row in base.numbers}
    ids = {*base.programs, *(policy.id for policy in base.policies)}
    hashes = {**own.hashes, **base.hashes}
    if own.facts or own.derived or own.shared_codes or own.numbers:
        words = base.hashes[VOCABULARY] + own.hashes[VOCABULARY]
        hashes[VOCABULARY] = hashlib.sha256(words.encode()).hexdigest()
    library = replace(
        with_words_of(base, own),
        policies=(*base.policies, *(policy for policy in own.policies if policy.id not in ids)),
        programs={**{name: program for name, program in own.programs.items() if name not in ids}, **base.programs},
        shared_codes=(*base.shared_codes, *(row for row in own.shared_codes if row.set not in sets)),
        numbers=(*base.numbers, *(row for row in own.numbers if row.name not in numbers)),
        hashes=hashes,
    )
    return library, tuple(_said_again(base, own))


def with_words_of(base: Library, own: Library) -> Library:
    """A library whose documents may use the words of another beside their own; of two that are one, the other's."""
    return replace(
        own,
        facts={**base.facts, **own.facts, **base.facts},
        derived={**base.derived, **own.derived, **base.derived},
    )


def _said_again(base: Library, own: Library) -> Iterator[Complaint]:
    words = {plain(word) for fact in base.facts.values() for word in (fact.name, *fact.aka)}
    words |= {plain(name) for name in base.derived}
    named = [(fact.name, fact.line) for fact in own.facts.values()]
    for name, line in (*named, *((derived.name, derived.line) for derived in own.derived.values())):
        if plain(name) in words:
            yield _taken(FACTS, line, f"the fact {name}", "use it as it is, or give yours another name")
    advice = "give it another name, or put its rows into the codes.csv of the policy that means something else"
    taken = {row.set for row in base.shared_codes}
    for name, line in {row.set: row.line for row in reversed(own.shared_codes) if row.set in taken}.items():
        yield _taken(CODES, line, f"the set {name}", advice)
    numbers = {row.name for row in base.numbers}
    for name, line in {row.name: row.line for row in reversed(own.numbers) if row.name in numbers}.items():
        yield _taken(NUMBERS, line, f"the number {name}", "give it another name, or set it in a site file")
    yield from _ids_again(base, own)


def _ids_again(base: Library, own: Library) -> Iterator[Complaint]:
    ids = {*base.programs, *(policy.id for policy in base.policies)}
    for policy in own.policies:
        if policy.id in ids:
            line = policy.front_line.get("id", 1)
            advice = "an id identifies one policy for ever; choose another"
            yield _taken(document(policy), line, f"the id {policy.id}", advice)
    for program in own.programs.values():
        if program.id in ids:
            advice = "let your policies apply to the program that is there, or give yours another id"
            yield _taken(f"{program.path}/program.md", program.line, f"the program {program.id}", advice)


def _taken(path: str, line: int, what: str, advice: str) -> Complaint:
    return Complaint(path, line, "P000", f"{what} is there already, in the shipped policies", advice)

"""The library as people read it: its documents, one search over it, and how its examples come out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock

from claimwright.policies import publish, reading, shipped
from claimwright.policies.model import Library, Policy
from claimwright.proving.prove import came_out, releases_with
from claimwright.reference.releases import Releases
from claimwright.report import search


@dataclass(frozen=True)
class Papers:
    """Documents beside the shipped ones: Markdown by the id of its policy or program, and the invented rows that
    examples run on, by policy and file.
    """

    documents: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


NO_PAPERS = Papers()


def papers_of(folder: Path) -> Papers:
    """What a folder of policies of one's own holds."""
    shelf = reading.read_folder(folder, None if reading.stands_alone(folder) else shipped.load())
    return Papers({name: document.text for name, document in shelf.documents.items()}, publish.example_tables(shelf))


@dataclass(frozen=True)
class Ran:
    """The examples of one policy as they came out: by the line of each, what is amiss (nothing, where it came out).

    `hindered` says why they could not be run.
    """

    at: datetime
    hash: str  # of the whole library
    amiss: Mapping[int, tuple[str, ...]]
    hindered: str = ""

    @property
    def failed(self) -> int:
        return sum(1 for found in self.amiss.values() if found)


@dataclass(repr=False)
class Reading:
    """One for an application. `ran` remembers what came out while the library is the same."""

    library: Library
    releases: Releases
    papers: Papers = NO_PAPERS
    _ran: dict[str, Ran] = field(default_factory=dict)
    _running: Lock = field(default_factory=Lock)

    @cached_property
    def hash(self) -> str:
        """Of everything the engine applies: `sha256:` and twelve hexadecimal digits."""
        told = "\n".join(f"{name} {digest}" for name, digest in sorted(self.library.hashes.items()))
        return f"sha256:{hashlib.sha256(told.encode()).hexdigest()[:12]}"

    @cached_property
    def index(self) -> search.Index:
        return search.index(self.library)

    def document(self, name: str) -> str | None:
        """The Markdown of a policy or an order of authority."""
        own = self.papers.documents.get(name)
        if own is not None:
            return own
        text = shipped.documents().get(name)
        return text.markdown if text else None

    def ran(self, policy: Policy, now: datetime) -> Ran:
        """How the examples of a policy come out; run when first asked, and not again while this library serves."""
        with self._running:
            if policy.id not in self._ran:
                self._ran[policy.id] = self._run(policy, now)
            return self._ran[policy.id]

    def _run(self, policy: Policy, now: datetime) -> Ran:
        texts = self.papers.tables.get(policy.id) or shipped.example_tables().get(policy.id, {})
        lacking = [file for _, file in policy.example_tables if file not in texts]
        if lacking:
            return Ran(now, self.hash, {}, f"the invented rows that they run on are not here: {', '.join(lacking)}")
        return Ran(now, self.hash, came_out(policy, self.library, releases_with(policy, texts.__getitem__)))

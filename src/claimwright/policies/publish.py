"""From documents to what is shipped: the lock and the compiled library, one step, so that they cannot part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson

from claimwright.policies import compiled, lock
from claimwright.policies.shelf import Shelf
from claimwright.policies.shipped import DOCUMENTS, POLICIES, TABLES


@dataclass(frozen=True)
class Output:
    """One generated file and what it has to hold."""

    path: Path
    text: bytes

    @property
    def current(self) -> bool:
        return self.path.is_file() and self.path.read_bytes() == self.text

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(self.text)


def outputs(shelf: Shelf, library_folder: Path | None) -> tuple[Output, ...]:
    """The files generated from a shelf: the lock beside the documents and, given its folder, the compiled library."""
    found = [Output(shelf.root / lock.NAME, lock.lock(shelf).encode())]
    if library_folder is not None:
        found.append(Output(library_folder / POLICIES, compiled.dump(shelf.library)))
        found.append(Output(library_folder / DOCUMENTS, _documents(shelf)))
        found.append(Output(library_folder / TABLES, _example_tables(shelf)))
    return tuple(found)


def _documents(shelf: Shelf) -> bytes:
    """Path and Markdown by the id of the policy or program, one document a line."""
    lines = (
        orjson.dumps(name) + b":" + orjson.dumps([document.path, document.text])
        for name, document in sorted(shelf.documents.items())
    )
    return b"{\n" + b",\n".join(lines) + b"\n}\n"


def example_tables(shelf: Shelf) -> dict[str, dict[str, str]]:
    """The invented rows that examples run on, by policy and file."""
    return {
        policy.id: {
            file: (shelf.root / policy.path / file).read_text("utf-8")
            for _, file in policy.example_tables
            if (shelf.root / policy.path / file).is_file()
        }
        for policy in shelf.library.policies
        if policy.example_tables
    }


def _example_tables(shelf: Shelf) -> bytes:
    """The same as a file, so that examples run wherever the library is installed."""
    return orjson.dumps(example_tables(shelf), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

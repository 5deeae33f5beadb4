"""The library that comes with the program: compiled from the policies, read without Markdown or YAML."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import orjson

from claimwright.policies import compiled
from claimwright.policies.model import Library

FOLDER = "library"
POLICIES, DOCUMENTS, TABLES = "policies.json", "documents.json", "example-tables.json"


@dataclass(frozen=True)
class Text:
    """One document as its authors wrote it; `path` is relative to the root of the policies."""

    path: str
    markdown: str


@cache
def load() -> Library:
    """Every policy, fact and program that was shipped; read once in a process."""
    return compiled.load(_bytes(POLICIES))


@cache
def documents() -> dict[str, Text]:
    """The Markdown of each shipped document, by the id of its policy or program."""
    return {name: Text(path, markdown) for name, (path, markdown) in orjson.loads(_bytes(DOCUMENTS)).items()}


@cache
def example_tables() -> dict[str, dict[str, str]]:
    """The invented rows on which examples run: the text of each file, by the id of its policy and its name."""
    found: dict[str, dict[str, str]] = orjson.loads(_bytes(TABLES))
    return found


def _bytes(name: str) -> bytes:
    return files("claimwright").joinpath(FOLDER, name).read_bytes()

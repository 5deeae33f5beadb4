"""Reads files of worked cases: YAML whose keys are checked, with bases taken over from files beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from claimwright.documents.complaints import Complaint, nearest
from claimwright.documents.files import text_of
from claimwright.documents.nodes import Mapping as Node
from claimwright.documents.nodes import Node as AnyNode
from claimwright.documents.nodes import NodeError, Sequence, Text
from claimwright.documents.yaml_text import read_yaml
from claimwright.policies.statements import ids
from claimwright.proving.case_expect import Expect
from claimwright.proving.case_model import CaseFile
from claimwright.proving.case_yaml import Keys, complaint, complaints_of, line_of, valued


@dataclass(frozen=True)
class Level:
    """One of the claims that a case is made of, a base or what the case writes itself; as written, and as values."""

    file: str
    node: Node = field(repr=False)
    values: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class WorkedCase:
    """One case as read: what it is made of, the strongest level last, the tables it stands on, and what it expects."""

    id: str
    says: str
    file: str
    line: int
    levels: tuple[Level, ...]
    tables: Mapping[str, Any]
    expect: Expect
    text: str | None = None
    proves: tuple[str, ...] = ()

    def place(self, keys: Keys) -> str:
        """`cases/units.yaml:12`, where a value stands or, when nobody wrote it, where the case begins."""
        for length in range(len(keys), 0, -1):
            for level in reversed(self.levels):
                line = line_of(level.node, keys[:length])
                if line is not None:
                    return f"{level.file}:{line}"
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class CasesRead:
    """The cases of some files, in order; and every complaint. A file that has one is left out whole."""

    cases: tuple[WorkedCase, ...]
    complaints: tuple[Complaint, ...]


def read(paths: Iterable[Path]) -> CasesRead:
    """Read files, and every `*.yaml` in folders. Paths in complaints are as given."""
    cases: list[WorkedCase] = []
    complaints: list[Complaint] = []
    for path in _files(paths, complaints):
        found, wrong = _Reader(path).cases()
        cases.extend(found)
        complaints.extend(wrong)
    return CasesRead(tuple(cases), tuple(complaints))


def _files(paths: Iterable[Path], complaints: list[Complaint]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        found = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        if not found:
            complaints.append(complaint(path, 1, "the folder has no *.yaml in it", "name a file, or another folder"))
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


class _Reader:
    """One file with what it includes."""

    def __init__(self, path: Path, above: tuple[Path, ...] = ()) -> None:
        self.path, self.above = path, (*above, path.resolve())
        self.complaints: list[Complaint] = []
        self.bases: dict[str, tuple[Level, ...]] = {}
        self.tables: dict[str, Any] = {}
        self.node = Node((), 1)
        self.model = CaseFile()

    def cases(self) -> tuple[list[WorkedCase], list[Complaint]]:
        self.read()
        found: dict[str, WorkedCase] = {}
        listed = self.node.get("cases")
        if not self.complaints and isinstance(listed, Sequence):
            for node, judged in zip(listed, self.model.cases, strict=True):
                assert isinstance(node, Node)
                case = self._case(node, judged, found)
                if case.id in found:
                    self._say(node.line_of("id"), f"the id {case.id} stands twice", "an id names one case")
                found[case.id] = case
        return ([] if self.complaints else list(found.values())), self.complaints

    def read(self) -> None:
        """The file's own model, and the bases and tables it ends up with."""
        try:
            text = text_of(self.path, str(self.path), self.complaints)
            self.node = read_yaml(text)
            self.model = CaseFile.model_validate(valued(self.node))
        except OSError as error:
            self._say(1, f"the file cannot be read: {error.strerror}", "check its name and who may read it")
        except NodeError as error:
            self._say(error.line, f"this is no YAML that can be read: {error}", "see docs/cases.md")
        except RecursionError:
            self._say(1, "the values are nested too deeply", "write them plainly")
        except ValidationError as error:
            self.complaints += complaints_of(error, self.path, self.node, CaseFile)
        if self.complaints:
            return
        for name in self.model.include:
            self._include(name)
        self.tables |= _tables(self.node)
        self._own_bases()

    def _include(self, name: str) -> None:
        path = self.path.parent / name
        line = self.node.line_of("include")
        if path.resolve() in self.above:
            self._say(line, f"{name} includes itself", "take one of the two out")
            return
        if not path.is_file():
            self._say(line, f"there is no file {name} beside this one", "write its path from this file's folder")
            return
        other = _Reader(path, self.above)
        other.read()
        self.complaints += other.complaints
        self.bases |= other.bases
        self.tables |= other.tables

    def _own_bases(self) -> None:
        waiting = {key.value: (key.line, node) for key, node in self.node.mapping("bases")}
        while waiting:
            ready = [name for name, (_, node) in waiting.items() if _like(node) not in waiting]
            if not ready:
                name, (line, _) = next(iter(waiting.items()))
                self._say(line, f"the base {name} is like itself, by way of others", "end the chain somewhere")
                return
            for name in ready:
                line, node = waiting.pop(name)
                base = node if isinstance(node, Node) else Node((), line)
                self.bases[name] = (*self._like(base, self.bases), self._level(base))

    def _default(self) -> tuple[Level, ...]:
        """What the file says of all its cases."""
        as_of = tuple((key, node) for key, node in self.node if key.value == "as of")
        return (self._level(Node(as_of, self.node.line)),) if as_of else ()

    def _like(self, node: Node, known: Mapping[str, tuple[Level, ...]]) -> tuple[Level, ...]:
        name = _like(node)
        if not name:
            return ()
        if name not in known:
            advice = nearest(name, known, f"one of: {', '.join(known) or 'there is none'}")
            self._say(node.line_of("like"), f"there is no base {name}", advice)
            return ()
        return known[name]

    def _level(self, node: Node) -> Level:
        return Level(str(self.path), node, valued(node))

    def _case(self, node: Node, judged: Any, earlier: Mapping[str, WorkedCase]) -> WorkedCase:
        known = {**self.bases, **{case.id: case.levels for case in earlier.values()}}
        text = node.get("text")
        if text is not None and (also := [key.value for key, _ in node if key.value not in _WITH_TEXT]):
            self._say(node.line_of(also[0]), f"{also[0]} stands beside text", "a case of raw text has no other fields")
        levels = (*self._default(), *self._like(node, known), self._level(node))
        tables = dict(self.tables)
        for level in levels:
            tables |= _tables(level.node)
        return WorkedCase(
            id=judged.id,
            says=judged.says,
            file=str(self.path),
            line=node.line_of("id"),
            levels=levels,
            tables=tables,
            expect=judged.expect,
            text=text.value if isinstance(text, Text) else None,
            proves=ids(judged.proves),
        )

    def _say(self, line: int, message: str, help_: str) -> None:
        self.complaints.append(complaint(self.path, line, message, help_))


_WITH_TEXT = frozenset({"id", "says", "proves", "text", "expect", "as of", "tables"})


def _like(node: AnyNode) -> str:
    return node.text("like") if isinstance(node, Node) else ""


def _tables(node: Node) -> dict[str, Any]:
    """The tables that a file, a base or a case names."""
    return {key.value: valued(table) for key, table in node.mapping("tables")}

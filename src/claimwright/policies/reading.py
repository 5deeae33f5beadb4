"""Reads a folder of policy documents into a Library, and says what is wrong with them."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

from claimwright.days import Clock, Span
from claimwright.documents import reader
from claimwright.documents.complaints import Complaint
from claimwright.documents.nodes import Mapping, Sequence, Text
from claimwright.documents.reader import Document, Fence, Heading, Paragraph, Quotation, Row, Table
from claimwright.lines.answers import Outcome
from claimwright.policies import clauses, vocabulary
from claimwright.policies.model import INSTRUMENTS, CheckSpec, Clause, CodeRow, Event, Library, Policy, Program

CODE_COLUMNS = ("set", "system", "code", "from", "to", "source")
SYSTEMS = ("CPT", "HCPCS", "ICD-10-CM", "ICD-9-CM", "modifier", "place", "revenue")


@dataclass(frozen=True)
class Shelf:
    """A library as read from documents, with the documents themselves and every complaint about them."""

    library: Library
    documents: dict[str, Document]  # policy or program id → its document
    complaints: tuple[Complaint, ...]
    root: Path


def read_folder(root: Path) -> Shelf:
    """Read everything below `root`. Nothing is registered by hand: a folder with a policy.md is a policy."""
    complaints: list[Complaint] = []
    facts_file = root / vocabulary.PATH
    facts, derived, wrong = vocabulary.read(facts_file.read_text("utf-8") if facts_file.exists() else "facts: {}")
    complaints.extend(wrong)
    shared = read_codes(root, "codes.csv", complaints)
    policies: list[Policy] = []
    programs: dict[str, Program] = {}
    documents: dict[str, Document] = {}
    hashes: dict[str, str] = {}
    for file in sorted(root.rglob("policy.md")):
        document, wrong_here = _document(root, file)
        complaints.extend(wrong_here)
        policy = _policy(document, root, complaints)
        if policy is None:
            continue
        if policy.id in documents:
            message = f"the id {policy.id} is taken by {documents[policy.id].path}"
            complaints.append(Complaint(document.path, 2, "P000", message, "an id identifies one policy for ever"))
            continue
        policies.append(policy)
        documents[policy.id] = document
        hashes[policy.id] = _hash(file.parent)
    for file in sorted(root.rglob("program.md")):
        document, wrong_here = _document(root, file)
        complaints.extend(wrong_here)
        program = _program(document, complaints)
        if program:
            programs[program.id] = program
            documents[program.id] = document
            hashes[program.id] = _hash(file.parent)
    hashes["vocabulary"] = _hash_files([facts_file, root / "codes.csv"])
    library = Library(facts, derived, tuple(policies), programs, shared, hashes)
    return Shelf(library, documents, tuple(sorted(complaints)), root)


def _document(root: Path, file: Path) -> tuple[Document, tuple[Complaint, ...]]:
    return reader.read(file.read_text("utf-8"), file.relative_to(root).as_posix())


def _hash(folder: Path) -> str:
    return _hash_files(sorted(path for path in folder.iterdir() if path.is_file()))


def _hash_files(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        if file.exists():
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def read_codes(root: Path, name: str, complaints: list[Complaint]) -> tuple[CodeRow, ...]:
    """The rows of a codes.csv; dots are taken out of codes, as claims carry them without."""
    file = root / name
    if not file.exists():
        return ()
    rows: list[CodeRow] = []
    table = csv.reader(io.StringIO(file.read_text("utf-8")))
    header = tuple(next(table, ()))
    if header != CODE_COLUMNS:
        message = f"the columns are {', '.join(header)}"
        complaints.append(Complaint(name, 1, "P000", message, f"they should be {','.join(CODE_COLUMNS)}"))
        return ()
    for cells in table:
        line = table.line_num
        if not cells:
            continue
        try:
            name_of_set, system, code, first, last, source = (cell.strip() for cell in cells)
            if system not in SYSTEMS:
                raise ValueError(f"the system {system!r} is not one of {', '.join(SYSTEMS)}")
            if not source:
                raise ValueError("a row needs its source")
            rows.append(CodeRow(name_of_set, system, code.replace(".", ""), _span(first, last), source, line))
        except ValueError as error:
            complaints.append(Complaint(name, line, "P000", f"the row cannot be read: {error}", "mend the row"))
    return tuple(rows)


def _span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def _policy(document: Document, root: Path, complaints: list[Complaint]) -> Policy | None:
    front, path = document.front, document.path
    folder = path.rsplit("/", 1)[0]
    missing = [
        key
        for key in ("id", "title", "payer", "authority", "source", "instrument", "quote", "checked")
        if not front.text(key)
    ]
    if missing:
        advice = "see policies/README.md, front matter"
        complaints.append(Complaint(path, 1, "P000", f"the front matter lacks {', '.join(missing)}", advice))
        return None
    if front.text("instrument") not in INSTRUMENTS:
        message = f"the instrument {front.text('instrument')!r} is unknown"
        complaints.append(
            Complaint(path, front.line_of("instrument"), "P000", message, f"one of: {', '.join(INSTRUMENTS)}")
        )
        return None
    policy_id = front.text("id")
    read, quotations = _rules(document, policy_id, complaints)
    here: list[Complaint] = []
    codes = read_codes(root / folder, "codes.csv", here)
    complaints.extend(Complaint(f"{folder}/{c.path}", c.line, c.id, c.message, c.help) for c in here)
    applies = front.mapping("applies to")
    return Policy(
        id=policy_id,
        title=front.text("title"),
        titles=tuple((item.text("from"), item.text("title")) for item in _mappings(front, "titles")),
        payer=front.text("payer"),
        authority=front.text("authority"),
        source=front.text("source"),
        instrument=front.text("instrument"),
        programs=applies.texts("programs"),
        payers=applies.texts("payers"),
        contractors=applies.texts("contractors"),
        forms=applies.texts("forms"),
        quote=cast(Literal["verbatim", "paraphrase"], front.text("quote")),
        clock=Clock(front.text("clock", "service")),
        began=front.text("began"),
        modelled_from=front.text("modelled_from"),
        checked=front.text("checked"),
        history=tuple(Event(e.text("date"), e.text("event"), e.text("cite")) for e in _mappings(front, "history")),
        tables=_pairs(front.mapping("tables")),
        example_tables=_pairs(front.mapping("example tables")),
        clauses=tuple(read),
        codes=codes,
        path=folder,
        examples=_examples(document),
        quotations=tuple(quotations),
        front_line={key.value: key.line for key, _ in front},
    )


def _mappings(front: Mapping, key: str) -> list[Mapping]:
    node = front.get(key)
    return [item for item in node if isinstance(item, Mapping)] if isinstance(node, Sequence) else []


def _pairs(mapping: Mapping) -> tuple[tuple[str, str], ...]:
    return tuple((key.value, node.value) for key, node in mapping if isinstance(node, Text))


def _rules(document: Document, policy: str, complaints: list[Complaint]) -> tuple[list[Clause], list[tuple[str, int]]]:
    """Every clause with the sentence it stands under, and every quotation; a misplaced rule is P001."""
    found: list[Clause] = []
    quotations: list[tuple[str, int]] = []
    sentence: tuple[str, int] = ("", 0)
    owned = False
    for block in document.blocks:
        match block:
            case Quotation():
                quotations.append((block.text, block.line))
                sentence, owned = (block.text, block.line), False
            case Paragraph() if block.is_reading:
                sentence, owned = (block.text.removeprefix("*Reading.*").strip(), block.line), True
            case Heading() | Table():
                sentence = ("", 0)
            case Fence(kind="rule"):
                _place(block, sentence, owned, document.path, complaints)
                clause = clauses.read(block, policy, sentence, document.path, complaints)
                if clause:
                    found.append(clause)
            case _:
                pass
    return found, quotations


def _place(block: Fence, sentence: tuple[str, int], owned: bool, path: str, complaints: list[Complaint]) -> None:
    if not sentence[0]:
        message = f"clause {block.id} does not follow the sentence it encodes"
        advice = "put the quotation, or a *Reading.* paragraph, directly above the rule"
        complaints.append(Complaint(path, block.line, "P001", message, advice))
    elif owned and not block.body.mapping("reading").entries:
        message = f"clause {block.id} stands under a reading but does not own to it"
        advice = "add `reading: {by: claimwright, on: DATE}` to the rule, or quote the sentence that says it"
        complaints.append(Complaint(path, block.line, "P001", message, advice))


def _examples(document: Document) -> tuple[Row, ...]:
    rows: list[Row] = []
    within = False
    for block in document.blocks:
        if isinstance(block, Heading):
            within = block.text.startswith("Examples") or (within and block.level > 2)
        elif isinstance(block, Table) and within:
            rows.extend(block.rows)
    return tuple(rows)


def _program(document: Document, complaints: list[Complaint]) -> Program | None:
    fence = next((b for b in document.blocks if isinstance(b, Fence) and b.kind == "program"), None)
    front = document.front
    if fence is None or not front.text("id"):
        message = "a program needs an id and one program block"
        complaints.append(Complaint(document.path, 1, "P000", message, "see policies/README.md"))
        return None
    body = fence.body
    end = body.mapping("end")
    return Program(
        id=front.text("id"),
        title=front.text("title"),
        ranks=tuple(_split(rank) for rank in body.texts("ranks")),
        must_have=body.texts("must have"),
        checks=tuple(
            CheckSpec(check.text("name"), _split(check.text("instrument")), check.text("table"))
            for check in _mappings(body, "checks")
        ),
        silences=_pairs(body.mapping("silences")),
        presume=_pairs(body.mapping("presume")),
        ask=body.texts("ask"),
        end_coded=Outcome.of_words(end.text("coded", "nothing met")),
        end_documented=Outcome.of_words(end.text("documented", "indeterminate")),
        source=front.text("source"),
        checked=front.text("checked", "never"),
        path=document.path.rsplit("/", 1)[0],
        line=fence.line,
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())

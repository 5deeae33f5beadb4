"""Reads a folder of policy documents into a Library, and says what is wrong with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

from claimwright.days import Clock
from claimwright.documents import reader
from claimwright.documents.blocks import Document, Fence, Heading, Paragraph, Quotation, Row, Table
from claimwright.documents.complaints import Complaint
from claimwright.documents.files import text_of
from claimwright.documents.nodes import Mapping
from claimwright.policies import clauses, code_rows, merging, number_rows, programs, statements, vocabulary
from claimwright.policies import front as front_matter
from claimwright.policies.clauses import Sentence
from claimwright.policies.model import Clause, Event, Library, Policy, Program
from claimwright.policies.shelf import CODES, FACTS, NUMBERS, Shelf


def read_folder(root: Path, base: Library | None = None) -> Shelf:
    """Read everything below `root`. Nothing is registered by hand: a folder with a policy.md is a policy.

    With a `base`, the documents build on another library: they use its facts, sets and numbers beside their own, stand
    under its programs, and may except its clauses. What they say a second time is a complaint (P000).
    """
    complaints: list[Complaint] = []
    facts_file = root / FACTS
    facts, derived, wrong = vocabulary.read(
        text_of(facts_file, FACTS, complaints) if facts_file.exists() else "facts: {}"
    )
    complaints.extend(wrong)
    shared = code_rows.read(root / CODES, CODES, complaints)
    numbers = number_rows.read(root / NUMBERS, NUMBERS, complaints)
    stated = statements.read(root / statements.NAME, statements.NAME, complaints)
    policies: list[Policy] = []
    orders: dict[str, Program] = {}
    documents: dict[str, Document] = {}
    hashes: dict[str, str] = {}
    for file in sorted(root.rglob("policy.md")):
        if file.parent == root:
            advice = "move it into a folder of its own, with its codes.csv"
            complaints.append(Complaint(file.name, 1, "P000", "a policy stands among the shared files", advice))
            continue
        document = _document(root, file, complaints)
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
        document = _document(root, file, complaints)
        program = programs.read(document, complaints)
        if program:
            for served in programs.serving(program, document):
                orders[served.id] = served
                documents[served.id] = document
                hashes[served.id] = _hash(file.parent)
    hashes["vocabulary"] = _hash_files([facts_file, root / CODES, root / NUMBERS])
    own = Library(facts, derived, tuple(policies), orders, shared, hashes, numbers)
    if base is None:
        return Shelf(own, documents, tuple(sorted(complaints)), root, own, stated)
    own = replace(own, policies=tuple(replace(policy, home=root.as_posix()) for policy in policies))
    whole, said_again = merging.merged(base, own)
    library = merging.with_words_of(base, own)
    return Shelf(library, documents, tuple(sorted((*complaints, *said_again))), root, whole, stated)


def stands_alone(root: Path) -> bool:
    """Whether a folder has a vocabulary of its own: without the word for a procedure no rule could name a code."""
    file = root / FACTS
    return file.is_file() and "procedure" in vocabulary.read(text_of(file, FACTS, []))[0]


def _document(root: Path, file: Path, complaints: list[Complaint]) -> Document:
    path = file.relative_to(root).as_posix()
    document, wrong = reader.read(text_of(file, path, complaints), path)
    complaints.extend(wrong)
    return document


def _hash(folder: Path) -> str:
    return _hash_files(sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")))


def _hash_files(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        if file.exists():
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _policy(document: Document, root: Path, complaints: list[Complaint]) -> Policy | None:
    front, path = document.front, document.path
    folder = path.rsplit("/", 1)[0]
    wrong = (*front_matter.check(front, path), *_missing_tables(front, root / folder, path))
    complaints.extend(wrong)
    if wrong:
        return None
    policy_id = front.text("id")
    read, quotations = _rules(document, policy_id, complaints)
    codes = code_rows.read(root / folder / CODES, f"{folder}/{CODES}", complaints)
    applies = front.mapping("applies to")
    return Policy(
        id=policy_id,
        title=front.text("title"),
        titles=tuple((item.text("from"), item.text("title")) for item in front_matter.mappings(front, "titles")),
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
        history=tuple(
            Event(e.text("date"), e.text("event"), e.text("cite")) for e in front_matter.mappings(front, "history")
        ),
        tables=front_matter.pairs(front.mapping("tables")),
        example_tables=front_matter.pairs(front.mapping("example tables")),
        clauses=tuple(read),
        codes=codes,
        path=folder,
        stands_in=front.text("stands in") == "yes",
        examples=_examples(document),
        quotations=tuple(quotations),
        front_line={key.value: key.line for key, _ in front},
    )


def _missing_tables(front: Mapping, folder: Path, path: str) -> Iterator[Complaint]:
    for name, file in front_matter.pairs(front.mapping("example tables")):
        if not (folder / file).is_file():
            message = f"the example table {name!r} is {file!r}, which is no file of the policy's folder"
            yield Complaint(path, front.line_of("example tables"), "P000", message, "put the file beside the policy")


def _rules(document: Document, policy: str, complaints: list[Complaint]) -> tuple[list[Clause], list[tuple[str, int]]]:
    """Every clause with the sentence it stands under, and every quotation; a misplaced rule is P001."""
    found: list[Clause] = []
    quotations: list[tuple[str, int]] = []
    sentence, level = Sentence(), 0
    for block in document.blocks:
        match block:
            case Quotation():
                quotations.append((block.text, block.line))
                sentence = Sentence(block.text, block.line, block.text)
            case Paragraph() if block.is_reading:
                text = block.text.removeprefix("*Reading.*").strip()
                sentence = Sentence(text, block.line, sentence.quoted, ours=True)
            case Heading():
                # a heading below the quotation's own keeps what it says in sight, for readings that stand there
                if block.level <= level or not sentence.quoted:
                    level, sentence = block.level, Sentence()
                else:
                    sentence = Sentence(quoted=sentence.quoted)
            case Table():
                sentence = Sentence()
            case Fence(kind="rule"):
                _place(block, sentence, document.path, complaints)
                clause = clauses.read(block, policy, sentence, document.path, complaints)
                if clause:
                    found.append(clause)
            case _:
                pass
    return found, quotations


def _place(block: Fence, sentence: Sentence, path: str, complaints: list[Complaint]) -> None:
    if not sentence.text:
        message = f"clause {block.id} does not follow the sentence it encodes"
        advice = "put the quotation, or a *Reading.* paragraph, directly above the rule"
        complaints.append(Complaint(path, block.line, "P001", message, advice))
    elif sentence.ours and not block.body.mapping("reading").entries:
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

"""Reads a program.md: the order of authority for one line of business."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claimwright.documents.blocks import Document, Fence
from claimwright.documents.complaints import Complaint
from claimwright.documents.nodes import Mapping, Node, Sequence, Text
from claimwright.lines.answers import Outcome, Silence
from claimwright.policies import front
from claimwright.policies.model import INSTRUMENTS, CheckSpec, OpenCase, Presumption, Program
from claimwright.policies.vocabulary import conditions

_KEYS = frozenset(
    {"ask", "checklists", "checks", "end", "must have", "open", "presume", "ranks", "serves", "silences", "usual"}
)
_ENDS = {"coded": Outcome.NOTHING_MET, "documented": Outcome.INDETERMINATE}


def read(document: Document, complaints: list[Complaint]) -> Program | None:
    """The program of a document; None, with complaints (P000), when it has none that can be used."""
    fence = next((block for block in document.blocks if isinstance(block, Fence) and block.kind == "program"), None)
    if fence is None or not document.front.text("id"):
        message = "a program needs an id and one program block"
        complaints.append(Complaint(document.path, 1, "P000", message, "see policies/README.md"))
        return None
    body = fence.body
    program = Program(
        id=document.front.text("id"),
        title=document.front.text("title"),
        ranks=tuple(front.split(rank) for rank in body.texts("ranks")),
        must_have=body.texts("must have"),
        checks=tuple(
            CheckSpec(check.text("name"), front.split(check.text("instrument")), check.text("table"))
            for check in front.mappings(body, "checks")
        ),
        silences=front.pairs(body.mapping("silences")),
        presume=tuple(_presumptions(body.mapping("presume"), document.path, complaints)),
        ask=body.texts("ask"),
        end_coded=_end(fence, "coded"),
        end_documented=_end(fence, "documented"),
        source=document.front.text("source"),
        checked=document.front.text("checked", front.NEVER),
        path=document.path.rsplit("/", 1)[0],
        line=fence.line,
        usual=front.pairs(body.mapping("usual")),
        open=tuple(
            OpenCase(conditions(one.mapping("when"), document.path, complaints), one.text("why"))
            for one in front.mappings(body, "open")
        ),
        checklists=tuple((title.value, _texts(node)) for title, node in body.mapping("checklists")),
    )
    complaints.extend(_wrong(program, fence, document.path))
    return program


def serving(program: Program, document: Document) -> Iterator[Program]:
    """The program under its own id, and under that of every line of business it serves as well."""
    yield program
    for block in document.blocks:
        if isinstance(block, Fence) and block.kind == "program":
            yield from (replace(program, id=name) for name in block.body.texts("serves"))


def _presumptions(presume: Mapping, path: str, complaints: list[Complaint]) -> Iterator[Presumption]:
    """`fact: value`, or a list of `{value: …, when: {fact: predicate}}`; a value may be a list, in order."""
    for fact, node in presume:
        for item in node if isinstance(node, Sequence) else (node,):
            if isinstance(item, Mapping):
                when = conditions(item.mapping("when"), path, complaints)
                yield Presumption(fact.value, item.texts("value"), when)
            else:
                yield Presumption(fact.value, _texts(item))


def _texts(node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(item.value for item in items if isinstance(item, Text))


def _end(fence: Fence, view: str) -> Outcome:
    words = fence.body.mapping("end").text(view, _ENDS[view].words)
    return Outcome.of_words(words) if _is_outcome(words) else _ENDS[view]


def _is_outcome(words: str) -> bool:
    return words in {outcome.words for outcome in Outcome}


def _wrong(program: Program, fence: Fence, path: str) -> Iterator[Complaint]:
    body = fence.body
    for key, what, word, allowed in _words(program, fence):
        if word not in allowed:
            message = f"program {program.id}: the {what} {word!r} is unknown"
            yield Complaint(path, body.line_of(key), "P000", message, f"one of: {', '.join(allowed)}")
    for one in front.mappings(body, "open"):
        if {key.value for key, _ in one} != {"when", "why"} or not one.mapping("when").entries or not one.text("why"):
            message = f"program {program.id}: an open case says when nothing decides, and why"
            yield Complaint(path, one.line, "P000", message, "write: - {when: {treatment intent: is other}, why: …}")


def _words(program: Program, fence: Fence) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Every word of a program block that comes from a closed list: its key, what it is, itself, and the list."""
    keys = tuple(sorted(_KEYS))
    yield from ((key.value, "key", key.value, keys) for key, _ in fence.body)
    yield from (("ranks", "instrument", word, INSTRUMENTS) for rank in program.ranks for word in rank)
    yield from (("must have", "instrument", word, INSTRUMENTS) for word in program.must_have)
    yield from (("checks", "instrument", word, INSTRUMENTS) for check in program.checks for word in check.instruments)
    silences = tuple(silence.value for silence in Silence)
    yield from (("silences", "silence", word, silences) for word, _ in program.silences)
    outcomes = tuple(outcome.words for outcome in Outcome)
    for view, words in front.pairs(fence.body.mapping("end")):
        yield "end", "view", view, tuple(_ENDS)
        yield "end", "outcome", words, outcomes

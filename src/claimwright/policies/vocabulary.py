"""Reads facts.yaml: the declared facts, and those derived from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast, get_args

from claimwright.documents.complaints import Complaint, nearest
from claimwright.documents.nodes import Mapping, Node, NodeError, Sequence, Text
from claimwright.documents.yaml_text import read_yaml
from claimwright.policies import predicates
from claimwright.policies.model import EACH, Combination, Condition, Derived, Each, Fact, FactType
from claimwright.policies.shelf import FACTS

SOURCES = ("claim", "table", "chart", "plan", "history", "reference", "person")
_FACT_KEYS = frozenset(
    {
        "aka",
        "also",
        "ask",
        "column",
        "columns",
        "conflict",
        "counts",
        "each",
        "from",
        "grows",
        "missing",
        "otherwise",
        "over",
        "says",
        "sums",
        "type",
        "unit",
        "uses",
        "values",
        "who",
    }
)


def read(text: str) -> tuple[dict[str, Fact], dict[str, Derived], list[Complaint]]:
    """Facts and derived facts by name, and what was wrong with the file."""
    complaints: list[Complaint] = []
    try:
        root = read_yaml(text)
    except NodeError as error:
        return (
            {},
            {},
            [Complaint(FACTS, error.line, "P000", f"the vocabulary cannot be read: {error}", "mend the YAML")],
        )
    facts = {}
    for name, body in root.mapping("facts"):
        fact = _fact(name, body, complaints)
        if fact:
            facts[fact.name] = fact
    derived = {}
    for name, body in root.mapping("derived"):
        if isinstance(body, Mapping):
            built = _derived(name, body, complaints)
            if built:
                derived[built.name] = built
    return facts, derived, complaints


def _fact(name: Text, body: Node, complaints: list[Complaint]) -> Fact | None:
    if not isinstance(body, Mapping):
        complaints.append(Complaint(FACTS, name.line, "P000", f"the fact {name.value} has no body", "give it a type"))
        return None
    wrong = tuple(_wrong(name.value, body))
    complaints.extend(wrong)
    if wrong:
        return None
    return Fact(
        name=name.value,
        type=cast(FactType, body.text("type")),
        says=body.text("says"),
        sources=frozenset(body.texts("from")),
        aka=body.texts("aka"),
        column=body.text("column"),
        columns=tuple((key.value, node.value) for key, node in body.mapping("columns") if isinstance(node, Text)),
        each=cast(Each, body.text("each", "line")),
        over=body.text("over"),
        counts=body.text("counts"),
        unit=body.text("unit"),
        values=tuple((key.value, node.value) for key, node in body.mapping("values") if isinstance(node, Text)),
        ask=body.text("ask"),
        who=body.text("who"),
        missing=body.text("missing"),
        conflict=body.text("conflict"),
        also=tuple((key.value, _words(node)) for key, node in body.mapping("also")),
        otherwise=body.text("otherwise"),
        sums=body.text("sums"),
        uses=body.text("uses"),
        grows=body.text("grows") == "yes",
        line=name.line,
    )


def _words(node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(item.value for item in items if isinstance(item, Text))


def _wrong(name: str, body: Mapping) -> Iterator[Complaint]:
    """What keeps a fact from being read (P000)."""
    for key, _ in body:
        if key.value not in _FACT_KEYS:
            message = f"the fact {name}: nobody reads the key {key.value!r}"
            advice = nearest(key.value, _FACT_KEYS, f"one of: {', '.join(sorted(_FACT_KEYS))}")
            yield Complaint(FACTS, key.line, "P000", message, advice)
    words = [("type", body.text("type"), get_args(FactType)), ("each", body.text("each", "line"), EACH)]
    words += [("from", source, SOURCES) for source in body.texts("from") or ("",)]
    for what, word, allowed in words:
        if word not in allowed:
            message = f"the fact {name}: {what} is {word!r}"
            yield Complaint(FACTS, body.line_of(what), "P000", message, f"one of: {', '.join(allowed)}")


def _derived(name: Text, body: Mapping, complaints: list[Complaint]) -> Derived | None:
    of = _combination(body, complaints)
    if of is None:
        message = f"the derived fact {name.value} is built from nothing"
        complaints.append(Complaint(FACTS, name.line, "P000", message, "give it `all of`, `any of` or `not`"))
        return None
    return Derived(
        name.value,
        body.text("says"),
        body.text("cite"),
        of,
        ask=body.text("ask"),
        who=body.text("who"),
        missing=body.text("missing"),
        stated_as=body.text("stated as"),
        line=name.line,
    )


def _combination(body: Mapping, complaints: list[Complaint]) -> Combination | None:
    for op in ("all of", "any of", "not"):
        node = body.get(op)
        if node is None:
            continue
        items = node.items if isinstance(node, Sequence) else (node,)
        parts: list[Condition | Combination] = []
        for item in items:
            if isinstance(item, Mapping):
                inner = _combination(item, complaints)
                parts.extend([inner] if inner else conditions(item, FACTS, complaints))
        return Combination(op, tuple(parts))
    return None


def conditions(when: Mapping, path: str, complaints: list[Complaint]) -> tuple[Condition, ...]:
    """The conditions of a `when`: one for each predicate under each fact."""
    found: list[Condition] = []
    for fact, node in when:
        for item in node.items if isinstance(node, Sequence) else (node,):
            if not isinstance(item, Text):
                continue
            predicate = predicates.parse(item.value)
            if predicate is None:
                message = f"{item.value!r} is not a predicate"
                advice = f"one of: {', '.join(predicates.STANDS_ON)}; see policies/README.md"
                complaints.append(Complaint(path, item.line, "P006", message, advice))
            else:
                found.append(Condition(fact.value, predicate, item.line))
    return tuple(found)

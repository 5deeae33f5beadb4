"""Every way through the flowchart of a guided check: what somebody answers, and where that ends."""

from __future__ import annotations

import itertools

from claimwright.determine.graph.model import Graph, Node

SKILLED = {
    "yes": {
        "plan of care exists": "yes",
        "plan lists modality": "yes",
        "improvement potential": "yes",
        "comfort only": "no",
    },
    "no": {"plan of care exists": "no"},
}
STANDS = {
    "yes": {"authorization status": "approved", "authorization names the code": "yes"},
    "no": {"authorization status": "none"},
}
USUAL = {
    "furnished by": "PT",
    "setting of use": "clinic",
    "device": "ir lamp",
    "contractor position": "no policy",
    "certification confirmed": "yes",  # by which a plan is certified
}


def leaves(graph: Graph) -> list[tuple[dict[str, str], Node]]:
    """Every way through a graph, one for each combination of its answers, and the box it ends in."""
    return [
        (dict(zip((fact for fact, _ in steps), answers, strict=True)), end)
        for steps, end in graph.paths()
        for answers in itertools.product(*(answers for _, answers in steps))
    ]


def told_by(path: dict[str, str], end: Node) -> dict[str, str]:
    """What somebody knows who is on this way: derived facts by their parts, and that what the end stands on is so."""
    known = {need.fact: "yes" for need in end.needs if need.fact}
    for fact, answer in path.items():
        known |= {"skilled plan of care": SKILLED, "authorization stands": STANDS}.get(fact, {}).get(
            answer, {fact: answer}
        )
    return known


def named(path: dict[str, str]) -> str:
    return " · ".join(path.values())

"""A rule block, read into a Clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, cast

from claimwright.days import Span
from claimwright.documents.blocks import Fence
from claimwright.documents.complaints import Complaint, nearest
from claimwright.documents.nodes import Mapping, Text
from claimwright.lines.answers import Channel, Likelihood, Outcome, Severity
from claimwright.policies.model import EACH, Clause, Codes, Each
from claimwright.policies.statements import ids
from claimwright.policies.vocabulary import conditions


class Sentence(NamedTuple):
    """What a rule stands under: its text and line, and the authority's own words (the same, unless it is a reading)."""

    text: str = ""
    line: int = 0
    quoted: str = ""
    ours: bool = False


_KEYS = frozenset(
    {
        "because",
        "ask",
        "channel",
        "codes",
        "each",
        "except",
        "finding",
        "in force",
        "lapsed",
        "liability",
        "likelihood",
        "needs",
        "presumptive",
        "provided",
        "reading",
        "severity",
        "states",
        "then",
        "view",
        "when",
        "would change",
    }
)
_CHOICES: tuple[tuple[str, str, tuple[str, ...]], ...] = (  # key, what stands for nothing, the closed list
    ("view", "", ("coded", "documented", "both")),
    ("channel", "", tuple(Channel)),
    ("each", "line", EACH),
    ("severity", Severity.INFO, tuple(Severity)),
    ("likelihood", Likelihood.CERTAIN, tuple(Likelihood)),
)
_GIVEN = tuple(o.words for o in Outcome if o not in {Outcome.INDETERMINATE, Outcome.NOTHING_MET})
_LEANS = "leans "
_ENDINGS = (*_GIVEN, "silent", *(_LEANS + words for words in _GIVEN))
_GROUPS = ("CO", "PR", "OA", "PI")


def read(fence: Fence, policy: str, sentence: Sentence, path: str, complaints: list[Complaint]) -> Clause | None:
    """One clause; None, with complaints, when something it cannot do without is missing or not understood."""
    body = fence.body
    before = len(complaints)
    complaints.extend(_wrong(fence, path))
    if len(complaints) > before:
        return None
    reading = body.mapping("reading")
    return Clause(
        policy=policy,
        id=fence.id,
        in_force=Span.parse(body.text("in force")),
        view=cast(Literal["coded", "documented", "both"], body.text("view")),
        channel=Channel(body.text("channel")),
        each=cast(Each, body.text("each", "line")),
        when=conditions(body.mapping("when"), path, complaints),
        then=_then(body.text("then")),
        leans=_leans(body.text("then")),
        needs=body.texts("needs"),
        provided=body.texts("provided"),
        finding=body.text("finding"),
        severity=Severity(body.text("severity", Severity.INFO)),
        likelihood=Likelihood(body.text("likelihood", Likelihood.CERTAIN)),
        codes=_codes(body.text("codes")),
        liability=tuple((key.value, node.value) for key, node in body.mapping("liability") if isinstance(node, Text)),
        excepts=_excepted(body.text("except")),
        because=body.text("because"),
        would_change=body.text("would change"),
        ask=body.text("ask"),
        reading=(reading.text("by"), reading.text("on")) if reading.entries else None,
        presumptive=body.text("presumptive") == "yes",
        states=ids(body.texts("states")),
        lapsed=body.text("lapsed"),
        sentence=sentence.text,
        quoted=sentence.quoted,
        line=fence.line,
        sentence_line=sentence.line,
    )


def _wrong(fence: Fence, path: str) -> Iterator[Complaint]:
    """Everything that keeps a rule from being read (P000)."""
    body = fence.body

    def complaint(key: str, message: str, advice: str) -> Complaint:
        return Complaint(path, body.line_of(key), "P000", f"clause {fence.id}: {message}", advice)

    if not fence.id:
        yield Complaint(path, fence.line, "P000", "a rule has no name", "write the clause's id after `rule`")
    for name, _ in body:
        if name.value not in _KEYS:
            advice = nearest(name.value, _KEYS, f"one of: {', '.join(sorted(_KEYS))}")
            yield complaint(name.value, f"nobody reads the key {name.value!r}", advice)
    try:
        Span.parse(body.text("in force"))
    except ValueError as error:
        yield complaint("in force", str(error), "write a closed span: 2006-10-24 .. or .. 2019-06-30")
    for key, otherwise, allowed in _CHOICES:
        value = body.text(key, otherwise)
        if value not in allowed:
            yield complaint(key, f"{key} is {value!r}", f"one of: {', '.join(allowed)}")
    yield from _wrong_ending(body, complaint)


def _wrong_ending(body: Mapping, complaint: Callable[[str, str, str], Complaint]) -> Iterator[Complaint]:
    """What a clause gives has to fit its channel."""
    coverage, then = body.text("channel") == Channel.COVERAGE, body.text("then")
    if coverage != bool(then):
        message = "a coverage clause needs `then`, and only a coverage clause may have it"
        yield complaint("then", message, "see policies/README.md")
    if then and then not in _ENDINGS:
        yield complaint("then", f"{then!r} is not an outcome a clause may give", f"one of: {', '.join(_ENDINGS)}")
    if not coverage and not body.text("finding"):
        yield complaint("finding", "a clause that collects needs a finding", "name one of the catalogue")
    if body.text("except") and _excepted(body.text("except")) is None:
        yield complaint("except", "an exception names a policy and a clause", "write: except: HCSC-DME101.045 NMN")
    for key, group in body.mapping("liability"):
        if not isinstance(group, Text) or group.value not in _GROUPS:
            yield complaint(
                "liability", f"the liability under {key.value!r} is no group code", f"one of: {', '.join(_GROUPS)}"
            )


def _excepted(text: str) -> tuple[str, str] | None:
    policy, _, clause = text.rpartition(" ")
    return (policy, clause) if policy else None


def _then(text: str) -> Outcome | Literal["silent"] | None:
    if not text or text.startswith(_LEANS):
        return None
    return "silent" if text == "silent" else Outcome.of_words(text)


def _leans(text: str) -> Outcome | None:
    return Outcome.of_words(text.removeprefix(_LEANS)) if text.startswith(_LEANS) else None


def _codes(text: str) -> Codes | None:
    """`16 N822 | 4` → CARC 16, RARC N822, or instead CARC 4."""
    if not text:
        return None
    first, *others = [" ".join(part.replace(",", " ").split()) for part in text.split("|")]
    carc, *rarc = first.split()
    return Codes(carc, tuple(rarc), tuple(others))

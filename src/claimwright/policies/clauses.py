"""A rule block, read into a Clause."""

from __future__ import annotations

from typing import Literal, cast

from claimwright.days import Span
from claimwright.documents.complaints import Complaint
from claimwright.documents.nodes import Mapping, Text
from claimwright.documents.reader import Fence
from claimwright.lines.answers import Channel, Likelihood, Outcome, Severity
from claimwright.policies.model import EACH, Clause, Codes
from claimwright.policies.vocabulary import conditions

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
        "reading",
        "severity",
        "then",
        "view",
        "when",
        "would change",
    }
)


def read(fence: Fence, policy: str, sentence: tuple[str, int], path: str, complaints: list[Complaint]) -> Clause | None:
    """One clause; None, with complaints, when something it cannot do without is missing or not understood."""
    body = fence.body
    before = len(complaints)

    def complain(key: str, message: str, advice: str) -> None:
        complaints.append(Complaint(path, body.line_of(key), "P000", f"clause {fence.id}: {message}", advice))

    for key, _ in body:
        if key.value not in _KEYS:
            complain(key.value, f"nobody reads the key {key.value!r}", f"one of: {', '.join(sorted(_KEYS))}")

    def choose(key: str, allowed: tuple[str, ...], otherwise: str = "") -> str:
        value = body.text(key, otherwise)
        if value not in allowed:
            complain(key, f"{key} is {value!r}", f"one of: {', '.join(allowed)}")
        return value

    try:
        in_force = Span.parse(body.text("in force"))
    except ValueError as error:
        complain("in force", str(error), "write a closed span: 2006-10-24 .. or .. 2019-06-30")
        in_force = Span()
    view = choose("view", ("coded", "documented", "both"))
    channel = choose("channel", tuple(Channel))
    each = choose("each", EACH, "line")
    severity = choose("severity", tuple(Severity), "INFO")
    likelihood = choose("likelihood", tuple(Likelihood), "certain")
    then = _then(body.text("then"), complain)
    if (channel == "coverage") != (then is not None):
        complain(
            "then", "a coverage clause needs `then`, and only a coverage clause may have it", "see policies/README.md"
        )
    if channel != "coverage" and not body.text("finding"):
        complain("finding", "a clause that collects needs a finding", "name one of the catalogue")
    excepts = tuple(body.text("except").rsplit(" ", 1)) if body.text("except") else None
    if excepts is not None and len(excepts) != 2:
        complain("except", "an exception names a policy and a clause", "write: except: HCSC-DME101.045 NMN")
    reading = body.mapping("reading")
    if len(complaints) > before:
        return None
    return Clause(
        policy=policy,
        id=fence.id,
        in_force=in_force,
        view=cast(Literal["coded", "documented", "both"], view),
        channel=Channel(channel),
        each=cast(Literal["line", "pair of lines", "code on a day", "visit", "claim"], each),
        when=conditions(body.mapping("when"), path, complaints),
        then=then,
        needs=body.texts("needs"),
        finding=body.text("finding"),
        severity=Severity(severity),
        likelihood=Likelihood(likelihood),
        codes=_codes(body.text("codes")),
        liability=tuple((key.value, node.value) for key, node in body.mapping("liability") if isinstance(node, Text)),
        excepts=cast(tuple[str, str] | None, excepts),
        because=body.text("because"),
        would_change=body.text("would change"),
        ask=body.text("ask"),
        reading=(reading.text("by"), reading.text("on")) if reading.entries else None,
        lapsed=body.text("lapsed"),
        sentence=sentence[0],
        line=fence.line,
        sentence_line=sentence[1],
    )


def _then(text: str, complain: object) -> Outcome | Literal["silent"] | None:
    if not text:
        return None
    if text == "silent":
        return "silent"
    try:
        outcome = Outcome.of_words(text)
    except ValueError:
        outcome = Outcome.INDETERMINATE
    if outcome in {Outcome.INDETERMINATE, Outcome.NOTHING_MET}:
        words = ", ".join(o.words for o in Outcome if o not in {Outcome.INDETERMINATE, Outcome.NOTHING_MET})
        assert callable(complain)
        complain("then", f"{text!r} is not an outcome a clause may give", f"one of: {words}, silent")
    return outcome


def _codes(text: str) -> Codes | None:
    """`16 N822 | 4` → CARC 16, RARC N822, or instead CARC 4."""
    if not text:
        return None
    first, *others = [" ".join(part.replace(",", " ").split()) for part in text.split("|")]
    carc, *rarc = first.split()
    return Codes(carc, tuple(rarc), tuple(others))

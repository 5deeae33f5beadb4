"""The phrases that every face shares, so that an outcome reads the same on a terminal, in a table and on a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal, InvalidOperation

from claimwright.days import Span
from claimwright.lines.answers import (
    Citation,
    Evidence,
    Finality,
    Finding,
    LineRef,
    Outcome,
    Predicted,
    Question,
    Silence,
    View,
    ViewAnswer,
)
from claimwright.lines.money import Stake, Stakes

VIEW_WORDS = {View.CODED: "as coded", View.DOCUMENTED: "as documented"}
NO_PROMISE = "claimwright reads policies. It promises no payment, and nothing it leaves unmarked is thereby covered."
CPT_NOTICE = "CPT is a registered trademark of the American Medical Association; no descriptors are shown."
SILENCE_MEANS = {
    Silence.NO_DETERMINATION: "the policies that are loaded have nothing to say",
    Silence.NOT_MODELLED: "an earlier text of the policy governs the day, and it was not read",
    Silence.EDIT_STATUS_UNKNOWN: "no table that is loaded speaks for these codes on that day",
    Silence.DOCUMENTATION_NOT_SEEN: "the outcome turns on facts that only the record holds, and it was not given",
    Silence.NO_POLICY: "what this payer says is not known here",
    Silence.NO_SERVICE_DATE: "without its day a line meets no policy",
    Silence.WITHDRAWN: "the input itself voids or replaces the claim",
}

# Controls, zero-width and direction marks, and halves of surrogate pairs: none has business in a claim, and a
# terminal or a reader's eye may be led astray by them.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
MOST = 5  # findings, clauses and payers whose dollars are shown
_MANY = 3  # outcomes that an eye takes in at once
_SPACES = re.compile(r"[\t\n\v\f\r]+")
_SLOT = re.compile(r"\{([^{}.]+)(?:\.[a-z]+)?\}")
_PARAPHRASE = re.compile(r"\s*\[paraphrase\]\s*$")


def evidence(one: Evidence) -> str:
    """A fact of a note with the words that say it."""
    return f"{one.fact}: {one.value} (" + " … ".join(f"“{at.words}”" for at in one.quoted) + ")"


def visible(text: str) -> str:
    r"""The text with white space made plain and every unseen character written out, `\x1b`, `\u202e`.

    >>> visible("A\tB\x1b[31m")
    'A B\\x1b[31m'
    """
    return _UNSEEN.sub(_written_out, _SPACES.sub(" ", text)) if not text.isprintable() else text


def _written_out(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def dollars(amount: Decimal) -> str:
    """US dollars with cents; an amount below zero keeps its sign before the `$`."""
    return f"-${-amount:,.2f}" if amount < 0 else f"${amount:,.2f}"


def stakes(told: Stakes) -> tuple[tuple[str, Stake], ...]:
    """The dollars of a run in rows: all, what is at risk and in which way, and the findings and payers with most."""
    rows = (
        ("all lines", told.all),
        ("at risk: lines to fix", told.at_risk),
        ("· a correction would recover", told.recoverable),
        ("· denied for good", told.lost),
        ("· open", told.open),
    )
    parts = (("finding", told.by_finding), ("clause", told.by_clause), ("payer", told.by_payer))
    named = tuple((f"{kind} {name or 'unknown'}", stake) for kind, found in parts for name, stake in found[:MOST])
    return (*rows, *named)


def charge(line: LineRef) -> str:
    """The line's charge in dollars; as it stands where it is no number, "" where there is none."""
    try:
        amount = Decimal(line.charge)
    except InvalidOperation:
        return line.charge
    return dollars(amount) if amount.is_finite() else line.charge


def count(number: int, thing: str, things: str = "") -> str:
    """`1 line`, `1,200 lines`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def either(words: Sequence[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def service(line: LineRef) -> str:
    """`97026 × 1`, and its modifiers: what was billed."""
    billed = f"{line.procedure} × {line.units}" if line.units else line.procedure
    return " ".join((billed, *line.modifiers))


def outcome(view: ViewAnswer) -> str:
    """The outcome in capitals, and how sure it is: `NATIONALLY NONCOVERED (likely)`.

    Where there is none, the silences that say why there is none stand in its place.
    """
    if view.outcome is Outcome.INDETERMINATE:
        named = silences(view)
        return named or "INDETERMINATE"
    if view.outcome is Outcome.NOTHING_MET:
        return "NOTHING MET (which is not coverage)"
    sure = [view.likelihood.value] if view.likelihood else []
    if view.finality is Finality.PRESUMPTIVE:
        sure.append("presumptive")
    words = view.outcome.words.upper()
    return f"{words} ({', '.join(sure)})" if sure else words


def silences(view: ViewAnswer) -> str:
    """The names of what was not said, `edit status unknown · documentation not seen`."""
    return " · ".join(dict.fromkeys(silence.name.value for silence in view.silences))


def beside(view: ViewAnswer) -> str:
    """The silences that stand beside an outcome; "" where they already stand in its place."""
    return "" if view.outcome is Outcome.INDETERMINATE else silences(view)


def reachable(view: ViewAnswer) -> str:
    """What the answer could still become, where it is open; "" where it is not."""
    if len(view.reachable) < 2:
        return ""
    words = either([one.words for one in view.reachable])
    said = f"(at most) {words}" if view.reachable_is == "at most" else words
    return f"could be {said}" + (f"; leaning to {view.leaning.lower().replace('_', ' ')}" if view.leaning else "")


def codes(predicted: Sequence[Predicted]) -> str:
    """`CO-50 N386`, with whatever may come instead: `CO-16 N822 or 4`."""
    return ", ".join(either([str(one), *one.alternatives]) for one in predicted)


def headline(view: ViewAnswer) -> str:
    """One view on one line: outcome, predicted codes, silences beside it."""
    said = "  ".join(part for part in (outcome(view), codes(view.predicted)) if part)
    named = beside(view)
    return f"{said} · {named}" if named else said


def views(finding: Finding) -> str:
    return " and ".join(VIEW_WORDS[view] for view in finding.views)


def in_force(citation: Citation) -> str:
    """`in force since 2006-10-24`, `in force through 2019-06-30`."""
    try:
        return days(Span.parse(citation.in_force))
    except ValueError:
        return f"in force {citation.in_force}".rstrip()


def days(span: Span) -> str:
    """The same of a span of days."""
    if span.first and span.last:
        said = f"{span.first} through {span.last}" if span.first != span.last else f"on {span.first}"
        return f"in force {said}"
    if span.first:
        return f"in force since {span.first}"
    return f"in force through {span.last}" if span.last else "in force on every day"


def clause(citation: Citation) -> str:
    """The clause's own name, without the policy's before it."""
    return citation.clause.removeprefix(f"{citation.policy} ")


def marks(citation: Citation) -> tuple[str, ...]:
    """What a reader has to know about the standing of a clause: ours, and not checked against the text."""
    ours = f"a reading of ours ({citation.reading})" if citation.reading else ""
    return tuple(mark for mark in (ours, "unverified" if citation.unverified else "") if mark)


def authority(citation: Citation) -> str:
    """`NCD-270.6 Infrared therapy devices, in force since 2006-10-24 · clause NC.coded · a reading of ours (…)`."""
    named = f"{citation.policy} {citation.title}".strip()
    return " · ".join((f"{named}, {in_force(citation)}", f"clause {clause(citation)}", *marks(citation)))


def quotation(citation: Citation) -> tuple[str, str]:
    """How the sentence is introduced, and the sentence. Quotation marks are for the authority's own words only."""
    sentence = _PARAPHRASE.sub("", citation.quote).strip()
    if not sentence:
        return "", ""
    if citation.quote_kind == "verbatim":
        return "", f"“{sentence}”"
    return "restated:", sentence


def quoted(citation: Citation) -> str:
    """The authority's sentence, and where the clause is a reading of ours, that reading after it."""
    ours = ("our reading:", sentence(citation.our_reading)) if citation.our_reading else ("", "")
    return " ".join(part for part in (*quotation(citation), *ours) if part)


def sentence(text: str) -> str:
    """The text begun with a capital and ended with a stop, codes left as they are."""
    text = text.strip()
    if not text:
        return ""
    first = text.split(maxsplit=1)[0]
    begun = text if any(letter.isupper() or letter.isdigit() for letter in first) else text[0].upper() + text[1:]
    return begun if begun[-1] in ".!?…" else f"{begun}."


def open_slots(text: str) -> str:
    """A clause's sentence before a line fills it: each slot by the name of its fact.

    >>> open_slots("{procedure} points only to {pointed diagnoses.matched}")
    '‹procedure› points only to ‹pointed diagnoses›'
    """
    return _SLOT.sub(lambda found: f"‹{found[1]}›", text)


def answers(question: Question) -> tuple[str, ...]:
    """`a wound → nationally noncovered`, one for each answer the question takes."""
    shared = whatever(question)
    return tuple(f"{answer} → {led(outcomes, shared)}" for answer, outcomes in question.answers)


def whatever(question: Question) -> tuple[str, ...]:
    """The outcomes to which every answer may lead, where they are too many to be read again at each."""
    if max((len(outcomes) for _, outcomes in question.answers), default=0) <= _MANY:
        return ()
    first, *others = (outcomes for _, outcomes in question.answers)
    return tuple(outcome for outcome in first if all(outcome in outcomes for outcomes in others))


def led(outcomes: Iterable[str], shared: Collection[str] = ()) -> str:
    """Where an answer leads, but for what all answers share."""
    words = tuple(Outcome(outcome).words for outcome in outcomes if outcome not in shared)
    return either(words) or "nothing more"

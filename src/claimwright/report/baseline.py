"""What changed since an earlier run: which lines are new or gone, which findings appeared or went, what turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rich.console import Console

from claimwright.lines.answers import LineAnswer, Severity
from claimwright.lines.summary import Summary
from claimwright.report import shape, wording
from claimwright.report.as_json import RunIdentity
from claimwright.report.earlier import Earlier, Key, Keys, LineThen, Said, Seen, then
from claimwright.report.layout import entry, glued, heading, table, write
from claimwright.report.text import SEVERITY_STYLE

Kind = Literal["new", "gone", "changed"]
_NOTHING = LineThen(Said("", ""), Said("", ""), frozenset())


@dataclass(frozen=True)
class LineChange:
    """One line that is not what it was. `answer` is today's, for any other face; a line that is gone has none."""

    kind: Kind
    key: Key
    was: LineThen
    now: LineThen
    answer: LineAnswer | None

    @property
    def appeared(self) -> tuple[Seen, ...]:
        return _in_order(self.now.findings - self.was.findings)

    @property
    def went(self) -> tuple[Seen, ...]:
        return _in_order(self.was.findings - self.now.findings)


@dataclass(frozen=True)
class Changes:
    """`lines` are those that changed, and those new or gone that carry a finding; the counts are of all."""

    since: Earlier
    same: int
    new: int
    gone: int
    changed: int
    basis: tuple[tuple[str, str, str], ...]  # policy or release, its hash then and now; "" where it was not there
    lines: tuple[LineChange, ...]

    @property
    def answers(self) -> tuple[LineAnswer, ...]:
        """Today's answers to the lines that changed or are new, for the other faces."""
        return tuple(change.answer for change in self.lines if change.answer)


def compare(earlier: Earlier, answers: Iterable[LineAnswer], summary: Summary) -> Changes:
    """Line by line, by claim, line number, procedure and day of service. Answers may come from a stream."""
    keys, met = Keys(), set[Key]()
    counts: Counter[str] = Counter()
    found: list[LineChange] = []
    for answer in answers:
        line = answer.line
        key = keys.of(line.claim, line.line, line.procedure, line.service)
        met.add(key)
        was, now = earlier.lines.get(key), then(answer)
        if was == now:
            counts["same"] += 1
            continue
        change = LineChange("changed" if was else "new", key, was or _NOTHING, now, answer)
        counts[change.kind] += 1
        if was or now.findings:
            found.append(change)
    for key, was in earlier.lines.items():
        if key not in met:
            counts["gone"] += 1
            if was.findings:
                found.append(LineChange("gone", key, was, _NOTHING, None))
    return Changes(
        since=earlier,
        same=counts["same"],
        new=counts["new"],
        gone=counts["gone"],
        changed=counts["changed"],
        basis=_basis(earlier, summary),
        lines=tuple(found),
    )


def changes_object(changes: Changes, identity: RunIdentity) -> shape.ChangesJson:
    """The published JSON of a comparison."""
    return {
        "schema": shape.CHANGES,
        "since": {"claimwright": changes.since.claimwright, "as_of": changes.since.as_of},
        "now": {"claimwright": identity.version, "as_of": identity.as_of.isoformat()},
        "same": changes.same,
        "new": changes.new,
        "gone": changes.gone,
        "changed": changes.changed,
        "basis": [{"name": name, "was": was, "now": now} for name, was, now in changes.basis],
        "lines": [_change_object(change) for change in changes.lines],
    }


def render_changes(changes: Changes, console: Console, *, limit: int | None = None) -> None:
    """What changed, most of it in a line each; past `limit` lines it says how many there are."""
    since = changes.since
    write(
        console,
        ("Since the run of ", "bold"),
        (since.as_of, "bold"),
        f"  ({since.file}, claimwright {since.claimwright})",
    )
    counts = [
        f"{changes.changed:,} changed",
        f"{changes.new:,} new",
        f"{changes.gone:,} gone",
        f"{changes.same:,} the same",
    ]
    entry(console, "", f"lines: {' · '.join(counts)}")
    if changes.basis:
        heading(console, "Policies and tables that are not what they were")
        table(console, [(name, _turned(was, now)) for name, was, now in changes.basis])
    for change in changes.lines[:limit]:
        console.print()
        _render_change(change, console)
    unseen = len(changes.lines) - len(changes.lines[:limit])
    if unseen:
        console.print()
        entry(console, "", f"{wording.count(unseen, 'more line')} not shown here")


def _render_change(change: LineChange, console: Console) -> None:
    key = change.key
    number = f"line {key.line}" if key.line is not None else "line"
    write(console, (f"claim {key.claim}   {number}   {key.procedure}   {key.service}", "bold"), f"   {change.kind}")
    for label, was, now in (
        ("as coded", change.was.coded, change.now.coded),
        ("as documented", change.was.documented, change.now.documented),
    ):
        if was != now:
            told = " → ".join(glued(_words(said).replace("_", " ")) for said in (was, now) if said.outcome)
            entry(console, label, told, hang=16, label_style="dim")
    for sign, findings in (("+", change.appeared), ("-", change.went)):
        for seen in findings:
            style = SEVERITY_STYLE[Severity(seen.severity)] if sign == "+" else "dim"
            write(console, f"  {sign} ", (f"{seen.severity:<5}  {seen.id}", style), f"  {seen.clause}")


def _change_object(change: LineChange) -> shape.ChangeJson:
    was, now = change.was, change.now
    return {
        "kind": change.kind,
        "claim": change.key.claim,
        "line": change.key.line,
        "procedure": change.key.procedure,
        "service": change.key.service,
        "views": {
            "coded": {"was": _words(was.coded), "now": _words(now.coded)},
            "documented": {"was": _words(was.documented), "now": _words(now.documented)},
        },
        "appeared": [_seen(seen) for seen in change.appeared],
        "went": [_seen(seen) for seen in change.went],
    }


def _words(said: Said) -> str:
    return " ".join(part for part in said if part)


def _seen(seen: Seen) -> shape.SeenJson:
    return {"id": seen.id, "clause": seen.clause, "severity": seen.severity}


def _turned(was: str, now: str) -> str:
    if was and now:
        return "amended"
    return "added" if now else "taken away"


def _basis(earlier: Earlier, summary: Summary) -> tuple[tuple[str, str, str], ...]:
    today = dict(summary.basis)
    names = dict.fromkeys((*earlier.basis, *today))
    rows = ((name, earlier.basis.get(name, ""), today.get(name, "")) for name in names)
    return tuple(row for row in rows if row[1] != row[2])


def _in_order(findings: Iterable[Seen]) -> tuple[Seen, ...]:
    return tuple(sorted(findings, key=lambda seen: (list(Severity).index(Severity(seen.severity)), *seen)))

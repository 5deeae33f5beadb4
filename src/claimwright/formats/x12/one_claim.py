"""The edits of one claim: all of them made in its segments, or what stands against each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from claimwright.formats import places
from claimwright.formats.x12 import diagnosis_list, rewriting
from claimwright.formats.x12.edits import FIELDS, INSTITUTIONAL, PROFESSIONAL, Edit, Field, Value, iso, named, wanted
from claimwright.formats.x12.rewriting import Found
from claimwright.formats.x12.watching import Watched
from claimwright.formats.x12.working_claim import WorkingClaim
from claimwright.lines.problems import Gravity, Problem

_GUIDES = {PROFESSIONAL: "837P", INSTITUTIONAL: "837I"}
_REPLACING = {"7", "8"}


@dataclass(frozen=True, slots=True)
class _Ready:
    """An edit that can be made."""

    edit: Edit
    field: Field
    found: Found
    value: Value


@dataclass(slots=True)
class Outcome:
    """A claim with its edits made; the claim is of no use where there are problems of gravity ERROR."""

    claim: WorkingClaim
    file: str
    problems: list[Problem] = field(default_factory=list)

    def tell(self, edit: Edit, id_: str, message: str, help_: str, gravity: Gravity = Gravity.ERROR) -> None:
        claim = self.claim.watched.claim
        self.problems.append(told(edit, id_, message, help_, file=self.file, claim=claim, gravity=gravity))

    def warn(self, edit: Edit, id_: str, message: str, help_: str) -> None:
        self.tell(edit, id_, message, help_, Gravity.WARNING)


def told(
    edit: Edit, id_: str, message: str, help_: str, *, file: str, claim: str, gravity: Gravity = Gravity.ERROR
) -> Problem:
    """What is wrong with an edit: the row where it was written, the claim, the line and the field it names."""
    name = edit.field if edit.field in FIELDS else ""
    return Problem(
        id_, message, help_, gravity, edit.source or file, row=edit.row, claim=claim, line=edit.line, field=name
    )


def corrected(watched: Watched, edits: Sequence[Edit], file: str) -> Outcome:
    """Make the edits of a claim. Every one is judged by what the file says, not by what others make of it."""
    outcome = Outcome(WorkingClaim(watched), file)
    seen: set[tuple[str, int | None]] = set()
    ready: list[_Ready] = []
    for edit in edits:
        if (edit.field, edit.line) in seen:
            outcome.tell(
                edit,
                "COR-TWICE",
                "two edits are of one field, and nobody can tell which is meant",
                "leave one of them",
            )
            continue
        seen.add((edit.field, edit.line))
        each = _judged(outcome, edit)
        if each is not None and edit.was.strip() != edit.now.strip():
            ready.append(each)
    _make(outcome, ready)
    _look_over(outcome, ready)
    return outcome


def _judged(outcome: Outcome, edit: Edit) -> _Ready | None:
    """An edit that can be made; None, and a problem, for another."""
    claim = outcome.claim
    form = claim.watched.form
    kind = FIELDS.get(edit.field)
    if kind is None:
        outcome.tell(edit, "COR-FIELD", "there is no such field to correct", f"write one of {', '.join(FIELDS)}")
        return None
    if form not in (kind.of_claim if edit.line is None else kind.of_line):
        _no_such_field(outcome, edit, kind)
        return None
    if edit.line is not None and edit.line not in claim.lines:
        known = f"{claim.lines[0]} to {claim.lines[-1]}" if claim.lines else "none"
        outcome.tell(edit, "COR-LINE", "the claim has no such line", f"its lines are {known}; write the number of LX01")
        return None
    found = rewriting.find(claim, kind, edit)
    if isinstance(found, str):
        outcome.tell(edit, "COR-PLACE", found, "correct this claim where it was made, and write the file again")
        return None
    was = kind.plain(edit.was)
    if was != found.says and was not in found.also:
        outcome.tell(
            edit,
            "COR-WAS",
            _differs(kind, found.says, was),
            "look at the claim again, and write as `was` what stands there now",
        )
        return None
    value, why = wanted(kind, edit, form)
    unfit = why or _unfit(claim, kind, value)
    if unfit and edit.was.strip() != edit.now.strip():
        outcome.tell(edit, "COR-VALUE", unfit, kind.help)
        return None
    return _Ready(edit, kind, found, value)


def _no_such_field(outcome: Outcome, edit: Edit, kind: Field) -> None:
    form = outcome.claim.watched.form
    if form in (kind.of_line if edit.line is None else kind.of_claim):
        where, help_ = ("a line", "write its number") if edit.line is None else ("the claim", "leave the line empty")
        outcome.tell(edit, "COR-FIELD", f"in an {_GUIDES[form]} the {named(kind)} is of {where}", help_)
    else:
        help_ = "leave this edit out; docs/correcting.md says which fields each form has"
        outcome.tell(edit, "COR-FIELD", f"an {_GUIDES[form]} has no {named(kind)}", help_)


def _unfit(claim: WorkingClaim, kind: Field, value: Value) -> str:
    """Why a value cannot stand in this file."""
    delimiters = claim.watched.delimiters
    taken = {delimiters.element, delimiters.component, delimiters.terminator, delimiters.repetition, claim.component}
    signs = sorted(sign for sign in taken if sign and not sign.isalnum() and any(sign in item for item in value))
    if signs:
        return f"the new {named(kind)} has {' and '.join(map(repr, signs))} in it, which this file separates with"
    return ""


def _make(outcome: Outcome, ready: Iterable[_Ready]) -> None:
    days: dict[int, list[_Ready]] = {}
    for each in ready:
        if each.field.name == "diagnoses":
            listed = diagnosis_list.read(outcome.claim)
            assert not isinstance(listed, str), "was read before"
            diagnosis_list.write(outcome.claim, listed, each.value)
        elif each.field.name.startswith("service_") and each.edit.line is not None:
            days.setdefault(each.edit.line, []).append(each)
        else:
            rewriting.write(outcome.claim, each.field, each.edit, each.value, each.found.segment)
    for line, of_line in days.items():
        _make_days(outcome, line, of_line)


def _make_days(outcome: Outcome, line: int, ready: Sequence[_Ready]) -> None:
    segment = ready[0].found.segment
    before = rewriting.days_of(segment) or ("", "")
    said = {each.field.name: each.value[0] if each.value else "" for each in ready}
    first = said.get("service_from", before[0])
    last = said.get("service_to", before[1] if segment is not None else first)
    last_edit = ready[-1].edit
    if bool(first) != bool(last):
        outcome.tell(
            last_edit,
            "COR-DAYS",
            "the line would have one of its two days only",
            "edit service_from and service_to of the line together",
        )
    elif first > last:
        outcome.tell(
            last_edit,
            "COR-DAYS",
            f"the service would end on {iso(last)}, before it begins on {iso(first)}",
            "edit service_from and service_to of the line together",
        )
    else:
        if before[0] == before[1] and first != last and len(ready) == 1:
            outcome.warn(
                last_edit,
                "COR-PERIOD",
                f"the line was of one day, {iso(before[0])}, and is of {iso(first)} to {iso(last)} now",
                "to move the day, edit service_from and service_to of the line together",
            )
        rewriting.write_days(outcome.claim, line, first, last, segment)


def _look_over(outcome: Outcome, ready: Sequence[_Ready]) -> None:
    """What only the corrected claim shows: pointers, codes, sums, and what a replacement needs."""
    claim = outcome.claim
    made = {(each.field.name, each.edit.line): each for each in ready}
    if claim.professional and not any(problem.field == "diagnoses" for problem in outcome.problems):
        _look_at_pointers(outcome, made)
    for (name, line), each in made.items():
        if name in {"procedure", "modifiers"} and line is not None and rewriting.lacks_code(claim, line):
            outcome.tell(
                each.edit,
                "COR-VALUE",
                "the line would have modifiers and no procedure",
                "edit procedure and modifiers of the line together",
            )
    sums = [each for each in ready if each.field.name in {"charge", "claim_charge"}]
    total = rewriting.sum_of_lines(claim) if sums else None
    if total is not None and total != rewriting.amount(claim.clm.get(2)):
        outcome.warn(
            sums[-1].edit,
            "COR-SUM",
            "the charges of the lines do not add up to the charge of the claim (CLM02)",
            "edit claim_charge too, or the charge of another line; nothing follows by itself",
        )
    replaced = made.get(("frequency", None)) or made.get(("original_claim", None))
    if replaced and rewriting.frequency(claim) in _REPLACING and not rewriting.names_original(claim):
        outcome.warn(
            replaced.edit,
            "COR-ORIGINAL",
            "a replacement or a void names the claim it is for, and this one does not (REF*F8)",
            "edit original_claim: the payer's number of that claim, from the remittance",
        )


def _look_at_pointers(outcome: Outcome, made: Mapping[tuple[str, int | None], _Ready]) -> None:
    """Pointers to diagnoses that are not there, and those that point to another one because the list moved."""
    claim = outcome.claim
    listed = made.get(("diagnoses", None))
    before = listed.found.says if listed else ()
    now = diagnosis_list.read(claim)
    if isinstance(now, str):
        return
    moved: list[int] = []
    for line in claim.lines:
        own = made.get(("pointers", line))
        edit = own or listed
        if edit is None:
            continue
        numbers = [int(text) for text in rewriting.pointers(claim, line) if text.isdigit()]
        if any(not 1 <= number <= len(now.codes) for number in numbers):
            outcome.tell(
                edit.edit,
                "COR-POINTER",
                f"line {line} would point to a diagnosis that the claim does not have: it has {len(now.codes)}",
                "edit the pointers of the line too, or leave the diagnosis in its place",
            )
        elif own is None and any(
            old != new and (old in now.codes or new in before)
            for number in numbers
            for old, new in zip(before[number - 1 : number], now.codes[number - 1 : number], strict=False)
        ):
            moved.append(line)
    if moved and listed:
        outcome.warn(
            listed.edit,
            "COR-MOVED",
            f"the diagnoses changed places, and what points to them did not: line {', '.join(map(str, moved))}",
            "edit the pointers of these lines, if they mean the same diagnoses as before",
        )


def _differs(kind: Field, says: Value, was: Value) -> str:
    """That the file says something else than an edit expects; what, where a message may say it."""
    if kind.shown:
        return f"the file says {_shown(kind, says)}, the edit expects {_shown(kind, was)}"
    if not says or not was:
        has, expects = ("a", "none") if says else ("no", "one")
        return f"the file has {has} {named(kind)} there, the edit expects {expects}"
    return f"the {named(kind)} of the file is not the one that the edit expects"


def _shown(kind: Field, value: Value) -> str:
    if kind.name.startswith("service_"):
        return " ".join(map(iso, value)) or "none"
    return " ".join(map(places.code, value)) or "none"

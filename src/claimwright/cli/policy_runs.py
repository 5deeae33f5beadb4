"""What `claimwright policy` runs long enough to want a progress bar, and what it compares with the committed lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from claimwright.documents.complaints import Complaint
from claimwright.policies import changes as changelog
from claimwright.policies import lints, lock
from claimwright.policies.changes import Change
from claimwright.policies.model import Policy
from claimwright.policies.shelf import Shelf
from claimwright.proving import lints as proving_lints
from claimwright.proving.lints import HINDERING, Linted, hindrances
from claimwright.proving.prove import Proof, prove


def _progress() -> Progress:
    columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def unfit(shelf: Shelf) -> list[Complaint]:
    """What keeps documents from being run: something unread, or a word the engine lacks."""
    return [*shelf.complaints, *lints.check(shelf, date.min, only=HINDERING)]  # the day plays no part in these


def proofs(shelf: Shelf, policies: Iterable[Policy], only: str) -> tuple[list[Proof], list[Complaint]]:
    """The proofs of the policies that can be run, and what hinders the others."""
    chosen = list(policies)
    static = unfit(shelf)
    ran: list[Proof] = []
    hindered: dict[Complaint, None] = {}
    with _progress() as progress:
        task = progress.add_task("", total=len(chosen))
        for policy in chosen:
            progress.update(task, description=policy.id)
            against = hindrances(policy, static)
            hindered.update(dict.fromkeys(against))
            if not against:
                ran.append(prove(policy, shelf.whole, shelf.root, only=only))
            progress.advance(task)
    return ran, list(hindered)


def linted(shelf: Shelf, as_of: date) -> Linted:
    with _progress() as progress:
        task = progress.add_task("reading", total=len(shelf.library.policies))

        def proving(policy: Policy) -> None:
            progress.update(task, description=policy.id, advance=1)

        return proving_lints.lint(shelf, as_of, committed(shelf), proving=proving)


def committed(shelf: Shelf) -> str | None:
    """The text of the lock beside the documents; None when there is none."""
    file = shelf.root / lock.NAME
    return file.read_text("utf-8") if file.is_file() else None


def changes(shelf: Shelf) -> tuple[Change, ...]:
    """What changed since the committed lock; a lock that cannot be read counts as none."""
    try:
        old = lock.read(committed(shelf) or "")
    except (ValueError, KeyError, TypeError, AttributeError):
        old = {}
    return changelog.between(old, lock.entries(shelf), shelf.library)

"""Who may do what: a role's rights, which a token's scopes can only narrow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claimwright.desk.tables import Role


class Right(StrEnum):
    READ = "read"  # batches, lines, the library
    CHECK = "check"  # hand in files and claims
    WORK = "work"  # fix, record, dismiss, assign, comment, export
    AUDIT = "audit"  # the trail, and what people did
    ADMIN = "admin"  # people, tokens, retention


RIGHTS = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.BILLER: frozenset({Right.READ, Right.CHECK, Right.WORK}),
    Role.AUDITOR: frozenset({Right.READ, Right.AUDIT}),
    Role.ADMIN: frozenset(Right),
}


@dataclass(frozen=True)
class Actor:
    """Whoever asks for something: a person in a browser, or a program for one."""

    id: str
    name: str
    role: Role
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        return right in self.rights

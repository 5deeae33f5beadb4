"""Tables whose published layouts were not seen: they are read from a plain CSV that a user makes of them.

The header is the first row, names are exact, order does not matter, days are written 2026-07-01, and an empty `to` says
that a code is still valid.
"""

from __future__ import annotations

from claimwright.reference.published import kinds
from claimwright.reference.published.layouts import Column, Layout
from claimwright.reference.tables import (
    ADD_ON,
    DESCRIPTION,
    LOCALITIES,
    MODIFIERS,
    PLACES,
    REASONS,
    REMARKS,
    SUPPLIES,
)

_VERIFIED = "our own plain CSV; the published layout was not seen"
_SPAN = (
    Column("from", "from", kinds.ISO_DAY, optional=True),
    Column("to", "to", kinds.ISO_DAY, optional=True, absent_too=True),
)
_TOLD = Column(DESCRIPTION, "description", optional=True, absent_too=True, descriptor=True)


def _plain(table: str, known_by: tuple[str, ...], *columns: Column) -> Layout:
    return Layout(table, columns, known_by, _VERIFIED, closed=True, prefers=(".csv", ".txt", ".xlsx"))


def _reasons(table: str, header: str, kind: kinds.Kind) -> Layout:
    modified = Column("modified", "modified", kinds.ISO_DAY, optional=True, absent_too=True)
    return _plain(table, (header,), Column("code", header, kind), *_SPAN, modified, _TOLD)


LAYOUTS = (
    _plain(
        ADD_ON,
        ("add_on_code", "primary_code"),
        Column("code", "add_on_code", kinds.PROCEDURE),
        Column("primary", "primary_code", kinds.PROCEDURE),
        Column("type", "type", kinds.ADD_ON_TYPE),
        *_SPAN,
    ),
    _plain(
        LOCALITIES,
        ("zip", "locality"),
        Column("zip", "zip", kinds.ZIP),
        Column("state", "state", kinds.STATE, optional=True, absent_too=True),
        Column("contractor", "contractor|carrier", kinds.CONTRACTOR),
        Column("locality", "locality", kinds.LOCALITY),
        *_SPAN,
    ),
    _plain(SUPPLIES, ("hcpcs_code",), Column("code", "hcpcs_code", kinds.SUPPLY), *_SPAN, _TOLD),
    _plain(
        PLACES,
        ("place_code",),
        Column("code", "place_code", kinds.PLACE),
        Column("", "facility", kinds.YES_NO, optional=True, absent_too=True),  # the fee schedule's to say, not kept
        *_SPAN,
        _TOLD,
    ),
    _plain(MODIFIERS, ("modifier_code",), Column("code", "modifier_code", kinds.MODIFIER), *_SPAN, _TOLD),
    _reasons(REASONS, "carc", kinds.REASON),
    _reasons(REMARKS, "rarc", kinds.REMARK),
)

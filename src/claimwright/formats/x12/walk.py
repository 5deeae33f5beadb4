"""Segments into claims and lines: which handler reads which segment, and what is known to be left unread."""

from __future__ import annotations

from collections.abc import Callable

from claimwright.formats.x12 import claims, envelope, parties, services
from claimwright.formats.x12.segments import repaired
from claimwright.formats.x12.state import AGAIN, IN_LINE, LEFT, SUBSCRIBER, State
from claimwright.lines.problems import Gravity, Problem

Handler = Callable[[State, list[str], int], int | None]


def _hl(state: State, e: list[str], at: int) -> int:
    if claims.close(state):
        return AGAIN
    parties.hl(state, e, at)
    return 0


def _sbr(state: State, e: list[str], at: int) -> int:
    if state.level >= IN_LINE or state.level < SUBSCRIBER:  # no SBR may stand here: its HL is missing
        if claims.close(state):
            return AGAIN
        parties.lost_loop(state, SUBSCRIBER, "a subscriber stands outside a subscriber loop")
    parties.sbr(state, e, at)
    return 0


# segment → elements it is read up to (shorter ones are filled with empty elements), handler
_ENVELOPE: dict[str, tuple[int, Handler]] = {
    "GS": (9, envelope.gs),
    "ST": (4, envelope.st),
    "SE": (3, envelope.se),
    "GE": (3, envelope.ge),
    "IEA": (3, envelope.iea),
}
_HANDLERS: dict[str, tuple[int, Handler]] = {
    **_ENVELOPE,
    "HL": (4, _hl),
    "SBR": (10, _sbr),
    "PAT": (2, parties.pat),
    "NM1": (10, parties.nm1),
    "N4": (4, parties.n4),
    "DMG": (4, parties.dmg),
    "PRV": (4, parties.prv),
    "CLM": (6, claims.clm),
    "DTP": (4, claims.dtp),
    "HI": (1, claims.hi),
    "REF": (5, claims.ref),
    "NTE": (3, claims.nte),
    "PWK": (2, claims.pwk),
    "AMT": (3, claims.amt),
    "CAS": (5, claims.cas),
    "LX": (2, services.lx),
    "SV1": (8, services.sv1),
    "SV2": (6, services.sv2),
    "SVD": (2, services.svd),
}

# Segments of X222 and X223 that carry nothing a policy asks for.
_UNREAD = frozenset(
    (
        *("BHT", "N1", "N2", "N3", "PER", "CUR", "TA1", "CL1", "CN1", "K3", "HCP", "OI", "MIA", "MOA", "UR"),
        *("CR1", "CR2", "CR3", "CR5", "CR6", "CR7", "CRC", "SV4", "SV5", "SV7", "LIN", "CTP", "LQ", "FRM", "QTY"),
        *("MEA", "PS1", "TOO"),
    )
)
# Segments that other guides have, so that their names are no data and may be shown.
_FOREIGN = frozenset(
    (
        *("SV3", "SVC", "CLP", "BPR", "TRN", "EB", "AAA", "STC", "INS", "HD", "EQ", "UM", "MSG", "IK3", "IK4"),
        *("AK1", "AK9", "PLB", "TS2", "TS3", "RDM", "DTM", "BGN"),
    )
)

_PADDING = [""] * 10


def walk(state: State, start: int) -> int:  # one loop runs for every segment; calls would cost a fifth
    """Read the segments of `state.run` from `start` on; the index to go on from.

    That is the number of segments, unless a batch is full, an ISA begins there or an IEA stood before it.
    """
    segments = _readable(state)
    element = state.delimiters.element
    at = state.at
    skipping = state.skipping
    handlers = _ENVELOPE if skipping else _HANDLERS
    for index, segment in enumerate(segments[start:], start):
        e = segment.split(element)
        entry = handlers.get(e[0])
        if entry is None:
            if not segment:
                continue
            if e[0] == "ISA":
                return _next_interchange(state, at, index)
            at += 1
            if not skipping and e[0] not in _UNREAD:
                _unknown(state, e[0], at, index)
            continue
        need, handler = entry
        if len(e) < need:
            e += _PADDING[: need - len(e)]
        at += 1
        state.at = at
        state.index = index
        wish = handler(state, e, at)
        if wish:
            if wish == AGAIN:
                state.at = at - 1
                return index
            if wish == LEFT:
                return index + 1
            skipping = state.skipping
            handlers = _ENVELOPE if skipping else _HANDLERS
    state.at = at
    state.index = len(segments)
    state.before = state.end()
    return len(segments)


def _strange(state: State, character: int) -> Problem:
    return Problem(
        "INP-ENCODING",
        "from here on there are bytes that are neither ASCII nor UTF-8; they were read as Latin-1",
        "write the file in ASCII or UTF-8",
        Gravity.WARNING,
        state.file,
        offset=state.encoding.mark + character,
    )


def _next_interchange(state: State, at: int, index: int) -> int:
    """End what is open before an ISA; the index of the ISA."""
    state.at, state.index = at, index
    envelope.end_interchange(state)
    claims.close(state)
    return index


def _readable(state: State) -> list[str]:
    """The segments of the run without blanks around them, those that are UTF-8 as such; a strange one is told once."""
    run = state.run
    segments = run.segments
    if not run.ascii and state.encoding.width == 1:
        segments, strange = repaired(segments)
        if strange is not None and state.once("encoding"):
            state.out.problems.append(_strange(state, run.begin(strange)))
    return list(map(str.strip, segments))


def _unknown(state: State, tag: str, at: int, index: int) -> None:
    state.at, state.index = at, index
    if tag in _FOREIGN:
        state.warn(
            "INP-SEGMENT",
            f"{tag} has no place in an 837P or 837I; it was not read",
            "take the segment out, or send the file to whom it belongs",
            tag,
        )
    else:
        state.warn(
            "INP-SEGMENT",
            f"a segment of an unknown kind (its name has {len(tag)} characters) was not read",
            "look for a stray terminator in the text before it, or for a segment cut in two",
        )

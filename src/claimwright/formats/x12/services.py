"""What was done: the service lines of a claim, and how another payer judged them."""

from __future__ import annotations

from claimwright.formats.x12 import fields
from claimwright.formats.x12.claims import close_line
from claimwright.formats.x12.fields import ITEM, Texts, places
from claimwright.formats.x12.state import ADJUDICATED, IN_LINE, State

_L = places(fields.LINE)
_PROCEDURE, _MODIFIERS, _DESCRIPTION = _L["procedure"], _L["modifiers"], _L["description"]
_NUMBERS = {f"{number}": number for number in range(1, 1000)}  # an 837I has up to 999 lines


def lx(state: State, e: list[str], _at: int) -> None:
    if state.claim is None:
        _outside(state, "LX")
        return
    close_line(state)
    number = _NUMBERS.get(e[1], 0)
    if number <= state.number:
        number = _renumbered(state, e[1])
    state.number = number
    state.awaiting = True
    state.service = ""
    state.at_service = 0
    state.level = IN_LINE
    state.party = ""
    state.adjudicator = None


def sv1(state: State, e: list[str], at: int) -> None:
    if not state.awaiting and not _opened(state, "SV1", at):
        return
    pointers = e[7]
    if state.component != ":":
        pointers = pointers.replace(state.component, ":")
    state.awaiting = False
    state.at_line = at
    line = state.line = ["", "", "", "", "", e[4], e[3], e[2], pointers, e[5]]  # in the order of fields.LINE
    _procedure(state, line, e[1], "SV101")


def sv2(state: State, e: list[str], at: int) -> None:
    if not state.awaiting and not _opened(state, "SV2", at):
        return
    state.awaiting = False
    state.at_line = at
    line = state.line = ["", "", "", e[1], "", e[5], e[4], e[3], "", ""]
    _procedure(state, line, e[2], "SV202")


def svd(state: State, e: list[str], _at: int) -> None:
    if state.line is not None:
        state.level = ADJUDICATED
        state.adjudicator = e[1] or None


def _opened(state: State, tag: str, at: int) -> bool:
    """Open a line for a service that has no LX of its own, and say so; False outside any claim."""
    if state.claim is None:
        _outside(state, tag)
        return False
    lx(state, ["LX", str(state.number + 1)], at)
    state.warn(
        "INP-LOOP", f"this {tag} has no LX before it; read as a line of its own", "write an LX before each service", tag
    )
    return True


def _procedure(state: State, line: Texts, composite: str, element: str) -> None:
    """The code, the modifiers and the description of a line."""
    parts = composite.split(state.component)
    if len(parts) < 2:
        if not composite:  # an institutional line may have a revenue code alone
            return
        parts = state.split(composite, element)
    if len(parts) < 2:
        state.report(
            "INP-PROCEDURE",
            f"{element} has no qualifier and code together; the procedure was not read",
            "write HC, component separator, code, and the modifiers after it",
            element=element,
        )
        return
    line[_PROCEDURE] = parts[1]
    line[_MODIFIERS] = ITEM.join(parts[2:6])
    if len(parts) > 6:
        line[_DESCRIPTION] = parts[6]
        if len(parts[6]) == 2 and all(parts[2:6]):
            state.warn(
                "INP-MODIFIER",
                "what stands after the fourth modifier is read as the description, but looks like a fifth modifier",
                "write at most four modifiers, those that decide payment first",
                element,
            )
    if parts[0] != "HC":
        state.warn(
            "INP-QUALIFIER",
            f"the procedure of {element} is not marked HC, so it may be no HCPCS code; kept as written",
            "mark CPT and HCPCS codes with HC",
            element,
        )


def _renumbered(state: State, text: str) -> int:
    """The number of a line whose LX does not count upwards, told."""
    text = text.strip()
    digits = text.isascii() and text.isdigit() and len(text) < 5
    number = int(text) if digits else 0
    if number <= state.number:
        state.warn(
            "INP-LINE-NUMBER",
            f"line {text if digits else 'without a number'} follows line {state.number}; "
            f"it is called line {state.number + 1} here",
            "number the lines of each claim 1, 2, 3",
            "LX01",
        )
        return min(state.number + 1, 65_535)
    return number


def _outside(state: State, tag: str) -> None:
    state.report(
        "INP-LOOP",
        f"this {tag} stands outside any claim, so the service was not read",
        "write the CLM segment of the claim before its lines",
        element=tag,
    )

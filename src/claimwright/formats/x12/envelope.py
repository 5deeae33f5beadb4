"""The envelope of an interchange: what ISA, GS and ST open, and whether SE, GE and IEA count what there was."""

from __future__ import annotations

from claimwright.formats.x12.claims import close
from claimwright.formats.x12.delimiters import Delimiters
from claimwright.formats.x12.parties import enter
from claimwright.formats.x12.state import AGAIN, HEADER, LEFT, SWITCHED, State

_OTHERS = {
    "270": "an eligibility inquiry",
    "271": "an eligibility answer",
    "275": "an attachment",
    "276": "a claim status inquiry",
    "277": "a claim status answer",
    "278": "an authorization request",
    "820": "a premium payment",
    "824": "an application report",
    "834": "an enrollment",
    "835": "a remittance advice",
    "997": "an acknowledgement",
    "999": "an acknowledgement",
}


def open_interchange(state: State, delimiters: Delimiters, control: str) -> None:
    """`control` is ISA13; empty when the ISA is missing."""
    state.delimiters = delimiters
    state.component = delimiters.component
    state.isa = control
    state.groups = 0
    state.told = set()
    state.version = ""
    state.skipping = False


def gs(state: State, e: list[str], _at: int) -> int:
    if close(state):
        return AGAIN
    state.groups += 1
    state.gs = e[6].strip()
    state.transactions = 0
    state.seen_st = set()
    state.version = e[8]
    state.skipping = False
    state.level = HEADER
    return SWITCHED


def st(state: State, e: list[str], at: int) -> int:
    """Open a transaction; anything but an 837 is told once and skipped to its SE."""
    if close(state):
        return AGAIN
    if state.st is not None:
        _unclosed(state, "transaction", state.st, "SE")
    number = state.st = e[2].strip()
    state.st_at = at
    state.transactions += 1
    state.level = HEADER
    enter(state, HEADER)
    if number in state.seen_st:
        state.warn(
            "INP-CONTROL",
            f"transaction number {_number(number)} is used twice in one group",
            "give each ST02 of a group its own number",
            "ST02",
        )
    state.seen_st.add(number)
    code = e[1].strip()
    state.skipping = code != "837"
    if state.skipping:
        what = _OTHERS.get(code, "another transaction")
        shown = code if code.isascii() and code.isdigit() and len(code) == 3 else "unreadable"
        state.report(
            "INP-NOT-837",
            f"this transaction is {what} ({shown}), not a claim (837); it was skipped",
            "give a file of 837P or 837I claims",
            element="ST01",
        )
    else:
        state.form = _form(state, e[3].strip() or state.version.strip())
    return SWITCHED


def se(state: State, e: list[str], at: int) -> int:
    if close(state):
        return AGAIN
    if state.st is None:
        _unopened(state, "SE", "ST")
    else:
        _count(state, e[1], at - state.st_at + 1, "segments", "SE01")
        _same(state, e[2], state.st, "SE02", "ST02")
    state.st = None
    state.skipping = False
    state.level = HEADER
    return SWITCHED


def ge(state: State, e: list[str], _at: int) -> int:
    if close(state):
        return AGAIN
    if state.gs is None:
        _unopened(state, "GE", "GS")
    else:
        _count(state, e[1], state.transactions, "transactions", "GE01")
        _same(state, e[2], state.gs, "GE02", "GS06")
    state.gs = None
    return 0


def iea(state: State, e: list[str], _at: int) -> int:
    if close(state):
        return AGAIN
    if state.isa is None:
        _unopened(state, "IEA", "ISA")
    else:
        _count(state, e[1], state.groups, "groups", "IEA01")
        _same(state, e[2], state.isa, "IEA02", "ISA13")
    state.isa = None
    return LEFT


def end_interchange(state: State) -> None:
    """Report what was left open when the interchange (or the file) ended."""
    if state.st is not None:
        _unclosed(state, "transaction", state.st, "SE")
    if state.gs is not None:
        _unclosed(state, "group", state.gs, "GE")
    if state.isa:
        _unclosed(state, "interchange", state.isa, "IEA")
    state.st = state.gs = state.isa = None
    state.skipping = False
    state.level = HEADER


def _form(state: State, version: str) -> str | None:
    if version.startswith("005010X222"):
        return "professional"
    if version.startswith("005010X223"):
        return "institutional"
    shown = version if version.isascii() and version.isalnum() and len(version) <= 12 else "unreadable"
    state.warn(
        "INP-VERSION",
        f"the guide is given as {shown or 'nothing'}, not 005010X222 (837P) or 005010X223 (837I); "
        "read as far as it is alike",
        "send 005010X222A1 or 005010X223A2",
        "ST03",
    )
    return None


def _number(text: str) -> str:
    """A control number as it may be shown."""
    return text if text.isascii() and text.isalnum() and len(text) <= 15 else "(unreadable)"


def _count(state: State, said: str, counted: int, what: str, element: str) -> None:
    text = said.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 15 and int(text) == counted):
        state.warn(
            "INP-COUNT",
            f"{element} says {_number(text) or 'nothing'}, but there were {counted} {what}",
            "something may be missing from the file, or the count is wrong: compare it with what was sent",
            element,
        )


def _same(state: State, trailer: str, header: str, element: str, other: str) -> None:
    if trailer.strip() != header:
        state.warn(
            "INP-CONTROL",
            f"{element} says {_number(trailer.strip()) or 'nothing'}, {other} said {_number(header) or 'nothing'}",
            f"write the same control number in {other} and {element}",
            element,
        )


def _unclosed(state: State, what: str, number: str, tag: str) -> None:
    state.report(
        "INP-TRUNCATED",
        f"{what} {_number(number) or 'without a number'} is not closed by {tag}; claims after this may be missing",
        "get the whole file again from where it was made",
        element=tag,
    )


def _unopened(state: State, tag: str, opener: str) -> None:
    state.warn("INP-LOOP", f"{tag} closes what no {opener} opened", f"write {opener} and {tag} in pairs", tag)

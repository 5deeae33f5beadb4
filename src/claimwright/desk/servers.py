"""Which server process holds a batch, and whether one of this machine has ended without letting go."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from secrets import token_hex

_PROCESS = token_hex(6)  # tells this process from an earlier one with its number


def new_name() -> str:
    """A name for one piece of work in this process: the machine, the process, and a word that nothing else has."""
    return f"{_machine()}:{os.getpid()}:{_PROCESS}.{token_hex(6)}"


def gone(name: str | None) -> bool:
    """Whether whoever had this name has surely ended. What runs on other machines may always be alive."""
    machine, number, process = [*(name or "").split(":"), "", ""][:3]
    if machine != _machine() or not number.isdigit() or os.name != "posix":
        return False
    if int(number) == os.getpid():
        return process.partition(".")[0] != _PROCESS
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False  # somebody else's process: there is one
    return False


def _machine() -> str:
    """Containers may share a machine's name, and none sees the processes of the others."""
    inside = Path("/proc/self/ns/pid")
    try:
        return f"{platform.node()}/{inside.readlink()}".replace(":", "")
    except OSError:
        return platform.node()

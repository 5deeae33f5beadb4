"""Letters that stand where a digit belongs: told, with the code that was probably meant, and never corrected."""

from __future__ import annotations

# a procedure in whose digits an O, I or L stands; no CPT or HCPCS code ends in one of them
LOOKALIKE = r"^[A-Z0-9][0-9OIL]*[OIL][0-9OIL]*$"
_LIKE = str.maketrans("OIL", "011")


def meant(written: str) -> str:
    """The code with digits for the letters that look like them; it is named, and never put in the other's place.

    >>> meant("97O26")
    '97026'
    """
    return written[0] + written[1:].translate(_LIKE)

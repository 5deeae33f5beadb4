"""Read a note: from its text to what it tells."""

from __future__ import annotations

from claimwright.chart.told import Told


def read(text: str) -> Told:
    """What a note tells.

    Never raises on any text; time is bounded by the text's length.
    """
    return Told(text, (), ())

"""X12 837 of guide 005010, read as a stream: `read` gives batches of lines, `raw_segments` a claim's own bytes."""

from claimwright.formats.x12.raw import raw_segments
from claimwright.formats.x12.reader import read

__all__ = ["raw_segments", "read"]

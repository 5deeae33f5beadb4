"""Answers and summaries as the database keeps them: whole, so that what was said can be shown again as it was said."""

from __future__ import annotations

import zlib

from pydantic import TypeAdapter

from claimwright.lines.answers import LineAnswer
from claimwright.lines.summary import Summary

_ANSWER = TypeAdapter(LineAnswer)
_SUMMARY = TypeAdapter(Summary)


def packed(answer: LineAnswer) -> bytes:
    return zlib.compress(_ANSWER.dump_json(answer), 6)


def unpacked(kept: bytes) -> LineAnswer:
    return _ANSWER.validate_json(zlib.decompress(kept))


def packed_summary(summary: Summary) -> bytes:
    return zlib.compress(_SUMMARY.dump_json(summary), 6)


def unpacked_summary(kept: bytes) -> Summary:
    return _SUMMARY.validate_json(zlib.decompress(kept))

"""Notes of one kilobyte to read, one JSON string a line, put together from whole notes of the development half.

    python benchmarks/make_notes.py OUT [--notes 8000] [--new-lines]

Lines of the labelled notes come again in many of them, more often than in a clinic. With `--new-lines` a few words at
its end make every line one that no other note has.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from read_notes import notes

LENGTH = 1024
WORDS = ("again", "also", "back", "away", "down", "later", "maybe", "quite", "rather", "soon", "still", "then", "very")


def kilobytes(texts: list[str], many: int, *, new_lines: bool) -> Iterator[str]:
    """Distinct texts of one length."""
    chance = random.Random(7)
    for number in range(many):
        text, at = f"Visit {number}.\n", number * 7
        while len(text) < LENGTH:
            lines = texts[at % len(texts)].split("\n")
            if new_lines:
                lines = [f"{line} {' '.join(chance.choices(WORDS, k=4))}" if line.strip() else line for line in lines]
            text += "\n".join(lines) + "\n\n"
            at += 1
        yield text[:LENGTH]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--notes", type=int, default=8000)
    parser.add_argument("--new-lines", action="store_true")
    given = parser.parse_args()
    texts = [note["text"] for note in notes("development")]
    made = kilobytes(texts, given.notes, new_lines=given.new_lines)
    given.out.write_text("".join(json.dumps(text) + "\n" for text in made), encoding="utf-8")
    print(f"{given.out}: {given.notes:,} notes")


if __name__ == "__main__":
    main()

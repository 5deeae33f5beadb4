"""Words that a dictation misheard, by how they sound: the consonants of some words as those of a longer one.

Only the few long words of a table are listened for (`heard words`), so that plain speech is not mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimwright.chart.remembered import Remembered

LONGEST_JOINED = 5  # words that one long word may fall apart into
SHORTEST_SOUND = 4  # consonants
_SOUNDS = (
    ("kn", "n"),
    ("ph", "f"),
    ("th", "0"),
    ("sh", "s"),
    ("ch", "k"),
    ("ck", "k"),
    ("ce", "s"),
    ("ci", "s"),
    ("cy", "s"),
    ("ge", "j"),
    ("x", "ks"),
)
_ONE_BY_ONE = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f", "d": "t", "g": "k", "j": "k", "b": "p"})
_SILENT = re.compile(r"[aeiouwhy']")
_TWICE = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """The consonants of a word as they sound.

    >>> sound("newrapathy") == sound("neuropathy"), sound("inferred")
    (True, 'nfrt')
    """
    for letters, sign in _SOUNDS:
        word = word.replace(letters, sign)
    return _TWICE.sub(r"\1", _SILENT.sub("", word).translate(_ONE_BY_ONE))


@dataclass
class Hearing:
    """The words listened for, by sound, and every beginning of a sound."""

    words: dict[str, str]
    beginnings: frozenset[str]
    listened: frozenset[str]

    def __post_init__(self) -> None:
        self.sounds = Remembered[str, str](sound)

    def goes_on(self, heard: str, word: str) -> str | None:
        """The sound of what was heard with a word behind it; None where no long word begins so."""
        sounds = self.sounds[word]
        joined = heard + (sounds[1:] if heard and heard[-1] == sounds[:1] else sounds)
        return joined if joined in self.beginnings and word not in self.listened else None

    def at(self, words: Sequence[str], place: int) -> tuple[int, str] | None:
        """How many words from a place on sound like one of the long words, and which; the most words win."""
        joined, best = "", None
        for count, word in enumerate(words[place : place + LONGEST_JOINED], 1):
            heard = self.goes_on(joined, word)
            if heard is None:
                break
            joined = heard
            if count > 1 and self.sounds[word] and joined in self.words:  # one word by itself is what it is
                best = (count, self.words[joined])
        return best


def hearing_of(words: frozenset[str]) -> Hearing:
    """Listen for these words."""
    by_sound = {sound(word): word for word in sorted(words) if len(sound(word)) >= SHORTEST_SOUND}
    beginnings = frozenset(heard[:length] for heard in by_sound for length in range(len(heard) + 1))
    return Hearing(by_sound, beginnings, words)

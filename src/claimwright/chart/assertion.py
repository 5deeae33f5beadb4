"""What a note says of a thing it mentions: denied, somebody else's, feared, past, planned, cared for by others, or so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimwright.chart.layout import Layout, Sentence
from claimwright.chart.mentions import Found
from claimwright.chart.told import Status

_ORDER = {status: place for place, status in enumerate(Status)}
_OF_SECTION: Mapping[str, Status] = {"history": Status.HISTORICAL, "family": Status.FAMILY}
_LISTED_IN_SECTIONS = frozenset({"condition", "vague", "symptom"})


def status_of(mention: Found, sentence: Sentence, layout: Layout, cues: Sequence[Found], services: Sequence[Found]) -> Status:
    """The status of a mention in its sentence: the first of those whose cue reaches it.

    `cues` and `services` are those of the sentence. A denial ends where a service is given.
    """
    clause = layout.clause_of(sentence, mention.start)
    fitting = [Status.AFFIRMED]
    of_section = _OF_SECTION.get(sentence.section) if mention.label in _LISTED_IN_SECTIONS else None
    if of_section is not None:
        fitting.append(of_section)
    for cue in cues:
        if _reaches(cue, mention, clause, sentence, services):
            fitting.append(Status(cue.value))
    return min(fitting, key=_ORDER.__getitem__)


def _reaches(
    cue: Found, mention: Found, clause: tuple[int, int], sentence: Sentence, services: Sequence[Found]
) -> bool:
    reach, after = cue.term.reaches, cue.start < mention.start
    if mention.start <= cue.start < mention.end or (after and cue.end >= mention.end):
        return False
    if reach == "sentence":
        return True
    if reach == "section":
        return after
    between = (cue.end, mention.start) if after else (mention.end, cue.start)
    parted = any(between[0] <= one.start < between[1] for one in services)
    if not (clause[0] <= cue.start < clause[1]):
        if after or reach != "before" or parted:
            return False
        # a field's name and its value are two clauses (`Neuropathy: none`), and so is `but that is managed by …`
        return cue.start - mention.end <= (_ANAPHORA if cue.value == Status.ELSEWHERE else 2)
    if (reach == "after" and not after) or (reach == "before" and after):
        return False
    return not (parted and (mention.label == "service" or (after and cue.value == Status.NEGATED)))


_ANAPHORA = 60  # characters


def background_of(mention: Found, sentence: Sentence, layout: Layout, backgrounds: Sequence[Found]) -> bool:
    """Whether a mention only describes the person: `in a patient with DPN`."""
    clause = layout.clause_of(sentence, mention.start)
    return any(clause[0] <= cue.start and cue.end <= mention.start <= cue.end + _NEAR for cue in backgrounds)


_NEAR = 45  # characters: a few words

"""What a note says of a thing it mentions: denied, somebody else's, feared, past, planned, in other hands, or so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claimwright.chart.layout import Layout, Sentence
from claimwright.chart.mentions import Found
from claimwright.chart.told import Status

_ORDER = {status: place for place, status in enumerate(Status)}
_OF_SECTION: Mapping[str, Status] = {"history": Status.HISTORICAL, "family": Status.FAMILY}
_OF_ANOTHER_DAY = frozenset(
    {
        "next visit",
        "next",
        "plan next visit",
        "plan for next visit",
        "next session",
        "next tx",
        "nxt",
        "planned",
        "scheduled",
        "sched",
        "nv",
        "next time",
    }
    | {"plan next", "next rx", "next wk", "next week"}
)
_BELIEVED = frozenset({"condition", "vague"})
_OF_A_PATIENT = re.compile(
    r"\b(?:pt|patient|client|cust|customer|he|she|they|mr|mrs|ms|states?|says|said|reports?|s)\b[^.]{0,40}$"
)
_OF_PAPERS = re.compile(
    r"\b(?:chart|script|order|orders|report|referral|letter|note|record|imaging|emg)(?: says| reads)?[:,]? ?$"
)
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|my|me|we)\b")
_LISTED_IN_SECTIONS = frozenset({"condition", "vague", "symptom"})


class Near(NamedTuple):
    """What is looked at beside a mention: the layout and plain text, the cues and services of its sentence."""

    layout: Layout
    text: str
    cues: Sequence[Found]
    services: Sequence[Found]
    conditions: Sequence[Found] = ()


def status_of(mention: Found, sentence: Sentence, near: Near) -> Status:
    """The status of a mention in its sentence: the first of those whose cue reaches it.

    A denial ends where a service is given.
    """
    clause = near.layout.clause_of(sentence, mention.start)
    fitting = [Status.AFFIRMED]
    of_section = _OF_SECTION.get(sentence.section) if mention.label in _LISTED_IN_SECTIONS else None
    if of_section is not None:
        fitting.append(of_section)
    if sentence.first and sentence.header in _OF_ANOTHER_DAY:
        fitting.append(Status.PLANNED)
    if mention.label in _BELIEVED and _in_a_patients_words(near.text, sentence, mention):
        fitting.append(Status.QUOTED)
    if mention.label in _BELIEVED and _answered_no(near.text, sentence, mention):
        fitting.append(Status.NEGATED)
    fitting += [Status(cue.value) for cue in near.cues if _reaches(cue, mention, clause, near)]
    return min(fitting, key=_ORDER.__getitem__)


def _in_a_patients_words(text: str, sentence: Sentence, mention: Found) -> bool:
    """Whether a mention stands between quotation marks, in words that are the patient's."""
    opens = text.rfind('"', sentence.start, mention.start)
    if opens < 0 or text.count('"', sentence.start, mention.start) % 2 == 0:
        return False
    closes = text.find('"', mention.end)
    if closes < 0 or closes > sentence.end + 1:
        return False
    said = text[opens + 1 : closes].lower()
    if _OF_PAPERS.search(text[sentence.start : opens].lower()):
        return False
    before, after = text[sentence.start : opens].lower(), text[closes + 1 : closes + 16].lower()
    return bool(_FIRST_PERSON.search(said) or _OF_A_PATIENT.search(before) or "cust" in after)


def _answered_no(text: str, sentence: Sentence, mention: Found) -> bool:
    """Whether a form's answer behind a mention, or behind the question that asks for it, is no: `wound ..... N`."""
    if _NO_BEHIND.match(text, mention.end):
        return True
    return text[sentence.end - 1 : sentence.end] == "?" and bool(_NO_ANSWER.match(text, sentence.end))


_NO_BEHIND = re.compile(
    r"(?:/[a-z]{3,14}){0,2}"
    r"(?: ?\.{2,} ?| ?[:_\-]+ ?| )(?:\[ \] ?y(?:es)? \[x\] ?no?|no?|neg|none|\( ?-\))(?= ?(?:[/|;,\n)]|$|\.\n|\.$))",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(r" ?(?:no?|none|neg|denies|denied)\b(?! (?:change|better|worse))", re.IGNORECASE)


def _reaches(cue: Found, mention: Found, clause: tuple[int, int], near: Near) -> bool:
    reach, after = cue.term.reaches, cue.start < mention.start
    if mention.start <= cue.start < mention.end or (after and cue.end >= mention.end):
        return False
    if reach in {"sentence", "section"}:
        return reach == "sentence" or after
    between = (cue.end, mention.start) if after else (mention.end, cue.start)
    parted = any(between[0] <= one.start < between[1] for one in near.services)
    if (after and _speaks_of_another(cue, mention, near)) or _asks(cue, near):
        return False
    if not (clause[0] <= cue.start < clause[1]):
        return _from_another_clause(cue, mention, near, parted=parted)
    if (reach == "after" and not after) or (reach == "before" and after):
        return False
    if _too_far(cue, mention, between[1] - between[0], near.text[between[0] : between[1]], after=after):
        return False
    if not after and cue.value in _BRACKETED and _of_another(near, *between):
        return False
    return not (parted and (mention.label == "service" or (after and cue.value == Status.NEGATED)))


def _asks(cue: Found, near: Near) -> bool:
    """Whether a question mark is a form's, which doubts nothing: `Neuropathy?: no`."""
    return cue.term.pattern.phrase == "?" and near.text[cue.end : cue.end + 1] == ":"


def _speaks_of_another(cue: Found, mention: Found, near: Near) -> bool:
    """`no open wound, infrared to the calf` denies the wound, and a form's `Diagnosis?` doubts nothing."""
    if cue.term.pattern.phrase == "?":
        return near.text[cue.start - 1 : cue.start].isalpha()
    return mention.label == "service" and any(cue.end <= one.start < mention.start for one in near.conditions)


def _from_another_clause(cue: Found, mention: Found, near: Near, *, parted: bool) -> bool:
    """Whether a cue reaches over the end of its clause: that of a field's value, a bracket, or of what takes it up."""
    reach, after = cue.term.reaches, cue.start < mention.start
    if after and cue.value == Status.FAMILY and reach == "after":
        apart = mention.start - cue.end
        return apart <= _NAMED or (apart <= _BARE and near.text[mention.start - 1] == "(")  # `brother: neuropathy`
    if after or reach != "before" or parted:
        return False
    if mention.label == "service" and cue.value == Status.NEGATED and cue.start - mention.end <= _STRUCK:
        return bool(_NO_MORE.match(near.text, cue.end)) and bool(_OPENS.search(near.text, mention.end, cue.start))
    if cue.value in _BRACKETED and _IN_BRACKETS.match(near.text, mention.end, cue.start):
        return True  # `ulcer R great toe (2018, resolved)`
    if _VALUE.fullmatch(near.text, mention.end, cue.start):
        return True  # `Neuropathy (CIPN)?: resolved 2022`
    if any(mention.end <= one.start < cue.start for one in near.conditions):
        return False  # it takes up what is named last
    # a field's name and its value are two clauses (`Neuropathy: none`), and so is `but that is managed by …`
    return cue.start - mention.end <= (_ANAPHORA if cue.value == Status.ELSEWHERE else 2)


def _of_another(near: Near, start: int, end: int) -> bool:
    """Whether a cue behind a mention speaks of what stands between them: `ulcer R heel, reflexes absent`."""
    between = near.text[start:end]
    if _NEW_SUBJECT.search(between):
        return True
    comma = between.rfind(", ")
    if comma < 0 or not _NAMES_SOMETHING.search(between, comma):
        return False
    return not any(start + comma < one.start < end for one in near.conditions) and not _GOES_ON.match(between, comma)


_VALUE = re.compile(r"(?: ?\([^()\n]{1,24})?\)? ?\??(?: ?: ?)?")  # between the name of a field and its value
_STRUCK = 40  # characters between a service and the answer that strikes it: `IR R knee - not done`
_OPENS = re.compile(r"[(\[:] ?$| -{1,2} $")
_NO_MORE = re.compile(
    r" ?(?:$|[.,;:()\]\n\d-]|(?:d/t|due|because|bc|b/c|as|per|by|today|this|secondary|2/2|for|since|until|pending)\b)"
)
_BRACKETED = frozenset({Status.HISTORICAL, Status.NEGATED})
_IN_BRACKETS = re.compile(r"[^.;:()\n]{0,30}\( ?[^()\n]{0,12}$")
_NEW_SUBJECT = re.compile(r"\b(?:and|but|so) (?:i|he|she|we|they)\b", re.IGNORECASE)
_NAMES_SOMETHING = re.compile(r"[A-Za-z]{3}")
_GOES_ON = re.compile(
    r", (?:and |now |which |that |it |since |fully |well |all |long |has |is |was |are |were |both |or )"
)


def _too_far(cue: Found, mention: Found, apart: int, between: str, *, after: bool) -> bool:
    """Whether a cue of the same clause speaks of something nearer: what is dictated in one breath is one clause."""
    phrase = cue.term.pattern.phrase
    if apart > _BARE and (phrase in {"no", "not"} or (not after and mention.label == "service")):
        return True
    if after:
        return _ended(cue, mention, apart, between)
    if phrase in _BEHIND:
        return apart > _JOINED
    if phrase == "closed":
        return apart > _ADJOINING
    if phrase.startswith(":") and mention.label != "condition":
        return apart > _ADJOINING
    if mention.label == "condition":
        return cue.value in {Status.HISTORICAL, Status.NEGATED} and apart > _ONE_BREATH
    return cue.value in {Status.ELSEWHERE, Status.HISTORICAL} and apart > _OF_MUSCLES


def _ended(cue: Found, mention: Found, apart: int, between: str) -> bool:
    """Whether what a cue says has ended before the mention behind it."""
    phrase = cue.term.pattern.phrase
    if cue.value == Status.QUOTED:
        if mention.label == "impairment" and phrase in _COMPLAINTS:
            return True  # a patient's stiffness is what the patient says it is
        if _SAID_NO.match(between):
            return True  # who says to have none denies it
        # the words that were quoted have ended; who reports pain from a neuropathy has one
        return bool(_QUOTED.search(between)) or (phrase == _REPORTS and bool(_SUFFERS.search(between)))
    if cue.value == Status.HYPOTHETICAL and mention.label == "condition" and _GOES_ON_TO_HAVE.search(f"{between} "):
        return True
    if cue.value == Status.NEGATED:
        return bool(_TURNS.search(between))
    if phrase in _WEIGHING:
        return apart > _BARE
    if cue.value != Status.HISTORICAL:
        return False
    return (phrase in _OLD and apart > _ADJOINING) or (
        mention.label == "impairment" and bool(_NEXT_THING.search(between))
    )


_REPORTS = "(pt, patient, he, she, client, they) (reports, reported)"
_COMPLAINTS = frozenset({_REPORTS, "(pt, patient, he, she, client, they) (states, stated, says, said, feels, felt)"})
_SUFFERS = re.compile(
    r"\b(?:pain|ache|aching|burning|stinging|soreness|tingling|numbness|symptoms|discomfort|cramp\w*|"
    r"stab\w*|throb\w*|shooting|electric\w*|prickl\w*|pins and needles|zing\w*|zap\w*|itch\w*|hurt\w*|tender\w*)\b",
    re.IGNORECASE,
)
_SAID_NO = re.compile(
    r" (?:that )?(?:(?:he|she|they|pt) )?(?:has |have |had |there is )?(?:had )?(?:no|not|never|nil|none|neither)\b",
    re.IGNORECASE,
)
_GOES_ON_TO_HAVE = re.compile(r", (?:(?:and |but )?(?:has|have|had|with|w/|also|known|he|she|pt)) ")
_QUOTED = re.compile(r'"[^"]*[.,!?]"')
_TURNS = re.compile(r"\b(?:but|it'?s|it is|he'?s|she'?s|only for|just for|rather|sorry) ")  # where a denial turns
_OLD = frozenset({"old", "prior", "previous", "past", "former", "remote", "healed", "resolved", "s/p"})
_NEXT_THING = re.compile(r"[,)] ")
_WEIGHING = frozenset({"vs", "vs.", "versus"})
_BEHIND = frozenset({"risk", "risk:", "prevention", "precaution~"})  # as in `ulcer risk`
_JOINED, _ADJOINING, _OF_MUSCLES, _ONE_BREATH = 2, 20, 40, 60  # characters
_ANAPHORA = 60  # characters
_NAMED = 4
_BARE = 40  # characters that a `no` by itself reaches, and that lie between a service and its `declined`


def background_of(mention: Found, sentence: Sentence, layout: Layout, backgrounds: Sequence[Found]) -> bool:
    """Whether a mention only describes the person: `in a patient with DPN`."""
    clause = layout.clause_of(sentence, mention.start)
    return any(clause[0] <= cue.start and cue.end <= mention.start <= cue.end + _NEAR for cue in backgrounds)


_NEAR = 45  # characters: a few words

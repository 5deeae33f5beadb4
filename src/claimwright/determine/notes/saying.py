"""What the notes of a visit say of one of its lines, as statements with `chart` as their source.

A fact told of the line's own service goes before the same fact told of the whole visit. What one note of a visit does
not say another may: only where none says it is it not said. Two notes that say different things both stand, and make
the conflict that any two sources make. Lists (regions, services) are put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claimwright.chart.told import Said, Told

Facts = dict[str, Any]
CHART, CLAIM = "chart", "claim"
SERVICES, PROVIDER = "services in the note", "provider in the note"
MINUTES = "minutes"
# what a note is only as a whole: a second note that says more ends it
_ONLY = frozenset({"only the modality documented", "rationale is pain alone"})
# what an NTE segment may say: what was treated, with what, where and by whom. That the note says so, it cannot say
OF_TREATMENT = frozenset(
    {
        *("treatment intent", "device", "setting of use", "furnished by", "student directed", "assistant share"),
        *("regions", "minutes", "units in the note", "separate encounter", "separate practitioner", "comfort only"),
    }
)


def of_line(told: Told, procedure: str) -> list[Said]:
    """What a note says of a service, the statements of it alone before those of the visit."""
    own: dict[str, list[Said]] = {}
    whole: dict[str, list[Said]] = {}
    for said in told.said:
        if not said.of:
            whole.setdefault(said.fact, []).append(said)
        elif procedure in said.of:
            own.setdefault(said.fact, []).append(said)
    return [said for fact in {**whole, **own} for said in own.get(fact) or whole[fact]]


def statements(notes: Sequence[Told], procedure: str, *, several: bool, providers: Iterable[str] = ()) -> Facts:
    """Fact → statement or statements of the notes of a visit about a line.

    `several`: the visit has other lines of the code, to which of which the minutes of the service fall nobody tells.
    `providers` are NPIs that the notes name.
    """
    found: dict[str, list[Said]] = {}
    for told in notes:
        for said in of_line(told, procedure):
            found.setdefault(said.fact, []).append(said)
    facts = {fact: _put(_united(fact, said, len(notes) > 1), CHART) for fact, said in found.items()}
    if several:
        facts.pop(MINUTES, None)
    services = tuple(dict.fromkeys(code for told in notes for code in told.services))
    if services:
        facts[SERVICES] = _put([list(services)], CHART)
    named = tuple(dict.fromkeys(providers))
    if named:
        facts[PROVIDER] = _put([list(named)], CHART)
    return {fact: said for fact, said in facts.items() if said}


def of_claim_note(told: Told, procedure: str, *, several: bool) -> Facts:
    """What an NTE segment says of a line: what it says of treatment in words, where it names a service at all.

    It is no treatment note: what it does not say is unknown and never no, and that it says a thing does not make the
    note say it. So the record does not count as seen either.
    """
    if not told.services:
        return {}
    found: dict[str, list[Said]] = {}
    for said in of_line(told, procedure):
        if said.fact in OF_TREATMENT and said.spans and not (several and said.fact == MINUTES):
            found.setdefault(said.fact, []).append(said)
    facts = {fact: _put(_united(fact, said, several=False), CLAIM) for fact, said in found.items()}
    return {fact: said for fact, said in facts.items() if said}


def _united(fact: str, said: Sequence[Said], several: bool) -> list[Any]:
    """The values that some statements of one fact leave, each once."""
    if any(isinstance(one.value, tuple) for one in said):
        lists = (one.value for one in said if isinstance(one.value, tuple))
        return [list(dict.fromkeys(code for codes in lists for code in codes))]
    kept = [one for one in said if one.spans or one.value is not False]
    if several and fact in _ONLY and any(one.value is False for one in said):
        kept = [one for one in said if one.value is False][:1]
    values: list[Any] = []
    for one in kept or said:
        value = _value(one)
        if value is not None and value not in values:
            values.append(value)
    return values


def _value(said: Said) -> Any:
    if not said.either:
        return said.value
    options = list(dict.fromkeys((*([said.value] if isinstance(said.value, str) else []), *said.either)))
    return {"either": options} if not isinstance(said.value, bool | float) else None


def _put(values: Sequence[Any], source: str) -> Any:
    stated = [{"source": source, "value": value} for value in values]
    return stated[0] if len(stated) == 1 else stated

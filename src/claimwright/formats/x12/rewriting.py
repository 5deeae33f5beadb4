"""How a field of a claim is read, and how it is written anew, so that nothing beside it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from claimwright.formats.x12 import diagnosis_list
from claimwright.formats.x12.edits import FIELDS, Edit, Field, Value, named
from claimwright.formats.x12.working_claim import Segment, WorkingClaim

# where a service has its fields, by the name of its segment
_PLACES: Mapping[str, Mapping[str, int]] = {
    "SV1": {"procedure": 1, "modifiers": 1, "charge": 2, "units": 4, "place": 5, "pointers": 7},
    "SV2": {"revenue": 1, "procedure": 2, "modifiers": 2, "charge": 3, "units": 5},
}
_REFERENCES = {"prior_auth": "G1", "original_claim": "F8"}
_CLM05 = {"place": 0, "frequency": 2}  # components
_CODE, _FIRST_MODIFIER, _AFTER_MODIFIERS = 1, 2, 6  # components of a procedure


@dataclass(frozen=True, slots=True)
class Found:
    """Where a field stands, and what it says, in its plain form.

    `segment` is None where it has to be inserted. `also` are values that a reader would name as well: a line without
    a place, a day or an authorization of its own has its claim's.
    """

    says: Value
    segment: Segment | None = None
    also: tuple[Value, ...] = ()


def find(claim: WorkingClaim, field: Field, edit: Edit) -> Found | str:
    """Where the field of an edit stands in a claim; why it cannot be changed where it cannot."""
    name, line = field.name, edit.line
    if line is not None:
        service = claim.service(line)
        if service is None:
            return "the line has no service (SV1 or SV2)"
        if name in _PLACES[service.tag]:
            return _in_service(claim, field, service)
        if any(name in places for places in _PLACES.values()):
            return f"the service of the line ({service.tag}) has no {named(field)}"
    return _FINDERS[name](claim, field, edit)


def write(claim: WorkingClaim, field: Field, edit: Edit, value: Value, segment: Segment | None) -> None:
    """Write one field; days of service and diagnoses are written elsewhere, for they hang together."""
    name = field.name
    text = value[0] if value else ""
    if segment is not None and segment.tag in _PLACES and name in _PLACES[segment.tag]:
        _write_service(field, segment, value)
    elif name in _CLM05:
        claim.clm.put_parts(5, _CLM05[name], value)
    elif name == "claim_charge":
        claim.clm.put(2, text)
    elif name == "rendering_npi" and segment is not None:
        segment.put(9, text)
    elif segment is None:
        head = ["NTE", "ADD"] if name == "note" else ["REF", _REFERENCES[name]]
        claim.insert(edit.line, [*head, text])
    elif value:
        segment.put(2, text)
    else:
        segment.gone = True


def write_days(claim: WorkingClaim, line: int, first: str, last: str, segment: Segment | None) -> None:
    """Write the days of service of a line; both are empty where the segment is to go."""
    period = segment is not None and segment.get(2) == "RD8"
    days = ["RD8", f"{first}-{last}"] if period or first != last else ["D8", first]
    if segment is None:
        claim.insert(line, ["DTP", "472", *days])
    elif not first:
        segment.gone = True
    elif segment.get(2) != days[0]:
        segment.put(2, days[0])
        segment.put(3, days[1])
    else:
        segment.put(3, days[1])


def days_of(segment: Segment | None) -> tuple[str, str] | None:
    """The first and the last day that a DTP*472 says, as written; None where it is not in one of its two forms."""
    if segment is None:
        return "", ""
    text = segment.get(3)
    if len(text) == 8 and text.isdigit():
        return text, text
    first, dash, last = text.partition("-")
    return (first, last) if dash and len(first) == len(last) == 8 and (first + last).isdigit() else None


def lacks_code(claim: WorkingClaim, line: int) -> bool:
    """Whether a line has modifiers or a description, and no procedure they belong to."""
    service = claim.service(line)
    parts = service.parts(_PLACES[service.tag]["procedure"]) if service else []
    return bool(parts) and not _at(parts, _CODE)


def pointers(claim: WorkingClaim, line: int) -> Value:
    """The diagnoses a line points to, by number."""
    service = claim.service(line)
    if service is None or "pointers" not in _PLACES[service.tag]:
        return ()
    text = service.get(_PLACES[service.tag]["pointers"])
    return FIELDS["pointers"].plain(text.replace(service.component, ":"))


def sum_of_lines(claim: WorkingClaim) -> Decimal | None:
    """What the charges of the lines add up to; None where one cannot be read."""
    services = [service for line in claim.lines if (service := claim.service(line)) is not None]
    amounts = [amount(service.get(_PLACES[service.tag]["charge"])) for service in services]
    known = [each for each in amounts if each is not None]
    return sum(known, Decimal()) if len(known) == len(amounts) else None


def amount(text: str) -> Decimal | None:
    """An amount, if it is one."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def frequency(claim: WorkingClaim) -> str:
    return _part(claim.clm, 5, 2).strip()


def names_original(claim: WorkingClaim) -> bool:
    """Whether the claim names the one it replaces or voids."""
    return any(each.get(2) and not each.gone for each in claim.found(None, "REF", "F8"))


def _in_service(claim: WorkingClaim, field: Field, service: Segment) -> Found | str:
    name = field.name
    place = _PLACES[service.tag][name]
    if name in {"procedure", "modifiers"}:
        parts = service.parts(place)
        if parts and len(parts) < 2:
            return "the procedure has no qualifier and code together"
        if name == "procedure":
            return Found(field.plain(_at(parts, _CODE)), service)
        codes = [code for part in parts[_FIRST_MODIFIER:_AFTER_MODIFIERS] for code in field.plain(part)]
        return Found(tuple(codes), service)
    text = service.get(place)
    says = field.plain(text.replace(service.component, ":") if name == "pointers" else text)
    if name == "place" and not says:
        return Found(says, service, (field.plain(_part(claim.clm, 5, 0)),))
    return Found(says, service)


def _write_service(field: Field, service: Segment, value: Value) -> None:
    name = field.name
    place = _PLACES[service.tag][name]
    if name == "procedure":
        qualifier = _at(service.parts(place), 0)
        service.put_parts(place, 0, [qualifier or "HC", *(value or [""])])
        if not any(service.parts(place)[_CODE:]):
            service.put(place, "")
    elif name == "modifiers":
        gaps = [""] * (_AFTER_MODIFIERS - _FIRST_MODIFIER - len(value))
        service.put_parts(place, _FIRST_MODIFIER, [*value, *gaps])
    else:
        service.put(place, service.component.join(value))


def _of_clm(claim: WorkingClaim, field: Field, _edit: Edit) -> Found | str:
    if field.name == "claim_charge":
        return Found(field.plain(claim.clm.get(2)), claim.clm)
    return Found(field.plain(_part(claim.clm, 5, _CLM05[field.name])), claim.clm)


def _diagnoses(claim: WorkingClaim, _field: Field, _edit: Edit) -> Found | str:
    listed = diagnosis_list.read(claim)
    return listed if isinstance(listed, str) else Found(listed.codes)


def _service_day(claim: WorkingClaim, field: Field, edit: Edit) -> Found | str:
    """A day of the line's own DTP*472; an 837I line without one has the statement's, where that is one day."""
    segments = claim.found(edit.line, "DTP", "472")
    if len(segments) > 1:
        return "the line has more than one date of service (DTP*472)"
    segment = segments[0] if segments else None
    days = days_of(segment)
    if days is None:
        return "the date of service (DTP*472) is written in neither of its two forms"
    place = 0 if field.name == "service_from" else 1
    if segment is not None:
        return Found(field.plain(days[place]), segment)
    statement = {days_of(each) for each in claim.found(None, "DTP", "434")}
    one = next(iter(statement)) if len(statement) == 1 else None
    return Found((), None, (field.plain(one[0]),) if one and one[0] == one[1] else ())


def _rendering(claim: WorkingClaim, field: Field, edit: Edit) -> Found | str:
    whose = "line" if edit.line is not None else "claim"
    segments = claim.found(edit.line, "NM1", "82")
    if not segments:
        return f"the {whose} names no rendering provider of its own (NM1*82)"
    if len(segments) > 1:
        return f"the {whose} names more than one rendering provider (NM1*82)"
    if segments[0].get(8) != "XX":
        return f"the rendering provider of the {whose} is not named by an NPI (NM108 is not XX)"
    return Found(field.plain(segments[0].get(9)), segments[0])


def _note(claim: WorkingClaim, field: Field, edit: Edit) -> Found | str:
    return _picked(claim.found(None, "NTE"), field, edit)


def _reference(claim: WorkingClaim, field: Field, edit: Edit) -> Found | str:
    code = _REFERENCES[field.name]
    segments = claim.found(edit.line, "REF", code)
    if edit.line is None:
        return _picked(segments, field, edit)
    own = [each for each in segments if not each.get(4)]  # with REF04 the number is another payer's
    found = _picked(own, field, edit)
    if isinstance(found, str) or found.segment is not None:
        return found
    return Found((), None, tuple(field.plain(each.get(2)) for each in claim.found(None, "REF", code)))


def _picked(segments: Sequence[Segment], field: Field, edit: Edit) -> Found | str:
    """The one segment that is meant: the only one, or the only one that says what the edit expects."""
    said = [(field.plain(each.get(2)), each) for each in segments]
    meant = [each for each in said if each[0] == field.plain(edit.was)] if len(said) > 1 else said
    if not said:
        return Found(())
    if len(meant) != 1:
        return f"there are {len(said)} segments that hold the {named(field)}, and the edit does not tell which is meant"
    return Found(*meant[0])


def _part(segment: Segment, element: int, part: int) -> str:
    return _at(segment.parts(element), part)


def _at(items: Sequence[str], place: int) -> str:
    return items[place] if place < len(items) else ""


_FINDERS: Mapping[str, Callable[[WorkingClaim, Field, Edit], Found | str]] = {
    "place": _of_clm,
    "frequency": _of_clm,
    "claim_charge": _of_clm,
    "diagnoses": _diagnoses,
    "service_from": _service_day,
    "service_to": _service_day,
    "rendering_npi": _rendering,
    "note": _note,
    "prior_auth": _reference,
    "original_claim": _reference,
}

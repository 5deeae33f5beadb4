"""FHIR DocumentReference (R4, R5): the text that came with it, and whose note it is. Nothing is fetched.

The text is `content.attachment.data`, base64 of `text/plain` or `text/html`; the visit is `context.period` (R5:
`period`) or `date`, the patient `subject`, who treated `author`, each by its identifier or by the resource it means.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from claimwright.formats.notes.decoding import decoded
from claimwright.formats.notes.markup import stripped
from claimwright.lines.problems import Gravity, Problem

NPI = "http://hl7.org/fhir/sid/us-npi"
_WITHDRAWN = frozenset({"entered-in-error", "superseded"})
_TEXT = ("text/plain", "text/html")
Told = tuple[dict[str, str] | None, list[Problem]]


def is_fhir(value: Any) -> bool:
    """Whether some JSON is a resource, and no record of a table."""
    return isinstance(value, Mapping) and isinstance(value.get("resourceType"), str)


def documents(values: Iterable[Any]) -> Iterator[Told]:
    """A row of notes for each DocumentReference among some resources and bundles of them, and what is wrong with it."""
    shelf = _Shelf()
    found = [resource for value in values for resource in shelf.laid(value)]
    for resource in found:
        if resource.get("resourceType") == "DocumentReference":
            yield _document(resource, shelf)


@dataclass
class _Shelf:
    """Resources by the references that name them."""

    named: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def laid(self, value: Any) -> Iterator[Mapping[str, Any]]:
        if not is_fhir(value):
            return
        if value["resourceType"] != "Bundle":
            self._name(value, "")
            yield value
            return
        for entry in _list(value.get("entry")):
            resource = entry.get("resource") if isinstance(entry, Mapping) else None
            if isinstance(resource, Mapping):
                self._name(resource, _text(entry.get("fullUrl")))
                yield resource

    def _name(self, resource: Mapping[str, Any], url: str) -> None:
        if url:
            self.named[url] = resource
        if resource.get("id"):
            self.named[f"{resource.get('resourceType')}/{resource['id']}"] = resource

    def of(self, reference: Any, within: Mapping[str, Any]) -> Mapping[str, Any]:
        """The resource a reference means: contained, or laid beside; nothing where it is somewhere else."""
        name = _text(reference.get("reference")) if isinstance(reference, Mapping) else ""
        if name.startswith("#"):
            own = (one for one in _list(within.get("contained")) if isinstance(one, Mapping))
            return next((one for one in own if one.get("id") == name[1:]), {})
        return self.named.get(name, {})


def _document(resource: Mapping[str, Any], shelf: _Shelf) -> Told:
    if _text(resource.get("status")) in _WITHDRAWN or _text(resource.get("docStatus")) in _WITHDRAWN:
        message = "the document is marked as superseded or entered in error; it is left out"
        return None, [Problem("INP-NOTE-STATUS", message, "give the one in force", Gravity.WARNING)]
    text, problems = _content(resource)
    if text is None:
        return None, problems
    subject = resource.get("subject")
    patient = shelf.of(subject, resource)
    told = {
        "member_id": _identifier([subject], patient, lambda one: "MB" in _types(one)),
        "birth_date": _text(patient.get("birthDate")),
        "patient_first": _first(patient),
        "provider_npi": _author(resource, shelf),
        "service_from": _day(resource),
        "text": text,
        "id": _text(resource.get("id")),
    }
    return {column: value for column, value in told.items() if value}, problems


def _content(resource: Mapping[str, Any]) -> tuple[str | None, list[Problem]]:
    """The first text among the forms of a document, and why there is none."""
    problems: list[Problem] = []
    for content in _list(resource.get("content")):
        attachment = content.get("attachment") if isinstance(content, Mapping) else None
        if isinstance(attachment, Mapping):
            text, problem = _attached(attachment)
            if text is not None:
                return text, [problem] if problem else []
            problems += [problem] if problem else []
    if not problems:
        problems = [Problem("INP-EMPTY", "the document has no attachment", "give its text as content.attachment.data")]
    return None, problems[:1]


def _attached(attachment: Mapping[str, Any]) -> tuple[str | None, Problem | None]:
    kind = Message()
    kind["content-type"] = _text(attachment.get("contentType")) or "text/plain"
    form, data = kind.get_content_type(), attachment.get("data")
    if form not in _TEXT:
        return None, Problem(
            "INP-NOTE-TYPE",
            "the attachment is neither text/plain nor text/html; it is not read",
            "give the text of the note beside it",
            field="content.attachment.contentType",
        )
    if not isinstance(data, str) or not data:
        what = "only names where the text is, and nothing is fetched" if attachment.get("url") else "holds no text"
        help_ = "give the text itself as content.attachment.data, in base64"
        return None, Problem("INP-NOTE-URL", f"the attachment {what}", help_, field="content.attachment")
    try:
        raw = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        message = "the attachment is no base64; it is not read"
        return None, Problem(
            "INP-ENCODING", message, "encode the text of the note in base64", field="content.attachment.data"
        )
    charset = kind.get_param("charset")
    text, problem = decoded(raw, charset if isinstance(charset, str) else "")
    return (stripped(text) if text is not None and form == "text/html" else text), problem


def _author(resource: Mapping[str, Any], shelf: _Shelf) -> str:
    """The NPI of whoever wrote it: of an author, or of the practitioner a role is of."""
    for author in _list(resource.get("author")):
        one = shelf.of(author, resource)
        if one.get("resourceType") == "PractitionerRole":
            own = _identifier([one.get("practitioner")], shelf.of(one.get("practitioner"), resource), _is_npi)
            if own:
                return own
        found = _identifier([author], one, _is_npi, only=True)
        if found:
            return found
    return ""


def _day(resource: Mapping[str, Any]) -> str:
    context = resource.get("context")
    periods = [context.get("period") if isinstance(context, Mapping) else None, resource.get("period")]
    starts = [_text(period.get("start")) for period in periods if isinstance(period, Mapping)]
    return next((day for day in (*starts, _text(resource.get("date"))) if day), "")[:10]


def _identifier(references: Iterable[Any], resource: Mapping[str, Any], wanted: Any, *, only: bool = False) -> str:
    """The identifier wanted, of a reference itself or of the resource it means; else the first, but for `only`."""
    own = [one.get("identifier") for one in references if isinstance(one, Mapping)]
    known = [one for one in (*own, *_list(resource.get("identifier"))) if isinstance(one, Mapping)]
    values = [(_text(one.get("value")), wanted(one)) for one in known if _text(one.get("value"))]
    best = next((value for value, fits in values if fits), "")
    return best or ("" if only or not values else values[0][0])


def _is_npi(identifier: Mapping[str, Any]) -> bool:
    value = _text(identifier.get("value"))
    system = _text(identifier.get("system"))
    return system == NPI or "NPI" in _types(identifier) or (not system and len(value) == 10 and value.isdigit())


def _types(identifier: Mapping[str, Any]) -> set[str]:
    kind = identifier.get("type")
    codings = _list(kind.get("coding")) if isinstance(kind, Mapping) else []
    return {_text(coding.get("code")) for coding in codings if isinstance(coding, Mapping)}


def _first(patient: Mapping[str, Any]) -> str:
    names = [name for name in _list(patient.get("name")) if isinstance(name, Mapping)]
    given = next((_list(name.get("given")) for name in names if name.get("given")), [])
    return _text(given[0]) if given else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""

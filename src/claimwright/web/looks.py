"""Templates: what every page is given, and how values are written."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import ChoiceLoader, Environment, PackageLoader

from claimwright.desk.rights import Right
from claimwright.policies import clause_words
from claimwright.report import html, policy_document, wording
from claimwright.report.code_facts import LOOKED_UP
from claimwright.report.flowchart_style import STYLE, TRACED
from claimwright.report.note_view import KINDS


@cache
def _environment() -> Environment:
    """The report's own environment, with the pages' templates before its own: a line looks the same in both."""
    found = html.environment().overlay(
        loader=ChoiceLoader([PackageLoader("claimwright.web"), PackageLoader("claimwright.report")])
    )
    found.globals = {
        **found.globals,
        "Right": Right,
        "told": clause_words.told,
        "open_slots": wording.open_slots,
        "anchor_of": policy_document.anchor_of,
        "LOOKED_UP": LOOKED_UP,
    }
    found.filters = {**found.filters, "count": wording.count}
    return found


def page(request: Request, template: str, status: int = 200, **given: Any) -> Response:
    """A page. Templates know `browser` (None where nobody is signed in), `here`, the path, and `public_library`."""
    always = {
        "browser": getattr(request.state, "browser", None),
        "here": request.url.path,
        "public_library": request.app.state.public_library,
    }
    text = _environment().get_template(template).render(**always, **given)
    return HTMLResponse(text, status)


@cache
def report_style() -> bytes:
    """The style sheet of reports, notes and flowcharts, for the parts of pages that they share."""
    parts = [_environment().get_template(name).render(kinds=KINDS) for name in ("style.css.j2", "note-style.css.j2")]
    return "\n".join((*parts, STYLE, TRACED)).encode()

"""Every way the answer to one line is shown, for whoever looks for words that none of them may say."""

from __future__ import annotations

import io
from datetime import date

from claimwright.lines.answers import LineAnswer
from claimwright.report import as_csv, as_json, html, text
from claimwright.report.as_json import RunIdentity

_NO_DAY = date(1970, 1, 1)  # the page of one line names the day of its run, which plays no part in what it says


def faces(answer: LineAnswer) -> tuple[str, ...]:
    """The answer as text first, then as a JSON record, as a page of HTML and as rows of CSV."""
    shown = io.StringIO()
    text.render_line(answer, text.console_for(shown))
    return (
        shown.getvalue(),
        as_json.line_record(answer).decode(),
        html.line_page(RunIdentity("", _NO_DAY), answer),
        "".join(as_csv.csv_rows([answer], all_lines=True)),
    )

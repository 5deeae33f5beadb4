"""The style sheet inside a flowchart: light by default and on paper, dark where the reader's setting is.

Every text stands out from what is under it by at least 4.5 to 1 (WCAG 2.2, 1.4.3), and no meaning hangs on colour.
Nothing in it needs escaping, in XML or in HTML.
"""

from __future__ import annotations

from collections.abc import Mapping

FONTS = "Helvetica,Arial,Liberation Sans,sans-serif"
SIZES = {
    "title": 19.0,
    "kicker": 10.5,
    "heading": 15.0,
    "point": 13.0,
    "codes": 12.5,
    "cited": 11.0,
    "label": 12.0,
    "note": 11.5,
}
BOLD = frozenset({"title", "kicker", "heading"})
LIGHT = {
    "page": "#ffffff",
    "ink": "#1b1f24",
    "soft": "#4a5159",
    "line": "#5b636c",
    "start": "#eceef1 #5b636c",
    "question": "#e9f1fe #2f6bc4",
    "denied": "#fdeceb #b3261e",
    "first": "#fdf3dc #8f5e00",
    "covered": "#e6f5ea #1e7a3c",
    "open": "#f5f6f7 #5b636c",
    "cut": "#ffffff #5b636c",
}
DARK = {
    "page": "#14171a",
    "ink": "#eceff2",
    "soft": "#b4bcc4",
    "line": "#98a1aa",
    "start": "#262b30 #98a1aa",
    "question": "#16263f #7fb0f7",
    "denied": "#3a1a18 #f19a93",
    "first": "#37290c #e5b655",
    "covered": "#12301c #74cc8e",
    "open": "#1f2327 #98a1aa",
    "cut": "#14171a #98a1aa",
}
BOXES = ("start", "question", "denied", "first", "covered", "open", "cut")


def _colours(of: Mapping[str, str]) -> str:
    rules = [
        f".cw-flow .page{{fill:{of['page']}}}",
        f".cw-flow text{{fill:{of['ink']}}}",
        f".cw-flow .cited,.cw-flow .note,.cw-flow .kicker{{fill:{of['soft']}}}",
        f".cw-flow .edge{{stroke:{of['line']}}}",
        f".cw-flow .tip{{fill:{of['line']}}}",
    ]
    for look in BOXES:
        fill, stroke = of[look].split()
        rules.append(f".cw-flow .{look} .box{{fill:{fill};stroke:{stroke}}}")
        rules.append(f".cw-flow .{look} .bar{{fill:{stroke}}}")
    return "".join(rules)


STYLE = (
    f".cw-flow{{font-family:{FONTS}}}"
    + "".join(f".cw-flow .{name}{{font-size:{size:g}px}}" for name, size in SIZES.items())
    + "".join(f".cw-flow .{name}{{font-weight:600}}" for name in sorted(BOLD))
    + ".cw-flow .edge{fill:none;stroke-width:1.6}"
    + ".cw-flow .box{stroke-width:1.4}"
    + ".cw-flow .open .box{stroke-dasharray:6 4}.cw-flow .cut .box{stroke-dasharray:2 3}"
    + ".cw-flow .label{text-anchor:middle}.cw-flow .middle{text-anchor:middle}"
    + _colours(LIGHT)
    + f"@media (prefers-color-scheme:dark){{{_colours(DARK)}}}"
    + f"@media print{{{_colours(LIGHT)}}}"
)

# for a chart on a page along which somebody goes
TRACED = (
    # a report's own labels are of another look
    ".cw-flow .label{font-weight:400;font-family:inherit;line-height:normal}"
    ".cw-flow .dim{opacity:.34}.cw-flow .taken .box{stroke-width:3.2}.cw-flow .edge.taken{stroke-width:3.4}"
    ".cw-flow .here .box{stroke-width:4.2}.cw-flow .label.taken{font-weight:600}"
)

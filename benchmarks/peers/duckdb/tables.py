"""The reference tables as a query wants them: which edit speaks on which days, worked out once, before the clock starts.

Written from the policies' own words (a release speaks for its days; an older one may still accuse, as of its last day;
what an earlier release knows, a later one is not asked) and not from claimwright's code, so that it is also a check.
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
ONE = timedelta(days=1)


def day(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def releases(folder: Path, table: str) -> list[dict]:
    """Every release of a table, the one with the latest last day first."""
    found = []
    for path in folder.glob("*/release.yaml"):
        text = path.read_text("utf-8")
        said = dict(re.findall(r"^(id|table|setting|covers): (.+)$", text, flags=re.MULTILINE))
        if said["table"] == table:
            first, last = said["covers"].split(" .. ")
            held = {
                row["code"]: (day(row["from"], FIRST), day(row["to"], LAST), row["scope"])
                for row in rows(path.parent / "codes.csv")
            }
            listed = rows(path.parent / "rows.csv")
            found.append({**said, "first": day(first, FIRST), "last": day(last, LAST), "held": held, "rows": listed})
    return sorted(found, key=lambda release: (release["last"], release["first"]), reverse=True)


def vintages(folder: Path) -> list[tuple]:
    """The lists of diagnosis codes: id, code set, first and last day they speak for, the file of their rows."""
    found = []
    for path in sorted(folder.glob("*/release.yaml")):
        said = dict(re.findall(r"^(id|table|covers): (.+)$", path.read_text("utf-8"), flags=re.MULTILINE))
        system = {"codes/icd-10-cm": "ICD-10-CM", "codes/icd-9-cm": "ICD-9-CM"}.get(said["table"])
        if system:
            first, last = said["covers"].split(" .. ")
            found.append((said["id"], system, day(first, FIRST), day(last, LAST), str(path.parent / "rows.parquet")))
    return found


def edits(folder: Path) -> list[tuple]:
    """form, column1, column2, from, to, indicator, release, last day of the release: one edit a day at most."""
    found = []
    everything = releases(folder, "ncci/ptp")
    for form in ("professional", "institutional"):
        chosen = [release for release in everything if release["setting"] == form]
        spans: dict[tuple[str, str], list[tuple]] = {}
        for place, release in enumerate(chosen):
            for row in release["rows"]:
                begin, end = day(row["from"], FIRST), day(row["to"], LAST)
                if row["indicator"] == "9" or end < release["first"]:
                    continue
                # on its last day an edit still speaks for the days after the release
                open_end = LAST if end >= release["last"] else end
                if max(begin, release["first"]) <= open_end and begin <= release["last"]:
                    span = (max(begin, release["first"]), open_end, int(row["indicator"]), place)
                    spans.setdefault((row["column1"], row["column2"]), []).append(span)
        for (one, two), listed in spans.items():
            found += [(form, one, two, *cell) for cell in _cells(one, two, listed, chosen)]
    return found


def _cells(one: str, two: str, listed: list[tuple], chosen: list[dict]) -> list[tuple]:
    """Spans of days without overlap: the first release that has an edit, or knows that there is none, speaks."""
    edges = {edge for begin, end, _, _ in listed for edge in (begin, min(end, LAST - ONE) + ONE)}
    for release in chosen:
        edges |= {release["first"], min(release["last"], LAST - ONE) + ONE}
        for code in (one, two):
            if code in release["held"]:
                begin, end, _ = release["held"][code]
                edges |= {begin, min(end, LAST - ONE) + ONE}
    marks = sorted(edges)
    cells = []
    for begin, after in zip(marks, [*marks[1:], LAST + ONE if LAST < date.max else LAST], strict=True):
        for place, release in enumerate(chosen):
            if begin < release["first"]:
                continue
            hit = next((span for span in listed if span[3] == place and span[0] <= begin <= span[1]), None)
            if hit:
                cells.append((begin, after - ONE, hit[2], release["id"], release["last"]))
                break
            as_of = min(begin, release["last"])
            holds = [c in release["held"] and release["held"][c][0] <= as_of <= release["held"][c][1] for c in (one, two)]
            any_code = [held and release["held"][c][2] == "any" for held, c in zip(holds, (one, two), strict=True)]
            if all(holds) or any(any_code):
                break
    return cells


def holds(folder: Path) -> list[tuple]:
    """form, code, whether every edit that names it is listed, from, to, release: for these days a release knows the code."""
    return [
        (release["setting"], code, scope == "any", max(begin, release["first"]), min(end, release["last"]), release["id"])
        for release in releases(folder, "ncci/ptp")
        for code, (begin, end, scope) in release["held"].items()
        if max(begin, release["first"]) <= min(end, release["last"])
    ]


def limits(folder: Path) -> list[tuple]:
    """form, code, from, to, value, indicator, release, last day of the release."""
    found = []
    everything = releases(folder, "mue")
    for form in ("professional", "institutional"):
        later: dict[str, date] = {}
        for release in (one for one in everything if one["setting"] == form):
            for row in release["rows"]:
                end = later.get(row["code"], LAST)
                if release["first"] <= end:
                    cell = (release["first"], end, int(row["value"]), int(row["indicator"]), release["id"], release["last"])
                    found.append((form, row["code"], *cell))
                    later[row["code"]] = release["first"] - ONE
    return found


def code_sets(policies: Path) -> list[tuple]:
    """set, code or its beginning, whether a beginning, from, to."""
    files = [policies / "codes.csv", *policies.glob("*/**/codes.csv")]
    return [
        (row["set"], code.rstrip("*"), code.endswith("*"), day(row["from"], FIRST), day(row["to"], LAST))
        for path in files
        for row in rows(path)
        for code in [row["code"].replace(".", "")]
    ]


def payers(path: Path) -> list[tuple]:
    """id, name without its *, whether a beginning, filing, types of bill, program, payer."""
    return [
        (row["id"], _plain(row["name"]), row["name"].endswith("*"), row["filing"], row["bill"], row["program"], row["payer"])
        for row in rows(path)
    ]


def _plain(name: str) -> str:
    return " ".join(word for word in re.sub(r"[^A-Z0-9]+", " ", name.upper()).split() if word != "AND")


def contractors(path: Path) -> list[tuple]:
    return [(row["state"], row["contractor"], day(row["from"], FIRST), day(row["to"], LAST)) for row in rows(path)]


def numbers(path: Path) -> list[tuple]:
    return [(row["name"], float(row["value"]), day(row["from"], FIRST), day(row["to"], LAST)) for row in rows(path)]

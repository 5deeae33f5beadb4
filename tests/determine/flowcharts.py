"""What tests of flowcharts share: a small library with the whole flowchart of infrared in it, and its engine."""

from datetime import date
from functools import cache
from pathlib import Path

from claimwright.determine.engine import Engine
from claimwright.determine.graph.build import chart, programs_of
from claimwright.policies.reading import read_folder
from claimwright.reference.releases import Releases

FOLDER = Path(__file__).parent / "golden" / "flowchart"
DAY = date(2026, 3, 10)


@cache
def small_engine():
    shelf = read_folder(FOLDER)
    assert shelf.complaints == ()
    return Engine(shelf.library, Releases())


def small_chart(*names, **options):
    """The chart of 97026 at the small library's programs, or at those with these titles."""
    engine = small_engine()
    branches = [one for one in programs_of(engine.library) if not names or one.name in names]
    return chart(engine, branches, "97026", DAY, **options)


def engine_of(folder, policies, facts, program):
    """An engine on policies written into a folder: (name, instrument, rules) each."""
    (folder / "facts.yaml").write_text(facts)
    (folder / "program.md").write_text(program)
    for name, instrument, rules in policies:
        (folder / name).mkdir()
        front = (
            f"---\nid: {name}\ntitle: {name.title()}\npayer: nobody\nauthority: nobody\nsource: https://example.org\n"
            f"instrument: {instrument}\napplies to: {{programs: [medicare-part-b]}}\nquote: paraphrase\n"
            "checked: 2026-01-01\n---\n"
        )
        (folder / name / "policy.md").write_text(front + "".join(rules))
    shelf = read_folder(folder)
    assert shelf.complaints == (), shelf.complaints
    return Engine(shelf.library, Releases())


def rule(name, when, then, **keys):
    lines = [f"```rule {name}", "in force: ..", "view: documented", "channel: coverage", "when:"]
    lines += [f"  {fact}: {predicate}" for fact, predicate in when.items()]
    lines += [f"then: {then}", *(f"{key}: {value}" for key, value in keys.items()), "because: so", "```"]
    return "> a sentence [paraphrase]\n\n" + "\n".join(lines) + "\n\n"

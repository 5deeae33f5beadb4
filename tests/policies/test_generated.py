"""What is generated from the policies is committed, and is what would be generated now."""

from datetime import date
from pathlib import Path

from claimwright.policies import lock
from claimwright.policies.publish import outputs
from claimwright.policies.reading import read_folder
from claimwright.proving.lints import lint

ROOT = Path(__file__).parents[2]
SHELF = read_folder(ROOT / "policies")


def test_the_lock_and_the_library_are_up_to_date():
    stale = [output.path.name for output in outputs(SHELF, ROOT / "src/claimwright/library") if not output.current]
    assert stale == [], "run `claimwright policy lock` and commit what it writes"


def test_the_policies_pass_every_lint():
    locked = (ROOT / "policies" / lock.NAME).read_text("utf-8")
    newest = max(date.fromisoformat(p.checked) for p in SHELF.library.policies if not p.unverified)
    found = lint(SHELF, newest, locked)
    assert [str(complaint) for complaint in found.errors] == []

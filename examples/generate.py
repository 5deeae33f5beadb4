"""Write the example week: two claim files, what was planted in them, side files, and the tables of README.md.

    python examples/generate.py [DIRECTORY]

The week is invented and always the same, byte for byte. Its tables are in `week/`: who pays (`payers.py`), what people
come for (`pathways.py`), and the mistakes made on purpose (`*_scenes.py`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from week import beside, planted, x12
from week.build import clinic, hospital
from week.people import CLINIC

HERE = Path(__file__).parent


def contents(readme: str) -> dict[str, str]:
    """What each generated file holds, by its name; `readme` is README.md as it stands."""
    files = {"clinic-week.837": clinic(), "hospital-week.837": hospital()}
    return {
        "clinic-week.837": x12.professional(files["clinic-week.837"]),
        "hospital-week.837": x12.institutional(files["hospital-week.837"]),
        "planted.csv": planted.as_csv(files),
        **beside.files(files["clinic-week.837"], CLINIC.provider.npi),
        "README.md": planted.into_readme(readme, files),
    }


def main(directory: Path) -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    (directory / "sides").mkdir(exist_ok=True)
    for name, text in contents(readme).items():
        (directory / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {len(text.splitlines()):,} lines")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)

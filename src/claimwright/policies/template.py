"""A small folder of policies to begin with: invented sentences under their rules, which run as they stand."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from claimwright.days import ONE_DAY
from claimwright.reference.payer_table import normalise

_NAME = re.compile(r"[^\W_][\w .,&'’()/+-]*")
_CODE = re.compile(r"\d{4}[0-9AFTUM]|[A-V]\d{4}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_COMMERCIAL = "commercial"
_SET = "billed here"


@dataclass(frozen=True)
class Start:
    """What a folder is begun with: a payer as people call it, and the codes and first day of its first policy.

    With `program`, a line of business of that id is begun as well; else the payer is a commercial plan. Raises
    ValueError for what cannot be written into a document.
    """

    payer: str
    codes: tuple[str, ...]
    first: date
    program: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.payer) or not self.key:
            raise ValueError(f"{self.payer!r} is no name of a payer; write it with letters and digits")
        wrong = next((code for code in self.codes if not _CODE.fullmatch(code)), None)
        if wrong is not None or not self.codes:
            raise ValueError(f"{wrong!r} is no procedure code; write it like 97026")
        if self.program and not _ID.fullmatch(self.program):
            raise ValueError(f"{self.program!r} is no id of a program; write lower-case letters, digits and hyphens")

    @cached_property
    def key(self) -> str:
        """The payer as policies and payers.csv name it.

        >>> Start("Café & Sons Health", ("97026",), date(2026, 1, 1)).key
        'cafe-sons-health'
        """
        letters = unicodedata.normalize("NFKD", self.payer).encode("ascii", "ignore").decode().lower()
        return "-".join(re.findall(r"[a-z0-9]+", letters))

    @property
    def folder(self) -> str:
        return f"{self.key}/{self.codes[0].lower()}"

    @property
    def program_folder(self) -> str:
        return f"programs/{self.program}"

    def files(self, root: str) -> dict[str, str]:
        """The texts of the folder by their paths in it; `root` is the folder as its README calls it."""
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  # only who begins needs it

        environment = Environment(
            loader=PackageLoader("claimwright", "library/template"),
            autoescape=False,  # noqa: S701  # documents, not pages
            undefined=StrictUndefined,
            trim_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
        several = len(self.codes) > 1
        told = {
            "policy": f"{self.key}-{self.codes[0]}".upper(),
            "payer": self.payer,
            "key": self.key,
            "name": normalise(self.payer),
            "code": self.codes[0],
            "codes": self.codes,
            "listed": ", ".join(self.codes),
            "named": _SET if several else self.codes[0],
            "first": self.first.isoformat(),
            "before": (self.first - ONE_DAY).isoformat(),
            "program": self.program or _COMMERCIAL,
            "own_program": bool(self.program),
            "folder": self.folder,
            "program_folder": self.program_folder,
            "root": root,
        }
        made = {
            "README.md": "README.md.j2",
            "payers.csv": "payers.csv.j2",
            f"{self.folder}/policy.md": "policy.md.j2",
        }
        made |= {f"{self.folder}/codes.csv": "codes.csv.j2"} if several else {}
        made |= {f"{self.program_folder}/program.md": "program.md.j2"} if self.program else {}
        return {path: environment.get_template(name).render(told) for path, name in made.items()}

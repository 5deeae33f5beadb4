"""One page for each lint, under fixed headings: shown by `claimwright explain P004`, kept in docs/policy-lints.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`id` to cite and `name` to read; `wrong` and `right` are excerpts of policy documents."""

    id: str
    name: str
    checks: str
    why: str
    wrong: str
    right: str

    def __str__(self) -> str:
        """The page as Markdown."""
        return "\n\n".join(
            (
                f"## {self.id} · {self.name}",
                f"*What it checks.* {self.checks}",
                f"*Why.* {self.why}",
                "Wrong:",
                fenced(self.wrong),
                "Right:",
                fenced(self.right),
            )
        )


def fenced(text: str) -> str:
    """A text as a code block of four backticks; the excerpts hold fences of three backticks themselves.

    >>> fenced("a").splitlines()
    ['````text', 'a', '````']
    """
    return f"````text\n{text.strip()}\n````"

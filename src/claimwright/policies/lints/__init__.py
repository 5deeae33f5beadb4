"""The lints of policy documents, one module each: a module named after an id is a lint, and nothing registers it.

Each module has its PAGE. One that can judge a shelf by itself also has `complaints(shelf, as_of)`. The complaints of
the others are made where the knowledge is: P000 and P001 by the reader, P002 by running the examples, P008 by the lock,
P011 and P013 by comparing clauses over all that can be known.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import cast

from claimwright.documents.complaints import Complaint
from claimwright.policies.lints.page import Page
from claimwright.policies.shelf import Shelf


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = sorted(
        info.name for info in pkgutil.iter_modules(__path__) if info.name[:1] == "p" and info.name[1:4].isdigit()
    )
    return tuple(import_module(f"{__name__}.{name}") for name in names)


def pages() -> tuple[Page, ...]:
    """The page of every lint, by id."""
    return tuple(cast(Page, module.PAGE) for module in _modules())


def explain(id: str) -> str | None:  # noqa: A002  # `id` is what the field calls it
    """The page of one lint as Markdown; None when there is no such lint."""
    return next((str(page) for page in pages() if page.id == id.upper()), None)


def check(shelf: Shelf, as_of: date, *, only: Collection[str] = ()) -> tuple[Complaint, ...]:
    """Everything these lints, or only those with the given ids, have against a shelf, as seen on a day."""
    found: list[Complaint] = []
    for module in _modules():
        judge = cast(Callable[[Shelf, date], Iterable[Complaint]] | None, getattr(module, "complaints", None))
        if judge is not None and (not only or cast(Page, module.PAGE).id in only):
            found.extend(judge(shelf, as_of))
    return tuple(sorted(found))

"""Pages as somebody reads them: text without markup, and links."""

from __future__ import annotations

import re
from html import unescape

from fastapi.testclient import TestClient

_TAG = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    """What a page says, its markup and its folds of white space gone."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def said(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return words(answer.text)


def section(html: str, name: str) -> str:
    """The section of a page that a heading with this id names, as words."""
    return words(html.partition(f'aria-labelledby="{name}"')[2].partition("<section")[0])


def links(html: str) -> set[str]:
    return {unescape(one) for one in re.findall(r'href="([^"]*)"', html)}

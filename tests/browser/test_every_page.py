"""Every page, in daylight and at night, at a desk and on a phone, with scripts and without."""

import browsing
import pytest

PAGES = {"home": "/"}
WAYS = {
    "desk-light": {},
    "desk-dark": {"color_scheme": "dark"},
    "phone-light": {"viewport": browsing.PHONE, "is_mobile": True},
    "phone-dark": {"viewport": browsing.PHONE, "is_mobile": True, "color_scheme": "dark"},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_and_can_be_used_by_everyone(opened, name, way):
    with opened(**WAYS[way]) as page:
        answer = page.goto(PAGES[name])
        assert answer
        assert answer.status == 200
        assert page.get_by_role("heading", level=1).count() == 1
        browsing.looked_at(page, f"{name}-{way}")

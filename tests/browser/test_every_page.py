"""Every page, in daylight and at night, at a desk and on a phone: axe finds nothing serious, nothing is cut off."""

import browsing
import pytest

PAGES = {
    "home": "/",
    "batches": "/batches",
    "batch-new": "/batches/new",
    "batch": "batch",
    "worklist": "/worklist",
    "line": "line",
    "ask": "/ask",
    "library": "/library",
    "policy": "/library/policies/NCD-270.6",
    "code": "/library/codes/97026",
    "diagnosis": "/library/codes/E11.42",
    "findings": "/library/findings",
    "finding": "/library/findings/CLM-DX-NCD",
    "facts": "/library/facts",
    "fact": "/library/facts/treatment%20intent",
    "search": "/search?q=wound",
    "people": "/people",
    "person": "person",
    "trail": "/trail?look=true",
    "me": "/me",
    "nowhere": "/nowhere",
}
WAYS = {
    "desk-light": {},
    "desk-dark": {"color_scheme": "dark"},
    "phone-light": {"viewport": browsing.PHONE, "is_mobile": True},
    "phone-dark": {"viewport": browsing.PHONE, "is_mobile": True, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def addresses(browser, server, admin):
    """Where pages are whose addresses are random."""
    with browsing.browsed(browser, server, admin) as page:
        work = browsing.handed_in(page, "to look at")
        found = {"batch": page.url}
        work.click()
        page.locator("tbody a").first.click()
        page.wait_for_url("**/lines/**")
        found["line"] = page.url
        page.goto("/people")
        page.get_by_role("main").get_by_role("row").get_by_role("link").first.click()
        page.wait_for_url("**/people/*")
        return found | {"person": page.url}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_and_can_be_used_by_everyone(opened, addresses, name, way):
    missing = name == "nowhere"
    with opened(missing=missing, **WAYS[way]) as page:
        answer = page.goto(addresses.get(PAGES[name], PAGES[name]))
        assert answer
        assert answer.status == (404 if missing else 200)
        assert page.get_by_role("heading", level=1).count() == 1
        browsing.looked_at(page, f"{name}-{way}")


def test_the_sign_in_page_can_be_used_by_everyone(browser, server):
    for way, how in WAYS.items():
        with browsing.browsed(browser, server, **how) as page:
            page.goto("/worklist")
            assert page.url.endswith("/sign-in?next=%2Fworklist")
            browsing.looked_at(page, f"sign-in-{way}")
